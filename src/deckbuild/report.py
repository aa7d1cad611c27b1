"""Diagnostics as text, JSON and code-host annotations."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from deckbuild.diagnostic import Diagnostic, Label, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

Format = Literal["full", "concise", "json", "github"]
FORMATS: tuple[Format, ...] = ("full", "concise", "json", "github")
_WIDTH = 100
"""Longest excerpt of a line, in characters; a longer line is cut around its label."""


@dataclass(frozen=True, slots=True)
class Style:
    """Escape sequences of a terminal, or nothing in a pipe and with NO_COLOR."""

    color: bool = False

    def __call__(self, text: str, *codes: int) -> str:
        """Return the text in a style."""
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m" if self.color and text else text

    def severity(self, severity: Severity, text: str) -> str:
        """Return the text in the color of a severity."""
        return self(text, 1, 31 if severity is Severity.ERROR else 33)


def render_diagnostics(diagnostics: Iterable[Diagnostic], form: Format, style: Style = Style()) -> str:
    """Return diagnostics in one of the formats, ending with a newline if there are any."""
    match form:
        case "full":
            return "".join(f"{_full(d, style)}\n" for d in diagnostics)
        case "concise":
            return "".join(f"{_concise(d, style)}\n" for d in diagnostics)
        case "json":
            return json.dumps([as_json(d) for d in diagnostics], ensure_ascii=False, indent=2) + "\n"
        case "github":
            return "".join(f"{_github(d)}\n" for d in diagnostics)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many errors and warnings there are, in words: `2 errors, 1 warning`."""
    listed = list(diagnostics)
    errors = sum(d.severity is Severity.ERROR for d in listed)
    counts = ((errors, "error"), (len(listed) - errors, "warning"))
    return ", ".join(counted(n, word) for n, word in counts if n)


def counted(count: int, word: str) -> str:
    """Return a number of things in words: `1 question`, `3 questions`."""
    return f"{count} {word}{'s' * (count != 1)}"


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as JSON values; lines and columns count from 1, in characters."""
    return {
        "code": diagnostic.code.value,
        "severity": diagnostic.severity.name.lower(),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "file": diagnostic.name,
        "labels": [_label_json(label) for label in diagnostic.labels],
    }


def _label_json(label: Label) -> dict[str, Any]:
    line, column = label.span.position
    end_line, end_column = label.span.source.position(label.span.end)
    return {
        "file": label.span.source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": label.text,
    }


def _place(diagnostic: Diagnostic) -> str:
    if not diagnostic.labels:
        return diagnostic.file
    line, column = diagnostic.labels[0].span.position
    return f"{diagnostic.name}:{line}:{column}"


def _concise(diagnostic: Diagnostic, style: Style) -> str:
    word = style.severity(diagnostic.severity, diagnostic.severity.name.lower())
    place = _place(diagnostic)
    return f"{place}{': ' * bool(place)}{word}[{diagnostic.code}] {diagnostic.message}"


def _github(diagnostic: Diagnostic) -> str:
    """Return a workflow command that code hosts show beside the line."""
    where = f"file={_property(diagnostic.name)}" if diagnostic.name else ""
    if diagnostic.labels:
        line, column = diagnostic.labels[0].span.position
        where += f",line={line},col={column}"
    text = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
    command = f"{diagnostic.severity.name.lower()} {where}".rstrip()
    separator = "," if where else " "
    return f"::{command}{separator}title={diagnostic.code}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _full(diagnostic: Diagnostic, style: Style) -> str:
    word = diagnostic.severity.name.lower()
    head = style.severity(diagnostic.severity, f"{word}[{diagnostic.code}]")
    lines = [f"{head}{style(f': {diagnostic.message}', 1)}"]
    margin = max((len(str(_last_line(label))) for label in diagnostic.labels), default=1)
    previous = ""
    for place, label in enumerate(diagnostic.labels):
        line, column = label.span.position
        name = label.span.source.name
        arrow = "-->" if name != previous else "..."
        lines.append(f"{' ' * margin}{style(arrow, 34)} {name}:{line}:{column}")
        lines += _excerpt(label, margin, diagnostic.severity if place == 0 else None, style)
        previous = name
    if not diagnostic.labels and diagnostic.file:
        lines.append(f"{' ' * margin}{style('-->', 34)} {diagnostic.file}")
    if diagnostic.help:
        first, *rest = diagnostic.help.split("\n")
        lines.append(f"{' ' * margin} {style('=', 34)} {style('help', 1)}: {first}")
        lines += [f"{' ' * margin}         {line}" for line in rest]
    return "\n".join([*lines, ""])


def _excerpt(label: Label, margin: int, severity: Severity | None, style: Style) -> list[str]:
    """Return the label's line with its carets; a label over several lines is marked to the first's end."""
    line, column = label.span.position
    text = label.span.source.line(line)
    length = min(label.span.end - label.span.start, len(text) - column + 1)
    text, column = _cut(text, column, length)
    before, marked = text[: column - 1], text[column - 1 : column - 1 + length]
    carets = ("^" if severity is not None else "-") * max(_width(marked), 1)
    caret_line = f"{' ' * _width(before)}{carets}{' ' * bool(label.text)}{label.text}"
    painted = style.severity(severity, caret_line) if severity is not None else style(caret_line, 34)
    bar = style("|", 34)
    return [
        f"{' ' * margin} {bar}",
        f"{style(str(line).rjust(margin), 34)} {bar} {_visible(text)}".rstrip(),
        f"{' ' * margin} {bar} {painted}",
    ]


def _cut(text: str, column: int, length: int) -> tuple[str, int]:
    """Cut a long line to a window around the label, with `…` where something is missing."""
    if len(text) <= _WIDTH:
        return text, column
    start = max(0, min(column - 1 - _WIDTH // 3, len(text) - _WIDTH))
    end = min(len(text), max(start + _WIDTH, min(column - 1 + length, start + _WIDTH)))
    head, tail = "…" * (start > 0), "…" * (end < len(text))
    return f"{head}{text[start:end]}{tail}", column - start + len(head)


def _visible(text: str) -> str:
    """Return the text with tabs as one blank and control characters as their pictures."""
    return "".join(_picture(character) for character in text)


def _picture(character: str) -> str:
    if character == "\t":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in {"Cc", "Cf"} else character


def _width(text: str) -> int:
    """Return how many terminal cells a text takes: East Asian wide characters take two."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _last_line(label: Label) -> int:
    return label.span.position[0]
