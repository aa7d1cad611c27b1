"""Fitting texts into their room: the largest type, then a shorter form, measured by the typesetter.

Every text searches by itself and says what it wants measured next; all that is wanted at a time is
measured in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

_SHRINKING = 1.6
"""The height of a text goes with the size of its type to about this power: lines are lower and fewer."""

Measure = Callable[[Sequence[str]], Sequence[float]]
"""Returns the heights of fragments."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be fitted: its forms, the one that needs most room first, and the room there is."""

    forms: tuple[Callable[[int], str], ...] = field(repr=False)
    """Each returns the fragment for a step: the place of a scale of type."""
    room: float
    """Above zero."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text that fits: which form of it, at which step, and how high it then is."""

    form: int
    step: int
    height: float


@dataclass(frozen=True, slots=True)
class Unfitted:
    """A text that does not fit, and the height it would need."""

    height: float


Fit = Fitted | Unfitted
_Search = Generator[str, float, Fit]


def fit_all(texts: Sequence[Text], scales: Sequence[float], measure: Measure) -> tuple[Fit, ...]:
    """Fit every text, with the largest of the scales (given in falling order) at which it fits."""
    searches: list[_Search] = [_search(text, scales) for text in texts]
    wanted = {place: next(search) for place, search in enumerate(searches)}
    results: dict[int, Fit] = {}
    while wanted:
        heights = measure(tuple(wanted.values()))
        for (place, _), height in zip(tuple(wanted.items()), heights, strict=True):
            try:
                wanted[place] = searches[place].send(height)
            except StopIteration as done:
                results[place] = done.value
                del wanted[place]
    return tuple(results[place] for place in range(len(texts)))


def _search(text: Text, scales: Sequence[float]) -> _Search:
    height = 0.0
    for number, form in enumerate(text.forms):
        fits: Fitted | None = None
        too_large, smallest = -1, len(scales)
        probe = 0
        while smallest - too_large > 1:
            height = yield form(probe)
            if height <= text.room:
                fits, smallest = Fitted(number, probe, height), probe
            else:
                too_large = probe
            probe = smallest - 1 if fits else _guess(height, text.room, scales, probe)
        if fits:
            return fits
    return Unfitted(height)


def _guess(height: float, room: float, scales: Sequence[float], probe: int) -> int:
    """Return the place of the largest scale that is likely to fit, after the one that did not."""
    wanted = scales[probe] * (room / height) ** (1 / _SHRINKING)
    after = range(probe + 1, len(scales))
    return next((place for place in after if scales[place] <= wanted), len(scales) - 1)
