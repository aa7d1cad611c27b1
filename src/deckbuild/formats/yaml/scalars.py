"""Where the characters of a YAML scalar stand: aligns a value with the text it was read from.

A value is rarely a slice of its source: quotes hold escapes, plain text is folded, blocks lose
their indentation. Each function returns runs of characters with their place, in order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A line break with the blanks around it; folded to one blank, or to a newline less than it has.
_FOLD = r"(?P<fold>[ \t]*\n(?:[ \t]*\n)*[ \t]*)"
_PLAIN = re.compile(_FOLD + r"|(?P<text>[^\n]*[^ \t\n]|[ \t]+)")
_SINGLE = re.compile(_FOLD + r"|(?P<escape>'')|(?P<text>[^'\n \t]+|[ \t]+)")
_DOUBLE = re.compile(
    _FOLD
    + r"|(?P<join>\\\n[ \t]*)"
    + r"|(?P<escape>\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\x..|\\u.{4}|\\U.{8}|\\.)"
    + r'|(?P<text>[^\\"\n \t]+|[ \t]+)'
)


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of a value from its offset `at`; they stand from `start` to `end`.

    They stand there as they are, unless the lengths differ: then all of it means all of them.
    """

    at: int
    length: int
    start: int
    end: int


def plain_runs(text: str, offset: int, value: str) -> tuple[Run, ...]:
    """Align a plain scalar that starts at `offset`."""
    return _token_runs(_PLAIN, text, offset, len(value))


def single_quoted_runs(text: str, offset: int, value: str) -> tuple[Run, ...]:
    """Align a scalar in single quotes whose content starts at `offset`."""
    return _token_runs(_SINGLE, text, offset, len(value))


def double_quoted_runs(text: str, offset: int, value: str) -> tuple[Run, ...]:
    """Align a scalar in double quotes whose content starts at `offset`."""
    return _token_runs(_DOUBLE, text, offset, len(value))


def block_runs(text: str, offset: int, value: str) -> tuple[Run, ...]:
    """Align a block scalar (`|` or `>`) whose first line starts at `offset`."""
    indent = _block_indent(text, offset, value)
    runs: list[Run] = []
    at = 0
    for start, end in _lines(text, offset):
        body = text[start + indent : end]
        if at >= len(value):
            break
        if body:
            at = _skip_break(value, at, body)
            if not value.startswith(body, at):
                break
            runs.append(Run(at, len(body), end - len(body), end))
            at += len(body)
    return tuple(runs)


def locate(runs: tuple[Run, ...], start: int, end: int) -> tuple[int, int]:
    """Return the place of `value[start:end]`; there is at least one run."""
    first = _offset(_run_at(runs, start), start)
    if end <= start:
        return first, first
    last = _run_at(runs, end - 1)
    if last.length == last.end - last.start:
        return first, max(first, min(last.start + end - last.at, last.end))
    return first, max(first, last.end)


def _token_runs(pattern: re.Pattern[str], text: str, offset: int, length: int) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = 0
    while at < length and (token := pattern.match(text, offset)):
        end = token.end()
        match token.lastgroup:
            case "fold":
                size = max(1, token[0].count("\n") - 1)
            case "escape":
                size = 1
            case "join":
                size = 0
            case _:
                size = min(end - offset, length - at)
                end = offset + size
        if size:
            runs.append(Run(at, size, offset, end))
        at += size
        offset = end
    return tuple(runs)


def _block_indent(text: str, offset: int, value: str) -> int:
    """Return how many blanks each line of a block lost: the first line that says something tells."""
    kept = next((line for line in value.split("\n") if line.strip(" ")), "")
    for start, end in _lines(text, offset):
        line = text[start:end]
        if line.strip(" "):
            return _leading(line) - _leading(kept)
    return 0


def _lines(text: str, offset: int) -> Iterator[tuple[int, int]]:
    while offset < len(text):
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        yield offset, end
        offset = end + 1


def _leading(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _skip_break(value: str, at: int, body: str) -> int:
    """Step over what a line break became: newlines, or the one blank of a folded line."""
    while value.startswith("\n", at):
        at += 1
    return at + 1 if value.startswith(" ", at) and not value.startswith(body, at) else at


def _run_at(runs: tuple[Run, ...], offset: int) -> Run:
    return runs[max(0, bisect_right(runs, offset, key=lambda run: run.at) - 1)]


def _offset(run: Run, offset: int) -> int:
    """Return the place of one character; what no run holds (a dropped newline) stands after its run."""
    if run.length == run.end - run.start:
        return min(run.start + max(0, offset - run.at), run.end)
    return run.start if offset < run.at + run.length else run.end
