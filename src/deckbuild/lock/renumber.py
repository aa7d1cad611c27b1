"""Numbers taken back, to be given afresh."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deckbuild.lock.numbers import place_of_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.lock.entries import Lock


def without_numbers(lock: Lock, now: int) -> Lock:
    """Return a lock in which all sections and questions wait for their numbers."""
    return replace(
        lock,
        sections=tuple(replace(s, number=0, time=max(now, s.time + 1)) for s in lock.sections),
        questions=tuple(replace(q, number="", had=(), time=max(now, q.time + 1)) for q in lock.questions),
    )


def renumbered(old: Lock, new: Lock) -> Iterator[tuple[str, str, str]]:
    """Yield old number, new number and id of every question whose number changes, in the new order."""
    before = {question.key: question.number for question in old.questions}
    changed = [q for q in new.questions if q.number and before.get(q.key) not in {q.number, None}]
    for question in sorted(changed, key=lambda q: (q.deck, place_of_number(q.number))):
        yield before[question.key], question.number, f"{question.deck}/{question.id}"
