"""Searching for a type size and for what to leave out: arithmetic on numbers of columns."""

from __future__ import annotations

from math import ceil, floor, log
from typing import TYPE_CHECKING

from deckbuild.model import Priority

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from deckbuild.model import Question

STEP = 0.1
"""Sizes are multiples of this many points: less is not seen, and each try costs a layout."""
USUAL = 7.6
"""The size that is tried first."""
_ROUNDING = 1e-6
_GROWTH = 1.4
"""Height grows by about this power of the type size: larger type also breaks into more lines."""
_NEAR = 2
"""A prediction so many steps away says no more than that the next size may do it."""
_ROUNDED_UP = 0.5
"""The last of the columns that are needed is half full on average."""


def largest_size(
    columns: Callable[[float], int], room: int, low: float, high: float, start: float = USUAL
) -> float | None:
    """Return the largest size from `low` to `high` that needs at most `room` columns, or None.

    Each size that is tried costs a layout of everything: the next one is predicted from the last, at
    least in growing strides, until one fits and one does not; then the middle is tried.
    """
    first, last = ceil(low / STEP - _ROUNDING), floor(high / STEP + _ROUNDING)
    fits, fails = first - 1, last + 1
    size, stride = max(first, min(last, round(start / STEP))), 1
    while fits + 1 < fails:
        found = columns(round(size * STEP, 2))
        is_up = found <= room
        fits, fails = (size, fails) if is_up else (fits, size)
        if fits >= first and fails <= last:
            size = (fits + fails) // 2
            continue
        predicted = round(size * (room / (found - _ROUNDED_UP)) ** (1 / _GROWTH))
        if stride <= _NEAR and abs(predicted - size) <= _NEAR:
            predicted, step = size, 1
        else:
            step = stride
        size = max(predicted, size + step) if is_up else min(predicted, size - step)
        size, stride = max(first, min(last, size)), stride * 2
    return round(fits * STEP, 2) if fits >= first else None


def estimated_size(height: Callable[[float], float], room: float, low: float, high: float) -> float:
    """Return about the size at which the height is `room`, from two heights that are only estimated."""
    first = max(low, min(high, USUAL))
    known = height(first)
    second = max(low, min(high, first * float((room / known) ** (1 / _GROWTH))))
    if abs(second - first) < STEP:
        return second
    known, before = height(second), known
    growth = max(log(known / before) / log(second / first), 1.0)
    return max(low, min(high, second * float((room / known) ** (1 / growth))))


def first_to_go(questions: Sequence[Question]) -> list[str]:
    """Return the ids of what may be left out, in that order: `extra`, then `should`, the last first."""
    return [
        question.id
        for priority in (Priority.EXTRA, Priority.SHOULD)
        for question in reversed(questions)
        if question.priority is priority
    ]


def fewest_to_drop(
    order: Sequence[str],
    columns: Callable[[frozenset[str]], int],
    room: int,
    rank: Mapping[str, Priority],
) -> frozenset[str]:
    """Return the shortest start of `order` without which the rest fits; all of it if nothing helps.

    What is shorter than what went after it may stay, if that is of no higher rank.
    """
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if columns(frozenset(order[:middle])) <= room:
            high = middle
        else:
            low = middle + 1
    dropped = set(order[:low])
    for name in reversed(order[:low]):
        if rank[name] is rank[order[low - 1]] and columns(frozenset(dropped - {name})) <= room:
            dropped.remove(name)
    return frozenset(dropped)
