"""The interview: the question alone, the clock, the rubric, what follows, the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from deckbuild.model import Difficulty, Priority
from support.browser import reload
from support.decks import deck, followup, job, question, section

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

ONE = job(
    deck(
        question(
            "Why is it so?",
            id="why",
            answer="Because.",
            points=["!First point with $x^2$", "Second point"],
            hint="Think of it.",
            minutes=2,
            followups=[followup("And how?", "So.")],
        )
    )
)
MANY = job(deck(section("All", *(question(f"Question {n}?", id=f"q{n}", points=["P"]) for n in range(12)))))


def start(page: Page, *options: str) -> None:
    page.get_by_role("link", name="Interview", exact=True).click()
    for option in options:
        page.locator("#_interview").get_by_label(option).check()
    page.locator("#_interview [type=submit]").click()


def press(page: Page, action: str) -> None:
    page.locator(f"#_interview [data-do={action}]").click()


def offered(page: Page, action: str) -> bool:
    return page.locator(f"#_interview [data-do={action}]").is_visible()


@pytest.mark.parametrize("name", ["flagship", "markdown", "kinds", "rtl", "cjk"])
def test_an_interview_goes_from_start_to_end(handout: Open, name: str) -> None:
    with handout(name) as page:
        start(page)
        asked = 0
        while page.locator("#_interview .stage").is_visible():
            asked += 1
            expect(page.locator("#_interview .rubric")).to_be_hidden()
            press(page, "answered")
            boxes = page.locator("#_interview .rubric input")
            if boxes.count():
                boxes.first.check()
            press(page, "next")
        assert page.locator("#_interview .summary .review > li").count() == asked
        assert asked == {"flagship": 5, "markdown": 5, "kinds": 3, "rtl": 1, "cjk": 1}[name]


def test_one_press_starts_what_the_project_says(handout: Open) -> None:
    with handout("flagship") as page:
        page.get_by_role("link", name="Interview", exact=True).click()
        expect(page.get_by_role("button", name="Start: 5 questions in 15 minutes")).to_be_visible()


def test_the_question_stands_alone_until_it_is_answered(handout: Open) -> None:
    with handout(ONE) as page:
        start(page)
        stage = page.locator("#_interview")
        expect(stage.get_by_text("Why is it so?")).to_be_visible()
        expect(stage.get_by_text("Because.")).to_be_hidden()
        press(page, "answered")
        expect(stage.get_by_text("Because.")).to_be_visible()
        assert page.evaluate("document.activeElement.className") == "revealed"


def test_a_full_rubric_brings_a_follow_up(handout: Open) -> None:
    with handout(ONE) as page:
        start(page)
        press(page, "answered")
        page.locator("#_interview .rubric input").first.check()
        assert not offered(page, "followup")
        page.locator("#_interview .rubric input").last.check()
        press(page, "followup")
        asked = page.locator("#_interview .followup")
        expect(asked.get_by_text("And how?")).to_be_visible()
        expect(asked.get_by_text("So.")).to_be_hidden()
        asked.get_by_text("Show answer").click()
        expect(asked.get_by_text("So.")).to_be_visible()


def test_an_empty_rubric_brings_the_hint_and_another_try(handout: Open) -> None:
    with handout(ONE) as page:
        start(page)
        press(page, "answered")
        press(page, "next")
        assert page.locator("#_interview .hint-given").inner_text() == "Hint: Think of it."
        press(page, "retry")
        expect(page.locator("#_interview .rubric")).to_be_hidden()
        expect(page.locator("#_interview .hint-given")).to_be_visible()
        press(page, "answered")
        press(page, "next")
        expect(page.locator("#_interview .summary")).to_be_visible()


def test_the_hint_can_be_asked_for(handout: Open) -> None:
    with handout(ONE) as page:
        start(page)
        page.keyboard.press("h")
        expect(page.locator("#_interview .hint-given")).to_be_visible()
        assert not offered(page, "hint")


def test_the_interviewer_sees_everything_at_once(handout: Open) -> None:
    with handout(ONE) as page:
        start(page, "I am the interviewer")
        expect(page.locator("#_interview .rubric")).to_be_visible()
        expect(page.locator("#_interview .hint-given")).to_be_visible()
        for box in page.locator("#_interview .rubric input").all():
            box.check()
        assert offered(page, "followup")


def test_the_summary_lists_what_to_review_weakest_first(handout: Open) -> None:
    made = job(deck(*(question(f"Q{n}?", id=f"q{n}", points=["!Must", "Plain"]) for n in range(2))))
    with handout(made) as page:
        start(page)
        for ticks in (2, 1):
            press(page, "answered")
            for box in page.locator("#_interview .rubric input").all()[-ticks:]:
                box.check()
            press(page, "next")
        listed = page.locator("#_interview .review > li").all_inner_texts()
        assert "1 of 2 points" in listed[0]
        assert "Must must" in listed[0]
        assert "2 of 2 points" in listed[1]
        assert page.locator("#_interview [data-slot=score]").inner_text().endswith("3 of 4 points said")


def test_the_summary_is_copied_as_markdown(handout: Open) -> None:
    with handout(ONE, permissions=["clipboard-read", "clipboard-write"]) as page:
        start(page)
        press(page, "answered")
        page.locator("#_interview .rubric input").first.check()
        press(page, "next")
        press(page, "copy")
        page.get_by_text("Copied").wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
        assert text.startswith("# Test\n\n1 question in ")
        assert "\n## 1 Why is it so?\n\n1 of 2 points, 0:0" in text
        assert text.endswith("\n- [x] First point with $x^2$ (must)\n- [ ] Second point\n")


def test_where_copying_is_refused_the_text_is_there_to_be_selected(handout: Open) -> None:
    with handout(ONE) as page:
        page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
        start(page)
        press(page, "answered")
        page.locator("#_interview .rubric input").first.check()
        press(page, "next")
        press(page, "copy")
        assert page.locator("#_interview .copy").input_value().startswith("# Test")


# What is asked ----------------------------------------------------------------------------------


def asked(page: Page) -> list[str]:
    """Run an interview and return its questions."""
    start(page)
    texts = []
    while page.locator("#_interview .stage").is_visible():
        texts.append(page.locator("#_interview .asked").inner_text())
        press(page, "answered")
        page.locator("#_interview .rubric input").first.check()
        press(page, "next")
    return texts


def test_nothing_from_last_time_is_asked_while_there_is_other(handout: Open) -> None:
    with handout(MANY) as page:
        first, second = asked(page), asked(page)
        assert len(first) == len(second) == 5
        assert not set(first) & set(second)


def test_what_must_be_known_is_asked_first(handout: Open) -> None:
    extra = [question(f"Extra {n}?", points=["P"], priority=Priority.EXTRA) for n in range(9)]
    must = [question(f"Must {n}?", points=["P"], priority=Priority.MUST) for n in range(3)]
    with handout(job(deck(*extra, *must))) as page:
        assert {text.split()[0] for text in asked(page)[:3]} == {"Must"}


def test_what_was_weak_is_asked_before_what_went_well(handout: Open) -> None:
    made = job(deck(*(question(f"Q{n}?", id=f"q{n}", points=["A", "B"]) for n in range(4))))
    with handout(made) as page:
        store = {"cards": {}, "last": ["q3"], "said": {"q0": 1, "q1": 0.5, "q2": 1, "q3": 0.5}}
        page.evaluate("(store) => localStorage.setItem('deckbuild:tests/test', JSON.stringify(store))", store)
        assert asked(page)[0] == "Q1?"


def test_filters_and_number_choose_the_questions(handout: Open) -> None:
    made = [question(f"Easy {n}?", points=["P"], difficulty=Difficulty.EASY) for n in range(3)]
    made += [question(f"Hard {n}?", points=["P"], difficulty=Difficulty.HARD) for n in range(3)]
    with handout(job(deck(*made))) as page:
        page.get_by_role("link", name="Interview", exact=True).click()
        page.locator("#_filters > summary").click()
        page.locator("#_filters").get_by_label("hard").check()
        page.get_by_text("3 of 6 questions").wait_for()
        page.get_by_role("spinbutton", name="Questions").fill("2")
        page.get_by_role("spinbutton", name="Minutes").fill("4")
        expect(page.get_by_role("button", name="Start: 2 questions in 4 minutes")).to_be_visible()
        texts = asked(page)
        assert len(texts) == 2
        assert {text.split()[0] for text in texts} == {"Hard"}


# The clock --------------------------------------------------------------------------------------


@pytest.fixture
def timed(handout: Open) -> AbstractContextManager[Page]:
    return handout(MANY)


def clock(page: Page) -> str:
    return page.locator("#_interview .clock").inner_text()


def test_the_clock_runs_is_paused_and_goes_on(timed: AbstractContextManager[Page]) -> None:
    with timed as page:
        page.clock.install()
        start(page)
        page.clock.run_for(60_000)
        assert clock(page) == "14:00"
        page.get_by_role("button", name="Pause").click()
        assert page.get_by_role("button", name="Pause").get_attribute("aria-pressed") == "true"
        page.clock.run_for(60_000)
        assert clock(page) == "14:00"
        page.get_by_role("button", name="Pause").click()
        page.clock.run_for(30_000)
        assert clock(page) == "13:30"


def test_the_clock_can_be_extended_and_put_off(timed: AbstractContextManager[Page]) -> None:
    with timed as page:
        page.clock.install()
        start(page)
        page.clock.run_for(60_000)
        page.get_by_role("button", name="2 more minutes").click()
        assert clock(page) == "16:00"
        page.get_by_role("button", name="No clock").click()
        expect(page.locator("#_interview .timer")).to_be_hidden()
        expect(page.locator("#_interview .asked")).to_be_visible()


def test_there_can_be_no_clock_at_all(timed: AbstractContextManager[Page]) -> None:
    with timed as page:
        start(page, "No clock")
        expect(page.locator("#_interview .timer")).to_be_hidden()


def test_the_clock_speaks_at_half_time_and_for_the_last_minute_only(
    timed: AbstractContextManager[Page],
) -> None:
    with timed as page:
        page.clock.install()
        start(page)
        page.evaluate("document.querySelector('#_said').textContent = ''")
        said: list[tuple[str, str]] = []
        for _ in range(32):
            page.clock.run_for(30_000)
            text = page.locator("#_said").text_content() or ""
            if text and (not said or said[-1][1] != text):
                said.append((clock(page), text))
        assert said == [("7:30", "Half-time: 7:30 left"), ("1:00", "The last minute")]
        assert page.locator("#_interview .clock").get_attribute("aria-live") == "off"


def test_time_that_is_over_ends_nothing(timed: AbstractContextManager[Page]) -> None:
    with timed as page:
        page.clock.install()
        start(page)
        page.clock.run_for(16 * 60_000)
        assert clock(page) == "−1:00"
        expect(page.locator("#_interview .asked")).to_be_visible()


# Voice ------------------------------------------------------------------------------------------

VOICES = """
window.spoken = [];
const local = { lang: 'en-US', localService: true, name: 'local' };
const remote = { lang: 'en-US', localService: false, name: 'remote' };
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => window.voices ?? [remote, local],
  speak: ({ text, voice }) => spoken.push([text, voice?.name]),
  cancel() {}, addEventListener() {},
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_questions_are_read_aloud_by_a_voice_of_the_device(handout: Open) -> None:
    with handout(ONE) as page:
        page.add_init_script(VOICES)
        reload(page)
        start(page, "Read the questions aloud")
        assert page.evaluate("spoken") == [["Why is it so?", "local"]]


