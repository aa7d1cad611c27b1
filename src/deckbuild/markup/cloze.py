"""Cloze texts: `{{hidden}}` and `{{c1::hidden::hint}}`, found in each block and turned into gaps.

A block is looked at as one string, its shadow: the characters of its text, with a stand-in for each
event that is not text. So marks may stand anywhere among formatting, and their places are offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, count, groupby
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code as Problem
from deckbuild.diagnostic import Label
from deckbuild.markup.events import (
    Code,
    CodeBlock,
    Emphasis,
    End,
    Event,
    Gap,
    HardBreak,
    Image,
    Inline,
    Link,
    Math,
    Rule,
    SoftBreak,
    Sound,
    Start,
    Strikethrough,
    Strong,
    Text,
)
from deckbuild.markup.innergaps import with_inner_gaps
from deckbuild.markup.marks import MAX_NUMBER, WANTED, end_of_gap, is_number
from deckbuild.markup.places import shadow
from deckbuild.markup.text import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.markup.findings import Findings

_FORMATTING = (Emphasis, Strong, Strikethrough, Inline, Link)
_START, _END, _LEAF = "\1", "\2", "\3"

# Of `{{{c1::x}}}` the inner two braces open the gap.
_OPENING = re.compile(r"\{\{(?!\{c\d)(?:c(\d+)::)?")
_SLIP = re.compile(r"\{\{\s*[cC]\s?\d[\d,\s]*::?")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A gap in a shadow, as offsets: `{{c1::`, what it hides, `::` if a hint follows, `}}`."""

    start: int
    inside: int
    split: int
    close: int
    digits: str

    @property
    def hint(self) -> int:
        """Where the hint begins, or the gap ends."""
        return self.split + 2 if self.split < self.close else self.close


class _Block:
    """The inline events of one block with their shadow; or what stands between blocks."""

    def __init__(self, events: Iterable[Event], raw: str) -> None:
        self.events = list(events)
        shadows = [_shadow(event, raw) for event in self.events]
        self._starts = [0, *accumulate(map(len, shadows))]
        self.shadow = "".join(shadows)

    def place(self, offset: int) -> int:
        """Return where a character of the shadow stands in the raw text."""
        index = bisect_right(self._starts, offset) - 1
        event = self.events[index]
        return event.at + offset - self._starts[index] if isinstance(event, Text) else 0

    def cut(self, start: int, end: int) -> Iterator[Event]:
        """Yield the events between two offsets, text cut at them."""
        for event, first in zip(self.events, self._starts, strict=False):
            if isinstance(event, Text):
                low, high = max(start - first, 0), min(end - first, len(event.text))
                if low < high:
                    yield Text(event.text[low:high], event.at + low)
            elif start <= first < end:
                yield event


def with_gaps(events: list[Event], raw: str, findings: Findings) -> list[Event]:
    """Turn the marks of a cloze text into gaps; what makes no gap stays text and is reported."""
    whole = [with_inner_gaps(event, raw, findings) for event in events]
    _report_in_pictures(whole, findings)
    blocks = [_Block(run, raw) for _, run in groupby(whole, _is_between_blocks)]
    marks = [_marks(blocks, index, findings) for index in range(len(blocks))]
    taken = {int(mark.digits) for found in marks for mark in found if mark.digits} | _inner_numbers(whole)
    free = (number for number in count(1) if number not in taken)
    out: list[Event] = []
    for block, found in zip(blocks, marks, strict=True):
        out += _filled(block, found, free) if found else block.events
    return out


def _marks(blocks: list[_Block], index: int, findings: Findings) -> list[_Mark]:
    """Return the proper gaps of a block and report the others."""
    block = blocks[index]
    marks: list[_Mark] = []
    last = 0
    while opening := _OPENING.search(block.shadow, last):
        close = end_of_gap(block.shadow, opening.end())
        if close < 0:
            _report_open(blocks, index, opening, findings)
            break
        split = block.shadow.find("::", opening.end(), close)
        split = close if split < 0 else split
        mark = _Mark(opening.start(), opening.end(), split, close, opening[1] or "")
        if not _report_wrong(block, mark, findings):
            marks.append(mark)
        last = close + 2
    return marks


