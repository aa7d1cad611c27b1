"""The plain form of every kind of card."""

from __future__ import annotations

import pytest

from deckbuild.markup.events import (
    Blank,
    End,
    Image,
    MaskedImage,
    OrderedList,
    Start,
    Strong,
    Text,
    unwrapped,
)
from deckbuild.markup.text import to_text
from deckbuild.model import Basic, Card
from deckbuild.plain import Kind, items, join, reverse
from support.decks import (
    basic,
    choice,
    cloze,
    deck,
    figure,
    followup,
    item,
    occlusion,
    prose,
    question,
    steps,
    typed,
)

RECT = (0.1, 0.1, 0.2, 0.2)


def front(card: Card) -> str:
    return to_text(item(card).plain().front)


def back(card: Card) -> str:
    return to_text(item(card).plain().back)


def test_a_question_asks_its_prompt_and_answers_with_points_as_a_rubric() -> None:
    plain = item(question("Why?", answer="Because.", points=["!One", "Two"])).plain()
    assert to_text(plain.front).strip() == "Why?"
    assert to_text(plain.back).strip() == "Because."
    assert [(point.text.raw, point.must) for point in plain.rubric] == [("One", True), ("Two", False)]


def test_a_basic_card_shows_its_figure_on_the_front() -> None:
    plain = item(basic("What is it?", "A net.", figure=figure("a.svg", "A drawing"))).plain()
    assert Image("a.svg", "A drawing") in plain.front
    assert to_text(plain.back).strip() == "A net."


def test_a_basic_card_can_be_asked_the_other_way_round() -> None:
    card = basic("Term", "Meaning", reverse=True)
    assert isinstance(card.body, Basic)
    turned = reverse(card.body)
    assert (to_text(turned.front).strip(), to_text(turned.back).strip()) == ("Meaning", "Term")


def test_a_cloze_hides_its_gaps_and_keeps_their_hints() -> None:
    plain = item(cloze("ReLU gives {{zero::a number}} for {{c2::**negative** input}}.")).plain()
    assert [event for event in plain.front if isinstance(event, Blank)] == [
        Blank(1, "a number", 4),
        Blank(2, "", len("negative input")),
    ]
    assert "zero" not in to_text(plain.front)
    assert to_text(plain.back).strip() == "ReLU gives zero for negative input."


def test_what_a_gap_hid_is_marked_on_the_back() -> None:
    assert (Start(Strong()), Text("zero"), End(Strong())) == item(
        cloze("It gives {{zero}} there.")
    ).plain().back[2:5]


def test_gaps_in_formulas_and_code_are_hidden_too() -> None:
    card = cloze("The sum $a+{{c1::b}}$ is `x{{c2::yz}}` here.")
    assert "{{" not in front(card)
    assert "a+b" not in front(card)
    assert "yz" not in front(card)
    assert "a+{b}" in back(card)
    assert "xyz" in back(card)


def test_a_choice_lists_its_options_and_answers_with_the_right_ones_and_why() -> None:
    card = choice("Which?", {"=One": "It is.", "Two": "It is not."})
    assert "One" in front(card)
    assert "Two" in front(card)
    assert "One" in back(card)
    assert "It is." in back(card)
    assert "Two" not in back(card)


def test_steps_are_a_numbered_list_on_the_back() -> None:
    plain = item(steps("How?", "First", "Second")).plain()
    assert Start(OrderedList()) in plain.back
    assert "First" not in to_text(plain.front)


def test_a_typed_card_shows_what_else_counts() -> None:
    assert back(typed("Which?", "Sequential", "keras.Sequential")).split() == [
        "Sequential",
        "keras.Sequential",
    ]


def test_an_occlusion_shows_masks_then_lifts_them_and_names_them() -> None:
    plain = item(occlusion("Where?", "a.svg", {"pool": RECT, "conv": RECT})).plain()
    masked = [event for event in (*plain.front, *plain.back) if isinstance(event, MaskedImage)]
    assert [image.shown for image in masked] == [(), (0, 1)]
    assert to_text(plain.back).split()[-1] == "conv"


def test_items_are_the_question_its_cards_and_its_followups() -> None:
    bank = deck(
        question(
            "Why?",
            id="why",
            answer="So.",
            cards=[basic("A?", "B", id="a")],
            followups=[followup("And?", "C", id="f")],
        )
    )
    assert [(i.ref, i.kind) for i in items(bank)] == [
        ("why", Kind.QUESTION),
        ("why/a", Kind.BASIC),
        ("why/f", Kind.FOLLOWUP),
    ]


def test_a_question_of_cards_only_has_no_main_card() -> None:
    assert [i.kind for i in items(deck(question("Why?", cards=[basic("A?", "B")])))] == [Kind.BASIC]


def test_joined_texts_number_their_footnotes_on() -> None:
    joined = join(prose("One[^a]\n\n[^a]: First").events, prose("Two[^a]\n\n[^a]: Second").events)
    text = to_text(joined)
    assert text.index("Two") < text.index("First") < text.index("Second")


@pytest.mark.parametrize(("text", "kept"), [("one", False), ("one\n\ntwo", True)])
def test_only_a_single_paragraph_is_unwrapped(text: str, kept: bool) -> None:
    events = prose(text).events
    assert (unwrapped(events) == events) is kept
