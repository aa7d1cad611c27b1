"""Footnotes: numbered by first reference, definitions at the end, what is lost reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code
from deckbuild.markup.events import End, Event, FootnoteDefinition, FootnoteReference, Start, Text
from deckbuild.markup.places import is_escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.markup.findings import Findings

_LABEL = re.compile(r"\[\^[^\]\s]+\]")


@dataclass(frozen=True, slots=True)
class _Definition:
    """A footnote's events, without start and end, and where it stands."""

    number: int
    at: int
    events: list[Event]


def in_order(events: list[Event], raw: str, findings: Findings) -> list[Event]:
    """Move definitions to the end and number them; the reader numbered them by appearance."""
    _report_undefined(events, raw, findings)
    body, definitions = _apart(events)
    numbers: dict[int, int] = {}
    out = _numbered(body, numbers)
    first = {definition.number: definition for definition in reversed(definitions)}
    for old in _growing(numbers):
        tag = FootnoteDefinition(numbers[old])
        out += (Start(tag, first[old].at), *_numbered(first[old].events, numbers), End(tag, first[old].at))
    for definition in definitions:
        if definition is not first[definition.number]:
            message = "there is already a footnote `{}`: this one is not shown"
            _report_lost(message, definition, raw, findings, "give it a label of its own")
        elif definition.number not in numbers:
            message = "nothing refers to the footnote `{}`, so it is not shown"
            _report_lost(message, definition, raw, findings, "put its mark where it belongs, or take it out")
    return out


def _apart(events: Iterable[Event]) -> tuple[list[Event], list[_Definition]]:
    """Return the events without definitions, and the definitions in the order they end."""
    body: list[Event] = []
    definitions: list[_Definition] = []
    open_: list[_Definition] = []
    for event in events:
        match event:
            case Start(tag=FootnoteDefinition(number), at=at):
                open_.append(_Definition(number, at, []))
            case End(tag=FootnoteDefinition()):
                definitions.append(open_.pop())
            case _:
                (open_[-1].events if open_ else body).append(event)
    return body, definitions


def _growing(numbers: dict[int, int]) -> Iterator[int]:
    """Yield the keys in order, also those that are added meanwhile."""
    done = 0
    while done < len(numbers):
        yield list(numbers)[done]
        done += 1


def _numbered(events: Iterable[Event], numbers: dict[int, int]) -> list[Event]:
    """Return the events with references by their final number; a new one takes the next."""
    return [
        FootnoteReference(numbers.setdefault(event.number, len(numbers) + 1), event.at)
        if isinstance(event, FootnoteReference)
        else event
        for event in events
    ]


def _report_undefined(events: Iterable[Event], raw: str, findings: Findings) -> None:
    """Report `[^label]` without a definition: Markdown shows it as text."""
    for event in events:
        if not (isinstance(event, Text) and event.text.startswith("[") and not is_escaped(raw, event.at)):
            continue
        if found := _LABEL.match(raw, event.at):
            message = f"there is no footnote `{found[0]}`, so the mark is shown as text"
            help_ = (
                f"write `{found[0]}: …` in a paragraph of its own, or `\\{found[0]}` if it is meant as text"
            )
            findings.warning(Code.UNKNOWN_REFERENCE, message, found.start(), found.end(), help_)


def _report_lost(message: str, lost: _Definition, raw: str, findings: Findings, help_: str) -> None:
    found = _LABEL.match(raw, lost.at)
    label = found[0] if found else ""
    findings.warning(Code.TEXT_LOST, message.format(label), lost.at, lost.at + len(label), help_)
