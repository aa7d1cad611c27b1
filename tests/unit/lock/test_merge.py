"""Merging: what two branches publish apart is one lock after a union merge, whatever they did."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuild.diagnostic import has_errors
from deckbuild.identity import guid
from deckbuild.lock.entries import Lock
from support.decks import cloze, deck, prose, question, section
from support.locks import guids, merge, notes, ordinals, publish, unwritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.lock.entries import NoteEntry
    from deckbuild.model import Deck, Question, Section

_V = TypeVar("_V")


def gaps(*words: str) -> Deck:
    text = " ".join(f"{{{{{word}}}}}" for word in words)
    return deck(question("Q?", id="q", answer="a", cards=[cloze(f"{text} and more words", id="c")]))


def test_two_edits_of_two_notes_are_both_kept() -> None:
    one, two = question("One?", answer="1"), question("Two?", answer="2")
    base = publish(deck(one, two), now=10)
    here = publish(deck(replace(one, answer=prose("uno")), two), over=base.lock, now=20)
    there = publish(deck(one, replace(two, answer=prose("due"))), over=base.lock, now=30)
    merged = merge(here.lock, there.lock)
    assert {note.key: note.time for note in merged.notes} == {"test/one": 20, "test/two": 30}


def test_of_one_note_the_later_time_wins_and_what_does_not_fit_is_stamped_again() -> None:
    one = question("One?", answer="1")
    base = publish(deck(one), now=10)
    here = publish(deck(replace(one, answer=prose("uno"))), over=base.lock, now=20)
    there = publish(deck(replace(one, answer=prose("eins"))), over=base.lock, now=30)
    merged = merge(here.lock, there.lock)
    kept = publish(deck(replace(one, answer=prose("eins"))), over=merged, now=40)
    other = publish(deck(replace(one, answer=prose("uno"))), over=merged, now=40)
    assert [notes(planned)["one"].modified for planned in (kept, other)] == [30, 40]


def test_the_gap_published_first_keeps_its_ordinal_and_the_other_gets_a_new_one() -> None:
    base = publish(gaps("a", "b"), now=10)
    here = publish(gaps("a", "b", "here"), over=base.lock, now=20)
    there = publish(gaps("a", "b", "there"), over=base.lock, now=30)
    later_here = publish(gaps("a", "b", "here!"), over=here.lock, now=40)
    merged = merge(later_here.lock, there.lock)
    planned = publish(gaps("there", "here!", "a", "b"), over=merged, now=50)
    assert ordinals(planned, "q/c") == (3, 2, 0, 1)
    assert notes(planned)["q/c"].modified == 50


def test_the_question_published_first_keeps_its_number() -> None:
    base = publish(deck(question("One?", answer="1")), now=10)
    here = publish(deck(question("One?", answer="1"), question("Y?", answer="y")), over=base.lock, now=20)
    there = publish(deck(question("One?", answer="1"), question("X?", answer="x")), over=base.lock, now=30)
    both = deck(question("One?", answer="1"), question("X?", answer="x"), question("Y?", answer="y"))
    planned = publish(both, over=merge(here.lock, there.lock), now=40)
    assert planned.ledgers["test"].numbering.questions == {"one": "1", "x": "3", "y": "2"}
    assert {ref: note.modified for ref, note in notes(planned).items()} == {"one": 10, "x": 40, "y": 20}


def test_the_section_published_first_keeps_its_number() -> None:
    one = section("One", question("One?", answer="1"))
    here, there = section("Here", question("H?", answer="h")), section("There", question("T?", answer="t"))
    base = publish(deck(one), now=10)
    merged = merge(
        publish(deck(one, there), over=base.lock, now=30).lock,
        publish(deck(one, here), over=base.lock, now=20).lock,
    )
    planned = publish(deck(one, there, here), over=merged, now=40)
    assert planned.ledgers["test"].numbering.sections == {"one": 1, "there": 3, "here": 2}


def test_a_rename_here_and_an_edit_there() -> None:
    old = question("Why?", id="a", answer="So.")
    base = publish(deck(old), now=10)
    here = publish(deck(replace(old, id="b", was=("a",))), over=base.lock, now=20)
    there = publish(deck(replace(old, answer=prose("Else."))), over=base.lock, now=30)
    both = replace(old, id="b", was=("a",), answer=prose("Else."))
    planned = publish(deck(both), over=merge(here.lock, there.lock), now=40)
    assert guids(planned) == {"b": guids(base)["a"]}
    assert planned.ledgers["test"].retired == ()


def test_an_edited_prompt_here_and_another_answer_there() -> None:
    old = unwritten(question("Why dept?", answer="So."))
    base = publish(deck(old), now=10)
    here = publish(deck(unwritten(question("Why depth?", answer="So."))), over=base.lock, now=20)
    there = publish(deck(unwritten(question("Why dept?", answer="Else."))), over=base.lock, now=30)
    both = publish(
        deck(unwritten(question("Why depth?", answer="Else."))), over=merge(here.lock, there.lock), now=40
    )
    assert (guids(both), both.diagnostics) == (guids(base), ())


def test_one_note_published_with_two_guids_keeps_both() -> None:
    """One branch wrote the `guid` of an imported note, the other did not: learners may have either."""
    here = publish(deck(question("Why?", id="a", answer="So.")), now=5)
    there = publish(deck(question("Why?", id="a", answer="So.", guid="theirs")), now=6)
    both = merge(here.lock, there.lock)
    assert merge(there.lock, here.lock) == both
    kept = {(note.guid, note.retired) for note in both.notes}
    assert kept == {("theirs", False), (guids(here)["a"], True)}
    then = publish(deck(question("Why?", id="a", answer="So.", guid="theirs")), over=both, now=7)
    assert guids(then) == {"a": "theirs"}
    assert {note.guid for note in then.lock.notes} == {"theirs", guids(here)["a"]}


def test_the_same_imported_note_published_under_two_names() -> None:
    base = publish(deck(), now=10)
    here = publish(deck(question("One?", id="one", answer="1", guid="g")), over=base.lock, now=20)
    there = publish(deck(question("One?", id="uno", answer="1", guid="g")), over=base.lock, now=30)
    merged = merge(here.lock, there.lock)
    assert [note.guid for note in merged.notes] == ["g"]
    planned = publish(deck(question("One?", id="uno", answer="1", guid="g")), over=merged, now=40)
    assert guids(planned) == {"uno": "g"}


# Any history ------------------------------------------------------------------------------------

Place = tuple[str, str]
"""Deck and section."""
Action = tuple[str, str, object]
History = list[list[Action]]


@dataclass(frozen=True)
class State:
    """Two decks while somebody works on them: gaps by question, where each stands, and what it was."""

    gaps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    was: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def decks(self) -> list[Deck]:
        return [deck(*self._sections(name), id=name) for name in ("one", "two")]

    def _sections(self, home: str) -> Iterator[Section]:
        for place in sorted({place for place in self.places.values() if place[0] == home}):
            yield section(place[1], *(self._question(q) for q, p in self.places.items() if p == place))

    def _question(self, name: str) -> Question:
        text = " ".join(f"{{{{{word}}}}}" for word in self.gaps[name])
        card = cloze(f"{text} xyz", id="c")
        return question(f"{name}?", id=name, answer="a", was=self.was.get(name, ()), cards=[card])

    def names_used(self) -> set[str]:
        return {*self.gaps, *(old.rpartition("/")[2] for was in self.was.values() for old in was)}


NAMES = st.sampled_from("abcdef")
WORDS = st.lists(st.sampled_from(["zero", "one", "two", "tree", "three"]), min_size=1, max_size=4)
ACTIONS = st.one_of(
    st.tuples(st.just("write"), NAMES, WORDS.map(tuple)),
    st.tuples(st.just("move"), NAMES, st.tuples(st.sampled_from(["one", "two"]), st.sampled_from("st"))),
    st.tuples(st.just("remove"), NAMES, st.none()),
    st.tuples(st.just("rename"), NAMES, NAMES),
)
HISTORIES = st.lists(st.lists(ACTIONS, max_size=3), max_size=3)


def act(state: State, action: Action) -> State:
    """Return the state after an action; an id that was somebody's is not given to another."""
    match action:
        case ("write", name, tuple() as words) if name in state.gaps or name not in state.names_used():
            places = {**state.places, name: state.places.get(name, ("one", "s"))}
            return replace(state, gaps={**state.gaps, name: words}, places=places)
        case ("move", name, (str() as home, str() as place)) if name in state.gaps:
            old = state.places[name][0]
            was = (*state.was.get(name, ()), *([f"{old}/{name}"] if old != home else []))
            return replace(state, places={**state.places, name: (home, place)}, was={**state.was, name: was})
        case ("remove", name, _) if name in state.gaps:
            return replace(state, gaps=_without(state.gaps, name), places=_without(state.places, name))
        case ("rename", name, str() as new) if name in state.gaps and new not in state.names_used():
            return State(
                {**_without(state.gaps, name), new: state.gaps[name]},
                {**_without(state.places, name), new: state.places[name]},
                {**_without(state.was, name), new: (*state.was.get(name, ()), name)},
            )
    return state


