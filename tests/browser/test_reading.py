"""Reading: what is open, where links lead, what the buttons do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from support.browser import reload
from support.decks import deck, job, question, section

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

NETS = job(
    deck(
        section(
            "Basics",
            question("Why?", id="why", answer="Because.", details="```python\nx = 1\n```", hint="Think."),
            *(question(f"Question {n}?", id=f"q{n}", answer=f"Answer {n}.") for n in range(30)),
        )
    )
)


@pytest.mark.parametrize("name", ["flagship", "markdown", "kinds", "rtl", "cjk"])
def test_every_question_opens_and_closes(handout: Open, name: str) -> None:
    with handout(name) as page:
        for question_ in page.locator(".question").all()[:5]:
            answer = question_.locator(".body").first
            expect(answer).to_be_hidden()
            question_.locator(".show > summary").click()
            expect(answer).to_be_visible()
            question_.locator(".show > summary").click()
            expect(answer).to_be_hidden()


def test_all_answers_open_by_one_box(handout: Open) -> None:
    with handout(NETS) as page:
        page.get_by_label("Show all answers").check()
        page.locator("#q29 .answer").wait_for()
        page.get_by_label("Show all answers").uncheck()
        page.locator("#q29 .answer").wait_for(state="hidden")


def test_a_link_to_a_question_brings_it_into_view_below_the_bar(handout: Open) -> None:
    with handout(NETS, viewport={"width": 1100, "height": 600}) as page:
        page.locator(".contents a[href='#q20']").click()
        heading = page.locator("#q20 h3").bounding_box()
        bar = page.locator(".bar").bounding_box()
        assert heading
        assert bar
        assert bar["y"] + bar["height"] <= heading["y"] < 600


def test_a_link_shows_a_question_that_was_filtered_out(handout: Open) -> None:
    with handout(NETS) as page:
        page.locator("#_find").fill("Because")
        page.locator("#q3").wait_for(state="hidden")
        page.evaluate("location.hash = '#q3'")
        page.locator("#q3").wait_for()
        assert page.locator("#_find").input_value() == ""


def test_code_is_copied_as_it_is(handout: Open) -> None:
    with handout(NETS, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.locator("#why .show > summary").click()
        page.locator("#why .details > summary").click()
        page.get_by_role("button", name="Copy").click()
        page.get_by_text("Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "x = 1"


def test_colors_are_chosen_once(handout: Open) -> None:
    with handout(NETS, color_scheme="light") as page:
        page.get_by_role("button", name="Settings").click()
        page.get_by_label("Night").check()
        page.get_by_role("button", name="Close").click()
        reload(page)
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(233, 230, 225)"


def test_keys_walk_through_the_questions_and_open_their_answers(handout: Open) -> None:
    with handout(NETS) as page:
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.hash") == "#q0"
        page.keyboard.press("o")
        expect(page.locator("#q0 .answer")).to_be_visible()
        assert page.evaluate("document.activeElement.className") == "body"
        page.keyboard.press("k")
        assert page.evaluate("document.activeElement.hash") == "#why"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "_find"


def test_the_list_of_keys_opens_by_a_key(handout: Open) -> None:
    with handout(NETS) as page:
        page.keyboard.press("?")
        expect(page.get_by_text("Next, previous question")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_text("Next, previous question")).to_be_hidden()


def test_single_keys_can_be_switched_off(handout: Open) -> None:
    with handout(NETS) as page:
        page.keyboard.press("?")
        page.get_by_label("Single keys act").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.hash") is None
        reload(page)
        page.keyboard.press("?")
        expect(page.locator("#_settings")).to_be_hidden()


def test_formulas_stretch_their_brackets(handout: Open) -> None:
    tall = job(deck(question("Why?", answer=r"$$\left(\frac{\frac{a}{b}}{\frac{c}{d}}\right)$$ and $$(x)$$")))
    with handout(tall) as page:
        page.locator(".show > summary").click()
        high, low = (page.locator("mo").nth(n).bounding_box() for n in (0, 2))
        assert high
        assert low
        assert high["height"] > 1.8 * low["height"]
        assert page.evaluate("document.fonts.check('16px Formulas', '(')")


def test_pictures_are_drawn(handout: Open) -> None:
    from io import BytesIO

    from PIL import Image

    with handout("flagship") as page:
        page.locator("#activation-functions .show > summary").click()
        picture = page.locator("#activation-functions figure svg")
        shot = Image.open(BytesIO(picture.screenshot())).convert("RGB")
        assert len(shot.getcolors(100_000) or ()) > 50
        assert picture.get_attribute("aria-label")


@pytest.mark.parametrize("name", ["flagship", "rtl", "cjk"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_page(handout: Open, name: str, width: int) -> None:
    with handout(name, viewport={"width": width, "height": 800}) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_arabic_reads_from_the_right_and_code_from_the_left(handout: Open) -> None:
    with handout("rtl") as page:
        page.locator(".show > summary").first.click()
        body = page.locator(".body").first
        assert body.evaluate("(each) => getComputedStyle(each).borderRightWidth") == "3px"
        assert body.locator("code").first.evaluate("(each) => getComputedStyle(each).direction") == "ltr"
        assert body.locator("math").first.evaluate("(each) => getComputedStyle(each).direction") == "ltr"
