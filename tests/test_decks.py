"""The banks that ship: their code runs and prints what they say, and the linter has nothing to say."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckbuild.compiler import compile_decks
from deckbuild.config import Selection
from deckbuild.markup.events import CodeBlock
from deckbuild.markup.text import to_text
from deckbuild.model import Priority
from deckbuild.plain import Kind, items
from deckbuild.project import load_project
from deckbuild.references import question_texts
from deckbuild.selection import select

if TYPE_CHECKING:
    from deckbuild.compiler import Compiled
    from deckbuild.model import Question

ROOT = Path(__file__).parents[1]
LIBRARIES = ("numpy", "torch", "keras", "sklearn", "scipy")


@cache
def banks() -> dict[str, Compiled]:
    project, found = load_project(ROOT)
    decks, problems = compile_decks(project)
    assert [*found, *problems] == []
    return {compiled.deck.id: compiled for compiled in decks}


def examples(question: Question) -> list[tuple[str, str | None]]:
    """Every Python block of a question, with the output that is shown under it."""
    blocks = [
        event
        for text in question_texts(question)
        for event in text.events
        if isinstance(event, CodeBlock) and event.lang in {"python", "output"}
    ]
    shown = {id(code): out.text for code, out in itertools.pairwise(blocks) if out.lang == "output"}
    return [(block.text, shown.get(id(block))) for block in blocks if block.lang == "python"]


def needed(question: Question) -> set[str]:
    """The libraries that the code of a question imports, beyond Python's own."""
    code = "\n".join(text for text, _ in examples(question))
    return {name for name in LIBRARIES if re.search(rf"^\s*(?:import|from) {name}\b", code, re.MULTILINE)}


RUNNABLE = [
    pytest.param(question, id=f"{compiled.deck.id}/{question.id}")
    for compiled in banks().values()
    for _, question in compiled.deck.questions()
    if examples(question) and all(find_spec(name) for name in needed(question))
]
"""Code that needs PyTorch or Keras is run where they are installed; they are too large to require."""


@pytest.mark.slow
@pytest.mark.parametrize("question", RUNNABLE)
def test_code_prints_what_the_bank_shows(question: Question) -> None:
    marker = "<<<end of block>>>"
    blocks = examples(question)
    script = "\n".join(f"{code}\nprint({marker!r})" for code, _ in blocks)
    run = subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    printed = [part.strip("\n") for part in run.stdout.split(marker)][: len(blocks)]
    expected = [output for _, output in blocks]
    assert [p for p, e in zip(printed, expected, strict=True) if e is not None] == [
        e for e in expected if e is not None
    ]


def test_code_with_numpy_is_run() -> None:
    assert sum(1 for _ in RUNNABLE) >= 10


def test_the_linter_has_nothing_to_say() -> None:
    assert sorted(banks()) == ["deep-learning", "machine-learning"]


def test_the_flagship_has_its_twenty_questions_in_six_sections() -> None:
    deck = banks()["deep-learning"].deck
    assert [len(section.questions) for section in deck.sections] == [5, 3, 3, 3, 3, 3]
    assert 150 <= sum(1 for _ in items(deck)) <= 250


def test_the_must_questions_make_a_deck_for_five_days() -> None:
    deck = select(banks()["deep-learning"].deck, Selection(priority=(Priority.MUST,)))
    assert 70 <= sum(1 for _ in items(deck)) <= 100


def test_the_second_bank_has_forty_questions_or_more() -> None:
    deck = banks()["machine-learning"].deck
    assert sum(1 for _ in deck.questions()) >= 40
    assert sum(1 for _ in items(deck)) >= 120


@pytest.mark.parametrize("name", ["deep-learning", "machine-learning"])
def test_every_kind_of_card_is_used(name: str) -> None:
    assert {item.kind for item in items(banks()[name].deck)} == set(Kind)


@pytest.mark.parametrize("name", ["deep-learning", "machine-learning"])
def test_every_question_is_complete(name: str) -> None:
    for _, question in banks()[name].deck.questions():
        parts = (question.short, question.answer, question.points, question.details, question.followups)
        more = (question.pitfalls, question.difficulty, question.minutes, question.sources, question.reviewed)
        assert all((*parts, *more)), question.id
        assert question.answer is not None
        assert len(to_text(question.answer.events).split()) <= 60, question.id
        assert len(question.cards) >= (4 if name == "deep-learning" else 3), question.id
        assert question.roles, question.id


@pytest.mark.parametrize("script", sorted((ROOT / "decks").rglob("*.py")), ids=lambda path: path.stem)
def test_figures_come_out_of_their_scripts_as_they_are(script: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in script.parent.glob("*.svg")}
    copy = tmp_path / script.name
    copy.write_bytes(script.read_bytes())
    subprocess.run([sys.executable, copy.name], cwd=tmp_path, check=True, timeout=60)
    drawn = {path.name: path.read_bytes() for path in tmp_path.rglob("*.svg")}
    assert drawn
    assert drawn == {name: before[name] for name in drawn}
