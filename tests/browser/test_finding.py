"""Search and filters: what is found, what is marked, what the address says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from deckbuild.model import Difficulty
from support.browser import reload
from support.decks import basic, deck, job, question, section

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

BANK = job(
    deck(
        section(
            "Basics",
            question("Naïve Bayes?", id="bayes", answer="Counts words.", tags=("probability",)),
            question("Kernels?", id="kernels", answer="Inner products.", difficulty=Difficulty.HARD),
        ),
        section(
            "Languages",
            question("カタカナ?", id="kana", answer="Script.", roles=("writer",)),
            question("إجابة؟", id="arabic", answer="Script.", cards=[basic("Deep inside?", "Treasure")]),
            question("١٢ and Straße?", id="digits", answer="Script.", difficulty=Difficulty.EASY),
        ),
    )
)


def shown(page: Page) -> list[str]:
    page.wait_for_timeout(300)
    return [each.get_attribute("id") or "" for each in page.locator(".question:visible").all()]


def find(page: Page, text: str) -> list[str]:
    page.locator("#_find").fill(text)
    return shown(page)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("naive", ["bayes"]),
        ("NAÏVE bayes", ["bayes"]),
        ("words", ["bayes"]),
        ("probability", ["bayes"]),
        ("treasure", ["arabic"]),
        ("ｶﾀｶﾅ", ["kana"]),
        ("اجابة", ["arabic"]),
        ("إِجَابَه", ["arabic"]),
        ("12 strasse", ["digits"]),
        ("script", ["kana", "arabic", "digits"]),
        ("counts inner", []),
        ("", ["bayes", "kernels", "kana", "arabic", "digits"]),
    ],
)
def test_search_looks_into_prompts_answers_cards_and_tags(
    handout: Open, typed: str, found: list[str]
) -> None:
    with handout(BANK) as page:
        assert find(page, typed) == found


def test_the_number_of_questions_found_is_said(handout: Open) -> None:
    with handout(BANK) as page:
        find(page, "script")
        expect(page.get_by_role("status").filter(has_text="3 of 5 questions")).to_be_visible()
        find(page, "kernels")
        assert page.locator("#_found").inner_text() == "1 of 5 questions"


def test_sections_and_contents_follow_the_search(handout: Open) -> None:
    with handout(BANK) as page:
        find(page, "kernels")
        assert page.locator(".section:visible h2").all_inner_texts() == ["1Basics"]
        assert page.locator(".contents a:visible").all_inner_texts() == ["1\nBasics", "1.2\nKernels?"]


def test_what_was_found_is_marked(handout: Open) -> None:
    with handout(BANK) as page:
        find(page, "naive")
        assert page.evaluate("[...CSS.highlights.get('found')].map(String)") == ["Naïve"]


def test_nothing_found_says_so_and_is_undone(handout: Open) -> None:
    with handout(BANK) as page:
        find(page, "nowhere")
        expect(page.get_by_text("No question fits.")).to_be_visible()
        page.locator(".nothing .clear").click()
        assert len(shown(page)) == 5


def test_boxes_of_one_kind_mean_or_of_two_kinds_and(handout: Open) -> None:
    with handout(BANK) as page:
        page.locator("#_filters > summary").click()
        filters = page.locator("#_filters")
        filters.get_by_label("hard").check()
        assert shown(page) == ["kernels"]
        filters.get_by_label("easy").check()
        assert shown(page) == ["kernels", "digits"]
        filters.get_by_label("2 Languages").check()
        assert shown(page) == ["digits"]


def test_only_what_differs_can_be_filtered_by(handout: Open) -> None:
    with handout(BANK) as page:
        page.locator("#_filters > summary").click()
        assert page.locator("#_filters legend:visible").all_inner_texts() == [
            "Section",
            "Difficulty",
            "Priority",
        ]


def test_a_tag_is_offered_once_wherever_it_stands(handout: Open) -> None:
    tags = [("first", ("gpu", "vision")), ("last", ("vision", "gpu")), ("alone", ("gpu",))]
    bank = job(deck(section("Tags", *(question(f"{id_}?", id=id_, tags=own) for id_, own in tags))))
    with handout(bank) as page:
        page.locator("#_filters > summary").click()
        offered = page.locator("[data-facet=tag]")
        assert offered.locator("label").all_inner_texts() == ["gpu", "vision"]
        offered.get_by_label("vision").check()
        assert shown(page) == ["first", "last"]


def test_the_address_holds_search_and_filters(handout: Open) -> None:
    with handout(BANK) as page:
        page.locator("#_filters > summary").click()
        page.locator("#_filters").get_by_label("2 Languages").check()
        find(page, "script")
        page.wait_for_timeout(200)
        assert page.evaluate("location.hash") == "#?section=_s2&find=script"
        reload(page)
        assert shown(page) == ["kana", "arabic", "digits"]
        assert page.locator("#_find").input_value() == "script"
        assert page.locator("#_filters").get_by_label("2 Languages").is_checked()


def test_an_address_that_makes_no_sense_shows_everything(handout: Open) -> None:
    with handout(BANK) as page:
        for address in ("#?mode=nowhere", "#nowhere", "#%", "#?%E0%A4%A"):
            page.evaluate("(hash) => { location.hash = hash; }", address)
            assert len(shown(page)) == 5


def test_going_back_leads_to_the_mode_before(handout: Open) -> None:
    with handout(BANK) as page:
        page.get_by_role("link", name="Quiz", exact=True).click()
        expect(page.locator("#_quiz")).to_be_visible()
        page.go_back()
        expect(page.locator("#_read")).to_be_visible()
        expect(page.locator("#_quiz")).to_be_hidden()
