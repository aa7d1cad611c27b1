"""What is noted while a tree is lowered: diagnostics, names that were given, names referred to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from deckbuild.diagnostic import Code, Severity, error
from deckbuild.formats.origins import PartOrigin
from deckbuild.formats.tree import Mapping, Scalar, Sequence
from deckbuild.markup.events import Code as InlineCode
from deckbuild.markup.events import CodeBlock, Gap, Link, Math, Start
from deckbuild.markup.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.diagnostic import Diagnostic, Label
    from deckbuild.formats.tree import Node
    from deckbuild.markup.prose import Prose
    from deckbuild.source import Origin, Span


@dataclass(frozen=True, slots=True)
class Name:
    """An id or GUID and where it comes from: written there, or made from the text there."""

    text: str
    at: Origin
    written: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a question's id; worked out where only if it leads nowhere."""

    target: str
    span: Callable[[], Span]


@dataclass
class Lowering:
    """One source that is being lowered.

    `partial` says that parts of it could not be read: what they would have named is not missed.
    """

    folder: str
    partial: bool = False
    found: list[Diagnostic] = field(default_factory=list)
    faults: int = 0
    """How many errors there were: a value that added to them is dropped."""
    questions: list[Name] = field(default_factory=list)
    """Ids of all questions, of dropped ones too."""
    guids: list[Name] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def report(self, *diagnostics: Diagnostic) -> None:
        """Note findings."""
        self.found += diagnostics
        self.faults += sum(found.severity is Severity.ERROR for found in diagnostics)

    def error(self, code: Code, message: str, *at: Span | Label, help: str = "") -> None:  # noqa: A002 - the word users read
        """Note an error."""
        self.report(error(code, message, *at, help=help))

    def prose(self, scalar: Scalar, what: str, *, min_heading: int, cloze: bool = False) -> Prose | None:
        """Parse a Markdown text that is not empty; `what` names it in messages."""
        raw, origin = _trimmed(scalar)
        text, problems = parse(raw, origin, folder=self.folder, cloze=cloze, min_heading=min_heading)
        # What is wrong inside a text keeps its deck from being built, but the text can be looked at.
        self.found += problems
        if not text.events:
            self.error(Code.INVALID_VALUE, f"{what} says nothing", origin.span(), help="write a text")
            return None
        if "#" in raw:
            self._note_links(text)
        return text

    def _note_links(self, text: Prose) -> None:
        for event in text.events:
            if isinstance(event, Start) and isinstance(event.tag, Link) and event.tag.url.startswith("#"):
                self.references.append(_link(text, event.tag.url, event.at))


def _link(text: Prose, url: str, at: int) -> Reference:
    def span() -> Span:
        start = text.raw.find(url, at)
        return text.origin.span(start, start + len(url)) if start >= 0 else text.origin.span(at, at + 1)

    return Reference(unquote(url[1:]), span)


def has_gap(text: Prose) -> bool:
    """Tell whether a cloze text hides something."""
    return any(
        event.gaps
        if isinstance(event, (InlineCode, CodeBlock, Math))
        else isinstance(event, Start) and isinstance(event.tag, Gap)
        for event in text.events
    )


def place(node: Node) -> Span:
    """Return the narrowest place that shows a node: a scalar, a first key, a first item."""
    match node:
        case Mapping(entries=(first, *_)):
            return first.origin.span()
        case Sequence(items=(first, *_)):
            return place(first)
        case _:
            return node.origin.span()


def _trimmed(scalar: Scalar) -> tuple[str, Origin]:
    """Return a text without blank lines in front and blanks at its end.

    A block of YAML ends with a newline and a paragraph of Markdown does not: they are one text.
    Four blanks in front of the first line stay: they mean code.
    """
    raw = scalar.text.rstrip()
    if raw[:1] not in {" ", "\n", "\t"}:
        return raw, scalar.origin
    start = len(raw) - len(raw.lstrip())
    line = raw.rfind("\n", 0, start) + 1
    if raw[line:start].startswith(("    ", "\t")):
        start = line
    return raw[start:], PartOrigin(scalar.origin, start, len(raw) - start)
