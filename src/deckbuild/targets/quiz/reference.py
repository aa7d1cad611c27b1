"""How a prompt begins: what the key says to tell one question from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.markup.events import (
    Blank,
    Code,
    Emphasis,
    End,
    HardBreak,
    Inline,
    Link,
    Math,
    Ruby,
    SoftBreak,
    Start,
    Strong,
    Text,
)
from deckbuild.markup.text import to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.markup.events import Event, Events, Tag

_MOST = 90
"""So many characters fill a line of the key."""
_IN_A_LINE = (Emphasis, Strong, Inline, Link)


def beginning(events: Events) -> Events:
    """Return the first block of a text that has words, cut at the end of a word."""
    return tuple(_beginning(events)) or (Text(_cut(to_text(events), _MOST)),)


def _beginning(events: Events) -> Iterator[Event]:
    room = _MOST
    opened: list[Tag] = []
    for event in events:
        match event:
            case Start(tag=tag) if isinstance(tag, _IN_A_LINE):
                opened.append(tag)
                yield event
            case End(tag=tag) if isinstance(tag, _IN_A_LINE):
                opened.pop()
                yield event
            case Text() | Code() | Math(display=False) | Ruby() | Blank() | SoftBreak() | HardBreak():
                room -= _width(event)
                if room < 0:
                    fits = _cut(event.text, room + len(event.text)) if isinstance(event, Text) else ""
                    yield Text(f"{fits} …")
                    break
                yield Text(" ") if isinstance(event, HardBreak) else event
            case Start() | End() if room < _MOST:
                break
            case _:
                pass
    yield from (End(tag) for tag in reversed(opened))


def _width(event: Event) -> int:
    match event:
        case Text(text=text) | Code(text=text) | Ruby(base=text):
            return len(text)
        case Math(tex=tex):
            return len(tex) // 2
        case _:
            return 1


def _cut(text: str, most: int) -> str:
    """Return the words that fit, or as many characters where there are no blanks."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] or text[:most]
