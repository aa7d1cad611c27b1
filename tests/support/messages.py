"""Diagnostics as lines of text, and fixture files that hold cases of input and expected messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Severity, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from deckbuild.diagnostic import Diagnostic, Label


def printed(diagnostics: Iterable[Diagnostic]) -> str:
    """Return one line a finding, `line:column code message`, with further places and help below it."""
    return "\n".join(line for found in in_order(diagnostics) for line in _lines(found))


def cases(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield title, input and expected text of each case; a line of one dot stands between them."""
    parts = file.read_text(encoding="utf-8").split("\n.\n")
    assert len(parts) % 3 == 1, f"{file.name}: title, input and expected stand between lines of one dot"
    for title, text, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
        yield title.strip(), text, expected


def _lines(found: Diagnostic) -> Iterator[str]:
    kind = "warning " if found.severity is Severity.WARNING else ""
    first, *others = found.labels
    yield f"{_place(first)} {kind}{found.code} {found.message}"
    yield from (f"  {_place(label)} {label.text}" for label in others)
    if found.help:
        yield f"  help: {found.help}"


def _place(label: Label) -> str:
    line, column = label.span.position
    return f"{line}:{column}"
