"""Soft breaks: a line break of the source is a blank, but nothing between CJK characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.markup.events import Code, End, Math, Ruby, Start, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.markup.events import Event, Events

# Han, kana, bopomofo, CJK punctuation and full-width forms; Korean parts its words by blanks.
_CJK = re.compile(
    "[\u2e80-\u312f\u31a0-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f"
    "\U0001b000-\U0001b2ff\U00020000-\U0003ffff]"
)


def is_nothing(events: Events, place: int) -> bool:
    """Tell whether the soft break at that place stands between two CJK characters."""
    before = _edge((events[index] for index in range(place - 1, -1, -1)), -1)
    after = _edge((events[index] for index in range(place + 1, len(events))), 0)
    return bool(_CJK.fullmatch(before) and _CJK.fullmatch(after))


def _edge(events: Iterable[Event], side: int) -> str:
    """Return the character nearest to a break on one side, past starts and ends of formatting."""
    for event in events:
        match event:
            case Start() | End():
                continue
            case Text(text=text) | Ruby(base=text) | Code(text=text) | Math(tex=text):
                return text[side : side + 1 or None]
            case _:
                break
    return ""
