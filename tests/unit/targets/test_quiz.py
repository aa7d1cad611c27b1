"""What a quiz asks, in which order, for how many marks and with how much room: without typesetting."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from deckbuild.config import Blueprint, QuizOptions
from deckbuild.markup.text import to_text
from deckbuild.model import Difficulty, Priority
from deckbuild.plain import Kind
from deckbuild.targets.printing import Printer
from deckbuild.targets.quiz.chosen import Shortage, choose
from deckbuild.targets.quiz.marking import marks, minutes, total_minutes, writing_lines
from deckbuild.targets.quiz.pages import Piece, lay_out
from deckbuild.targets.quiz.papers import papers_of
from deckbuild.targets.quiz.reference import beginning
from deckbuild.targets.quiz.tasks import step_order
from support.decks import (
    basic,
    choice,
    cloze,
    deck,
    followup,
    item,
    job,
    occlusion,
    prose,
    question,
    section,
    steps,
    typed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckbuild.model import Deck, Question, Section

LEVELS = tuple(Difficulty)


def rich(name: str) -> Question:
    """Return a question with items of five kinds."""
    cards = [
        basic(f"{name}?", "a"),
        cloze(f"{name} {{{{c1::x}}}} y"),
        choice(f"{name}!", {"=a": "", "b": ""}),
    ]
    return question(name, answer="a", cards=cards, followups=[followup("And?", "b")])


def bank(sections: int = 3, questions: int = 6) -> Deck:
    """Return a deck in which every section has questions of every difficulty."""

    def one(s: int) -> Section:
        asked = [
            question(f"s{s} q{q}", answer="a", difficulty=LEVELS[q % 3], priority=Priority.MUST)
            for q in range(questions)
        ]
        return section(f"Section {s}", *asked)

    return deck(*(one(s) for s in range(sections)))


def refs(content: Deck, options: QuizOptions) -> list[str]:
    return [chosen.ref for chosen in choose(content, options)[0]]


# Which items ------------------------------------------------------------------------------------


def test_every_question_gives_one_item_by_default() -> None:
    content = deck(section("S", *(rich(f"q{n}") for n in range(9))))
    chosen, _ = choose(content, QuizOptions())
    assert sorted(item.question.id for item in chosen) == [f"q{n}" for n in range(9)]


def test_items_come_from_all_kinds() -> None:
    content = deck(section("S", *(rich(f"q{n}") for n in range(40))))
    kinds = Counter(item.kind for item in choose(content, QuizOptions())[0])
    assert set(kinds) == {Kind.QUESTION, Kind.FOLLOWUP, Kind.BASIC, Kind.CLOZE, Kind.CHOICE}
    assert max(kinds.values()) <= 16


def test_a_kind_is_not_preferred_for_having_many_items() -> None:
    gaps = [cloze(f"{n} {{{{c1::x}}}} y") for n in range(20)]
    asked = [question(f"q{n}", answer="a", cards=gaps) for n in range(40)]
    kinds = Counter(item.kind for item in choose(deck(section("S", *asked)), QuizOptions())[0])
    assert kinds[Kind.QUESTION] >= 12


def test_another_seed_gives_other_items() -> None:
    content = deck(section("S", *(rich(f"q{n}") for n in range(9))))
    assert refs(content, QuizOptions(seed=1)) != refs(content, QuizOptions(seed=2))


def test_a_count_bounds_the_items() -> None:
    assert len(refs(bank(), QuizOptions(count=5))) == 5


def test_a_question_gives_several_items_of_different_kinds_if_asked() -> None:
    content = deck(section("S", rich("q")))
    chosen, _ = choose(content, QuizOptions(per_question=5))
    assert len({item.kind for item in chosen}) == 5


def test_other_questions_do_not_change_which_item_a_question_gives() -> None:
    alone, together = (deck(section("S", *(rich(f"q{n}") for n in range(count)))) for count in (1, 9))
    assert refs(alone, QuizOptions())[0] in refs(together, QuizOptions())


def test_a_blueprint_counts_difficulties() -> None:
    chosen, short = choose(bank(), QuizOptions(blueprint=Blueprint(easy=2, hard=3)))
    assert Counter(item.question.difficulty for item in chosen) == {Difficulty.EASY: 2, Difficulty.HARD: 3}
    assert short == ()


def test_a_blueprint_has_quotas_for_sections() -> None:
    options = QuizOptions(blueprint=Blueprint(sections={"section-0": 1, "section-2": 4}))
    chosen, short = choose(bank(), options)
    assert Counter(item.section.id for item in chosen) == {"section-0": 1, "section-2": 4}
    assert short == ()


def test_what_a_blueprint_wants_and_the_deck_has_not_is_said() -> None:
    chosen, short = choose(bank(), QuizOptions(blueprint=Blueprint(hard=9)))
    assert len(chosen) == 6
    assert short == (Shortage("hard", is_section=False, wanted=9, found=6),)


def test_an_unknown_section_is_a_shortage() -> None:
    _, short = choose(bank(), QuizOptions(blueprint=Blueprint(sections={"nowhere": 2})))
    assert short == (Shortage("nowhere", is_section=True, wanted=2, found=0),)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(LEVELS)), max_size=9),
    st.fixed_dictionaries({name: st.integers(0, 3) for name in "ab"}),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_no_other_selection_fills_a_blueprint_better(
    questions: list[tuple[str, Difficulty]], quotas: dict[str, int], easy: int, hard: int
) -> None:
    by_section = {
        name: [
            question(f"{name}{n}", answer="a", difficulty=level)
            for n, (where, level) in enumerate(questions)
            if where == name
        ]
        for name in "abc"
    }
    content = deck(*(section(name.upper(), *asked, id=name) for name, asked in by_section.items() if asked))
    chosen, _ = choose(content, QuizOptions(blueprint=Blueprint(easy=easy, hard=hard, sections=quotas)))
    levels = {Difficulty.EASY: easy, Difficulty.HARD: hard}

    def allowed(selection: Sequence[tuple[str, Difficulty | None]]) -> bool:
        sections, difficulties = (Counter(entry[side] for entry in selection) for side in (0, 1))
        return all(count <= quotas.get(str(name), 0) for name, count in sections.items()) and all(
            count <= levels.get(level, 0)  # type: ignore[call-overload]  # the second of each entry
            for level, count in difficulties.items()
        )

    most = max(
        size
        for size in range(len(questions) + 1)
        if any(allowed(selection) for selection in combinations(questions, size))
    )
    assert allowed([(item.section.id, item.question.difficulty) for item in chosen])
    assert len(chosen) == most


# In which order ---------------------------------------------------------------------------------


def order(content: Deck, options: QuizOptions, code: str = "") -> list[str]:
    printer = Printer(job(content))
    items, _ = choose(content, options)
    papers = {paper.code: paper for paper in papers_of(printer, items, options)}
    return [task.item.ref for task in papers[code].tasks]


def test_variants_ask_the_same_in_another_order() -> None:
    options = QuizOptions(variants=("A", "B"))
    first, second = order(bank(), options, "A"), order(bank(), options, "B")
    assert first != second
    assert sorted(first) == sorted(second)


def test_a_reprint_after_a_typo_was_corrected_is_the_same_quiz() -> None:
    before = deck(section("S", *(question(f"Wy {n}?", id=f"q{n}", answer="a") for n in range(12))))
    after = deck(section("S", *(question(f"Why {n}?", id=f"q{n}", answer="b") for n in range(12))))
    assert order(before, QuizOptions()) == order(after, QuizOptions())


def test_a_new_question_moves_no_other() -> None:
    before = deck(section("S", *(question(f"q{n}", answer="a") for n in range(12))))
    after = deck(section("S", *(question(f"q{n}", answer="a") for n in range(13))))
    assert [ref for ref in order(after, QuizOptions()) if ref != "q12"] == order(before, QuizOptions())


@given(st.integers(2, 9), st.text(max_size=4))
def test_steps_are_never_shown_in_their_order(count: int, seed: str) -> None:
    shown = step_order(count, seed)
    assert sorted(shown) == list(range(count))
    assert shown != tuple(range(count))


# Marks, minutes and room ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (question("Q?", answer="a", points=["!one", "!two", "three"]), 2),
        (question("Q?", answer="a", points=["one", "two", "three"]), 3),
        (question("Q?", answer="a"), 2),
        (followup("Q?", "a"), 2),
        (basic("Q?", "a"), 1),
        (cloze("{{c1::a}} {{c2::b}} {{c1::a}}"), 2),
        (choice("Q?", {"=a": "", "b": ""}), 1),
        (choice("Q?", {"=a": "", "=b": "", "c": ""}), 2),
        (steps("Q?", "a", "b", "c"), 3),
        (typed("Q?", "a", "b"), 1),
        (occlusion("Q?", "a.svg", {"a": (0, 0, 1, 1), "b": (0, 0, 1, 1)}), 2),
    ],
)
def test_an_item_is_worth_a_mark_for_each_thing_the_key_ticks_off(asked: object, expected: int) -> None:
    assert marks(item(asked)) == expected  # type: ignore[arg-type]  # all of them are parts of a deck


def test_a_question_takes_as_long_as_its_author_says() -> None:
    assert minutes(item(question("Q?", answer="a", minutes=4.0))) == 4.0


def test_the_time_for_a_quiz_is_in_steps_of_five_minutes() -> None:
    items = tuple(item(question("Q?", answer="a", minutes=4.0)) for _ in range(3))
    assert total_minutes(items) == 15


@pytest.mark.parametrize(
    ("answer", "expected"), [("A word.", 4), ("word " * 70, 8), ("字" * 175, 8), ("x" * 5000, 14)]
)
def test_room_to_write_goes_with_the_model_answer(answer: str, expected: int) -> None:
    assert writing_lines(item(question("Q?", answer=answer))) == expected


def test_kinds_with_room_of_their_own_get_no_lines() -> None:
    assert writing_lines(item(choice("Q?", {"=a": "", "b": ""}))) == 0


# Pages ------------------------------------------------------------------------------------------


def piece(height: float, lines: int, most: int = 0) -> Piece:
    """Return a piece that is `height` high, and 8 mm higher for each line."""
    draw = lambda count: Markup(str(height + 8 * count))  # noqa: E731, S704 - a number
    return Piece(draw, lines - lines // 4, lines, max(lines, most))


def heights(fragments: Sequence[str]) -> list[float]:
    return [float(fragment) for fragment in fragments]


pieces = st.lists(
    st.builds(piece, st.floats(5, 60), st.integers(0, 8), st.integers(0, 16)), min_size=1, max_size=30
)


@given(pieces)
def test_pieces_stay_whole_in_order_and_on_the_page(all_pieces: list[Piece]) -> None:
    laid = lay_out(all_pieces, 250, 40, 8, heights)
    assert laid.too_high == ()
    assert sum(map(len, laid.pages)) == len(all_pieces)
    for number, page in enumerate(laid.pages):
        bottom = 40.0 if number == 0 else -5.0
        for placed in page:
            assert placed.top == pytest.approx(bottom + 5)
            bottom = placed.top + float(placed.html)
        assert bottom <= 250.001


@given(pieces)
def test_no_piece_gets_less_than_it_needs_or_more_than_it_may(all_pieces: list[Piece]) -> None:
    laid = lay_out(all_pieces, 250, 40, 8, heights)
    placed = [one for page in laid.pages for one in page]
    for own, shown in zip(all_pieces, placed, strict=True):
        least, most = (float(own.draw(count)) for count in (own.least, own.most))
        assert least - 0.001 <= float(shown.html) <= most + 0.001


def test_the_rest_of_a_page_becomes_room_to_write() -> None:
    laid = lay_out([piece(10, 4, 8), piece(10, 2, 4), piece(200, 0)], 250, 40, 8, heights)
    first, second = laid.pages[0]
    assert (float(first.html), float(second.html)) == (10 + 8 * 8, 10 + 4 * 8)


def test_the_last_page_stays_as_it_is() -> None:
    ((only,),) = lay_out([piece(10, 4, 8)], 250, 40, 8, heights).pages
    assert float(only.html) == 10 + 4 * 8


def test_a_stub_of_a_last_page_is_saved_by_lines_that_are_not_needed() -> None:
    crowded = [piece(10, 8, 16), piece(10, 8, 16), piece(10, 8, 16)]
    (page,) = lay_out(crowded, 250, 40, 8, heights).pages
    assert [float(placed.html) for placed in page] == [10 + 8 * lines for lines in (7, 7, 6)]


def test_lines_that_save_no_page_stay() -> None:
    laid = lay_out([piece(200, 0), piece(10, 4)], 250, 40, 8, heights)
    assert [[float(placed.html) for placed in page] for page in laid.pages] == [[200], [42]]


def test_a_piece_that_is_too_high_gives_up_lines() -> None:
    laid = lay_out([piece(150, 12)], 250, 40, 8, heights)
    ((only,),) = laid.pages
    assert float(only.html) == 150 + 6 * 8


def test_a_piece_higher_than_a_page_is_left_out() -> None:
    laid = lay_out([piece(10, 0), piece(300, 0)], 250, 40, 8, heights)
    assert laid.too_high == (1,)
    assert len(laid.pages[0]) == 1


# What the key says of a prompt ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("A short one?", "A short one?"),
        ("The first.\n\nThe second.", "The first."),
        ("```\ncode\n```\n\nWhat does it print?", "What does it print?"),
        ("- one\n- two", "one"),
        ("word " * 30, "word " * 17 + "word …"),
        ("word " * 17 + "**bold and `code`**", "word " * 17 + "bold …"),
        ("深" * 100, "深" * 90 + " …"),
        ("```\ncode\n```", "code"),
    ],
)
def test_the_key_says_how_a_prompt_begins(prompt: str, expected: str) -> None:
    assert to_text(beginning(prose(prompt).events)) == expected


def test_the_key_draws_the_formulas_of_a_prompt() -> None:
    content = deck(section("S", question(r"What is $L(\theta)$ for **all** `x`?", answer="a")))
    (paper,) = papers_of(Printer(job(content)), choose(content, QuizOptions())[0], QuizOptions())
    reference = paper.tasks[0].reference
    assert '<img class="math"' in reference
    assert "<strong>all</strong> <code>x</code>?" in reference


def test_gaps_in_formulas_and_code_have_room_to_write_in() -> None:
    content = deck(section("S", question("q", cards=[cloze("$\\frac{{{c1::x}}}{2}$ by `f({{c2::3}})`")])))
    (paper,) = papers_of(Printer(job(content)), choose(content, QuizOptions())[0], QuizOptions())
    asked = paper.tasks[0].asked.ask
    assert f"f({'_' * 9})" in asked
    assert 'alt="\\frac{{____}}{2}"' in asked
    (width, height) = re.findall(r"(?:width|height):([\d.]+)em", asked)
    assert float(width) > 4.5
    assert float(height) > 3
