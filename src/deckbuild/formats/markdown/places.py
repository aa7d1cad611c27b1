"""Which attributes may stand where in a Markdown source: every key that has no part of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckbuild.formats import keys

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS = {
    "Prompt": "ask",
    "Points": "points",
    "Figure": "figure",
    "Details": "details",
    "Follow-ups": "followups",
    "Pitfalls": "pitfalls",
    "Hint": "hint",
    "Sources": "sources",
    "Cards": "cards",
}
"""The headings of a question's parts, always these English words, with the keys they stand for."""


@dataclass(frozen=True, slots=True)
class Place:
    """What can have attributes: its name with an article, its words (as key and value) and its keys."""

    name: str
    keys: tuple[str, ...]
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    """Keys that may stand there more than once."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Keys that are no attributes, with what to write instead."""

    @property
    def known(self) -> tuple[str, ...]:
        """Return all keys that mean something to somebody."""
        return (*self.keys, *self.parts)


def _lists(*kinds: keys.Kind) -> tuple[str, ...]:
    return tuple(key.name for kind in kinds for key in kind.keys if isinstance(key.type, keys.ListOf))


_LEVELS = {
    word: (key.name, word)
    for key in keys.QUESTION.keys
    if isinstance(key.type, keys.OneOf)
    for word in key.type.words
}
_ELSEWHERE = {"ask": "write it in the heading", "answer": "write it below the heading"}
_IN_PARTS = {key: f"write it below `### {part}`" for part, key in PARTS.items() if key not in {"ask", "hint"}}

SECTION = Place("a section", ("id", "tags"), lists=_lists(keys.SECTION))
QUESTION = Place(
    "a question",
    tuple(name for name in keys.QUESTION.names if name not in {*_ELSEWHERE, *_IN_PARTS}),
    _LEVELS | {"draft": ("draft", "true")},
    _lists(keys.QUESTION),
    _ELSEWHERE | _IN_PARTS,
)
FOLLOWUP = Place("a follow-up", ("id",), parts=_ELSEWHERE)
POINT = Place("a point", (), {"must": ("must", "true")})
CLOZE_ITEM = Place("a cloze", ("id", "tags", "hint"), lists=_lists(keys.CARD))

OF_KIND = {
    "basic": ("reverse", "figure", "alt", "caption"),
    "cloze": (),
    "choice": ("shuffle",),
    "steps": (),
    "typed": ("answer", "accept"),
    "occlusion": (),
}
"""The attributes that only cards of one kind have."""
CARD = Place(
    "a card",
    ("id", "tags", "hint", *(key for of_kind in OF_KIND.values() for key in of_kind)),
    {kind: ("kind", kind) for kind in keys.CARD_KINDS} | {"reverse": ("reverse", "true")},
    _lists(keys.CARD, keys.TYPED),
)
