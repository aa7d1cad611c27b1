"""The model that all formats are parsed to and all targets are made from. Nothing of any output.

Every value is frozen. `at` says where a value stands in its source and takes no part in equality:
the same bank in YAML and in Markdown gives equal models.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.markup.events import Mask
    from deckbuild.markup.prose import Prose
    from deckbuild.source import Origin


class Difficulty(StrEnum):
    """How hard a question is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Priority(StrEnum):
    """What to learn first, and what a full sheet drops first (`extra`)."""

    MUST = "must"
    SHOULD = "should"
    EXTRA = "extra"


class Direction(StrEnum):
    """The writing direction of a deck."""

    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its description and caption. `image` is relative to the project."""

    image: str
    alt: str
    caption: Prose | None
    at: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A source: a title and an address (empty for a book that has none)."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A key point an interviewer listens for."""

    text: Prose
    must: bool = False


# Kinds of card ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Basic:
    """A prompt and an answer; `reverse` asks the other way round too."""

    ask: Prose
    answer: Prose
    reverse: bool = False
    figure: Figure | None = None
    """A picture on the front."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text with gaps. Its events hold `Gap` containers and inner gaps."""

    text: Prose


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice, right or wrong, and why."""

    text: Prose
    right: bool
    why: Prose | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A multiple choice with one or several right options."""

    ask: Prose
    options: tuple[Option, ...]
    shuffle: bool = True


@dataclass(frozen=True, slots=True)
class Steps:
    """An ordered list learned item by item."""

    ask: Prose
    items: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A short answer to type; `accept` lists other spellings that count. Plain text, no Markdown."""

    ask: Prose
    answer: str
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occlusion:
    """A picture with labelled masks. `image` is relative to the project."""

    ask: Prose
    image: str
    alt: str
    masks: tuple[Mask, ...]
    at: Origin = field(compare=False, repr=False)


Body = Basic | Cloze | Choice | Steps | Typed | Occlusion


@dataclass(frozen=True, slots=True)
class Card:
    """An atomic card of one kind.

    `id` is unique among the cards and follow-ups of its question; `written` tells whether the
    author wrote it or it was made from the prompt.
    """

    id: str
    body: Body
    tags: tuple[str, ...]
    hint: Prose | None
    written: bool
    at: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Followup:
    """A further question an interviewer asks, and its answer."""

    id: str
    ask: Prose
    answer: Prose
    written: bool
    at: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """The unit of a bank: everything there is to know about one interview question."""

    id: str
    ask: Prose
    at: Origin = field(compare=False, repr=False)
    written: bool = True
    """Whether the author wrote the id; otherwise it was made from the prompt."""
    short: Prose | None = None
    answer: Prose | None = None
    points: tuple[Point, ...] = ()
    figure: Figure | None = None
    details: Prose | None = None
    followups: tuple[Followup, ...] = ()
    pitfalls: tuple[Prose, ...] = ()
    hint: Prose | None = None
    difficulty: Difficulty | None = None
    priority: Priority = Priority.SHOULD
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    minutes: float | None = None
    """Time to answer in an interview, in minutes."""
    sources: tuple[Link, ...] = ()
    license: str = ""
    reviewed: str = ""
    """Date of the last review, ISO 8601."""
    cards: tuple[Card, ...] = ()
    was: tuple[str, ...] = ()
    """Earlier ids, oldest first; `deck/id` after a move."""
    guid: str = ""
    draft: bool = False
    see: tuple[str, ...] = ()
    """Ids of related questions."""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a deck."""

    id: str
    title: str
    questions: tuple[Question, ...]
    at: Origin = field(compare=False, repr=False)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A question bank. A deck whose author wrote no sections has one with an empty id and title."""

    id: str
    title: str
    sections: tuple[Section, ...]
    at: Origin = field(compare=False, repr=False)
    description: Prose | None = None
    version: str = ""
    lang: str = "en"
    direction: Direction = Direction.LTR
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    license: str = ""

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Yield every question with its section, in source order."""
        for section in self.sections:
            for question in section.questions:
                yield section, question
