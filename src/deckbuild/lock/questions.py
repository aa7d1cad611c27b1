"""Recognizing questions: those of the sources among those of the lock.

In order: by `was`, by id, by the id that the prompt gives, by the GUID that the author wrote; and where no id
is written, by all but the prompt being unchanged. Likeness of prompts proves nothing: "L1" and "L2" are
one letter apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Label, error, warning
from deckbuild.lock.content import Sight, question_digests
from deckbuild.plain import items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.lock.decks import Decks
    from deckbuild.lock.entries import QuestionEntry
    from deckbuild.lock.index import Index
    from deckbuild.lock.offer import Offer
    from deckbuild.model import Question, Section

_ALIKE = 0.8
"""From here on, of 1, ids are worth the question whether they mean the same."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be published."""

    offer: Offer
    deck: str
    """The key of its deck."""
    section: Section
    question: Question
    ask: str
    """Digest of its prompt."""
    rest: str
    """Digest of all else."""

    @property
    def place(self) -> tuple[str, str]:
        """Return what names it among all questions to be published."""
        return self.offer.deck.id, self.question.id


@dataclass
class Claims:
    """Who is who: the entries of every question, the one it carries on first."""

    index: Index
    decks: Decks
    asked: tuple[Asked, ...]
    found: dict[tuple[str, str], list[QuestionEntry]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, Asked] = field(default_factory=dict)
    """By key of the entry."""
    errors: list[Diagnostic] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    """Ids of decks with an error."""
    guesses: list[Diagnostic] = field(default_factory=list)

    def claim(self, asked: Asked, entry: QuestionEntry | None) -> None:
        """Give an entry to a question, unless another one has it."""
        if entry and entry.key not in self.taken:
            self.taken[entry.key] = asked
            self.found[asked.place].append(entry)

    def fail(self, diagnostic: Diagnostic, *asked: Asked) -> None:
        """Report two questions that are the same one."""
        self.errors.append(diagnostic)
        self.failed |= {one.offer.deck.id for one in asked}

    @property
    def new(self) -> list[Asked]:
        """The questions without an entry."""
        return [asked for asked in self.asked if not self.found.get(asked.place)]

    def retired(self) -> list[QuestionEntry]:
        """Return the entries that were retired before, in decks that are to be published."""
        here = {entry.key for entry in self.decks.values()}
        living = self.index.living
        return [
            entry
            for entry in self.index.lock.questions
            if entry.key not in self.taken and entry.key not in living and entry.deck in here
        ]

    def gone(self) -> list[QuestionEntry]:
        """Return the living entries that no question has, in decks that are to be published."""
        here = {entry.key for entry in self.decks.values()}
        return [e for e in self.index.living.values() if e.key not in self.taken and e.deck in here]


def ask_all(offers: Iterable[Offer], decks: Decks) -> tuple[Asked, ...]:
    """Return all questions to be published, with their digests."""
    return tuple(
        Asked(
            offer,
            decks[offer.deck.id].key,
            section,
            question,
            *question_digests(question, tuple(items_of(section, question)), Sight(offer.media, {})),
        )
        for offer in offers
        for section, question in offer.deck.questions()
    )


def match_questions(index: Index, decks: Decks, asked: tuple[Asked, ...]) -> Claims:
    """Return which entries each question carries on."""
    claims = Claims(index, decks, asked)
    _claim_earlier(claims)
    for one in asked:
        entry = index.named(one.deck, one.question.id) if one.question.written else None
        if entry and entry.id == one.question.id:
            claims.claim(one, entry)
    for one in asked:
        if not one.question.written and not claims.found.get(one.place):
            claims.claim(one, index.made(one.deck, one.question.id))
    for one in asked:
        if not claims.found.get(one.place):
            claims.claim(one, index.named(one.deck, one.question.id))
    for one in asked:
        if one.question.guid:
            claims.claim(one, index.with_guid(one.question.guid))
    _claim_edited(claims)
    claims.guesses += _offer_was(claims)
    return claims


def _claim_earlier(claims: Claims) -> None:
    """Follow `was`: the oldest id is the identity that learners have known longest."""
    here = {(one.deck, one.question.id): one for one in claims.asked}
    first: dict[tuple[str, str], Asked] = {}
    for one in claims.asked:
        for deck, name, words in earlier_ids(claims.index, one):
            other = here.get((deck, name))
            earlier = first.setdefault((deck, name), one)
            if other is not None and other is not one:
                claims.fail(_still_there(one, other, words), one, other)
            elif earlier is not one:
                claims.fail(_both_were(earlier, one, words), earlier, one)
            else:
                claims.claim(one, claims.index.once_named(deck, name))


