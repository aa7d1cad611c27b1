"""The pages of the cards file: every side in its place, with marks and a note for who prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckbuild.imposition import Duplex, Rect, Side, cut_marks, fold_lines, impose, note_margin
from deckbuild.media import Media

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from deckbuild.imposition import Grid, Layout, Line, Page, Size
    from deckbuild.strings import Strings

MARKS = "print/marks.svg"
"""The path under which pages refer to the drawing of their marks."""
_NOTE_HEIGHT = 3.0
_CLEAR, _BEYOND_MARKS, _WIDE = 1.2, 5.2, 12.0
"""Between the cards and a note beside them; in a wide margin it stands beyond the cut marks."""


@dataclass(frozen=True, slots=True)
class PrintedSide:
    """One side of a card, complete."""

    head: Markup
    label: str
    body: Markup
    foot: Markup
    hue: str


@dataclass(frozen=True, slots=True)
class PlacedSide:
    """A side in its place on a page."""

    side: PrintedSide = field(repr=False)
    name: Side
    place: Rect
    upside_down: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A line of advice beside the cards; `turned` where it runs up the left margin."""

    text: str
    place: Rect
    turned: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the file."""

    cells: tuple[PlacedSide, ...]
    note: Note | None
    marked: bool


def lay_out(
    cards: Sequence[tuple[PrintedSide, PrintedSide]],
    layout: Layout,
    offset: tuple[float, float],
    words: Strings,
    advice: str,
) -> Iterator[Sheet]:
    """Yield the pages of all cards. Versos are moved by what the printer is off."""
    pages = list(impose(len(cards), layout))
    total = pages[-1].sheet + 1 if pages else 0
    only_backs = layout.duplex is Duplex.BACKS
    for page in pages:
        cells = tuple(_cells(page, cards, offset if page.is_verso else (0.0, 0.0)))
        is_marked = only_backs or not page.is_verso
        sheet = words("cards.sheet", n=page.sheet + 1, total=total)
        note = _note(layout.grid, f"{sheet} · {advice}") if is_marked else None
        yield Sheet(cells, note, is_marked)


def _cells(
    page: Page, cards: Sequence[tuple[PrintedSide, PrintedSide]], offset: tuple[float, float]
) -> Iterator[PlacedSide]:
    for cell in page.cells:
        front, back = cards[cell.card]
        side = front if cell.side is Side.FRONT else back
        yield PlacedSide(side, cell.side, cell.place.moved(*offset), cell.upside_down)


def _note(grid: Grid, text: str) -> Note | None:
    strip = note_margin(grid)
    if strip is None:
        return None
    lies = strip.width >= strip.height
    clear = _BEYOND_MARKS if min(strip.width, strip.height) >= _WIDE else _CLEAR
    if lies:
        y = strip.y + clear if strip.y > 0 else strip.bottom - clear - _NOTE_HEIGHT
        place = Rect(grid.left + _CLEAR, y, grid.area.width - 2 * _CLEAR, _NOTE_HEIGHT)
        return Note(text, place, turned=False)
    # Set lying, then turned about its top left corner, which therefore is the bottom one of the strip.
    x = strip.right - clear - _NOTE_HEIGHT
    return Note(text, Rect(x, grid.area.bottom - _CLEAR, grid.area.height, _NOTE_HEIGHT), turned=True)


def marks_drawing(grid: Grid, *, is_cut: bool) -> Media:
    """Return the marks of a page as a picture of the whole page."""
    cuts = _path(cut_marks(grid)) if is_cut else ""
    folds = _path(fold_lines(grid))
    dotted = f'<path d="{folds}" stroke-dasharray="0.3 1.2" stroke-linecap="round"/>' if folds else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_size(grid.page)}" fill="none"'
        f' stroke="#767a80" stroke-width="0.15"><path d="{cuts}"/>{dotted}</svg>'
    )
    return Media(MARKS, svg.encode(), "image/svg+xml", grid.page.width, grid.page.height)


def _path(lines: Sequence[Line]) -> str:
    return "".join(f"M{line.x:g} {line.y:g}L{line.to_x:g} {line.to_y:g}" for line in lines)


def _size(size: Size) -> str:
    return f"{size.width:g} {size.height:g}"
