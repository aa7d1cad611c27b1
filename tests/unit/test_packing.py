"""Blocks in columns: everything once and in order, headings with what they head, pages full and even."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deckbuild.packing import FULL, Block, Column, are_full, column_of, columns_needed, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 100.0


def blocks(*heights: float, gap: float = 0.0) -> tuple[Block, ...]:
    return tuple(Block(height, gap) for height in heights)


def used_height(given_blocks: Sequence[Block], start: int, stop: int) -> float:
    return column_of(given_blocks, start, stop).used


def ranges(columns: tuple[Column, ...]) -> list[tuple[int, int]]:
    return [(column.start, column.stop) for column in columns]


# Halves, so that sums are exact.
sizes = st.integers(2, 120).map(lambda n: n / 2)
gaps = st.integers(0, 10).map(lambda n: n / 2)
heads = st.integers(0, 16).map(lambda n: n / 2)
block = st.builds(
    Block,
    height=sizes,
    gap=gaps,
    head=heads,
    keeps_next=st.booleans(),
    gap_grows=gaps,
    grows=gaps,
)


@given(st.lists(block, max_size=40), st.integers(1, 5))
def test_nothing_is_lost_and_the_order_is_kept(given_blocks: list[Block], columns: int) -> None:
    packed = pack(given_blocks, HEIGHT, columns)
    places = [place for column in packed for place in range(column.start, column.stop)]
    assert places == list(range(len(given_blocks)))


@given(st.lists(block, max_size=40), st.integers(1, 5))
def test_a_heading_never_ends_a_column(given_blocks: list[Block], columns: int) -> None:
    for column in pack(given_blocks, HEIGHT, columns)[:-1]:
        assert not given_blocks[column.stop - 1].keeps_next


@st.composite
def entries(draw: st.DrawFn) -> list[Block]:
    """Return items of one to five entries, each item low enough for a column of its own."""
    found: list[Block] = []
    for heights in draw(st.lists(st.lists(sizes, min_size=1, max_size=5), min_size=1, max_size=14)):
        scale = min(1.0, HEIGHT / sum(heights))
        found += [Block(scale * height, cuts=place > 0, grows=2.0) for place, height in enumerate(heights)]
    return found


@given(entries(), st.integers(1, 5))
def test_nothing_is_cut_in_two_where_pages_are_full_without(given_blocks: list[Block], columns: int) -> None:
    whole = [Block(b.height, keeps_next=next_.cuts, grows=b.grows) for b, next_ in pairwise(given_blocks)]
    packed = pack((*whole, given_blocks[-1]), HEIGHT, columns)
    if are_full(packed, HEIGHT, columns):
        cut = [column for column in pack(given_blocks, HEIGHT, columns) if given_blocks[column.start].cuts]
        assert cut == []


@given(entries(), st.integers(1, 5))
def test_what_is_cut_in_two_fills_pages(given_blocks: list[Block], columns: int) -> None:
    packed = pack(given_blocks, HEIGHT, columns)
    if any(given_blocks[column.start].cuts for column in packed):
        uncut = [Block(b.height, keeps_next=n.cuts, grows=b.grows) for b, n in pairwise(given_blocks)]
        assert not are_full(pack((*uncut, given_blocks[-1]), HEIGHT, columns), HEIGHT, columns)


@given(st.lists(st.builds(Block, height=st.integers(1, 9)), min_size=1, max_size=80), st.integers(1, 5))
def test_pages_of_low_blocks_are_full_and_their_columns_end_together(
    given_blocks: list[Block], columns: int
) -> None:
    packed = pack(given_blocks, HEIGHT, columns)
    assert are_full(packed, HEIGHT, columns)
    tallest = max(block.height for block in given_blocks)
    for first in range(0, len(packed), columns):
        ends = [column.used for column in packed[first : first + columns]]
        assert max(ends) - min(ends) <= tallest


@given(st.lists(block, max_size=40), st.integers(1, 5))
def test_a_column_says_what_it_fills(given_blocks: list[Block], columns: int) -> None:
    for column in pack(given_blocks, HEIGHT, columns):
        assert column.used == pytest.approx(used_height(given_blocks, column.start, column.stop))


@given(st.lists(st.builds(Block, height=sizes, gap=gaps, head=heads), max_size=40))
def test_no_column_is_filled_beyond_its_foot(given_blocks: list[Block]) -> None:
    assert all(column.used <= HEIGHT for column in pack(given_blocks, HEIGHT, 3))


@given(st.lists(block, max_size=40), st.integers(1, 5))
def test_there_are_as_few_pages_as_possible(given_blocks: list[Block], columns: int) -> None:
    packed = pack(given_blocks, HEIGHT, columns)
    assert -(-len(packed) // columns) == -(-columns_needed(given_blocks, HEIGHT) // columns)


@settings(deadline=None)  # the search takes its time
@given(st.lists(st.builds(Block, height=sizes, head=heads), min_size=1, max_size=9))
def test_fewest_columns_are_those_of_a_search_through_all_ways(given_blocks: list[Block]) -> None:
    assert columns_needed(given_blocks, HEIGHT) == min(
        len(cuts)
        for cuts in _all_ways(given_blocks)
        if all(used_height(given_blocks, *cut) <= HEIGHT for cut in cuts)
    )


@settings(deadline=None)
@given(st.lists(sizes, min_size=1, max_size=9))
def test_a_single_page_is_as_even_as_the_best_of_all_ways(heights: list[float]) -> None:
    given_blocks = blocks(*heights)
    columns = columns_needed(given_blocks, HEIGHT) + 1
    assume(sum(heights) >= 0.2 * HEIGHT * columns)
    foot = sum(heights) / columns

    def unevenness(cuts: list[tuple[int, int]]) -> float:
        return sum((foot - used_height(given_blocks, *cut)) ** 2 for cut in cuts)

    ways = (
        cuts
        for cuts in _all_ways(given_blocks)
        if len(cuts) <= columns and all(used_height(given_blocks, *cut) <= HEIGHT for cut in cuts)
    )
    best = min(unevenness(cuts) for cuts in ways)
    found = unevenness(ranges(pack(given_blocks, HEIGHT, columns)))
    assert found == pytest.approx(best)


def _all_ways(given_blocks: list[Block] | tuple[Block, ...]) -> list[list[tuple[int, int]]]:
    ways = []
    for cuts in product((False, True), repeat=len(given_blocks) - 1):
        starts = [0, *(place + 1 for place, cut in enumerate(cuts) if cut)]
        ways.append(list(zip(starts, [*starts[1:], len(given_blocks)], strict=True)))
    return ways


def test_full_pages_are_filled_before_the_last_one() -> None:
    packed = pack(blocks(*[25.0] * 10), HEIGHT, 2)
    assert [column.used for column in packed] == [100, 100, 25, 25]


def test_the_last_page_is_even() -> None:
    packed = pack(blocks(*[10.0] * 9), HEIGHT, 3)
    assert [column.used for column in packed] == [30, 30, 30]


def test_gaps_count_between_blocks_and_not_at_the_top() -> None:
    assert [column.used for column in pack(blocks(40, 40, 40, gap=20), HEIGHT, 1)] == [100, 40]


def test_columns_of_a_last_page_are_fewer_rather_than_stumps() -> None:
    assert [column.used for column in pack(blocks(8, 8, 8), HEIGHT, 4)] == [24]
    assert [column.used for column in pack(blocks(12, 12, 12, 12), HEIGHT, 4)] == [24, 24]


def test_what_can_stretch_need_not_be_cut() -> None:
    stiff = (Block(85), Block(10), Block(10, cuts=True), *blocks(80, 90))
    assert ranges(pack(stiff, HEIGHT, 1))[0] == (0, 2)
    loose = (Block(85, grows=10), *stiff[1:])
    assert ranges(pack(loose, HEIGHT, 1))[0] == (0, 1)


def test_a_page_may_be_a_tenth_empty_before_something_is_cut() -> None:
    def first_column(height: float) -> tuple[int, int]:
        return ranges(pack((Block(height), Block(5), Block(45, cuts=True), *blocks(50, 90)), HEIGHT, 1))[0]

    assert first_column(100 * FULL) == (0, 1)
    assert first_column(100 * FULL - 1) == (0, 2)


def test_a_column_reaches_as_far_as_it_is_stretched() -> None:
    column = column_of((Block(40, grows=5), Block(40, gap=2, gap_grows=3)), 0, 2)
    assert column == Column(0, 2, 82, 8)
    assert [column.reach(height) for height in (80, 85, 100)] == [82, 85, 90]


def test_a_repeated_heading_takes_its_room_at_the_top_of_a_column() -> None:
    packed = pack((Block(60), Block(95, head=10)), HEIGHT, 1)
    assert [column.used for column in packed] == [60, 105]
    assert columns_needed((Block(50), Block(45), Block(45, head=20)), HEIGHT) == 2


def test_a_heading_goes_with_what_follows_it() -> None:
    packed = pack((Block(90), Block(5, keeps_next=True), Block(20)), HEIGHT, 1)
    assert ranges(packed) == [(0, 1), (1, 3)]


def test_what_is_higher_than_a_column_gets_one_of_its_own() -> None:
    assert ranges(pack(blocks(30, 150, 30), HEIGHT, 1)) == [(0, 1), (1, 2), (2, 3)]


def test_nothing_needs_no_column() -> None:
    assert pack((), HEIGHT, 3) == ()
