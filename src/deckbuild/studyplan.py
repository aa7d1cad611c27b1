"""Study plans: what to learn in the days there are, worked out from what a deck holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

from deckbuild.model import Followup, Priority, Question
from deckbuild.plain import items

if TYPE_CHECKING:
    from deckbuild.model import Deck
    from deckbuild.plain import LearningItem

LENGTHS = (3, 5, 7, 14, 30)
"""Plans are made for so many days."""

MOST = 90
"""Nobody learns for more minutes a day than this; a plan leaves out what does not fit."""

MOST_NEW = 50
"""Nor does anyone keep more new things a day, however short they are."""

_WEEK = 7


class Scope(StrEnum):
    """How much of a deck a plan takes on, least first."""

    QUESTIONS = "questions"
    """The questions that must be known, without their small cards."""
    MUST = "must"
    SHOULD = "should"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """What to do in a number of days. Days count from 1."""

    days: int
    scope: Scope
    cards: int
    """How many things there are to learn in that scope."""
    new_days: int
    """New cards come on the first so many days; the others are for repeating."""
    new_a_day: int
    minutes_a_day: int
    print_on: int
    rehearse_on: tuple[int, ...]


def minutes_to_learn(deck: Deck) -> int:
    """Return how long it takes to answer everything on three days, to the next five minutes."""
    return ceil(2 * _first_time(tuple(items(deck))) / 5) * 5


def study_plans(deck: Deck) -> tuple[StudyPlan, ...]:
    """Return a plan for each length; none for a deck with nothing to learn."""
    scopes = [(scope, chosen) for scope in Scope if (chosen := _chosen(deck, scope))]
    return tuple(_plan(days, scopes) for days in LENGTHS) if scopes else ()


def _plan(days: int, scopes: list[tuple[Scope, tuple[LearningItem, ...]]]) -> StudyPlan:
    scope, chosen = next((entry for entry in reversed(scopes) if _fits(entry[1], days)), scopes[0])
    new_days = days - days_of_rest(days)
    return StudyPlan(
        days,
        scope,
        len(chosen),
        new_days,
        _new_a_day(chosen, days),
        _minutes_a_day(chosen, days),
        new_days,
        _rehearsals(days),
    )


def _fits(chosen: tuple[LearningItem, ...], days: int) -> bool:
    return _minutes_a_day(chosen, days) <= MOST and _new_a_day(chosen, days) <= MOST_NEW


def days_of_rest(days: int) -> int:
    """Return how many days at the end bring nothing new; three days leave room for one."""
    return 1 if days <= 3 else max(2, days // 5)


def _rehearsals(days: int) -> tuple[int, ...]:
    """Return when to hold an interview: at half-time of a short plan, weekly in a long one, at the end."""
    chosen = {*range(_WEEK, days + 1, _WEEK), days}
    if days >= _WEEK:
        chosen.add(days - 1)
    if 3 < days <= _WEEK:  # in three days half-time comes too early
        chosen.add(ceil(days / 2))
    return tuple(sorted(chosen))


def _chosen(deck: Deck, scope: Scope) -> tuple[LearningItem, ...]:
    ranks = {Scope.QUESTIONS: 0, Scope.MUST: 0, Scope.SHOULD: 1, Scope.ALL: 2}
    taken = tuple(Priority)[: ranks[scope] + 1]
    return tuple(
        item
        for item in items(deck)
        if item.question.priority in taken
        and (scope is not Scope.QUESTIONS or isinstance(item.body, Question))
    )


def _new_a_day(chosen: tuple[LearningItem, ...], days: int) -> int:
    return ceil(len(chosen) / (days - days_of_rest(days)))


def _minutes_a_day(chosen: tuple[LearningItem, ...], days: int) -> int:
    return ceil(2 * _first_time(chosen) / days / 5) * 5


def _first_time(chosen: tuple[LearningItem, ...]) -> float:
    """Return the minutes it takes to answer each once; the next two times take half as long each."""
    return sum(_minutes(item) for item in chosen)


def _minutes(item: LearningItem) -> float:
    match item.body:
        case Question(minutes=minutes):
            return 3 if minutes is None else minutes
        case Followup():
            return 1
        case _:
            return 0.5
