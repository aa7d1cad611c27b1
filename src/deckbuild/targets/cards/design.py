"""The measures of a card: its safe zone, its type, and the room between head and foot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuild.config import CardsOptions
    from deckbuild.imposition import Grid, Size

PROMPT, ANSWER = 13.5, 10.5
"""Sizes of type on a card of about A7, in points."""
_STEP = 0.96
"""Type shrinks by so much at a time."""
_A7 = 105.0 * 74.0
_UNPRINTABLE = 5.0
"""So near to the edge of the paper many printers print nothing."""
_DIGIT, _AFTER_NUMBER = 0.5, 0.7
_LEAST_GROWN, _MOST_GROWN = 0.8, 1.3
_LEAST_SAFE, _MOST_SAFE = 3.0, 7.0
_FRAME = 9.0
"""What head and foot take, with the space beside them."""
_LOW = 45.0
"""A card lower than this has no foot."""


@dataclass(frozen=True, slots=True)
class Design:
    """The measures of a card in millimetres."""

    width: float
    height: float
    safe: float
    """Nothing is printed nearer to the edge of the card."""
    scales: tuple[float, ...]
    """By what type may be multiplied, the largest first."""
    has_foot: bool
    number_width: float
    """Room for a card's number, in em."""

    @property
    def prompt_sizes(self) -> tuple[float, ...]:
        """Return the sizes of prompts in points, the largest first."""
        return tuple(PROMPT * scale for scale in self.scales)

    @property
    def answer_sizes(self) -> tuple[float, ...]:
        """Return the sizes of answers in points, the largest first."""
        return tuple(ANSWER * scale for scale in self.scales)

    @property
    def text_width(self) -> float:
        """Return the width of its text."""
        return self.width - 2 * self.safe

    @property
    def text_height(self) -> float:
        """Return about how high its text may be."""
        return self.height - 2 * self.safe - (_FRAME if self.has_foot else _FRAME / 2)


def design(grid: Grid, options: CardsOptions, longest_number: int = 3) -> Design:
    """Return the measures of a card on its sheet; type shrinks until answers have `min_size`."""
    card = grid.card
    own = min(max(min(card.width, card.height) * 0.07, _LEAST_SAFE), _MOST_SAFE)
    rim = _UNPRINTABLE if options.sheet == "card" else min(grid.left, grid.top)
    scales = _scales(_largest(card), options.min_size / ANSWER)
    safe = round(max(own, _UNPRINTABLE - rim), 2)
    number_width = round(_DIGIT * longest_number + _AFTER_NUMBER, 2)
    return Design(card.width, card.height, safe, scales, card.height >= _LOW, number_width)


def _largest(card: Size) -> float:
    """Return the largest scale of type: 1 on cards of about A7, more on large ones, less on small ones."""
    side = math.sqrt(card.width * card.height / _A7)
    return min(side, _MOST_GROWN) if side > 1 else max(min(side * 1.1, 1.0), _LEAST_GROWN)


def _scales(largest: float, smallest: float) -> tuple[float, ...]:
    if smallest >= largest:
        return (smallest,)
    count = math.ceil(math.log(smallest / largest) / math.log(_STEP))
    return tuple(largest * (smallest / largest) ** (step / count) for step in range(count + 1))
