"""Origins of texts that are parts of others, or that were made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.source import Span

if TYPE_CHECKING:
    from deckbuild.source import Origin, Source


@dataclass(frozen=True, slots=True)
class PartOrigin:
    """The origin of `length` characters of a text, from its offset `at`."""

    whole: Origin
    at: int
    length: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span, cut to the part."""
        last = self.length if end is None else min(end, self.length)
        return self.whole.span(self.at + min(start, self.length), self.at + last)


@dataclass(frozen=True, slots=True)
class MadeOrigin:
    """The origin of a text that was made from another one: all of it, whatever part is asked for."""

    source: Origin

    def span(self, start: int = 0, end: int | None = None) -> Span:  # noqa: ARG002 - an Origin's signature
        """Return the span of all it was made from."""
        return self.source.span()


@dataclass(frozen=True, slots=True)
class DoubledOrigin:
    """The origin of a text in whose source every quotation mark is written twice."""

    source: Source
    start: int
    text: str

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span of `text[start:end]`."""
        last = len(self.text) if end is None else end
        return Span(self.source, self._offset(start), max(self._offset(last), self._offset(start)))

    def _offset(self, offset: int) -> int:
        return self.start + min(offset, len(self.text)) + self.text.count('"', 0, offset)
