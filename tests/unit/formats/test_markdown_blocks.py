"""Blocks of Markdown: what is a heading is what the parser of texts says is one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyromark import Markdown, Options

from deckbuild.formats.markdown.blocks import Shape, blocks

LINES = (
    "text", "more text", "", "", "", "## two", "# one", "### three", "#### four", "#none", "#",
    "  ## two", "    ## code", "\\## escaped", "- item", "* item", "+ item", "-", "1. one", "2. two",
    "3) three", "  - nested", "- ## inside", "-\titem", "```", "```py", "````", "~~~", "  ```", "- ```",
    "  - ```", "> quoted", "> ```", "> ## quoted", "***", "- - -", "  indented", "    code", "      code",
    "\tcode", "<!-- comment -->", "<!-- open", "close -->", "<div>", "</div>", "<br>", "<pre>", "</pre>",
    "<b>bold</b>", "<?php", "?>", "<!D", "| a | b |", "|---|---|", "===", "---",
)  # fmt: skip
PARSER = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS)


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(LINES), max_size=8))
@example(["- ```", "## two", "```", "# one", "```"])
@example(["> ```", "<br>", "## two"])
@example(["> quoted", "2. two", "   ## two"])
def test_headings_are_those_of_the_parser(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert headings(text) == parsed_headings(text)


@given(st.lists(st.sampled_from((*LINES, "$$", "$$ x", "[a]: b", "[^1]: note")), max_size=8))
def test_blocks_hold_every_line_that_is_not_empty(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = list(blocks(text))
    covered = "".join(text[block.start : block.end] for block in found)
    assert "".join(covered.split()) == "".join(text.split())
    assert [block.start for block in found] == sorted(block.start for block in found)


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("$$\na\n=\nb\n$$\n\n## two", ["text", "heading"]),
        ("$$ a\n# b\n\n## two", ["text", "heading"]),
        ("Question\n===", ["heading"]),
        ("| a |\n|---|\n| b |\n---", ["text", "rule"]),
        ("> a\n---", ["text", "rule"]),
        ("[^1]: note\n---", ["text", "rule"]),
        ("<!-- a -->\n<!-- b --> c", ["comment", "HTML"]),
        ("- a\n\n  b\n\nc", ["list item", "text"]),
        ("- a\n- b\n1. c", ["list item", "list item", "list item"]),
    ],
)
def test_blocks_have_the_shape_that_gives_structure(text: str, shapes: list[str]) -> None:
    assert [block.shape.value for block in blocks(text)] == shapes


@pytest.mark.parametrize("text", ["```\n## a", "~~~~\n~~~\n", "<!-- a\n\n## b", "<pre>\na"])
def test_what_is_never_closed_says_so(text: str) -> None:
    (block,) = blocks(text)
    assert not block.closed


def headings(text: str) -> list[tuple[int, int]]:
    return [
        (first_mark(text, block.start), block.level) for block in blocks(text) if block.shape is Shape.HEADING
    ]


def parsed_headings(text: str) -> list[tuple[int, int]]:
    """Return offset and level of each heading that stands in no list, quotation or table."""
    found = []
    depth = 0
    for event, span in PARSER.events_with_range(text):
        if isinstance(event, dict) and "Start" in event:
            tag = event["Start"]
            if depth == 0 and isinstance(tag, dict) and "Heading" in tag:
                found.append((first_mark(text, span["start"]), int(tag["Heading"]["level"][1])))
            depth += 1
        elif isinstance(event, dict) and "End" in event:
            depth -= 1
    return found


def first_mark(text: str, offset: int) -> int:
    """Return where a line says something: blanks in front of it are not always counted."""
    return offset + len(text[offset:]) - len(text[offset:].lstrip(" "))
