"""What is wrong in a piece of YAML that does not parse: reads it line by line, as people do.

The parser says only where it gave up. Most slips are a text that wanted quotes, and they can be
told from the line they stand in: so the lines are gone through for those, each with its own advice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.formats.keys import KINDS
from deckbuild.formats.yaml import traps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.formats.yaml.places import Document

_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<dashes>(?:-(?:[ \t]+|(?=\n|$)))*)", re.ASCII)
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?=[ \t\n]|$)[ \t]*", re.ASCII)
_GLUED_KEY = re.compile(r"([a-z]+):(?=[^\s:/])", re.ASCII)
_WIDE_COLON = re.compile(r"[a-z]+[ \t]*(：)", re.ASCII)
_DEEPER_KEY = re.compile(r"\n[ \t]+([a-z]+):(?=[ \t\n]|$)", re.ASCII)
_NAMES = frozenset(name for kind in KINDS for name in kind.names)
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]{0,2}[ \t]*(?:#[^\n]*)?(?:\n|$)")
_REST_OF_LINE = re.compile(r"[ \t]*(?:[ \t]#[^\n]*)?(?:\n|$)")
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BAD_ESCAPE = re.compile(r"\\(?![0abt\tnvfre \"/\\N_LP\n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}).?")
_COMMENT = re.compile(r"(?<![ \t])[ \t]+#[^\n]*")
_COLON = re.compile(r":(?=[ \t\n]|$)")
_FLOW_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|[\[\]{},]|[^\[\]{},'\"]+|['\"]", re.DOTALL)
_FLOW_VALUE = re.compile(r"\s*(?:[A-Za-z_][\w-]*[ \t]*:[ \t]+)?", re.ASCII)
_RESERVED = "`@%*&!"
"""What no plain text starts with; `|` and `>` are told apart from blocks, brackets from lists."""


def scan(document: Document, start: int, end: int) -> tuple[Diagnostic, ...]:
    """Return what is wrong in `document.text[start:end]`; its first line is read from its start."""
    return tuple(_Scan(document, document.text.rfind("\n", 0, start) + 1, end).findings())


@dataclass
class _Scan:
    document: Document
    at: int
    end: int

    def findings(self) -> Iterator[Diagnostic]:
        while self.at < self.end:
            yield from self._line()

    def _line(self) -> Iterator[Diagnostic]:
        """Read a line and what belongs to its value; leaves `at` at the start of the next one."""
        text = self.document.text
        line = _LINE.match(text, self.at)
        assert line is not None
        content = line.end()
        if text.startswith(("\n", "#"), content) or content >= self.end:
            self.at = self._next_line(content)
            return
        key = _KEY.match(text, content)
        tab = text.find("\t", self.at, key.end() if key else content)
        if tab >= 0:
            yield traps.tab(self.document, tab, tab + 1)
        if "\t" in line["indent"]:
            # How far in the line stands is anybody's guess, and so is what belongs to it.
            self.at = self._next_line(content)
            return
        if not key and (wide := _WIDE_COLON.match(text, content)):
            yield traps.wide_colon(self.document, *wide.span(1))
            self.at = self._next_line(content)
            return
        if not key and not line["dashes"]:
            if glued := _GLUED_KEY.match(text, content):
                yield traps.missing_blank(self.document, *glued.span(1))
            self.at = self._next_line(content)
            return
        parent = content if key else line.start("dashes") + line["dashes"].rindex("-")
        yield from self._value(key.end() if key else content, parent - self.at)

    def _value(self, start: int, column: int) -> Iterator[Diagnostic]:
        """Read a value whose lines stand further in than `column`."""
        text = self.document.text
        first = text[start : start + 1]
        if first in {"", "\n", "#"}:
            self.at = self._next_line(start)
        elif first in {"|", ">"} and _BLOCK_HEADER.match(text, start):
            self.at = self._deeper(self._next_line(start), column)
        elif first in {"'", '"'}:
            yield from self._quoted(start, column)
        elif first in {"[", "{"}:
            yield from self._flow(start, column)
        else:
            yield from self._plain(start, column)

    def _plain(self, start: int, column: int) -> Iterator[Diagnostic]:
        text = self.document.text
        self.at = self._deeper(self._next_line(start), column)
        end = self._comment_or_end(start)
        starts_wrong = text[start] in _RESERVED + "|>" or text.startswith(("- ", "? "), start)
        if starts_wrong or text[start:end].rstrip() in {"-", "?"}:
            yield traps.leading_character(self.document, start, end)
        elif colon := _COLON.search(text, start, end):
            yield traps.colon_in_text(self.document, start, colon.start(), end)
        elif deeper := next((m for m in _DEEPER_KEY.finditer(text, end, self.at) if m[1] in _NAMES), None):
            yield traps.deeper_key(self.document, *deeper.span(1))
        elif colon := _COLON.search(text, end, self.at):
            yield traps.colon_in_text(self.document, start, colon.start(), self.at)

    def _quoted(self, start: int, column: int) -> Iterator[Diagnostic]:
        text = self.document.text
        limit = self._deeper(self._next_line(start), column)
        self.at = limit
        pattern = _SINGLE if text[start] == "'" else _DOUBLE
        found = pattern.match(text, start, limit)
        if not found:
            yield traps.open_quote(self.document, start)
            return
        end = found.end()
        if text[start] == '"':
            for bad in _BAD_ESCAPE.finditer(text, start + 1, end - 1):
                yield traps.unknown_escape(self.document, start + 1, bad.span(), end - 1)
        if not _REST_OF_LINE.match(text, end):
            yield traps.text_after_quotes(self.document, start, end, self._comment_or_end(end))

    def _flow(self, start: int, column: int) -> Iterator[Diagnostic]:
        text = self.document.text
        limit = self._deeper(self._next_line(start), column)
        self.at = limit
        if text.startswith("{{", start):
            yield traps.leading_character(self.document, start, self._comment_or_end(start))
            return
        depth = 0
        for token in _FLOW_TOKEN.finditer(text, start, limit):
            mark = token[0]
            depth += (mark in {"[", "{"}) - (mark in {"]", "}"})
            if mark in {"'", '"'}:
                yield traps.open_quote(self.document, token.start())
                return
            if depth == 0:
                if not _REST_OF_LINE.match(text, token.end()):
                    yield traps.leading_character(self.document, start, self._comment_or_end(start))
                return
            yield from self._flow_text(token)
        yield traps.open_bracket(self.document, start)

    def _flow_text(self, token: re.Match[str]) -> Iterator[Diagnostic]:
        """Check a piece between brackets, commas and quotes: mostly a key and its plain value."""
        if token[0][0] in "'\"[]{},":
            return
        value = _FLOW_VALUE.match(token[0])
        assert value is not None
        start = token.start() + value.end()
        end = token.start() + len(token[0].rstrip())
        if start >= end:
            return
        if self.document.text[start] in _RESERVED:
            yield traps.leading_character(self.document, start, end)
        elif colon := _COLON.search(self.document.text, start, end - 1):
            yield traps.colon_in_text(self.document, start, colon.start(), end)

    def _next_line(self, offset: int) -> int:
        found = self.document.text.find("\n", offset, self.end)
        return self.end if found < 0 else found + 1

    def _deeper(self, offset: int, column: int) -> int:
        """Return the end of the lines from `offset` on that are blank or stand further in."""
        text = self.document.text
        while offset < self.end:
            end = self._next_line(offset)
            line = text[offset:end]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
                return offset
            offset = end
        return offset

    def _comment_or_end(self, offset: int) -> int:
        """Return where the text of a line ends: at its comment or its newline."""
        end = self.document.text.find("\n", offset, self.end)
        end = self.end if end < 0 else end
        found = _COMMENT.search(self.document.text, offset, end)
        return found.start() if found else end
