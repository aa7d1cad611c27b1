"""The entries of a lock, as values.

Every entry has a key that never changes: the names that a deck, section, question or card had when it was
published first, joined by `/`. What it is called now stands beside it. So a renamed or moved question
keeps its line, branches merge line by line, and the key is what the GUID was made from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.identity import Guid, NoteTypeId


@dataclass(frozen=True, slots=True)
class KindEntry:
    """A note type. Its key is the kind."""

    key: str
    id: NoteTypeId
    schema: str
    """Digest of what must never change."""
    look: str
    """Digest of templates and style."""
    time: int
    """When its look was published."""


@dataclass(frozen=True, slots=True)
class DeckEntry:
    """A deck."""

    key: str
    id: str
    file: str
    """Its file or folder, without suffix."""
    title: str
    """The name that Anki knows it by."""
    time: int
    """When this line changed last; likewise below."""


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section; its key is `deck/section`."""

    key: str
    id: str
    number: int
    """Its printed number; 0 if it waits for one."""
    title: str
    """The name that Anki knows it by."""
    since: int
    """When it was published first; likewise below."""
    time: int

    @property
    def deck(self) -> str:
        """Return the key of its deck."""
        return self.key.partition("/")[0]


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A question; its key is `deck/question`."""

    key: str
    deck: str
    """The key of the deck it stands in now."""
    id: str
    number: str
    """Its printed number; empty if it waits for one."""
    section: str
    """The key of its section."""
    ask: str
    """Digest of its prompt."""
    rest: str
    """Digest of all else."""
    since: int
    time: int
    made: tuple[str, ...] = ()
    """The ids that its prompt gives, if its author wrote none. Several after a merge only."""
    had: tuple[str, ...] = ()
    """Numbers it had before, as `deck/number`: they are not given again."""


@dataclass(frozen=True, slots=True)
class LearnedPart:
    """What one card of a note learns: a gap, a step, a mask, a direction."""

    ordinal: int
    words: str
    since: int
    gone: bool = False
    """Whether it is no more. Its ordinal is not given again."""


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note; its key, `deck/question` or `deck/question/card`, is what its Id field says."""

    key: str
    question: str
    """The key of the question it belongs to now."""
    id: str
    """Its id within the question now; empty for the main card."""
    kind: str
    guid: Guid
    digests: Mapping[str, str]
    """Digest of each part of its content, by name."""
    since: int
    time: int
    """When its content was published: Anki updates a note only if this is later than what it has."""
    parts: tuple[LearnedPart, ...] = ()
    """In source order, those that are gone last; empty if one card learns the whole note."""
    made: tuple[str, ...] = ()
    """The ids that its text gives, if its author wrote none."""
    retired: bool = False


def home_of(key: str) -> str:
    """Return the key of the question that a note was published in first."""
    return "/".join(key.split("/", 2)[:2])


def name_of(key: str) -> str:
    """Return the id that a note had within its question at first; empty for the main card."""
    return "".join(key.split("/", 2)[2:])


Entry = KindEntry | DeckEntry | SectionEntry | QuestionEntry | NoteEntry


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock. Keys are unique among the entries of a type, GUIDs among notes."""

    namespace: str | None = None
    """None if nothing was ever published."""
    kinds: tuple[KindEntry, ...] = ()
    decks: tuple[DeckEntry, ...] = ()
    sections: tuple[SectionEntry, ...] = ()
    questions: tuple[QuestionEntry, ...] = field(default=(), repr=False)
    notes: tuple[NoteEntry, ...] = field(default=(), repr=False)

    @property
    def newest(self) -> int:
        """Return the latest time in it; 0 if it is empty."""
        return max((entry.time for entry in self.entries()), default=0)

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries."""
        return (*self.kinds, *self.decks, *self.sections, *self.questions, *self.notes)
