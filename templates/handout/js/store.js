// What is remembered, in this browser only. Storage may throw: then it lasts for this visit.

const visit = new Map();
let kept = true;

function recall(key, otherwise) {
  if (!kept && visit.has(key)) return visit.get(key);
  let text = null;
  try {
    text = localStorage.getItem(key);
  } catch {
    kept = false;
  }
  try {
    return JSON.parse(text) ?? visit.get(key) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function remember(key, value) {
  visit.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    kept = false;
  }
}

// Chromium (147) may lose what a page from the disk stores, if it opened the store before the first frame
// was shown. A page in the background has no frames.
function afterFirstFrame(begin) {
  let isDue = true;
  const once = () => {
    if (isDue) begin();
    isDue = false;
  };
  requestAnimationFrame(() => requestAnimationFrame(once));
  setTimeout(once, 300);
}

// Choices that hold for every handout.

const CHOICES = 'deckbuild:choices';
const choices = { theme: 'auto', keys: true };

function choose(name, value) {
  choices[name] = value;
  remember(CHOICES, choices);
  applyChoices();
}

function applyChoices() {
  document.documentElement.dataset.theme = choices.theme;
  document.documentElement.classList.toggle('keyless', !choices.keys);
}

document.documentElement.classList.add('scripted');
afterFirstFrame(() => {
  Object.assign(choices, recall(CHOICES, {}));
  applyChoices();
});
