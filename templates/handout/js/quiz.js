// The quiz: a queue of tasks, what the learner said of each, what comes next.

const MARKS = '.front :is([data-gap], .masked) input';

function startQuiz() {
  const page = $('#_quiz');
  if (!page) return;
  const { start, stage, summary, show } = viewsOf(page);
  let run = null; // { queue, at, total, done, history }
  let now = null; // { item, task, phase, left, isSure, verdict }

  function home() {
    const { cards } = progress();
    const all = items();
    const of = (test) => all.filter(({ ref }) => test(cards[ref])).length;
    fill(start, { due: of(isDue), new: of((card) => !card), learned: of(isLearned), missed: `(${of((card) => card?.missed)})` });
    $('tbody', start).replaceChildren(...$$('.section:not([hidden])').map((section) => {
      const own = all.filter((item) => item.section === section);
      const learned = own.filter(({ ref }) => isLearned(cards[ref])).length;
      const name = make('th', copyAll($('h2', section).childNodes));
      name.scope = 'row';
      return make('tr', [name, make('td', word('of', { n: learned, total: own.length }))], section.classList[1]);
    }));
    $('.kept', start).hidden = !kept;
    $('.unkept', start).hidden = kept;
    show(start);
  }

  // Due ones first, then new ones: every question's main card, then each one's first small card …
  function pick(kind, limit) {
    const { cards } = progress();
    const all = items();
    const rank = (item) => item.round * 3 + priority(item);
    const fresh = all.filter(({ ref }) => !cards[ref]).sort((one, other) => rank(one) - rank(other));
    const due = all.filter(({ ref }) => isDue(cards[ref])).sort(byNeed(cards));
    const lists = {
      all: () => mixed(shuffled(all)),
      missed: () => mixed(all.filter(({ ref }) => cards[ref]?.missed).sort(byNeed(cards))),
      due: () => [...mixedBy(due, (item) => Boolean(cards[item.ref].missed && cards[item.ref].sure)), ...mixedBy(fresh, rank)],
    };
    return lists[kind]().slice(0, limit || undefined);
  }

  function begin(queue) {
    $('.empty', start).hidden = queue.length > 0;
    if (!queue.length) return;
    run = { queue: [...queue], at: 0, total: queue.length, done: [], history: [] };
    show(stage);
    present();
  }

  function present() {
    const item = run.queue[run.at];
    if (!item) return finish();
    const made = task(item);
    now = { item, task: made, phase: made.options ? 'think' : 'front', left: made.bits, isSure: false };
    stage.className = `stage ${item.section.classList[1]}`;
    fill(stage, {
      number: $('h3 .number', item.question).textContent,
      section: sectionTitle(item.section),
      kind: word(`kind-${item.kind}`),
      circles: circles(progress().cards[item.ref]),
      count: word('of', { n: Math.min(run.at + 1, run.total), total: run.total }),
      verdict: '',
    });
    $('.circles', stage).ariaLabel = word('days-right', { n: progress().cards[item.ref]?.days.length ?? 0 });
    $('.front', stage).replaceChildren(...made.front);
    for (const input of $$(MARKS, stage)) input.disabled = true;
    $('.revealed', stage).replaceChildren(...(made.back ? [answerHeading(), made.back] : []));
    $('.revealed', stage).hidden = true;
    equip(stage);
    buttons();
    scrollTo(0, 0);
    lookAt($('.where', stage));
  }

  function buttons() {
    const shown = { think: ['ready'], front: ['sure', 'unsure'], opening: ['more'], grading: ['missed', 'knew'], told: ['next'] }[now.phase];
    for (const button of $$('.actions [data-do]', stage)) {
      button.hidden = !shown.includes(button.dataset.do) && !(button.dataset.do === 'undo' ? run.history.length : button.dataset.do === 'stop');
    }
  }

  function setPhase(phase) {
    now.phase = phase;
    buttons();
  }

  function ready() {
    now.task.options.hidden = false;
    setPhase('front');
    $('input', now.task.options).focus();
  }

  // `isSure` is undefined if the learner did not say.
  function reveal(isSure) {
    if (now.task.options && !$('input:checked', now.task.options)) return notify(word('choose-first'));
    now.isSure = Boolean(isSure);
    if (now.task.judge) now.verdict = now.task.judge();
    for (const input of $$(MARKS, stage)) input.disabled = false;
    more();
  }

  // Show one bit more: the next, or the gap or mask that was clicked.
  function more(bit = now.left[0]) {
    now.left = now.left.filter((each) => each !== bit);
    $('.revealed', stage).hidden = false;
    const look = bit.show();
    equip(look);
    if (now.left.length) setPhase('opening');
    else conclude();
    lookAt(look);
  }

  function conclude() {
    const { right, text } = now.verdict ?? {};
    setPhase(right === undefined ? 'grading' : 'told');
    if (text === undefined) return;
    const line = $('.verdict', stage);
    line.textContent = text;
    line.classList.toggle('right', right === true);
    line.classList.toggle('wrong', right === false);
    if (right !== undefined) record(right);
  }

  stage.addEventListener('change', ({ target }) => {
    const bit = now.phase === 'opening' && now.left.find(({ marks }) => marks?.includes(target.parentElement));
    if (bit) more(bit);
  });

  function record(isRight) {
    const { item, isSure } = now;
    const { cards } = progress();
    run.history.push({ ref: item.ref, before: cards[item.ref], queue: [...run.queue], at: run.at, done: [...run.done] });
    keepCard(item.ref, graded(cards[item.ref], isRight, isSure));
    if (!run.done.some((each) => each.item.ref === item.ref)) run.done.push({ item, isRight, isSure });
    if (!isRight) run.queue.push(item);
  }

  function next() {
    run.at += 1;
    present();
  }

  function grade(isRight) {
    record(isRight);
    next();
  }

  function undo() {
    const last = run.history.pop();
    if (!last) return;
    keepCard(last.ref, last.before);
    Object.assign(run, { queue: last.queue, at: last.at, done: last.done });
    present();
  }

  function finish() {
    const { done } = run;
    if (!done.length) return home();
    const groups = [
      ['sure-and-wrong', done.filter((each) => !each.isRight && each.isSure)],
      ['not-yet', done.filter((each) => !each.isRight && !each.isSure)],
      ['right', done.filter((each) => each.isRight)],
    ];
    fill(summary, {
      score: word('score', { n: done.filter((each) => each.isRight).length, total: done.length }),
      review: make('div', groups.filter(([, list]) => list.length).flatMap(([name, list]) => [
        make('h3', word(name)),
        make('ul', list.map(({ item }) => make('li', reviewLink(item), item.section.classList[1])), 'review'),
      ])),
    });
    $('[data-do="again"]', summary).hidden = done.every((each) => each.isRight);
    show(summary);
    lookAt($('h2', summary));
    return undefined;
  }

  const act = {
    ready, next, undo, home,
    more: () => more(),
    sure: () => reveal(true),
    unsure: () => reveal(false),
    knew: () => grade(true),
    missed: () => grade(false),
    stop: finish,
    again: () => begin(run.done.filter((each) => !each.isRight).map(({ item }) => item)),
  };
  onButtons(page, act);
  start.addEventListener('submit', (event) => {
    event.preventDefault();
    const wish = new FormData(start);
    begin(pick(wish.get('pick'), Number(wish.get('many'))));
  });
  stage.addEventListener('submit', (event) => {
    event.preventDefault();
    if (now.phase === 'front') reveal();
  });
  document.addEventListener('mode', ({ detail }) => { if (detail === 'quiz') home(); else setBusy(false); });
  document.addEventListener('scope', () => { if (!page.hidden && !start.hidden) home(); });
  SPACE.quiz = () => ({ think: ready, front: () => reveal(), opening: () => more(), told: next })[now?.phase]?.();
}

const answerHeading = () => make('h3', word('answer'), 'unseen');
const sectionTitle = (section) => ($('h2 .number', section) ? $('h2', section).lastChild.textContent : '');

function mixedBy(list, key) {
  const out = [];
  for (const item of list) {
    const last = out[out.length - 1];
    if (last && key(last[0]) === key(item)) last.push(item);
    else out.push([item]);
  }
  return out.flatMap(mixed);
}

// The prompt, filled in, with a link to the question.
function reviewLink(item) {
  const number = make('a', $('h3 .number', item.question).textContent, 'number');
  number.href = `#${item.question.id}`;
  const prompt = promptOf({ ...item, isReverse: false });
  for (const label of $$('[data-gap]', prompt)) label.replaceWith(...$('b', label).childNodes);
  return [number, ' ', ...prompt.childNodes];
}
