"""Markdown banks read to the tree: front matter, sections, questions; nothing of it lost in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.formats.markdown import places
from deckbuild.formats.markdown.blocks import Shape, blocks, split
from deckbuild.formats.markdown.page import Page
from deckbuild.formats.markdown.parts import read_question
from deckbuild.formats.markdown.passage import whole, without_comments
from deckbuild.formats.tree import Entry, Mapping, Sequence
from deckbuild.formats.yaml.read import read_yaml
from deckbuild.source import SliceOrigin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as ListOf

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.formats.markdown.blocks import Block
    from deckbuild.formats.tree import Node
    from deckbuild.source import Source

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)---[ \t]*(?:\n|$)")
_OPEN_FRONT_MATTER = re.compile(r"---[ \t]*\n(?=[A-Za-z]+:)(?:[^\s#].*(?:\n|$))+")
_BELOW = {"sections": "`# …` for each section", "questions": "`## …` for each question"}


def read_markdown(source: Source, *, is_section: bool = False) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a deck to the tree that a YAML file with the same content gives.

    Args:
        source: The file.
        is_section: Whether it is a section of a folder deck, where `#` has no meaning.
    """
    page = Page(whole(source))
    head, start = _front_matter(page, source)
    found = list(blocks(source.text, start))
    _check_blocks(page, found)
    before, sections = split(found, 1)
    if is_section:
        questions = _section_questions(page, before, sections)
        below = Entry("questions", Sequence(tuple(questions), _start(page)), _start(page))
    elif sections:
        below = Entry(
            "sections", Sequence(tuple(_sections(page, before, sections)), _start(page)), _start(page)
        )
    else:
        below = Entry("questions", Sequence(tuple(_questions(page, before)), _start(page)), _start(page))
    return Mapping((*head, below), SliceOrigin(source, 0, len(source.text))), tuple(page.found)


def _start(page: Page) -> SliceOrigin:
    """Return the first line of the file, for what has no place of its own."""
    text = page.text.text
    return SliceOrigin(page.text.source, 0, len(text.split("\n", 1)[0]))


def _front_matter(page: Page, source: Source) -> tuple[tuple[Entry, ...], int]:
    """Return the keys between two lines `---` at the top, and where the rest begins."""
    found = _FRONT_MATTER.match(source.text)
    if not found:
        start = open_.end() if (open_ := _OPEN_FRONT_MATTER.match(source.text)) else 0
        if start:
            help_text = "write `---` on a line of its own below it"
            page.error("the front matter is never closed", page.text.span(0, start), help=help_text)
        return (), start
    node, problems = read_yaml(source, start=found.start("yaml"), end=found.end("yaml"))
    page.found += problems
    if node is not None and not isinstance(node, Mapping):
        page.error(
            "the front matter is no mapping", node.origin.span(), help="write lines such as `title: …`"
        )
    entries = node.entries if isinstance(node, Mapping) else ()
    for entry in entries:
        if entry.key in _BELOW:
            message = f"`{entry.key}` stands below the front matter, as headings"
            page.error(message, entry.origin.span(), help=f"write {_BELOW[entry.key]}")
    return tuple(entry for entry in entries if entry.key not in _BELOW), found.end()


def _check_blocks(page: Page, found: ListOf[Block]) -> None:
    """Report blocks that are easily something else than was meant."""
    for block in found:
        if block.underlined:
            underline = page.text.text[block.start : block.end].rsplit("\n", 1)[1].strip()
            start = block.end - len(underline)
            message = "this line makes a heading of the text above it"
            help_text = f"write `{'#' * block.level} ` before a heading, or an empty line above this one"
            page.error(message, page.text.span(start, block.end), help=help_text)
        elif not block.closed:
            message = f"this {block.shape.value} is never closed: all that follows is part of it"
            first_line = page.text.text[block.start : block.end].split("\n", 1)[0]
            at = page.text.stripped(block.start, block.start + len(first_line)).span()
            page.error(message, at, help=_CLOSING.get(block.shape, "write its closing tag"))


_CLOSING = {
    Shape.FENCE: "write the same marks on a line of their own below it",
    Shape.COMMENT: "write `-->` at its end",
}


def _section_questions(
    page: Page, before: ListOf[Block], sections: list[tuple[Block, ListOf[Block]]]
) -> Iterator[Mapping]:
    """Yield the questions of a file that is a section already."""
    yield from _questions(page, before)
    for heading, below in sections:
        message = "a file of a folder deck is one section: `#` means nothing in it"
        help_text = "write a section's title into the front matter; a question begins with `##`"
        page.error(message, page.span(heading), help=help_text)
        yield from _questions(page, below)


def _sections(
    page: Page, before: ListOf[Block], sections: list[tuple[Block, ListOf[Block]]]
) -> Iterator[Mapping]:
    early = tuple(_questions(page, before))
    if early:
        first = next(block for block in before if block.shape is Shape.HEADING and block.level == _QUESTION)
        help_text = "move it below a `#` heading, or write one above it"
        page.error("this question belongs to no section", page.span(first), help=help_text)
    for heading, below in sections:
        headed = page.heading(heading, below, places.SECTION)
        title = [Entry("title", headed.text.scalar(), headed.origin)] if headed.text.text else []
        questions = Sequence((*early, *_questions(page, headed.below)), headed.origin)
        early = ()
        yield Mapping(
            (*title, *headed.attributes, Entry("questions", questions, headed.origin)), headed.origin
        )


_GLUED_HEADING = re.compile(r"#{1,6}(?=[^\s#])")
_QUESTION = 2
"""The level of a question's heading."""


def _questions(page: Page, found: ListOf[Block]) -> Iterator[Mapping]:
    before, questions = split(found, _QUESTION)
    page.stray(before, "this belongs to no question", _stray_help(page, without_comments(before)))
    for heading, below in questions:
        yield read_question(page, heading, below)


def _stray_help(page: Page, before: ListOf[Block]) -> str:
    glued = _GLUED_HEADING.match(page.text.text, before[0].start) if before else None
    if glued:
        return f"write a blank behind `{glued[0]}`"
    if before and before[0].shape is Shape.HEADING:
        return "a question begins with `## `, its parts with `### `"
    return (
        "write `## ` and a question above it; what a deck is about is its `description`, in the front matter"
    )
