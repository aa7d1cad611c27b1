"""With scripts off, as on iPhone and iPad: still a self-test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser
OFF = {"java_script_enabled": False}


@pytest.mark.parametrize("name", ["flagship", "kinds", "rtl", "cjk"])
def test_answers_open_by_a_click(handout: Open, name: str) -> None:
    with handout(name, **OFF) as page:
        answer = page.locator(".answer").first
        expect(answer).to_be_hidden()
        page.locator(".show > summary").first.click()
        expect(answer).to_be_visible()


def test_what_needs_a_script_is_not_offered_and_one_line_says_so(handout: Open) -> None:
    with handout("kinds", **OFF) as page:
        expect(page.get_by_text("need scripts")).to_be_visible()
        for hidden in (".modes", "#_find", "#_help", "#_printer", "#_quiz", "#_interview"):
            expect(page.locator(hidden)).to_be_hidden()


def test_points_can_be_ticked_and_are_counted(handout: Open) -> None:
    with handout("kinds", **OFF) as page:
        page.locator("#convolution .show > summary").click()
        page.locator("#convolution .rubric input").first.check()
        # Three boxes, one of them ticked: the style counts.
        said = page.locator("#convolution .said")
        expect(said).to_be_visible()
        assert page.locator("#convolution .rubric input:checked").count() == 1


@pytest.fixture
def drills(handout: Open) -> AbstractContextManager[Page]:
    return handout("kinds", **OFF)


def test_a_choice_says_why_once_an_option_is_chosen(drills: AbstractContextManager[Page]) -> None:
    with drills as page:
        page.locator("#convolution .practice > summary").click()
        card = page.locator("[data-id=choice]")
        expect(card.get_by_label("Parameters")).to_be_hidden()
        card.get_by_text("I have an answer").click()
        expect(card.get_by_text("every position")).to_be_hidden()
        card.get_by_label("Multiplications").check()
        expect(card.get_by_text("every position")).to_be_visible()
        expect(card.get_by_text("one filter serves")).to_be_hidden()


def test_a_gap_opens_alone(drills: AbstractContextManager[Page]) -> None:
    with drills as page:
        page.locator("#convolution .practice > summary").click()
        card = page.locator("[data-id=gap]")
        expect(card.get_by_text("how many?")).to_be_visible()
        card.locator("[data-gap]").first.click()
        expect(card.get_by_text("25")).to_be_visible()
        expect(card.get_by_text("one", exact=True)).to_be_hidden()


def test_a_mask_is_lifted_by_a_click_and_named_below(drills: AbstractContextManager[Page]) -> None:
    with drills as page:
        page.locator("#convolution .practice > summary").click()
        card = page.locator("[data-id=masks]")
        mask = card.locator(".masked label").first
        assert mask.evaluate("(each) => getComputedStyle(each).backgroundColor") == "rgb(71, 85, 105)"
        mask.click()
        assert mask.evaluate("(each) => getComputedStyle(each).backgroundColor") == "rgba(0, 0, 0, 0)"
        card.get_by_text("Show answer").click()
        expect(card.get_by_text("window", exact=True)).to_be_visible()


def test_masks_lie_where_they_belong(drills: AbstractContextManager[Page]) -> None:
    with drills as page:
        page.locator("#convolution .practice > summary").click()
        card = page.locator("[data-id=masks]")
        picture, mask = (
            card.locator("svg").bounding_box(),
            card.locator(".masked label").nth(1).bounding_box(),
        )
        assert picture
        assert mask
        assert mask["x"] - picture["x"] == pytest.approx(0.55 * picture["width"], abs=1)
        assert mask["height"] == pytest.approx(0.4 * picture["height"], abs=1)
