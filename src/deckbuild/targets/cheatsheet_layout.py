"""The frame of a cheat sheet's pages: paper, margins, columns, and the space between pieces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from deckbuild.model import Direction
from deckbuild.targets.printing import MM, PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from deckbuild.config import Options, PaperName
    from deckbuild.packing import Column

LARGE = 18.0
"""Size of large print, in points."""
_SIDE, _TOP, _BOTTOM, _GUTTER = 8 * MM, 11 * MM, 10.5 * MM, 5 * MM
_COLUMNS: Mapping[tuple[PaperName, bool], int] = {
    ("a3", False): 4,
    ("a3", True): 5,
    ("a4", False): 3,
    ("a4", True): 4,
    ("a5", False): 2,
    ("a5", True): 3,
    ("letter", False): 3,
    ("letter", True): 4,
}
"""Columns by paper, and whether it lies: 60 to 75 mm wide, some 45 characters."""
_MOST, _NARROWEST, _WIDEST = 5, 44 * MM, 95 * MM
"""How many columns there may be, and how wide they may get, when they are not set."""
_FULL = 0.85
"""A last page that is filled so far is spread to the bottom like the others."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Every page's measures, in CSS pixels."""

    width: float
    height: float
    columns: int
    direction: Direction
    top: float = _TOP
    bottom: float = _BOTTOM
    side: float = _SIDE
    furniture: float = 7.0
    """Size of the type in head and foot, in points."""

    @property
    def column_width(self) -> float:
        """Return the width of a column."""
        return (self.width - 2 * self.side - (self.columns - 1) * _GUTTER) / self.columns

    @property
    def column_height(self) -> float:
        """Return the height of a column."""
        return self.height - self.top - self.bottom

    @property
    def lefts(self) -> tuple[float, ...]:
        """Return where the columns start, from the left margin, in reading order."""
        places = range(self.columns)
        ordered = places if self.direction is Direction.LTR else reversed(places)
        return tuple(place * (self.column_width + _GUTTER) for place in ordered)

    def rules(self, columns: int) -> tuple[float, ...]:
        """Return where the hairlines stand between so many columns."""
        return tuple(max(pair) - _GUTTER / 2 for pair in pairwise(self.lefts[:columns]))


def frames_of(options: Options, paper: PaperName, direction: Direction) -> tuple[Frame, ...]:
    """Return the frames that come into question for a paper, the usual one first.

    Sheets lie unless items are kept whole only where they stand. Large print stands, unless told
    otherwise, and has one column.
    """
    large, told = options.print.large, options.print.orientation
    if large:
        lies = told == "landscape"
        frame = _frame(paper, 1, direction, lies=lies)
        return (replace(frame, top=17 * MM, bottom=14 * MM, side=12 * MM, furniture=12.0),)
    ways = (told == "landscape",) if told else (True, False)
    if options.cheatsheet.columns:
        return tuple(_frame(paper, options.cheatsheet.columns, direction, lies=lies) for lies in ways)
    usual = tuple(_frame(paper, _COLUMNS[paper, lies], direction, lies=lies) for lies in ways)
    others = (replace(frame, columns=count) for frame in usual for count in range(1, _MOST + 1))
    fitting = (other for other in others if _NARROWEST <= other.column_width <= _WIDEST)
    return tuple(dict.fromkeys((*usual, *fitting)))


def _frame(paper: PaperName, columns: int, direction: Direction, *, lies: bool) -> Frame:
    sheet = PAPERS[paper].landscape if lies else PAPERS[paper]
    return Frame(sheet.width * MM, sheet.height * MM, columns, direction)


def stretches(columns: Sequence[Column], frame: Frame) -> Iterator[float]:
    """Yield how far each column is stretched, from 0 to 1, so that those of a page end together."""
    height = frame.column_height
    last_page = (len(columns) - 1) // frame.columns * frame.columns
    longest = max((column.used for column in columns[last_page:]), default=height)
    foot = height if longest > _FULL * height else longest
    for place, column in enumerate(columns):
        slack = (height if place < last_page else foot) - column.used
        yield min(max(slack, 0.0) / column.grows, 1.0) if column.grows else 0.0
