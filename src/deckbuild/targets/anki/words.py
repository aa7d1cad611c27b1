"""The words that cards print around their content, as values of CSS.

Note types belong to a project whose decks may speak several languages, so templates hold no words:
the style sheet has those of every language and picks by the `lang` of the card.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.strings import Strings

WORDS = {
    "cue": "anki.cue",
    "hint": "common.hint",
    "must": "common.must",
    "said": "anki.said",
    "again": "anki.again",
    "hard": "anki.hard",
    "good": "anki.good",
    "easy": "anki.easy",
    "pitfalls": "common.pitfalls",
    "details": "common.details",
    "license": "common.license",
    "reviewed": "common.reviewed",
    "mine": "anki.mine",
    "level-easy": "difficulty.easy",
    "level-medium": "difficulty.medium",
    "level-hard": "difficulty.hard",
    "after": "anki.after",
    "one": "anki.one",
    "many": "anki.many",
    "right": "common.right",
    "wrong": "common.wrong",
    "accepted": "anki.accepted",
}
"""Name of the custom property, without `--word-`, and key of the word."""

_COUNTERS = re.compile(r"\{(said|total)\}")
_ESCAPED = re.compile(r'["\\<\n]')


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language; `words` are values for the CSS property `content`."""

    lang: str
    words: Mapping[str, Markup]


def language(strings: Strings) -> Language:
    """Return the words of a language for the style sheet."""
    return Language(strings.lang, {name: _content(strings.words[key]) for name, key in WORDS.items()})


def _content(text: str) -> Markup:
    """Return a text as CSS strings, with `{said}` and `{total}` as counters."""
    pieces = _COUNTERS.split(text)
    quoted = [f"counter({piece})" if at % 2 else _quoted(piece) for at, piece in enumerate(pieces)]
    return Markup(" ".join(piece for piece in quoted if piece != '""'))  # noqa: S704 - quoted for CSS


def _quoted(text: str) -> str:
    escaped = _ESCAPED.sub(lambda found: f"\\{ord(found[0]):x} ", text)
    return f'"{escaped}"'
