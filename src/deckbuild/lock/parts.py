"""Which card of a note learns which gap, step or mask: ordinals stay with what a learner learned.

Anki keeps intervals by note and ordinal. A gap put in front of another must not take over its interval.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from deckbuild.identity import digest
from deckbuild.lock.entries import LearnedPart

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 60
_KEPT = 44
_ALIKE = 0.6
"""From here on, of 1, two texts are the same one corrected."""


def new_parts(words: Sequence[str], ordinals: Sequence[int], time: int) -> tuple[LearnedPart, ...]:
    """Return the parts of a note that was never published."""
    if tuple(words) == ("",):
        return ()
    return tuple(
        LearnedPart(ordinal, shortened(text), time) for text, ordinal in zip(words, ordinals, strict=True)
    )


def carried_on(old: Sequence[LearnedPart], words: Sequence[str], time: int) -> tuple[LearnedPart, ...]:
    """Return the parts that a note has now, in source order, and after them those that are gone.

    They are recognized by equal text; then, if as many old as new are left over, in order; then by
    likeness. What is left is new and takes the next free ordinal, for nobody gets that of another.
    """
    if not old:
        return new_parts(words, range(len(words)), time)
    texts = [shortened(text) for text in words]
    # What was gone and is back continues with its old card.
    kept = _equal(sorted(old, key=lambda part: part.gone), texts)
    kept |= _in_order_or_alike(_left(old, kept), texts, kept)
    following = max(part.ordinal for part in old) + 1
    found: list[LearnedPart] = []
    for place, text in enumerate(texts):
        if place in kept:
            found.append(replace(kept[place], words=text, gone=False))
        else:
            found.append(LearnedPart(following, text, time))
            following += 1
    used = {part.ordinal for part in found}
    gone = sorted((part for part in old if part.ordinal not in used), key=lambda part: part.ordinal)
    return (*found, *(replace(part, gone=True) for part in gone))


def shortened(text: str) -> str:
    """Return a text as the lock keeps it: a long one by its beginning and a digest."""
    return text if len(text) <= _LONGEST else f"{text[:_KEPT]}… {digest(text)[:8]}"


_Kept = dict[int, LearnedPart]
"""Places in the new texts, and the old parts that are found there again."""


def _equal(parts: Sequence[LearnedPart], texts: Sequence[str]) -> _Kept:
    waiting: dict[str, list[LearnedPart]] = {}
    for part in parts:
        waiting.setdefault(part.words, []).append(part)
    return {place: waiting[text].pop(0) for place, text in enumerate(texts) if waiting.get(text)}


def _left(old: Sequence[LearnedPart], kept: _Kept) -> list[LearnedPart]:
    found = {part.ordinal for part in kept.values()}
    return [part for part in old if not part.gone and part.ordinal not in found]


def _in_order_or_alike(left: Sequence[LearnedPart], texts: Sequence[str], kept: _Kept) -> _Kept:
    places = [place for place in range(len(texts)) if place not in kept]
    if len(places) == len(left):
        return dict(zip(places, left, strict=True))
    pairs = sorted(
        (-likeness, place, number)
        for place in places
        for number, part in enumerate(left)
        if (likeness := _likeness(part.words, texts[place])) >= _ALIKE
    )
    found: dict[int, int] = {}
    for _, place, number in pairs:
        if place not in found and number not in found.values():
            found[place] = number
    return {place: left[number] for place, number in found.items()}


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
