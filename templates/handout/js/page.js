// Small tools over the page: finding, filling, copying and speaking.

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
let words = {};

// The word of that name with `{n}` filled in; a count of one may have a form of its own.
function word(name, values = {}) {
  const form = values.count === 1 && words[`${name}.one`] ? `${name}.one` : name;
  return words[form].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function make(tag, content, className = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...[content].flat());
  return made;
}

function fill(within, values) {
  for (const [name, value] of Object.entries(values)) $(`[data-slot="${name}"]`, within).replaceChildren(value);
}

// Say something to those who listen, or show it to all for a moment.
function say(text) {
  $('#_said').textContent = text;
}

function notify(text) {
  const status = $('.status');
  status.textContent = text;
  setTimeout(() => { if (status.textContent === text) status.textContent = ''; }, 4000);
}

// A copy to practise with: nothing ticked or open, ids and radio groups of its own.
let copies = 0;
function copy(node) {
  const made = node.cloneNode(true);
  const prefix = `_${++copies}:`;
  const own = new Set($$('[id]', made).map((each) => each.id));
  made.removeAttribute('id');
  for (const each of $$('[id], [name], [open], [href^="#"], [aria-labelledby], input', made)) {
    if (each.id) each.id = prefix + each.id;
    if (each.name) each.name = prefix + each.name;
    if (each.type === 'checkbox' && !each.disabled) each.checked = false;
    each.removeAttribute('open');
    const target = each.getAttribute('href')?.slice(1);
    if (own.has(target)) each.setAttribute('href', `#${prefix}${target}`);
    const label = each.getAttribute('aria-labelledby');
    if (own.has(label)) each.setAttribute('aria-labelledby', prefix + label);
  }
  return made;
}

const copyAll = (nodes) => [...nodes].map((node) => (node.nodeType === Node.ELEMENT_NODE ? copy(node) : node.cloneNode()));

// The text of a piece of the page as Markdown: formulas as TeX, code in backticks.
function asText(node) {
  const plain = node.cloneNode(true);
  for (const math of $$('math', plain)) math.replaceWith(`$${$('annotation', math)?.textContent ?? math.textContent}$`);
  for (const code of $$('code', plain)) code.replaceWith(`\`${code.textContent}\``);
  for (const extra of $$('i, s, rt, rp', plain)) extra.remove();
  return plain.textContent.replace(/\s+/g, ' ').trim();
}

// The three views of a mode, of which one is shown. While something is asked, the sidebar steps back.
function viewsOf(page) {
  const views = { start: $('.start', page), stage: $('.stage', page), summary: $('.summary', page) };
  const show = (view) => {
    for (const each of Object.values(views)) each.hidden = each !== view;
    setBusy(view === views.stage);
  };
  return { ...views, show };
}

const setBusy = (isBusy) => document.body.classList.toggle('busy', isBusy);

// Buttons say in `data-do` what they do.
function onButtons(within, act) {
  within.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-do]');
    act[button?.dataset.do]?.(button);
  });
}

// Move focus to what is new; what is asked stays in view if there is room.
function lookAt(element) {
  if (!element.matches('a, button, input')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  if (element.offsetHeight < innerHeight / 2) element.scrollIntoView({ block: 'nearest' });
}

// Do something with each of many, for some milliseconds a frame, with room for other events between frames;
// stop when it is no longer wanted. What changes must be laid out, too: `most` at once. A page in the
// background has no frames.
async function gently(list, act, { isWanted = () => true, most = 80 } = {}) {
  let since = performance.now();
  for (const [nth, each] of list.entries()) {
    act(each);
    if ((nth + 1) % most && performance.now() - since < 8) continue;
    await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 100); });
    if (!isWanted()) return false;
    since = performance.now();
  }
  return true;
}

function shuffled(list) {
  const out = [...list];
  for (let last = out.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [out[last], out[other]] = [out[other], out[last]];
  }
  return out;
}

// Take from each section in turn, keeping the order within.
function mixed(list) {
  const bySection = new Map();
  for (const item of list) bySection.set(item.section, [...(bySection.get(item.section) ?? []), item]);
  const out = [];
  for (let place = 0; out.length < list.length; place += 1) {
    for (const items of bySection.values()) if (place < items.length) out.push(items[place]);
  }
  return out;
}

function download(name, text) {
  const link = make('a', '');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
