"""The package writer: an Anki package as values in, the bytes of an `.apkg` out.

genanki knows Anki's tables; what it decides by guessing (cards, times, ids, due numbers) is decided
by the package here, and its zip, which carries the clock and is not compressed, is written anew.
"""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import genanki

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.package import AnkiDeck, CardTemplate, Field, Note, NoteType, Package, Preset

_FIRST_DECK_ID = 2
"""1 is Anki's own deck. The importer goes by names and gives ids of its own."""

_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say."""

_SQLITE_VERSION = slice(96, 100)
"""Where a database file says which library wrote it last; nothing reads it."""


def write_apkg(package: Package) -> bytes:
    """Return the package as a file: equal packages give equal bytes."""
    members = {"collection.anki2": _database(package)}
    names = {}
    for number, (name, media) in enumerate(package.media):
        members[str(number)] = media.data
        names[str(number)] = name
    members["media"] = json.dumps(names).encode()
    return _zip(members)


def _database(package: Package) -> bytes:
    decks = _decks(package)
    # Learners see ids as dates of creation: those of the newest publication, in source order.
    first_id = 1000 * max((note.modified for note in package.notes), default=1)
    with closing(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        genanki.Package(decks).write_to_db(cursor, 0, itertools.count(first_id))
        if package.preset:
            _add_preset(cursor, package.preset)
        connection.commit()
        cursor.execute("VACUUM")
        data = bytearray(connection.serialize())
    data[_SQLITE_VERSION] = bytes(4)
    return bytes(data)


def _zip(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in sorted(members.items()):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 3  # Unix, wherever we run
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _add_preset(cursor: sqlite3.Cursor, preset: Preset) -> None:
    [known] = cursor.execute("select dconf from col").fetchone()
    cursor.execute(
        "update col set dconf = ?", (json.dumps(json.loads(known) | {preset.id: _options(preset)}),)
    )


def _options(preset: Preset) -> dict[str, Any]:
    """Return a preset as Anki's old schema has it: its own defaults but for what is said here."""
    return {
        "id": preset.id,
        "name": preset.name,
        "mod": 1,
        "usn": -1,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "new": {
            "bury": True,
            "delays": [1, 10],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": preset.new_a_day,
        },
        "rev": {"bury": True, "ease4": 1.3, "hardFactor": 1.2, "ivlFct": 1, "maxIvl": 36500, "perDay": 9999},
        "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
        "dyn": False,
        "buryInterdayLearning": True,
        "newGatherPriority": 1,  # ascending position: the order of the package
        "newSortOrder": 1,  # as gathered
        "desiredRetention": preset.retention,
    }


def _decks(package: Package) -> list[_Deck]:
    preset = package.preset.id if package.preset else 1
    decks = {d.name: _Deck(number, d, preset) for number, d in enumerate(package.decks, _FIRST_DECK_ID)}
    models = {note_type.id: _Model(note_type) for note_type in package.note_types}
    for note in package.notes:
        decks[note.deck].add_note(_Note(models[note.note_type], note))
    return list(decks.values())


class _Deck(genanki.Deck):  # type: ignore[misc] # genanki has no types
    """A deck whose description is Markdown."""

    def __init__(self, number: int, deck: AnkiDeck, preset: int) -> None:
        super().__init__(number, deck.name, deck.description)
        self.preset = preset

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "md": True, "conf": self.preset}


class _Model(genanki.Model):  # type: ignore[misc] # genanki has no types
    """A note type with its own time, and with the keys that genanki does not know."""

    _req: tuple[()] = ()
    """Which fields a card needs: Anki works that out again when it imports."""

    def __init__(self, note_type: NoteType) -> None:
        super().__init__(
            note_type.id,
            note_type.name,
            [_field(field) for field in note_type.fields],
            [_template(template) for template in note_type.templates],
            note_type.css,
            model_type=self.CLOZE if note_type.cloze else self.FRONT_BACK,
            sort_field_index=note_type.sort_field,
        )
        self.modified = note_type.modified
        self.original_stock_kind = note_type.original_stock_kind

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002 - genanki's
        values: dict[str, Any] = super().to_json(self.modified, deck_id)
        return {**values, "originalStockKind": self.original_stock_kind}


class _Note(genanki.Note):  # type: ignore[misc] # genanki has no types
    """A note with its own time and the cards that the package says."""

    def __init__(self, model: _Model, note: Note) -> None:
        super().__init__(model, list(note.fields), tags=note.tags, guid=note.guid)
        self.cards = [_Card(ordinal, due) for ordinal, due in zip(note.ordinals, note.due, strict=True)]
        self.modified = note.modified

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:  # noqa: ARG002 - genanki's
        super().write_to_db(cursor, self.modified, deck_id, id_gen)

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Leave out genanki's search for bad HTML: it warns of good HTML and misses bad."""


class _Card(genanki.Card):  # type: ignore[misc] # genanki has no types
    """A new card with its place in the queue."""

    def __init__(self, ordinal: int, due: int) -> None:
        super().__init__(ordinal)
        self.due = due

    def write_to_db(
        self,
        cursor: Any,
        timestamp: float,
        deck_id: int,
        note_id: int,
        id_gen: Iterator[int],
        due: int = 0,  # noqa: ARG002 - genanki's, one for all cards of a note
    ) -> None:
        super().write_to_db(cursor, timestamp, deck_id, note_id, id_gen, self.due)


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "id": field.id,
        "rtl": field.rtl,
        "description": field.description,
        "collapsed": field.collapsed,
        "tag": field.tag,
        "preventDeletion": field.tag is not None,
    }


def _template(template: CardTemplate) -> dict[str, Any]:
    return {"name": template.name, "id": template.id, "qfmt": template.front, "afmt": template.back}
