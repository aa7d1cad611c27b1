"""Pages with room to write: pieces whole, in order, and lines that fill what is left of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deckbuild.packing import Block, pack

if TYPE_CHECKING:
    from markupsafe import Markup

    from deckbuild.packing import Column

_GAP = 5.0
"""Between two pieces."""
_STUB = 1 / 2
"""A last page that is filled less is saved, if the other pages have room for it."""

Heights = Callable[[Sequence[str]], Sequence[float]]
"""Returns the heights of fragments, in millimetres."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A question with the room for its answer."""

    draw: Callable[[int], Markup] = field(repr=False)
    """Returns it with that many lines to write on."""
    least: int
    """How many it can do with, where that saves a page."""
    lines: int
    """How many it needs."""
    most: int
    """How many it may get where there is room."""


_Measured = tuple[Piece, float]
"""With its height, in millimetres."""


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """A piece and where it starts, in millimetres from the top of the page's text."""

    html: Markup = field(repr=False)
    top: float


@dataclass(frozen=True, slots=True)
class Laid:
    """The pages, and the places of pieces that are higher than a page."""

    pages: tuple[tuple[PlacedPiece, ...], ...]
    too_high: tuple[int, ...]


def lay_out(pieces: Sequence[Piece], height: float, heading: float, line: float, heights: Heights) -> Laid:
    """Place pieces on pages of a height, the first of which begins with a heading; all in millimetres.

    `line` is the distance of lines to write on. A piece that is too high gives up lines before it is
    left out. The last page gets no more lines than are needed.
    """
    room = height - heading - _GAP
    measured = heights([piece.draw(piece.lines) for piece in pieces])
    fitting = [_lowered(piece, own, room, line) for piece, own in zip(pieces, measured, strict=True)]
    wanted = [(piece, own) for piece, own in fitting if own <= room]
    too_high = tuple(place for place, (_, own) in enumerate(fitting) if own > room)
    kept, columns = _columns(wanted, height, heading, line) if wanted else ([], ())
    pages = []
    for number, column in enumerate(columns):
        which = slice(max(column.start - 1, 0), column.stop - 1)
        page = kept[which]
        if number == len(columns) - 1:
            page = [
                (replace(piece, most=needs.lines), own)
                for (piece, own), (needs, _) in zip(page, wanted[which], strict=True)
            ]
        top = heading + _GAP if number == 0 else 0.0
        pages.append(_page(page, top, height - column.used, line))
    return Laid(tuple(pages), too_high)


def _columns(
    pieces: list[_Measured], height: float, heading: float, line: float
) -> tuple[list[_Measured], tuple[Column, ...]]:
    """Return the pieces and their pages; with fewer lines to write on if that saves a stub of a page."""
    columns = _packed(pieces, height, heading)
    if len(columns) > 1 and columns[-1].used < height * _STUB:
        closer = [
            (replace(piece, lines=piece.least), own - (piece.lines - piece.least) * line)
            for piece, own in pieces
        ]
        fewer = _packed(closer, height, heading)
        if len(fewer) < len(columns):
            return closer, fewer
    return pieces, columns


def _packed(pieces: Sequence[_Measured], height: float, heading: float) -> tuple[Column, ...]:
    # The heading is a block of its own that the first piece must not be parted from.
    return pack([Block(heading, keeps_next=True), *(Block(own, _GAP) for _, own in pieces)], height, 1)


def _lowered(piece: Piece, own: float, height: float, line: float) -> _Measured:
    """Return a piece with fewer lines if it needs that to fit, and its height."""
    spare = max(piece.lines - 1, 0)
    fewer = min(spare, -int((height - own) // line)) if own > height else 0
    lines = piece.lines - fewer
    return replace(piece, lines=lines, least=min(piece.least, lines)), own - fewer * line


def _page(pieces: Sequence[_Measured], top: float, rest: float, line: float) -> tuple[PlacedPiece, ...]:
    """Return the pieces of a page in their places; they share the rest of it as more lines."""
    more = _shares([piece for piece, _ in pieces], int(rest // line))
    placed = []
    for (piece, own), lines in zip(pieces, more, strict=True):
        placed.append(PlacedPiece(piece.draw(piece.lines + lines), top))
        top += own + lines * line + _GAP
    return tuple(placed)


def _shares(pieces: Sequence[Piece], lines: int) -> list[int]:
    """Return how many more lines each piece gets: one by one, those that need most first."""
    given = [0] * len(pieces)
    wanting = sorted(range(len(pieces)), key=lambda place: -pieces[place].lines)
    while lines and wanting:
        wanting = [place for place in wanting if pieces[place].lines + given[place] < pieces[place].most]
        for place in wanting[:lines]:
            given[place] += 1
        lines -= min(lines, len(wanting))
    return given
