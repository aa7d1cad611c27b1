"""Source texts and places in them: what every diagnostic points at."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol


@dataclass(frozen=True)
class Source:
    r"""One input file: its name relative to the project, with `/`, and its decoded text.

    Newlines are `\n` only: whoever reads the file normalizes `\r\n`.
    """

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which the lines start, in characters."""
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of a character offset, both counted from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line (counted from 1) without its newline."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    @property
    def folder(self) -> str:
        """Return the folder of the file, relative to the project; empty at the top."""
        return self.name.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters of one source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the characters of the range as the author wrote them."""
        return self.source.text[self.start : self.end]

    @property
    def position(self) -> tuple[int, int]:
        """Return line and column of the start, counted from 1."""
        return self.source.position(self.start)


class Origin(Protocol):
    """Where a value came from: maps offsets in the value's text to a span of its source.

    A value's text is often not a slice of its source (YAML escapes, folded lines, dedented
    lists), so the mapping is worked out only when there is something to report.
    """

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span of `text[start:end]`; without `end`, of all that follows."""
        ...


@dataclass(frozen=True, slots=True)
class SliceOrigin:
    """The origin of a text that stands in its source as it is."""

    source: Source
    start: int
    end: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span, cut to the slice."""
        last = self.end if end is None else min(self.start + end, self.end)
        return Span(self.source, min(self.start + start, self.end), max(last, self.start))


@dataclass(frozen=True, slots=True)
class LinesOrigin:
    """The origin of a text whose lines lost something at their start (indentation, `> `).

    `starts` holds, for each line of the text, the source offset of its first kept character.
    """

    source: Source
    text: str
    starts: tuple[int, ...]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span from the place of `start` to the place of `end`."""
        last = len(self.text) if end is None else end
        return Span(self.source, self._offset(start), max(self._offset(last), self._offset(start)))

    def _offset(self, offset: int) -> int:
        head = self.text[:offset]
        line = min(head.count("\n"), len(self.starts) - 1)
        return self.starts[line] + offset - (head.rfind("\n") + 1)
