"""PDFs for tests: made for real, and read back as words and rectangles in millimetres."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from deckbuild import resources
from deckbuild.targets.base import PdfFile, Services
from deckbuild.templates import Templates
from deckbuild.writers.pdf import WeasyTypesetter, load_typesetter

if TYPE_CHECKING:
    from deckbuild.diagnostic import Diagnostic
    from deckbuild.targets.base import Artifact, Job, Render

PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Found:
    """A word or a rectangle on a page, in millimetres from its top left corner."""

    text: str
    x: float
    y: float
    right: float
    bottom: float

    @property
    def center(self) -> tuple[float, float]:
        return (self.x + self.right) / 2, (self.y + self.bottom) / 2

    def is_inside(self, other: Found, margin: float = 0.0) -> bool:
        return (
            self.x >= other.x + margin
            and self.right <= other.right - margin
            and self.y >= other.y + margin
            and self.bottom <= other.bottom - margin
        )

    def touches(self, other: Found) -> bool:
        wide = min(self.right, other.right) - max(self.x, other.x)
        high = min(self.bottom, other.bottom) - max(self.y, other.y)
        return wide > 0 and high > 0


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a PDF."""

    width: float
    height: float
    words: tuple[Found, ...]
    rects: tuple[Found, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@cache
def typesetter() -> WeasyTypesetter:
    """Return the one typesetter of a test run."""
    loaded = load_typesetter({})
    assert isinstance(loaded, WeasyTypesetter)
    return loaded


def rendered(
    render: Render, job: Job, **overrides: str
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return what a target makes of a job; overrides are templates by name."""
    return render(job, Services(Templates(resources.templates(), overrides), typesetter()))


def printed(artifact: Artifact) -> bytes:
    """Return a PDF; it must be written without a remark."""
    assert isinstance(artifact, PdfFile)
    data, remarks = typesetter().pdf(artifact)
    assert remarks == ()
    return data


def read_pages(data: bytes) -> tuple[ReadPage, ...]:
    """Return the pages of a PDF."""
    import pdfplumber

    pages = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            upright = page.filter(lambda thing: not _is_upside_down(thing)).extract_words()
            turned = page.filter(_is_upside_down).extract_words(char_dir="rtl", line_dir="btt")
            words = tuple(_found(word, word["text"]) for word in (*upright, *turned))
            rects = tuple(dict.fromkeys(_found(rect, "") for rect in page.rects))
            pages.append(ReadPage(float(page.width) * PT, float(page.height) * PT, words, rects))
    return tuple(pages)


def read_lines(data: bytes) -> tuple[tuple[Found, ...], ...]:
    """Return the lines that are drawn on each page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return tuple(tuple(_found(line, "") for line in page.lines) for page in pdf.pages)


def _is_upside_down(thing: dict[str, Any]) -> bool:
    return bool(thing["object_type"] == "char" and thing["matrix"][0] < 0)


def _found(box: dict[str, Any], text: str) -> Found:
    sides = (round(float(box[side]) * PT, 4) for side in ("x0", "top", "x1", "bottom"))
    return Found(text, *sides)
