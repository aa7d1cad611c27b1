"""Cheat sheets of the banks that ship: whole items, full pages, columns that end together, on any paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deckbuild import resources
from deckbuild.compiler import compile_decks
from deckbuild.config import CheatsheetOptions, Options, PrintOptions
from deckbuild.joint import joined
from deckbuild.model import Priority
from deckbuild.planning import Request, plan
from deckbuild.project import load_project
from deckbuild.targets.base import Services
from deckbuild.targets.cheatsheet import choice_of, render
from deckbuild.targets.cheatsheet_layout import stretches
from deckbuild.targets.printing import MM, Printer
from deckbuild.templates import Templates
from support.prints import printed, read_pages, rendered, typesetter

if TYPE_CHECKING:
    from deckbuild.targets.base import Job
    from deckbuild.targets.cheatsheet_fit import Choice

pytestmark = pytest.mark.pdf

ROOT = Path(__file__).parents[2]
FLAGSHIP, OTHER = "deep-learning", "machine-learning"


@cache
def jobs() -> dict[str, Job]:
    project, _ = load_project(ROOT)
    decks, _ = compile_decks(project)
    tasks, _ = plan(project, decks, Request(targets=("cheatsheet",), decks=(FLAGSHIP, OTHER)))
    return {task.job.deck.id: task.job for task in tasks if "@" not in task.job.stem}


def job(bank: str, **settings: Any) -> Job:
    """Return the job of a bank, or of both, with settings of `[print]` and `[cheatsheet]`."""
    prints = {key: settings.pop(key) for key in ("paper", "orientation", "theme", "large") if key in settings}
    options = Options(print=PrintOptions(**prints), cheatsheet=CheatsheetOptions(**settings))
    if bank == "both":
        return replace(joined([jobs()[FLAGSHIP], jobs()[OTHER]]), options=options)
    return replace(jobs()[bank], options=options)


def choice(bank: str, **settings: Any) -> Choice:
    made = job(bank, **settings)
    (paper,) = made.options.print.paper
    return choice_of(Printer(made), Services(Templates(resources.templates(), {}), typesetter()), paper)


def ends(made: Choice) -> list[list[float]]:
    """Return how far down the columns of each page reach, as shares of the page."""
    frame, stretched = made.composer.frame, stretches(made.columns, made.composer.frame)
    reached = [
        (column.used + share * column.grows) / frame.column_height
        for column, share in zip(made.columns, stretched, strict=True)
    ]
    return [reached[first : first + frame.columns] for first in range(0, len(reached), frame.columns)]


def tallest_item(made: Choice) -> float:
    """Return the height of the highest item, as a share of the page."""
    heights: Counter[str] = Counter()
    for piece, block in zip(made.galley.pieces, made.galley.blocks, strict=True):
        if piece.question:
            heights[piece.question.id] += block.height + block.gap  # type: ignore[assignment]
    return max(heights.values()) / made.composer.frame.column_height


WHOLE: list[tuple[str, dict[str, Any]]] = [
    (FLAGSHIP, {}),
    (OTHER, {}),
    (FLAGSHIP, {"orientation": "landscape"}),
    (OTHER, {"orientation": "landscape"}),
    (FLAGSHIP, {"fit": 1}),
    (FLAGSHIP, {"fit": 2}),
    (OTHER, {"fit": 3}),
    (FLAGSHIP, {"paper": ("letter",)}),
    (OTHER, {"paper": ("letter",)}),
    (FLAGSHIP, {"paper": ("a3",)}),
    (OTHER, {"paper": ("a5",)}),
    (OTHER, {"columns": 1}),
    (FLAGSHIP, {"columns": 2}),
    (OTHER, {"columns": 3}),
    (OTHER, {"columns": 4}),
]
"""Settings with which nothing is cut that fits into a column."""
CUT: list[tuple[str, dict[str, Any]]] = [
    (FLAGSHIP, {"paper": ("a5",)}),
    (FLAGSHIP, {"columns": 5, "orientation": "landscape"}),
    (OTHER, {"columns": 5, "orientation": "landscape"}),
    ("both", {"fit": 4}),
]
"""Settings with which pages would stay empty without a cut."""


def ids(settings: object) -> str:
    return str(settings)


@pytest.mark.parametrize(("bank", "settings"), [*WHOLE, *CUT], ids=str)
def test_pages_are_full_columns_end_together_and_items_are_whole(bank: str, settings: dict[str, Any]) -> None:
    made = choice(bank, **settings)
    blocks, item = made.galley.blocks, tallest_item(made)
    *full, last = ends(made)
    for page in full:
        assert sum(page) / len(page) >= 0.9
    for page in (*full, last):
        assert max(page) - min(page) < item
        assert max(page) <= 1.001
    assert not any(blocks[column.stop - 1].keeps_next for column in made.columns), "a heading alone"
    if (bank, settings) in WHOLE:
        assert made.cuts == 0
    if "fit" in settings:
        _check_fit(made, settings["fit"])


def _check_fit(made: Choice, fit: int) -> None:
    assert made.pages == fit
    assert 6.5 <= made.galley.size <= 9.5
    if made.left_out:
        assert made.galley.size == 6.5, "nothing goes before the type is as small as it may be"
        assert all(question.priority is not Priority.MUST for question in made.left_out)


@pytest.mark.parametrize(("bank", "settings"), [(FLAGSHIP, {"fit": 2}), (OTHER, {})], ids=str)
def test_every_question_point_and_figure_is_there_once(bank: str, settings: dict[str, Any]) -> None:
    made = job(bank, **settings)
    (file,), found = rendered(render, made)
    html = "".join(part.html for part in file.parts)  # type: ignore[union-attr] # a PDF
    questions = [question for _, question in made.deck.questions()]
    assert found == ()
    assert html.count("<h3>") == len(questions)
    assert html.count("<figure") == sum(bool(question.figure) for question in questions)
    points = sum(len(question.points) for question in questions)
    assert (
        sum(part.count("<li") for part in html.split("<ul")[1:] if part.startswith(' class="part points'))
        >= points
    )
    for question in questions:
        assert html.count(f'id="{question.id}"') == 1


def test_columns_of_a_printed_page_end_where_they_were_meant_to() -> None:
    made = choice(FLAGSHIP, fit=2)
    assert made.left_out == ()
    frame = made.composer.frame
    (file,), _ = rendered(render, job(FLAGSHIP, fit=2))
    for page, meant in zip(read_pages(printed(file)), ends(made), strict=True):
        for left, end in zip(frame.lefts, meant, strict=False):
            bottoms = [
                word.bottom * MM - frame.top
                for word in page.words
                if left - 1 <= word.x * MM - frame.side <= left + frame.column_width
                and word.bottom * MM < frame.height - frame.bottom + 3
            ]
            assert max(bottoms) / frame.column_height == pytest.approx(end, abs=0.015)
