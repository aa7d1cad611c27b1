"""CSV and TSV read to the tree: a first row of keys and a question a row, or notes that Anki exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Label, error, warning
from deckbuild.formats.keys import QUESTION, Atom
from deckbuild.formats.origins import MadeOrigin
from deckbuild.formats.table.anki_notes import read_notes
from deckbuild.formats.table.cells import cell_value
from deckbuild.formats.table.head import Head, parse_head
from deckbuild.formats.table.html_text import html_to_markdown
from deckbuild.formats.table.rows import Cell, cell_names, parse_rows
from deckbuild.formats.table.sections import with_sections
from deckbuild.formats.tree import Entry, Mapping, Scalar
from deckbuild.formats.wording import closest_key, meant_key, shown
from deckbuild.source import SliceOrigin

if TYPE_CHECKING:
    from deckbuild.formats.table.rows import Row
    from deckbuild.formats.table.sections import Placed
    from deckbuild.formats.tree import Node
    from deckbuild.source import Source

_SECTION = "section"
_KNOWN = frozenset((*QUESTION.names, _SECTION))
_SEPARATORS = (",", ";", "\t")


def read_table(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a table whose first row names the keys, or a text export of Anki."""
    head, found = parse_head(source)
    rows, problems = parse_rows(source, head.end, head.separator or _separator(source, head.end))
    tree, more = _read(source, head, rows)
    return tree, (*found, *problems, *more)


def _read(source: Source, head: Head, rows: tuple[Row, ...]) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    origin = SliceOrigin(source, head.end, len(source.text))
    told = tuple(Cell(name, origin) for name in head.columns)
    named, body = (told, rows) if told else (rows[0] if rows else (), rows[1:])
    if "ask" in {_name(cell) for cell in named}:
        return _Table(head, named).read(body, origin)
    if head.end:
        return read_notes(rows, head, origin)
    return None, (_no_keys(source, named),)


def _separator(source: Source, start: int) -> str:
    """Return what parts the cells: tabs in a TSV, else what finds most keys in the first row."""
    if source.name.lower().endswith(".tsv"):
        return "\t"
    line = source.text[start:].partition("\n")[0]
    return max(
        _SEPARATORS, key=lambda mark: sum(name.strip().lower() in _KNOWN for name in cell_names(line, mark))
    )


def _no_keys(source: Source, named: Row) -> Diagnostic:
    span = named[0].origin.span() if named else SliceOrigin(source, 0, 0).span()
    message = "the first row must name the keys, `ask` among them"
    return error(Code.CSV_SYNTAX, message, span, help="start with a row such as `ask,answer,tags`")


def _name(cell: Cell) -> str:
    return cell.text.strip().lower()


def _keys(names: Row) -> tuple[str, ...]:
    """Return the key of each column; empty where none is like its name, or another column has it."""
    written = tuple(map(_name, names))
    meant = (name if name in _KNOWN else closest_key(name, QUESTION) for name in written)
    return tuple(
        key if key == name or key not in written else "" for name, key in zip(written, meant, strict=True)
    )


class _Table:
    """A table under a row of keys."""

    def __init__(self, head: Head, names: Row) -> None:
        self._html = head.html
        self._names = names
        # A misspelled column is reported once, and read as what it was meant to be.
        self._keys = _keys(names)
        self._found: list[Diagnostic] = []

    def read(self, rows: tuple[Row, ...], origin: SliceOrigin) -> tuple[Node, tuple[Diagnostic, ...]]:
        self._check_names(rows)
        entry, problems = with_sections([self._row(row) for row in rows], origin)
        return Mapping((entry,), origin), (*self._found, *problems)

    def _check_names(self, rows: tuple[Row, ...]) -> None:
        first: dict[str, Cell] = {}
        for at, cell in enumerate(self._names):
            name = _name(cell)
            if not name:
                self._check_nameless(at, rows)
            elif name not in _KNOWN:
                message = f"a question has no key `{shown(name)}`"
                help_text = meant_key(name, QUESTION)
                self._found.append(error(Code.UNKNOWN_KEY, message, cell.origin.span(), help=help_text))
            elif first.setdefault(name, cell) is not cell:
                labels = Label(cell.origin.span(), "again"), Label(first[name].origin.span(), "first")
                message = f"two columns are named `{name}`"
                self._found.append(error(Code.CSV_SYNTAX, message, *labels, help="keep one of them"))

    def _check_nameless(self, at: int, rows: tuple[Row, ...]) -> None:
        filled = next((row[at] for row in rows if at < len(row) and row[at].text.strip()), None)
        if filled:
            message = "this cell stands in a column without a name"
            help_text = "write the column's key into the first row"
            self._found.append(error(Code.CSV_SYNTAX, message, filled.origin.span(), help=help_text))

    def _row(self, row: Row) -> Placed:
        """Return the section that a row says, if it does, and its question."""
        self._check_length(row)
        cells: dict[str, Scalar] = {}
        for name, cell in zip(self._keys, row, strict=False):
            if name and cell.text.strip():
                cells.setdefault(name, Scalar(cell.text, cell.origin))
        section = cells.pop(_SECTION, None)
        entries = (Entry(name, self._value(name, cell), cell.origin) for name, cell in cells.items())
        return section, Mapping(tuple(entries), row[0].origin)

    def _check_length(self, row: Row) -> None:
        for cell in row[len(self._names) :]:
            if cell.text.strip():
                message = f"this row has more cells than the {len(self._names)} that the first row names"
                help_text = "put a cell in quotes if what parts cells is part of its text"
                self._found.append(error(Code.CSV_SYNTAX, message, cell.origin.span(), help=help_text))
                return

    def _value(self, name: str, cell: Scalar) -> Node:
        key = QUESTION.key(name)
        assert key is not None, "only known columns are read"
        if self._html and key.type is Atom.TEXT:
            text, lost = html_to_markdown(cell.text)
            for tag in lost:
                message = f"`<{tag}>` has no place in a text and is left out"
                self._found.append(warning(Code.TEXT_LOST, message, cell.origin.span()))
            return Scalar(text, MadeOrigin(cell.origin))
        return cell_value(cell, key.type)
