"""Imposition holds for every size, paper and way of printing, and for sizes nobody thought of."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deckbuild.imposition import (
    CARDS,
    EIGHTH,
    INCH,
    SIZE_NAMES,
    STOCKS,
    Axis,
    Cell,
    Duplex,
    Grid,
    Layout,
    Line,
    Page,
    Rect,
    Side,
    Size,
    Turn,
    cut_marks,
    fill,
    flip_axis,
    fold_lines,
    grid_for,
    impose,
    mirrored,
    note_margin,
    parse_size,
    single,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

PAPERS = {
    "a3": Size(297, 420),
    "a4": Size(210, 297),
    "a5": Size(148, 210),
    "letter": Size(8.5 * INCH, 11 * INCH),
}
A4 = PAPERS["a4"]
TWO_SIDED = (Duplex.LONG_EDGE, Duplex.SHORT_EDGE)


ALL_LAYOUTS = [
    pytest.param(Layout(grid, duplex, turn), id=f"{name}-{paper}-{duplex}-{turn}")
    for name, paper, duplex, turn in product(SIZE_NAMES, PAPERS, Duplex, Turn)
    if (grid := grid_for(name, PAPERS[paper], fold=duplex is Duplex.FOLD))
]

sizes = st.builds(Size, st.floats(30, 300), st.floats(30, 300))


@st.composite
def layouts(draw: st.DrawFn, modes: Iterable[Duplex] = Duplex) -> Layout:
    duplex = draw(st.sampled_from(list(modes)))
    grid = fill(draw(sizes), draw(sizes), fold=duplex is Duplex.FOLD, gutter=draw(st.floats(0, 10)))
    assume(grid is not None)
    assert grid
    return Layout(grid, duplex, draw(st.sampled_from(Turn)), draw(st.booleans()))


def center(place: Rect) -> tuple[float, float]:
    return place.x + place.width / 2, place.y + place.height / 2


def seen_from_front(cell: Cell, layout: Layout) -> tuple[tuple[float, float], str]:
    """Return where a back's center lies behind the front page, and which way its top points there.

    This goes through the motions of paper: what is flipped about the vertical axis keeps its top up
    and swaps left and right, what is flipped about the horizontal axis the other way round.
    """
    x, y = center(cell.place)
    up = not cell.upside_down
    if layout.grid.fold:
        assert layout.grid.fold
        line = fold_lines(layout.grid)[cell.card % layout.grid.count]
        if layout.grid.fold is Axis.VERTICAL:
            return (2 * line.x - x, y), "up" if up else "down"
        return (x, 2 * line.y - y), "down" if up else "up"
    if flip_axis(layout.grid.page, layout.duplex) is Axis.VERTICAL:
        return (layout.grid.page.width - x, y), "up" if up else "down"
    return (x, layout.grid.page.height - y), "down" if up else "up"


def sides(pages: list[Page]) -> tuple[dict[int, tuple[int, Cell]], dict[int, tuple[int, Cell]]]:
    """Return fronts and backs by card, each with its sheet."""
    cells = [(page.sheet, cell) for page in pages for cell in page.cells]
    fronts = {cell.card: (sheet, cell) for sheet, cell in cells if cell.side is Side.FRONT}
    backs = {cell.card: (sheet, cell) for sheet, cell in cells if cell.side is Side.BACK}
    assert len(cells) == len(fronts) + len(backs)
    return fronts, backs


# Front and back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_backs_lie_behind_their_fronts_for_every_size_paper_and_duplex_mode(layout: Layout) -> None:
    count = layout.grid.count * 2 - 1
    _assert_back_to_back(list(impose(count, layout)), layout, count)


@given(layouts(), st.integers(0, 70))
def test_backs_lie_behind_their_fronts_for_any_size(layout: Layout, count: int) -> None:
    _assert_back_to_back(list(impose(count, layout)), layout, count)


def _assert_back_to_back(pages: list[Page], layout: Layout, count: int) -> None:
    fronts, backs = sides(pages)
    both = layout.duplex in {*TWO_SIDED, Duplex.FOLD}
    assert sorted(fronts) == (list(range(count)) if layout.duplex is not Duplex.BACKS else [])
    assert sorted(backs) == (list(range(count)) if layout.duplex is not Duplex.FRONTS else [])
    for card in range(count) if both else ():
        (front_sheet, front), (back_sheet, back) = fronts[card], backs[card]
        assert front_sheet == back_sheet
        behind, top = seen_from_front(back, layout)
        if layout.duplex is not Duplex.FOLD:
            assert center(front.place) == pytest.approx(behind, abs=1e-6)
            assert top == ("up" if layout.turn is Turn.SIDEWAYS else "down")


@pytest.mark.parametrize("name", SIZE_NAMES)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("turn", Turn)
def test_folded_halves_meet_when_folded(name: str, paper: str, turn: Turn) -> None:
    grid = grid_for(name, PAPERS[paper], fold=True)
    if grid is None:
        return
    (page,) = impose(grid.count, Layout(grid, Duplex.FOLD, turn))
    fronts, backs = sides([page])
    for card, line in enumerate(fold_lines(grid)):
        x, y = center(backs[card][1].place)
        folded = (2 * line.x - x, y) if grid.fold is Axis.VERTICAL else (x, 2 * line.y - y)
        assert center(fronts[card][1].place) == pytest.approx(folded, abs=1e-6)


def test_backs_alone_are_the_versos_of_the_long_edge() -> None:
    grid = fill(A4, Size(99, 71))
    assert grid
    both = [page for page in impose(11, Layout(grid, Duplex.LONG_EDGE)) if page.is_verso]
    assert both == list(impose(11, Layout(grid, Duplex.BACKS)))


def test_empty_cells_of_the_last_sheet_are_mirrored_too() -> None:
    grid = fill(A4, Size(99, 71))
    assert grid
    *_, recto, verso = impose(9, Layout(grid, Duplex.LONG_EDGE))
    assert [center(cell.place)[0] < A4.width / 2 for cell in recto.cells] == [True]
    assert [center(cell.place)[0] > A4.width / 2 for cell in verso.cells] == [True]


@pytest.mark.parametrize(
    ("page", "duplex", "axis"),
    [
        (A4, Duplex.LONG_EDGE, Axis.VERTICAL),
        (A4, Duplex.SHORT_EDGE, Axis.HORIZONTAL),
        (A4.turned(), Duplex.LONG_EDGE, Axis.HORIZONTAL),
        (A4.turned(), Duplex.SHORT_EDGE, Axis.VERTICAL),
    ],
)
def test_the_axis_depends_on_the_edge_and_on_how_the_page_lies(
    page: Size, duplex: Duplex, axis: Axis
) -> None:
    assert flip_axis(page, duplex) == axis


@given(sizes, sizes, st.floats(0, 100), st.floats(0, 100), st.sampled_from(Axis))
def test_mirroring_twice_changes_nothing(page: Size, card: Size, x: float, y: float, axis: Axis) -> None:
    place = Rect(x, y, card.width, card.height)
    twice = mirrored(mirrored(place, page, axis), page, axis)
    assert (twice.x, twice.y) == pytest.approx((x, y), abs=1e-9)


def test_margins_that_differ_are_mirrored() -> None:
    left, right = (STOCKS["avery-5163"].place(position) for position in (0, 1))
    page = STOCKS["avery-5163"].page
    assert mirrored(left, page, Axis.VERTICAL).x == pytest.approx(page.width - left.right)
    assert mirrored(left, page, Axis.VERTICAL).x != pytest.approx(right.x)


# Grids ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_cells_lie_on_the_page_and_apart_for_every_size(layout: Layout) -> None:
    _assert_apart(layout.grid)


@given(layouts())
def test_cells_lie_on_the_page_and_apart_for_any_size(layout: Layout) -> None:
    _assert_apart(layout.grid)


def _assert_apart(grid: Grid) -> None:
    places = [grid.place(position) for position in range(grid.count)]
    for place in places:
        assert place.x >= -1e-5
        assert place.y >= -1e-5
        assert place.right <= grid.page.width + 1e-5
        assert place.bottom <= grid.page.height + 1e-5
    for one, other in pairwise(places):
        assert other.x >= one.right - 1e-9 or other.y >= one.bottom - 1e-9


@pytest.mark.parametrize(
    ("name", "paper", "expected"),
    [
        ("a6", "a4", (2, 2)),
        ("a7", "a4", (4, 2)),
        ("a8", "a4", (4, 4)),
        ("a9", "a4", (8, 4)),
        (EIGHTH, "a4", (4, 2)),
        (EIGHTH, "letter", (4, 2)),
        ("business", "letter", (4, 3)),
        ("poker", "letter", (3, 3)),
        ("3x5", "letter", (2, 2)),
        ("4x6", "letter", (2, 1)),
    ],
)
def test_paper_takes_as_many_cards_as_people_expect(name: str, paper: str, expected: tuple[int, int]) -> None:
    grid = grid_for(name, PAPERS[paper])
    assert grid
    assert (grid.rows, grid.columns) == expected


@given(sizes, sizes)
def test_no_other_grid_takes_more_cards(page: Size, card: Size) -> None:
    grid = fill(page, card)
    most = max(
        int(p.width / card.width + 1e-6) * int(p.height / card.height + 1e-6) for p in (page, page.turned())
    )
    assert (grid.count if grid else 0) == most


def test_cards_larger_than_the_paper_have_no_grid() -> None:
    assert fill(PAPERS["a5"], Size(220, 160)) is None


def test_a_card_that_opens_sideways_only_if_turned_down_fits() -> None:
    grid = fill(A4, CARDS["4x6"], fold=True)
    assert grid
    assert grid.fold is Axis.HORIZONTAL


def test_a_page_of_one_card_is_that_card() -> None:
    grid = single(CARDS["a7"])
    assert (grid.page, grid.place(0)) == (CARDS["a7"], Rect(0, 0, 105, 74))


def test_an_eighth_keeps_off_the_edge_of_the_paper() -> None:
    for paper in PAPERS.values():
        grid = grid_for(EIGHTH, paper)
        assert grid
        assert grid.count == 8
        assert min(grid.left, grid.top) >= 6


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("avery-5371", (0.75, 0.5), (4.25, 8.5)),
        ("avery-5388", (1.75, 1.0), (1.75, 7.0)),
        ("avery-5389", (1.25, 1.25), (1.25, 5.75)),
        ("avery-5163", (0.1625, 0.5), (4.35, 8.5)),
    ],
)
def test_stock_has_the_places_of_its_maker(
    name: str, first: tuple[float, float], last: tuple[float, float]
) -> None:
    grid = STOCKS[name]
    corners = [(grid.place(i).x / INCH, grid.place(i).y / INCH) for i in (0, grid.count - 1)]
    assert corners == [pytest.approx(first), pytest.approx(last)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90x60", Size(90, 60)),
        ("90 × 60 mm", Size(90, 60)),
        ("3.5x2in", Size(3.5 * INCH, 2 * INCH)),
        ("90", None),
        ("90x60cm", None),
        ("5x5", None),
        ("900x60", None),
        ("", None),
    ],
)
def test_sizes_of_ones_own(text: str, expected: Size | None) -> None:
    assert parse_size(text) == expected


# Order ------------------------------------------------------------------------------------------


@given(layouts(TWO_SIDED), st.integers(1, 70))
def test_piles_that_are_cut_and_stacked_are_in_order(layout: Layout, count: int) -> None:
    stacked = Layout(layout.grid, layout.duplex, layout.turn, stack=True)
    piles: dict[tuple[float, float], list[int]] = {}
    for page in impose(count, stacked):
        for cell in () if page.is_verso else page.cells:
            piles.setdefault((cell.place.y, cell.place.x), []).append(cell.card)
    assert [card for _, pile in sorted(piles.items()) for card in pile] == list(range(count))


def test_cards_are_laid_row_by_row_unless_stacked() -> None:
    grid = fill(A4, Size(99, 71))
    assert grid
    first, second = impose(16, Layout(grid, Duplex.FRONTS))
    assert [cell.card for cell in first.cells] == list(range(8))
    assert [cell.card for cell in second.cells] == list(range(8, 16))


@given(layouts(), st.integers(0, 70))
def test_no_sheet_is_wasted(layout: Layout, count: int) -> None:
    pages = list(impose(count, layout))
    assert len({page.sheet for page in pages}) == -(-count // layout.grid.count)
    assert all(page.cells for page in pages)


# Marks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_every_cut_is_marked_at_both_ends_of_the_page(layout: Layout) -> None:
    grid = layout.grid
    marks = cut_marks(grid)
    down = [line for line in marks if line.x == line.to_x]
    for edge in {v for i in range(grid.count) for v in (grid.place(i).x, grid.place(i).right)}:
        ends = [line for line in down if line.x == pytest.approx(edge)]
        assert min(line.y for line in ends) <= grid.area.y + 1e-5
        assert max(line.to_y for line in ends) >= grid.area.bottom - 1e-5


@given(layouts())
def test_marks_stay_on_the_page_and_off_the_cards(layout: Layout) -> None:
    grid = layout.grid
    cells = [grid.place(position) for position in range(grid.count)]
    for line in cut_marks(grid):
        assert -1e-5 <= line.x <= line.to_x <= grid.page.width + 1e-5
        assert -1e-5 <= line.y <= line.to_y <= grid.page.height + 1e-5
        assert not any(_crosses(line, cell) for cell in cells)


def _crosses(line: Line, cell: Rect) -> bool:
    """Tell whether a line runs through a cell rather than along its edge."""
    inside = 1e-3
    return (
        line.x < cell.right - inside
        and line.to_x > cell.x + inside
        and line.y < cell.bottom - inside
        and line.to_y > cell.y + inside
    )


def test_a_fold_line_runs_the_whole_card() -> None:
    grid = fill(A4, Size(99, 71), fold=True)
    assert grid
    assert [(line.y, line.to_y) for line in fold_lines(grid)] == [
        (grid.place(i).y, grid.place(i).bottom) for i in range(grid.count)
    ]


def test_a_note_is_put_where_the_paper_has_room() -> None:
    roomy = fill(A4, CARDS["3x5"])
    full = fill(A4, CARDS["a7"])
    assert roomy
    assert full
    strip = note_margin(roomy)
    assert strip
    assert strip.y == pytest.approx(roomy.area.bottom)
    assert note_margin(full) is None
