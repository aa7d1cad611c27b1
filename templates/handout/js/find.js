// Search and filters: which questions are shown, practised and asked. The choice is in the URL.

let index = []; // of each question: its element, its line in the contents, its text once it was searched
let state = new URLSearchParams();
let latest = 0; // the newest search; an older one gives up
let typing = 0; // a search that is to come
let writing = 0; // a change of the address that is to come

function startFind() {
  const lines = $$('.contents ol ol > li');
  index = $$('.question').map((node, nth) => ({ node, line: lines[nth] }));
  offerFilters();
  // A key is shown first; the search waits for a short pause.
  $('#_find').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => put('find', [$('#_find').value.trim()]), 80);
  });
  $('#_filters').addEventListener('change', (event) => {
    put(event.target.name, $$(`[name="${event.target.name}"]:checked`, $('#_filters')).map((box) => box.value));
  });
  for (const button of $$('.clear')) button.addEventListener('click', clearFind);
  window.addEventListener('hashchange', readUrl);
  readUrl();
}

// Boxes for what the questions say of themselves; the levels are there already.
function offerFilters() {
  const offer = (name, choices) => {
    for (const [value, label] of choices) {
      const box = make('input', '');
      Object.assign(box, { type: 'checkbox', name, value });
      $(`[data-facet="${name}"]`).append(make('label', [box, label]));
    }
  };
  const said = (name) => [...new Set(index.flatMap(({ node }) => namesIn(node, name)))].sort().map((value) => [value, value]);
  offer('section', $$('.contents .head').map((link) => [link.hash.slice(1), link.textContent]));
  offer('role', said('role'));
  offer('tag', said('tag'));
  for (const group of $$('[data-facet]')) group.hidden = $$('input', group).length < 2;
}

// Everything a question says, folded once; the first search makes it.
const foldedText = (entry) => (entry.text ??= fold(entry.node.textContent));

const namesIn = (node, name) => $$(`.facts .${name}`, node).map((each) => each.textContent.trim());
const FACETS = ['section', 'difficulty', 'priority', 'role', 'tag'];

function facet({ node }, name) {
  if (name === 'section') return [node.parentElement.id];
  return node.dataset[name] ? [node.dataset[name]] : namesIn(node, name);
}

function isFound(entry, terms) {
  const fits = (name) => !state.has(name) || facet(entry, name).some((value) => state.getAll(name).includes(value));
  return FACETS.every(fits) && terms.every((term) => foldedText(entry).includes(term));
}

function put(name, values) {
  state.delete(name);
  for (const value of values) if (value) state.append(name, value);
  stateChanged();
}

// The address says what is chosen. Browsers refuse to change it at every key.
function stateChanged() {
  clearTimeout(writing);
  writing = setTimeout(() => history.replaceState(null, '', `#?${state}`), 300);
  linkModes();
  applyFind();
}

// The links to the other modes take the choice along.
function linkModes() {
  for (const link of $$('.modes a')) {
    const there = new URLSearchParams(state);
    there.set('mode', link.dataset.mode);
    link.href = `#?${there}`;
  }
}

function clearFind() {
  for (const name of [...state.keys()]) if (name !== 'mode') state.delete(name);
  showState();
  stateChanged();
}

// `#?…` is a choice, `#id` a question: it is shown whatever was filtered before.
function readUrl() {
  clearTimeout(writing);
  const target = $(':target');
  if (target) {
    state = target.closest('.question[hidden], .section[hidden]') ? new URLSearchParams() : withoutMode();
    showMode('read');
  } else {
    state = new URLSearchParams(location.hash.startsWith('#?') ? location.hash.slice(2) : '');
  }
  linkModes();
  showState();
  showMode(state.get('mode') ?? 'read');
  applyFind();
  target?.scrollIntoView();
}

function withoutMode() {
  const rest = new URLSearchParams(state);
  rest.delete('mode');
  return rest;
}

function showState() {
  $('#_find').value = state.get('find') ?? '';
  for (const box of $$('input', $('#_filters'))) box.checked = state.getAll(box.name).includes(box.value);
  if (FACETS.some((name) => state.has(name))) $('#_filters').open = true;
}

async function applyFind() {
  const mine = ++latest;
  const isWanted = () => mine === latest;
  const terms = fold(state.get('find') ?? '').split(/\s+/).filter(Boolean);
  const isAll = !terms.length && !FACETS.some((name) => state.has(name));
  const changed = [];
  let count = 0;
  const test = (entry) => {
    const fits = isAll || isFound(entry, terms);
    count += fits;
    if (entry.node.hidden === fits) changed.push(entry);
  };
  const flip = ({ node, line }) => { node.hidden = line.hidden = !node.hidden; };
  if (!await gently(index, test, { isWanted, most: Infinity }) || !await gently(changed, flip, { isWanted })) return;
  for (const section of $$('.section')) section.hidden = !$('.question:not([hidden])', section);
  for (const group of $$('.contents > ol > li')) group.hidden = !$('li:not([hidden])', group);
  $('.nothing').hidden = count > 0;
  $('#_found').textContent = isAll ? '' : word('found', { count, of: index.length });
  document.dispatchEvent(new Event('scope'));
  highlight(terms, isWanted);
}

// Mark what was found, in the first questions, without touching them. The style is set here because
// validators do not know it yet.
async function highlight(terms, isWanted) {
  if (!window.Highlight) return;
  if (!document.adoptedStyleSheets.length) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('::highlight(found) { background: light-dark(#ffe28a, #6b5600); }');
    document.adoptedStyleSheets = [sheet];
  }
  const found = new Highlight();
  const mark = ({ node }) => {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) for (const range of ranges(texts.currentNode, terms)) found.add(range);
  };
  CSS.highlights.delete('found');
  if (await gently(terms.length ? index.filter(({ node }) => !node.hidden).slice(0, 40) : [], mark, { isWanted })) CSS.highlights.set('found', found);
}

function ranges(text, terms) {
  const { folded, places } = foldWithPlaces(text.data);
  return terms.flatMap((term) => {
    const out = [];
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      const range = new Range();
      range.setStart(text, places[at]);
      range.setEnd(text, Math.max(places[at + term.length], places[at] + 1));
      out.push(range);
    }
    return out;
  });
}