def _filled(block: _Block, marks: list[_Mark], free: Iterator[int]) -> Iterator[Event]:
    """Yield the events of a block with gaps around what its marks hide."""
    last = 0
    for mark in marks:
        number = int(mark.digits) if mark.digits else next(free)
        gap = Gap(number, to_text(tuple(block.cut(mark.hint, mark.close))))
        yield from block.cut(last, mark.start)
        yield Start(gap, block.place(mark.start))
        yield from block.cut(mark.inside, mark.split)
        yield End(gap, block.place(mark.close))
        last = mark.close + 2
    yield from block.cut(last, len(block.shadow))


def _report_open(blocks: list[_Block], index: int, opening: re.Match[str], findings: Findings) -> None:
    rest = "".join(block.shadow for block in blocks[index + 1 :])
    end, other = rest.find("}}"), rest.find("{{")
    start = blocks[index].place(opening.start())
    if end >= 0 and not 0 <= other < end:
        message = "this gap does not end in the paragraph, item or cell that it begins in"
        help_ = "write a gap of its own in each; equal numbers are asked together: `{{c1::…}}`"
    else:
        message = f"the gap `{opening[0]}` has no end"
        help_ = "write `}}` behind what it hides, or `\\{{` for two braces"
    findings.error(Problem.CLOZE_SYNTAX, message, start, start + len(opening[0]), help_)


def _report_wrong(block: _Block, mark: _Mark, findings: Findings) -> bool:
    """Report what is wrong with a gap that has an end, and tell whether something is."""
    slip = _SLIP.match(block.shadow, mark.start)
    nested = _OPENING.search(block.shadow, mark.inside, mark.close)
    start, end = block.place(mark.start), block.place(mark.close) + 2
    if slip and not mark.digits:
        message = f"`{slip[0]}` is no number of a gap"
        end, help_ = (
            start + len(slip[0]),
            f"write `{{{{c1::hidden}}}}`, with one number from 1 to {MAX_NUMBER}",
        )
    elif mark.digits and not is_number(mark.digits):
        message = f"a gap has a number from 1 to {MAX_NUMBER}, not {mark.digits}"
        end, help_ = start + len(mark.digits) + 5, "write `{{c1::hidden}}`"
    elif nested or _inner_numbers(block.cut(mark.inside, mark.close)):
        label = Label(findings.span(start, start + 2), "this gap is still open")
        at = block.place(nested.start()) if nested else start
        help_ = "end a gap with `}}` before the next begins"
        findings.error(Problem.CLOZE_SYNTAX, "a gap inside a gap", at, at + 2, help_, label)
        return True
    elif not block.shadow[mark.inside : mark.split].strip(f" {_START}{_END}"):
        message, help_ = "this gap hides nothing", WANTED
    elif not (
        _in_pairs(block.shadow[mark.inside : mark.split]) and _in_pairs(block.shadow[mark.hint : mark.close])
    ):
        message = "formatting begins on one side of this gap's marks and ends on the other"
        help_ = "write `**{{hidden}}**` or `{{**hidden**}}`, and `\\::` where no hint begins"
    else:
        return False
    findings.error(Problem.CLOZE_SYNTAX, message, start, end, help_)
    return True


def _report_in_pictures(events: Iterable[Event], findings: Findings) -> None:
    for event in events:
        if isinstance(event, Image | Sound) and "{{" in event.alt:
            message = "there are no gaps in the description of a picture"
            help_ = "write the gap beside the picture, or make an `occlusion` card"
            findings.error(Problem.CLOZE_SYNTAX, message, event.at, event.at + 2, help_)


def _inner_numbers(events: Iterable[Event]) -> set[int]:
    """Return the numbers of gaps inside code and formulas."""
    return {
        inner.gap.number
        for event in events
        if isinstance(event, Code | CodeBlock | Math)
        for inner in event.gaps
    }


def _in_pairs(part: str) -> bool:
    """Tell whether every formatting that begins in a part of a shadow ends there too."""
    depth = 0
    for character in part:
        depth += (character == _START) - (character == _END)
        if depth < 0:
            return False
    return depth == 0


def _shadow(event: Event, raw: str) -> str:
    match event:
        case Text():
            return shadow(raw, event)
        case Start():
            return _START
        case End():
            return _END
        case SoftBreak() | HardBreak():
            return " "
        case _:
            return _LEAF


def _is_between_blocks(event: Event) -> bool:
    if isinstance(event, Start | End):
        return not isinstance(event.tag, _FORMATTING)
    return isinstance(event, CodeBlock | Rule)
