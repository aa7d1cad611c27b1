"""Printed quizzes and their keys: what stands on which page, and what must not."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pikepdf
import pytest

from deckbuild.config import Blueprint, Options, PrintOptions, QuizOptions
from deckbuild.diagnostic import Code, Severity
from deckbuild.model import Card, Choice, Difficulty, Direction
from deckbuild.plain import items
from deckbuild.targets.quiz import render
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
from support.prints import ReadPage, printed, read_pages, rendered

if TYPE_CHECKING:
    from pathlib import Path

    from deckbuild.config import PaperName
    from deckbuild.diagnostic import Diagnostic
    from deckbuild.model import Deck

pytestmark = pytest.mark.pdf
PICTURE = picture("media/net.svg", 360, 240)


def make(
    content: Deck, *, large: bool = False, **options: object
) -> tuple[dict[str, tuple[ReadPage, ...]], tuple[Diagnostic, ...]]:
    """Return the pages of every edition by its name, and what was said."""
    quiz = replace(QuizOptions(), **options)  # type: ignore[arg-type]  # as the tests spell them
    chosen = Options(quiz=quiz, print=PrintOptions(large=large))
    artifacts, found = rendered(render, job(content, options=chosen, media=(PICTURE,)))
    return {
        artifact.name.removeprefix("test-").removesuffix(".pdf"): read_pages(printed(artifact))
        for artifact in artifacts
    }, found


def text(pages: tuple[ReadPage, ...]) -> str:
    return " ".join(page.text for page in pages)


def every_kind() -> Deck:
    return deck(
        section(
            "SECTION",
            question(
                "MAINASK?",
                answer="MAINREPLY",
                points=["!MUSTPOINT", "OTHERPOINT"],
                pitfalls=["PITFALL"],
                hint="HINT",
                followups=[followup("FOLLOWASK?", "FOLLOWREPLY")],
                cards=[
                    basic("BASICASK?", "BASICREPLY"),
                    cloze("CLOZEOPEN {{c1::CLOZEHIDDEN}} end"),
                    choice("CHOICEASK?", {"=RIGHTONE": "BECAUSE", "WRONGONE": "", "WRONGTWO": ""}),
                    steps("STEPSASK?", "STEPONE", "STEPTWO", "STEPTHREE"),
                    typed("TYPEDASK?", "TYPEDREPLY", "TYPEDALSO"),
                    occlusion("OCCLUSIONASK?", "media/net.svg", {"LABELONE": (0.1, 0.1, 0.3, 0.2)}),
                ],
            ),
        ),
        title="DECKTITLE",
    )


def many(count: int) -> Deck:
    return deck(
        section("S", *(question(f"ask{n}?", answer="word " * 40) for n in range(count))), title="Many"
    )


ALL: tuple[Literal["quiz", "key", "teacher", "interview"], ...] = ("quiz", "key", "teacher", "interview")


# The quiz ---------------------------------------------------------------------------------------


def test_every_kind_is_asked_and_nothing_is_answered() -> None:
    pages, found = make(every_kind(), per_question=9)
    quiz = text(pages["quiz"])
    assert found == ()
    for ask in ("MAINASK?", "FOLLOWASK?", "BASICASK?", "CLOZEOPEN", "CHOICEASK?", "STEPSASK?", "TYPEDASK?"):
        assert quiz.count(ask) == 1 + (ask == "MAINASK?")  # a follow-up says what it follows
    assert "OCCLUSIONASK?" in quiz
    for answer in ("REPLY", "POINT", "PITFALL", "HINT", "CLOZEHIDDEN", "BECAUSE", "TYPEDALSO", "LABELONE"):
        assert answer not in quiz


def test_the_first_page_has_a_place_for_name_date_and_score() -> None:
    pages, _ = make(every_kind(), per_question=9)
    first = pages["quiz"][0].text
    assert first.startswith("DECKTITLE Quiz · 15 minutes · 11 marks Name Date Score / 11")


def test_tasks_are_numbered_in_order() -> None:
    pages, _ = make(many(12))
    numbers = [
        word.text for page in pages["quiz"] for word in page.words if word.text.isdigit() and word.x < 20
    ]
    assert numbers == [str(n) for n in range(1, 13)]


def test_every_page_says_which_it_is() -> None:
    pages, _ = make(many(12))
    total = len(pages["quiz"])
    assert total > 2
    assert [page.text.endswith(f"Page {n} of {total}") for n, page in enumerate(pages["quiz"], 1)] == [
        True
    ] * total


def test_text_stays_inside_the_margins() -> None:
    pages, _ = make(many(12))
    for page in pages["quiz"]:
        assert min(word.x for word in page.words) >= 17.9
        assert max(word.right for word in page.words) <= page.width - 17.9


def test_steps_are_shown_shuffled_with_boxes_and_the_key_gives_their_numbers() -> None:
    pages, _ = make(every_kind(), per_question=9)
    shown = [word for word in text(pages["quiz"]).split() if word.startswith("STEP") and word != "STEPSASK?"]
    key = text(pages["quiz-key"]).split()
    right = {"STEPONE": "1", "STEPTWO": "2", "STEPTHREE": "3"}
    assert shown != list(right)
    boxes = key.index("boxes:")
    assert key[boxes + 1 : boxes + 4] == [right[step] for step in shown]


def test_a_follow_up_says_what_it_follows() -> None:
    pages, _ = make(every_kind(), per_question=9)
    assert "Follow-up to: MAINASK? 2 marks FOLLOWASK?" in text(pages["quiz"]).replace("  ", " ")


def test_footnotes_of_many_questions_are_numbers() -> None:
    content = deck(
        section(
            "S",
            *[
                question(f"ask{n}[^a]?\n\n[^a]: Note{n}.", id=f"q-{n}", answer="a[^b]\n\n[^b]: b")
                for n in (1, 2)
            ],
        )
    )
    pages, _ = make(content, editions=ALL)
    for edition in ("quiz", "quiz-teacher", "interview"):
        assert [text(pages[edition]).count(f"Note{n}.") for n in (1, 2)] == [1, 1]


def test_english_words_keep_their_order_on_pages_that_run_from_right_to_left() -> None:
    content = replace(every_kind(), direction=Direction.RTL, lang="he")
    artifacts, _ = rendered(render, job(content, media=(PICTURE,)))
    quiz = extracted(printed(artifacts[0]))
    assert "1 mark" in quiz
    assert "Page 1 of 1" in quiz


def extracted(data: bytes) -> str:
    """Return the text of a PDF as it is read from left to right, line by line."""
    import pypdfium2

    pages = pypdfium2.PdfDocument(data)
    return " ".join(page.get_textpage().get_text_range() for page in pages)


# Variants ---------------------------------------------------------------------------------------


def test_every_page_of_a_variant_has_its_code() -> None:
    pages, _ = make(many(9), variants=("A", "B"))
    written = [page for page in pages["quiz"] if page.words]
    half = len(written) // 2
    assert ["Version A" in page.text for page in written] == [True] * half + [False] * half
    assert ["Version B" in page.text for page in written] == [False] * half + [True] * half


def test_every_variant_begins_on_a_right_hand_page_and_counts_its_own_pages() -> None:
    pages, _ = make(many(9), variants=("A", "B"))
    first = [number for number, page in enumerate(pages["quiz"]) if "Name" in page.text.split()]
    assert [number % 2 for number in first] == [0, 0]
    assert [pages["quiz"][number].text.split()[-4:] for number in first][1][:2] == ["Page", "1"]


def test_the_key_has_every_variant_on_pages_of_its_own() -> None:
    pages, _ = make(many(3), variants=("A", "B"))
    assert ["Version A" in page.text for page in pages["quiz-key"]] == [True, False]
    assert ["Version B" in page.text for page in pages["quiz-key"]] == [False, True]


def test_the_key_of_each_variant_names_the_right_letters() -> None:
    cards = [
        choice(f"which{n}?", {f"=right{n}": "", f"w{n}a": "", f"w{n}b": "", f"w{n}c": ""}) for n in range(6)
    ]
    content = deck(
        section("S", *(question(f"q{n}", id=f"q{n}", cards=[card]) for n, card in enumerate(cards)))
    )
    pages, _ = make(content, variants=("A", "B"))
    quiz = [page for page in pages["quiz"] if page.words]
    for page, key in zip(quiz, pages["quiz-key"], strict=True):
        words, answers = page.text.split(), key.text.split()
        letters = []
        for n in range(6):
            letter = words[words.index(f"right{n}") - 1]
            assert answers[answers.index(f"right{n}") - 1] == letter
            letters.append(letter)
        counts = [letters.count(letter) for letter in "ABCD"]
        assert max(counts) - min(counts) <= 1


# The other editions -----------------------------------------------------------------------------


def test_the_key_has_answers_points_with_their_marks_and_pitfalls() -> None:
    pages, _ = make(every_kind(), per_question=9)
    key = text(pages["quiz-key"])
    for answer in (
        "MAINREPLY",
        "FOLLOWREPLY",
        "BASICREPLY",
        "CLOZEHIDDEN",
        "BECAUSE",
        "TYPEDALSO",
        "LABELONE",
    ):
        assert key.count(answer) == 1
    assert "+1 MUSTPOINT · OTHERPOINT Common mistakes: ▪ PITFALL" in key.replace("▪\u00a0", "▪ ")
    assert "not to be handed out" in key


def test_the_teachers_edition_has_questions_and_answers() -> None:
    pages, _ = make(every_kind(), per_question=9, editions=("teacher",))
    assert list(pages) == ["quiz-teacher"]
    teacher = text(pages["quiz-teacher"])
    for word in ("MAINASK?", "MAINREPLY", "CHOICEASK?", "BECAUSE", "STEPONE", "LABELONE", "PITFALL"):
        assert word in teacher


def test_the_interview_sheet_has_points_to_tick_follow_ups_and_a_score() -> None:
    pages, _ = make(every_kind(), editions=("interview",))
    assert list(pages) == ["interview"]
    sheet = text(pages["interview"])
    assert sheet.startswith("DECKTITLE: Mock interview Candidate Interviewer Date")
    for word in ("MAINASK?", "MUSTPOINT", "OTHERPOINT", "FOLLOWASK?", "FOLLOWREPLY", "PITFALL", "Hint:"):
        assert sheet.count(word) == 1
    assert "Score 0 1 2 3 4 Notes" in sheet


def test_an_interview_question_higher_than_a_page_runs_on() -> None:
    asked = [followup(f"F{n}?", "reply " * 120) for n in range(12)]
    content = deck(section("S", question("Q?", answer="a", followups=asked)))
    pages, found = make(content, editions=("interview",))
    assert found == ()
    sheet = text(pages["interview"])
    assert len(pages["interview"]) > 1
    assert [sheet.count(f"F{n}?") for n in range(12)] == [1] * 12


def test_only_what_is_asked_for_is_made() -> None:
    pages, _ = make(many(1))
    assert sorted(pages) == ["quiz", "quiz-key"]
    pages, _ = make(many(1), editions=ALL)
    assert sorted(pages) == ["interview", "quiz", "quiz-key", "quiz-teacher"]


def test_large_print_has_18_pt() -> None:
    pages, _ = make(many(2), large=True)
    small, _ = make(many(2))
    ask, plain = (
        next(word for word in page["quiz"][0].words if word.text == "ask0?") for page in (pages, small)
    )
    assert (ask.right - ask.x) / (plain.right - plain.x) == pytest.approx(18 / 10.5, abs=0.02)


# What does not fit ------------------------------------------------------------------------------


def test_a_question_higher_than_a_page_is_left_out_of_quiz_and_key_and_reported() -> None:
    code = "```\n" + "\n".join(f"line {n}" for n in range(90)) + "\n```"
    content = deck(
        section(
            "S", question(f"TALL?\n\n{code}", id="tall", answer="TALLREPLY"), question("ask0?", answer="a")
        )
    )
    pages, (problem,) = make(content)
    assert (problem.code, problem.severity) == (Code.OVERFLOW, Severity.WARNING)
    assert problem.message == "1.1 is left out: it is higher than a page of the quiz"
    assert problem.labels[0].span.text.startswith("TALL?")
    assert "TALL" not in text(pages["quiz"]) + text(pages["quiz-key"])
    assert "ask0?" in text(pages["quiz"])


def test_a_blueprint_that_cannot_be_filled_is_reported() -> None:
    content = deck(section("S", question("Q?", answer="a", difficulty=Difficulty.EASY)))
    _, (problem,) = make(content, blueprint=Blueprint(easy=2))
    assert problem.message == "the blueprint asks for 2 of difficulty easy, and 1 can be had"
    assert problem.severity is Severity.WARNING


def test_a_deck_without_items_makes_no_file() -> None:
    pages, found = make(deck(section("S", question("Q?"))))
    assert (pages, found) == ({}, ())


# The files --------------------------------------------------------------------------------------


def test_the_files_are_sound(tmp_path: Path) -> None:
    options = Options(quiz=QuizOptions(editions=ALL, per_question=9))
    artifacts, _ = rendered(render, job(every_kind(), options=options, media=(PICTURE,)))
    for artifact in artifacts:
        path = tmp_path / artifact.name
        path.write_bytes(printed(artifact))
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout


def test_every_item_of_the_sample_is_a_kind_of_its_own() -> None:
    kinds = [item.kind for item in items(every_kind())]
    assert len(set(kinds)) == len(kinds) == 8
    assert any(
        isinstance(item.body, Card) and isinstance(item.body.body, Choice) for item in items(every_kind())
    )


def outline_of(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return [item.title for item in outline.root]


def test_the_outline_holds_versions_and_the_questions_of_an_interview() -> None:
    options = Options(quiz=QuizOptions(editions=ALL, variants=("A", "B")))
    artifacts, _ = rendered(render, job(many(2), options=options))
    outlines = {artifact.name: outline_of(printed(artifact)) for artifact in artifacts}
    assert outlines == {
        "test-quiz.pdf": ["Version A", "Version B"],
        "test-quiz-key.pdf": ["Version A", "Version B"],
        "test-quiz-teacher.pdf": ["Version A", "Version B"],
        "test-interview.pdf": ["1.1 ask0?", "1.2 ask1?"],
    }


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", ["a4", "letter", "a3", "a5"])
def test_what_is_to_be_filled_in_fits_every_paper(paper: PaperName, large: bool) -> None:
    options = Options(print=PrintOptions(paper=(paper,), large=large))
    artifacts, _ = rendered(render, job(many(1), options=options))
    page, *_ = read_pages(printed(artifacts[0]))
    found = {word.text: word for word in page.words if word.text in {"Name", "Date", "Score"}}
    assert all(word.right < page.width - 18 for word in found.values())
    lines = {round(word.y) for word in found.values()}
    assert len(lines) == (2 if large and paper == "a5" else 1)
