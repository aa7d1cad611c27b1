"""`--printer`: the offset of a named printer reaches the cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deckbuild.compiler import compile_decks
from deckbuild.planning import Request, plan
from deckbuild.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

    from deckbuild.planning import Task


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "deckbuild.toml").write_text("[printer.school]\noffset = [0.4, -0.3]\n")
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "bank.yaml").write_text("questions:\n  - ask: Why?\n    answer: Because.\n")
    return tmp_path


def planned(project: Path, printer: str) -> tuple[tuple[Task, ...], list[tuple[str, str]]]:
    loaded, _ = load_project(project)
    decks, _ = compile_decks(loaded)
    tasks, found = plan(loaded, decks, Request(targets=("cards",), printer=printer))
    return tasks, [(d.message, d.help) for d in found]


def test_backs_are_moved_for_the_named_printer(project: Path) -> None:
    (task,), found = planned(project, "school")
    assert task.job.back_offset == (0.4, -0.3)
    assert found == []


def test_backs_are_not_moved_unless_a_printer_is_named(project: Path) -> None:
    (task,), _ = planned(project, "")
    assert task.job.back_offset == (0.0, 0.0)


def test_a_misspelled_printer_names_the_nearest(project: Path) -> None:
    _, found = planned(project, "scool")
    assert found == [("there is no printer `scool`", "did you mean `school`?")]


def test_an_unknown_printer_says_where_to_write_it_down(project: Path) -> None:
    _, found = planned(project, "home")
    assert found == [
        (
            "there is no printer `home`",
            "write `[printer.home]` with an `offset` into `deckbuild.toml`",
        )
    ]


def test_a_build_for_a_printer_is_still_a_whole_build() -> None:
    assert Request(printer="school").is_whole
