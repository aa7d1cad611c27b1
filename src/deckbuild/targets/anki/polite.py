"""The polite update: a package's notes as text that Anki imports over those that a learner has.

Anki's text import finds a note by its GUID, whatever the times say. It leaves alone the tags, for which
there is no column, and every field that a row ends before. So a learner's tags, marks and notes stay,
where a package would replace them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuild.package import Package

_HEAD = """\
#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
"""
"""The deck is where new notes go; Anki moves no card that is there."""


def polite_update(package: Package) -> str:
    """Return the text: all notes with all fields but the last, which is the learner's."""
    names = {note_type.id: note_type.name for note_type in package.note_types}
    rows = ((note.guid, names[note.note_type], note.deck, *note.fields[:-1]) for note in package.notes)
    return _HEAD + "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
