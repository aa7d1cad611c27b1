"""What a learner's next import will do: compared with the lock, or with a package they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.lock.changes import Change, changes_between
from deckbuild.lock.kinds import look_digest, schema_digest
from deckbuild.markup.text import to_text
from deckbuild.plain import items
from deckbuild.unpack import blanked, learned, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from deckbuild.compiler import Compilation, Compiled
    from deckbuild.lock.changes import NoteChange
    from deckbuild.package import Note, NoteType, Package

_LONGEST = 90
_ID = "Id"
_PROMPTS = ("Question", "Text", "Header")
"""Fields that say what a note is about."""


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field of a note before and after, as plain text."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NoteDiff:
    """What happens to a note."""

    change: Change
    id: str
    prompt: str
    """What it asks; empty for what is gone and of which the lock keeps no text."""
    parts: tuple[str, ...] = ()
    """What of it changed: parts of its content, or fields."""
    fields: tuple[FieldDiff, ...] = ()
    cards_added: tuple[str, ...] = ()
    cards_emptied: tuple[str, ...] = ()
    arrives: bool = True
    """Whether Anki takes the update: it must be newer than what the learner has."""


@dataclass(frozen=True, slots=True)
class Diff:
    """What the next import changes."""

    against: str
    """What it is compared with, in words."""
    notes: tuple[NoteDiff, ...]
    looks: tuple[str, ...]
    """Note types that get another look."""
    forks: tuple[str, ...]
    """Note types of which Anki would make a second one; their notes are never updated again."""

    def of(self, change: Change) -> tuple[NoteDiff, ...]:
        """Return the notes to which something happens."""
        return tuple(note for note in self.notes if note.change is change)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.notes or self.looks or self.forks)


# Against the lock -------------------------------------------------------------------------------


def diff_lock(compilation: Compilation) -> Diff:
    """Return what is not published yet."""
    new = compilation.new or compilation.old
    changes = changes_between(compilation.old, new)
    prompts = {name: prompt for deck in compilation.decks for name, prompt in _prompts(deck)}
    notes = (_of_change(change, prompts.get(change.note.key, "")) for change in changes.notes)
    return Diff("the lock", tuple(notes), changes.looks, changes.forks)


def _prompts(deck: Compiled) -> Iterator[tuple[str, str]]:
    for item in items(deck.deck):
        yield deck.ledger.notes[item.ref].id, shortened(to_text(item.plain().front))


def _of_change(change: NoteChange, prompt: str) -> NoteDiff:
    return NoteDiff(
        change.change,
        change.note.key,
        prompt,
        change.parts,
        cards_added=change.cards_added,
        cards_emptied=change.cards_emptied,
    )


# Against a package ------------------------------------------------------------------------------


def diff_package(name: str, old: Package, new: Sequence[Package]) -> Diff:
    """Return what importing new packages does to who imported an old one.

    Only decks of which the old package has notes are compared: it may be one of several.
    """
    known = {note.guid for note in old.notes}
    packages = [package for package in new if any(note.guid in known for note in package.notes)]
    before, now = _Notes(old.note_types, [old]), _Notes(_types(packages), packages)
    notes = [change for guid, note in now.notes.items() for change in _compared(before, now, guid, note)]
    notes += [
        NoteDiff(Change.RETIRED, before.id(note), before.prompt(note))
        for guid, note in before.notes.items()
        if guid not in now.notes
    ]
    return Diff(name, tuple(notes), tuple(_looks(before, now)), tuple(_forks(before, now)))


class _Notes:
    """The notes of packages by GUID, and their fields by name."""

    def __init__(self, note_types: Iterable[NoteType], packages: Iterable[Package]) -> None:
        self.types = {note_type.id: note_type for note_type in note_types}
        self.notes: Mapping[str, Note] = {n.guid: n for package in packages for n in package.notes}

    def fields(self, note: Note) -> dict[str, str]:
        """Return the values of a note's fields by name."""
        names = (field.name for field in self.types[note.note_type].fields)
        return dict(zip(names, note.fields, strict=False))

    def id(self, note: Note) -> str:
        """Return what its Id field says; of a foreign note, its GUID."""
        return plain_words(self.fields(note).get(_ID, "")) or note.guid

    def prompt(self, note: Note) -> str:
        """Return what it asks."""
        fields = self.fields(note)
        return shortened(
            blanked(next((fields[name] for name in _PROMPTS if fields.get(name)), note.fields[0]))
        )


def _types(packages: Iterable[Package]) -> list[NoteType]:
    return [note_type for package in packages for note_type in package.note_types]


def _compared(before: _Notes, now: _Notes, guid: str, note: Note) -> Iterator[NoteDiff]:
    old = before.notes.get(guid)
    if old is None:
        yield NoteDiff(Change.NEW, now.id(note), now.prompt(note))
        return
    fields = tuple(_field_diffs(before.fields(old), now.fields(note)))
    tags = set(old.tags) ^ set(note.tags)
    parts = (*(field.name for field in fields), *(["Tags"] if tags else []))
    was, is_now = learned(before.fields(old)), learned(now.fields(note))
    added = tuple(is_now.get(o, "") for o in note.ordinals if o not in old.ordinals)
    emptied = tuple(was.get(o, "") for o in old.ordinals if o not in note.ordinals)
    newer = note.modified > old.modified and note.note_type == old.note_type
    if parts or newer or added or emptied:
        yield NoteDiff(
            Change.UPDATED, now.id(note), now.prompt(note), parts, fields, added, emptied, arrives=newer
        )


def _field_diffs(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FieldDiff]:
    for name, value in new.items():
        if old.get(name, "") != value:
            yield FieldDiff(name, plain_words(old.get(name, "")), plain_words(value))


def _looks(before: _Notes, now: _Notes) -> Iterator[str]:
    for number, new in now.types.items():
        old = before.types.get(number)
        if old and look_digest(old) != look_digest(new):
            yield new.name


def _forks(before: _Notes, now: _Notes) -> Iterator[str]:
    for number, new in now.types.items():
        old = before.types.get(number)
        if old and schema_digest(old) != schema_digest(new):
            yield new.name


# Words ------------------------------------------------------------------------------------------


def shortened(text: str) -> str:
    """Return a text in one line, cut if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
