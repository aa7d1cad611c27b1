// Keys. Single ones can be switched off; none acts while something is typed.

const SPACE = {}; // what Space does, by mode
const BUTTONS = { s: 'sure', u: 'unsure', n: 'missed', k: 'knew', z: 'undo', h: 'hint', f: 'followup', p: 'pause', '+': 'extend', r: 'retry' };

function startKeys() {
  for (const [key, names] of Object.entries({ ...BUTTONS, '␣': 'ready more next answered' })) {
    for (const name of names.split(' ')) for (const button of $$(`.stage [data-do="${name}"]`)) button.append(' ', hidden('kbd', key));
  }
  document.addEventListener('keydown', (event) => {
    if (!choices.keys || isTyping(event.target) || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || $('dialog[open]')) return;
    if (press(event.key, event.target)) event.preventDefault();
  });
}

function hidden(tag, text) {
  const made = make(tag, text);
  made.ariaHidden = true;
  return made;
}

const isTyping = (target) => target.matches('input:not([type="checkbox"], [type="radio"]), select, textarea, audio');

function press(key, target) {
  if (key === '?') return $('#_help').click() ?? true;
  if (key === '/') return focusSearch();
  const mode = document.body.dataset.mode;
  const stage = $(`#_${mode} .stage:not([hidden])`);
  if (!stage) return mode === 'read' && read(key);
  if (key === ' ') {
    if (target.matches('button, summary, a, input')) return false;
    SPACE[mode]();
    return true;
  }
  if (/^[1-9]$/.test(key)) return pickOption($$('fieldset:not(.told) input', stage)[key - 1]);
  if (key === 'h' && $('.front > .hint', stage)) return $('.front > .hint > summary', stage).click() ?? true;
  const button = $(`[data-do="${BUTTONS[key]}"]`, stage);
  if (!button || !button.checkVisibility()) return false;
  button.click();
  return true;
}

function focusSearch() {
  $('#_find').focus();
  return true;
}

function pickOption(input) {
  if (!input?.checkVisibility()) return false;
  input.click();
  input.focus();
  return true;
}

// j and k walk through the questions, o opens the answer of the one in hand.
function read(key) {
  if (key === 'o') {
    const current = document.activeElement.closest('.question') ?? inView();
    const details = $(':scope > .show', current);
    if (details) details.open = !details.open;
    if (details?.open) lookAt($('.body', details));
    return true;
  }
  if (key !== 'j' && key !== 'k') return false;
  const shown = $$('.question:not([hidden])');
  const here = shown.indexOf(document.activeElement.closest('.question'));
  const next = shown[here < 0 ? 0 : here + (key === 'j' ? 1 : -1)];
  if (next) lookAt($('h3 .number', next));
  return true;
}

const inView = () => $$('.question:not([hidden])').find((each) => each.getBoundingClientRect().bottom > innerHeight / 4);
