"""The quiz: every kind from start to end, what is asked first, what counts as learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from deckbuild.model import Basic, Card
from deckbuild.plain import items
from support.browser import reload
from support.decks import (
    basic,
    choice,
    cloze,
    deck,
    followup,
    job,
    occlusion,
    picture,
    question,
    section,
    steps,
    typed,
)
from support.handouts import job_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    from deckbuild.targets.base import Job

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser
DAYS = ("2026-03-01T12:00:00", "2026-03-02T12:00:00", "2026-03-03T12:00:00")


def only(card: Card) -> Job:
    """A deck of one card."""
    made = deck(question("Why?", id="why", cards=[card]))
    return job(made, media=[picture("media/net.svg")])


def ways(made: Job) -> list[str]:
    """Everything that is asked of a deck; a card with a reverse is asked both ways."""
    return [
        f"{item.ref}{way}"
        for item in items(made.deck)
        for way in (("", "~") if isinstance(item.body, Card) and _is_reverse(item.body) else ("",))
    ]


def _is_reverse(card: Card) -> bool:
    return isinstance(card.body, Basic) and card.body.reverse


def start(page: Page, pick: str = "") -> None:
    page.get_by_role("link", name="Quiz", exact=True).click()
    if pick:
        page.locator(f"#_quiz [value={pick}]").check()
    page.get_by_role("button", name="Start the quiz").click()


def phase(page: Page) -> list[str]:
    """What the buttons at the bottom can do now, besides leaving and undoing."""
    buttons = page.locator("#_quiz .stage .actions button:visible").all()
    names = [button.get_attribute("data-do") or "" for button in buttons]
    return [name for name in names if name not in {"undo", "stop"}]


def finish(page: Page) -> None:
    """Answer whatever comes, until the summary."""
    for _ in range(400):
        match phase(page):
            case []:
                break
            case ["sure", "unsure"]:
                for option in page.locator("#_quiz .front .right input").all():
                    option.check()
                page.locator("#_quiz [data-do=sure]").click()
            case [*_, last]:
                page.locator(f"#_quiz [data-do={last}]").click()


@pytest.mark.parametrize("name", ["flagship", "markdown", "kinds", "rtl", "cjk"])
def test_a_quiz_goes_from_start_to_end(handout: Open, name: str) -> None:
    with handout(name) as page:
        start(page)
        finish(page)
        summary = page.locator("#_quiz .summary")
        expect(summary).to_be_visible()
        assert summary.locator(".review > li").count() == min(20, len(ways(job_of(name))))
        assert page.evaluate("document.activeElement.tagName") == "H2"


def test_every_kind_is_asked(handout: Open) -> None:
    with handout("kinds") as page:
        start(page, "all")
        asked = set()
        for _ in range(60):
            if not phase(page):
                break
            asked.add(page.locator("#_quiz [data-slot=kind]").inner_text())
            page.locator("#_quiz .stage [data-do]:visible").first.click()
            if page.locator("#_quiz .front fieldset").is_visible():
                page.locator("#_quiz .front fieldset input").first.check()
        kinds = {"question", "follow-up", "card", "fill the gaps", "choice", "steps", "type it", "picture"}
        assert asked == kinds


def test_how_sure_one_is_comes_before_the_answer(handout: Open) -> None:
    with handout(only(basic("Q?", "The answer"))) as page:
        start(page)
        assert phase(page) == ["sure", "unsure"]
        expect(page.locator("#_quiz").get_by_text("The answer")).to_be_hidden()
        page.keyboard.press("s")
        expect(page.locator("#_quiz").get_by_text("The answer")).to_be_visible()
        assert phase(page) == ["missed", "knew"]


def test_focus_moves_to_the_revealed_answer(handout: Open) -> None:
    with handout(only(basic("Q?", "The answer"))) as page:
        start(page)
        assert page.evaluate("document.activeElement.className") == "where"
        page.keyboard.press(" ")
        assert page.evaluate("document.activeElement.textContent") == "The answer"


def test_a_reverse_card_is_asked_both_ways(handout: Open) -> None:
    with handout(only(basic("Stride", "The step", reverse=True))) as page:
        start(page)
        fronts = []
        for _ in range(2):
            fronts.append(page.locator("#_quiz .front").inner_text())
            page.keyboard.press("s")
            page.keyboard.press("k")
        assert sorted(fronts) == ["Stride", "The step"]


def test_gaps_open_one_by_one_in_the_order_of_their_numbers(handout: Open) -> None:
    with handout(only(cloze("{{c2::second}} {{c1::first}} {{c2::again}}"))) as page:
        start(page)
        shown = page.locator("#_quiz .front b")
        assert [each.is_visible() for each in shown.all()] == [False, False, False]
        page.keyboard.press("s")
        assert [each.is_visible() for each in shown.all()] == [False, True, False]
        assert phase(page) == ["more"]
        page.keyboard.press(" ")
        assert [each.is_visible() for each in shown.all()] == [True, True, True]
        assert phase(page) == ["missed", "knew"]


def test_a_gap_that_is_clicked_opens_first(handout: Open) -> None:
    with handout(only(cloze("{{c1::first}} {{c2::second}} {{c3::third}}"))) as page:
        start(page)
        page.locator("#_quiz [data-gap='3']").click(force=True)
        expect(page.locator("#_quiz").get_by_text("third", exact=True)).to_be_hidden()
        page.keyboard.press("s")
        page.locator("#_quiz [data-gap='3']").click()
        shown = page.locator("#_quiz .front b")
        assert [each.is_visible() for each in shown.all()] == [True, False, True]
        page.keyboard.press(" ")
        assert phase(page) == ["missed", "knew"]


def test_steps_come_one_by_one(handout: Open) -> None:
    with handout(only(steps("In order", "One", "Two"))) as page:
        start(page)
        page.keyboard.press("u")
        listed = page.locator("#_quiz .revealed li:visible")
        assert listed.all_inner_texts() == ["One"]
        page.keyboard.press(" ")
        assert listed.all_inner_texts() == ["One", "Two"]


def test_masks_are_lifted_one_by_one_and_named(handout: Open) -> None:
    masks = {"left": (0.1, 0.1, 0.3, 0.3), "right": (0.6, 0.1, 0.3, 0.3)}
    with handout(only(occlusion("Where?", "media/net.svg", masks))) as page:
        start(page)
        page.keyboard.press("s")
        assert page.locator("#_quiz .revealed li:visible").all_inner_texts() == ["left"]
        assert page.locator("#_quiz .masked input:checked").count() == 1
        assert page.evaluate("document.activeElement.textContent") == "left"


def test_options_stay_hidden_until_there_is_an_answer(handout: Open) -> None:
    with handout(only(choice("Which?", {"=One": "It is one.", "Two": "It is two."}))) as page:
        start(page)
        expect(page.locator("#_quiz .front fieldset")).to_be_hidden()
        page.keyboard.press(" ")
        expect(page.locator("#_quiz .front fieldset")).to_be_visible()
        page.locator("#_quiz").get_by_label("Two").check()
        expect(page.locator("#_quiz").get_by_text("It is two.")).to_be_hidden()
        page.keyboard.press("s")
        expect(page.locator("#_quiz").get_by_text("It is two.")).to_be_visible()
        expect(page.locator("#_quiz").get_by_text("It is one.")).to_be_visible()
        assert page.locator("#_quiz .verdict").inner_text() == "Not right"
        assert phase(page) == ["next"]


def test_options_are_chosen_by_number(handout: Open) -> None:
    with handout(only(choice("Which?", {"=One": "", "Two": ""}, shuffle=False))) as page:
        start(page)
        page.keyboard.press(" ")
        page.keyboard.press("1")
        page.keyboard.press("s")
        assert page.locator("#_quiz .verdict").inner_text() == "Right"


def test_a_choice_without_a_choice_reveals_nothing(handout: Open) -> None:
    with handout(only(choice("Which?", {"=One": "", "Two": ""}))) as page:
        start(page)
        page.keyboard.press(" ")
        page.keyboard.press("s")
        assert phase(page) == ["sure", "unsure"]
        expect(page.get_by_text("Choose an option first.")).to_be_visible()


def test_all_right_options_are_needed_and_no_other(handout: Open) -> None:
    with handout(only(choice("Which?", {"=One": "", "=Two": "", "Three": ""}))) as page:
        start(page)
        page.keyboard.press(" ")
        page.locator("#_quiz").get_by_label("One").check()
        page.keyboard.press("s")
        assert page.locator("#_quiz .verdict").inner_text() == "Not right"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("Conv2D", "Right"),
        (" conv-2d ", "Right"),
        ("keras.layers.conv2d", "Right"),
        ("Conv3D", "Almost: compare the spelling."),
        ("Dense", "Not the same: compare."),
        ("", "Not the same: compare."),
    ],
)
def test_typed_answers_are_compared_leniently(handout: Open, answer: str, verdict: str) -> None:
    with handout(only(typed("Which layer?", "Conv2D", "keras.layers.Conv2D"))) as page:
        start(page)
        page.locator("#_quiz .front input").fill(answer)
        page.keyboard.press("Enter")
        assert page.locator("#_quiz .verdict").inner_text() == verdict
        assert phase(page) == (["next"] if verdict == "Right" else ["missed", "knew"])


@pytest.mark.parametrize(
    ("answer", "typed_in"), [("0.25", "0,25"), ("Café", "cafe"), ("إدخال", "ادخال"), ("カタカナ", "ｶﾀｶﾅ")]
)
def test_typed_answers_fold_what_keyboards_differ_in(handout: Open, answer: str, typed_in: str) -> None:
    with handout(only(typed("Which?", answer))) as page:
        start(page)
        page.locator("#_quiz .front input").fill(typed_in)
        page.keyboard.press("Enter")
        assert page.locator("#_quiz .verdict").inner_text() == "Right"


def test_letters_that_are_typed_are_no_keys(handout: Open) -> None:
    with handout(only(typed("Which?", "sunk"))) as page:
        start(page)
        page.locator("#_quiz .front input").press_sequentially("sunk z?")
        assert page.locator("#_quiz .front input").input_value() == "sunk z?"
        assert phase(page) == ["sure", "unsure"]


# What is learned --------------------------------------------------------------------------------


def answer_on(page: Page, day: str, *, right: bool) -> None:
    page.clock.set_fixed_time(day)
    reload(page)
    start(page, "all")
    page.keyboard.press("s")
    page.keyboard.press("k" if right else "n")
    if not right:
        page.locator("#_quiz [data-do=stop]").click()


def test_a_card_is_learned_when_right_on_three_days(handout: Open) -> None:
    with handout(only(basic("Q?", "A"))) as page:
        for day, left in zip(DAYS, ("0 of 1", "0 of 1", "1 of 1"), strict=True):
            answer_on(page, day, right=True)
            page.get_by_role("button", name="Back to the quiz").click()
            assert page.locator("#_quiz .progress td").inner_text() == left
        assert page.locator("#_quiz [data-slot=learned]").inner_text() == "1"


def test_right_twice_on_one_day_counts_once(handout: Open) -> None:
    with handout(only(basic("Q?", "A"))) as page:
        for _ in range(3):
            answer_on(page, DAYS[0], right=True)
        start(page, "all")
        assert page.locator("#_quiz [data-slot=circles]").text_content() == "●○○"


def test_a_miss_starts_a_card_again(handout: Open) -> None:
    with handout(only(basic("Q?", "A"))) as page:
        answer_on(page, DAYS[0], right=True)
        answer_on(page, DAYS[1], right=False)
        start(page, "all")
        assert page.locator("#_quiz [data-slot=circles]").text_content() == "○○○"


def test_a_missed_card_comes_again_and_does_not_count_that_day(handout: Open) -> None:
    with handout(only(basic("Q?", "A"))) as page:
        start(page)
        for key in ("s", "n", "s", "k"):
            page.keyboard.press(key)
        expect(page.locator("#_quiz .summary")).to_be_visible()
        page.get_by_role("button", name="Back to the quiz").click()
        start(page, "all")
        assert page.locator("#_quiz [data-slot=circles]").text_content() == "○○○"


def test_what_is_due_comes_before_what_is_new(handout: Open) -> None:
    made = job(deck(*(question(f"Question {n}?", id=f"q{n}", answer="A.") for n in range(4))))
    with handout(made) as page:
        page.clock.set_fixed_time(DAYS[0])
        reload(page)
        start(page)
        for key in ("s", "k"):
            page.keyboard.press(key)
        page.clock.set_fixed_time(DAYS[1])
        reload(page)
        start(page)
        assert page.locator("#_quiz .front").inner_text().startswith("Question 0?")


def test_sure_and_wrong_comes_first_the_next_day(handout: Open) -> None:
    made = job(deck(*(question(f"Question {n}?", id=f"q{n}", answer="A.") for n in range(3))))
    with handout(made) as page:
        page.clock.set_fixed_time(DAYS[0])
        reload(page)
        start(page)
        for keys in ("uk", "un", "sn"):
            for key in keys:
                page.keyboard.press(key)
        page.locator("#_quiz [data-do=stop]").click()
        groups = page.locator("#_quiz .summary h3").all_inner_texts()
        assert groups == ["Sure, and wrong: look here first", "Not yet", "Right"]
        page.clock.set_fixed_time(DAYS[1])
        reload(page)
        start(page)
        assert page.locator("#_quiz .front").inner_text().startswith("Question 2?")


def test_sections_are_mixed_and_musts_come_first(handout: Open) -> None:
    from deckbuild.model import Priority

    made = deck(
        section("One", *(question(f"A{n}?", answer="A.") for n in range(3))),
        section("Two", *(question(f"B{n}?", answer="A.", priority=Priority.MUST) for n in range(2))),
        section(
            "Three", *(question(f"C{n}?", answer="A.", followups=[followup("F?", "F")]) for n in range(1))
        ),
    )
    with handout(job(made)) as page:
        start(page)
        asked = []
        for _ in range(7):
            asked.append(page.locator("#_quiz .front").inner_text())
            page.keyboard.press("s")
            page.keyboard.press("k")
        assert asked == ["B0?", "B1?", "A0?", "C0?", "A1?", "A2?", "F?"]


def test_an_answer_can_be_undone(handout: Open) -> None:
    with handout(only(basic("Q?", "A"))) as page:
        start(page)
        for key in ("s", "n", "z"):
            page.keyboard.press(key)
        assert page.locator("#_quiz [data-slot=count]").inner_text() == "1 of 1"
        for key in ("s", "k"):
            page.keyboard.press(key)
        expect(page.get_by_text("1 of 1 right")).to_be_visible()


def test_what_was_missed_can_be_asked_alone(handout: Open) -> None:
    made = job(deck(*(question(f"Question {n}?", id=f"q{n}", answer="A.") for n in range(3))))
    with handout(made) as page:
        start(page)
        for key in ("s", "n", "s", "k", "s", "k"):
            page.keyboard.press(key)
        page.locator("#_quiz [data-do=stop]").click()
        page.get_by_role("button", name="Again: what I missed").click()
        assert page.locator("#_quiz [data-slot=count]").inner_text() == "1 of 1"
        page.locator("#_quiz [data-do=stop]").click()
        start(page, "missed")
        assert page.locator("#_quiz .front").inner_text().startswith("Question 0?")


def test_filters_choose_what_is_asked(handout: Open) -> None:
    with handout("flagship") as page:
        page.get_by_role("link", name="Quiz", exact=True).click()
        page.locator("#_filters > summary").click()
        page.locator("#_filters").get_by_label("5 Language").check()
        page.get_by_text("3 of 20 questions").wait_for()
        assert page.locator("#_quiz .progress tbody tr:visible").count() == 1
        page.get_by_role("button", name="Start the quiz").click()
        assert page.locator("#_quiz [data-slot=section]").inner_text() == "Language"
