"""Which type size, how many columns and which questions: what fits on the pages that are allowed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from deckbuild.packing import columns_needed
from deckbuild.targets.cheatsheet_layout import LARGE
from deckbuild.targets.cheatsheet_search import (
    STEP,
    USUAL,
    estimated_size,
    fewest_to_drop,
    first_to_go,
    largest_size,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.config import CheatsheetOptions, Options
    from deckbuild.model import Question
    from deckbuild.targets.cheatsheet_pieces import Composer, Galley

_SAMPLE = 60
"""So many items, laid out in a few sizes, are enough to guess the size for all."""
_PACKED = 0.9
"""So much of the columns is filled in the end; the rest is lost at their feet."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is printed, by which composer, and what is not."""

    composer: Composer
    galley: Galley
    left_out: tuple[Question, ...] = ()
    """So that the rest fits."""
    too_high: tuple[Question, ...] = ()
    """Because no column can hold them."""


def choose(composers: Iterable[Composer], options: Options) -> Choice:
    """Return everything in the size that was asked for, or what fits best on the pages allowed.

    The composers differ in their columns. The first is the usual one; another is taken if it leaves
    out less or allows larger type: items are not split, and some widths waste less than others.
    """
    first, *others = composers
    if options.print.large or not options.cheatsheet.fit:
        return _whole(first, LARGE if options.print.large else options.cheatsheet.size)
    best = _fitted(first, options.cheatsheet, options.cheatsheet.min_size)
    for composer in others:
        if best.left_out:
            candidate = _fitted(composer, options.cheatsheet, options.cheatsheet.min_size)
            best = min(best, candidate, key=_badness)
        elif size := _size(composer, options.cheatsheet, round(best.galley.size + STEP, 2)):
            best = _whole(composer, size)
    return best


def _badness(choice: Choice) -> tuple[int, int, float]:
    """Return what is worst first: pages, questions left out, small type."""
    frame = choice.composer.frame
    pages = -(-columns_needed(choice.galley.blocks, frame.column_height) // frame.columns)
    return pages, len(choice.left_out), -choice.galley.size


def _fitted(composer: Composer, sheet: CheatsheetOptions, low: float) -> Choice:
    size = _size(composer, sheet, low)
    if size is not None:
        return _whole(composer, size)
    return _without_the_least(_whole(composer, low), _room(composer, sheet))


def _size(composer: Composer, sheet: CheatsheetOptions, low: float) -> float | None:
    """Return the largest type, from `low` on, in which everything fits."""
    room, height = _room(composer, sheet), composer.frame.column_height
    high = max(sheet.max_size, sheet.min_size)
    if low > high:
        return None

    def columns(size: float) -> int:
        return columns_needed(composer.galley(size).blocks, height)

    start = USUAL if low == sheet.min_size else low
    if (every := composer.count // _SAMPLE) > 1:
        sampled = partial(composer.sampled_height, every=every)
        start = estimated_size(sampled, _PACKED * room * height, low, high)
    return largest_size(columns, room, low, high, start)


def _room(composer: Composer, sheet: CheatsheetOptions) -> int:
    return (sheet.fit or 1) * composer.frame.columns


def _whole(composer: Composer, size: float) -> Choice:
    """Return everything in a size, but for what is higher than a column even in pieces."""
    galley, frame = composer.galley(size), composer.frame
    too_high = dict.fromkeys(
        piece.question
        for piece, block in zip(galley.pieces, galley.blocks, strict=True)
        if piece.question and block.head + block.height > frame.column_height
    )
    return Choice(composer, galley.without(frozenset(q.id for q in too_high)), too_high=tuple(too_high))


def _without_the_least(choice: Choice, room: int) -> Choice:
    """Leave out as few questions as possible, the least important first."""
    questions = choice.galley.questions

    def columns(dropped: frozenset[str]) -> int:
        return columns_needed(choice.galley.without(dropped).blocks, choice.composer.frame.column_height)

    order = first_to_go(questions)
    per_page = choice.composer.frame.columns
    # If what must stay needs more pages than allowed, those are filled with what may stay.
    room = max(room, -(-columns(frozenset(order)) // per_page) * per_page)
    dropped = fewest_to_drop(order, columns, room)
    left_out = tuple(question for question in questions if question.id in dropped)
    return Choice(choice.composer, choice.galley.without(dropped), left_out, choice.too_high)
