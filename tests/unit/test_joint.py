"""Editions that put their decks together: one sheet, numbers kept, ids apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from deckbuild.compiler import compile_decks
from deckbuild.joint import joined
from deckbuild.planning import Request, plan
from deckbuild.project import load_project
from support.decks import deck, job, picture, question, section

if TYPE_CHECKING:
    from pathlib import Path

    from deckbuild.planning import Task
    from deckbuild.targets.base import Job

BANK = """
title: {title}
authors: [{author}]
sections:
  - id: basics
    title: Basics
    questions:
      - {{id: a, ask: What is A?, answer: It is A., priority: must}}
      - {{id: b, ask: What is B?, answer: It is B.}}
"""
TOGETHER = """
targets = ["handout"]
[[edition]]
name = "both"
together = true
targets = ["cheatsheet", "quiz"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    for name, author in (("one", "Ada"), ("two", "Ada")):
        text = BANK.format(title=name.title(), author=author)
        (tmp_path / "decks" / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def tasks(folder: Path, settings: str, request: Request | None = None) -> list[Task]:
    (folder / "deckbuild.toml").write_text(settings, "utf-8")
    project, found = load_project(folder)
    decks, _ = compile_decks(project)
    made, problems = plan(project, decks, request or Request())
    assert [*found, *problems] == []
    return list(made)


def names(made: list[Task]) -> list[tuple[str, str]]:
    return [(task.target, task.job.stem) for task in made if "@" in task.job.stem]


def test_one_sheet_is_made_of_all_decks_and_a_quiz_of_each(folder: Path) -> None:
    assert names(tasks(folder, TOGETHER)) == [
        ("cheatsheet", "one+two@both"),
        ("quiz", "one@both"),
        ("quiz", "two@both"),
    ]


def test_without_together_there_is_a_sheet_for_each(folder: Path) -> None:
    made = tasks(folder, TOGETHER.replace("together = true", ""))
    assert names(made)[:2] == [("cheatsheet", "one@both"), ("cheatsheet", "two@both")]


def test_only_what_is_selected_is_put_together(folder: Path) -> None:
    made = tasks(folder, f'{TOGETHER}priority = ["must"]')
    (sheet,) = [task.job.deck for task in made if task.job.stem == "one+two@both"]
    assert [q.id for _, q in sheet.questions()] == ["one/a", "two/a"]


def test_a_sheet_waits_until_no_deck_has_errors(folder: Path) -> None:
    (folder / "decks" / "two.yaml").write_text("title: [", "utf-8")
    assert [name for name in names(tasks(folder, TOGETHER)) if name[0] == "cheatsheet"] == []


def test_a_request_for_one_deck_makes_no_sheet_of_several(folder: Path) -> None:
    assert names(tasks(folder, TOGETHER, Request(decks=("one",)))) == [("quiz", "one@both")]


def two() -> tuple[Job, Job]:
    one = section("Basics", question("A?", id="a", answer="A"), question("B?", id="b", answer="B"))
    other = section("Basics", question("C?", id="a", answer="C"))
    first = job(deck(one, id="one", title="One", license="CC0"), media=[picture("decks/a.svg")])
    second = job(deck(other, id="two", title="Two", license="CC0"), media=[picture("decks/b.svg")])
    return replace(first, stem="one@both"), replace(second, stem="two@both")


def test_every_deck_begins_with_its_title_and_keeps_its_numbers() -> None:
    together = joined(two())
    assert [(s.title, len(s.questions)) for s in together.deck.sections] == [
        ("One", 0),
        ("Basics", 2),
        ("Two", 0),
        ("Basics", 1),
    ]
    numbering = together.ledger.numbering
    assert [numbering.questions[q.id] for _, q in together.deck.questions()] == ["1.1", "1.2", "1.1"]


def test_what_all_decks_say_is_said_once() -> None:
    together = joined(two())
    assert (together.deck.title, together.deck.license) == ("One · Two", "CC0")
    assert sorted(together.media) == ["decks/a.svg", "decks/b.svg"]
