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

// Choices that hold for every handout. The colours go on before anything is painted.

const CHOICES = 'deckbuild:choices';
const choices = { theme: 'auto', keys: true, ...recall(CHOICES, {}) };

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
applyChoices();
