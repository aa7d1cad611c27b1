from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from deckbuild.identity import Guid, NoteTypeId
from deckbuild.media import Media
from deckbuild.package import AnkiDeck, CardTemplate, Field, Note, NoteType, Package
from deckbuild.writers.apkg import write_apkg

TYPE = NoteType(
    NoteTypeId(1 << 41),
    "deckbuild test",
    (Field("Front", 1), Field("Back", 2, rtl=True, description="Behind", collapsed=True, tag=3)),
    (CardTemplate("Forward", 11, "{{Front}}", "{{Back}}"), CardTemplate("Back", 12, "{{Back}}", "{{Front}}")),
    ".card { color: teal }",
    modified=70,
    original_stock_kind=6,
    sort_field=1,
)


def note(guid: str = "a", deck: str = "Deck", modified: int = 50) -> Note:
    return Note(Guid(guid), TYPE.id, deck, ("<b>front", "back"), ("x", "y::z"), modified, (0, 1), (7, 3))


def package(*notes: Note, media: tuple[tuple[str, Media], ...] = ()) -> Package:
    decks = tuple(AnkiDeck(name, f"About *{name}*") for name in dict.fromkeys(n.deck for n in notes))
    return Package(decks, (TYPE,), notes, media)


def rows(data: bytes, query: str) -> list[Any]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_every_note_has_its_own_time_and_each_card_its_place() -> None:
    data = write_apkg(package(note("a", modified=50), note("b", modified=60)))
    assert rows(data, "select guid, mod, tags, flds, sfld from notes order by id") == [
        ("a", 50, " x y::z ", "<b>front\x1fback", "back"),
        ("b", 60, " x y::z ", "<b>front\x1fback", "back"),
    ]
    assert rows(data, "select ord, due, mod from cards order by id") == [
        (0, 7, 50),
        (1, 3, 50),
        (0, 7, 60),
        (1, 3, 60),
    ]


def test_ids_count_from_the_newest_time_in_source_order() -> None:
    data = write_apkg(package(note("a", modified=50), note("b", modified=60)))
    assert rows(data, "select id from notes order by id") == [(60_000,), (60_003,)]
    assert rows(data, "select id, nid from cards order by id") == [
        (60_001, 60_000),
        (60_002, 60_000),
        (60_004, 60_003),
        (60_005, 60_003),
    ]


def test_the_note_type_keeps_its_time_ids_and_flags() -> None:
    [(models,)] = rows(write_apkg(package(note())), "select models from col")
    model = json.loads(models)[str(TYPE.id)]
    assert {key: model[key] for key in ("mod", "name", "sortf", "type", "originalStockKind", "css")} == {
        "mod": 70,
        "name": "deckbuild test",
        "sortf": 1,
        "type": 0,
        "originalStockKind": 6,
        "css": ".card { color: teal }",
    }
    assert [(f["name"], f["id"], f["rtl"], f["tag"]) for f in model["flds"]] == [
        ("Front", 1, False, None),
        ("Back", 2, True, 3),
    ]
    assert [(t["name"], t["id"], t["qfmt"], t["afmt"]) for t in model["tmpls"]] == [
        ("Forward", 11, "{{Front}}", "{{Back}}"),
        ("Back", 12, "{{Back}}", "{{Front}}"),
    ]


def test_decks_come_with_a_markdown_description() -> None:
    data = write_apkg(package(note("a", "One"), note("b", "One::Two")))
    [(decks,)] = rows(data, "select decks from col")
    ours = [deck for deck in json.loads(decks).values() if deck["name"] != "Default"]
    assert [(deck["name"], deck["desc"], deck["md"]) for deck in ours] == [
        ("One", "About *One*", True),
        ("One::Two", "About *One::Two*", True),
    ]
    assert rows(data, "select did from cards group by did") == [(2,), (3,)]


def test_media_are_numbered_members_and_a_map() -> None:
    media = (("b-1.png", Media("x/b.png", b"bytes of b", "image/png")),)
    with zipfile.ZipFile(BytesIO(write_apkg(package(note(), media=media)))) as archive:
        assert json.loads(archive.read("media")) == {"0": "b-1.png"}
        assert archive.read("0") == b"bytes of b"


def test_the_zip_holds_nothing_of_the_machine() -> None:
    media = tuple((f"{n}.png", Media(f"{n}.png", b"x", "image/png")) for n in range(11))
    with zipfile.ZipFile(BytesIO(write_apkg(package(note(), media=media)))) as archive:
        members = archive.infolist()
        database = archive.read("collection.anki2")
    assert [m.filename for m in members] == sorted(m.filename for m in members)
    assert {(m.date_time, m.compress_type, m.create_system, m.external_attr) for m in members} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED, 3, 0o644 << 16)
    }
    assert database[96:100] == bytes(4)


def test_bytes_are_equal_in_every_process_and_no_file_is_left(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:2]\n"
        "from test_apkg import note, package, write_apkg\n"
        "sys.stdout.buffer.write(write_apkg(package(note('a'), note('b', 'Other'))))"
    )
    here = str(Path(__file__).parent)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, here],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "TMPDIR": str(tmp_path)},
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"))
    }
    assert outputs == {write_apkg(package(note("a"), note("b", "Other")))}
    assert list(tmp_path.iterdir()) == []
