"""What is remembered, where, and how it moves."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from support.browser import reload
from support.decks import deck, job, question

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

TWO = job(deck(question("First?", id="first", answer="A."), question("Second?", id="second", answer="B.")))
STORE = "deckbuild:tests/test"
SEEN = {"days": ["2026-01-01"], "seen": "2026-01-01"}


def quiz(page: Page) -> None:
    page.get_by_role("link", name="Quiz", exact=True).click()


def expect_new(page: Page, number: int) -> None:
    """Expect so many cards that were never seen."""
    from playwright.sync_api import expect

    expect(page.locator("#_quiz [data-slot=new]")).to_have_text(str(number))


def answer(page: Page, key: str = "k") -> None:
    page.get_by_role("button", name="Start the quiz").click()
    page.keyboard.press("s")
    page.keyboard.press(key)
    page.locator("#_quiz [data-do=stop]").click()
    page.get_by_role("button", name="Back to the quiz").click()


def stored(page: Page) -> dict[str, Any]:
    text = page.evaluate("(key) => localStorage.getItem(key)", STORE)
    return json.loads(text) if text else {}


def test_progress_is_kept_by_deck_and_card(handout: Open) -> None:
    with handout(TWO) as page:
        quiz(page)
        answer(page)
        assert list(stored(page)["cards"]) == ["first"]
        reload(page)
        expect_new(page, 1)


def test_another_deck_has_progress_of_its_own(handout: Open) -> None:
    with handout(TWO) as page:
        quiz(page)
        answer(page)
        assert page.evaluate("Object.keys(localStorage)") == [STORE]


def test_an_edit_of_the_text_keeps_the_progress(handout: Open, write: Callable[[Any], Path]) -> None:
    edited = deck(
        question("The first, reworded?", id="first", answer="A."), *TWO.deck.sections[0].questions[1:]
    )
    with handout(TWO) as page:
        quiz(page)
        answer(page)
        write(replace(TWO, deck=edited, ledger=job(edited).ledger))
        reload(page)
        assert page.get_by_text("The first, reworded?").first.text_content()
        expect_new(page, 1)


def test_progress_is_exported_and_imported(handout: Open, tmp_path: Path) -> None:
    with handout(TWO) as page:
        quiz(page)
        answer(page)
        page.get_by_text("My progress").click()
        with page.expect_download() as started:
            page.get_by_role("button", name="Export").click()
        file = tmp_path / "progress.json"
        started.value.save_as(file)
        assert started.value.suggested_filename == "deckbuild-tests-test-progress.json"
        page.evaluate("localStorage.clear()")
        reload(page)
        expect_new(page, 2)
        page.locator(".keep input[type=file]").set_input_files(file)
        page.get_by_text("Progress imported").wait_for()
        expect_new(page, 1)


def test_of_a_card_in_both_the_later_one_stays(handout: Open, tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    later = {"days": ["2026-01-01", "2026-01-02"], "seen": "2026-01-02"}
    cards = {"first": later, "second": SEEN}
    file.write_text(json.dumps({"deckbuild": 1, "deck": STORE, "cards": cards}))
    with handout(TWO) as page:
        quiz(page)
        own = {"cards": {"first": SEEN, "second": later}}
        page.evaluate("([key, own]) => localStorage.setItem(key, JSON.stringify(own))", [STORE, own])
        page.locator(".keep input[type=file]").set_input_files(file)
        page.get_by_text("Progress imported").wait_for()
        assert stored(page)["cards"] == {"first": later, "second": later}


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "null",
        "[]",
        '{"deckbuild": 1, "deck": "deckbuild:tests/other", "cards": {}}',
        '{"deckbuild": 1, "deck": "deckbuild:tests/test", "cards": null}',
        '{"deckbuild": 1, "deck": "deckbuild:tests/test", "cards": {"first": {"days": ["<b>"], "seen": 1}}}',
    ],
)
def test_what_is_no_progress_of_this_deck_is_refused(handout: Open, tmp_path: Path, text: str) -> None:
    file = tmp_path / "progress.json"
    file.write_text(text)
    with handout(TWO) as page:
        quiz(page)
        page.locator(".keep input[type=file]").set_input_files(file)
        page.get_by_text("That is no progress of this deck.").wait_for()
        assert stored(page) == {}


def test_a_reset_asks_first(handout: Open) -> None:
    with handout(TWO) as page:
        quiz(page)
        answer(page)
        page.get_by_text("My progress").click()
        page.get_by_role("button", name="Reset").click()
        expect_new(page, 1)
        page.get_by_role("button", name="Really forget everything?").click()
        expect_new(page, 2)
        expect(page.get_by_role("button", name="Reset")).to_be_visible()


def test_the_page_says_that_nothing_leaves_the_device(handout: Open) -> None:
    with handout(TWO) as page:
        quiz(page)
        page.get_by_text("My progress").click()
        expect(page.locator(".kept").get_by_text("Nothing leaves your device.")).to_be_visible()


def test_storage_that_throws_holds_for_this_visit(handout: Open) -> None:
    with handout(TWO) as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } });"
        )
        reload(page)
        quiz(page)
        page.get_by_text("My progress").click()
        expect(page.get_by_text("progress holds for this visit")).to_be_visible()
        answer(page)
        expect_new(page, 1)


def test_storage_that_is_full_holds_for_this_visit(handout: Open) -> None:
    with handout(TWO) as page:
        page.evaluate("Storage.prototype.setItem = () => { throw new Error('full'); }, 0")
        quiz(page)
        answer(page)
        expect_new(page, 1)
        assert page.locator(".unkept").evaluate("(each) => each.hidden") is False


@pytest.mark.parametrize("text", ["", "no JSON", "5", "null"])
def test_storage_with_rubbish_in_it_starts_afresh(handout: Open, text: str) -> None:
    with handout(TWO) as page:
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [STORE, text])
        reload(page)
        quiz(page)
        expect_new(page, 2)
