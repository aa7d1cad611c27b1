"""Markdown cut into top-level blocks, as far as a bank's structure needs it: text is left for `markup`.

A line that looks like a heading is none inside code, HTML, comments and formulas; so these are
followed line by line, by the rules of CommonMark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLANKS = " \t"
"""What Markdown takes for white space in a line; a full-width blank is a character."""
TAB = 4
"""Columns between tab stops."""
_CODE = 4
"""Columns by which code is indented."""


class Shape(Enum):
    """What a block is."""

    HEADING = "heading"
    ITEM = "list item"
    RULE = "rule"
    COMMENT = "comment"
    FENCE = "code"
    HTML = "HTML"
    TEXT = "text"
    """A paragraph, a quotation, a table, a formula, indented code: nothing that gives structure."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text, by offsets; its last newline is not part of it."""

    shape: Shape
    start: int
    end: int
    inside: int = 0
    """Where the content of a heading or item begins."""
    level: int = 0
    """The level of a heading; the columns by which an item's further lines are indented."""
    mark: str = ""
    """The mark of a list, `-`, `*`, `+`, `.` or `)`: a change of it starts a new list."""
    underlined: bool = False
    """Whether a heading is one because of the line of `=` or `-` below it."""
    closed: bool = True
    """Whether the end of a code block, a comment or HTML was found."""


