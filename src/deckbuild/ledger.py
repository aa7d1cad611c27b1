"""What outputs need to know of what was published before: identities, times, ordinals, numbers.

Targets read a ledger and never ask where it came from. Without a lock it is made from names and
positions alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from deckbuild.identity import Guid, guid
from deckbuild.markup.events import Code, CodeBlock, Gap, Math, Start
from deckbuild.model import Basic, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed
from deckbuild.numbering import Numbering, number_by_position
from deckbuild.plain import items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.markup.events import Events
    from deckbuild.model import Deck
    from deckbuild.plain import LearningItem

FIRST_TIME = 1
"""The time of what was never published under a lock, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of one note."""

    guid: Guid
    modified: int
    """When its text was published, in seconds since 1970."""
    ordinals: tuple[int, ...]
    """The ordinal of the card that learns each part, in the order of `parts_of`."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of a deck."""

    numbering: Numbering
    notes: Mapping[str, Published] = field(repr=False)
    """By `LearningItem.ref`."""
    note_types: Mapping[str, int] = field(default_factory=dict)
    """When the look of each kind's note type was published; `FIRST_TIME` if absent."""


def first_ledger(namespace: str, deck: Deck) -> Ledger:
    """Return the ledger of a deck that was never published."""
    notes = {item.ref: first_published(namespace, deck.id, item) for item in items(deck)}
    return Ledger(number_by_position(deck), notes)


def first_published(namespace: str, deck: str, item: LearningItem) -> Published:
    """Return what holds for a note that was never published: parts take ordinals in order."""
    written = Guid(item.body.guid) if isinstance(item.body, Question) and item.body.guid else None
    name = guid(namespace, deck, item.question.id, item.id)
    return Published(written or name, FIRST_TIME, tuple(range(len(parts_of(item)))))


def parts_of(item: LearningItem) -> tuple[str, ...]:
    """Return a key for every part of a note that a card of its own learns, in source order.

    Gaps give their numbers, steps and masks their texts; a basic card gives one or two directions.
    """
    match item.body:
        case Question() | Followup():
            return ("",)
        case Card(body=body):
            pass
        case _:
            assert_never(item.body)
    match body:
        case Basic(reverse=reverse):
            return ("forward", "reverse") if reverse else ("forward",)
        case Cloze(text=text):
            return tuple(str(number) for number in gap_numbers(text.events))
        case Steps(items=steps):
            return tuple(step.raw for step in steps)
        case Occlusion(masks=masks):
            return tuple(mask.label for mask in masks)
        case Choice() | Typed():
            return ("",)
        case _:
            assert_never(body)


def gap_numbers(events: Events) -> tuple[int, ...]:
    """Return the numbers of the gaps of a cloze text, each once, ascending."""
    numbers: set[int] = set()
    for event in events:
        match event:
            case Start(tag=Gap(number=number)):
                numbers.add(number)
            case Math(gaps=gaps) | Code(gaps=gaps) | CodeBlock(gaps=gaps):
                numbers |= {inner.gap.number for inner in gaps}
    return tuple(sorted(numbers))
