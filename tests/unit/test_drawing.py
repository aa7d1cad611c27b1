"""Formulas as pictures: on the baseline, as large as the text, the same however often they are drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from deckbuild.drawing import Drawing, draw
from deckbuild.mathml import MathML, to_mathml


def drawing(tex: str, *, display: bool = False) -> Drawing:
    formula = to_mathml(tex, display=display)
    assert isinstance(formula, MathML)
    drawn = draw(formula.xml, display=display)
    assert drawn is not None
    return drawn


def test_a_letter_without_descender_stands_on_the_baseline() -> None:
    assert drawing("x").depth == pytest.approx(0, abs=0.02)


def test_a_descender_reaches_below_the_baseline() -> None:
    assert 0.15 < drawing("y").depth < 0.3


def test_a_letter_is_as_high_as_in_the_text_around_it() -> None:
    assert drawing("x").height == pytest.approx(0.48, abs=0.03)


def test_an_inline_sum_has_its_limits_beside_it() -> None:
    inline, display = drawing(r"\sum_{i=1}^n x_i"), drawing(r"\sum_{i=1}^n x_i", display=True)
    assert inline.width > display.width
    assert inline.height < 1.8 < display.height


def test_an_inline_fraction_is_small() -> None:
    assert drawing(r"\frac{a}{b}").height < 1.3 < drawing(r"\frac{a}{b}", display=True).height


def test_a_named_operator_brings_no_space_to_the_start_of_a_formula() -> None:
    x = 0.559  # the width of the letter
    assert drawing(r"\tanh x").width == pytest.approx(drawing(r"\mathrm{tanh}").width + 1 / 6 + x, abs=0.08)


def test_nothing_stands_between_an_operator_and_its_bracket() -> None:
    assert drawing(r"\max(x)").width == pytest.approx(
        drawing(r"\mathrm{max}").width + drawing("(x)").width, abs=0.05
    )


def test_a_formula_is_a_single_path() -> None:
    root = ET.fromstring(drawing(r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}").picture.data)  # noqa: S314 - our own
    assert [child.tag.rpartition("}")[2] for child in root] == ["path"]


def test_no_drawing_has_ids_that_another_one_may_have() -> None:
    assert b"id=" not in drawing(r"\sqrt{x} + \left( \frac{a}{b} \right)").picture.data


def test_the_selector_of_a_variant_is_not_drawn() -> None:
    plain = draw("<math><mi>x</mi></math>", display=False)
    assert draw("<math><mi>x\ufe00</mi></math>", display=False) == plain


def test_a_drawing_does_not_depend_on_what_was_drawn_before() -> None:
    first = drawing("x_1^2").picture.data
    draw.cache_clear()
    drawing(r"\text{some words}_1")
    assert drawing("x_1^2").picture.data == first


def test_the_name_of_a_picture_changes_with_what_it_shows() -> None:
    assert drawing("x").picture.path != drawing("y").picture.path
    assert drawing("x").picture.path.startswith("math/")


def test_a_sum_beside_its_limits_keeps_a_thin_space_on_both_sides() -> None:
    alone = drawing(r"\sum_i").width + drawing(r"\lambda").width + drawing("x").width
    assert drawing(r"\lambda\sum_i x").width == pytest.approx(alone + 2 * 0.1667, abs=0.12)


def test_a_comma_is_followed_by_a_thin_space() -> None:
    alone = drawing("0").width + drawing("{,}").width + drawing("1").width
    assert 0.1 < drawing("0, 1").width - alone < 0.3


def test_variant_greek_letters_are_slanted_like_the_others() -> None:
    assert drawing(r"\phi").picture.data != drawing(r"\mathrm{\phi}").picture.data
