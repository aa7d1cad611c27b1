"""Printed numbers and section hues: the same on paper, in Anki and in the handout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.model import Deck

HUES = ("blue", "teal", "rust", "plum", "indigo", "rose", "olive", "slate")
"""The section hues in the order they are taken, then again."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number of every question (`3.2`, or `7` in a deck without sections) and section of a deck.

    It is made from the whole deck, before any selection, so that a number names one question.
    """

    questions: Mapping[str, str]
    sections: Mapping[str, int]

    def hue(self, section: str) -> str:
        """Return the name of a section's hue."""
        return HUES[(self.sections[section] - 1) % len(HUES)]


def number_by_position(deck: Deck) -> Numbering:
    """Number sections and questions as they stand in the source."""
    questions: dict[str, str] = {}
    sections: dict[str, int] = {}
    for place, section in enumerate(deck.sections, 1):
        sections[section.id] = place
        prefix = f"{place}." if section.title else ""
        questions |= {q.id: f"{prefix}{n}" for n, q in enumerate(section.questions, 1)}
    return Numbering(questions, sections)
