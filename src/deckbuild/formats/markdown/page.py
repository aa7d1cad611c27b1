"""A Markdown bank that is being read: its text, its headings with their attributes, its faults."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Label, error
from deckbuild.formats.markdown.attributes import comment_attributes, entries, heading_attributes
from deckbuild.formats.markdown.blocks import Shape
from deckbuild.formats.markdown.passage import without_comments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckbuild.formats.markdown.attributes import Attributed
    from deckbuild.formats.markdown.blocks import Block
    from deckbuild.formats.markdown.passage import Passage
    from deckbuild.formats.markdown.places import Place
    from deckbuild.formats.tree import Entry, Node
    from deckbuild.source import LinesOrigin, SliceOrigin, Span

_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading: its text, its attributes as keys with values, and the blocks below it."""

    block: Block
    text: Passage
    attributes: list[Entry]
    below: Sequence[Block]

    @property
    def origin(self) -> SliceOrigin | LinesOrigin:
        """Return where the heading's text stands."""
        return self.text.origin

    def attribute(self, key: str) -> Node | None:
        """Return the value of an attribute."""
        return next((entry.value for entry in self.attributes if entry.key == key), None)


@dataclass
class Page:
    """The text that is read, and what was found wrong with it."""

    text: Passage
    found: list[Diagnostic] = field(default_factory=list)

    def error(self, message: str, *at: Span | Label, help: str = "") -> None:  # noqa: A002 - the word users read
        """Note an error of structure."""
        self.found.append(error(Code.MARKDOWN_STRUCTURE, message, *at, help=help))

    def span(self, first: Block, last: Block | None = None) -> Span:
        """Return where a block stands, or adjacent ones, without the blanks around them."""
        return self.text.stripped(first.start, (last or first).end).span()

    def stray(self, found: Sequence[Block], message: str, help: str) -> None:  # noqa: A002 - the word users read
        """Report blocks that fit nowhere, adjacent ones together; comments fit everywhere."""
        runs: list[list[Block]] = []
        for block in without_comments(found):
            if runs and not self.text.text[runs[-1][-1].end : block.start].strip():
                runs[-1].append(block)
            else:
                runs.append([block])
        for run in runs:
            self.error(message, self.span(run[0], run[-1]), help=help)

    def not_read(self, found: Sequence[Block]) -> tuple[Label, ...]:
        """Return a label for what stands below a heading that means nothing."""
        readable = without_comments(found)
        return (Label(self.span(readable[0], readable[-1]), "not read"),) if readable else ()

    def prose(self, found: Sequence[Block]) -> Passage | None:
        """Return adjacent blocks as one text; None if they say nothing."""
        return self.text.of(found) if without_comments(found) else None

    def heading(self, block: Block, below: Sequence[Block], place: Place) -> Headed:
        """Return a heading with its attributes, those in a comment on the next line too."""
        text = self.heading_text(block)
        attributed = self._noted(heading_attributes(text, place))
        attributes = list(attributed.attributes)
        if below and below[0].shape is Shape.COMMENT:
            comment = comment_attributes(self.text.of(below[:1]), place)
            if comment and below[0].start != block.end + 1:
                help_text = "put the comment on the line below the heading"
                message = "these attributes do not stand on the line below a heading, and do not count"
                self.error(message, self.span(below[0]), help=help_text)
            elif comment:
                attributes += self._noted(comment).attributes
                below = below[1:]
        listed, problems = entries(attributes, place)
        self.found += problems
        return Headed(block, attributed.text, listed, below)

    def heading_text(self, block: Block) -> Passage:
        """Return the text of a heading, without the `#` that may close it."""
        end = block.end
        if not block.underlined and (closing := _CLOSING.search(self.text.text[block.inside : end])):
            end = block.inside + closing.start()
        elif block.underlined:
            end = self.text.text.rindex("\n", block.start, end)
        return self.text.stripped(block.inside, end)

    def _noted(self, attributed: Attributed) -> Attributed:
        self.found += attributed.problems
        return attributed
