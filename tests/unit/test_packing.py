"""Blocks in columns: everything once and in order, headings with what they head, pages full and even."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuild.packing import Block, Column, columns_needed, pack, used_height

HEIGHT = 100.0


def blocks(*heights: float, gap: float = 0.0) -> tuple[Block, ...]:
    return tuple(Block(height, gap) for height in heights)


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
    splits=st.booleans(),
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


def test_a_repeated_heading_takes_its_room_at_the_top_of_a_column() -> None:
    packed = pack((Block(60), Block(95, head=10)), HEIGHT, 1)
    assert [column.used for column in packed] == [60, 105]
    assert columns_needed((Block(50), Block(45), Block(45, head=20)), HEIGHT) == 2


def test_a_heading_goes_with_what_follows_it() -> None:
    packed = pack((Block(90), Block(5, keeps_next=True), Block(20)), HEIGHT, 1)
    assert ranges(packed) == [(0, 1), (1, 3)]


def test_something_is_cut_in_two_only_if_that_fills_a_column() -> None:
    nearly_full = (Block(94), Block(5), Block(5, splits=True))
    assert ranges(pack((*nearly_full, *blocks(90, 90)), HEIGHT, 1))[0] == (0, 1)
    half_full = (Block(50), Block(45), Block(45, splits=True))
    assert ranges(pack((*half_full, Block(50)), HEIGHT, 1)) == [(0, 2), (2, 4)]


def test_what_is_higher_than_a_column_gets_one_of_its_own() -> None:
    assert ranges(pack(blocks(30, 150, 30), HEIGHT, 1)) == [(0, 1), (1, 2), (2, 3)]


def test_nothing_needs_no_column() -> None:
    assert pack((), HEIGHT, 3) == ()
