"""On paper: everything open, light, or a section, or all of it packed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from support.decks import basic, choice, cloze, deck, followup, job, question, section

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

PAPER = job(
    deck(
        section(
            "Basics",
            question(
                "Why?",
                id="why",
                answer="The answer.",
                points=["A point"],
                details="The details.",
                hint="The hint.",
                followups=[followup("How so?", "Like so.")],
                cards=[
                    basic("Front?", "The back."),
                    cloze("Some {{hidden}} word."),
                    choice("Which?", {"=One": "It is the first.", "Two": ""}),
                ],
            ),
        ),
        section("Further", question("What else?", id="else", answer="More of it.")),
    )
)


def pages(page: Page) -> list[str]:
    import pdfplumber

    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        return [each.extract_text() for each in document.pages]


@pytest.mark.parametrize("script", [True, False])
def test_everything_closed_is_printed_open(handout: Open, script: bool) -> None:
    with handout(PAPER, java_script_enabled=script) as page:
        text = " ".join(pages(page))
    for part in (
        *("Why?", "The answer.", "A point", "The details.", "The hint.", "Like so."),
        *("The back.", "hidden", "It is the first.", "More of it."),
    ):
        assert part in text
    for screen_only in ("Show answer", "Show all answers", "Settings", "need scripts"):
        assert screen_only not in text


def test_sections_follow_one_another_without_half_empty_pages(handout: Open) -> None:
    with handout(PAPER) as page:
        (only,) = pages(page)
    assert only.index("1 Basics") < only.index("2 Further")


@pytest.mark.parametrize("lines", range(30, 60, 3))
def test_no_heading_stands_alone_at_the_end_of_a_page(handout: Open, lines: int) -> None:
    filler = question("First?", id="first", answer="\n\n".join(f"Line {n}." for n in range(lines)))
    long_prompt = "What would you say if the prompt of a question took more than a single line of the page?"
    last = question(long_prompt, id="last", answer="Last answer.", roles=("role",), hint="Some hint.")
    with handout(job(deck(section("One", filler), section("Two", last)))) as page:
        found = pages(page)
    (with_band,) = (text for text in found if "2 Two" in text)
    assert "Some hint." in with_band
    assert "single line of the page?" in " ".join(with_band.split())


def test_ticks_are_not_counted_on_paper(handout: Open) -> None:
    with handout(PAPER) as page:
        assert "Said" not in "".join(pages(page))


def test_a_night_page_prints_light(handout: Open) -> None:
    with handout(PAPER, color_scheme="dark") as page:
        page.evaluate("document.documentElement.dataset.theme = 'night'")
        page.emulate_media(media="print", color_scheme="dark")
        assert (
            page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            == "rgb(255, 255, 255)"
        )
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def printed(page: Page, section: str = "", *, dense: bool = False) -> list[str]:
    """Print by the page's own dialog, and return what is on paper."""
    page.evaluate("window.print = () => document.body.classList.add('printed'), 0")
    page.get_by_role("button", name="Print …").click()
    if section:
        page.locator("#_what").select_option(label=section)
    if dense:
        page.locator("#_dense").check()
    page.locator("#_print button[value=print]").click()
    page.locator("body.printed").wait_for()
    return pages(page)


def test_one_section_can_be_printed_alone(handout: Open) -> None:
    with handout(PAPER) as page:
        (only,) = printed(page, "2 Further")
        assert "More of it." in only
        assert "The answer." not in only
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert "The answer." in pages(page)[0]


def test_dense_print_packs_answers_and_points(handout: Open) -> None:
    with handout("flagship") as page:
        airy, dense = pages(page), printed(page, dense=True)
        assert len(dense) <= len(airy) / 4
        text = " ".join(dense)
        assert "Follow-ups" not in text
        assert "saturate" in text


def test_nothing_is_printed_if_the_dialog_is_left(handout: Open) -> None:
    with handout(PAPER) as page:
        page.evaluate("window.print = () => { window.printed = true; }, 0")
        page.get_by_role("button", name="Print …").click()
        page.keyboard.press("Escape")
        assert page.evaluate("window.printed") is None


def test_an_engine_without_the_style_opens_answers_by_script(handout: Open) -> None:
    with handout(PAPER) as page:
        page.evaluate("CSS.supports = () => false, 0")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#why .show").evaluate("(each) => each.open") is True
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("#why .show").evaluate("(each) => each.open") is False


def test_the_summary_of_an_interview_is_printed_alone(handout: Open) -> None:
    with handout(job(deck(PAPER.deck.sections[0]))) as page:
        page.get_by_role("link", name="Interview", exact=True).click()
        page.locator("#_interview [type=submit]").click()
        page.locator("#_interview [data-do=answered]").click()
        page.locator("#_interview .rubric input").first.check()
        page.locator("#_interview [data-do=stop]").click()
        text = " ".join(pages(page))
        assert "Summary" in text
        assert "1 of 1 points" in text
        assert "The details." not in text
