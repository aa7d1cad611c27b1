"""The pages of the cards file: every side in its place, with marks and a note for who prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckbuild.imposition import Duplex, Rect, Side, cut_marks, fold_lines, impose, note_margin
from deckbuild.media import Media

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from deckbuild.imposition import Grid, Layout, Line, Size
    from deckbuild.strings import Strings

MARKS = "print/marks.svg"
"""The path under which pages refer to the drawing of their marks."""
_NOTE_HEIGHT = 3.0
_CLEAR, _BEYOND_MARKS, _WIDE = 1.2, 5.2, 12.0
"""Between the cards and a note beside them; in a wide margin it stands beyond the cut marks."""


@dataclass(frozen=True, slots=True)
class PrintedSide:
    """One side of a card, complete."""

    label: str
    context: Markup
    body: Markup
    space: int
    """Above the body, in quarters of a millimetre."""
    foot: str
    hue: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for cards that many pages have."""

    place: Rect
    upside_down: bool


@dataclass(frozen=True, slots=True)
class PlacedSide:
    """A side and the number of its spot."""

    side: PrintedSide = field(repr=False)
    spot: int


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


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of all cards, and the spots that these refer to."""

    sheets: tuple[Sheet, ...]
    spots: tuple[Spot, ...]


def lay_out(
    cards: Sequence[tuple[PrintedSide, PrintedSide]],
    layout: Layout,
    offset: tuple[float, float],
    words: Strings,
    advice: str,
) -> Sheets:
    """Return the pages of all cards. Versos are moved by what the printer is off."""
    pages = list(impose(len(cards), layout))
    total = pages[-1].sheet + 1 if pages else 0
    only_backs = layout.duplex is Duplex.BACKS
    spots: dict[Spot, int] = {}
    sheets = []
    for page in pages:
        moved = offset if page.is_verso else (0.0, 0.0)
        cells = []
        for cell in page.cells:
            spot = Spot(cell.place.moved(*moved), cell.upside_down)
            front, back = cards[cell.card]
            side = front if cell.side is Side.FRONT else back
            cells.append(PlacedSide(side, spots.setdefault(spot, len(spots))))
        is_marked = only_backs or not page.is_verso
        sheet = words("cards.sheet", n=page.sheet + 1, total=total)
        note = _note(layout.grid, f"{sheet} · {advice}") if is_marked else None
        sheets.append(Sheet(tuple(cells), note, is_marked))
    return Sheets(tuple(sheets), tuple(spots))


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
    cuts = _dashed(cut_marks(grid), grid.page) if is_cut else ""
    folds = "".join(f"M{line.x:g} {line.y:g}L{line.to_x:g} {line.to_y:g}" for line in fold_lines(grid))
    dotted = f'<path d="{folds}" stroke-dasharray="0.3 1.2" stroke-linecap="round"/>' if folds else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {grid.page.width:g} {grid.page.height:g}"'
        f' fill="none" stroke="#767a80" stroke-width="0.15">{cuts}{dotted}</svg>'
    )
    return Media(MARKS, svg.encode(), "image/svg+xml", grid.page.width, grid.page.height)


def _dashed(lines: Sequence[Line], page: Size) -> str:
    """Return the marks on each cut as one dashed line: they are drawn on every page, and points cost time."""
    cuts: dict[str, list[float]] = {}
    for line in lines:
        if line.x == line.to_x:
            path, start, stop = f"M{line.x:g} 0V{page.height:g}", line.y, line.to_y
        else:
            path, start, stop = f"M0 {line.y:g}H{page.width:g}", line.x, line.to_x
        # A dash that has no length, then by turns a gap and a mark.
        dashes = cuts.setdefault(path, [0.0])
        dashes += (start - sum(dashes), stop - start)
    return "".join(
        f'<path d="{path}" stroke-dasharray="{" ".join(f"{dash:.3f}" for dash in dashes)} 999"/>'
        for path, dashes in cuts.items()
    )
