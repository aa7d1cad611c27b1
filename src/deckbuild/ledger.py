"""What outputs need to know of what was published before: identities, times, ordinals, numbers.

Targets read a ledger and never ask where it came from. Without a lock it is made from names and
positions alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from deckbuild.identity import Guid, guid
from deckbuild.markup.events import Code, CodeBlock, End, Gap, Math, Start
from deckbuild.markup.text import to_text
from deckbuild.model import Basic, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed
from deckbuild.numbering import Numbering, number_by_position
from deckbuild.plain import items, items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckbuild.markup.events import Events
    from deckbuild.model import Deck
    from deckbuild.plain import LearningItem

FIRST_TIME = 1
"""The time of what was never published under a lock, in seconds since 1970."""
_MOST_GAPS = 500
"""Anki makes no card of a gap with a higher number."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of one note."""

    guid: Guid
    modified: int
    """When its text was published, in seconds since 1970."""
    ordinals: tuple[int, ...]
    """The ordinal of the card that learns each part, in the order of `parts_of`."""
    id: str
    """What its Id field says: `deck/question/card` as they were named at first. It never changes."""


@dataclass(frozen=True, slots=True)
class Named:
    """What Anki knows a deck or a section by: id and title of its first publication.

    Anki finds decks and tags by name. A deck that is renamed here would be split there.
    """

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class News:
    """What the last publication of a deck brought: ids of questions, in the order of their numbers."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of a deck."""

    numbering: Numbering
    notes: Mapping[str, Published] = field(repr=False)
    """By `LearningItem.ref`."""
    deck: Named
    sections: Mapping[str, Named]
    """By id of the section."""
    note_types: Mapping[str, int] = field(default_factory=dict)
    """When the look of each kind's note type was published; `FIRST_TIME` if absent."""
    retired: tuple[str, ...] = ()
    """Ids of notes that were published once and are no more, as their Id fields say."""
    news: News = News()


def first_ledger(namespace: str, deck: Deck) -> Ledger:
    """Return the ledger of a deck that was never published."""
    notes = {item.ref: first_published(namespace, deck.id, item) for item in items(deck)}
    sections = {section.id: Named(section.id, section.title) for section in deck.sections}
    return Ledger(number_by_position(deck), notes, Named(deck.id, deck.title), sections)


def first_published(namespace: str, deck: str, item: LearningItem) -> Published:
    """Return what holds for a note that was never published."""
    name = written_guid(item) or guid(namespace, deck, item.question.id, item.id)
    return Published(name, FIRST_TIME, first_ordinals(item), f"{deck}/{item.ref}")


def first_ordinals(item: LearningItem) -> tuple[int, ...]:
    """Return the ordinals of a new note: of gaps as they are numbered, else one after the other."""
    if isinstance(item.body, Card) and isinstance(item.body.body, Cloze):
        numbers = gap_numbers(item.body.body.text.events)
        if all(number <= _MOST_GAPS for number in numbers):
            return tuple(number - 1 for number in numbers)
    return tuple(range(len(parts_of(item))))


def written_guid(item: LearningItem) -> Guid | None:
    """Return the GUID that the author wrote: that of the main card, or of the only card there is."""
    if not item.question.guid:
        return None
    is_only = isinstance(item.body, Question) or len(tuple(items_of(item.section, item.question))) == 1
    return Guid(item.question.guid) if is_only else None


def parts_of(item: LearningItem) -> tuple[str, ...]:
    """Return the words of every part of a note that a card of its own learns.

    Gaps stand in the order of their numbers and give what they hide, steps and masks their words; a
    basic card has one or two directions. All else is one part.
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
            return tuple(words for _, words in sorted(gaps_of(text.events).items()))
        case Steps(items=steps):
            return tuple(_in_one_line(to_text(step.events)) for step in steps)
        case Occlusion(masks=masks):
            return tuple(_in_one_line(mask.label) for mask in masks)
        case Choice() | Typed():
            return ("",)
        case _:
            assert_never(body)


def gap_numbers(events: Events) -> tuple[int, ...]:
    """Return the numbers of the gaps of a cloze text, each once, ascending."""
    return tuple(sorted(gaps_of(events)))


def gaps_of(events: Events) -> dict[int, str]:
    """Return what the gaps of each number hide; what is asked together is parted by ` / `."""
    found: dict[int, str] = {}
    for number, words in _gaps(events):
        found[number] = f"{found[number]} / {words}" if number in found else words
    return found


def anki_search(namespace: str, ids: Iterable[str]) -> str:
    """Return what to type into Anki's browser to find a project's notes by their Ids."""
    # Another project in the same collection may have equal ids, but not note types of this name.
    kind = f"*· {_searched(namespace)}" if namespace else "*"
    terms = [f'"Id:{_searched(name)}"' for name in ids]
    wanted = terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"
    return f'"note:deckbuild {kind}" {wanted}'


def _searched(text: str) -> str:
    return re.sub(r'([\\"*_:])', r"\\\1", text)


def _gaps(events: Events) -> Iterator[tuple[int, str]]:
    start = 0
    for at, event in enumerate(events):
        match event:
            case Start(tag=Gap()):
                start = at + 1
            case End(tag=Gap(number=number)):
                yield number, _in_one_line(to_text(events[start:at]))
            case Math(tex=text, gaps=gaps) | Code(text=text, gaps=gaps) | CodeBlock(text=text, gaps=gaps):
                yield from ((g.gap.number, _in_one_line(text[g.start : g.end])) for g in gaps)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
