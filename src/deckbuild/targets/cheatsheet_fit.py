"""Which frame, type size and questions: what keeps items whole and fits on the pages that are allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from deckbuild.packing import are_full, columns_needed, pack
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
    from collections.abc import Callable, Iterable, Sequence

    from deckbuild.config import CheatsheetOptions, Options
    from deckbuild.model import Question
    from deckbuild.packing import Column
    from deckbuild.targets.cheatsheet_pieces import Composer, Galley

_SAMPLE = 60
"""So many items, laid out in a few sizes, are enough to guess the size for all."""
_PACKED = 0.9
"""So much of the columns is filled in the end; the rest is lost at their feet."""
_MANY = 80
"""So many items pack about as well in any frame, and take their time."""
_USUAL_SIZES = (USUAL, 7.4, 7.2)
"""Tried if no size is set: a little less may keep items whole, or save a page with next to nothing."""
_SMALLER = 4
"""So many steps of size are given up where that keeps items whole."""
_SCANT = 0.25
"""A last page that is filled less is one to be avoided."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is printed, by which composer, in which columns, and what is not."""

    composer: Composer
    galley: Galley
    columns: tuple[Column, ...]
    left_out: tuple[Question, ...] = ()
    """So that the rest fits."""
    too_high: tuple[Question, ...] = ()
    """Because no column can hold them."""

    @property
    def pages(self) -> int:
        """Return their number."""
        return -(-len(self.columns) // self.composer.frame.columns)

    @property
    def cuts(self) -> int:
        """Return how many columns start with the rest of an item that would fit into one."""
        blocks = self.galley.blocks
        return sum(blocks[column.start].cuts for column in self.columns)

    @property
    def is_full(self) -> bool:
        """Tell whether all pages but the last are."""
        frame = self.composer.frame
        return are_full(self.columns, frame.column_height, frame.columns)

    @property
    def is_scant(self) -> bool:
        """Tell whether there is next to nothing on the last of several pages."""
        frame = self.composer.frame
        last = self.columns[(self.pages - 1) * frame.columns :]
        filled = sum(column.used for column in last)
        return self.pages > 1 and filled < _SCANT * frame.columns * frame.column_height


def choose(composers: Sequence[Composer], options: Options) -> Choice:
    """Return everything in the size that was asked for, or what fits best on the pages allowed.

    The composers differ in their frames: in the number of columns, and in whether the paper lies. The
    usual one comes first; another is taken if it cuts fewer items, or with `fit`, if it leaves out
    less or allows larger type. Large decks are set in a usual frame: all are about as good for them.
    """
    sheet = options.cheatsheet
    is_many = composers[0].count > _MANY
    tried = composers[:2] if is_many else composers
    if options.print.large or not sheet.fit:
        own = LARGE if options.print.large else sheet.size
        sizes = (own,) if own else (USUAL,) if is_many else _USUAL_SIZES
        candidates = (_whole(composer, size) for size in sizes for composer in tried)
        found = _best(candidates, _blemishes, good_enough=3 if is_many else 4)
        return found if own or found.pages > 1 else _enlarged(found, sheet)
    candidates = (_fitted(composer, sheet) for composer in tried)
    return _best(candidates, lambda choice: _misfit(choice, sheet), good_enough=4 if is_many else 5)


def _enlarged(choice: Choice, sheet: CheatsheetOptions) -> Choice:
    """Return what takes but one page in the largest type for it, up to the one `fit` would choose."""
    sheet = replace(
        sheet, fit=1, min_size=choice.galley.size, max_size=max(sheet.max_size, choice.galley.size)
    )
    return _fitted(choice.composer, sheet)


def _best(
    candidates: Iterable[Choice], badness: Callable[[Choice], tuple[float, ...]], good_enough: int
) -> Choice:
    """Return the first choice of which so many kinds of badness are zero, or the one with the least."""
    best: tuple[tuple[float, ...], Choice] | None = None
    for candidate in candidates:
        rated = badness(candidate), candidate
        if best is None or rated[0] < best[0]:
            best = rated
        if not any(best[0][:good_enough]):
            break
    assert best, "there is at least the usual frame"
    return best[1]


def _blemishes(choice: Choice) -> tuple[float, ...]:
    """Return what readers would mind, the worst first."""
    return len(choice.too_high), choice.cuts, not choice.is_full, choice.is_scant


def _misfit(choice: Choice, sheet: CheatsheetOptions) -> tuple[float, ...]:
    """Return how far a choice is from what was asked for, the worst first; small type comes last."""
    pages = abs(choice.pages - (sheet.fit or 1))
    left_out = len(choice.too_high) + len(choice.left_out)
    return pages, left_out, choice.cuts, not choice.is_full, -choice.galley.size


def _fitted(composer: Composer, sheet: CheatsheetOptions) -> Choice:
    """Return everything whole in the largest type that fits, else cut, else with the least left out."""
    whole = _size(composer, sheet, cut=False)
    if whole is not None:
        return _unblemished(composer, whole, max(sheet.min_size, whole - _SMALLER * STEP))
    size = _size(composer, sheet, cut=True)
    if size is not None:
        return _whole(composer, size)
    return _without_the_least(_whole(composer, sheet.min_size), _room(composer, sheet))


def _unblemished(composer: Composer, size: float, low: float) -> Choice:
    """Return the largest type, from `low` to `size`, in which pages get full without cuts."""
    first = choice = _whole(composer, size)
    while choice.cuts or not choice.is_full:
        size = round(size - STEP, 2)
        if size < low:
            return first
        choice = _whole(composer, size)
    return choice


def _size(composer: Composer, sheet: CheatsheetOptions, *, cut: bool) -> float | None:
    """Return the largest type in which everything fits, with items whole or cut."""
    room, height = _room(composer, sheet), composer.frame.column_height
    low, high = sheet.min_size, max(sheet.max_size, sheet.min_size)

    def columns(size: float) -> int:
        return columns_needed(composer.galley(size).blocks, height, cut=cut)

    start = USUAL
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
    return _packed(composer, galley.without(frozenset(q.id for q in too_high)), too_high=tuple(too_high))


def _packed(
    composer: Composer,
    galley: Galley,
    left_out: tuple[Question, ...] = (),
    too_high: tuple[Question, ...] = (),
) -> Choice:
    columns = pack(galley.blocks, composer.frame.column_height, composer.frame.columns)
    return Choice(composer, galley, columns, left_out, too_high)


def _without_the_least(choice: Choice, room: int) -> Choice:
    """Leave out as few questions as possible, the least important first."""
    questions = choice.galley.questions

    def columns(dropped: frozenset[str]) -> int:
        return columns_needed(choice.galley.without(dropped).blocks, choice.composer.frame.column_height)

    order = first_to_go(questions)
    per_page = choice.composer.frame.columns
    # If what must stay needs more pages than allowed, those are filled with what may stay.
    room = max(room, -(-columns(frozenset(order)) // per_page) * per_page)
    rank = {question.id: question.priority for question in questions}
    dropped = fewest_to_drop(order, columns, room, rank)
    left_out = tuple(question for question in questions if question.id in dropped)
    return _packed(choice.composer, choice.galley.without(dropped), left_out, choice.too_high)
