"""Markdown read to the tree, by example: `fixtures/markdown_*.txt` hold title, input and what it gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckbuild.formats.markdown import read_markdown
from deckbuild.formats.tree import Mapping, Scalar, Sequence
from deckbuild.source import Source
from support.messages import cases, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.formats.tree import Node

FIXTURES = Path(__file__).parent / "fixtures"


def fixtures() -> Iterator[object]:
    for file in sorted(FIXTURES.glob("markdown_*.txt")):
        for title, text, expected in cases(file):
            yield pytest.param(text, expected, id=f"{file.stem}: {title}")


@pytest.mark.parametrize(("text", "expected"), [*fixtures()])
def test_bank_gives_the_tree_and_diagnostics_of_its_fixture(text: str, expected: str) -> None:
    assert read(text) == expected


def read(text: str) -> str:
    node, diagnostics = read_markdown(Source("decks/dl.md", text))
    assert isinstance(node, Mapping)
    tree = [line for entry in node.entries for line in entry_lines(entry.key, entry.value, "")]
    return "\n".join([*tree, printed(diagnostics)] if diagnostics else tree)


def entry_lines(label: str, node: Node, indent: str) -> Iterator[str]:
    match node:
        case Scalar(text=text) if "\n" not in text:
            yield f"{indent}{label}: {text}"
        case Scalar(text=text):
            yield f"{indent}{label}: |"
            yield from (f"{indent}  {line}".rstrip() for line in text.split("\n"))
        case Sequence(items=items):
            yield f"{indent}{label}:"
            for item in items:
                yield from entry_lines("-", item, indent + "  ")
        case Mapping(entries=entries):
            yield f"{indent}{label}:"
            for entry in entries:
                yield from entry_lines(entry.key, entry.value, indent + "  ")
