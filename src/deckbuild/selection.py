"""Selections: which questions of a deck are built."""

from __future__ import annotations

from dataclasses import astuple, fields, replace
from typing import TYPE_CHECKING

from deckbuild.config import Selection
from deckbuild.identity import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.model import Deck, Question, Section


def published(deck: Deck) -> Deck:
    """Return the deck without its drafts."""
    return _filtered(deck, lambda _, question: not question.draft)


def select(deck: Deck, selection: Selection) -> Deck:
    """Return the deck with the selected questions only; sections left empty go too."""
    return deck if is_all(selection) else _filtered(deck, lambda s, q: _matches(selection, deck, s, q))


def is_all(selection: Selection) -> bool:
    """Tell whether a selection leaves everything in."""
    return not any(astuple(selection))


def short_hash(selection: Selection) -> str:
    """Return eight letters that stand for a selection in file names, whatever its order of values."""
    parts = (f"{f.name}={','.join(sorted(getattr(selection, f.name)))}" for f in fields(selection))
    return digest(*parts)[:8]


def describe(selection: Selection) -> str:
    """Return a selection in words: `priority must, tag cnn or rnn`."""
    given = ((f.name, getattr(selection, f.name)) for f in fields(selection))
    return ", ".join(f"{name} {' or '.join(values)}" for name, values in given if values)


def unknown_values(deck: Deck, selection: Selection) -> list[tuple[str, str]]:
    """Return the values of a selection, with their field, that no question of the deck has."""
    known = values_of(deck)
    wanted = ((f.name, value) for f in fields(selection) for value in getattr(selection, f.name))
    return [(name, value) for name, value in wanted if value not in known[name]]


def values_of(deck: Deck) -> dict[str, set[str]]:
    """Return all values by which questions of a deck can be selected, by the field of the selection."""
    known: dict[str, set[str]] = {field.name: set() for field in fields(Selection)}
    for section, question in deck.questions():
        for name, values in _values(deck, section, question).items():
            known[name] |= values
    return known


def _filtered(deck: Deck, keep: Callable[[Section, Question], bool]) -> Deck:
    sections = (
        replace(section, questions=tuple(q for q in section.questions if keep(section, q)))
        for section in deck.sections
    )
    return replace(deck, sections=tuple(section for section in sections if section.questions))


def _matches(selection: Selection, deck: Deck, section: Section, question: Question) -> bool:
    values = _values(deck, section, question)
    return all(
        not wanted or not values[name].isdisjoint(wanted)
        for name, wanted in ((f.name, getattr(selection, f.name)) for f in fields(selection))
    )


def _values(deck: Deck, section: Section, question: Question) -> dict[str, set[str]]:
    return {
        "section": {section.id},
        "tag": {*question.tags, *section.tags, *deck.tags},
        "difficulty": {question.difficulty} if question.difficulty else set(),
        "priority": {question.priority},
        "role": set(question.roles),
        "id": {question.id},
    }
