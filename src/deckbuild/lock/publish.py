"""Publishing a deck: the entries that its sections, questions and notes get, old ones carried on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deckbuild.identity import guid
from deckbuild.ledger import Named, first_ordinals, parts_of, written_guid
from deckbuild.lock.cards import is_written, match_cards
from deckbuild.lock.content import Given, Sight, note_digests
from deckbuild.lock.decks import match_sections
from deckbuild.lock.entries import NoteEntry, QuestionEntry
from deckbuild.lock.merge import unused
from deckbuild.lock.numbers import Numbers
from deckbuild.lock.parts import carried_on, new_parts
from deckbuild.lock.questions import earlier_ids
from deckbuild.plain import items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.lock.decks import Sections
    from deckbuild.lock.entries import DeckEntry, LearnedPart, SectionEntry
    from deckbuild.lock.offer import Offer
    from deckbuild.lock.questions import Asked, Claims
    from deckbuild.lock.stamps import Stamps
    from deckbuild.model import Question
    from deckbuild.plain import LearningItem


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """Something to learn, with its note."""

    item: LearningItem
    note: NoteEntry


@dataclass(frozen=True, slots=True)
class PublishedQuestion:
    """A question with its entry and its notes, by their ids as they are in the source."""

    question: Question
    entry: QuestionEntry
    items: Mapping[str, PublishedItem]


@dataclass(frozen=True, slots=True)
class PublishedDeck:
    """A deck with all its entries."""

    offer: Offer
    entry: DeckEntry
    sections: Sections
    questions: tuple[PublishedQuestion, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the notes of a question stand in."""

    asked: Asked
    question: QuestionEntry
    section: SectionEntry
    sight: Sight

    def given(self, ordinals: tuple[int, ...]) -> Given:
        """Return what the lock gives to one of the notes."""
        return Given(self.question.number, named(self.section), self.section.number, ordinals)