_LINE = re.compile(
    r"""
    (?P<blank>[ \t]*$)
    |[ ]{0,3}(?:
        (?P<heading>\#{1,6}(?=[ \t]|$))
        |(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})
        |(?P<rule>(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$)
        |(?P<item>[-*+]|\d{1,9}[.)])(?=[ \t]|$)
        |(?P<comment><!--)
        |(?P<html></?[a-zA-Z?!])
        |(?P<math>\$\$)
    )
    """,
    re.MULTILINE | re.VERBOSE,
)
_QUOTATION = re.compile(r" {0,3}>")
_DEFINITION = re.compile(r" {0,3}(?:>|\[[^\]\n]+\]:)")
"""Lines that no underline makes a heading of: quotations, footnotes, addresses of links."""
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+")
_INTERRUPTS = re.compile(r"(?:[-*+]|1[.)])[ \t]+[^ \t\n]")
"""The list items that end a paragraph without an empty line."""
_INNER_BLOCK = re.compile(
    r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|>[ ]?)*(?:(?P<fence>`{3,}|~{3,})|(?P<heading>\#{1,6}(?=[ \t]|$)))"
)
_COMMENT_END = re.compile("-->|<!--->|<!-->")
_COMMENTS = re.compile(r"\s*(?:<!--(?:-?>|(?:(?!-->).)*-->)\s*)+", re.DOTALL)
_EMPTY_LINE = re.compile(r"\n[ \t]*(?=\n)")
_DECLARATIONS = (
    ("<?", re.compile(r"\?>")),
    ("<![CDATA[", re.compile(r"\]\]>")),
    ("<!", re.compile(">")),
)
_RAW_ELEMENT = re.compile(r"<(?:script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE | re.MULTILINE)
_RAW_ELEMENT_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_BLOCK_ELEMENTS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    "|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
_BLOCK_ELEMENT = re.compile(rf"</?(?:{_BLOCK_ELEMENTS})(?=[\s>]|/>|$)", re.IGNORECASE | re.MULTILINE)
_LONE_TAG = re.compile(
    r"(?:<[a-z][a-z0-9-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^'\n]*'|\"[^\"\n]*\"))?)*\s*/?>"
    r"|</[a-z][a-z0-9-]*\s*>)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


def blocks(text: str, start: int = 0, end: int | None = None) -> Iterator[Block]:
    """Yield the blocks of a text, in order; a part of it begins and ends between lines."""
    yield from _Scan(text, start, len(text) if end is None else end).blocks()


def split(found: Sequence[Block], level: int) -> tuple[Sequence[Block], list[tuple[Block, Sequence[Block]]]]:
    """Return what stands before the first heading of a level, and each such heading with what follows it."""
    cuts = [
        index for index, block in enumerate(found) if block.shape is Shape.HEADING and block.level == level
    ]
    if not cuts:
        return found, []
    ends = (*cuts[1:], len(found))
    return found[: cuts[0]], [(found[a], found[a + 1 : b]) for a, b in zip(cuts, ends, strict=True)]


@dataclass
class _Scan:
    """One pass over the lines of a text; `at` is the start of the line that comes next."""

    text: str
    at: int
    end: int

    def blocks(self) -> Iterator[Block]:
        while self.at < self.end:
            start = self.at
            line = _LINE.match(self.text, start, self.end)
            match line.lastgroup if line else None:
                case "blank":
                    self._take_line()
                case "heading" if line:
                    yield self._heading(start, line)
                case "fence" if line:
                    yield self._fence(start, line)
                case "rule":
                    yield Block(Shape.RULE, start, self._take_line())
                case "item" if line:
                    yield self._item(start, line)
                case "comment":
                    yield self._comment(start)
                case "html" if line and (
                    closing := self._html_end(line.start("html"), after_paragraph=False)
                ):
                    yield self._until(Shape.HTML, start, closing)
                case _:
                    yield self._text(start)

    # Lines ----------------------------------------------------------------------------------

    def _line_end(self, offset: int) -> int:
        found = self.text.find("\n", offset, self.end)
        return self.end if found < 0 else found

    def _line(self, offset: int) -> str:
        return self.text[offset : self._line_end(offset)]

    def _take_line(self) -> int:
        """Step over a line; return its end."""
        end = self._line_end(self.at)
        self.at = min(end + 1, self.end)
        return end

    def _columns(self, offset: int, before: int = 0) -> int:
        """Return the columns of white space at an offset that has so many columns before it."""
        column = before
        while offset < self.end and self.text[offset] in " \t":
            column += 1 if self.text[offset] == " " else TAB - column % TAB
            offset += 1
        return column - before

    # Blocks ---------------------------------------------------------------------------------

    def _heading(self, start: int, line: re.Match[str]) -> Block:
        level = len(line["heading"])
        return Block(Shape.HEADING, start, self._take_line(), inside=line.end(), level=level)

    def _fence(self, start: int, line: re.Match[str]) -> Block:
        closing = re.compile(rf" {{0,3}}{line['fence']}{line['fence'][0]}*[ \t]*$", re.MULTILINE)
        end = self._take_line()
        while self.at < self.end:
            closes = closing.match(self.text, self.at, self.end)
            end = self._take_line()
            if closes:
                return Block(Shape.FENCE, start, end)
        return Block(Shape.FENCE, start, end, closed=False)

    def _until(self, shape: Shape, start: int, closing: re.Pattern[str]) -> Block:
        """Return a block that ends with the line that holds its end."""
        found = closing.search(self.text, start, self.end)
        if found and closing is _EMPTY_LINE:
            end = found.start()
        else:
            end = self._line_end(found.end() if found else self.end)
        self.at = min(end + 1, self.end)
        return Block(shape, start, end, closed=found is not None or closing is _EMPTY_LINE)

    def _comment(self, start: int) -> Block:
        """Return a comment; with text behind it, all of it is shown, as HTML."""
        block = self._until(Shape.COMMENT, start, _COMMENT_END)
        is_comment = not block.closed or _COMMENTS.fullmatch(self.text, start, block.end)
        return block if is_comment else replace(block, shape=Shape.HTML)

    def _html_end(self, tag: int, *, after_paragraph: bool = False) -> re.Pattern[str] | None:
        """Return what ends the block that begins with a tag; None if it begins none."""
        text = self.text
        if _RAW_ELEMENT.match(text, tag):
            return _RAW_ELEMENT_END
        for opening, closing in _DECLARATIONS:
            if text.startswith(opening, tag):
                return closing
        is_block = _BLOCK_ELEMENT.match(text, tag) or (
            not after_paragraph and _LONE_TAG.match(text, tag, self.end)
        )
        return _EMPTY_LINE if is_block else None

    def _text(self, start: int) -> Block:
        """Return the lines up to an empty one or the start of another block."""
        is_code = self._columns(start) >= _CODE
        is_quotation = False
        can_be_heading = not is_code
        lines = _InnerLines()
        end = start
        while self.at < self.end:
            quoted = _QUOTATION.match(self.text, self.at) is not None
            if end > start and (
                (is_code and self._columns(self.at) < _CODE)
                or not (quoted or lines.is_paragraph)
                or self._begins_block(self.at, after_paragraph=not is_quotation)
            ):
                break
            is_quotation = is_quotation or quoted
            can_be_heading = can_be_heading and not _DEFINITION.match(self.text, self.at)
            if quoted:
                lines.follow(self._line(self.at))
            end = self._math_or_line()
            if can_be_heading and (level := self._underline(start, end)):
                return Block(Shape.HEADING, start, self._take_line(), start, level, underlined=True)
        return Block(Shape.TEXT, start, end)

    def _underline(self, start: int, end: int) -> int:
        """Return the level of the heading that the next line makes of a paragraph; 0 for none."""
        found = _UNDERLINE.match(self.text, self.at, self.end)
        if not found or _is_table(self.text[start:end]):
            return 0
        return 1 if "=" in found[0] else 2

    def _math_or_line(self) -> int:
        """Step over a line, or over all lines of a formula; return the end of the last."""
        line = self._line(self.at)
        end = self._take_line()
        if not line.lstrip(BLANKS).startswith("$$") or line.count("$$") % 2 == 0:
            return end
        while self.at < self.end and (line := self._line(self.at)).strip(BLANKS):
            end = self._take_line()
            if "$$" in line:
                break
        return end

    def _begins_block(self, offset: int, *, after_paragraph: bool) -> bool:
        """Tell whether a line is the first of another block than that of the line before."""
        line = _LINE.match(self.text, offset, self.end)
        match line.lastgroup if line else None:
            case "item" if line:
                return not after_paragraph or bool(_INTERRUPTS.match(self.text, line.start("item"), self.end))
            case "html" if line:
                return self._html_end(line.start("html"), after_paragraph=True) is not None
            case None | "math":
                return False
            case _:
                return True

    def _goes_on(self, offset: int) -> bool:
        """Tell whether a line goes on with a paragraph although it is less indented."""
        begins = _QUOTATION.match(self.text, offset) or self._begins_block(offset, after_paragraph=False)
        return not begins

    def _item(self, start: int, line: re.Match[str]) -> Block:
        """Return a list item: its first line, and what is indented to its content or goes on with it."""
        inside, column = self._item_content(start, line.end("item"))
        lines = _InnerLines()
        lines.follow(self.text[inside : self._line_end(start)])
        end = self._take_line()
        is_empty = inside >= end
        while self.at < self.end:
            content = self._line(self.at)
            if not content.strip(BLANKS):
                if is_empty:
                    break
                self._take_line()
            elif self._columns(self.at) >= column or (lines.is_paragraph and self._goes_on(self.at)):
                end = self._take_line()
            else:
                break
            lines.follow(content)
            is_empty = False
        return Block(Shape.ITEM, start, end, min(inside, end), column, line["item"][-1])

    def _item_content(self, start: int, mark_end: int) -> tuple[int, int]:
        """Return the offset of an item's content, and the column to which its lines are indented."""
        end = self._line_end(mark_end)
        mark_column = mark_end - start
        blanks = len(self.text[mark_end:end]) - len(self.text[mark_end:end].lstrip(BLANKS))
        column = mark_column + self._columns(mark_end, mark_column)
        if mark_end + blanks >= end or column - mark_column > _CODE:
            return min(mark_end + 1, end), mark_column + 1
        return mark_end + blanks, column


class _InnerLines:
    """What the last line of a list item or quotation was: a paragraph can go on further out."""

    def __init__(self) -> None:
        self._fence = ""
        self.is_paragraph = True

    def follow(self, line: str) -> None:
        """Take notice of a line."""
        found = _INNER_BLOCK.match(line)
        fence = (found["fence"] if found else None) or ""
        if not self._fence:
            self._fence = fence
        elif found and fence.startswith(self._fence) and not line[found.end() :].strip(BLANKS):
            self._fence = ""
        self.is_paragraph = bool(line.strip(BLANKS)) and not found and not self._fence


def _is_table(text: str) -> bool:
    """Tell whether lines hold a table: a line that rules off as many cells as the one above it has."""
    lines = text.split("\n")
    return any(_TABLE_RULE.fullmatch(rule) and _bars(rule) == _bars(head) for head, rule in pairwise(lines))


def _bars(line: str) -> int:
    return line.strip(BLANKS).strip("|").count("|")
