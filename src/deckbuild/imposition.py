"""Imposition: cards onto sheets of paper, recto and verso. Arithmetic only, in millimetres.

Every place is measured from the top left corner of the page it is printed on, as a reader of that
page sees it. A sheet printed on both sides gives two pages: the recto with the fronts, the verso
with the backs, mirrored about the axis the paper is flipped about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

INCH = 25.4
_SLACK = 1e-6
"""Sizes in inches do not add up exactly."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a page or a card."""

    width: float
    height: float

    @property
    def is_upright(self) -> bool:
        """Whether its long edges run from top to bottom."""
        return self.height >= self.width

    def turned(self) -> Size:
        """Return it lying on its side."""
        return Size(self.height, self.width)


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a page, by its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return where it ends, from the left."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return where it ends, from the top."""
        return self.y + self.height

    def moved(self, x: float, y: float) -> Rect:
        """Return it moved right and down."""
        return replace(self, x=self.x + x, y=self.y + y)


class Axis(StrEnum):
    """The line that paper is flipped or folded about."""

    VERTICAL = "vertical"
    HORIZONTAL = "horizontal"


class Duplex(StrEnum):
    """How a card gets its back."""

    LONG_EDGE = "long-edge"
    SHORT_EDGE = "short-edge"
    FOLD = "fold"
    """Front and back beside one another on one side of the paper."""
    FRONTS = "fronts"
    BACKS = "backs"
    """The versos of `long-edge` alone, for a printer that is fed twice."""


class Turn(StrEnum):
    """How a reader turns a card over: like a page of a book, or like one of a notepad."""

    SIDEWAYS = "sideways"
    OVER = "over"


class Side(StrEnum):
    """A side of a card."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal cells on a page. A cell holds a card, or front and back of one that is folded."""

    page: Size
    cell: Size
    rows: int
    columns: int
    left: float
    top: float
    gutter: tuple[float, float] = (0.0, 0.0)
    """Room between columns and between rows."""
    fold: Axis | None = None

    @property
    def count(self) -> int:
        """Return how many cells there are."""
        return self.rows * self.columns

    @property
    def area(self) -> Rect:
        """Return the rectangle around all cells."""
        last = self.place(self.count - 1)
        return Rect(self.left, self.top, last.right - self.left, last.bottom - self.top)

    @property
    def card(self) -> Size:
        """Return the size of a card."""
        return _halved(self.cell, self.fold)

    def place(self, position: int) -> Rect:
        """Return a cell, counted from 0 row by row."""
        row, column = divmod(position, self.columns)
        x = self.left + column * (self.cell.width + self.gutter[0])
        y = self.top + row * (self.cell.height + self.gutter[1])
        return Rect(x, y, self.cell.width, self.cell.height)

    def half(self, position: int, side: Side) -> Rect:
        """Return the part of a folded cell that shows a side; the front comes first."""
        whole, card = self.place(position), self.card
        first = Rect(whole.x, whole.y, card.width, card.height)
        if side is Side.FRONT:
            return first
        return first.moved(whole.width - card.width, whole.height - card.height)


@dataclass(frozen=True, slots=True)
class Layout:
    """How cards lie on sheets and how these are printed."""

    grid: Grid
    duplex: Duplex
    turn: Turn = Turn.SIDEWAYS
    stack: bool = False
    """Number the cards through the pile of sheets: cut once, put pile on pile, and they are in order."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a card in its place."""

    card: int
    side: Side
    place: Rect
    upside_down: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the printed file; cells in the order of the cards."""

    sheet: int
    is_verso: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one point to another, horizontal or vertical."""

    x: float
    y: float
    to_x: float
    to_y: float


# Sizes ------------------------------------------------------------------------------------------

CARDS: Mapping[str, Size] = {
    "a6": Size(148, 105),
    "a7": Size(105, 74),
    "a8": Size(74, 52),
    "a9": Size(52, 37),
    "3x5": Size(5 * INCH, 3 * INCH),
    "4x6": Size(6 * INCH, 4 * INCH),
    "business": Size(3.5 * INCH, 2 * INCH),
    "poker": Size(2.5 * INCH, 3.5 * INCH),
}
EIGHTH = "eighth"
"""An eighth of the paper inside its margins: a little under A7 on A4, and nothing is lost to a printer
that cannot reach the edge of the paper."""
_MARGIN = 6.0
_SMALLEST, _LARGEST = 30.0, 400.0
"""A side of a card of one's own."""


_LETTER = Size(8.5 * INCH, 11 * INCH)


def _stock(card: tuple[float, float], rows: int, columns: int, at: tuple[float, float], pitch: float) -> Grid:
    """Return perforated Letter stock from its sizes in inches; `pitch` is that of the columns.

    On all of these the rows touch but on postcards, which lie centered one below the other.
    """
    size = Size(card[0] * INCH, card[1] * INCH)
    left, top = at[0] * INCH, at[1] * INCH
    spare = _LETTER.height - 2 * top - rows * size.height
    gutter = (pitch * INCH - size.width, max(0.0, spare / (rows - 1)))
    return Grid(_LETTER, size, rows, columns, left, top, gutter)