def test_without_a_voice_of_the_device_reading_aloud_is_not_offered(handout: Open) -> None:
    with handout(ONE) as page:
        page.add_init_script(VOICES + "window.voices = [remote];")
        reload(page)
        page.get_by_role("link", name="Interview", exact=True).click()
        expect(page.get_by_label("Read the questions aloud")).to_be_hidden()


def test_an_answer_is_recorded_and_played_beside_the_rubric(handout: Open) -> None:
    with handout(ONE, permissions=["microphone"]) as page:
        start(page, "Record my answers")
        page.get_by_text("Recording …").wait_for()
        page.wait_for_timeout(300)
        press(page, "answered")
        player = page.locator("#_interview audio")
        player.wait_for()
        assert (player.get_attribute("src") or "").startswith("blob:")
        page.wait_for_function("document.querySelector('audio').readyState >= 1")


def test_a_refused_microphone_does_not_stop_the_interview(handout: Open) -> None:
    with handout(ONE) as page:
        page.evaluate("void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()))")
        start(page, "Record my answers")
        page.get_by_text("No microphone").wait_for()
        expect(page.locator("#_interview .asked")).to_be_visible()
        expect(page.get_by_text("Recording …")).to_be_hidden()


def test_two_people_are_not_recorded(handout: Open) -> None:
    with handout(ONE, permissions=["microphone"]) as page:
        start(page, "Record my answers", "I am the interviewer")
        expect(page.locator("#_interview .rubric")).to_be_visible()
        expect(page.get_by_text("Recording …")).to_be_hidden()
