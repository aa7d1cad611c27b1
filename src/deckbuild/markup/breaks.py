"""Soft breaks: a line break of the source is a blank, but nothing between CJK characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.markup.events import Code, End, Event, Math, Ruby, SoftBreak, Start, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Han, kana, bopomofo, CJK punctuation and full-width forms; Korean parts its words by blanks.
_CJK = re.compile(
    "[\u2e80-\u312f\u31a0-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f"
    "\U0001b000-\U0001b2ff\U00020000-\U0003ffff]"
)


def without_soft_breaks(events: Sequence[Event]) -> Iterable[Event]:
    """Return the events with each soft break turned into what it means."""
    if not any(isinstance(event, SoftBreak) for event in events):
        return events
    out: list[Event] = []
    for index, event in enumerate(events):
        if not isinstance(event, SoftBreak):
            out.append(event)
        elif not (_is_cjk(_edge(reversed(events[:index]), -1)) and _is_cjk(_edge(events[index + 1 :], 0))):
            out.append(Text(" ", event.at))
    return out


def _edge(events: Iterable[Event], side: int) -> str:
    """Return the character nearest to a break on one side, past starts and ends of formatting."""
    for event in events:
        match event:
            case Start() | End():
                continue
            case Text(text=text) | Ruby(base=text) | Code(text=text) | Math(tex=text):
                return text[side] if text else ""
            case _:
                break
    return ""


def _is_cjk(character: str) -> bool:
    return _CJK.fullmatch(character) is not None