STOCKS: Mapping[str, Grid] = {
    "avery-5371": _stock((3.5, 2), 5, 2, (0.75, 0.5), 3.5),
    "avery-5388": _stock((5, 3), 3, 1, (1.75, 1.0), 5),
    "avery-5389": _stock((6, 4), 2, 1, (1.25, 1.25), 6),
    "avery-5163": _stock((4, 2), 5, 2, (0.1625, 0.5), 4.1875),
}
"""Perforated card and label stock: it brings its own paper, US Letter."""

SIZE_NAMES = (EIGHTH, *CARDS, *STOCKS)


def parse_size(text: str) -> Size | None:
    """Return a size written as `90x60`, in millimetres, or `3.5x2in`; None if it is none."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|in)?\s*", text)
    if not found:
        return None
    unit = INCH if found[3] == "in" else 1.0
    size = Size(float(found[1]) * unit, float(found[2]) * unit)
    fits = all(_SMALLEST <= side <= _LARGEST for side in (size.width, size.height))
    return size if fits else None


def card_size(name: str, paper: Size) -> Size | None:
    """Return the size of a card by name or as written; None if it is neither."""
    if name == EIGHTH:
        return Size((paper.width - 2 * _MARGIN) // 2, (paper.height - 2 * _MARGIN) // 4)
    return STOCKS[name].cell if name in STOCKS else CARDS.get(name) or parse_size(name)


# Grids ------------------------------------------------------------------------------------------


def grid_for(name: str, paper: Size, *, fold: bool = False, gutter: float = 0.0) -> Grid | None:
    """Return the grid for cards of that size, by name or as written; None if the paper takes none."""
    size = card_size(name, paper)
    if name in STOCKS and not fold:
        return STOCKS[name]
    return fill(paper, size, fold, gutter, _MARGIN if name == EIGHTH else 0.0) if size else None


def fill(
    paper: Size, card: Size, fold: bool = False, gutter: float = 0.0, margin: float = 0.0
) -> Grid | None:
    """Return the grid that takes the most cards; None if not one fits.

    The paper stands or lies, whichever takes more. A card that is folded opens sideways if that
    takes as many as opening downwards.
    """
    pages = (paper, paper.turned())
    folds: tuple[Axis | None, ...] = (Axis.VERTICAL, Axis.HORIZONTAL) if fold else (None,)
    grids = [_filled(page, _doubled(card, axis), axis, gutter, margin) for axis in folds for page in pages]
    best = max(grids, key=lambda grid: grid.count)
    return best if best.count else None


def single(card: Size, *, fold: bool = False) -> Grid:
    """Return the grid of a page that is one card, or one to be folded sideways."""
    axis = Axis.VERTICAL if fold else None
    cell = _doubled(card, axis)
    return Grid(cell, cell, 1, 1, 0.0, 0.0, fold=axis)


def _filled(page: Size, cell: Size, fold: Axis | None, gutter: float, margin: float) -> Grid:
    spare = gutter - 2 * margin + _SLACK
    columns = max(0, int((page.width + spare) / (cell.width + gutter)))
    rows = max(0, int((page.height + spare) / (cell.height + gutter)))
    left = (page.width - columns * (cell.width + gutter) + gutter) / 2
    top = (page.height - rows * (cell.height + gutter) + gutter) / 2
    return Grid(page, cell, rows, columns, left, top, (gutter, gutter), fold)


def _doubled(card: Size, fold: Axis | None) -> Size:
    if fold is Axis.VERTICAL:
        return Size(card.width * 2, card.height)
    return Size(card.width, card.height * 2) if fold else card


def _halved(cell: Size, fold: Axis | None) -> Size:
    if fold is Axis.VERTICAL:
        return Size(cell.width / 2, cell.height)
    return Size(cell.width, cell.height / 2) if fold else cell


# Pages ------------------------------------------------------------------------------------------


def flip_axis(page: Size, duplex: Duplex) -> Axis:
    """Return the axis a printer flips the paper about for the second side."""
    about_short = duplex is Duplex.SHORT_EDGE
    return Axis.HORIZONTAL if page.is_upright == about_short else Axis.VERTICAL


def mirrored(place: Rect, page: Size, axis: Axis) -> Rect:
    """Return the place on the verso that lies behind one on the recto."""
    if axis is Axis.VERTICAL:
        return replace(place, x=page.width - place.right)
    return replace(place, y=page.height - place.bottom)


def impose(count: int, layout: Layout) -> Iterator[Page]:
    """Yield the pages that cards 0 to `count` - 1 take, rectos and versos by turns."""
    per_sheet = layout.grid.count
    sheets = -(-count // per_sheet)
    for sheet in range(sheets):
        cards = (
            (position, position * sheets + sheet if layout.stack else sheet * per_sheet + position)
            for position in range(per_sheet)
        )
        filled = [(position, card) for position, card in cards if card < count]
        if layout.duplex is Duplex.FOLD:
            yield Page(sheet, False, tuple(_folded(layout, filled)))
            continue
        if layout.duplex is not Duplex.BACKS:
            yield Page(sheet, False, tuple(_recto(layout, filled)))
        if layout.duplex is not Duplex.FRONTS:
            yield Page(sheet, True, tuple(_verso(layout, filled)))


def _recto(layout: Layout, filled: list[tuple[int, int]]) -> Iterator[Cell]:
    for position, card in filled:
        yield Cell(card, Side.FRONT, layout.grid.place(position))


def _verso(layout: Layout, filled: list[tuple[int, int]]) -> Iterator[Cell]:
    page = layout.grid.page
    axis = flip_axis(page, layout.duplex)
    for position, card in filled:
        place = mirrored(layout.grid.place(position), page, axis)
        yield Cell(card, Side.BACK, place, _is_upside_down(axis, layout.turn))


def _folded(layout: Layout, filled: list[tuple[int, int]]) -> Iterator[Cell]:
    assert layout.grid.fold, "a layout to be folded has a grid of double cells"
    upside_down = _is_upside_down(layout.grid.fold, layout.turn)
    for position, card in filled:
        yield Cell(card, Side.FRONT, layout.grid.half(position, Side.FRONT))
        yield Cell(card, Side.BACK, layout.grid.half(position, Side.BACK), upside_down)


def _is_upside_down(axis: Axis, turn: Turn) -> bool:
    """Tell whether a back has to be printed upside down to be read upright.

    What is flipped about the vertical axis is upright for who turns the card sideways.
    """
    return (axis is Axis.VERTICAL) != (turn is Turn.SIDEWAYS)


# Marks ------------------------------------------------------------------------------------------

_OFFSET, _LENGTH, _ARM = 0.8, 4.0, 1.6
"""Marks in a margin keep off the card; where cards touch, short arms stand on the cut itself."""


def cut_marks(grid: Grid) -> tuple[Line, ...]:
    """Return the marks that show where to cut: in margins and gutters, and crosses where cards touch."""
    cells = [grid.place(position) for position in range(grid.count)]
    xs = sorted({round(edge, 6) for cell in cells for edge in (cell.x, cell.right)})
    ys = sorted({round(edge, 6) for cell in cells for edge in (cell.y, cell.bottom)})
    columns = [(grid.place(i).x, grid.place(i).right) for i in range(grid.columns)]
    rows = [(place.y, place.bottom) for place in (grid.place(i * grid.columns) for i in range(grid.rows))]
    down = [Line(x, a, x, b) for x in xs for a, b in _ticks(rows, grid.page.height)]
    across = [Line(a, y, b, y) for y in ys for a, b in _ticks(columns, grid.page.width)]
    return (*down, *across)


def fold_lines(grid: Grid) -> tuple[Line, ...]:
    """Return the lines along which cards are folded."""
    lines = []
    for position in range(grid.count if grid.fold else 0):
        back, whole = grid.half(position, Side.BACK), grid.place(position)
        if grid.fold is Axis.VERTICAL:
            lines.append(Line(back.x, whole.y, back.x, whole.bottom))
        else:
            lines.append(Line(whole.x, back.y, whole.right, back.y))
    return tuple(lines)


def _ticks(cells: list[tuple[float, float]], end: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where marks go along one direction, given the cells in it."""
    yield _outer(cells[0][0])
    for (_, before), (after, _) in pairwise(cells):
        touching = after - before < _SLACK
        yield (before - _ARM, before + _ARM) if touching else (before, after)
    start, stop = _outer(end - cells[-1][1])
    yield (end - stop, end - start)


def _outer(margin: float) -> tuple[float, float]:
    """Return the mark in a margin of that width; without room for one, an arm on the cut."""
    if margin < _ARM:
        return margin, margin + _ARM
    return max(0.0, margin - _OFFSET - _LENGTH), margin - min(_OFFSET, margin / 2)


_NOTE = 5.0
"""A line of small type that keeps off the paper's edge, where printers do not print."""


def note_margin(grid: Grid) -> Rect | None:
    """Return the strip of paper beside the cards that takes a line of small type, if one does."""
    page, area = grid.page, grid.area
    strips = (
        Rect(0, area.bottom, page.width, page.height - area.bottom),
        Rect(0, 0, page.width, area.y),
        Rect(0, 0, area.x, page.height),
    )
    return next((strip for strip in strips if min(strip.width, strip.height) >= _NOTE), None)