def _without(values: dict[str, _V], name: str) -> dict[str, _V]:
    return {key: value for key, value in values.items() if key != name}


def run(state: State, lock: Lock, history: History, now: int) -> tuple[State, Lock]:
    for number, actions in enumerate(history):
        for action in actions:
            state = act(state, action)
        lock = publish(*state.decks(), over=lock, now=now + 10 * number).lock
    return state, lock


@settings(max_examples=150, deadline=None)
@given(HISTORIES, HISTORIES, HISTORIES, st.integers(-25, 25))
def test_any_two_histories_merge(base: History, left: History, right: History, offset: int) -> None:
    """Both orders give one lock. No GUID is lost or doubled, no two cards of a note share an ordinal, no
    two questions a number. What is published over it is a fixed point."""
    state, lock = run(State(), Lock(), base, 100)
    _, one = run(state, lock, left, 200)
    last, other = run(state, lock, right, 200 + offset)
    merged = merge(one, other)
    assert merged == merge(other, one)
    assert merge(merged, one) == merge(one, merged)
    known = {note.guid for branch in (one, other) for note in branch.notes}
    assert sorted(note.guid for note in merged.notes) == sorted(known)
    for note in merged.notes:
        listed = [part.ordinal for part in note.parts]
        assert len(set(listed)) == len(listed)
        assert note.time == max(n.time for branch in (one, other) for n in branch.notes if n.key == note.key)
    numbers = [(question.deck, question.number) for question in merged.questions if question.number]
    assert len(set(numbers)) == len(numbers)
    planned = publish(*last.decks(), over=merged, now=900)
    assert not has_errors(planned.diagnostics)
    assert publish(*last.decks(), over=planned.lock, now=999).lock == planned.lock
    assert {note.guid for note in planned.lock.notes} >= known
    assert merge(planned.lock) == planned.lock


