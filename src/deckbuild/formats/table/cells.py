r"""What a cell of a table holds: the value of a key, a list with one item a line.

- points: `!` in front of a line marks a must, as in Markdown; `\!` is a plain exclamation mark
- follow-ups: the question on a line, its answer below, an empty line between two of them
- sources: a title, then the address at the end of the line
- cards: a cloze a line
- figure: the picture's path on the first line, what it shows on the second, a caption below
- tags, roles and ids may also stand in a row, parted by blanks or commas
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.formats.keys import CARD, FIGURE, FOLLOWUP, SOURCE, Atom, ListOf, TextOr
from deckbuild.formats.origins import PartOrigin
from deckbuild.formats.tree import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.formats.keys import Type
    from deckbuild.formats.tree import Node

_LINE = re.compile(r"[^\s\n][^\n]*")
_WORD = re.compile(r"[^\s,;]+")
_BLOCK = re.compile(r"[^\s\n](?:[^\n]|\n(?![ \t]*(?:\n|\Z)))*")
_ADDRESS = re.compile(r"<?((?:https?://|mailto:)[^\s<>]+)>?", re.IGNORECASE)
_MUST = re.compile(r"!(?=[^\s\[])")
_WORDS = {Atom.WORD, Atom.ID, Atom.OLD_ID}


def cell_value(cell: Scalar, kind: Type) -> Node:
    """Return the node that a cell says, for a key of that type."""
    match kind:
        case ListOf(item=item) if item in _WORDS:
            return _sequence(cell, (_part(cell, found) for found in _WORD.finditer(cell.text)))
        case ListOf(item=TextOr()):
            return _sequence(cell, (_point(line) for line in _lines(cell)))
        case ListOf(item=item) if item is FOLLOWUP:
            return _sequence(cell, (_followup(_part(cell, found)) for found in _BLOCK.finditer(cell.text)))
        case ListOf(item=item) if item is SOURCE:
            return _sequence(cell, (_source(line) for line in _lines(cell)))
        case ListOf(item=item) if item is CARD:
            return _sequence(cell, (_mapping(line, cloze=line) for line in _lines(cell)))
        case ListOf():
            return _sequence(cell, _lines(cell))
        case _ if kind is FIGURE:
            return _figure(cell)
        case _:
            return cell


def _lines(cell: Scalar) -> Iterator[Scalar]:
    return (_part(cell, found) for found in _LINE.finditer(cell.text))


def _part(whole: Scalar, found: re.Match[str], group: int = 0) -> Scalar:
    text = found[group].rstrip()
    return Scalar(text, PartOrigin(whole.origin, found.start(group), len(text)))


def _sequence(cell: Scalar, items: Iterator[Node]) -> Sequence:
    return Sequence(tuple(items), cell.origin)


def _mapping(place: Scalar, **values: Scalar | None) -> Mapping:
    entries = (Entry(key, value, value.origin) for key, value in values.items() if value and value.text)
    return Mapping(tuple(entries), place.origin)


def _after(line: Scalar, at: int) -> Scalar:
    """Return the rest of a text, without blanks in front."""
    rest = line.text[at:]
    start = at + len(rest) - len(rest.lstrip())
    return Scalar(line.text[start:], PartOrigin(line.origin, start, len(line.text) - start))


def _point(line: Scalar) -> Node:
    return _mapping(line, must=_after(line, 1)) if _MUST.match(line.text) else line


def _followup(block: Scalar) -> Mapping:
    ask = _LINE.match(block.text)
    assert ask is not None, "a block starts with a line"
    return _mapping(block, ask=_part(block, ask), answer=_after(block, ask.end()))


def _source(line: Scalar) -> Mapping:
    last = max(map(line.text.rfind, " \t")) + 1
    found = _ADDRESS.fullmatch(line.text, last)
    if not found:
        return _mapping(line, title=line)
    url = _part(line, found, 1)
    title = line.text[:last].rstrip(" \t,;:-")
    named = Scalar(title, PartOrigin(line.origin, 0, len(title))) if title else url
    return _mapping(line, title=named, url=url)


def _figure(cell: Scalar) -> Mapping:
    lines = (*_lines(cell), None, None, None)
    caption = _after(cell, _second_end(cell)) if lines[2] else None
    return _mapping(cell, image=lines[0], alt=lines[1], caption=caption)


def _second_end(cell: Scalar) -> int:
    """Return the end of the second line that says something."""
    return [found.end() for found in _LINE.finditer(cell.text)][1]
