"""What a publication changes for learners: two locks compared, note by note."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.lock.entries import KindEntry, Lock, NoteEntry


class Change(StrEnum):
    """What happens to a note at the next import."""

    NEW = "new"
    UPDATED = "updated"
    RETIRED = "retired"
    """It is no longer in the package; learners keep theirs."""
    BACK = "back"
    """It was retired and is published again."""


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note that is not as it was."""

    change: Change
    note: NoteEntry
    parts: tuple[str, ...] = ()
    """Names of the parts of its content that changed."""
    cards_added: tuple[str, ...] = ()
    """What its new cards learn."""
    cards_emptied: tuple[str, ...] = ()
    """What cards learned that are empty from now on."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that a publication changes."""

    notes: tuple[NoteChange, ...]
    looks: tuple[str, ...]
    """Kinds whose note types get another look."""
    forks: tuple[str, ...]
    """Kinds of which Anki would make a second note type."""

    def of(self, change: Change) -> tuple[NoteChange, ...]:
        """Return the notes to which something happens."""
        return tuple(one for one in self.notes if one.change is change)

    @property
    def summary(self) -> str:
        """Return how many notes change how, in words: `3 new, 1 updated`; empty if nothing does."""
        counts = [(len(self.of(change)), change.value) for change in Change]
        counts.append((len(self.looks), "new look" if len(self.looks) == 1 else "new looks"))
        return ", ".join(f"{count} {word}" for count, word in counts if count)


def changes_between(old: Lock, new: Lock) -> Changes:
    """Return what changes from one lock to the next, in the order of the keys."""
    before = {note.key: note for note in old.notes}
    kinds = {kind.key: kind for kind in old.kinds}
    notes = (change for note in new.notes for change in _change(before.get(note.key), note))
    looks = (kind.key for kind in new.kinds if kind.key in kinds and kinds[kind.key].time < kind.time)
    return Changes(tuple(notes), tuple(looks), tuple(_forks(kinds.values(), new.kinds)))


def _change(old: NoteEntry | None, new: NoteEntry) -> Iterator[NoteChange]:
    if old is None:
        yield NoteChange(Change.NEW, new)
    elif new.retired:
        if not old.retired:
            yield NoteChange(Change.RETIRED, new)
    elif old.retired:
        yield NoteChange(Change.BACK, new)
    elif new.time > old.time:
        yield NoteChange(Change.UPDATED, new, _parts(old, new), *_cards(old, new))


def _parts(old: NoteEntry, new: NoteEntry) -> tuple[str, ...]:
    names = dict.fromkeys((*new.digests, *old.digests))
    return tuple(name for name in names if new.digests.get(name) != old.digests.get(name))


def _cards(old: NoteEntry, new: NoteEntry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the cards learn that come, and that go."""
    before = {part.ordinal: part for part in old.parts if not part.gone}
    now = {part.ordinal: part for part in new.parts if not part.gone}
    return (
        tuple(part.words for ordinal, part in now.items() if ordinal not in before),
        tuple(part.words for ordinal, part in before.items() if ordinal not in now),
    )


def _forks(old: Iterable[KindEntry], new: Iterable[KindEntry]) -> Iterator[str]:
    published = {kind.key: kind for kind in old}
    for kind in new:
        before = published.get(kind.key, kind)
        if (before.id, before.schema) != (kind.id, kind.schema):
            yield kind.key
