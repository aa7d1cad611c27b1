"""Times, numbers, retirement, decks with errors: what the plan says beyond identity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from deckbuild.identity import NoteTypeId
from deckbuild.lock.stamps import check_times, publication_time
from deckbuild.lock.text import FILE, parse_lock, render_lock
from deckbuild.package import CardTemplate, Field, NoteType
from deckbuild.plain import Kind
from deckbuild.source import Source
from support.decks import basic, cloze, deck, picture, prose, question, section
from support.locks import messages, notes, publish, times

if TYPE_CHECKING:
    from deckbuild.lock.entries import Lock

ONE, TWO = question("One?", answer="1"), question("Two?", answer="2")
BOTH = deck(ONE, TWO)
EDITED = deck(replace(ONE, answer=prose("uno")), TWO)
GROWN = deck(ONE, TWO, question("Three?", answer="3"))


# Times ------------------------------------------------------------------------------------------


def test_a_publication_stamps_what_changed_with_its_time_and_nothing_else() -> None:
    first = publish(BOTH, now=100)
    assert times(publish(EDITED, over=first.lock, now=200)) == {"one": 200, "two": 100}


def test_a_changed_note_is_later_than_it_was_even_if_the_clock_goes_back() -> None:
    first = publish(BOTH, now=100)
    assert times(publish(EDITED, over=first.lock, now=50)) == {"one": 101, "two": 100}


def test_a_release_has_one_time_later_than_all_before() -> None:
    first = publish(EDITED, over=publish(BOTH, now=100).lock, now=300)
    again = deck(ONE, replace(TWO, answer=prose("due")))
    assert times(publish(again, over=first.lock, now=50, alike=True)) == {"one": 301, "two": 301}


def test_what_is_not_written_is_stamped_without_a_clock() -> None:
    lock = publish(EDITED, over=publish(BOTH, now=100).lock, now=300).lock
    assert times(publish(BOTH, over=lock)) == {"one": 301, "two": 100}
    assert times(publish(EDITED, over=publish(BOTH, now=100).lock)) == {"one": 101, "two": 100}
    assert times(publish(GROWN, over=lock))["three"] == 301


def test_without_a_lock_everything_has_the_first_time() -> None:
    assert times(publish(BOTH)) == {"one": 1, "two": 1}


def test_an_edit_and_its_undoing_are_two_changes() -> None:
    first = publish(BOTH, now=100)
    second = publish(EDITED, over=first.lock, now=200)
    assert times(publish(BOTH, over=second.lock, now=300)) == {"one": 300, "two": 100}


def test_tags_and_order_of_cards_are_content() -> None:
    first = publish(BOTH, now=100)
    assert times(publish(replace(BOTH, tags=("t",)), over=first.lock, now=200)) == {"one": 200, "two": 200}
    gaps = question("Q?", id="q", answer="a", cards=[cloze("{{a}} {{b}} c d", id="c")])
    swapped = question("Q?", id="q", answer="a", cards=[cloze("{{b}} {{a}} c d", id="c")])
    lock = publish(deck(gaps), now=100).lock
    assert times(publish(deck(swapped), over=lock, now=200)) == {"q": 100, "q/c": 200}


def test_another_picture_under_the_same_name_is_a_change() -> None:
    bank = deck(question("Q?", answer="![a](media/a.svg)"), TWO)
    first = publish(bank, now=100, media=[picture("media/a.svg")])
    then = publish(bank, over=first.lock, now=200, media=[picture("media/a.svg", color="#aa0000")])
    assert times(then) == {"q": 200, "two": 100}


@pytest.mark.parametrize(
    ("epoch", "newest", "expected"),
    [(None, 0, 1000), ("999", 0, 999), ("999", 999, 1000), ("90000", 0, None), ("soon", 0, None)],
)
def test_source_date_epoch_counts_if_later_than_all_that_is_published(
    epoch: str | None, newest: int, expected: int | None
) -> None:
    assert publication_time(1000, epoch, newest) == expected


def test_a_time_ahead_of_the_clock_is_an_error_at_its_place() -> None:
    source = Source(FILE, render_lock(publish(BOTH, now=500_000).lock))
    lock, _ = parse_lock(source)
    assert list(check_times(lock, source, clock=500_000 - 86_400)) == []
    found = list(check_times(lock, source, clock=500_000 - 86_401))
    assert {d.labels[0].span.text for d in found} == {"time=500000"}
    assert len(found) == len(lock.entries())


# Numbers ----------------------------------------------------------------------------------------


def numbers(*args: object, **rest: object) -> dict[str, str]:
    return dict(publish(*args, **rest).ledgers["test"].numbering.questions)  # type: ignore[arg-type]


def test_a_number_is_given_once() -> None:
    first = publish(deck(section("A", ONE, TWO), section("B", question("Three?", answer="3"))), now=1)
    then = deck(section("B", TWO), section("A", question("Four?", answer="4"), ONE))
    assert numbers(then, over=first.lock) == {"two": "1.2", "four": "1.3", "one": "1.1"}


def test_a_number_of_a_retired_question_is_not_given_again() -> None:
    first = publish(BOTH, now=1)
    without = publish(deck(ONE), over=first.lock, now=2)
    assert numbers(deck(ONE, question("Three?", answer="3")), over=without.lock) == {"one": "1", "three": "3"}


def test_sections_keep_their_numbers_and_hues() -> None:
    first = publish(deck(section("A", ONE), section("B", TWO)), now=1)
    then = publish(deck(section("C", question("Q?", answer="a")), section("B", TWO)), over=first.lock)
    assert then.ledgers["test"].numbering.sections == {"c": 3, "b": 2}


# Retirement and errors --------------------------------------------------------------------------


def test_what_is_removed_is_retired_and_its_line_stays() -> None:
    first = publish(BOTH, now=1)
    then = publish(deck(ONE), over=first.lock, now=2)
    assert then.ledgers["test"].retired == ("test/two",)
    assert {note.key: note.time for note in then.lock.notes} == {"test/one": 1, "test/two": 1}


def test_a_removed_deck_is_retired() -> None:
    first = publish(deck(ONE, id="a"), deck(TWO, id="b"), now=1)
    then = publish(deck(ONE, id="a"), over=first.lock, now=2)
    assert [(note.key, note.retired) for note in then.lock.notes] == [("a/one", False), ("b/two", True)]


@pytest.mark.parametrize("name", ["b", "bfile"])
def test_the_lines_of_a_deck_with_errors_stay_as_they_are(name: str) -> None:
    first = publish(deck(ONE, id="a"), deck(TWO, id="b"), files=["a", "bfile"], now=1)
    then = publish(deck(ONE, id="a"), over=first.lock, broken=[name], now=2)
    assert then.lock == first.lock


def test_a_deck_with_errors_whose_name_is_unknown_may_be_any_that_is_missing() -> None:
    first = publish(deck(ONE, id="a"), deck(TWO, id="b"), now=1)
    assert publish(deck(ONE, id="a"), over=first.lock, broken=["renamed"], now=2).lock == first.lock


def test_a_retired_note_that_comes_back_changed_is_stamped() -> None:
    first = publish(BOTH, now=1)
    without = publish(deck(TWO), over=first.lock, now=2)
    assert times(publish(EDITED, over=without.lock, now=3)) == {"one": 3, "two": 1}


def test_cards_that_come_and_go() -> None:
    both_ways = deck(question("Q?", id="q", answer="a", cards=[basic("x", "y", reverse=True, id="c")]))
    one_way = deck(question("Q?", id="q", answer="a", cards=[basic("x", "y", id="c")]))
    first = publish(both_ways, now=1)
    second = publish(one_way, over=first.lock, now=2)
    assert notes(second)["q/c"].ordinals == (0,)
    assert notes(publish(both_ways, over=second.lock, now=3))["q/c"].ordinals == (0, 1)


# Note types -------------------------------------------------------------------------------------


def note_type(css: str = "", fields: int = 1) -> NoteType:
    made = tuple(Field(f"F{n}", n) for n in range(fields))
    return NoteType(NoteTypeId(7), "t", made, (CardTemplate("Card", 1, "{{F0}}", ""),), css, modified=0)


def looks(css: str, over: Lock, now: int | None, fields: int = 1) -> tuple[dict[str, int], list[str]]:
    planned = publish(BOTH, over=over, now=now, note_types={Kind.QUESTION: note_type(css, fields)})
    return dict(planned.ledgers["test"].note_types), messages(planned)


def test_a_changed_look_stamps_the_note_type_and_no_note() -> None:
    first = publish(BOTH, now=100, note_types={Kind.QUESTION: note_type("a")})
    assert looks("a", first.lock, 200) == ({"question": 100}, [])
    assert looks("b", first.lock, 200) == ({"question": 200}, [])
    assert looks("b", first.lock, None) == ({"question": 101}, [])
    planned = publish(BOTH, over=first.lock, now=200, note_types={Kind.QUESTION: note_type("b")})
    assert planned.lock.notes == first.lock.notes


def test_a_changed_schema_is_an_error() -> None:
    first = publish(BOTH, now=100, note_types={Kind.QUESTION: note_type()})
    assert looks("", first.lock, 200, fields=2)[1] == [
        "error[note-type-fork] the note type `question` has other fields or cards than learners have"
    ]


def test_note_types_that_are_not_in_use_keep_their_lines() -> None:
    first = publish(BOTH, now=100, note_types={Kind.QUESTION: note_type()})
    assert publish(BOTH, over=first.lock, now=200).lock == first.lock
