"""Notes that Anki exported as text, to the tree: a note becomes a question, with its GUID and tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error, warning
from deckbuild.formats.origins import MadeOrigin, PartOrigin
from deckbuild.formats.table.html_text import html_to_markdown, plain_to_markdown
from deckbuild.formats.table.sections import with_sections
from deckbuild.formats.tree import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.formats.table.head import Head
    from deckbuild.formats.table.rows import Cell, Row
    from deckbuild.formats.table.sections import Placed
    from deckbuild.source import Origin

_FIELDS = {
    **dict.fromkeys(("front", "question", "ask", "prompt", "text", "term", "word"), "ask"),
    **dict.fromkeys(("back", "answer", "definition", "response", "meaning"), "answer"),
    **dict.fromkeys(("extra", "back extra", "details", "notes", "explanation", "remarks"), "details"),
    "hint": "hint",
}
"""What fields are mostly called, and what they are here."""
_HTML = re.compile(r"</?[a-zA-Z][^>]*>|&(?:#\d+|\w+);")
_GAP = re.compile(r"\{\{c\d+::(?:(?!\}\}|\{\{c\d).)*\}\}", re.DOTALL)
_MASKED = "image-occlusion:"
_WORD = re.compile(r"\S+")


def read_notes(rows: tuple[Row, ...], head: Head, origin: Origin) -> tuple[Mapping, tuple[Diagnostic, ...]]:
    """Return a deck of the notes; their decks become its sections if there is more than one."""
    reader = _Reader(head, [])
    notes = [note for row in rows if not _is_remark(row) and (note := reader.note(row))]
    decks = tuple(dict.fromkeys(deck.text for deck, _ in notes if deck))
    titles = _titles(decks)
    several = len(decks) > 1
    placed = [(Scalar(titles[deck.text], deck.origin) if several and deck else None, q) for deck, q in notes]
    entry, problems = with_sections(placed, origin)
    title = None if several else next((deck for deck, _ in notes if deck), None)
    entries = (*_head_entries(head, title), entry)
    return Mapping(entries, origin), (*reader.found, *problems)


def _is_remark(row: Row) -> bool:
    """Tell whether a row is one that Anki leaves out: it quotes texts that start with `#`."""
    return row[0].text.startswith("#") and not row[0].quoted


def _head_entries(head: Head, deck: Scalar | None) -> Iterator[Entry]:
    if head.deck and not deck:
        deck = Scalar(*head.deck)
    if deck:
        yield Entry("title", Scalar(deck.text.rpartition("::")[2], deck.origin), deck.origin)
    if head.tags:
        first = head.tags[0][1]
        yield Entry("tags", Sequence(tuple(Scalar(*tag) for tag in head.tags), first), first)


def _titles(decks: tuple[str, ...]) -> dict[str, str]:
    """Return the last part of each deck's name; all of it where two end alike."""
    last = {deck: deck.rpartition("::")[2] for deck in decks}
    ends = list(last.values())
    return {deck: end if ends.count(end) == 1 else deck.replace("::", ": ") for deck, end in last.items()}


@dataclass
class _Reader:
    head: Head
    found: list[Diagnostic]

    def note(self, row: Row) -> Placed | None:
        """Return the deck of a note, if it says one, and the question that it becomes."""
        special = {name: row[at] for name, at in self.head.special.items() if at < len(row)}
        fields = self._fields(row)
        if any(_MASKED in cell.text for _, cell in fields):
            message = "a note with masks over a picture: its picture is not in the text"
            help_text = "write it as an `occlusion` card"
            self.found.append(error(Code.CSV_SYNTAX, message, row[0].origin.span(), help=help_text))
            return None
        texts = {name: text for name, cells in _by_role(fields).items() if (text := self._joined(cells))}
        entries = [*_question(texts), *_meta(special)]
        deck = special.get("deck")
        place = Scalar(deck.text, deck.origin) if deck and deck.text else None
        return place, Mapping(tuple(entries), row[0].origin)

    def _fields(self, row: Row) -> list[tuple[str, Cell]]:
        names = (*self.head.columns, *[""] * len(row))
        others = {*self.head.special.values()}
        return [
            (name.strip().lower(), cell)
            for at, (name, cell) in enumerate(zip(names, row, strict=False))
            if at not in others and cell.text.strip()
        ]

    def _joined(self, cells: list[Cell]) -> Scalar | None:
        texts = [text for cell in cells if (text := self._markdown(cell))]
        return Scalar("\n\n".join(texts), MadeOrigin(cells[0].origin)) if texts else None

    def _markdown(self, cell: Cell) -> str:
        html = self.head.html
        if not (_HTML.search(cell.text) if html is None else html):
            return plain_to_markdown(cell.text)
        text, lost = html_to_markdown(cell.text)
        for name in lost:
            message = f"`<{name}>` has no place in a text and is left out"
            self.found.append(warning(Code.TEXT_LOST, message, cell.origin.span()))
        return text


def _by_role(fields: list[tuple[str, Cell]]) -> dict[str, list[Cell]]:
    """Tell fields apart by their names, and those without a known one by their order."""
    roles: dict[str, list[Cell]] = {}
    others: list[Cell] = []
    for name, cell in fields:
        role = _FIELDS.get(name)
        if role == "details" or (role and role not in roles):
            roles.setdefault(role, []).append(cell)
        else:
            others.append(cell)
    for cell in others:
        role = next((role for role in ("ask", "answer") if role not in roles), "details")
        roles.setdefault(role, []).append(cell)
    return roles


def _question(texts: dict[str, Scalar]) -> Iterator[Entry]:
    ask = texts.pop("ask", None)
    if ask and _GAP.search(ask.text):
        yield Entry("ask", Scalar(_GAP.sub("…", ask.text), ask.origin), ask.origin)
        cloze = Mapping((Entry("cloze", ask, ask.origin),), ask.origin)
        yield Entry("cards", Sequence((cloze,), ask.origin), ask.origin)
        extra = [texts.pop(name) for name in ("answer", "details") if name in texts]
        if extra:
            details = Scalar("\n\n".join(text.text for text in extra), extra[0].origin)
            yield Entry("details", details, details.origin)
    elif ask:
        yield Entry("ask", ask, ask.origin)
    for name, text in texts.items():
        yield Entry(name, text, text.origin)


def _meta(special: dict[str, Cell]) -> Iterator[Entry]:
    guid, tags = special.get("guid"), special.get("tags")
    if guid and guid.text.strip():
        yield Entry("guid", Scalar(guid.text.strip(), guid.origin), guid.origin)
    if tags and tags.text.strip():
        words = (
            Scalar(word[0], PartOrigin(tags.origin, word.start(), len(word[0])))
            for word in _WORD.finditer(tags.text)
        )
        yield Entry("tags", Sequence(tuple(words), tags.origin), tags.origin)
