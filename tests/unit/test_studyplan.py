from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from deckbuild.model import Priority
from deckbuild.plain import items
from deckbuild.studyplan import MOST, MOST_NEW, Scope, minutes_to_learn, study_plans
from support.decks import basic, deck, followup, question

if TYPE_CHECKING:
    from deckbuild.model import Deck


def bank(must: int = 1, should: int = 0, extra: int = 0, cards: int = 0, minutes: float = 3.0) -> Deck:
    counts = {Priority.MUST: must, Priority.SHOULD: should, Priority.EXTRA: extra}
    return deck(
        *(
            question(
                f"{priority} {n}?",
                answer="A.",
                priority=priority,
                minutes=minutes,
                cards=[basic(f"Q{c}?", "A") for c in range(cards)],
            )
            for priority, count in counts.items()
            for n in range(count)
        )
    )


def test_a_question_takes_its_minutes_once_and_half_of_them_twice() -> None:
    made = deck(question("Why?", answer="A.", minutes=10))
    assert minutes_to_learn(made) == 20


def test_a_question_without_minutes_takes_three_a_follow_up_one_a_card_half_of_one() -> None:
    made = deck(question("Why?", answer="A.", followups=[followup("How?", "So.")], cards=[basic("Q?", "A")]))
    assert minutes_to_learn(made) == 10


def test_a_small_deck_is_learned_whole_in_three_days() -> None:
    first, *_ = study_plans(bank(must=2, extra=2))
    assert (first.days, first.scope, first.cards) == (3, Scope.ALL, 4)
    assert (first.new_days, first.new_a_day) == (2, 2)
    assert (first.print_on, first.rehearse_on) == (2, (3,))


def test_what_does_not_fit_is_left_out_extra_first() -> None:
    scopes = [plan.scope for plan in study_plans(bank(must=40, should=30, extra=30))]
    assert scopes == [Scope.MUST, Scope.SHOULD, Scope.ALL, Scope.ALL, Scope.ALL]


def test_small_cards_are_left_out_before_questions_that_are_a_must() -> None:
    first, *_ = study_plans(bank(must=40, cards=8))
    assert first.scope is Scope.QUESTIONS
    assert first.cards == 40


def test_many_short_cards_are_too_many_even_where_their_minutes_would_fit() -> None:
    five = study_plans(bank(must=8, should=9, cards=9, minutes=1))[1]
    assert (five.days, five.scope, five.cards, five.new_a_day) == (5, Scope.MUST, 80, 27)


def test_interviews_are_rehearsed_at_half_time_weekly_and_at_the_end() -> None:
    days = {plan.days: plan.rehearse_on for plan in study_plans(bank())}
    assert days == {3: (3,), 5: (3, 5), 7: (4, 6, 7), 14: (7, 13, 14), 30: (7, 14, 21, 28, 29, 30)}


def test_a_deck_with_nothing_to_learn_has_no_plan() -> None:
    assert study_plans(deck(question("Why?"))) == ()


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 9))
def test_every_new_card_comes_before_the_last_days(must: int, should: int, extra: int, cards: int) -> None:
    made = bank(must, should, extra, cards)
    least = Scope.QUESTIONS if must else Scope.SHOULD if should else Scope.ALL
    for plan in study_plans(made):
        assert plan.new_a_day * plan.new_days >= plan.cards
        assert plan.new_days < plan.days
        assert plan.cards <= sum(1 for _ in items(made))
        assert plan.minutes_a_day <= MOST or plan.scope is least
        assert plan.new_a_day <= MOST_NEW or plan.scope is least
