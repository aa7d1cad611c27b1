// One thing to learn, as a task: what is asked, what is revealed bit by bit, who judges.

const KINDS = { question: selfJudged, followup: selfJudged, basic: selfJudged, cloze: gapByGap, steps: stepByStep, typed: typedOut, choice: chosen, occlusion: maskByMask };

// Everything there is to learn among the questions that are shown.
function items() {
  return $$('.question:not([hidden])').flatMap((question) => {
    const own = { question, section: question.parentElement };
    const cards = $$('.practice > ul > li', question).map((node) => ({ ...own, node, kind: node.className }));
    const followups = $$('.followups li', question).map((node) => ({ ...own, node, kind: 'followup' }));
    const main = $(':scope > .show > .body > :is(.answer, .points)', question) ? [{ ...own, node: question, kind: 'question' }] : [];
    return [...main, ...cards, ...followups].flatMap((item, round) => {
      const made = { ...item, round, ref: item.kind === 'question' ? question.id : `${question.id}/${item.node.dataset.id}` };
      return 'reverse' in item.node.dataset ? [made, { ...made, ref: `${made.ref}~`, isReverse: true, round: round + 1 }] : [made];
    });
  });
}

const priority = ({ question }) => ['must', 'should', 'extra'].indexOf(question.dataset.priority);
const hintOf = ({ node }) => $(':scope > .hint', node);
const answerOf = ({ node }) => copyAll($$(':scope > details:not(.hint) > :not(summary)', node));

// `front` is shown at once, `back` has its place; each of `bits` shows a bit more and returns what to
// look at (`marks` are what can be clicked for it); `judge` tells right from wrong where a machine can.
function task(item) {
  const prompt = promptOf(item);
  const { front = [], ...rest } = KINDS[item.kind](item, prompt);
  const hint = hintOf(item);
  return { ...rest, front: [prompt, ...front, ...(hint ? [copy(hint)] : [])] };
}

function promptOf(item) {
  if (item.isReverse) return make('div', answerOf(item), 'prompt');
  if (item.kind === 'question') return make('div', copyAll([...$('h3 .prompt', item.node).childNodes, ...$$(':scope > .rest', item.node)]), 'prompt');
  const prompt = copy(item.node.firstElementChild);
  prompt.classList.add('prompt');
  return prompt;
}

function backOf(item) {
  if (item.isReverse) return [copy(item.node.firstElementChild)];
  return item.kind === 'question' ? copyAll($$(':scope > .show > .body > :not(.followups)', item.node)) : answerOf(item);
}

function selfJudged(item) {
  const back = make('div', backOf(item), 'body');
  back.hidden = true;
  return { back, bits: [{ show: () => unhide(back) }] };
}

function unhide(element) {
  element.hidden = false;
  return element;
}

// Gaps with one number open together.
function gapByGap(item, prompt) {
  const gaps = new Map();
  for (const gap of $$('[data-gap]', prompt)) gaps.set(gap.dataset.gap, [...(gaps.get(gap.dataset.gap) ?? []), gap]);
  const order = [...gaps.keys()].sort((one, other) => one - other);
  return { bits: order.map((number) => ({ marks: gaps.get(number), show: () => open(gaps.get(number)) })) };
}

function open(labels) {
  for (const { control } of labels) {
    control.checked = true;
    control.disabled = true;
  }
  return labels[0];
}

function hiddenList(item) {
  const [back] = answerOf(item);
  back.classList.add('body');
  for (const each of back.children) each.hidden = true;
  return back;
}

function stepByStep(item) {
  const back = hiddenList(item);
  return { back, bits: [...back.children].map((step) => ({ show: () => unhide(step) })) };
}

function maskByMask(item) {
  const picture = copy($('.masked', item.node));
  const back = hiddenList(item);
  const bits = $$('label', picture).map((mask, nth) => ({
    marks: [mask],
    show() {
      open([mask]);
      return unhide(back.children[nth]);
    },
  }));
  return { front: [picture], back, bits };
}

function typedOut(item) {
  const field = copy($('input', item.node));
  Object.assign(field, { autocomplete: 'off', autocapitalize: 'off', spellcheck: false });
  const accepted = $$('details b, q', item.node).map((each) => each.textContent);
  const judge = () => {
    const match = compareTyped(field.value, accepted);
    field.readOnly = true;
    return { right: match === 'same' ? true : undefined, text: word(`typed-${match}`) };
  };
  return { ...selfJudged(item), front: [field], judge };
}

// The options stay hidden until there is an answer, so that it is recalled, not recognized.
function chosen(item) {
  const [options] = answerOf(item);
  if (!('ordered' in options.dataset)) options.append(...shuffled(options.children));
  options.hidden = true;
  const judge = () => {
    const right = [...options.children].every((each) => $('input', each).checked === each.matches('.right'));
    for (const input of $$('input', options)) input.disabled = true;
    options.classList.add('told');
    return { right, text: word(right ? 'right' : 'wrong') };
  };
  return { front: [options], options, bits: [{ show: () => options }], judge };
}
