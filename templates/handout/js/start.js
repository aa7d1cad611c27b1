document.addEventListener('DOMContentLoaded', () => afterFirstFrame(() => {
  words = JSON.parse($('#_words').textContent);
  startProgress();
  startRead();
  startQuiz();
  startInterview();
  startKeys();
  startFind();
}));
