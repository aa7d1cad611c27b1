"""Ruby: `{漢字|かんじ}`, a base with a Han character and its reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.markup.events import End, Event, Ruby, Start, TableCell, Text
from deckbuild.markup.places import is_escaped, shadow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RUBY = re.compile(r"\{([^{}|\0]+)\|([^{}|\s\0]+)\}")
_HAN = re.compile("[々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def with_ruby(events: Iterable[Event], raw: str) -> list[Event]:
    """Turn ruby in runs of text into events of its own."""
    out: list[Event] = []
    run: list[Text] = []
    in_cell = False
    for event in events:
        if isinstance(event, Text):
            run.append(event)
            continue
        out += _read(run, raw, in_cell=in_cell)
        run.clear()
        out.append(event)
        if isinstance(event, Start | End) and isinstance(event.tag, TableCell):
            in_cell = isinstance(event, Start)
    return [*out, *_read(run, raw, in_cell=in_cell)]


def _read(run: list[Text], raw: str, *, in_cell: bool) -> Iterator[Event]:
    """Yield a run of text, cut where ruby stands."""
    marks = "".join(_marks(text, raw, in_cell=in_cell) for text in run)
    found = [ruby for ruby in _RUBY.finditer(marks) if _HAN.search(ruby[1])]
    if not found:
        yield from run
        return
    characters = "".join(text.text for text in run)
    places = [text.at + offset for text in run for offset in range(len(text.text))]
    last = 0
    for ruby in found:
        if last < ruby.start():
            yield Text(characters[last : ruby.start()], places[last])
        yield Ruby(ruby[1], ruby[2], places[ruby.start()])
        last = ruby.end()
    if last < len(characters):
        yield Text(characters[last:], places[last])


def _marks(text: Text, raw: str, *, in_cell: bool) -> str:
    """Return the characters that may be marks; in a table the bar is one although it is escaped."""
    if in_cell and text.text.startswith("|") and is_escaped(raw, text.at):
        return text.text
    return shadow(raw, text)
