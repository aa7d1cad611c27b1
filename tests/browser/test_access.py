"""For everybody: what axe finds, and what it cannot see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from support.browser import opened
from support.needs import needed

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / ".cache/node_modules/axe-core/axe.min.js"
"""From `npm install --no-save axe-core` in `.cache/`."""
RUN = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const runOnly = { type: 'tag', values: tags };
  const found = await axe.run(document, { resultTypes: ['violations'], runOnly });
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    return needed(AXE, "axe-core is not installed: npm install --no-save axe-core in .cache/").read_text(
        "utf-8"
    )


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found: list[str] = page.evaluate(RUN)
    return found


SCREENS = [
    {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "reduced_motion": "reduce"}
    for scheme in ("light", "dark")
    for width in (1280, 360)
]


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: f"{s['color_scheme']}-{s['viewport']['width']}")
@pytest.mark.parametrize("name", ["flagship", "kinds", "rtl", "cjk"])
def test_axe_finds_nothing_with_all_answers_open(
    handout: Open, axe: str, name: str, screen: dict[str, Any]
) -> None:
    with handout(name, bypass_csp=True, **screen) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.wait_for_timeout(100)
        assert violations(page, axe) == []


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: f"{s['color_scheme']}-{s['viewport']['width']}")
@pytest.mark.parametrize(("name", "cards"), [("kinds", 60), ("flagship", 8), ("rtl", 8), ("cjk", 8)])
def test_axe_finds_nothing_in_the_quiz(
    handout: Open, axe: str, name: str, cards: int, screen: dict[str, Any]
) -> None:
    with handout(name, bypass_csp=True, **screen) as page:
        page.locator(".modes [data-mode=quiz]").click()
        assert violations(page, axe) == []
        page.locator("#_quiz [value=all]").check()
        page.locator("#_quiz [type=submit]").click()
        for _ in range(cards):
            buttons = page.locator(
                "#_quiz .stage .actions [data-do]:visible:not([data-do=undo], [data-do=stop])"
            )
            if not buttons.count():
                break
            assert violations(page, axe) == []
            for option in page.locator("#_quiz .front .right input:not(:disabled)").all():
                if option.is_visible():
                    option.check()
            buttons.last.click()
        if page.locator("#_quiz .stage").is_visible():
            page.locator("#_quiz [data-do=stop]").click()
        expect(page.locator("#_quiz .summary")).to_be_visible()
        assert violations(page, axe) == []


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: f"{s['color_scheme']}-{s['viewport']['width']}")
@pytest.mark.parametrize("name", ["kinds", "flagship", "rtl", "cjk"])
def test_axe_finds_nothing_in_the_interview(
    handout: Open, axe: str, name: str, screen: dict[str, Any]
) -> None:
    with handout(name, bypass_csp=True, **screen) as page:
        page.locator(".modes [data-mode=interview]").click()
        assert violations(page, axe) == []
        page.locator("#_interview [type=submit]").click()
        assert violations(page, axe) == []
        page.locator("#_interview [data-do=answered]").click()
        assert violations(page, axe) == []
        page.locator("#_interview [data-do=stop]").click()
        page.locator("#_help").click()
        assert violations(page, axe) == []


@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: f"{s['color_scheme']}-{s['viewport']['width']}")
def test_axe_finds_nothing_in_the_guide(
    browser: Browser, guide: Path, axe: str, screen: dict[str, Any]
) -> None:
    with opened(browser, guide, bypass_csp=True, **screen) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["viewport"]["width"]
        assert violations(page, axe) == []


# What axe cannot see ----------------------------------------------------------------------------


def test_buttons_name_the_question_they_open(handout: Open) -> None:
    with handout("flagship") as page:
        assert page.locator("#activation-functions > .show > summary").text_content() == "Show answer 2.1"
        assert page.locator("summary :is(h1, h2, h3, h4)").count() == 0


def test_a_closed_gap_reads_blank(handout: Open) -> None:
    with handout("kinds") as page:
        page.locator("#convolution .practice > summary").click()
        gap = page.locator("[data-id=gap] [data-gap]").first
        assert gap.get_by_role("checkbox", name="blank how many?").count() == 1
        gap.click()
        assert gap.get_by_role("checkbox", name="25", exact=True).is_checked()


def test_masks_have_a_twin_in_text(handout: Open) -> None:
    with handout("kinds") as page:
        page.locator("#convolution .practice > summary").click()
        card = page.locator("[data-id=masks]")
        assert card.get_by_role("checkbox", name="blank 1").count() == 1
        assert card.get_by_role("img", name="A grid with a marked square and an arrow").count() == 1
        card.get_by_text("Show answer").click()
        assert card.get_by_role("listitem").all_inner_texts() == ["window", "stride"]


def test_right_and_wrong_are_said_in_words(handout: Open) -> None:
    with handout("kinds") as page:
        page.locator("#convolution .practice > summary").click()
        card = page.locator("[data-id=choice]")
        card.get_by_text("I have an answer").click()
        card.get_by_label("Multiplications").check()
        assert "✗ wrong every position is still computed" in card.aria_snapshot()


def test_focus_is_never_under_the_bars(handout: Open) -> None:
    with handout("kinds", viewport={"width": 1100, "height": 500}) as page:
        page.get_by_label("Show all answers").check()
        page.locator("#_main").focus()
        bar = page.locator(".bar").bounding_box()
        assert bar
        for key in ["Tab"] * 60 + ["Shift+Tab"] * 40:
            page.keyboard.press(key)
            top = page.evaluate("""() => {
              const here = document.activeElement;
              return here.closest('#_read') ? here.getBoundingClientRect().top : Infinity;
            }""")
            assert top >= bar["y"] + bar["height"] - 1


@pytest.mark.parametrize("mode", ["read", "quiz", "interview"])
def test_what_is_pressed_is_large_enough(handout: Open, mode: str) -> None:
    with handout("kinds", viewport={"width": 360, "height": 800}) as page:
        page.evaluate("(mode) => { location.hash = `#?mode=${mode}`; }", mode)
        page.wait_for_timeout(200)
        buttons = page.locator(":is(button, summary, select, .modes a):visible").all()
        assert buttons
        for button in buttons:
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24


def test_the_page_reflows_at_four_hundred_percent(handout: Open) -> None:
    with handout("flagship", viewport={"width": 320, "height": 256}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        # Nothing sticks where there is no room for it.
        assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "static"


def test_forced_colors_leave_masks_and_bands_visible(handout: Open) -> None:
    with handout("kinds", forced_colors="active") as page:
        page.locator("#convolution .practice > summary").click()
        mask = page.locator("[data-id=masks] .masked label").first
        assert mask.evaluate("(each) => getComputedStyle(each).backgroundColor") == "rgb(71, 85, 105)"
        gap = page.locator("[data-gap] > s").first
        assert gap.evaluate("(each) => getComputedStyle(each).borderBottomStyle") == "solid"


def test_nothing_moves_for_those_who_asked_for_rest(handout: Open) -> None:
    with handout("kinds", reduced_motion="reduce") as page:
        page.locator("#convolution > .show > summary").click()
        body = page.locator("#convolution .body")
        assert body.evaluate("(each) => getComputedStyle(each).animationName") == "none"


def test_the_first_tab_stop_leads_to_the_questions(handout: Open) -> None:
    with handout("kinds") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the questions"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "_main"


def test_what_scrolls_is_reachable_by_keyboard(handout: Open) -> None:
    with handout("flagship", viewport={"width": 360, "height": 800}) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.wait_for_timeout(100)
        boxes = page.locator("pre, .table").all()
        wide = [box for box in boxes if box.evaluate("(each) => each.scrollWidth > each.clientWidth")]
        assert wide
        assert [box.get_attribute("tabindex") for box in wide] == ["0"] * len(wide)
