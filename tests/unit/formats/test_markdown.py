"""Markdown read to the tree, by example: `fixtures/markdown_*.txt` hold title, input and what it gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckbuild.formats.markdown.read import read_markdown
from deckbuild.formats.read import read_deck
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


def test_section_heading_has_no_place_in_a_folder_deck() -> None:
    text = "---\ntitle: Basics\n---\n## One?\n1\n# More\n## Two?\n2\n"
    assert read(text, is_section=True) == (
        "title: Basics\n"
        "questions:\n  -:\n    ask: One?\n    answer: 1\n  -:\n    ask: Two?\n    answer: 2\n"
        "6:1 markdown-structure a file of a folder deck is one section: `#` means nothing in it\n"
        "  help: write a section's title into the front matter; a question begins with `##`"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('## Q? {short="a <b>x</b>"}\na\n', (1, 17)),
        ("## Q?\n### Points\n- a\n\n  b <b>x</b>\n", (5, 5)),
        ("## Q?\n### Prompt\nmore\n<b>x</b>\n### Hint\na\n", (4, 1)),
        ("## Q?\n### Cards\n#### A {.choice}\n- [x] a\n  - b\n    <b>x</b>\n- [ ] c\n", (6, 5)),
    ],
)
def test_what_is_wrong_in_a_text_is_reported_where_it_stands(text: str, place: tuple[int, int]) -> None:
    _, diagnostics = read_deck("dl", None, (Source("decks/dl.md", text),))
    assert [found.labels[0].span.position for found in diagnostics if found.code == "raw-html"] == [place]


def read(text: str, *, is_section: bool = False) -> str:
    node, diagnostics = read_markdown(Source("decks/dl.md", text), is_section=is_section)
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


@pytest.mark.parametrize(
    ("text", "help_text"),
    [
        ("##Q?\nx\n", "write a blank behind `##`"),
        ('## Q? {.easy short=Unclosed"}\nx\n', r"close it (or `\{` if the brace is text)"),
        ("## Q?\n", "write the answer below the heading"),
        ("## Q?\nx\n### Cards\n#### T? {.typed}\n", "write the answer below the heading"),
        ("## Q?\nx\n### Cards\n#### W? {.choice}\n- [ ] a\n- [ ] b\n", "write `[x]` in front of one that is"),
        ("## Q?\nx\n## Q?\ny\n", "give one of them an id: `{#q-2}`"),
    ],
)
def test_help_is_in_the_marks_of_markdown(text: str, help_text: str) -> None:
    _, found = read_deck("bank", None, (Source("decks/bank.md", text),))
    assert [diagnostic.help for diagnostic in found] == [help_text]