@settings(max_examples=150, deadline=None)
@given(HISTORIES)
def test_whatever_is_moved_and_renamed_a_note_has_the_guid_of_its_first_name(history: History) -> None:
    state, lock = run(State(), Lock(), history, 100)
    names = [(*state.was.get(name, ()), name)[0].rpartition("/")[2] for name in state.gaps]
    expected = [guid("tests", "one", name, item) for name in names for item in ("", "c")]
    assert sorted(note.guid for note in lock.notes if not note.retired) == sorted(expected)


@settings(max_examples=150, deadline=None)
@given(HISTORIES)
def test_in_any_history_equal_gaps_keep_their_cards(history: History) -> None:
    state, lock = State(), Lock()
    for number, actions in enumerate(history):
        old = {note.guid: _by_words(note) for note in lock.notes}
        state, lock = run(state, lock, [actions], 100 + number)
        for note in lock.notes:
            now, before = _by_words(note), old.get(note.guid, {})
            for words in now.keys() & before.keys():
                few, many = sorted((now[words], before[words]), key=len)
                assert few <= many


def _by_words(note: NoteEntry) -> dict[str, set[int]]:
    return {part.words: {p.ordinal for p in note.parts if p.words == part.words} for part in note.parts}


@settings(max_examples=100, deadline=None)
@given(HISTORIES, HISTORIES, HISTORIES)
def test_notes_that_both_branches_leave_alone_keep_their_line(
    base: History, left: History, right: History
) -> None:
    state, lock = run(State(), Lock(), base, 100)
    _, one = run(state, lock, left, 200)
    _, other = run(state, lock, right, 300)
    merged = {note.key: note for note in merge(one, other).notes}
    for note in lock.notes:
        if note in one.notes and note in other.notes:
            assert merged[note.key] == note
