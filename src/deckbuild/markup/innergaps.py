"""Gaps in code and formulas: `{{c1::…}}` taken out, and the range that it hides."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code as Problem
from deckbuild.markup.events import Code, CodeBlock, Event, Gap, InnerGap, Math
from deckbuild.markup.marks import MAX_NUMBER, NUMBERED, balanced_end, end_of_gap, is_number
from deckbuild.markup.places import content_at, written_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.markup.findings import Findings

_COMMAND = re.compile(r"\\.", re.DOTALL)


def with_inner_gaps(event: Event, raw: str, findings: Findings) -> Event:
    """Return code or a formula with its marks turned into gaps; any other event as it is."""
    match event:
        case Code(text=text) | CodeBlock(text=text) if "{{c" in text:
            taken = _TakenOut(event, text, text, end_of_gap, ("", ""))
            taken.run(raw, findings)
            return replace(event, text=taken.out, gaps=tuple(taken.gaps))
        case Math(tex=tex) if "{{c" in tex:
            # A gap reads as one pair of braces, so `x^{{c1::10}}` is `x^{10}`; `\{` is no brace.
            taken = _TakenOut(event, tex, _COMMAND.sub("\0\0", tex), balanced_end, ("{", "}"))
            taken.run(raw, findings)
            return replace(event, tex=taken.out, gaps=tuple(taken.gaps))
        case _:
            return event


class _TakenOut:
    """One pass over code or a formula: its text without marks, and the gaps."""

    def __init__(
        self,
        event: Code | CodeBlock | Math,
        text: str,
        shadow: str,
        end: Callable[[str, int], int],
        instead: tuple[str, str],
    ) -> None:
        self.out = ""
        self.gaps: list[InnerGap] = []
        self._event = event
        self._text = text
        self._shadow = shadow
        self._end = end
        self._instead = instead

    def run(self, raw: str, findings: Findings) -> None:
        """Take out every mark up to the first that is wrong."""
        last = 0
        while mark := NUMBERED.search(self._shadow, last):
            close = self._end(self._shadow, mark.end())
            if wrong := self._wrong(mark, close):
                at = content_at(raw, self._event)
                start = written_at(raw, at, self._text, mark.start())
                findings.error(Problem.CLOZE_SYNTAX, wrong[0], start, start + len(mark[0]), wrong[1])
                break
            self.out += self._text[last : mark.start()] + self._instead[0]
            start = len(self.out)
            self.out += self._text[mark.end() : close]
            self.gaps.append(InnerGap(Gap(int(mark[1])), start, len(self.out)))
            self.out += self._instead[1]
            last = close + 2
        self.out += self._text[last:]

    def _wrong(self, mark: re.Match[str], close: int) -> tuple[str, str] | None:
        """Return what is wrong with a mark and what to write instead."""
        if close < 0 and isinstance(self._event, Math):
            help_ = "put `}}` behind a complete group: `\\frac{{c1::a}}{b}`, `x^{{c1::2}}`"
            return f"the gap `{mark[0]}` in this formula has no end, or cuts a group in two", help_
        if close < 0:
            return f"the gap `{mark[0]}` in this code has no end", "write `}}` behind what it hides"
        if not is_number(mark[1]):
            return f"a gap has a number from 1 to {MAX_NUMBER}, not {mark[1]}", "write `{{c1::…}}`"
        if not self._text[mark.end() : close].strip():
            return f"the gap `{mark[0]}` hides nothing", "write between `::` and `}}` what it hides"
        if NUMBERED.search(self._shadow, mark.end(), close):
            return f"a gap inside the gap `{mark[0]}`", "end the first gap with `}}` before the next begins"
        return None
