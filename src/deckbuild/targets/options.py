"""The order in which a print shows the options of a choice: shuffled, and the right letters balanced."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deckbuild.identity import digest
from deckbuild.model import Card, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from deckbuild.plain import LearningItem

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Orders = dict[str, tuple[int, ...]]
"""By `LearningItem.ref`: the options of a choice, as indices, in the order they are shown."""


def option_orders(items: Iterable[LearningItem], *seed: str) -> Orders:
    """Return the order of every choice's options.

    Names and places alone decide, no text, so that a corrected typo shuffles nothing. Where one
    option is right, its letter is the one that was right the fewest times before among those the
    choice has: somebody who always ticks the same letter does no better than chance.
    """
    orders: Orders = {}
    used: Counter[int] = Counter()
    for item in items:
        if not (isinstance(item.body, Card) and isinstance(item.body.body, Choice)):
            continue
        choice = item.body.body
        order = _shuffled(choice, item.ref, seed) if choice.shuffle else tuple(range(len(choice.options)))
        right = [index for index in order if choice.options[index].right]
        if choice.shuffle and len(right) == 1:
            place = min(
                range(len(order)), key=lambda place: (used[place], digest(*seed, item.ref, f"@{place}"))
            )
            wrong = [index for index in order if index != right[0]]
            order = (*wrong[:place], right[0], *wrong[place:])
        if len(right) == 1:
            used[order.index(right[0])] += 1
        orders[item.ref] = order
    return orders


def right_letters(choice: Choice, order: tuple[int, ...]) -> str:
    """Return the letters of the right options: `B`, or `A, D`."""
    return ", ".join(LETTERS[place] for place, index in enumerate(order) if choice.options[index].right)


def _shuffled(choice: Choice, ref: str, seed: tuple[str, ...]) -> tuple[int, ...]:
    ranks: Mapping[int, str] = {index: digest(*seed, ref, str(index)) for index in range(len(choice.options))}
    return tuple(sorted(ranks, key=lambda index: ranks[index]))
