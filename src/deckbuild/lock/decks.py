"""Recognizing decks and sections: those of the sources among those of the lock."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, warning
from deckbuild.lock.entries import DeckEntry, SectionEntry
from deckbuild.lock.merge import unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from deckbuild.lock.index import Index
    from deckbuild.lock.offer import Offer
    from deckbuild.model import Deck, Section

Decks = dict[str, DeckEntry]
"""The entry of each deck to be published, by its id."""


def match_decks(
    index: Index, offers: Sequence[Offer], broken: frozenset[str], time: int
) -> tuple[Decks, tuple[Diagnostic, ...]]:
    """Return the entries of decks, and what was guessed. `broken` names decks that cannot be read now."""
    found: Decks = {}
    entries = {entry.key: entry for entry in index.lock.decks}
    for name in (attrgetter("id"), attrgetter("key")):
        for offer in offers:
            entry = next((e for e in entries.values() if name(e) == offer.deck.id), None)
            if entry and offer.deck.id not in found:
                found[offer.deck.id] = _now(entry, offer, time)
                del entries[entry.key]
    new = [offer for offer in offers if offer.deck.id not in found]
    gone = [e for e in entries.values() if not {e.id, e.key, e.file} & broken]
    guesses = []
    for offer, entry in _renamed(index, new, gone):
        found[offer.deck.id] = _now(entry, offer, time)
        guesses.append(_guess(offer.deck, entry))
    taken = {entry.key for entry in index.lock.decks}
    for offer in new:
        if offer.deck.id not in found:
            key = unused(offer.deck.id, taken)
            taken.add(key)
            found[offer.deck.id] = DeckEntry(key, offer.deck.id, offer.file, offer.deck.title, time)
    return found, tuple(guesses)


def _now(entry: DeckEntry, offer: Offer, time: int) -> DeckEntry:
    """Return the entry with what the deck is called now; the title that Anki knows stays."""
    now = replace(entry, id=offer.deck.id, file=offer.file)
    return entry if now == entry else replace(now, time=time)


def _renamed(
    index: Index, new: Iterable[Offer], gone: Sequence[DeckEntry]
) -> Iterable[tuple[Offer, DeckEntry]]:
    """Yield pairs of a new deck and the one it was: most questions are the same, and no other deck's.

    A deck that is not recognized loses all its learners' progress, and two decks hardly ever share
    most of their questions: so, unlike a question, it may have been edited too.
    """
    pairs = [(offer, entry) for offer in new for entry in gone if _shares_most(index, entry, offer)]
    by_offer = Counter(offer.deck.id for offer, _ in pairs)
    by_entry = Counter(entry.key for _, entry in pairs)
    return [(o, e) for o, e in pairs if by_offer[o.deck.id] == by_entry[e.key] == 1]


def _shares_most(index: Index, entry: DeckEntry, offer: Offer) -> bool:
    names = {question.id for _, question in offer.deck.questions()}
    old = [question for question in index.living.values() if question.deck == entry.key]
    return 2 * sum(not names.isdisjoint((q.id, *q.made)) for q in old) > len(old)


def _guess(deck: Deck, entry: DeckEntry) -> Diagnostic:
    return warning(
        Code.IDENTITY_GUESS,
        f"the deck `{deck.id}` is taken for `{entry.id}`, which had most of its questions",
        deck.at.span(0, 1),
        help=f"if it is another deck, build once without it, so that `{entry.id}` is retired first",
    )


# Sections ---------------------------------------------------------------------------------------

Sections = dict[str, SectionEntry]
"""The entry of each section of a deck, by its id."""


def match_sections(
    entries: Sequence[SectionEntry], deck: Deck, key: str, places: Mapping[str, str], time: int
) -> Sections:
    """Return the entries of a deck's sections.

    Args:
        entries: The sections of the deck that the lock knows.
        deck: The deck.
        key: The key of the deck.
        places: The section in which each question stood last, by the question's id now.
        time: The time of what is new or changed.
    """
    found: Sections = {}
    left = {entry.key: entry for entry in entries}
    for section in deck.sections:
        entry = next((e for e in left.values() if e.id == section.id), left.get(f"{key}/{section.id}"))
        if entry and (entry.id == section.id or entry.id not in {s.id for s in deck.sections}):
            found[section.id] = left.pop(entry.key)
    for section in deck.sections:
        if section.id not in found and (entry := _renamed_section(deck, section, places, left)):
            found[section.id] = left.pop(entry.key)
    number = max((entry.number for entry in entries), default=0)
    taken = {entry.key for entry in entries}
    for section in deck.sections:
        entry = found.get(section.id)
        if entry is None or not entry.number:
            number += 1
        if entry is None:
            new = unused(f"{key}/{section.id}", taken)
            taken.add(new)
            found[section.id] = SectionEntry(new, section.id, number, section.title, time, time)
        else:
            now = replace(entry, id=section.id, number=entry.number or number)
            found[section.id] = entry if now == entry else replace(now, time=time)
    return found


def _renamed_section(
    deck: Deck, section: Section, places: Mapping[str, str], left: Mapping[str, SectionEntry]
) -> SectionEntry | None:
    """Return the section that this one was: it has all questions that are left of that, and no others'."""
    here = {places[q.id] for q in section.questions if q.id in places}
    if len(here) != 1:
        return None
    [name] = here
    stay = all(s is section for s, q in deck.questions() if places.get(q.id) == name)
    return next((entry for entry in left.values() if entry.key == name), None) if stay else None
