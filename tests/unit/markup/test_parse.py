"""The parser by example: `fixtures/<feature>.txt` holds cases of title, input and expected events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckbuild.markup.events import End, Start
from deckbuild.markup.parse import parse
from deckbuild.source import SliceOrigin, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.markup.events import Events

FIXTURES = Path(__file__).parent / "fixtures"


def cases() -> Iterator[object]:
    for file in sorted(FIXTURES.glob("*.txt")):
        parts = file.read_text(encoding="utf-8").split("\n.\n")
        assert len(parts) % 3 == 1, f"{file.name}: title, input and expected stand between lines of one dot"
        for title, text, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            name = f"{file.stem}: {title.strip()}"
            yield pytest.param(file.stem == "cloze", text, expected, id=name)


@pytest.mark.parametrize(("cloze", "text", "expected"), [*cases()])
def test_text_gives_the_events_and_diagnostics_of_its_fixture(cloze: bool, text: str, expected: str) -> None:
    source = Source("decks/dl.md", text)
    prose, diagnostics = parse(text, SliceOrigin(source, 0, len(text)), folder="decks", cloze=cloze)
    assert printed(prose.events, diagnostics) == expected


def printed(events: Events, diagnostics: tuple[Diagnostic, ...]) -> str:
    lines = []
    depth = 0
    for event in events:
        depth -= isinstance(event, End)
        if not isinstance(event, End):
            lines.append("  " * depth + repr(event.tag if isinstance(event, Start) else event))
        depth += isinstance(event, Start)
    for found in diagnostics:
        places = " ".join(f"`{label.span.text}`{label.text and f' ({label.text})'}" for label in found.labels)
        lines.append(f"{found.severity.name.lower()}[{found.code}] {places}: {found.message}; {found.help}")
    return "\n".join(lines)
