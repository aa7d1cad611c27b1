// Text made comparable: without case, diacritics, Arabic variants of letters, width of kana.

const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ٱ: 'ا', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', '’': "'", '‘': "'", '“': '"', '”': '"', '−': '-', '–': '-', '×': 'x' };
const DIACRITICS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f]/g;
const ODD = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

function fold(text) {
  const lower = text.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(lower)) return lower;
  return lower.normalize('NFKD').replace(DIACRITICS, '').replace(ODD, (letter) => LETTERS[letter])
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15);
}

// Folded text with the place of each of its characters in the original.
function foldWithPlaces(text) {
  let folded = '';
  const places = [];
  for (let at = 0; at < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(at));
    const part = fold(character);
    for (let i = 0; i < part.length; i += 1) places.push(at);
    folded += part;
    at += character.length;
  }
  return { folded, places: [...places, text.length] };
}

// Typed answers count if only case, accents, blanks, hyphens, quotes or a last full stop differ.
const bare = (text) => fold(text).replace(/[\s\-_'"`]+/g, '').replace(/[.,;:!?。、]+$/, '').replace(/(\d),(?=\d)/g, '$1.');

function compareTyped(typed, accepted) {
  const own = bare(typed);
  const others = accepted.map(bare);
  if (own && (others.includes(own) || accepted.some((text) => text.trim() === typed.trim()))) return 'same';
  return others.some((other) => other.length > 4 && isOneSlip(own, other)) ? 'almost' : 'other';
}

// Whether one letter is missing, extra, wrong or swapped.
function isOneSlip(one, other) {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = (text, from) => text.slice(from);
  if (short.length < long.length) return rest(short, at) === rest(long, at + 1);
  return rest(short, at + 1) === rest(long, at + 1)
    || (short[at] === long[at + 1] && short[at + 1] === long[at] && rest(short, at + 2) === rest(long, at + 2));
}