@dataclass
class Press:
    """What publishing needs to know, and the keys that are used up while it goes on."""

    claims: Claims
    namespace: str
    stamps: Stamps
    keys: set[str] = field(init=False)
    note_keys: set[str] = field(init=False)
    guesses: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        lock = self.claims.index.lock
        self.keys = {question.key for question in lock.questions}
        self.note_keys = {note.key for note in lock.notes}

    def publish(self, offer: Offer, asked: Iterable[Asked]) -> PublishedDeck:
        """Return the entries of a deck."""
        entry = self.claims.decks[offer.deck.id]
        listed = tuple(asked)
        sections = self._sections(offer, entry, listed)
        lock = self.claims.index.lock
        numbers = Numbers(entry.key, lock.questions)
        ids = _ids(
            (one.question.id, one.question.written, old.id if (old := self._old(one)) else None)
            for one in listed
        )
        entries = [
            (one, self._question(one, ids[one.question.id], sections[one.section.id], numbers))
            for one in listed
        ]
        sight = Sight(offer.media, {one.question.id: question.number for one, question in entries})
        frames = (_Frame(one, question, sections[one.section.id], sight) for one, question in entries)
        questions = (PublishedQuestion(f.asked.question, f.question, self._items(f)) for f in frames)
        return PublishedDeck(offer, entry, sections, tuple(questions))

    def _old(self, one: Asked) -> QuestionEntry | None:
        return next(iter(self.claims.found.get(one.place, ())), None)

    def _sections(self, offer: Offer, entry: DeckEntry, asked: Iterable[Asked]) -> Sections:
        olds = ((one, self._old(one)) for one in asked)
        places = {one.question.id: f"{old.deck}/{old.section}" for one, old in olds if old}
        known = [s for s in self.claims.index.lock.sections if s.deck == entry.key]
        return match_sections(known, offer.deck, entry.key, places, self.stamps.new)

    # Questions ----------------------------------------------------------------------------------

    def _question(self, one: Asked, name: str, section: SectionEntry, numbers: Numbers) -> QuestionEntry:
        prefix = section.number if one.section.title else 0
        made = () if one.question.written else (one.question.id,)
        place = section.key.partition("/")[2]
        old = self._old(one)
        if old is None:
            time = self.stamps.new
            key = self._new_key(one, name)
            number = numbers.next(prefix)
            return QuestionEntry(key, one.deck, name, number, place, one.ask, one.rest, time, time, made)
        stays = old.deck == one.deck
        now = replace(
            old,
            deck=one.deck,
            id=name,
            number=old.number if stays and old.number else numbers.next(prefix),
            section=place,
            ask=one.ask,
            rest=one.rest,
            made=made,
            had=old.had if stays or not old.number else (*old.had, f"{old.deck}/{old.number}"),
        )
        return old if now == old else replace(now, time=self.stamps.changed(old.time))

    def _new_key(self, one: Asked, name: str) -> str:
        """Return the key of a new question: by the oldest of its ids, so that a lost lock loses nothing."""
        first = next((f"{deck}/{old}" for deck, old, _ in earlier_ids(self.claims.index, one)), None)
        key = unused(first or f"{one.deck}/{name}", self.keys)
        self.keys.add(key)
        return key

    # Notes --------------------------------------------------------------------------------------

    def _items(self, frame: _Frame) -> dict[str, PublishedItem]:
        one = frame.asked
        items = tuple(items_of(one.section, one.question))
        notes = self.claims.index.notes
        known = [note for entry in self.claims.found.get(one.place, ()) for note in notes.get(entry.key, ())]
        cards, guesses = match_cards(items, known, frame.sight)
        self.guesses += guesses
        ids = _ids((i.id, is_written(i), cards[i.id].id if i.id in cards else None) for i in items)
        return {i.id: PublishedItem(i, self._note(frame, i, ids[i.id], cards.get(i.id))) for i in items}

    def _note(self, frame: _Frame, item: LearningItem, name: str, old: NoteEntry | None) -> NoteEntry:
        note = old or self._new_note(item, name, frame.question)
        time = self.stamps.changed(old.time) if old else note.time
        parts = carried_on(note.parts, parts_of(item), time)
        digests = note_digests(frame.asked.offer.deck, item, frame.sight, frame.given(ordinals_of(parts)))
        return replace(
            note,
            question=frame.question.key,
            id=name,
            digests=digests,
            time=note.time if digests == note.digests else time,
            parts=parts,
            made=() if is_written(item) else (item.id,),
            retired=False,
        )

    def _new_note(self, item: LearningItem, name: str, question: QuestionEntry) -> NoteEntry:
        key = unused(f"{question.key}/{name}" if name else question.key, self.note_keys)
        self.note_keys.add(key)
        deck, first, card = (*key.split("/", 2), "")[:3]
        identity = written_guid(item) or guid(self.namespace, deck, first, card)
        time = self.stamps.new
        parts = new_parts(parts_of(item), first_ordinals(item), time)
        return NoteEntry(key, question.key, name, item.kind, identity, {}, time, time, parts)


def ordinals_of(parts: Iterable[LearnedPart]) -> tuple[int, ...]:
    """Return the ordinals of the cards that a note has."""
    return tuple(part.ordinal for part in parts if not part.gone) or (0,)


def named(section: SectionEntry) -> Named:
    """Return what Anki knows a section by."""
    return Named(section.key.partition("/")[2], section.title)


def _ids(names: Iterable[tuple[str, bool, str | None]]) -> dict[str, str]:
    """Return the ids that hold, by those of the source: what is not written is remembered, if it can be.

    Each name comes with whether it is written, and the one that the lock remembers.
    """
    listed = tuple(names)
    found = {name: name for name, written, _ in listed if written}
    used = set(found)
    for remembered_first in (True, False):
        for name, written, old in listed:
            if not written and (old is not None) is remembered_first:
                found[name] = old if old is not None and old not in used else unused(name, used, "-")
                used.add(found[name])
    return found
