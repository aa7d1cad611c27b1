"""Pieces of a Markdown file with their places: slices, contents of list items, and joined ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.formats.markdown.blocks import BLANKS, TAB, Shape
from deckbuild.formats.tree import Scalar
from deckbuild.source import LinesOrigin, SliceOrigin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckbuild.formats.markdown.blocks import Block
    from deckbuild.source import Source, Span

SPACE = BLANKS + "\n"
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, and where each of its characters stands."""

    text: str
    origin: SliceOrigin | LinesOrigin

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return where `text[start:end]` stands."""
        return self.origin.span(start, len(self.text) if end is None else end)

    def scalar(self) -> Scalar:
        """Return the text as a value."""
        return Scalar(self.text, self.origin)

    def cut(self, start: int, end: int) -> Passage:
        """Return `text[start:end]`."""
        text = self.text[start:end]
        if isinstance(self.origin, SliceOrigin):
            first = self.origin.start
            return Passage(text, SliceOrigin(self.origin.source, first + start, first + end))
        line = self.text.count("\n", 0, start)
        starts = self.origin.starts[line + 1 : line + 1 + text.count("\n")]
        return Passage(text, LinesOrigin(self.origin.source, text, (self.place(start), *starts)))

    def stripped(self, start: int, end: int) -> Passage:
        """Return `text[start:end]` without the blanks and empty lines around it."""
        inner = self.text[start:end]
        if not inner.strip(SPACE):
            return self.cut(start, start)
        return self.cut(end - len(inner.lstrip(SPACE)), start + len(inner.rstrip(SPACE)))

    def up_to(self, end: int) -> Passage:
        """Return `text[:end]` without the blanks at its end."""
        return self.cut(0, len(self.text[:end].rstrip(SPACE)))

    def of(self, found: Sequence[Block]) -> Passage:
        """Return the text of adjacent blocks."""
        end = found[-1].end
        return self.cut(found[0].start, found[0].start + len(self.text[found[0].start : end].rstrip(SPACE)))

    def item(self, block: Block) -> Passage:
        """Return the content of a list item, its lines without their indentation."""
        first, *others = self.text[block.start : block.end].split("\n")
        lines = [first[block.inside - block.start :]]
        starts = [block.inside]
        at = block.start + len(first) + 1
        for line in others:
            lost = _indentation(line, block.level)
            lines.append(line[lost:])
            starts.append(at + lost)
            at += len(line) + 1
        return self._moved("\n".join(lines).rstrip(SPACE), tuple(starts))

    def without(self, offsets: Sequence[int]) -> Passage:
        """Return the text without the characters that some of its lines begin with."""
        lost = frozenset(offsets)
        starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        lines = [line[start in lost :] for start, line in zip(starts, self.text.split("\n"), strict=True)]
        return self._moved("\n".join(lines), tuple(start + (start in lost) for start in starts))

    def then(self, other: Passage) -> Passage:
        """Return both texts as two paragraphs; either may be empty."""
        if not (self.text and other.text):
            return self if self.text else other
        text = f"{self.text}\n\n{other.text}"
        starts = (*self.line_places(), self.place(len(self.text)), *other.line_places())
        return Passage(text, LinesOrigin(self.source, text, starts))

    @property
    def source(self) -> Source:
        """Return the file that it is a piece of."""
        return self.origin.source

    def place(self, offset: int) -> int:
        """Return where a character stands in the file."""
        return self.origin.span(offset, offset).start

    def line_places(self) -> tuple[int, ...]:
        """Return where the lines of the text start in the file."""
        return tuple(self.place(at) for at in (0, *(found.end() for found in re.finditer("\n", self.text))))

    def _moved(self, text: str, starts: tuple[int, ...]) -> Passage:
        """Return a text whose lines start at offsets of this one."""
        places = tuple(self.place(start) for start in starts)
        if "\n" not in text:
            return Passage(text, SliceOrigin(self.source, places[0], places[0] + len(text)))
        return Passage(text, LinesOrigin(self.source, text, places))


def whole(source: Source) -> Passage:
    """Return the text of a file."""
    return Passage(source.text, SliceOrigin(source, 0, len(source.text)))


def without_comments(found: Sequence[Block]) -> list[Block]:
    """Return the blocks that say something to readers; a comment without end is shown as text."""
    return [block for block in found if block.shape is not Shape.COMMENT or not block.closed]


def unescaped(text: str) -> str:
    r"""Return a text that is not Markdown from one that is: `\[` is a bracket."""
    return _ESCAPE.sub(r"\1", text)


def _indentation(line: str, columns: int) -> int:
    """Return how many characters at the start of a line make up so many columns, or fewer."""
    column = 0
    for index, character in enumerate(line):
        if column >= columns or character not in " \t":
            return index
        column += 1 if character == " " else TAB - column % TAB
    return len(line)
