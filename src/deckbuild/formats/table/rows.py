"""CSV and TSV cut into rows of cells, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.formats.origins import DoubledOrigin
from deckbuild.source import SliceOrigin, Source, Span

if TYPE_CHECKING:
    from deckbuild.source import Origin

_QUOTED = re.compile(r'[ ]*"((?:[^"]|"")*)"[ ]*')
_OPEN = re.compile(r'[ ]*"')


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text without quotation marks, and where that stands."""

    text: str
    origin: Origin
    quoted: bool = False


Row = tuple[Cell, ...]


def parse_rows(source: Source, start: int, separator: str) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """Return the rows from an offset on; lines without any text are none."""
    parser = _Parser(source, separator, start)
    rows = parser.rows()
    return rows, tuple(parser.found)


def cell_names(line: str, separator: str) -> tuple[str, ...]:
    """Return the texts of the cells of one line."""
    rows, _ = parse_rows(Source("", line), 0, separator)
    return tuple(cell.text for cell in rows[0]) if rows else ()


class _Parser:
    def __init__(self, source: Source, separator: str, start: int) -> None:
        self.found: list[Diagnostic] = []
        self._source = source
        self._separator = separator
        self._plain = re.compile(f"[^{re.escape(separator)}\n]*")
        self._at = start

    def rows(self) -> tuple[Row, ...]:
        rows: list[Row] = []
        end = len(self._source.text)
        while self._at < end:
            row = self._row()
            if any(cell.text.strip() for cell in row):
                rows.append(row)
        return tuple(rows)

    def _row(self) -> Row:
        """Read the cells up to a newline; leaves `_at` behind it."""
        text = self._source.text
        cells = [self._cell()]
        while text.startswith(self._separator, self._at):
            self._at += len(self._separator)
            cells.append(self._cell())
        self._at += 1
        return tuple(cells)

    def _cell(self) -> Cell:
        text = self._source.text
        if quoted := _QUOTED.match(text, self._at):
            return self._quoted(quoted)
        if opened := _OPEN.match(text, self._at):
            span = Span(self._source, opened.end() - 1, opened.end())
            help_text = 'close it with `"`; a quotation mark inside a cell is written twice'
            self.found.append(error(Code.CSV_SYNTAX, 'this `"` is never closed', span, help=help_text))
        found = self._plain.match(text, self._at)
        assert found is not None, "the pattern matches nothing at least"
        self._at = found.end()
        written = found[0].strip(" ")
        start = found.start() + found[0].index(written)
        return Cell(written, SliceOrigin(self._source, start, start + len(written)))

    def _quoted(self, quoted: re.Match[str]) -> Cell:
        rest = self._plain.match(self._source.text, quoted.end())
        assert rest is not None, "the pattern matches nothing at least"
        self._at = rest.end()
        if rest[0]:
            span = Span(self._source, *rest.span())
            help_text = 'write a quotation mark inside quotes twice: `""`'
            message = "the cell goes on after its closing quotation mark"
            self.found.append(error(Code.CSV_SYNTAX, message, span, help=help_text))
        start, end = quoted.span(1)
        if '""' not in quoted[1]:
            return Cell(quoted[1], SliceOrigin(self._source, start, end), quoted=True)
        text = quoted[1].replace('""', '"')
        return Cell(text, DoubledOrigin(self._source, start, text), quoted=True)
