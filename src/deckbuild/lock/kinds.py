"""Note types in the lock: whether their look changed, and that their schema never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic
from deckbuild.identity import digest
from deckbuild.lock.entries import KindEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckbuild.lock.stamps import Stamps
    from deckbuild.package import NoteType
    from deckbuild.plain import Kind


def published_kinds(
    old: Iterable[KindEntry], note_types: Mapping[Kind, NoteType], stamps: Stamps
) -> tuple[KindEntry, ...]:
    """Return the entries of note types: a changed look gets a new time, those not in use stay."""
    entries = {entry.key: entry for entry in old}
    for kind, note_type in note_types.items():
        before = entries.get(kind)
        now = KindEntry(kind, note_type.id, schema_digest(note_type), look_digest(note_type), 0)
        if before is None:
            time = stamps.new
        elif (before.id, before.schema, before.look) == (now.id, now.schema, now.look):
            time = before.time
        else:
            time = stamps.changed(before.time)
        entries[kind] = KindEntry(kind, now.id, now.schema, now.look, time)
    return tuple(entry for _, entry in sorted(entries.items()))


def forks(old: Iterable[KindEntry], new: Iterable[KindEntry]) -> Iterator[Diagnostic]:
    """Yield an error for every note type of which Anki would make a second one, never to be updated."""
    published = {entry.key: entry for entry in old}
    for entry in new:
        before = published.get(entry.key, entry)
        if (before.id, before.schema) != (entry.id, entry.schema):
            yield Diagnostic(
                Code.NOTE_TYPE_FORK,
                f"the note type `{entry.key}` has other fields or cards than learners have",
                (),
                "build with the version of deckbuild that published it, and report this: it must not happen",
            )


def schema_digest(note_type: NoteType) -> str:
    """Return the digest of what Anki compares: the ids of fields and templates, in order."""
    fields = (str(field.id) for field in note_type.fields)
    templates = (str(template.id) for template in note_type.templates)
    kind = (str(note_type.cloze), str(note_type.original_stock_kind))
    return digest(*kind, "fields", *fields, "templates", *templates)[:8]


def look_digest(note_type: NoteType) -> str:
    """Return the digest of what an update replaces. The direction of fields is each deck's own."""
    fields = (v for f in note_type.fields for v in (f.name, f.description, str(f.collapsed)))
    templates = (v for t in note_type.templates for v in (t.name, t.front, t.back))
    rest = (note_type.name, note_type.css, str(note_type.sort_field))
    return digest(*rest, "fields", *fields, "templates", *templates)[:8]
