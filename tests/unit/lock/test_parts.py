"""Which card learns which gap, step or mask, after edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from deckbuild.lock.parts import carried_on, new_parts, shortened

if TYPE_CHECKING:
    from deckbuild.lock.entries import LearnedPart


def first(*words: str) -> tuple[LearnedPart, ...]:
    return new_parts(words, range(len(words)), 1)


def now(parts: tuple[LearnedPart, ...]) -> list[tuple[int, str]]:
    return [(part.ordinal, part.words) for part in parts if not part.gone]


def gone(parts: tuple[LearnedPart, ...]) -> list[tuple[int, str]]:
    return [(part.ordinal, part.words) for part in parts if part.gone]


def test_a_gap_in_front_of_others_leaves_them_their_cards() -> None:
    parts = carried_on(first("zero", "negative"), ["ReLU", "zero", "negative"], 2)
    assert now(parts) == [(2, "ReLU"), (0, "zero"), (1, "negative")]


def test_swapped_gaps_take_their_cards_along() -> None:
    assert now(carried_on(first("zero", "negative"), ["negative", "zero"], 2)) == [
        (1, "negative"),
        (0, "zero"),
    ]


def test_a_removed_gap_leaves_a_hole_that_nobody_gets() -> None:
    without = carried_on(first("a", "b", "c"), ["a", "c"], 2)
    assert (now(without), gone(without)) == ([(0, "a"), (2, "c")], [(1, "b")])
    assert now(carried_on(without, ["a", "c", "something else"], 3)) == [
        (0, "a"),
        (2, "c"),
        (3, "something else"),
    ]


def test_what_was_gone_and_is_back_has_its_old_card() -> None:
    without = carried_on(first("a", "b"), ["a"], 2)
    assert now(carried_on(without, ["a", "b"], 3)) == [(0, "a"), (1, "b")]


def test_as_many_new_as_old_are_taken_in_order_however_unlike() -> None:
    assert now(carried_on(first("0", "below"), ["zero", "negative"], 2)) == [(0, "zero"), (1, "negative")]


def test_otherwise_the_most_alike_are_taken() -> None:
    parts = carried_on(first("Forward pass", "Loss"), ["Data", "The forward pass", "Update"], 2)
    assert now(parts) == [(2, "Data"), (0, "The forward pass"), (3, "Update")]
    assert gone(parts) == [(1, "Loss")]


def test_equal_parts_keep_their_order() -> None:
    assert now(carried_on(first("x", "x"), ["x", "y", "x"], 2)) == [(0, "x"), (2, "y"), (1, "x")]


def test_a_new_part_says_when_it_came() -> None:
    assert [part.since for part in carried_on(first("a"), ["a", "b"], 7)] == [1, 7]


def test_a_note_that_one_card_learns_has_no_parts() -> None:
    assert new_parts([""], [0], 1) == ()
    assert carried_on((), [""], 2) == ()


def test_long_texts_are_kept_as_beginning_and_digest() -> None:
    one, other = "a" * 61, "a" * 62
    assert shortened(one) != shortened(other)
    assert len(shortened(one)) < 60
    assert now(carried_on(first(one, other), [other, one], 2)) == [
        (1, shortened(other)),
        (0, shortened(one)),
    ]


@given(st.lists(st.lists(st.text("abc", max_size=3), min_size=1, max_size=6), min_size=1, max_size=6))
def test_an_ordinal_never_changes_hands_without_being_the_only_explanation(versions: list[list[str]]) -> None:
    """Over any history: no ordinal twice, none forgotten, and equal words keep theirs."""
    parts = new_parts(versions[0], range(len(versions[0])), 1)
    for time, words in enumerate(versions[1:], 2):
        before, parts = parts, carried_on(parts, words, time)
        living = [part for part in parts if not part.gone]
        assert [part.words for part in living] == [shortened(word) for word in words] or words == [""]
        assert len({part.ordinal for part in parts}) == len(parts)
        assert {part.ordinal for part in before} <= {part.ordinal for part in parts}
        for word in set(words):
            old = {p.ordinal for p in before if p.words == word and not p.gone}
            new = {p.ordinal for p in living if p.words == word}
            assert old <= new or new <= old or len(old & new) == min(len(old), len(new))
