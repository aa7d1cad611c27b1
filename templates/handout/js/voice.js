// Recording the learner and reading questions aloud. Nothing of it leaves the device.

// The answer as it was spoken, kept in memory until the interview is closed.
async function makeRecorder() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  let recorder = null;
  const urls = [];
  return {
    begin() {
      recorder = new MediaRecorder(stream);
      recorder.start();
    },
    // The address of the recording, or an empty text if there was none.
    end() {
      const mine = recorder;
      recorder = null;
      if (!mine) return Promise.resolve('');
      return new Promise((done) => {
        mine.addEventListener('dataavailable', ({ data }) => {
          urls.push(URL.createObjectURL(data));
          done(urls[urls.length - 1]);
        });
        mine.stop();
      });
    },
    close() {
      for (const track of stream.getTracks()) track.stop();
      for (const url of urls) URL.revokeObjectURL(url);
    },
  };
}

// Only voices of the device itself: others would send the question over the network.
function voice() {
  const voices = window.speechSynthesis?.getVoices().filter((each) => each.localService) ?? [];
  const lang = document.documentElement.lang.toLowerCase();
  const isOurs = (each) => each.lang.toLowerCase().replace('_', '-').split('-')[0] === lang.split('-')[0];
  return voices.find(isOurs);
}

function speak(text) {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice();
  utterance.lang = document.documentElement.lang;
  speechSynthesis.cancel();
  speechSynthesis.speak(utterance);
}
