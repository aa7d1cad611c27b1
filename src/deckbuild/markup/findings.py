"""What is found wrong in one text while it is parsed: diagnostics from offsets of the raw text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Label, error, warning

if TYPE_CHECKING:
    from deckbuild.source import Origin, Span


class Findings:
    """Collects diagnostics; every range is a half-open one of characters of the raw text."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._found: list[Diagnostic] = []

    def error(self, code: Code, message: str, start: int, end: int, help: str, *also: Label) -> None:  # noqa: A002 - the word users read
        """Add an error at `raw[start:end]`; further labels explain it."""
        self._found.append(error(code, message, self.span(start, end), *also, help=help))

    def warning(self, code: Code, message: str, start: int, end: int, help: str) -> None:  # noqa: A002 - the word users read
        """Add a warning at `raw[start:end]`."""
        self._found.append(warning(code, message, self.span(start, end), help=help))

    def span(self, start: int, end: int) -> Span:
        """Return where `raw[start:end]` stands in its source."""
        return self._origin.span(start, end)

    def all(self) -> tuple[Diagnostic, ...]:
        """Return what was found, in the order it was found."""
        return tuple(self._found)
