"""The lines above a table: `#separator:tab` and what else Anki writes there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.formats.table.rows import cell_names
from deckbuild.formats.wording import listed, shown, suggestion
from deckbuild.source import SliceOrigin, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.source import Origin, Source

_LINE = re.compile(r"#([^:\n]*)(?::([^\n]*))?(?:\n|$)")
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_COLUMNS = ("guid", "notetype", "deck", "tags")
_NAMES = (
    *("separator", "html", "columns", "tags", "deck", "notetype", "if matches", "match scope"),
    *(f"{name} column" for name in _COLUMNS),
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines above a table say of it."""

    end: int = 0
    """Where the table starts."""
    separator: str = ""
    html: bool | None = None
    """Whether fields are HTML; None if nothing says so."""
    columns: tuple[str, ...] = ()
    """Names of the columns."""
    special: Mapping[str, int] = field(default_factory=dict)
    """Columns, from 0, that are no fields: `guid`, `notetype`, `deck` and `tags`."""
    tags: tuple[tuple[str, Origin], ...] = ()
    """Tags of all notes."""
    deck: tuple[str, Origin] | None = None
    """The deck of all notes."""

    @property
    def from_anki(self) -> bool:
        """Tell whether columns are told of here instead of in a first row."""
        return bool(self.columns or self.special)


def parse_head(source: Source) -> tuple[Head, tuple[Diagnostic, ...]]:
    """Return what the lines say that start with `#`; others than Anki's are remarks."""
    lines: dict[str, tuple[str, SliceOrigin]] = {}
    found: list[Diagnostic] = []
    at = 0
    while line := _LINE.match(source.text, at):
        at = line.end()
        name = line[1].strip().lower()
        if name in _NAMES and line[2] is not None:
            value = line[2].strip(" ")
            start = line.start(2) + line[2].index(value)
            lines[name] = value, SliceOrigin(source, start, start + len(value))
        elif (meant := suggestion(name, _NAMES)) and line[2] is not None:
            message = f"Anki knows no `#{shown(name)}`"
            found.append(error(Code.CSV_SYNTAX, message, Span(source, *line.span(1)), help=meant))
    return _head(at, lines, found), tuple(found)


def _head(end: int, lines: dict[str, tuple[str, SliceOrigin]], found: list[Diagnostic]) -> Head:
    separator = _separator(*lines["separator"], found) if "separator" in lines else ""
    special: dict[str, int] = {}
    for name in _COLUMNS:
        if (key := f"{name} column") in lines and (number := _number(*lines[key], found)):
            special[name] = number - 1
    return Head(
        end,
        separator,
        html=lines["html"][0].lower() == "true" if "html" in lines else None,
        columns=cell_names(lines["columns"][0], separator or "\t") if "columns" in lines else (),
        special=special,
        tags=tuple(_words(*lines["tags"])) if "tags" in lines else (),
        deck=lines.get("deck"),
    )


def _words(text: str, origin: SliceOrigin) -> list[tuple[str, Origin]]:
    return [
        (word[0], SliceOrigin(origin.source, origin.start + word.start(), origin.start + word.end()))
        for word in re.finditer(r"\S+", text)
    ]


def _separator(value: str, origin: Origin, found: list[Diagnostic]) -> str:
    if value.lower() in _SEPARATORS:
        return _SEPARATORS[value.lower()]
    if value in _SEPARATORS.values():
        return value
    help_text = f"write {listed(tuple(_SEPARATORS))}"
    message = f"`{shown(value)}` separates no cells"
    found.append(error(Code.CSV_SYNTAX, message, origin.span(), help=help_text))
    return ""


def _number(value: str, origin: Origin, found: list[Diagnostic]) -> int:
    if value.isascii() and value.isdigit() and int(value[:4]) > 0:
        return int(value[:4])
    message = f"`{shown(value)}` is no number of a column"
    found.append(error(Code.CSV_SYNTAX, message, origin.span(), help="columns are counted from 1"))
    return 0
