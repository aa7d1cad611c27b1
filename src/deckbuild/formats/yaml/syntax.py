"""Reading on after a syntax error: says what is wrong, blanks out that question and reads the rest.

Blanks keep every place where it is. A question that does not parse is left out; if the fault lies
outside the questions (a title, say), only that entry is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.formats.keys import KINDS
from deckbuild.formats.yaml.parser import Complaint, parse_bytes
from deckbuild.formats.yaml.places import Document
from deckbuild.formats.yaml.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_ATTEMPTS = 20
"""How often a text is parsed again; each time costs as much as the first."""
_QUESTIONS = re.compile(r"^(?P<indent> *)(?:- +)?questions[ \t]*:[ \t]*(?:#.*)?$", re.MULTILINE)
_LINE = re.compile(r"^(?P<indent>[ \t]*)(?P<dash>- +)?(?P<content>[^\s#].*)$", re.MULTILINE)
_BLOCK_ABOVE = re.compile(r"(\w+):[ \t]*[|>][-+0-9]*[ \t]*\n\s*\Z")
_KEY_LINE = re.compile(r"([a-z]+):(?=\s)")
_NAMES = frozenset(name for kind in KINDS for name in kind.names)
_UNTOLD = "YAML cannot read this line"
_SPINE = re.compile(r"(?:- +)?(?:questions|sections)[ \t]*:", re.ASCII)
_REASONS = {
    "incorrect indentation": "this line is indented differently from the lines it belongs to",
    "bad indentation": "this line stands too far out for the text it goes on with",
    "could not find ':'": "a `key:` is missing on this line",
    "multiline scalars": "a text of several lines cannot be a key: is there a `: ` in it?",
    "containers as keys": "a list or mapping cannot be a key: a text in `{…}` or `[…]` wants quotes",
    "closing quote": "a quote is never closed",
    "missing terminating": "a bracket is never closed",
    "tab": "a tab where YAML wants blanks",
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree over bytes, the document that it holds, and what had to be left out."""

    document: Document
    data: bytearray
    tree: Any
    complete: bool


def parse_document(document: Document) -> tuple[Parsed | None, tuple[Diagnostic, ...]]:
    """Parse a document; around its syntax errors if it has any."""
    found: list[Diagnostic] = []
    whole = document.text
    for _ in range(_MAX_ATTEMPTS):
        data = bytearray(document.text.encode(errors="replace"))
        tree = parse_bytes(data)
        if not isinstance(tree, Complaint):
            return Parsed(document, data, tree, document.text is whole), tuple(found)
        holes, problems = _explain(document, tree, first=document.text is whole)
        found += problems
        if not holes:
            break
        document = Document(document.source, document.start, _blank(document.text, holes))
    return None, tuple(found)


def _explain(
    document: Document, complaint: Complaint, *, first: bool
) -> tuple[tuple[tuple[int, int], ...], tuple[Diagnostic, ...]]:
    """Return what to blank out, and why. All parts are searched at once for slips that can be told."""
    parts = tuple(_parts(document.text))
    if first:
        told = [(part, problems) for part in parts if (problems := scan(document, *part))]
        if told:
            return tuple(part for part, _ in told), tuple(p for _, problems in told for p in problems)
    start, end = _line_at(document, complaint.offset)
    header = _BLOCK_ABOVE.search(document.text, 0, document.text.rfind("\n", 0, start) + 1)
    reason, help_text = _reason(complaint), _HELP
    key = _KEY_LINE.match(document.text, start)
    if key and key[1] in _NAMES and reason == _UNTOLD:
        reason = f"`{key[1]}` does not stand in the column of the keys it belongs to"
        help_text = "write it in the column of the key above it, behind the `- `"
    if header:
        reason = f"the text of `{header[1]}:` has to stand further in than `{header[1]}`"
        help_text = "put two more blanks in front of each of its lines"
    problem = error(Code.YAML_SYNTAX, reason, document.span(start, end), help=help_text)
    around = next((part for part in parts if part[0] <= start < part[1]), None)
    return ((around,) if around else ()), (problem,)


_HELP = "compare with the lines above: same depth, same indentation; texts with marks in them want quotes"


def _reason(complaint: Complaint) -> str:
    told = (ours for theirs, ours in _REASONS.items() if theirs in complaint.reason)
    return next(told, _UNTOLD)


def _line_at(document: Document, offset: int) -> tuple[int, int]:
    """Return the line of a byte offset, or the last one before it that is not blank."""
    at = len(document.text.encode(errors="replace")[:offset].decode(errors="ignore"))
    line_end = document.text.find("\n", at)
    before = (document.text if line_end < 0 else document.text[:line_end]).rstrip()
    start = before.rfind("\n") + 1
    return len(before) - len(before[start:].lstrip()), len(before)


def _blank(text: str, holes: tuple[tuple[int, int], ...]) -> str:
    pieces: list[str] = []
    kept = 0
    for start, end in sorted(holes):
        # An entry that is too far in takes the questions below it along: holes may overlap.
        first = max(start, kept)
        pieces += (text[kept:first], re.sub(r"[^\n]", " ", text[first:end]))
        kept = max(kept, end)
    return "".join((*pieces, text[kept:]))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts that can be left out one by one: questions, and entries outside of them."""
    questions = tuple(_questions(text))
    yield from questions
    ends = dict(questions)
    entry: tuple[int, int] | None = None
    column = 0
    skipped = 0
    for line in _LINE.finditer(text):
        skipped = max(skipped, ends.get(line.start(), 0))
        if line.start() < skipped:
            continue
        here = line.start("content") - line.start()
        if entry and here > column:
            entry = (entry[0], line.end())
            continue
        if entry:
            yield entry
        column = here
        entry = None if _SPINE.match(line["content"]) else (line.start("content"), line.end())
    if entry:
        yield entry


def _questions(text: str) -> Iterator[tuple[int, int]]:
    """Yield the items of every `questions:` list, from dash to dash."""
    done = 0
    for head in _QUESTIONS.finditer(text):
        if head.start() >= done:
            starts, done = _items(text, head.end(), len(head["indent"]))
            yield from pairwise((*starts, done))


def _items(text: str, offset: int, least: int) -> tuple[list[int], int]:
    """Return where the items of a list start that follows `offset`, and where it ends."""
    starts: list[int] = []
    indent = -1
    for line in _LINE.finditer(text, offset):
        column = len(line["indent"])
        if indent < 0 and line["dash"] and column >= least:
            indent = column
        if column < indent or indent < 0 or (column == indent and not line["dash"]):
            return starts, line.start()
        if column == indent:
            starts.append(line.start())
    return starts, len(text)
