"""Fitting texts on cards, and the order of a choice's options: without any typesetting."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.config import CardsOptions
from deckbuild.imposition import Size, grid_for
from deckbuild.model import Card, Choice
from deckbuild.plain import items
from deckbuild.targets.cards.design import ANSWER, design
from deckbuild.targets.cards.fit import Fitted, Text, Unfitted, fit_all
from deckbuild.targets.options import LETTERS, Orders, option_orders, right_letters
from support.decks import choice, deck, question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckbuild.model import Deck
    from deckbuild.plain import LearningItem

A4 = Size(210, 297)


# Fitting ----------------------------------------------------------------------------------------


def fragment(words: int, scale: float) -> str:
    """Return a fragment whose height `measure` knows."""
    return f"{words} {scale}"


def measure(fragments: Sequence[str]) -> list[float]:
    """Return heights as of a text whose lines get lower and fewer with its type."""
    return [float(words) * float(scale) ** 2 for words, scale in (text.split() for text in fragments)]


def text(room: float, forms: Sequence[int], scales: Sequence[float]) -> Text:
    return Text(tuple(partial(_fragment_at, words, scales) for words in forms), room)


def _fragment_at(words: int, scales: Sequence[float], step: int) -> str:
    return fragment(words, scales[step])


scales = st.lists(st.floats(0.3, 1.5), min_size=1, max_size=12, unique=True).map(
    lambda values: sorted(values, reverse=True)
)
rooms_and_forms = st.tuples(st.floats(1, 100), st.lists(st.integers(1, 300), min_size=1, max_size=3))


@given(st.lists(rooms_and_forms, max_size=20), scales)
def test_each_text_gets_the_largest_type_that_fits_its_first_form_that_fits(
    wanted: list[tuple[float, list[int]]], scales: list[float]
) -> None:
    texts = [text(room, forms, scales) for room, forms in wanted]
    for (room, forms), fit in zip(wanted, fit_all(texts, scales, measure), strict=True):
        fitting = [
            (form, step)
            for form, words in enumerate(forms)
            for step, scale in enumerate(scales)
            if measure([fragment(words, scale)])[0] <= room
        ]
        if fitting:
            assert isinstance(fit, Fitted)
            assert (fit.form, fit.step) == fitting[0]
        else:
            assert isinstance(fit, Unfitted)


def test_all_texts_are_measured_together() -> None:
    calls = []

    def counted(fragments: Sequence[str]) -> list[float]:
        calls.append(len(fragments))
        return measure(fragments)

    steps = [1.0, 0.8, 0.6, 0.4]
    fit_all([text(room, [50], steps) for room in (100, 10, 1)], steps, counted)
    assert calls[0] == 3
    assert len(calls) <= 4


# Measures ---------------------------------------------------------------------------------------


def test_type_does_not_shrink_below_the_minimum() -> None:
    grid = grid_for("a7", A4)
    assert grid
    look = design(grid, CardsOptions(min_size=7.0))
    assert look.scales[0] == 1.0
    assert look.scales[-1] * ANSWER == pytest.approx(7.0)
    assert list(look.scales) == sorted(look.scales, reverse=True)


@pytest.mark.parametrize("size", ["a6", "a7", "a8", "a9"])
def test_nothing_is_printed_where_printers_do_not_reach(size: str) -> None:
    grid = grid_for(size, A4)
    assert grid
    assert design(grid, CardsOptions(size=size)).safe + min(grid.left, grid.top) >= 5


# Options ----------------------------------------------------------------------------------------


def quiz(count: int, *, options: int = 4, shuffle: bool = True) -> Deck:
    """Return a deck of choices whose first option is right."""
    texts = {("=" if n == 0 else "") + f"option {n}": "" for n in range(options)}
    asked = [choice(f"Question {n}?", texts, shuffle=shuffle) for n in range(count)]
    return deck(question("A question?", cards=asked))


def choices(content: Deck) -> list[tuple[LearningItem, Choice]]:
    return [
        (item, item.body.body)
        for item in items(content)
        if isinstance(item.body, Card) and isinstance(item.body.body, Choice)
    ]


def letters(content: Deck, orders: Orders) -> str:
    return "".join(right_letters(body, orders[item.ref]) for item, body in choices(content))


@given(st.integers(1, 40), st.integers(2, 6), st.text(max_size=3))
def test_right_letters_are_balanced(count: int, options: int, seed: str) -> None:
    content = quiz(count, options=options)
    found = letters(content, option_orders(items(content), seed))
    counts = [found.count(letter) for letter in LETTERS[:options]]
    assert sum(counts) == count
    assert max(counts) - min(counts) <= 1


@given(st.integers(1, 10), st.text(max_size=3))
def test_every_option_is_shown_once(count: int, seed: str) -> None:
    content = quiz(count)
    orders = option_orders(items(content), seed)
    assert [sorted(orders[item.ref]) for item, _ in choices(content)] == [[0, 1, 2, 3]] * count


def test_options_that_must_not_be_shuffled_keep_their_order() -> None:
    content = quiz(3, shuffle=False)
    assert set(option_orders(items(content), "seed").values()) == {(0, 1, 2, 3)}


def test_another_seed_gives_another_order() -> None:
    content = quiz(8)
    assert option_orders(items(content), "A") != option_orders(items(content), "B")


def test_a_corrected_text_shuffles_nothing() -> None:
    before = deck(
        question("Q?", id="q", cards=[choice("Waht?", {"=rigth": "", "worng": "", "x": ""}, id="c")])
    )
    after = deck(
        question("Q?", id="q", cards=[choice("What?", {"=right": "", "wrong": "", "x": ""}, id="c")])
    )
    assert option_orders(items(before), "seed") == option_orders(items(after), "seed")


def test_several_right_options_are_all_named() -> None:
    content = deck(
        question("Q?", cards=[choice("Which?", {"=one": "", "two": "", "=three": ""}, shuffle=False)])
    )
    assert letters(content, option_orders(items(content), "seed")) == "A, C"
