"""Packing blocks into columns: order kept, nothing cut without need, full pages first, the last one balanced.

Arithmetic only: heights come from the typesetter, and who calls places the boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FULL = 0.9
"""A page but the last is full if so much of it is: what is emptier looks unfinished."""
_PRICES = (inf, 0.15, 0.05, 0.02, 0.006, 0.0)
"""What a cut may cost, beside the square of what stays empty of a column, and what more than a tenth does.
The first that fills the pages is taken."""
_STRAIN = 0.1
"""What stretching a column costs, beside leaving it empty."""
_SHORTEST = 0.2
"""Columns of a last page that would be shorter than this share are fewer instead."""
_ROUNDING = 1e-6


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
    cuts: bool = False
    """Whether a column that starts with it cuts something in two that would fit into a column."""
    gap_grows: float = 0.0
    """How much the space before it may grow to fill a column."""
    grows: float = 0.0
    """How much higher it may become itself to fill a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """The blocks `start` to `stop` (not included), and how much of the column they fill."""

    start: int
    stop: int
    used: float
    grows: float = 0.0
    """How much more they fill when everything is stretched as far as it may be."""

    def reach(self, height: float) -> float:
        """Return how far down it reaches if it is stretched towards a height."""
        return max(self.used, min(self.used + self.grows, height))


def pack(blocks: Sequence[Block], height: float, columns: int) -> tuple[Column, ...]:
    """Return the columns of all pages, `columns` to a page, as few pages as possible.

    Nothing is cut in two that fits into a column; only if a page but the last is not full without
    that, as little as fills it. Columns of full pages end as near to the bottom as the blocks allow,
    those of the last page as evenly. A block that is higher than a column gets one of its own and
    sticks out.
    """
    if not blocks:
        return ()
    packed: tuple[Column, ...] = ()
    for price in _PRICES if any(block.cuts for block in blocks) else _PRICES[:1]:
        packed = _Packer(blocks, height, columns, price).packed()
        if are_full(packed, height, columns):
            break
    return packed


def are_full(packed: Sequence[Column], height: float, columns: int) -> bool:
    """Tell whether every page but the last is full."""
    room = columns * height
    pages = [packed[first : first + columns] for first in range(0, len(packed), columns)]
    return all(sum(c.reach(height) for c in page) >= FULL * room - _ROUNDING for page in pages[:-1])


def columns_needed(blocks: Sequence[Block], height: float, *, cut: bool = False) -> int:
    """Return the smallest number of columns that holds the blocks; `cut` lets things be cut in two."""
    return _columns_needed(blocks, _fillings(blocks, height, cut=cut))[0]


def column_of(blocks: Sequence[Block], start: int, stop: int) -> Column:
    """Return a column with these blocks."""
    inside, below = blocks[start:stop], blocks[start + 1 : stop]
    used = blocks[start].head + sum(block.height for block in inside) + sum(block.gap for block in below)
    grows = sum(block.grows for block in inside) + sum(block.gap_grows for block in below)
    return Column(start, stop, used, grows)


class _Packer:
    """Finds the cheapest columns at a price of cutting something in two."""

    def __init__(self, blocks: Sequence[Block], height: float, columns: int, price: float) -> None:
        self._blocks, self._height, self._columns, self._price = blocks, height, columns, price
        self._fillings = _fillings(blocks, height, cut=price < inf)
        self._needed = _columns_needed(blocks, self._fillings)

    def packed(self) -> tuple[Column, ...]:
        """Return the columns on as few pages as possible."""
        before = (-(-self._needed[0] // self._columns) - 1) * self._columns
        content = sum(block.height + block.gap for block in self._blocks) - before * self._height
        packed = self._cheapest(before, self._columns, max(content / self._columns, 0.0))
        # How much is left for the last page shows only when the pages before it are set.
        last = packed[before:]
        content = sum(column.used for column in last)
        fewer = max(1, min(int(content / (_SHORTEST * self._height)), self._columns))
        fewer = max(fewer, self._needed[last[0].start])
        return self._cheapest(before, fewer, content / fewer)

    def _cheapest(self, before: int, columns: int, foot: float) -> tuple[Column, ...]:
        """Return the columns that end nearest to the bottom, and on the last page nearest to `foot`.

        Dynamic programming: for each number of columns the cheapest way to set the blocks up to each
        place that leaves no more than the remaining columns can hold, and where its last column started.
        """
        best: list[dict[int, tuple[float, Column | None]]] = [{0: (0.0, None)}]
        for number in range(before + columns):
            remaining = before + columns - number - 1
            reached: dict[int, tuple[float, Column | None]] = {}
            for start, (cost, _) in best[number].items():
                for column in self._fillings[start] if start < len(self._blocks) else ():
                    if self._needed[column.stop] > remaining:
                        continue
                    price = cost + self._badness(column, foot if number >= before else None)
                    if column.stop not in reached or price < reached[column.stop][0]:
                        reached[column.stop] = (price, column)
            best.append(reached)
        return _trace(len(self._blocks), best)

    def _badness(self, column: Column, foot: float | None) -> float:
        """Return what is wrong with a column; `foot` is where those of the last page should end."""
        price = self._price if self._blocks[column.start].cuts else 0.0
        if foot is not None:
            return price + ((foot - column.used) / self._height) ** 2
        slack = max(self._height - column.used, 0.0)
        stretched = min(slack, column.grows)
        empty = (slack - stretched) / self._height
        hole = max(empty - (1 - FULL), 0.0)
        return price + empty**2 + hole + _STRAIN * (stretched / self._height) ** 2


def _fillings(blocks: Sequence[Block], height: float, *, cut: bool) -> tuple[tuple[Column, ...], ...]:
    """Return, for each block, the columns that may start with it."""
    return tuple(tuple(_columns_from(blocks, start, height, cut=cut)) for start in range(len(blocks)))


def _columns_from(blocks: Sequence[Block], start: int, height: float, *, cut: bool) -> Iterator[Column]:
    """Yield every column that starts with a block.

    There is always one: what must not be separated stays together even if it sticks out.
    """
    used, grows = blocks[start].head - blocks[start].gap, -blocks[start].gap_grows
    fits = False
    for stop in range(start + 1, len(blocks) + 1):
        block = blocks[stop - 1]
        used += block.gap + block.height
        grows += block.gap_grows + block.grows
        if used > height + _ROUNDING and fits:
            return
        ends = stop == len(blocks)
        if ends or not (block.keeps_next or (blocks[stop].cuts and not cut)):
            yield Column(start, stop, used, grows)
            fits = True


def _columns_needed(blocks: Sequence[Block], fillings: Sequence[Sequence[Column]]) -> list[int]:
    """Return, for each place, the smallest number of columns for the blocks from there on."""
    needed = [0] * (len(blocks) + 1)
    for start in range(len(blocks) - 1, -1, -1):
        needed[start] = 1 + min(needed[column.stop] for column in fillings[start])
    return needed


def _trace(end: int, best: Sequence[dict[int, tuple[float, Column | None]]]) -> tuple[Column, ...]:
    """Follow the cheapest way back. With fewer blocks than columns some columns stay empty."""
    number = min((n for n, reached in enumerate(best) if end in reached), key=lambda n: best[n][end][0])
    columns: list[Column] = []
    while number:
        column = best[number][end][1]
        assert column
        columns.append(column)
        end, number = column.start, number - 1
    return tuple(reversed(columns))
