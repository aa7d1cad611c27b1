"""Rows of a table to the questions or sections of a deck: a row tells the section that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.formats.tree import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.source import Origin

Placed = tuple[Scalar | None, Mapping]
"""The title of a section, if the row says one, and the question of the row."""


def with_sections(rows: Iterable[Placed], origin: Origin) -> tuple[Entry, tuple[Diagnostic, ...]]:
    """Return `questions`, or `sections` if any row says its own; rows without follow the one above."""
    rows = tuple(rows)
    if not any(title for title, _ in rows):
        return Entry("questions", Sequence(tuple(row for _, row in rows), origin), origin), ()
    sections: dict[str, tuple[Scalar, list[Mapping]]] = {}
    found: list[Diagnostic] = []
    current: list[Mapping] | None = None
    for title, question in rows:
        if title:
            current = sections.setdefault(title.text, (title, []))[1]
        if current is None:
            help_text = "write its section; rows below may leave it out"
            span = question.origin.span()
            found.append(error(Code.MISSING_KEY, "the first question has no section", span, help=help_text))
        else:
            current.append(question)
    items = tuple(_section(title, questions) for title, questions in sections.values())
    return Entry("sections", Sequence(items, origin), origin), tuple(found)


def _section(title: Scalar, questions: list[Mapping]) -> Mapping:
    entries = (
        Entry("title", title, title.origin),
        Entry("questions", Sequence(tuple(questions), title.origin), title.origin),
    )
    return Mapping(entries, title.origin)
