"""Golden pictures: what pages look like. `tests/golden/pictures/<name>.png` is what is expected.

`pytest --update-golden` rewrites those that changed to the eye; look at them before you commit. What a
failing run saw is in `actual` beside them, with a picture of the differences.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from deckbuild.compiler import compile_decks
from deckbuild.planning import Request, plan
from deckbuild.project import load_project
from deckbuild.targets.base import PdfFile, Services
from deckbuild.targets.registry import target
from deckbuild.writers.pdf import WeasyTypesetter, load_typesetter
from support.pictures import DPI, FINE, as_png, differing, marked, picture_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.config import Options, TargetName

GOLDEN = Path(__file__).parent / "golden"
EXPECTED, ACTUAL = GOLDEN / "pictures", GOLDEN / "pictures" / "actual"
SHIPPED = Path(__file__).parents[1]


@dataclass(frozen=True)
class Case:
    """Pages of one file."""

    project: Path
    file: str
    target: TargetName
    pages: tuple[int, ...] = (0,)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By table and key, as in `deckbuild.toml` but with `_`."""


KINDS = GOLDEN / "kinds" / "input"
SHEETS = EXPECTED / "sheets"
A5: Mapping[str, Any] = {"paper": ("a5",)}
CASES = {
    "sheet": Case(SHIPPED, "deep-learning-cheatsheet.pdf", "cheatsheet", (0, 1)),
    "cards": Case(KINDS, "kinds-cards.pdf", "cards", (0, 1), {"cards": {"include": "all"}}),
    "cards-folded-grey": Case(
        KINDS,
        "kinds-cards.pdf",
        "cards",
        (0,),
        {"cards": {"include": "all", "size": "business", "duplex": "fold"}, "print": {"theme": "grey"}},
    ),
    "cards-one-a-page": Case(
        KINDS,
        "kinds-cards.pdf",
        "cards",
        (0, 1),
        {"cards": {"size": "4x6", "sheet": "card", "bleed": 3.0, "marks": "border"}},
    ),
    "quiz": Case(KINDS, "kinds-quiz.pdf", "quiz", (0, 1), {"quiz": {"per_question": 9}}),
    "quiz-key": Case(KINDS, "kinds-quiz-key.pdf", "quiz", (0,), {"quiz": {"per_question": 9}}),
    "sheet-right-to-left": Case(SHEETS, "arabic-cheatsheet.pdf", "cheatsheet", (0,), {"print": A5}),
    "sheet-japanese": Case(SHEETS, "japanese-cheatsheet.pdf", "cheatsheet", (0,), {"print": A5}),
}


@cache
def printed(name: str) -> bytes:
    """Return the PDF of a case."""
    case = CASES[name]
    project, _ = load_project(case.project)
    decks, _ = compile_decks(project)
    tasks, _ = plan(project, decks, Request(targets=(case.target,)))
    typesetter = load_typesetter(project.fonts)
    assert isinstance(typesetter, WeasyTypesetter)
    for task in tasks:
        job = replace(task.job, options=laid_over(task.job.options, case.options))
        artifacts, _ = target(case.target)(job, Services(project.templates, typesetter))
        for artifact in artifacts:
            if artifact.name == case.file and isinstance(artifact, PdfFile):
                data, _ = typesetter.pdf(artifact)
                typesetter.close()
                return data
    raise AssertionError(f"there is no {case.file}")


def laid_over(options: Options, changes: Mapping[str, Mapping[str, Any]]) -> Options:
    """Return options with single values changed."""
    tables = {name: replace(getattr(options, name), **values) for name, values in changes.items()}
    return replace(options, **tables)


@pytest.mark.pdf
@pytest.mark.parametrize("name", CASES)
def test_pages_look_as_before(name: str, request: pytest.FixtureRequest) -> None:
    actual, path = picture_of(printed(name), CASES[name].pages), EXPECTED / f"{name}.png"
    expected = Image.open(path).convert("L") if path.exists() else Image.new("L", (1, 1))
    tiles = differing(expected, actual)
    if tiles and request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(as_png(actual))
        return
    for kind, picture in (("", actual), ("-differences", marked(expected, actual))) if tiles else ():
        ACTUAL.mkdir(exist_ok=True)
        (ACTUAL / f"{name}{kind}.png").write_bytes(as_png(picture))
    worst = [f"{at * 25.4 / DPI:.0f} mm" for tile in tiles[:1] for at in (tile.x, tile.y)]
    assert not tiles, (
        f"{name}.png looks different in {len(tiles)} places, most of all {worst[0]} from the left and "
        f"{worst[1]} from the top; see {name}-differences.png in {ACTUAL}"
    )


def test_every_picture_belongs_to_a_case() -> None:
    assert {path.stem for path in EXPECTED.glob("*.png")} == CASES.keys()


# The comparison ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """Return a page of the golden pictures."""
    return Image.open(EXPECTED / "quiz-key.png").convert("L")


@pytest.mark.pdf
def test_another_smoothing_of_edges_is_no_difference() -> None:
    one, other = (picture_of(printed("quiz-key"), (0,), fine) for fine in (FINE, FINE + 1))
    assert one.tobytes() != other.tobytes()
    assert differing(one, other) == []


@pytest.mark.parametrize("shift", [(1, 0), (0, 1)])
def test_text_that_moves_by_less_than_half_a_millimetre_is_a_difference(
    page: Image.Image, shift: tuple[int, int]
) -> None:
    moved = Image.new("L", page.size, 255)
    moved.paste(page, shift)
    assert differing(page, moved)


def test_a_word_that_is_gone_is_a_difference(page: Image.Image) -> None:
    blank = page.copy()
    box = first_word(page)
    ImageDraw.Draw(blank).rectangle(box, fill=255)
    assert differing(page, blank)


def first_word(page: Image.Image) -> tuple[int, int, int, int]:
    """Return a box of 5 × 3 mm in the first line of the page."""
    box = page.point(lambda value: 255 * (value < 128)).getbbox()
    assert box
    return box[0], box[1], box[0] + 12, box[1] + 7


def test_a_page_of_another_size_is_a_difference(page: Image.Image) -> None:
    assert differing(page, page.resize((page.width + 1, page.height)))


def test_what_differs_is_marked() -> None:
    before, after = Image.new("L", (24, 24), 255), Image.new("L", (24, 24), 255)
    ImageDraw.Draw(before).rectangle((1, 1, 10, 10), fill=0)
    ImageDraw.Draw(after).rectangle((13, 13, 22, 22), fill=0)
    assert {(tile.x, tile.y) for tile in differing(before, after)} == {(0, 0), (12, 12)}
    picture = marked(before, after)
    assert (picture.getpixel((5, 5)), picture.getpixel((20, 5))) == ((255, 0, 0), (255, 255, 255))
