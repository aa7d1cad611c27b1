// The interview: the question alone, then the rubric, a follow-up or a hint, and a summary.

function startInterview() {
  const page = $('#_interview');
  if (!page) return;
  const { start, stage, summary, show } = viewsOf(page);
  const fields = start.elements;
  let run = null; // { questions, at, results, clock, recorder, isPair, isSpoken }
  let now = null; // { item, phase, rubric, began }

  const candidates = () => items().filter(({ kind }) => kind === 'question');

  function home() {
    run?.recorder?.close();
    run?.clock?.pause();
    run = null;
    $('[data-needs="speech"]', start).hidden = !voice();
    $('[data-needs="recorder"]', start).hidden = !(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
    label();
    show(start);
  }

  function label() {
    const count = Math.min(fields.count.valueAsNumber || 0, candidates().length);
    const name = fields.untimed.checked ? 'start-untimed' : 'start-interview';
    $('[type="submit"]', start).textContent = word(name, { count, minutes: fields.minutes.value });
  }

  // Weak and must first, none from last time while there are others; equal ones in random order.
  function pick(count) {
    const { last, said, cards } = progress();
    const isWeak = ({ ref }) => said[ref] < 0.6 || Boolean(cards[ref]?.missed);
    const rank = (item) => priority(item) - (isWeak(item) ? 1.5 : 0) + (said[item.ref] >= 0.6 ? 2 : 0);
    const order = shuffled(candidates()).sort((one, other) => rank(one) - rank(other));
    const isOld = ({ ref }) => last.includes(ref);
    return [...mixedBy(order.filter((item) => !isOld(item)), rank), ...order.filter(isOld)].slice(0, count);
  }

  async function begin() {
    const questions = pick(fields.count.valueAsNumber);
    $('.empty', start).hidden = questions.length > 0;
    if (!questions.length) return;
    let recorder = null;
    if (fields.record.checked && !fields.pair.checked) {
      try {
        recorder = await makeRecorder();
      } catch {
        notify(word('no-microphone'));
      }
    }
    const minutes = fields.minutes.valueAsNumber;
    const weights = questions.map(({ question }) => Number(question.dataset.minutes) || 3);
    const sum = weights.reduce((total, each) => total + each, 0);
    run = {
      questions,
      at: 0,
      results: [],
      recorder,
      isPair: fields.pair.checked,
      isSpoken: fields.speak.checked,
      guides: weights.map((weight) => (weight / sum) * minutes),
      clock: fields.untimed.checked ? null : makeClock(minutes, showTime),
    };
    remember(place, { ...progress(), last: questions.map(({ ref }) => ref) });
    show(stage);
    run.clock?.run();
    pauseButton();
    present();
  }

  function showTime(left) {
    const face = $('.clock', stage);
    const text = asTime(left);
    if (face.textContent !== text) face.textContent = text;
    face.classList.toggle('over', left < 0);
  }

  function present() {
    const item = run.questions[run.at];
    now = { item, began: Date.now() };
    stage.className = `stage ${item.section.classList[1]}`;
    fill(stage, {
      number: $('h3 .number', item.question).textContent,
      section: sectionTitle(item.section),
      count: word('of', { n: run.at + 1, total: run.questions.length }),
      guide: run.clock ? word('guide', { minutes: Math.max(1, Math.round(run.guides[run.at])) }) : '',
    });
    $('.timer', stage).hidden = !run.clock;
    $('.asked', stage).replaceChildren(promptOf(item));
    $('.hint-given', stage).replaceChildren();
    $('.followup', stage).replaceChildren();
    equip($('.asked', stage));
    listen();
    scrollTo(0, 0);
    lookAt($('.where', stage));
    if (run.isPair) answered();
  }

  // Ask, or ask again.
  function listen() {
    now.phase = 'asking';
    $('.revealed', stage).replaceChildren();
    $('.followup', stage).hidden = true;
    if (run.isSpoken) speak(asText($('.asked', stage)));
    run.recorder?.begin();
    $('.recording', stage).hidden = !run.recorder;
    buttons();
  }

  function buttons() {
    const isAsking = now.phase === 'asking';
    const hint = hintOf(now.item);
    const given = Boolean($('.hint-given', stage).firstChild);
    const shown = {
      answered: isAsking,
      hint: isAsking && hint && !given,
      retry: !isAsking && !run.isPair && ticked() === 0,
      followup: !isAsking && isFull() && !$('.followup', stage).firstChild && $('.followups li', now.item.question),
      next: !isAsking,
    };
    for (const [name, isShown] of Object.entries(shown)) $(`.actions [data-do="${name}"]`, stage).hidden = !isShown;
    $('.hint-given', stage).hidden = !given;
  }

  function giveHint() {
    const hint = hintOf(now.item);
    const box = $('.hint-given', stage);
    if (!hint || box.firstChild) return;
    const copies = copyAll([...hint.children].slice(1));
    copies[0].prepend(make('b', word('hint')), ' ');
    box.append(...copies);
    buttons();
  }

  async function answered() {
    now.phase = 'checking';
    $('.recording', stage).hidden = true;
    const back = make('div', backOf(now.item), 'body');
    now.rubric = $('.rubric', back);
    const revealed = $('.revealed', stage);
    revealed.replaceChildren(answerHeading(), back);
    equip(revealed);
    buttons();
    // When two people do this, the interviewer has everything in view while the other speaks.
    if (run.isPair) return offer();
    lookAt(revealed);
    const mine = now;
    const address = await run.recorder?.end();
    if (mine !== now) return undefined;
    if (address) revealed.prepend(player(address));
    return offer();
  }

  function player(address) {
    const audio = make('audio', '');
    audio.controls = true;
    audio.src = address;
    audio.ariaLabel = word('your-answer');
    return audio;
  }

  const ticked = () => (now.rubric ? $$('input:checked', now.rubric).length : null);

  // A question without points is full at once.
  const isFull = () => !now.rubric || ticked() === now.rubric.children.length;

  // A follow-up when the rubric is full, the hint when it is empty.
  function offer() {
    buttons();
    if (isFull() && !$('[data-do="followup"]', stage).hidden) say(word('followup-ready'));
    if (run.isPair && ticked() === 0) giveHint();
  }

  function askFollowup() {
    const [one] = shuffled($$('.followups li', now.item.question));
    const box = $('.followup', stage);
    box.append(make('h3', word('followup')), ...copyAll(one.children));
    box.hidden = false;
    buttons();
    lookAt(box);
    box.scrollIntoView();
  }

  function keep() {
    const points = now.rubric ? [...now.rubric.children].map((row) => ({
      text: asText($('label', row)), isMust: row.matches('.must'), isSaid: $('input', row).checked,
    })) : [];
    const share = points.length ? points.filter((point) => point.isSaid).length / points.length : 1;
    run.results.push({ item: now.item, points, share, time: Date.now() - now.began });
    if (!points.length) return;
    const all = progress();
    all.said[now.item.ref] = Math.round(share * 100) / 100;
    remember(place, all);
  }

  function next() {
    // Nothing said at all: give the hint and let them try once more, before anything counts.
    if (ticked() === 0 && !run.isPair && !$('.hint-given', stage).firstChild && hintOf(now.item)) {
      giveHint();
      lookAt($('.hint-given', stage));
      return;
    }
    keep();
    run.at += 1;
    if (run.at < run.questions.length) present();
    else finish();
  }

  async function finish() {
    if (now.phase === 'checking' && run.results.length === run.at && run.at < run.questions.length && ticked()) keep();
    run.clock?.pause();
    await run.recorder?.end();
    window.speechSynthesis?.cancel();
    const { results } = run;
    if (!results.length) return home();
    const points = results.flatMap((result) => result.points);
    fill(summary, {
      score: word('interview-score', {
        count: results.length, said: points.filter((point) => point.isSaid).length, points: points.length,
        time: asTime(results.reduce((total, each) => total + each.time, 0)),
      }),
      review: make('ul', [...results].sort((one, other) => one.share - other.share).map(reviewed), 'review'),
    });
    $('.copy', summary).hidden = true;
    show(summary);
    lookAt($('h2', summary));
    return undefined;
  }

  function reviewed({ item, points, time }) {
    const open = points.filter((point) => !point.isSaid).sort((one, other) => other.isMust - one.isMust);
    const list = make('ul', open.map(({ text, isMust }) => make('li', [text, ...(isMust ? [' ', make('b', word('must'), 'must')] : [])])));
    const said = word('said-of', { n: points.length - open.length, total: points.length, time: asTime(time) });
    return make('li', [...reviewLink(item), make('p', said, 'quiet'), ...(open.length ? [list] : [])], item.section.classList[1]);
  }

  function asMarkdown() {
    const lines = run.results.flatMap(({ item, points, time }) => [
      '', `## ${$('h3 .number', item.question).textContent} ${asText(promptOf(item))}`, '',
      `${word('said-of', { n: points.filter((point) => point.isSaid).length, total: points.length, time: asTime(time) })}`, '',
      ...points.map(({ text, isMust, isSaid }) => `- [${isSaid ? 'x' : ' '}] ${text}` + (isMust ? ` (${word('must')})` : '')),
    ]);
    return [`# ${document.title}`, '', $('[data-slot="score"]', summary).textContent, ...lines, ''].join('\n');
  }

  async function copyOut() {
    const text = asMarkdown();
    if (await copyText(text)) return notify(word('copied'));
    const area = $('.copy', summary);
    area.hidden = false;
    area.value = text;
    area.select();
    return undefined;
  }

  function pauseButton() {
    $('[data-do="pause"]', stage).ariaPressed = Boolean(run.clock && !run.clock.isRunning);
  }

  const act = {
    answered, next, home,
    followup: askFollowup,
    hint: () => { giveHint(); lookAt($('.hint-given', stage)); },
    retry: () => { listen(); lookAt($('.where', stage)); },
    stop: finish,
    copy: copyOut,
    print: () => window.print(),
    pause: () => { if (run.clock.isRunning) run.clock.pause(); else run.clock.run(); pauseButton(); },
    extend: () => run.clock.extend(2),
    off: () => { run.clock.pause(); run.clock = null; $('.timer', stage).hidden = true; lookAt($('.where', stage)); },
  };
  onButtons(page, act);
  start.addEventListener('submit', (event) => { event.preventDefault(); begin(); });
  start.addEventListener('input', label);
  stage.addEventListener('change', ({ target }) => { if (target.closest('.rubric')) offer(); });
  document.addEventListener('mode', ({ detail }) => { if (detail === 'interview') home(); else if (run) leave(); });
  document.addEventListener('scope', () => { if (!page.hidden && !start.hidden) label(); });
  window.speechSynthesis?.addEventListener('voiceschanged', () => { if (!start.hidden) $('[data-needs="speech"]', start).hidden = !voice(); });
  SPACE.interview = () => ({ asking: answered, checking: next })[now?.phase]?.();

  // Another mode was chosen in the middle: stop listening and counting.
  function leave() {
    run.recorder?.close();
    run.clock?.pause();
    window.speechSynthesis?.cancel();
    run = null;
    setBusy(false);
  }
}
