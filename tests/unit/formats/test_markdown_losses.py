"""Nothing of a Markdown bank is lost in silence: each word of it is in the tree or in a diagnostic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuild.formats.markdown.read import read_markdown
from deckbuild.formats.tree import Mapping, Scalar, Sequence
from deckbuild.source import LinesOrigin, Source
from support.editedbank import BANK, edited_banks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.formats.tree import Node
    from deckbuild.source import Origin


@settings(max_examples=500)
@given(edited_banks)
def test_edited_bank_is_in_the_tree_or_in_diagnostics(text: str) -> None:
    source = Source("decks/dl.md", text)
    tree, diagnostics = read_markdown(source)
    assert lost_words(source, tree, diagnostics) == []


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    source = Source("decks/dl.md", text.replace("\r", ""))
    tree, diagnostics = read_markdown(source)
    assert tree is not None
    assert all(label.span.end <= len(text) for found in diagnostics for label in found.labels)


def test_whole_bank_is_read_without_a_finding() -> None:
    _, diagnostics = read_markdown(Source("decks/dl.md", BANK))
    assert diagnostics == ()


# What is covered ---------------------------------------------------------------------------------

MARKS = re.compile(
    r"""
    <!--(?:(?!-->)[\s\S])*-->           # comments
    |\[[ xX]\] | ^[ ]{0,3}\d+[.)]       # boxes, numbers
    |\b[a-z]+=                          # keys of lists
    |^[ ]{0,3}\#\#\#[ ]+(?:Prompt|Figure)\b
    |\A---\n(?:.*\n)*?---               # front matter: its own tests say that nothing of it is lost
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What says something by its form alone."""


def lost_words(source: Source, tree: Node | None, diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    covered = bytearray(len(source.text))
    ranges = [found.span() for found in MARKS.finditer(source.text)]
    ranges += [(label.span.start, label.span.end) for found in diagnostics for label in found.labels]
    ranges += [*tree_ranges(tree)] if tree else []
    for start, end in ranges:
        covered[start:end] = b"1" * (end - start)
    return [word[0] for word in re.finditer(r"\w+", source.text) if not all(covered[slice(*word.span())])]


def tree_ranges(node: Node) -> Iterator[tuple[int, int]]:
    match node:
        case Scalar(origin=origin):
            yield from origin_ranges(origin)
        case Sequence(items=items):
            for item in items:
                yield from tree_ranges(item)
        case Mapping(entries=entries):
            for entry in entries:
                yield from origin_ranges(entry.origin)
                yield from tree_ranges(entry.value)


def origin_ranges(origin: Origin) -> Iterator[tuple[int, int]]:
    if not isinstance(origin, LinesOrigin):
        span = origin.span()
        yield span.start, span.end
        return
    for start, line in zip(origin.starts, origin.text.split("\n"), strict=True):
        yield start, start + len(line)
