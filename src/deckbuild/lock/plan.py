"""The plan: what the lock will say once the given decks are published, and what targets need to know.

Pure. Whether the plan is written, and what time it is, is for the caller to say.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from deckbuild.ledger import Ledger, Named, News, Published
from deckbuild.lock.clashes import check_guids
from deckbuild.lock.decks import match_decks
from deckbuild.lock.entries import Lock
from deckbuild.lock.index import Index
from deckbuild.lock.kinds import forks, published_kinds
from deckbuild.lock.numbers import place_of_number
from deckbuild.lock.publish import Press, named, ordinals_of
from deckbuild.lock.questions import ask_all, match_questions
from deckbuild.lock.remember import with_ids
from deckbuild.lock.text import retired_of
from deckbuild.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.lock.entries import KindEntry, NoteEntry
    from deckbuild.lock.offer import Offer
    from deckbuild.lock.publish import PublishedDeck, PublishedQuestion
    from deckbuild.lock.questions import Claims
    from deckbuild.lock.stamps import Stamps
    from deckbuild.model import Deck
    from deckbuild.package import NoteType
    from deckbuild.plain import Kind

_E = TypeVar("_E")
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Plan:
    """What the lock will say, and each deck with what targets need to know of it."""

    lock: Lock = field(repr=False)
    decks: Mapping[str, Deck] = field(repr=False)
    """By id. Questions and cards whose author wrote no id have the one they had at first."""
    ledgers: Mapping[str, Ledger] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()


def plan(
    old: Lock,
    namespace: str,
    offers: Sequence[Offer],
    note_types: Mapping[Kind, NoteType],
    stamps: Stamps,
    broken: frozenset[str] = frozenset(),
) -> Plan:
    """Return the plan of publishing decks.

    Args:
        old: The lock as it is.
        namespace: The namespace of the project.
        offers: The decks that have no errors.
        note_types: The note types in use, by kind; their times do not matter.
        stamps: The times that new and changed entries get.
        broken: Ids or file names of the decks that have errors. Their entries stay as they are.
    """
    index = Index(old)
    decks, renamed = match_decks(index, offers, broken, stamps.new)
    claims = match_questions(index, decks, ask_all(offers, decks))
    press = Press(claims, namespace, stamps)
    published = tuple(
        press.publish(offer, [one for one in claims.asked if one.offer is offer]) for offer in offers
    )
    clashes, failed = check_guids(index, published)
    failed |= claims.failed
    if failed:
        # What clashes has no identity: its deck stays as it was, and the others are planned without it.
        rest = [offer for offer in offers if offer.deck.id not in failed]
        planned = plan(old, namespace, rest, note_types, stamps, broken | failed)
        return replace(planned, diagnostics=(*claims.errors, *clashes, *planned.diagnostics))
    kinds = published_kinds(old.kinds, note_types, stamps)
    lock = _lock(claims, published, kinds, namespace, broken)
    return Plan(
        lock,
        {one.offer.deck.id: _remembered(one) for one in published},
        {one.offer.deck.id: _ledger(one, lock) for one in published},
        (*forks(old.kinds, kinds), *renamed, *claims.guesses, *press.guesses),
    )


def _lock(
    claims: Claims,
    published: Iterable[PublishedDeck],
    kinds: tuple[KindEntry, ...],
    namespace: str,
    broken: frozenset[str],
) -> Lock:
    """Return the lock with the new entries, and with what is no more marked as retired."""
    old = claims.index.lock
    decks = {entry.key: entry for entry in old.decks}
    sections = {entry.key: entry for entry in old.sections}
    questions = {entry.key: entry for entry in old.questions}
    notes = {entry.key: entry for entry in old.notes}
    living: set[str] = set()
    for deck in published:
        decks[deck.entry.key] = deck.entry
        sections |= {entry.key: entry for entry in deck.sections.values()}
        for question in deck.questions:
            questions[question.entry.key] = question.entry
            for item in question.items.values():
                notes[item.note.key] = item.note
                living.add(item.note.key)
    away = _away(claims, broken)
    for key in notes.keys() - living:
        if notes[key].question in away:
            notes[key] = replace(notes[key], retired=True)
    return Lock(namespace, kinds, _sorted(decks), _sorted(sections), _sorted(questions), _sorted(notes))


def _away(claims: Claims, broken: frozenset[str]) -> set[str]:
    """Return the keys of the questions of which everything that is not published now is retired.

    Those of decks with errors are not among them; and if the name of such a deck is not known in the
    lock, it may be any that is missing.
    """
    lock = claims.index.lock
    here = {entry.key for entry in claims.decks.values()}
    names = {name for entry in lock.decks for name in (entry.id, entry.key, entry.file)}
    missing = {e.key for e in lock.decks if e.key not in here and not {e.id, e.key, e.file} & broken}
    gone = here if broken - names else here | missing
    return {q.key for q in lock.questions if q.deck in gone or q.key in claims.taken}


def _ledger(deck: PublishedDeck, lock: Lock) -> Ledger:
    numbering = Numbering(
        {question.entry.id: question.entry.number for question in deck.questions},
        {name: section.number for name, section in deck.sections.items()},
    )
    return Ledger(
        numbering,
        {ref: _published(note) for question in deck.questions for ref, note in _by_ref(question)},
        Named(deck.entry.key, deck.entry.title),
        {name: named(section) for name, section in deck.sections.items()},
        {kind.key: kind.time for kind in lock.kinds},
        retired_of(lock, deck.entry.key),
        _news(deck),
    )


def _news(deck: PublishedDeck) -> News:
    """Return what the last publication brought; of the first one that is everything, and no news."""
    times = [item.note.time for question in deck.questions for item in question.items.values()]
    # Who builds several times a day publishes each time, and learners see the last.
    since = max(times, default=0) - _DAY
    if all(question.entry.since >= since for question in deck.questions):
        return News()
    new = [question for question in deck.questions if question.entry.since >= since]
    changed = (
        question
        for question in deck.questions
        if question.entry.since < since and any(i.note.time >= since for i in question.items.values())
    )
    return News(_by_number(new), _by_number(changed))


def _by_number(questions: Iterable[PublishedQuestion]) -> tuple[str, ...]:
    in_order = sorted(questions, key=lambda question: place_of_number(question.entry.number))
    return tuple(question.entry.id for question in in_order)


def _by_ref(question: PublishedQuestion) -> Iterable[tuple[str, NoteEntry]]:
    for item in question.items.values():
        note = item.note
        yield f"{question.entry.id}/{note.id}" if note.id else question.entry.id, note


def _published(note: NoteEntry) -> Published:
    return Published(note.guid, note.time, ordinals_of(note.parts), note.key)


def _remembered(deck: PublishedDeck) -> Deck:
    names = {q.question.id: q.entry.id for q in deck.questions if q.question.id != q.entry.id}
    cards: dict[str, dict[str, str]] = defaultdict(dict)
    for question in deck.questions:
        for name, item in question.items.items():
            if item.note.id != name:
                cards[question.question.id][name] = item.note.id
    return with_ids(deck.offer.deck, names, cards)


def _sorted(entries: Mapping[str, _E]) -> tuple[_E, ...]:
    return tuple(entry for _, entry in sorted(entries.items()))
