"""Anki packages read back: the bytes of an `.apkg` in, the package as values out.

Packages may come from strangers, so nothing in them is trusted: sizes are bounded before anything is
unpacked, and the database is asked for tables only, never for views that could run for ever.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections import defaultdict
from contextlib import closing
from html import unescape
from typing import TYPE_CHECKING, Any

from deckbuild.identity import Guid, NoteTypeId
from deckbuild.package import AnkiDeck, CardTemplate, Field, Note, NoteType, Package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LARGEST = 1 << 30
"""Bytes of a collection: half a million notes."""
_WITH_GAPS = ("Text", "Steps", "Labels")
_GAP = re.compile(r"\{\{c([0-9]{1,3})::(.*?)\}\}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"<(?:/?(?:p|div|li|ul|ol|pre|table|tr|h[1-6]|figcaption|label)|br)\b[^>]*>")
_FORMULA = re.compile(r"\\[()\[\]]")
"""What MathJax finds a formula by."""
_NEWEST, _OLDER, _OLDEST = "collection.anki21b", "collection.anki21", "collection.anki2"


def read_package(data: bytes) -> Package | str:
    """Return a package without its media, or what is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            database = _collection(archive)
        if isinstance(database, str):
            return database
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(database)
            return _package(connection)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return "it is not an Anki package, or it is damaged"
    except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError):
        return "its collection cannot be read"


def learned(fields: Mapping[str, str]) -> dict[int, str]:
    """Return what each card of one of our notes learns, by ordinal, in the order of the text.

    Empty if one card learns the whole note.
    """
    if fields.get("Reverse"):
        return {0: "forward", 1: "reverse"}
    found: dict[int, str] = {}
    text = next((fields[name] for name in _WITH_GAPS if fields.get(name)), "")
    for number, inner in _GAP.findall(text):
        words = plain_words(inner.partition("::")[0])
        ordinal = int(number) - 1
        found[ordinal] = f"{found[ordinal]} / {words}" if ordinal in found else words
    return found


def blanked(html: str) -> str:
    """Return the words of a field with its gaps blank."""
    return plain_words(_GAP.sub("____", html))


def plain_words(html: str) -> str:
    """Return the words of a field, a block a line, formulas as TeX."""
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", _FORMULA.sub("", html))))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _collection(archive: zipfile.ZipFile) -> bytes | str:
    names = set(archive.namelist())
    if _NEWEST in names:
        return "it is of Anki's newest format; export it again with “Support older Anki versions” ticked"
    name = _OLDER if _OLDER in names else _OLDEST
    if name not in names:
        return "it is not an Anki package: there is no collection in it"
    if archive.getinfo(name).file_size > _LARGEST:
        return f"its collection is larger than {_LARGEST >> 20} MB"
    with archive.open(name) as file:
        return file.read(_LARGEST)


def _package(connection: sqlite3.Connection) -> Package | str:
    tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    if not {"col", "notes", "cards"} <= tables:
        return "its collection is not one of Anki's"
    models, decks = map(json.loads, connection.execute("select models, decks from col").fetchone())
    names = {int(key): str(deck["name"]) for key, deck in decks.items()}
    notes = tuple(_notes(connection, names))
    used = {note.deck for note in notes}
    return Package(
        tuple(AnkiDeck(str(d["name"]), str(d.get("desc", ""))) for d in decks.values() if d["name"] in used),
        tuple(_note_type(int(key), model) for key, model in sorted(models.items())),
        notes,
        (),
    )


def _notes(connection: sqlite3.Connection, decks: dict[int, str]) -> Iterator[Note]:
    cards: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for note, deck, ordinal, due in connection.execute("select nid, did, ord, due from cards order by ord"):
        cards[note].append((deck, ordinal, due))
    rows = connection.execute("select id, guid, mid, mod, tags, flds from notes order by id")
    for note, guid, kind, modified, tags, fields in rows:
        own = cards[note]
        yield Note(
            Guid(str(guid)),
            NoteTypeId(int(kind)),
            decks.get(own[0][0], "") if own else "",
            tuple(str(fields).split("\x1f")),
            tuple(str(tags).split()),
            int(modified),
            tuple(ordinal for _, ordinal, _ in own),
            tuple(due for _, _, due in own),
        )


def _note_type(number: int, model: dict[str, Any]) -> NoteType:
    return NoteType(
        NoteTypeId(number),
        str(model["name"]),
        tuple(_field(field) for field in sorted(model["flds"], key=_place)),
        tuple(_template(template) for template in sorted(model["tmpls"], key=_place)),
        str(model["css"]),
        int(model["mod"]),
        model["type"] == 1,
        int(model.get("originalStockKind") or 0),
        int(model.get("sortf") or 0),
    )


def _place(part: dict[str, Any]) -> int:
    return int(part["ord"])


def _field(field: dict[str, Any]) -> Field:
    return Field(
        str(field["name"]),
        int(field.get("id") or 0),
        bool(field.get("rtl")),
        str(field.get("description") or ""),
        bool(field.get("collapsed")),
        field.get("tag"),
    )


def _template(template: dict[str, Any]) -> CardTemplate:
    return CardTemplate(
        str(template["name"]), int(template.get("id") or 0), str(template["qfmt"]), str(template["afmt"])
    )
