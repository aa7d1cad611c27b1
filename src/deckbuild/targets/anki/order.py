"""The order in which Anki shows new cards: a place in the queue for every card of every note."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from deckbuild.ledger import parts_of
from deckbuild.model import Priority
from deckbuild.plain import items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Literal

    from deckbuild.model import Deck, Question, Section

_RANK = {Priority.MUST: 0, Priority.SHOULD: 1, Priority.EXTRA: 2}

_Card = tuple[str, int]
"""A card: the note's ref, and which of its parts it learns."""


def places(deck: Deck, order: Literal["rounds", "source"]) -> Mapping[str, tuple[int, ...]]:
    """Return for every note, by ref, the places of its cards, which count from 1."""
    questions = [
        (question.priority, list(_cards(section, question))) for section, question in deck.questions()
    ]
    match order:
        case "source":
            queue = [card for _, cards in questions for card in cards]
        case "rounds":
            queue = list(_rounds(questions))
        case _:
            assert_never(order)
    found: dict[str, dict[int, int]] = {}
    for place, (ref, part) in enumerate(queue, 1):
        found.setdefault(ref, {})[part] = place
    return {ref: tuple(parts[part] for part in sorted(parts)) for ref, parts in found.items()}


def _cards(section: Section, question: Question) -> Iterator[_Card]:
    for item in items_of(section, question):
        yield from ((item.ref, part) for part in range(len(parts_of(item))))


def _rounds(by_question: Iterable[tuple[Priority, list[_Card]]]) -> Iterator[_Card]:
    """Yield every question's first card by priority, then each one's second, and so on.

    In source order the first twenty new cards come from two questions, and Anki's burying works
    inside one note only.
    """
    ranked = sorted(by_question, key=lambda entry: _RANK[entry[0]])
    longest = max((len(cards) for _, cards in ranked), default=0)
    for turn in range(longest):
        yield from (cards[turn] for _, cards in ranked if turn < len(cards))
