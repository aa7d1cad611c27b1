"""Publishing decks in tests: what `deckbuild all` does with the lock, without files and clock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deckbuild.lock.entries import Lock
from deckbuild.lock.offer import Offer
from deckbuild.lock.plan import Plan, plan
from deckbuild.lock.stamps import Stamps
from deckbuild.lock.text import FILE, parse_lock, render_lock
from deckbuild.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckbuild.ledger import Published
    from deckbuild.media import Media
    from deckbuild.model import Card, Deck, Question

NAMESPACE = "tests"
NOTHING = Lock()


def publish(
    *decks: Deck,
    over: Lock = NOTHING,
    now: int | None = None,
    files: Sequence[str] = (),
    media: Sequence[Media] = (),
    broken: Sequence[str] = (),
    **rest: Any,
) -> Plan:
    """Plan the publication of decks over a lock; each deck's file is named as its id, or by `files`."""
    by_path = {medium.path: medium for medium in media}
    named = zip(decks, files or [deck.id for deck in decks], strict=True)
    offers = [Offer(deck, file, by_path) for deck, file in named]
    stamps = Stamps(over.newest, now, rest.pop("alike", False))
    planned = plan(over, NAMESPACE, offers, rest.pop("note_types", {}), stamps, frozenset(broken))
    assert rest == {}
    assert reread(planned.lock) == planned.lock
    return planned


def reread(lock: Lock) -> Lock:
    """Return a lock as it comes back from its file."""
    found, problems = parse_lock(Source(FILE, render_lock(lock)))
    assert problems == ()
    return found


def merge(*locks: Lock) -> Lock:
    """Return what a union merge of locks makes: the lines of all of them."""
    lines = [line for lock in locks for line in render_lock(lock).splitlines(keepends=True)]
    found, problems = parse_lock(Source(FILE, "".join(lines)))
    assert problems == ()
    return found


def notes(planned: Plan, deck: str = "test") -> dict[str, Published]:
    """Return what is published of a deck, by ref."""
    return dict(planned.ledgers[deck].notes)


def guids(planned: Plan, deck: str = "test") -> dict[str, str]:
    """Return the GUIDs of a deck's notes, by ref."""
    return {ref: note.guid for ref, note in notes(planned, deck).items()}


def times(planned: Plan, deck: str = "test") -> dict[str, int]:
    """Return the times of a deck's notes, by ref."""
    return {ref: note.modified for ref, note in notes(planned, deck).items()}


def ordinals(planned: Plan, ref: str, deck: str = "test") -> tuple[int, ...]:
    """Return the ordinals of a note's cards, in the order of its parts."""
    return notes(planned, deck)[ref].ordinals


def messages(planned: Plan) -> list[str]:
    """Return code and message of everything that was noticed."""
    return [f"{d.severity.name.lower()}[{d.code}] {d.message}" for d in planned.diagnostics]


def unwritten(question: Question) -> Question:
    """Return a question whose author wrote no ids."""
    return replace(question, written=False, cards=tuple(map(unwritten_card, question.cards)))


def unwritten_card(card: Card) -> Card:
    """Return a card whose author wrote no id."""
    return replace(card, written=False)
