"""Reading a project: what a file is that cannot be read, and what hangs on it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from deckbuild.build import Outcome, build
from deckbuild.compiler import compile_decks
from deckbuild.diagnostic import Code, Diagnostic
from deckbuild.planning import Request
from deckbuild.project import load_project
from deckbuild.publishing import Publishing

if TYPE_CHECKING:
    from pathlib import Path

BANK = "title: Bank\nquestions:\n  - ask: Why?\n    answer: Because.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one deck."""
    root = tmp_path / "bank"
    (root / "decks").mkdir(parents=True)
    (root / "deckbuild.toml").write_text('namespace = "bank"\ntargets = ["handout"]\n')
    (root / "decks" / "bank.yaml").write_text(BANK)
    return root


def check(root: Path) -> tuple[Diagnostic, ...]:
    project, found = load_project(root)
    return (*found, *compile_decks(project)[1])


def publish(root: Path) -> Outcome:
    """Build everything and write the lock."""
    project, found = load_project(root)
    clocked = Publishing(clock=1_800_000_000, writes=True)
    return build(
        project,
        found,
        Request(),
        out=root / "dist",
        jobs=1,
        progress=lambda _: None,
        publishing=clocked,
    )


def outputs(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (root / "dist").iterdir() if not p.name.startswith(".")}


def test_marks_of_windows_are_no_mistake(project: Path) -> None:
    path = project / "decks" / "bank.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BANK.replace("\n", "\r\n").encode())
    assert check(project) == ()


def test_a_byte_that_is_not_utf8_is_shown_in_its_line(project: Path) -> None:
    path = project / "decks" / "bank.yaml"
    path.write_bytes(BANK.replace("Because", "Café, of course").replace("\n", "\r\n").encode("latin-1"))
    (found,) = check(project)
    assert (found.code, found.message) == (Code.FILE_ENCODING, "the byte 0xe9 is not UTF-8")
    assert found.labels[0].span.position == (4, 16)
    assert found.labels[0].span.source.line(4) == "    answer: Caf\ufffd, of course."


def test_utf_16_is_called_by_its_name(project: Path) -> None:
    (project / "decks" / "bank.yaml").write_text(BANK, "utf-16")
    (found,) = check(project)
    assert (found.message, found.help) == ("the file is UTF-16", "save it as UTF-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(project: Path) -> None:
    (project / "decks" / "bank.yaml").unlink()
    os.mkfifo(project / "decks" / "bank.yaml")
    (found,) = check(project)
    assert (found.name, found.message) == ("decks/bank.yaml", "it is not an ordinary file")


@pytest.mark.parametrize(
    "settings", ["namespace = bank\n", "namespace = 3\n", '[anki\nnamespace = "bank"\n'], ids=str.strip
)
def test_settings_that_cannot_be_read_bring_no_word_about_the_lock(project: Path, settings: str) -> None:
    publish(project)
    before = outputs(project)
    (project / "deckbuild.toml").write_text(settings)
    (found,) = check(project)
    assert found.name == "deckbuild.toml"
    assert publish(project).diagnostics == (found,)
    assert outputs(project) == before


@pytest.mark.parametrize("name", ["deckbuild.toml", "templates/handout/question.html", "strings/en.toml"])
def test_nothing_is_built_without_a_file_that_every_deck_depends_on(project: Path, name: str) -> None:
    publish(project)
    before = outputs(project)
    (project / "decks" / "bank.yaml").write_text(BANK.replace("Because", "Therefore"))
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_bytes(b"# caf\xe9\n")
    assert [found.name for found in publish(project).diagnostics] == [name]
    assert outputs(project) == before
