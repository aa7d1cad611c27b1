"""Cutting a text into the smallest blocks that can stand alone, for texts higher than a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.markup.events import (
    BulletList,
    CodeBlock,
    End,
    OrderedList,
    Paragraph,
    Start,
    Table,
    TableHead,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.markup.events import Event, Events, Tag

_CODE_LINES = 12
_STOPS = (". ", "! ", "? ", "。", "！", "？", "؟ ", "۔ ", "। ")


def sentences_of(events: Events) -> Iterator[Events]:
    """Yield the blocks of a text: sentences, list items, table rows and a few lines of code at a time."""
    for block in top_level(events):
        match block[0]:
            case Start(tag=Paragraph()):
                yield from _sentences(block)
            case Start(tag=BulletList() | OrderedList() as tag):
                yield from _entries(block, tag)
            case Start(tag=Table() as tag):
                yield from _rows(block, tag)
            case CodeBlock(lang, text):
                lines = text.splitlines(keepends=True)
                for start in range(0, len(lines), _CODE_LINES):
                    yield (CodeBlock(lang, "".join(lines[start : start + _CODE_LINES])),)
            case _:
                yield block


def top_level(events: Events) -> Iterator[Events]:
    """Yield the outermost containers and leaves, each whole."""
    depth, start = 0, 0
    for place, event in enumerate(events):
        depth += isinstance(event, Start)
        depth -= isinstance(event, End)
        if depth == 0:
            yield events[start : place + 1]
            start = place + 1


def _sentences(paragraph: Events) -> Iterator[Events]:
    """Yield a paragraph for each sentence; one that ends inside emphasis or a link does not count."""
    current: list[Event] = []
    depth = 0
    for event in paragraph[1:-1]:
        depth += isinstance(event, Start)
        depth -= isinstance(event, End)
        if depth or not isinstance(event, Text):
            current.append(event)
            continue
        *ended, rest = _cut(event.text)
        for sentence in ended:
            yield _wrapped(Paragraph(), (*current, Text(sentence)))
            current = []
        current += (Text(rest),) if rest else ()
    if current:
        yield _wrapped(Paragraph(), tuple(current))


def _cut(text: str) -> list[str]:
    """Return the sentences of a text and what follows the last one, perhaps nothing."""
    sentences, start, place = [], 0, 0
    while place < len(text):
        stop = next((stop for stop in _STOPS if text.startswith(stop, place)), "")
        place += len(stop) or 1
        if stop:
            sentences.append(text[start:place].rstrip())
            start = place
    return [*sentences, text[start:]]


def _entries(block: Events, tag: BulletList | OrderedList) -> Iterator[Events]:
    for place, entry in enumerate(top_level(block[1:-1])):
        yield _wrapped(OrderedList(tag.start + place) if isinstance(tag, OrderedList) else tag, entry)


def _rows(block: Events, tag: Table) -> Iterator[Events]:
    """Yield a table for each row; the head stays with the first."""
    head: Events = ()
    for row in top_level(block[1:-1]):
        if isinstance(row[0], Start) and isinstance(row[0].tag, TableHead):
            head = row
        else:
            yield _wrapped(tag, (*head, *row))
            head = ()
    if head:
        yield _wrapped(tag, head)


def _wrapped(tag: Tag, inner: Events) -> Events:
    return (Start(tag), *inner, End(tag))
