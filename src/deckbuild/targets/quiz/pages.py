"""Pages with room to write: pieces whole, in order, and lines that fill what is left of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deckbuild.packing import Block, pack

if TYPE_CHECKING:
    from markupsafe import Markup

_GAP = 5.0
"""Between two pieces."""

Heights = Callable[[Sequence[str]], Sequence[float]]
"""Returns the heights of fragments, in millimetres."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A question with the room for its answer."""

    draw: Callable[[int], Markup] = field(repr=False)
    """Returns it with that many lines to write on."""
    lines: int
    """How many it needs."""
    most: int
    """How many it may get where there is room."""


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
    left out. The last page stays as it is.
    """
    room = height - heading - _GAP
    measured = heights([piece.draw(piece.lines) for piece in pieces])
    fitting = [_lowered(piece, own, room, line) for piece, own in zip(pieces, measured, strict=True)]
    kept = [(piece, own) for piece, own in fitting if own <= room]
    too_high = tuple(place for place, (_, own) in enumerate(fitting) if own > room)
    # The heading is a block of its own that the first piece must not be parted from.
    blocks = [Block(heading, keeps_next=True), *(Block(own, _GAP) for _, own in kept)]
    columns = pack(blocks, height, 1) if kept else ()
    pages = []
    for number, column in enumerate(columns):
        page = kept[max(column.start - 1, 0) : column.stop - 1]
        top = heading + _GAP if number == 0 else 0.0
        rest = 0.0 if number == len(columns) - 1 else height - column.used
        pages.append(_page(page, top, rest, line))
    return Laid(tuple(pages), too_high)


def _lowered(piece: Piece, own: float, height: float, line: float) -> tuple[Piece, float]:
    """Return a piece with fewer lines if it needs that to fit, and its height."""
    spare = max(piece.lines - 1, 0)
    fewer = min(spare, -int((height - own) // line)) if own > height else 0
    return replace(piece, lines=piece.lines - fewer), own - fewer * line


def _page(
    pieces: Sequence[tuple[Piece, float]], top: float, rest: float, line: float
) -> tuple[PlacedPiece, ...]:
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
