"""Who is who: questions, cards, sections and decks recognized after edits, renames and moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from deckbuild.identity import guid
from deckbuild.markup.events import Link, Start
from deckbuild.markup.text import to_text
from support.decks import basic, cloze, deck, followup, question, section, steps
from support.locks import NOTHING, guids, messages, notes, ordinals, publish, times, unwritten, unwritten_card

if TYPE_CHECKING:
    from deckbuild.lock.entries import Lock
    from deckbuild.lock.plan import Plan
    from deckbuild.model import Deck, Question


def helps(planned: Plan) -> list[str]:
    return [d.help for d in planned.diagnostics]


# Written ids ------------------------------------------------------------------------------------


def test_a_guid_is_the_hash_of_the_names_it_was_published_under() -> None:
    planned = publish(deck(question("Why?", id="why", answer="So.", cards=[basic("a", "b", id="c")])))
    assert guids(planned) == {
        "why": guid("tests", "test", "why", ""),
        "why/c": guid("tests", "test", "why", "c"),
    }


def test_reordering_changes_no_line() -> None:
    one, two = question("One?", answer="1"), question("Two?", answer="2")
    first = publish(deck(one, two), now=5)
    assert publish(deck(two, one), over=first.lock, now=9).lock == first.lock


def test_was_carries_on_everything() -> None:
    first = publish(deck(question("Why?", id="a", answer="So.", cards=[basic("x", "y", id="c")])), now=5)
    then = publish(
        deck(question("Why?", id="b", was=("a",), answer="So.", cards=[basic("x", "y", id="c")])),
        over=first.lock,
        now=9,
    )
    assert guids(then) == {"b": guids(first)["a"], "b/c": guids(first)["a/c"]}
    assert set(times(then).values()) == {5}
    assert [note.id for note in notes(then).values()] == ["test/a", "test/a/c"]
    assert messages(then) == []


def test_was_finds_the_first_identity_without_a_lock() -> None:
    then = publish(deck(question("Why?", id="c", was=("a", "b"), answer="So.")))
    assert guids(then) == {"c": guid("tests", "test", "a", "")}


def test_was_may_name_any_earlier_id_while_the_first_is_what_counts() -> None:
    versions = [("a", ()), ("b", ("a",)), ("c", ("a", "b"))]
    planned = publish(deck())
    for name, was in versions:
        planned = publish(deck(question("Why?", id=name, was=was, answer="So.")), over=planned.lock)
    assert guids(planned) == {"c": guid("tests", "test", "a", "")}
    only_last = publish(deck(question("Why?", id="d", was=("c",), answer="So.")), over=planned.lock)
    assert guids(only_last) == {"d": guid("tests", "test", "a", "")}


def test_a_was_that_comes_late_still_joins_the_two() -> None:
    """The first build after renaming had no `was`: the old note was retired, a new one published."""
    card = basic("x", "y", id="c")
    first = publish(deck(question("Why?", id="a", answer="So.")), now=5)
    second = publish(deck(question("Why?", id="b", answer="So.", cards=[card])), over=first.lock, now=6)
    assert helps(second) == ["if they are the same, write `was: a`, and learners keep their progress"]
    joined = deck(question("Why?", id="b", was=("a",), answer="So.", cards=[card]))
    third = publish(joined, over=second.lock, now=7)
    assert guids(third) == {"b": guids(first)["a"], "b/c": guids(second)["b/c"]}
    assert third.ledgers["test"].retired == ("test/b",)
    assert publish(joined, over=third.lock, now=8).lock == third.lock


def test_a_question_that_moves_to_another_deck_keeps_its_notes() -> None:
    moved = question("Why?", id="why", answer="So.", cards=[basic("x", "y", id="c")])
    other, stays = question("How?", id="how", answer="Thus."), question("Where?", id="where", answer="There.")
    first = publish(deck(moved, stays, id="one"), deck(other, id="two"), now=5)
    then = publish(
        deck(stays, id="one"),
        deck(other, replace(moved, was=("one/why",)), id="two"),
        over=first.lock,
        now=9,
    )
    assert guids(then, "two")["why"] == guids(first, "one")["why"]
    assert guids(then, "two")["why/c"] == guids(first, "one")["why/c"]
    assert (then.ledgers["one"].retired, then.ledgers["two"].retired) == ((), ())
    assert then.ledgers["two"].numbering.questions == {"how": "1", "why": "2"}
    again = publish(
        deck(stays, question("New?", answer="n"), id="one"),
        deck(other, replace(moved, was=("one/why",)), id="two"),
        over=then.lock,
        now=10,
    )
    assert again.ledgers["one"].numbering.questions == {"where": "2", "new": "3"}, "1 was given once"


def test_an_id_before_a_move_is_one_of_the_deck_it_left() -> None:
    first = publish(deck(question("Why?", id="a", answer="So."), id="one"), deck(id="two"), now=5)
    there = question("Why?", id="c", was=("a", "one/b"), answer="So.")
    other = question("Other?", id="a", answer="o")
    then = publish(deck(id="one"), deck(there, other, id="two"), over=first.lock, now=6)
    assert guids(then, "two")["c"] == guids(first, "one")["a"]


def test_a_move_without_was_is_offered_one() -> None:
    moved, stays = question("Why?", id="why", answer="So."), question("Where?", answer="There.")
    first = publish(deck(moved, stays, id="one"), deck(id="two"), now=5)
    then = publish(deck(stays, id="one"), deck(moved, id="two"), over=first.lock, now=9)
    assert helps(then) == ["if they are the same, write `was: one/why`, and learners keep their progress"]


def test_a_question_that_comes_back_is_the_one_it_was() -> None:
    one, two = question("One?", answer="1"), question("Two?", answer="2")
    first = publish(deck(one, two), now=5)
    without = publish(deck(one), over=first.lock, now=6)
    assert without.ledgers["test"].retired == ("test/two",)
    assert publish(deck(one, two), over=without.lock, now=7).lock.notes == first.lock.notes


def test_another_kind_of_card_under_an_id_is_another_note() -> None:
    """Anki does not update a note whose type is another one."""
    first = publish(deck(question("Why?", id="q", answer="a", cards=[basic("x", "y", id="c")])), now=5)
    then = publish(
        deck(question("Why?", id="q", answer="a", cards=[cloze("{{x}} y", id="c")])), over=first.lock, now=6
    )
    assert guids(then)["q/c"] not in guids(first).values()
    assert then.ledgers["test"].retired == ("test/q/c",)


# Ids that nobody wrote --------------------------------------------------------------------------


def asked(ask: str, answer: str = "So.") -> Question:
    return unwritten(question(ask, answer=answer))


def test_an_edited_prompt_is_recognized_where_all_else_is_unchanged() -> None:
    first = publish(deck(asked("Why does dept help?"), asked("How?", "Thus.")), now=5)
    then = publish(deck(asked("Why does depth help?"), asked("How?", "Thus.")), over=first.lock, now=9)
    assert guids(then)["why-does-dept-help"] == guids(first)["why-does-dept-help"]
    assert messages(then) == [
        "warning[identity-guess] this question is taken for `why-does-dept-help`: only its prompt changed"
    ]
    assert helps(then) == ["write `id: why-does-dept-help` if it is, or another `id` if it is a new question"]


def test_from_then_on_it_is_known_and_may_change_at_will() -> None:
    first = publish(deck(asked("Why does dept help?")), now=5)
    second = publish(deck(asked("Why does depth help?")), over=first.lock, now=6)
    third = publish(deck(asked("Why does depth help?", "Another answer.")), over=second.lock, now=7)
    assert (guids(third), messages(third)) == (guids(first), [])


def test_the_id_of_the_first_prompt_is_remembered_where_others_lead_to_it() -> None:
    other = question("See?", answer="See [depth](#why-depth).", see=("why-depth",))
    first = publish(deck(asked("Why dept?"), question("See?", answer="Later.")), now=5)
    then = publish(deck(asked("Why depth?"), other), over=first.lock, now=6)
    [_, rewritten] = then.decks["test"].sections[0].questions
    assert rewritten.see == ("why-dept",)
    assert rewritten.answer
    links = [e.tag.url for e in rewritten.answer.events if isinstance(e, Start) and isinstance(e.tag, Link)]
    assert links == ["#why-dept"]
    assert [q.id for _, q in then.decks["test"].questions()] == ["why-dept", "see"]


def test_a_new_question_may_have_the_prompt_that_another_one_had() -> None:
    first = publish(deck(asked("What is X?")), now=5)
    second = publish(deck(asked("What is X in CNNs?")), over=first.lock, now=6)
    third = publish(deck(asked("What is X in CNNs?"), asked("What is X?", "Else.")), over=second.lock, now=7)
    assert guids(third)["what-is-x"] == guids(first)["what-is-x"]
    assert [to_text(q.ask.events) for _, q in third.decks["test"].questions()] == [
        "What is X in CNNs?",
        "What is X?",
    ]
    assert [q.id for _, q in third.decks["test"].questions()] == ["what-is-x", "what-is-x-2"]


def test_a_changed_prompt_and_answer_is_a_new_question_and_the_message_offers_was() -> None:
    first = publish(deck(asked("What does L1 do?", "Sparse."), asked("How?", "Thus.")), now=5)
    then = publish(
        deck(asked("What does L2 do?", "Small weights."), asked("How?", "Thus.")), over=first.lock, now=9
    )
    assert guids(then)["what-does-l2-do"] not in guids(first).values()
    assert messages(then) == [
        "warning[identity-lost] `what-does-l2-do` is a new question, and `what-does-l1-do` is gone"
    ]


def test_two_candidates_are_none() -> None:
    first = publish(deck(asked("One?", "Yes."), asked("Two?", "Yes.")), now=5)
    then = publish(deck(asked("Uno?", "Yes."), asked("Due?", "Yes.")), over=first.lock, now=9)
    assert set(guids(then).values()).isdisjoint(guids(first).values())
    assert {d.code for d in then.diagnostics} == {"identity-lost"}


def test_writing_the_id_that_is_remembered_changes_nothing_for_learners() -> None:
    first = publish(deck(asked("Why dept?")), now=5)
    second = publish(deck(asked("Why depth?")), over=first.lock, now=6)
    then = publish(deck(question("Why depth?", id="why-dept", answer="So.")), over=second.lock, now=7)
    assert (then.lock.notes, messages(then)) == (second.lock.notes, [])


def test_writing_another_id_at_an_unchanged_question_is_recognized() -> None:
    first = publish(deck(asked("Why depth?")), now=5)
    then = publish(deck(question("Why depth?", id="depth", answer="So.")), over=first.lock, now=6)
    assert guids(then) == {"depth": guids(first)["why-depth"]}
    assert messages(then) == [
        "warning[identity-guess] this question is taken for `why-depth`: only its id changed"
    ]


def test_a_written_id_that_changes_is_another_question() -> None:
    """Somebody chose both: that they mean the same is for `was` to say."""
    first = publish(deck(question("Why?", id="a", answer="So.")), now=5)
    then = publish(deck(question("Why?", id="b", answer="So.")), over=first.lock, now=6)
    assert guids(then)["b"] != guids(first)["a"]


def test_the_prompt_of_a_retired_question_is_reported_until_was_brings_its_progress_back() -> None:
    first = publish(deck(question("Why?", id="a", answer="So.")), now=5)
    lost = deck(question("Why?", id="b", answer="Because."))
    second = publish(lost, over=first.lock, now=6)
    third = publish(lost, over=second.lock, now=7)
    said = ["warning[identity-lost] `b` is a new question, and `a` is gone"]
    assert (messages(second), messages(third)) == (said, said)
    settled = deck(question("Why?", id="b", answer="Because.", was=("a",)))
    fourth = publish(settled, over=third.lock, now=8)
    assert (guids(fourth)["b"], messages(fourth)) == (guids(first)["a"], [])
    assert fourth.ledgers["test"].retired == ("test/b",)
    fifth = publish(settled, over=fourth.lock, now=9)
    assert (fifth.lock, messages(fifth)) == (fourth.lock, [])


def test_a_question_that_stood_beside_a_retired_one_is_another() -> None:
    both = deck(question("Why?", id="a", answer="So."), question("Why?", id="b", answer="Because."))
    first = publish(both, now=5)
    then = publish(deck(question("Why?", id="b", answer="Because.")), over=first.lock, now=6)
    assert messages(publish(then.decks["test"], over=then.lock, now=7)) == messages(then) == []


# Cards ------------------------------------------------------------------------------------------


def carded(*cards: object, answer: str = "So.") -> Deck:
    return deck(question("Why?", id="q", answer=answer, cards=[unwritten_card(c) for c in cards]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (basic("Rang of tanh?", "(-1, 1)"), basic("Range of tanh?", "(-1, 1)")),
        (steps("On step", "a", "b"), steps("One step", "a", "b")),
        (cloze("ReLU return {{zero}} below."), cloze("ReLU returns {{zero}} below.")),
        (cloze("ReLU returns {{zro}} below."), cloze("ReLU returns {{zero}} below.")),
        (cloze("ReLU return {{zro}} below."), cloze("ReLU returns {{zero}} for {{negative}} inputs.")),
    ],
)
def test_an_edited_card_is_recognized(before: object, after: object) -> None:
    first = publish(carded(before, basic("Other?", "o")), now=5)
    then = publish(carded(after, basic("Other?", "o")), over=first.lock, now=6)
    assert set(guids(then).values()) == set(guids(first).values())
    assert {d.code for d in then.diagnostics} == {"identity-guess"}
    assert publish(carded(after, basic("Other?", "o")), over=then.lock, now=7).lock == then.lock


def test_a_cloze_that_is_not_the_only_change_is_another_one() -> None:
    first = publish(carded(cloze("ReLU returns {{zero}} below.")), now=5)
    then = publish(
        carded(cloze("Sigmoid saturates at {{both ends}}."), answer="Else."), over=first.lock, now=6
    )
    assert len(then.ledgers["test"].retired) == 1


def test_cards_swap_places_and_keep_their_notes() -> None:
    one, two = cloze("A {{b}} c d."), cloze("E {{f}} g h.")
    first = publish(carded(one, two), now=5)
    assert publish(carded(two, one), over=first.lock, now=6).lock == first.lock


def test_an_id_added_to_an_unchanged_card_is_recognized() -> None:
    first = publish(carded(cloze("A {{b}} c d.")), now=5)
    then = publish(
        deck(question("Why?", id="q", answer="So.", cards=[cloze("A {{b}} c d.", id="b")])),
        over=first.lock,
        now=6,
    )
    assert list(guids(then).values()) == list(guids(first).values())
    assert times(then) == {"q": 5, "q/b": 5}


def test_a_follow_up_is_recognized_by_its_answer() -> None:
    def bank(ask: str) -> Deck:
        follow = replace(followup(ask, "It never fires."), written=False)
        return deck(question("Why?", id="q", answer="So.", followups=[follow]))

    first = publish(bank("What is a dead ReLu?"), now=5)
    then = publish(bank("What is a dead ReLU unit?"), over=first.lock, now=6)
    assert list(guids(then).values()) == list(guids(first).values())


def test_gaps_keep_their_cards_in_a_card_that_is_recognized() -> None:
    first = publish(carded(cloze("ReLU returns {{zero}} for {{negative}} inputs.")), now=5)
    then = publish(
        carded(cloze("{{ReLU}} returns {{zero}} for {{negative}} inputs.")), over=first.lock, now=6
    )
    [ref] = [ref for ref in notes(then) if ref != "q"]
    assert ordinals(then, ref) == (2, 0, 1)


# Sections and decks -----------------------------------------------------------------------------


def test_a_renamed_section_keeps_the_name_that_anki_knows() -> None:
    q = [question(f"Q{n}?", answer="a") for n in range(3)]
    first = publish(deck(section("New graduates", *q[:2]), section("Others", q[2])), now=5)
    then = publish(deck(section("Juniors", *q[:2]), section("Others", q[2])), over=first.lock, now=6)
    assert then.lock.notes == first.lock.notes
    known = then.ledgers["test"].sections["juniors"]
    assert (known.id, known.title) == ("new-graduates", "New graduates")


def test_a_section_that_takes_only_some_questions_is_a_new_one() -> None:
    q = [question(f"Q{n}?", answer="a") for n in range(3)]
    first = publish(deck(section("One", *q)), now=5)
    then = publish(deck(section("Two", q[0]), section("Three", q[1], q[2])), over=first.lock, now=6)
    assert {known.title for known in then.ledgers["test"].sections.values()} == {"Two", "Three"}
    assert set(guids(then).values()) == set(guids(first).values())


def test_a_deck_keeps_the_title_that_anki_knows() -> None:
    first = publish(deck(question("Q?", answer="a"), title="Old"), now=5)
    then = publish(deck(question("Q?", answer="a"), title="New"), over=first.lock, now=6)
    assert then.lock == first.lock
    assert then.ledgers["test"].deck.title == "Old"


def test_a_deck_whose_file_is_renamed_is_recognized_by_its_questions() -> None:
    q = [question(f"Q{n}?", answer="a") for n in range(4)]
    first = publish(deck(*q, id="dl"), now=5)
    edited = replace(q[0], answer=q[1].ask)
    then = publish(deck(edited, *q[1:], id="deep-learning"), over=first.lock, now=6)
    assert guids(then, "deep-learning") == guids(first, "dl")
    assert messages(then) == [
        "warning[identity-guess] the deck `deep-learning` is taken for `dl`, which had most of its questions"
    ]
    again = publish(deck(edited, *q[1:], question("New?", answer="n"), id="deep-learning"), over=then.lock)
    assert messages(again) == []
    assert notes(again, "deep-learning")["new"].id == "dl/new"


def test_two_decks_that_could_be_the_missing_one_are_new() -> None:
    q = [question(f"Q{n}?", answer="a") for n in range(3)]
    first = publish(deck(*q, id="old"), now=5)
    then = publish(deck(*q, id="one"), deck(*q, id="two"), over=first.lock, now=6)
    assert set(guids(then, "one").values()).isdisjoint(guids(first, "old").values())


def test_a_new_deck_may_take_a_name_that_another_one_left() -> None:
    q = [question(f"Q{n}?", answer="a") for n in range(3)]
    first = publish(deck(*q, id="old"), now=5)
    second = publish(deck(*q, id="new"), over=first.lock, now=6)
    other = [question(f"P{n}?", answer="a") for n in range(3)]
    third = publish(deck(*q, id="new"), deck(*other, q[0], id="old"), over=second.lock, now=7)
    assert guids(third, "new") == guids(first, "old")
    assert set(guids(third, "old").values()).isdisjoint(guids(first, "old").values())


# GUIDs of imported notes ------------------------------------------------------------------------


def test_a_written_guid_is_that_of_the_main_card() -> None:
    planned = publish(deck(question("Q?", answer="a", guid="x!y", cards=[basic("a", "b")])))
    assert guids(planned)["q"] == "x!y"
    assert guids(planned)["q/a"] == guid("tests", "test", "q", "a")


def test_of_a_question_that_is_one_card_the_guid_is_the_cards() -> None:
    planned = publish(deck(question("Q?", guid="x!y", cards=[cloze("{{a}} b c d")])))
    assert list(guids(planned).values()) == ["x!y"]


def test_a_question_is_found_by_its_guid_under_any_id() -> None:
    first = publish(deck(question("Q?", id="a", answer="a", guid="g")), now=5)
    then = publish(deck(question("Other?", id="b", answer="b", guid="g")), over=first.lock, now=6)
    assert (guids(then), notes(then)["b"].id, messages(then)) == ({"b": "g"}, "test/a", [])


def test_a_guid_stays_when_it_is_taken_off() -> None:
    first = publish(deck(question("Q?", id="a", answer="a", guid="g")), now=5)
    assert publish(deck(question("Q?", id="a", answer="a")), over=first.lock, now=6).lock == first.lock


# Clashes ----------------------------------------------------------------------------------------


def clash(*questions: Question, over: Lock = NOTHING) -> tuple[str, list[str], str]:
    planned = publish(deck(*questions), deck(question("Fine?", answer="f"), id="fine"), over=over)
    [found] = planned.diagnostics
    assert found.severity == 0
    assert list(planned.ledgers) == ["fine"], "the others are planned"
    return found.message, [label.text for label in found.labels], found.help


def test_two_notes_with_one_guid_are_shown_both() -> None:
    message, labels, _ = clash(question("One?", answer="1", guid="g"), question("Two?", answer="2", guid="g"))
    assert (message, labels) == ("two notes have the GUID `g`", ["the second", "the first"])


def test_was_of_a_question_that_is_still_there() -> None:
    message, labels, _ = clash(question("One?", answer="1"), question("Two?", answer="2", was=("one",)))
    assert message == "`was: one` names a question that is still there"
    assert labels == ["says that it was this", "`one`"]


def test_two_questions_that_were_one() -> None:
    message, labels, _ = clash(
        question("One?", answer="1", was=("a",)), question("Two?", answer="2", was=("a",))
    )
    assert (message, labels) == ("two questions say that they were `a`", ["the second", "the first"])


def test_a_guid_that_is_not_the_one_learners_have() -> None:
    first = publish(deck(question("One?", answer="1")), now=5)
    message, _, help_text = clash(question("One?", answer="1", guid="g"), over=first.lock)
    known = guids(first)["one"]
    assert message == f"`guid: g`, but learners have this under `{known}`"
    assert help_text.startswith(f"write `guid: {known}`")


def test_a_guid_of_a_note_of_another_kind() -> None:
    first = publish(deck(question("One?", guid="g", cards=[basic("a", "b", id="c")])), now=5)
    message, _, _ = clash(question("Two?", answer="2", guid="g"), over=first.lock)
    assert message == "the GUID `g` is that of `test/one/c`, a basic"
