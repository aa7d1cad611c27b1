// Reading: modes, opening, copying code, printing, settings.

function startRead() {
  $('#_all').addEventListener('change', ({ target }) => gently($$('.question > .show'), (details) => { details.open = target.checked; }));
  document.addEventListener('toggle', ({ target }) => { if (target.open) equip(target); }, true);
  $('.contents').addEventListener('click', (event) => {
    if (event.target.closest('a') && !matchMedia('(min-width: 64rem)').matches) $('.contents').open = false;
  });
  // The name of the mode one is in leads back to its start, but not out of the middle of a question.
  $('.bar').addEventListener('click', ({ target }) => {
    if (target.dataset.mode === document.body.dataset.mode && !$('.busy')) announceMode();
  });
  startSettings();
  startPrinting();
}

const announceMode = () => document.dispatchEvent(new CustomEvent('mode', { detail: document.body.dataset.mode }));

function showMode(name) {
  const known = $(`#_${name}`) ? name : 'read';
  for (const mode of [$('#_read'), ...$$('main > .mode')]) mode.hidden = mode.id !== `_${known}`;
  for (const link of $$('.modes a')) {
    link.ariaCurrent = link.dataset.mode === known ? 'page' : null;
  }
  $('.contents').hidden = known !== 'read';
  if (document.body.dataset.mode === known) return;
  const isFirst = !document.body.dataset.mode;
  document.body.dataset.mode = known;
  announceMode();
  if (!isFirst && known !== 'read') lookAt($(`#_${known} h1`));
}

// What came into view gets its buttons; what scrolls there is made reachable by keyboard.
function equip(within) {
  for (const box of $$('.table, pre', within)) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  for (const block of $$('pre:not(:has(button))', within)) {
    const button = make('button', word('copy'));
    button.type = 'button';
    button.addEventListener('click', async () => {
      const isDone = await copyText($('code', block).textContent);
      notify(word(isDone ? 'copied' : 'not-copied'));
    });
    block.append(button);
  }
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function startSettings() {
  const dialog = $('#_settings');
  $('#_help').addEventListener('click', () => dialog.showModal());
  for (const radio of $$('[name="theme"]', dialog)) {
    radio.checked = radio.value === choices.theme;
    radio.addEventListener('change', () => choose('theme', radio.value));
  }
  $('#_keys').checked = choices.keys;
  $('#_keys').addEventListener('change', (event) => choose('keys', event.target.checked));
}

function startPrinting() {
  const dialog = $('#_print');
  $('#_printer').addEventListener('click', () => dialog.showModal());
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'print') printChoice($('#_what').value, $('#_dense').checked);
    dialog.returnValue = '';
  });
  window.addEventListener('beforeprint', openForPrint);
}

function printChoice(section, isDense) {
  const chosen = document.getElementById(section);
  if (isDense) document.body.dataset.print = 'dense';
  if (chosen) document.body.dataset.printSection = section;
  chosen?.classList.add('print-this');
  window.addEventListener('afterprint', () => {
    delete document.body.dataset.print;
    delete document.body.dataset.printSection;
    chosen?.classList.remove('print-this');
  }, { once: true });
  window.print();
}

// Style alone opens closed answers on paper, but only in engines that know `::details-content`.
function openForPrint() {
  if (CSS.supports('selector(details::details-content)')) return;
  const closed = $$('#_read details:not([open])');
  for (const details of closed) details.open = true;
  window.addEventListener('afterprint', () => { for (const details of closed) details.open = false; }, { once: true });
}
