"""Selections of questions."""

from __future__ import annotations

from deckbuild.config import Selection
from deckbuild.model import Deck, Difficulty, Priority
from deckbuild.selection import describe, published, select, short_hash, unknown_values
from support.decks import deck, question, section

BANK = deck(
    section(
        "Basics",
        question("A?", id="a", answer="x", difficulty=Difficulty.EASY, priority=Priority.MUST, tags=["cnn"]),
        question("B?", id="b", answer="x", difficulty=Difficulty.HARD, tags=["rnn"]),
    ),
    section("Advanced", question("C?", id="c", answer="x", roles=["engineer"], draft=True), tags=["deep"]),
    tags=("all",),
)


def ids(bank: Deck) -> list[str]:
    return [q.id for _, q in bank.questions()]


def test_values_of_one_field_mean_or() -> None:
    assert ids(select(BANK, Selection(tag=("cnn", "rnn")))) == ["a", "b"]


def test_different_fields_mean_and() -> None:
    assert ids(select(BANK, Selection(tag=("cnn", "rnn"), difficulty=("hard",)))) == ["b"]


def test_tags_of_section_and_deck_count() -> None:
    assert ids(select(BANK, Selection(tag=("deep",)))) == ["c"]
    assert ids(select(BANK, Selection(tag=("all",)))) == ["a", "b", "c"]


def test_sections_left_empty_go() -> None:
    assert [s.id for s in select(BANK, Selection(priority=("must",))).sections] == ["basics"]


def test_drafts_are_not_published() -> None:
    assert ids(published(BANK)) == ["a", "b"]


def test_values_that_no_question_has_are_found() -> None:
    assert unknown_values(BANK, Selection(tag=("cnn", "gan"), section=("basic",))) == [
        ("section", "basic"),
        ("tag", "gan"),
    ]


def test_a_selection_is_described_and_named_whatever_its_order() -> None:
    assert describe(Selection(tag=("a", "b"), priority=("must",))) == "tag a or b, priority must"
    assert short_hash(Selection(tag=("a", "b"))) == short_hash(Selection(tag=("b", "a")))
    assert short_hash(Selection(tag=("a",))) != short_hash(Selection(role=("a",)))
