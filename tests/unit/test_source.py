"""Places in sources."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckbuild.source import LinesOrigin, SliceOrigin, Source, Span


def test_positions_count_from_one() -> None:
    source = Source("a.yaml", "ab\ncd\n")
    assert source.position(0) == (1, 1)
    assert source.position(4) == (2, 2)
    assert source.position(6) == (3, 1)


@given(st.text(alphabet="aé漢\n", max_size=40))
def test_every_offset_is_found_again_by_its_position(text: str) -> None:
    source = Source("a.yaml", text)
    for offset in range(len(text) + 1):
        line, column = source.position(offset)
        assert source.line_starts[line - 1] + column - 1 == offset


def test_lines_have_no_newline() -> None:
    source = Source("a.yaml", "first\nsecond")
    assert [source.line(1), source.line(2)] == ["first", "second"]


def test_the_folder_of_a_source_is_relative_to_the_project() -> None:
    assert Source("decks/dl/a.yaml", "").folder == "decks/dl"
    assert Source("a.yaml", "").folder == ""


def test_a_slice_maps_offsets_by_its_start_and_never_leaves_it() -> None:
    source = Source("a.md", "0123456789")
    origin = SliceOrigin(source, 2, 6)
    assert origin.span(1, 3) == Span(source, 3, 5)
    assert origin.span() == Span(source, 2, 6)
    assert origin.span(1, 99) == Span(source, 3, 6)


def test_lines_that_lost_their_indentation_map_line_by_line() -> None:
    source = Source("a.md", "- one\n  two\n")
    origin = LinesOrigin(source, "one\ntwo", (2, 8))
    assert origin.span(0, 3).text == "one"
    assert origin.span(4, 7).text == "two"
    assert origin.span(0).text == "one\n  two"
