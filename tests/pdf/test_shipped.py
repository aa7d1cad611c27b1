"""The PDFs of the decks that ship with the project, by our own checks: they claim to be PDF/UA-1."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pikepdf
import pytest
from markupsafe import Markup

from deckbuild.compiler import compile_decks
from deckbuild.config import CardsOptions, QuizOptions, TargetName
from deckbuild.imposition import EIGHTH, Size, grid_for
from deckbuild.planning import Request, Task, plan
from deckbuild.project import load_project
from deckbuild.targets.base import PdfFile
from deckbuild.targets.cards.design import design
from deckbuild.targets.registry import PRINTED, target
from support.needs import program
from support.prints import Found, printed, read_pages, rendered
from support.soundness import faults, read_aloud, tags_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.config import Options

    Spoil = Callable[[pikepdf.Pdf], None]

pytestmark = [pytest.mark.pdf, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
DECKS = ("deep-learning", "machine-learning")
NAMES = tuple(name for name in get_args(TargetName) if name in PRINTED)


@cache
def tasks() -> tuple[Task, ...]:
    project, _ = load_project(ROOT)
    decks, _ = compile_decks(project)
    made, _ = plan(project, decks, Request(targets=NAMES))
    return made


def everything(options: Options) -> Options:
    """Return options that make every file a target has."""
    quiz = QuizOptions(editions=("quiz", "key", "teacher", "interview"), variants=("A", "B"))
    return replace(options, cards=replace(options.cards, calibration=True), quiz=quiz)


@cache
def files(deck: str, name: TargetName) -> tuple[tuple[PdfFile, bytes], ...]:
    job = next(task.job for task in tasks() if (task.job.stem, task.target) == (deck, name))
    artifacts, _ = rendered(target(name), replace(job, options=everything(job.options)))
    return tuple((artifact, printed(artifact)) for artifact in artifacts if isinstance(artifact, PdfFile))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("deck", DECKS)
def test_every_pdf_is_sound_and_accessible(deck: str, name: TargetName) -> None:
    assert files(deck, name)
    assert {file.name: faults(data) for file, data in files(deck, name)} == {
        file.name: [] for file, _ in files(deck, name)
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("deck", DECKS)
def test_qpdf_finds_no_fault(deck: str, name: TargetName, tmp_path: Path) -> None:
    qpdf = program("qpdf")
    for file, data in files(deck, name):
        path = tmp_path / file.name
        path.write_bytes(data)
        checked = subprocess.run([qpdf, "--check", str(path)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("deck", DECKS)
def test_tags_are_read_in_the_order_of_the_text(deck: str, name: TargetName) -> None:
    for file, data in files(deck, name):
        body = "".join(html.partition("</head>")[2] for html in (file.html, *file.more))
        assert letters(read_aloud(data)) == letters(Markup(body).striptags())  # noqa: S704 - read, not shown


@pytest.mark.parametrize("deck", DECKS)
def test_every_word_on_a_card_is_in_its_safe_zone(deck: str) -> None:
    grid = grid_for(EIGHTH, Size(210, 297))
    assert grid
    inset = design(grid, CardsOptions()).safe - 0.3
    cells = [
        Found("", place.x, place.y, place.right, place.bottom) for place in map(grid.place, range(grid.count))
    ]
    (cards, *_) = files(deck, "cards")
    for page in read_pages(cards[1]):
        for word in page.words:
            assert all(word.is_inside(cell, inset) for cell in cells if word.touches(cell)), word


def letters(text: str) -> str:
    """Return the letters of a text alone: bullets and hyphens are added by the page."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha())


# The checks themselves --------------------------------------------------------------------------


def spoiled(change: Spoil) -> list[str]:
    """Return the faults of a cheat sheet that something was taken from."""
    (_, data), *_ = files(DECKS[0], "cheatsheet")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return faults(out.getvalue())


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_tags_of_a_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.StructParents


def without_alternative_texts(pdf: pikepdf.Pdf) -> None:
    for kind, element in list(tags_of(pdf)):
        if kind == "Figure":
            del element.Alt


def with_a_skipped_level(pdf: pikepdf.Pdf) -> None:
    element = next(element for kind, element in tags_of(pdf) if kind == "H2")
    element.S = pikepdf.Name.H4


def with_untagged_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BT (x) Tj ET")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without_language, "no language"),
        (without_tags_of_a_page, "page 1 is not in the tree of tags"),
        (without_alternative_texts, "a figure without alternative text"),
        (with_a_skipped_level, "a heading of level 4 below one of level 1"),
        (with_untagged_text, "page 1 paints what is neither tagged nor marked as an artifact"),
    ],
)
def test_the_checks_notice_what_is_missing(change: Spoil, expected: str) -> None:
    assert expected in spoiled(change)
