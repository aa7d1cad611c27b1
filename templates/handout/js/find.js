// Search and filters: which questions are shown, practised and asked. The choice is in the URL.

let index = []; // of each question: its element, its entry in the contents, what it can be filtered by
let state = new URLSearchParams();
let latest = 0; // the newest search; an older one gives up

function startFind() {
  const entries = new Map($$('.contents ol ol a').map((link) => [link.hash, link.parentElement]));
  index = $$('.question').map((node) => ({ node, entry: entries.get(`#${encodeURI(node.id)}`) ?? entries.get(`#${node.id}`) }));
  offerFilters();
  $('#_find').addEventListener('input', () => put('find', [$('#_find').value.trim()]));
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
  const said = (name) => [...new Set($$(`.facts .${name}`).map((each) => each.textContent))].sort().map((value) => [value, value]);
  offer('section', $$('.contents .head').map((link) => [link.hash.slice(1), link.textContent]));
  offer('role', said('role'));
  offer('tag', said('tag'));
  for (const group of $$('[data-facet]')) group.hidden = $$('input', group).length < 2;
}

function facets(entry) {
  const { node } = entry;
  entry.facets ??= {
    section: [node.parentElement.id],
    difficulty: [node.dataset.difficulty],
    priority: [node.dataset.priority],
    role: $$('.facts .role', node).map((role) => role.textContent),
    tag: $$('.facts .tag', node).map((tag) => tag.textContent),
  };
  return entry.facets;
}

// Everything a question says, folded once; the first search makes it, a few at a time.
const foldedText = (entry) => (entry.text ??= fold(entry.node.textContent));

function put(name, values) {
  state.delete(name);
  for (const value of values) if (value) state.append(name, value);
  writeUrl();
  applyFind();
}

// The address says what is chosen; the links to the other modes take it along.
function writeUrl() {
  history.replaceState(null, '', `#?${state}`);
  linkModes();
}

function linkModes() {
  for (const link of $$('.modes a')) {
    const there = new URLSearchParams(state);
    there.set('mode', link.dataset.mode);
    link.href = `#?${there}`;
  }
}

function clearFind() {
  for (const name of [...state.keys()]) if (name !== 'mode') state.delete(name);
  writeUrl();
  showState();
  applyFind();
}

// `#?…` is a choice, `#id` a question: it is shown whatever was filtered before.
function readUrl() {
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

const FACETS = ['section', 'difficulty', 'priority', 'role', 'tag'];

function wanted(entry, terms) {
  const fits = (name) => !state.has(name) || facets(entry)[name].some((value) => state.getAll(name).includes(value));
  return FACETS.every(fits) && terms.every((term) => foldedText(entry).includes(term));
}

async function applyFind() {
  const mine = ++latest;
  const terms = fold(state.get('find') ?? '').split(/\s+/).filter(Boolean);
  const isAll = !terms.length && !FACETS.some((name) => state.has(name));
  const changed = [];
  let count = 0;
  let since = performance.now();
  for (const entry of index) {
    const fits = isAll || wanted(entry, terms);
    count += fits;
    if (entry.node.hidden === fits) changed.push(entry);
    if (performance.now() - since < 10) continue;
    await breathe();
    if (mine !== latest) return;
    since = performance.now();
  }
  await toggle(changed, mine);
  if (mine !== latest) return;
  for (const section of $$('.section')) section.hidden = !$('.question:not([hidden])', section);
  for (const entry of $$('.contents > ol > li')) entry.hidden = !$('li:not([hidden])', entry);
  $('.nothing').hidden = count > 0;
  $('#_found').textContent = isAll ? '' : word('found', { count, of: index.length });
  highlight(terms, mine);
  document.dispatchEvent(new Event('scope'));
}

async function toggle(entries, mine) {
  let since = performance.now();
  for (const { node, entry } of entries) {
    node.hidden = !node.hidden;
    if (entry) entry.hidden = node.hidden;
    if (performance.now() - since < 10) continue;
    await breathe();
    if (mine !== latest) return;
    since = performance.now();
  }
}

// Mark what was found, in the first questions, without touching them. The style is set here because
// validators do not know it yet.
async function highlight(terms, mine) {
  if (!window.Highlight) return;
  if (!document.adoptedStyleSheets.length) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('::highlight(found) { background: light-dark(#ffe28a, #6b5600); }');
    document.adoptedStyleSheets = [sheet];
  }
  CSS.highlights.delete('found');
  const found = new Highlight();
  for (const { node } of terms.length ? index.filter((each) => !each.node.hidden).slice(0, 40) : []) {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) for (const range of ranges(texts.currentNode, terms)) found.add(range);
    await breathe();
    if (mine !== latest) return;
  }
  CSS.highlights.set('found', found);
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
