// What was learned. A card is learned when it was right on three different days.
// Of each card: the days it was right (since the last miss), the day it was seen last, the day of a
// miss, and whether the learner had been sure.

const LEARNED = 3;
let place = ''; // where this deck's progress is kept

const progress = () => ({ cards: {}, last: [], said: {}, ...recall(place, {}) });
const isLearned = (card) => (card?.days.length ?? 0) >= LEARNED;
const isDue = (card) => Boolean(card) && !isLearned(card) && !card.days.includes(today());
const circles = (card) => '●'.repeat(Math.min(card?.days.length ?? 0, LEARNED)).padEnd(LEARNED, '○');

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

// The card after an answer. Right again on the day of a miss does not count: it was just read.
function graded(before, isRight, isSure) {
  const day = today();
  const { days, missed } = before ?? { days: [] };
  if (!isRight) return { days: [], seen: day, missed: day, ...(isSure && { sure: true }) };
  if (missed === day) return { ...before, seen: day };
  return { days: days.includes(day) ? days : [...days, day].slice(-LEARNED), seen: day };
}

function keepCard(ref, card) {
  const all = progress();
  if (card) all.cards[ref] = card;
  else delete all.cards[ref];
  remember(place, all);
}

// Sure and wrong first, then what was missed, then what was seen longest ago.
function byNeed(cards) {
  const need = ({ ref }) => (cards[ref].missed ? (cards[ref].sure ? 0 : 1) : 2);
  return (one, other) => need(one) - need(other) || cards[one.ref].seen.localeCompare(cards[other.ref].seen);
}

function startProgress() {
  place = document.body.dataset.store;
  const keep = $('.keep');
  if (!keep) return;
  const file = $('input[type="file"]', keep);
  const act = {
    export: () => download(`${place.replace(/[^\p{L}\p{N}-]+/gu, '-')}-progress.json`, JSON.stringify({ deckbuild: 1, deck: place, ...progress() }, null, 1)),
    import: () => file.click(),
    reset: (button) => {
      const isSure = 'sure' in button.dataset;
      if (isSure) {
        remember(place, {});
        document.dispatchEvent(new Event('scope'));
      }
      button.textContent = word(isSure ? 'reset' : 'really-reset');
      button.toggleAttribute('data-sure');
    },
  };
  onButtons(keep, act);
  file.addEventListener('change', async () => {
    const text = await file.files[0]?.text();
    file.value = '';
    if (text !== undefined) notify(word(takeIn(text) ? 'imported' : 'not-imported'));
    document.dispatchEvent(new Event('scope'));
  });
}

// Of a card in both, the one that was seen later stays. What is not ours is refused as a whole.
function takeIn(text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return false;
  }
  if (read?.deckbuild !== 1 || read.deck !== place || Object(read.cards) !== read.cards) return false;
  const isDay = (day) => typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day);
  const isCard = (card) => Array.isArray(card?.days) && card.days.every(isDay) && isDay(card.seen);
  if (!Object.values(read.cards).every(isCard)) return false;
  const all = progress();
  for (const [ref, card] of Object.entries(read.cards)) {
    if (!(all.cards[ref]?.seen > card.seen)) all.cards[ref] = card;
  }
  remember(place, all);
  return true;
}
