from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from deckbuild.targets.anki import render
from deckbuild.targets.base import AnkiFile
from deckbuild.writers.apkg import write_apkg
from support.decks import choice, deck, job, occlusion, picture, question, services, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from deckbuild.model import Question
    from support.learner import Learner

pytestmark = [pytest.mark.anki, pytest.mark.browser]

Sides = tuple[str, str]
"""The pages of front and back."""

ADDRESS = "https://card.invalid/"
OPTIONS = {"=Sigmoid": "Independent.", "Softmax": "", "Linear": "", "Tanh": ""}


@pytest.fixture
def sides(learner: Learner) -> Callable[[Question], Sides]:
    """Return front and back of the only card of a question, as Anki renders them."""

    def make(whole: Question, given: str = "") -> Sides:
        (artifact,), _ = render(job(deck(whole), media=[picture("a.svg")]), services())
        assert isinstance(artifact, AnkiFile)
        learner.import_package(write_apkg(artifact.package))
        note = learner.note(artifact.package.notes[0].guid)
        shown = learner.cards(note)[0].render_output()
        entry = "[[type:Answer]]"
        compared = learner.col.compare_answer(note["Answer"], given) if entry in shown.question_text else ""
        page = '<!doctype html><style>{}</style><body class="card">{}'.format
        front = shown.question_text.replace(entry, "<input id=typeans>")
        return page(shown.css, front), page(shown.css, shown.answer_text.replace(entry, compared))

    return make


def load(page: Page, html: str) -> None:
    """Load a page at the address that all cards have."""
    page.unroute_all()
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(ADDRESS)


def turn(page: Page, html: str) -> None:
    """Show another side in the page that is there, as the desktop does: scripts run anew."""
    page.evaluate(
        """html => {
            document.body.innerHTML = html.slice(html.indexOf("<body"));
            for (const old of document.querySelectorAll("script")) {
                const script = document.createElement("script");
                script.textContent = old.textContent;
                old.replaceWith(script);
            }
        }""",
        html,
    )


def options(page: Page) -> list[str]:
    return page.locator(".option label").all_inner_texts()


def ticked(page: Page) -> list[str]:
    return page.locator(".option:has(:checked) label").all_inner_texts()


def read_aloud(page: Page) -> str:
    """Return what a screen reader says, the words of the style sheet too."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    texts = (node["name"]["value"] for node in tree["nodes"] if node["role"]["value"] == "StaticText")
    return " ".join(" ".join(texts).split())


# Choice -----------------------------------------------------------------------------------------


def one_choice(*, shuffle: bool = True) -> Question:
    return question("Why?", cards=[choice("Which?", OPTIONS, shuffle=shuffle)])


def test_options_stand_in_one_order_a_day_and_in_another_on_other_days(
    browser: Browser, sides: Callable[[Question], Sides]
) -> None:
    front, back = sides(one_choice())
    page = browser.new_page()
    orders = set()
    for day in range(1, 9):
        page.clock.set_fixed_time(f"2026-11-0{day}T10:00:00")
        page.set_content(front)
        before = options(page)
        page.set_content(back)
        assert options(page) == before
        orders.add(tuple(before))
    assert len(orders) > 2
    page.close()


def test_options_stand_as_written_if_their_order_matters(
    browser: Browser, sides: Callable[[Question], Sides]
) -> None:
    page = browser.new_page()
    page.set_content(sides(one_choice(shuffle=False))[0])
    assert options(page) == ["Sigmoid", "Softmax", "Linear", "Tanh"]
    page.close()


def test_ticks_are_kept_where_one_page_shows_both_sides(
    browser: Browser, sides: Callable[[Question], Sides]
) -> None:
    front, back = sides(one_choice())
    page = browser.new_page()
    page.set_content("<body>")
    turn(page, front)
    page.get_by_label("Linear").check()
    turn(page, back)
    assert ticked(page) == ["Linear"]
    turn(page, front)
    turn(page, back)
    assert ticked(page) == []
    page.close()


def test_ticks_are_kept_where_each_side_is_a_page_of_its_own(
    browser: Browser, sides: Callable[[Question], Sides]
) -> None:
    front, back = sides(one_choice())
    page = browser.new_page()
    load(page, front)
    page.get_by_label("Linear").check()
    load(page, back)
    assert ticked(page) == ["Linear"]
    page.close()


def test_the_back_is_whole_where_nothing_can_be_kept(
    browser: Browser, sides: Callable[[Question], Sides]
) -> None:
    front, back = sides(one_choice())
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(problem.message))
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error(); }});")
    load(page, front)
    page.get_by_label("Linear").check()
    load(page, back)
    assert (ticked(page), problems) == ([], [])
    expect(page.locator(".option.right .why")).to_be_visible()
    page.close()


def test_a_choice_works_without_scripts(browser: Browser, sides: Callable[[Question], Sides]) -> None:
    front, back = sides(one_choice())
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.set_content(front)
        page.get_by_label("Tanh").check()
        assert page.locator(".why").is_hidden()
        before = options(page)
        page.set_content(back)
        assert options(page) == before
        expect(page.locator(".why")).to_be_visible()


# Typed answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "match"),
    [("keras.Sequential", True), (" KERAS.sequential", True), ("sequential", True), ("Functional", False)],
)
def test_another_answer_that_counts_is_accepted(
    given: str, match: bool, browser: Browser, sides: Callable[[Question, str], Sides]
) -> None:
    one = question("Why?", cards=[typed("Which?", "Sequential", "keras.Sequential")])
    page = browser.new_page()
    page.set_content(sides(one, given)[1])
    assert (page.locator("code.match").count() == 1) is match
    assert page.locator(".accepted li").all_inner_texts() == ["Sequential", "keras.Sequential"]
    page.close()


# Pictures with masks ----------------------------------------------------------------------------


def test_a_client_that_cannot_draw_masks_asks_in_words(
    browser: Browser, sides: Callable[[Question], Sides]
) -> None:
    masks = {"conv": (0.1, 0.1, 0.2, 0.2), "pool": (0.5, 0.1, 0.2, 0.2)}
    front, back = sides(question("Why?", cards=[occlusion("Where?", "a.svg", masks)]))
    page = browser.new_page()
    page.set_content(front)
    assert page.locator("img").is_hidden()
    assert page.locator(".twin").inner_text() == "[...] · pool"
    page.set_content(back)
    expect(page.locator("img")).to_be_visible()
    assert page.locator(".answer").inner_text() == "conv"
    page.close()


# The rubric -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ((), "0 of 5 said"),
        ((2,), "1 of 5 said → Again"),
        ((0, 2, 3, 4), "4 of 5 said → Again"),
        ((0, 1), "2 of 5 said → Hard"),
        ((0, 1, 4), "3 of 5 said → Good"),
        ((0, 1, 2, 3), "4 of 5 said → Good"),
        ((0, 1, 2, 3, 4), "5 of 5 said → Easy"),
    ],
)
def test_ticks_are_counted_and_suggest_a_grade_without_scripts(
    said: tuple[int, ...], spoken: str, browser: Browser, sides: Callable[[Question], Sides]
) -> None:
    _, back = sides(question("Why?", answer="So.", points=["!a", "!b", "c", "d", "e"]))
    page = browser.new_page()
    page.set_content(back)
    for number in said:
        page.locator(".points input").nth(number).check()
    assert read_aloud(page).endswith(f" {spoken}")
    page.close()
