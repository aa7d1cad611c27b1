"""Lowering by example: what a bank means, and what is said of one that means nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuild.formats.lower.deck import direction_of
from deckbuild.formats.read import read_deck
from deckbuild.markup.events import Mask
from deckbuild.markup.text import to_text
from deckbuild.model import (
    Basic,
    Choice,
    Cloze,
    Deck,
    Difficulty,
    Direction,
    Link,
    Occlusion,
    Priority,
    Question,
    Section,
    Steps,
    Typed,
)
from deckbuild.source import Source
from support.messages import cases, printed

HERE = Path(__file__).parent

QUESTION = """\
id: activations
ask: What are *activation functions*?
short: Activations
answer: |
  Non-linear functions.
points:
  - must: 'Without them any depth is one linear map: $W_2W_1x$'
  - ReLU is cheap
figure: {image: media/relu.svg, alt: "Curve\\nof ReLU", caption: ReLU}
details: |

  Long.
followups:
  - {ask: What is a dead ReLU?, answer: One that is always zero.}
pitfalls: [Softmax in hidden layers]
hint: Think of depth.
difficulty: easy
priority: must
roles: [new-grad, research, new-grad]
tags: basics
minutes: 2.5
sources:
  - {title: Deep Learning, url: 'https://www.deeplearningbook.org'}
  - {title: A book}
license: CC0
reviewed: 2026-11-23
was: [old, other/older]
guid: k}R#a
see: [activations]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, expected, id=title) for title, text, expected in cases(HERE / "fixtures/lower.txt")],
)
def test_what_is_wrong_with_a_bank_is_said(text: str, expected: str) -> None:
    _, diagnostics = read_deck("bank", None, (Source("decks/bank.yaml", text),))
    assert printed(diagnostics) == expected


def test_a_question_has_what_its_keys_say() -> None:
    question = only_question(deck("questions:\n  - " + QUESTION.replace("\n", "\n    ").rstrip() + "\n"))
    texts = (question.short, question.answer, question.details, question.hint)
    assert [text.raw for text in texts if text] == [
        *("Activations", "Non-linear functions.", "Long.", "Think of depth.")
    ]
    assert [(point.text.raw[:7], point.must) for point in question.points] == [
        ("Without", True),
        ("ReLU is", False),
    ]
    assert question.figure
    assert (question.figure.image, question.figure.alt) == ("decks/media/relu.svg", "Curve of ReLU")
    assert [(followup.id, followup.written) for followup in question.followups] == [
        ("what-is-a-dead-relu", False)
    ]
    assert [pitfall.raw for pitfall in question.pitfalls] == ["Softmax in hidden layers"]
    assert (question.difficulty, question.priority, question.minutes) == (
        Difficulty.EASY,
        Priority.MUST,
        2.5,
    )
    assert (question.roles, question.tags) == (("new-grad", "research"), ("basics",))
    assert question.sources == (Link("Deep Learning", "https://www.deeplearningbook.org"), Link("A book"))
    assert (question.license, question.reviewed, question.guid) == ("CC0", "2026-11-23", "k}R#a")
    assert (question.was, question.see) == (("old", "other/older"), ("activations",))


def test_cards_are_of_the_kind_their_key_says() -> None:
    question = only_question(
        deck("""\
questions:
  - ask: What?
    cards:
      - {id: c, cloze: 'ReLU returns {{zero}}.', hint: Think., tags: [a]}
      - basic: {ask: Range of tanh?, answer: '$(-1, 1)$', reverse: true}
      - choice:
          ask: Which?
          shuffle: false
          options: [{right: a, why: b}, {wrong: c}]
      - steps: {ask: In which order?, items: [a, b]}
      - typed: {ask: Which class?, answer: Sequential, accept: keras.Sequential}
      - occlusion: {ask: Where?, image: a.svg, alt: x, masks: [{label: y, rect: [0, 0.25, 1, 0.75]}]}
""")
    )
    bodies = [card.body for card in question.cards]
    assert [type(body) for body in bodies] == [Cloze, Basic, Choice, Steps, Typed, Occlusion]
    assert [(card.id, card.written) for card in question.cards[:2]] == [
        ("c", True),
        ("range-of-tanh", False),
    ]
    _, basic, choice, steps, typed, occlusion = bodies
    assert isinstance(basic, Basic)
    assert basic.reverse
    assert isinstance(choice, Choice)
    assert ([option.right for option in choice.options], choice.shuffle) == ([True, False], False)
    assert isinstance(steps, Steps)
    assert [to_text(item.events) for item in steps.items] == ["a", "b"]
    assert isinstance(typed, Typed)
    assert (typed.answer, typed.accept) == ("Sequential", ("keras.Sequential",))
    assert isinstance(occlusion, Occlusion)
    assert occlusion.masks == (Mask("y", (0.0, 0.25, 1.0, 0.75)),)


def test_a_question_with_an_error_is_left_out_and_the_others_stay() -> None:
    source = Source("bank.yaml", "questions:\n  - ask: One?\n  - {ask: Two?, answer: x}\n")
    found, diagnostics = read_deck("bank", None, (source,))
    assert len(diagnostics) == 1
    assert found
    assert [question.id for _, question in found.questions()] == ["two"]


