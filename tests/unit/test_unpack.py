"""Packages read back."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from dataclasses import replace

import pytest

from deckbuild.targets.anki import render
from deckbuild.targets.base import AnkiFile
from deckbuild.unpack import read_package
from deckbuild.writers.apkg import write_apkg
from support.banks import MEDIA, bank
from support.decks import job, services


def test_a_package_comes_back_as_it_was_written() -> None:
    (made,), _ = render(job(bank(), media=MEDIA), services())
    assert isinstance(made, AnkiFile)
    found = read_package(write_apkg(made.package))
    assert not isinstance(found, str)
    by_id = sorted(made.package.note_types, key=lambda t: str(t.id))
    assert found.notes == made.package.notes
    assert found.note_types == tuple(by_id)
    assert replace(found, media=made.package.media, note_types=()) == replace(made.package, note_types=())


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"collection.{name}", data)
    return file.getvalue()


def database(script: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(script)
    return connection.serialize()


COLLECTION = "create table col(models, decks); create table cards(x);"
A_VIEW = f"{COLLECTION} create view notes as select 1;"
NO_JSON = "create table notes(x); insert into col values ('', '');"
OLDER = "export it again with “Support older Anki versions” ticked"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"no zip", "it is not an Anki package, or it is damaged"),
        (zipped(), "it is not an Anki package: there is no collection in it"),
        (zipped(anki2=b"no database"), "its collection cannot be read"),
        (zipped(anki2=database("create table x(y)")), "its collection is not one of Anki's"),
        (zipped(anki2=database(A_VIEW)), "its collection is not one of Anki's"),
        (zipped(anki2=database(COLLECTION + NO_JSON)), "its collection cannot be read"),
        (zipped(anki2=b"", anki21b=b""), f"it is of Anki's newest format; {OLDER}"),
    ],
)
def test_what_is_no_package_is_said_to_be_none(data: bytes, expected: str) -> None:
    assert read_package(data) == expected
