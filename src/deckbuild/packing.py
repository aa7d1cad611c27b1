"""Packing blocks into columns: order kept, nothing split, full pages first, the last one balanced.

Arithmetic only: heights come from the typesetter, and who calls places the boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SPLIT = 0.006
"""Something is cut in two if that fills a column by some 8 % more."""


@dataclass(frozen=True, slots=True)
class Block:
    """Something that is not split."""

    height: float
    gap: float = 0.0
    """Space before it, unless it starts a column."""
    head: float = 0.0
    """Height of the running heading that a column needs if this block starts it."""
    keeps_next: bool = False
    """Whether it must not end a column, as a heading must not."""
    splits: bool = False
    """Whether a column that starts with it cuts something in two."""
    stretches: bool = True
    """Whether the space before it may grow to fill a column."""
    grows: float = 0.0
    """How much higher it may become itself to fill a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """The blocks `start` to `stop` (not included), and how much of the column they fill."""

    start: int
    stop: int
    used: float


def pack(blocks: Sequence[Block], height: float, columns: int) -> tuple[Column, ...]:
    """Return the columns of all pages, `columns` to a page, as few pages as possible.

    Columns of full pages end as near to the bottom as the blocks allow, those of the last page as
    evenly. A block that is higher than a column gets one of its own and sticks out.
    """
    if not blocks:
        return ()
    pages = -(-columns_needed(blocks, height) // columns)
    filled = sum(block.height + block.gap for block in blocks) - (pages - 1) * columns * height
    packed = _packed(blocks, height, columns, pages, max(filled / columns, 0.0))
    # How much is left for the last page shows only when the pages before it are set.
    last = packed[(pages - 1) * columns :]
    return _packed(blocks, height, columns, pages, sum(column.used for column in last) / columns)


def columns_needed(blocks: Sequence[Block], height: float) -> int:
    """Return the smallest number of columns that holds the blocks."""
    return _columns_needed(blocks, height)[0]


def _packed(
    blocks: Sequence[Block], height: float, columns: int, pages: int, last_foot: float
) -> tuple[Column, ...]:
    """Return the columns that end nearest to the bottom, and on the last page to `last_foot`."""
    rest, total = _columns_needed(blocks, height), pages * columns
    # For each number of columns: the cheapest way to set the blocks up to each place that leaves no
    # more than the remaining columns can hold, and where its last column started.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for number in range(total):
        foot = height if number < total - columns else last_foot
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[number].items():
            for stop, used in _fillings(blocks, start, height):
                if rest[stop] > total - number - 1:
                    continue
                price = cost + ((foot - used) / height) ** 2 + (_SPLIT if blocks[start].splits else 0.0)
                if price < reached.get(stop, (inf, 0))[0]:
                    reached[stop] = (price, start)
        best.append(reached)
    return _trace(blocks, best)


def used_height(blocks: Sequence[Block], start: int, stop: int) -> float:
    """Return what a column with these blocks fills."""
    gaps = sum(block.gap for block in blocks[start + 1 : stop])
    return blocks[start].head + gaps + sum(block.height for block in blocks[start:stop])


def _columns_needed(blocks: Sequence[Block], height: float) -> list[int]:
    """Return, for each place, the smallest number of columns for the blocks from there on."""
    needed = [0] * (len(blocks) + 1)
    for start in range(len(blocks) - 1, -1, -1):
        needed[start] = 1 + min(needed[stop] for stop, _ in _fillings(blocks, start, height))
    return needed


def _fillings(blocks: Sequence[Block], start: int, height: float) -> Iterator[tuple[int, float]]:
    """Yield every place where a column may end that starts here, and what it then fills.

    There is always one: what must not be separated stays together even if it sticks out.
    """
    if start == len(blocks):
        return
    used = blocks[start].head - blocks[start].gap
    fits = False
    for stop in range(start + 1, len(blocks) + 1):
        block = blocks[stop - 1]
        used += block.gap + block.height
        if used > height and fits:
            return
        if not block.keeps_next or stop == len(blocks):
            yield stop, used
            fits = True


def _trace(blocks: Sequence[Block], best: Sequence[dict[int, tuple[float, int]]]) -> tuple[Column, ...]:
    """Follow the cheapest way back. With fewer blocks than columns some columns stay empty."""
    end = len(blocks)
    number = min((n for n, reached in enumerate(best) if end in reached), key=lambda n: best[n][end][0])
    columns: list[Column] = []
    while number:
        start = best[number][end][1]
        columns.append(Column(start, end, used_height(blocks, start, end)))
        end, number = start, number - 1
    return tuple(reversed(columns))