def test_places_in_a_text_that_lost_blank_lines_are_right() -> None:
    text = "questions:\n  - ask: What?\n    answer: |\n\n\n      see <b>this</b>\n"
    _, diagnostics = read_deck("bank", None, (Source("bank.yaml", text),))
    assert printed(diagnostics).startswith("6:11 ")


def test_indented_code_at_the_start_of_a_text_stays_code() -> None:
    question = only_question(deck('questions: [{ask: What?, answer: "\\n    x = 1\\n"}]'))
    assert question.answer
    assert question.answer.raw == "    x = 1"


def test_a_deck_is_named_after_its_file() -> None:
    found, _ = read_deck("Deep Learning_2", None, (Source("decks/x.yaml", BANK),))
    assert found
    assert (found.id, found.title, found.lang) == ("deep-learning-2", "Deep learning 2", "en")


def test_a_deck_without_sections_has_one_without_name() -> None:
    assert [(section.id, section.title) for section in deck(BANK).sections] == [("", "")]


def test_a_section_is_named_by_its_title_or_its_id() -> None:
    sections = deck(
        f"sections:\n  - {{title: New graduates, {BANK.strip()}}}\n  - {{id: old-hands, {TWO.strip()}}}\n"
    ).sections
    assert [(section.id, section.title) for section in sections] == [
        ("new-graduates", "New graduates"),
        ("old-hands", "Old hands"),
    ]


def test_a_folder_is_a_deck_whose_files_are_sections() -> None:
    found, diagnostics = read_deck(
        "dl",
        Source("decks/dl/_deck.yaml", "title: Deep Learning\n"),
        (
            Source("decks/dl/01-new_graduates.yaml", BANK),
            Source("decks/dl/02. More.yaml", "id: more-of-it\n" + TWO),
            Source("decks/dl/2026.yaml", "title: This year\n" + TWO.replace("Two", "Three")),
        ),
    )
    assert printed(diagnostics) == ""
    assert found
    assert (found.id, found.title) == ("dl", "Deep Learning")
    assert [(section.id, section.title) for section in found.sections] == [
        ("new-graduates", "New graduates"),
        ("more-of-it", "More of it"),
        ("2026", "This year"),
    ]


def test_an_empty_head_is_enough_for_a_folder() -> None:
    found, diagnostics = read_deck("dl", Source("dl/_deck.yaml", ""), (Source("dl/a.yaml", BANK),))
    assert (printed(diagnostics), found and found.id) == ("", "dl")


def test_ids_must_be_unique_across_section_files() -> None:
    _, diagnostics = read_deck(
        "dl",
        Source("dl/_deck.yaml", "lang: de"),
        (Source("dl/1-a.yaml", BANK), Source("dl/2-b.yaml", BANK), Source("dl/2-a.yaml", TWO)),
    )
    assert [found.message for found in diagnostics] == [
        "two sections get the id `a`",
        "two questions get the id `one`",
    ]


def test_mentions_lead_from_one_section_file_to_another() -> None:
    _, diagnostics = read_deck(
        "dl",
        Source("dl/_deck.yaml", ""),
        (Source("dl/a.yaml", BANK.replace("x}", "'[two](#two)'}")), Source("dl/b.yaml", TWO)),
    )
    assert printed(diagnostics) == ""


def test_sections_in_the_head_or_in_a_section_file_are_errors() -> None:
    _, diagnostics = read_deck(
        "dl", Source("dl/_deck.yaml", BANK), (Source("dl/a.yaml", "lang: en\nsections: []\n" + TWO),)
    )
    assert printed(diagnostics) == (
        "1:1 unknown-key the head of a deck has no key `questions`\n"
        "  help: `questions` belongs to a deck or a section\n"
        "1:1 unknown-key a section has no key `lang`\n"
        "  help: `lang` belongs to a deck or the head of a deck\n"
        "2:1 unknown-key a section has no key `sections`\n"
        "  help: `sections` belongs to a deck"
    )


@pytest.mark.parametrize(
    ("lang", "direction"),
    [
        *[(lang, "rtl") for lang in ("ar", "he-IL", "fa", "ur-PK", "az-Arab-IR", "KU-ARAB")],
        *[(lang, "ltr") for lang in ("en", "zh-Hant", "ar-Latn", "ks-Deva")],
    ],
)
def test_the_direction_follows_from_language_and_script(lang: str, direction: str) -> None:
    assert direction_of(lang) == Direction(direction)


def test_the_direction_that_is_written_counts() -> None:
    found = deck(f"lang: ks\ndirection: rtl\n{BANK}")
    assert (found.lang, found.direction) == ("ks", Direction.RTL)


BANK = "questions: [{ask: One?, answer: x}]\n"
TWO = "questions: [{ask: Two?, answer: x}]\n"


def deck(text: str) -> Deck:
    found, diagnostics = read_deck("bank", None, (Source("decks/bank.yaml", text),))
    assert printed(diagnostics) == ""
    assert found
    return found


def only_question(found: Deck) -> Question:
    (section,) = found.sections
    assert isinstance(section, Section)
    (question,) = section.questions
    return question
