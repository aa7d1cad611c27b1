"""The banks that ship: their code runs and prints what they say, and the linter has nothing to say."""

from __future__ import annotations

import itertools
import os
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
from deckbuild.studyplan import Scope, study_plans

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


def unmet(question: Question) -> str:
    """Libraries that the code of a question needs and this machine lacks. PyTorch is too large to require."""
    return ", ".join(sorted(name for name in needed(question) if find_spec(name) is None))


def questions_with_code(*names: str) -> list[Question]:
    decks = [compiled.deck for name, compiled in banks().items() if not names or name in names]
    return [question for deck in decks for _, question in deck.questions() if examples(question)]


WITH_CODE = [
    pytest.param(
        question,
        id=f"{compiled.deck.id}/{question.id}",
        marks=pytest.mark.skipif(bool(unmet(question)), reason=f"needs {unmet(question)}"),
    )
    for compiled in banks().values()
    for _, question in compiled.deck.questions()
    if examples(question)
]


@pytest.mark.slow
@pytest.mark.parametrize("question", WITH_CODE)
def test_code_prints_what_the_bank_shows(question: Question) -> None:
    marker = "<<<end of block>>>"
    blocks = examples(question)
    script = "\n".join(f"{code}\nprint({marker!r})" for code, _ in blocks)
    alone = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
    }  # or PyTorch's threads wait for each other on a busy machine
    run = subprocess.run(
        [sys.executable, "-"],
        input=script,
        capture_output=True,
        text=True,
        timeout=60,
        env=alone,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    printed = [part.strip("\n") for part in run.stdout.split(marker)][: len(blocks)]
    expected = [output for _, output in blocks]
    assert [p for p, e in zip(printed, expected, strict=True) if e is not None] == [
        e for e in expected if e is not None
    ]


def test_only_the_frameworks_may_be_missing() -> None:
    lacking = {unmet(question) for question in questions_with_code()}
    assert lacking <= {"", "keras", "torch"}


@pytest.mark.parametrize("name", ["deep-learning", "machine-learning"])
def test_every_block_of_code_shows_what_it_prints(name: str) -> None:
    blocks = [block for question in questions_with_code(name) for block in examples(question)]
    assert len(blocks) >= 12
    assert all(shown is not None for _, shown in blocks)


def test_the_linter_has_nothing_to_say() -> None:
    assert sorted(banks()) == ["deep-learning", "machine-learning"]


def test_the_flagship_has_its_twenty_questions_in_six_sections() -> None:
    deck = banks()["deep-learning"].deck
    assert [len(section.questions) for section in deck.sections] == [5, 3, 3, 3, 3, 3]
    assert 150 <= sum(1 for _ in items(deck)) <= 250


def test_the_must_questions_make_a_deck_for_five_days() -> None:
    whole = banks()["deep-learning"].deck
    chosen = select(whole, Selection(priority=(Priority.MUST,)))
    assert 76 <= sum(1 for _ in items(chosen)) <= 84
    plan = next(plan for plan in study_plans(whole) if plan.days == 5)
    assert (plan.scope, plan.cards) == (Scope.MUST, sum(1 for _ in items(chosen)))


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


@pytest.mark.parametrize("name", ["deep-learning", "machine-learning"])
def test_the_table_of_the_banks_is_true(name: str) -> None:
    deck = banks()[name].deck
    questions, notes = sum(1 for _ in deck.questions()), sum(1 for _ in items(deck))
    row = next(
        line for line in (ROOT / "decks/README.md").read_text("utf-8").splitlines() if f"[{name}]" in line
    )
    assert f"| {questions} | {notes} |" in row