def earlier_ids(index: Index, asked: Asked) -> tuple[tuple[str, str, str], ...]:
    """Return the key of the deck, the id, and the words of each `was`, oldest first.

    An id without a deck is one of the deck that the next younger one names: `[a, one/b]` was `a` in `one`.
    """
    found: list[tuple[str, str, str]] = []
    home = asked.deck
    for words in reversed(asked.question.was):
        deck, slash, name = words.rpartition("/")
        if slash:
            entry = index.deck(deck)
            home = entry.key if entry else deck
        found.append((home, name, words))
    return tuple(reversed(found))


def _claim_edited(claims: Claims) -> None:
    """Recognize questions without a written id where one thing alone changed: the prompt, or the id."""
    by_digest = _by_digest(claims.gone())
    pairs = {
        (one.place, entry.key): (one, entry)
        for one in claims.new
        for entry in (*by_digest[one.deck, one.rest], *by_digest[one.deck, one.ask])
        if entry.made or not one.question.written
    }
    by_question = Counter(place for place, _ in pairs)
    by_entry = Counter(key for _, key in pairs)
    for (place, key), (one, entry) in pairs.items():
        if by_question[place] == by_entry[key] == 1:
            claims.claim(one, entry)
            claims.guesses.append(_guess(one, entry))


def _by_digest(entries: Iterable[QuestionEntry]) -> Mapping[tuple[str, str], list[QuestionEntry]]:
    found: dict[tuple[str, str], list[QuestionEntry]] = defaultdict(list)
    for entry in entries:
        found[entry.deck, entry.rest].append(entry)
        found[entry.deck, entry.ask].append(entry)
    return found


def _offer_was(claims: Claims) -> Iterator[Diagnostic]:
    """Yield a message for every question that may be one that is gone.

    The prompt of a retired question under another id is reported in every build until `was` settles
    it, for that brings learners' progress back later too; weaker signs when the question is new.
    """
    gone = claims.gone()
    by_text = {digest: entry for entry in gone for digest in (entry.ask, entry.rest)}
    retired = {entry.ask: entry for entry in claims.retired()}
    for one in claims.asked:
        known = next(iter(claims.found.get(one.place, ())), None)
        if known is None:
            entry = by_text.get(one.rest) or by_text.get(one.ask) or retired.get(one.ask) or _alike(one, gone)
        else:
            entry = retired.get(one.ask)
        if entry and (known is None or known.since > entry.time):
            yield _maybe(claims, one, entry)


def _alike(one: Asked, gone: Sequence[QuestionEntry]) -> QuestionEntry | None:
    names = {entry.id: entry for entry in gone if entry.deck == one.deck}
    near = get_close_matches(one.question.id, names, 1, _ALIKE)
    return names[near[0]] if near else None


# Messages ---------------------------------------------------------------------------------------


def _guess(one: Asked, entry: QuestionEntry) -> Diagnostic:
    changed = "only its id changed" if one.ask == entry.ask else "only its prompt changed"
    return warning(
        Code.IDENTITY_GUESS,
        f"this question is taken for `{entry.id}`: {changed}",
        one.question.ask.origin.span(),
        help=f"write `id: {entry.id}` if it is, or another `id` if it is a new question",
    )


def _maybe(claims: Claims, one: Asked, entry: QuestionEntry) -> Diagnostic:
    deck = next((d.id for d in claims.decks.values() if d.key == entry.deck), entry.deck)
    old = entry.id if one.deck == entry.deck else f"{deck}/{entry.id}"
    return warning(
        Code.IDENTITY_LOST,
        f"`{one.question.id}` is a new question, and `{old}` is gone",
        one.question.ask.origin.span(),
        help=f"if they are the same, write `was: {old}`, and learners keep their progress",
    )


def _still_there(one: Asked, other: Asked, words: str) -> Diagnostic:
    return error(
        Code.IDENTITY_CLASH,
        f"`was: {words}` names a question that is still there",
        Label(one.question.ask.origin.span(), "says that it was this"),
        Label(other.question.ask.origin.span(), f"`{other.question.id}`"),
        help="`was` lists ids that the question itself had; give one of the two another id",
    )


def _both_were(one: Asked, other: Asked, words: str) -> Diagnostic:
    return error(
        Code.IDENTITY_CLASH,
        f"two questions say that they were `{words}`",
        Label(other.question.ask.origin.span(), "the second"),
        Label(one.question.ask.origin.span(), "the first"),
        help="only one can carry on its progress: take `was` off the other",
    )
