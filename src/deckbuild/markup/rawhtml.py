"""Raw HTML: `br sub sup kbd mark` count, comments vanish, all else is shown as the text it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from deckbuild.diagnostic import Code
from deckbuild.markup.events import (
    Emphasis,
    End,
    Event,
    HardBreak,
    Inline,
    Link,
    Paragraph,
    SoftBreak,
    Start,
    Strikethrough,
    Strong,
    Tag,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.markup.findings import Findings

_COUNTS = re.compile(r"<(/?)(sub|sup|kbd|mark)\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_FORMATTING = (Emphasis, Strong, Strikethrough, Link)

_INSTEAD = {
    "b": "`**text**`",
    "strong": "`**text**`",
    "i": "`*text*`",
    "em": "`*text*`",
    "s": "`~~text~~`",
    "del": "`~~text~~`",
    "code": "the text between backticks",
    "pre": "a fence of three backticks above and below",
    "a": "`[text](address)`",
    "img": "`![description](path)`",
    "p": "an empty line between paragraphs",
    "hr": "`***` on a line of its own",
    "ul": "`- ` in front of each item",
    "ol": "`1. ` in front of each item",
    "li": "`- ` in front of each item",
    "table": "a table with `|` between its cells",
    "blockquote": "`> ` in front of each line",
    "br": "`<br>`, without attributes",
    "sub": "`<sub>`, without attributes",
    "sup": "`<sup>`, without attributes",
    "kbd": "`<kbd>`, without attributes",
    "mark": "`<mark>`, without attributes",
}
_QUOTE = "put it between backticks if the characters are meant, or leave it out"


@dataclass(frozen=True, slots=True)
class RawHtml:
    """A tag, comment or declaration as it was written."""

    text: str
    at: int


def judge(pieces: Iterable[Event | RawHtml], findings: Findings) -> list[Event]:
    """Turn raw HTML into the events it means, or into text."""
    pieces = list(pieces)
    pairs = _pairs(pieces)
    reported: set[str] = set()
    out: list[Event] = []
    for index, piece in enumerate(pieces):
        if not isinstance(piece, RawHtml):
            out.append(piece)
        elif index in pairs:
            side = End if piece.text.startswith("</") else Start
            out.append(side(Inline(pairs[index]), piece.at))
        elif _BREAK.fullmatch(piece.text):
            out.append(HardBreak(piece.at))
        elif not piece.text.startswith("<!--"):
            _report(piece, reported, findings)
            out.append(Text(piece.text, piece.at))
    return out


def html_block(pieces: Iterable[Event | RawHtml], findings: Findings) -> list[Event]:
    """Return the lines of a block of raw HTML as a paragraph of text, or nothing for comments."""
    lines = [piece for piece in pieces if isinstance(piece, RawHtml)]
    whole = "".join(line.text for line in lines)
    kept = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), whole).split("\n")
    out: list[Event] = []
    for number, text in enumerate(kept):
        line = lines[min(number, len(lines) - 1)]
        if shown := text.strip():
            at = line.at + max(line.text.find(shown), 0)
            if out:
                out.append(SoftBreak(at))
            else:
                _report_block(RawHtml(shown, at), findings)
            out.append(Text(shown, at))
    return [Start(Paragraph(), lines[0].at), *out, End(Paragraph(), lines[-1].at)] if out else []


def _pairs(pieces: list[Event | RawHtml]) -> dict[int, str]:
    """Return the element of each tag that counts and has its other half in the same block."""
    pairs: dict[int, str] = {}
    # What is open in the block: raw elements as (name, index), formatting as its tag.
    waiting: list[tuple[str, int] | Tag] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, RawHtml):
            if (found := _COUNTS.fullmatch(piece.text)) is None:
                continue
            name = found[2].lower()
            if not found[1]:
                waiting.append((name, index))
            elif (opened := _innermost(waiting, name)) is not None:
                pairs[opened] = pairs[index] = name
        elif isinstance(piece, Start | End):
            _follow(piece, waiting)
    return pairs


def _innermost(waiting: list[tuple[str, int] | Tag], name: str) -> int | None:
    """Take the innermost open element of that name, unless formatting was opened after it."""
    for place in range(len(waiting) - 1, -1, -1):
        entry = waiting[place]
        if not _is_raw(entry):
            return None
        if entry[0] == name:
            del waiting[place:]
            return entry[1]
    return None


def _follow(piece: Start | End, waiting: list[tuple[str, int] | Tag]) -> None:
    """Keep up with formatting; a block's start or end leaves every open element without its half."""
    if not isinstance(piece.tag, _FORMATTING):
        waiting.clear()
    elif isinstance(piece, Start):
        waiting.append(piece.tag)
    else:
        while waiting and _is_raw(waiting.pop()):
            pass


def _is_raw(entry: tuple[str, int] | Tag) -> TypeGuard[tuple[str, int]]:
    return isinstance(entry, tuple)


def _report(piece: RawHtml, reported: set[str], findings: Findings) -> None:
    """Report a tag that is shown as text; the end of an element whose start was reported is not news."""
    name = _name(piece.text)
    if piece.text.startswith("</") and name in reported:
        return
    reported.add(name)
    if found := _COUNTS.fullmatch(piece.text):
        other = f"<{found[2]}>" if found[1] else f"</{found[2]}>"
        message = f"`{piece.text}` has no `{other}` beside it in its paragraph, and is shown as text"
        help_ = f"write `{other}` where it belongs, or `\\{piece.text}` if the characters are meant"
    else:
        message = f"`{piece.text}` is shown as text"
        help_ = _instead(piece.text)
    findings.warning(Code.RAW_HTML, message, piece.at, piece.at + len(piece.text), help_)


def _report_block(piece: RawHtml, findings: Findings) -> None:
    end = piece.at + (piece.text.find(">") + 1 or len(piece.text))
    if piece.text.startswith("<!--"):
        message = "`<!--` without `-->`: all that follows is shown as it stands"
        findings.warning(Code.RAW_HTML, message, piece.at, piece.at + 4, "write `-->` at its end")
    elif not piece.text.startswith("<"):
        message = "a line that begins with a comment is shown as it stands, without formatting"
        findings.warning(Code.RAW_HTML, message, piece.at, end, "put the comment on a line of its own")
    elif _BREAK.match(piece.text):
        message = "`<br>` at the start of a line turns formatting off up to the next empty line"
        help_ = "write it at the end of the line before"
        findings.warning(Code.RAW_HTML, message, piece.at, end, help_)
    else:
        message = "a line that begins with a tag is shown as it stands, without formatting"
        findings.warning(Code.RAW_HTML, message, piece.at, end, _instead(piece.text))


def _name(text: str) -> str:
    found = _NAME.match(text)
    return found[1].lower() if found else ""


def _instead(text: str) -> str:
    instead = _INSTEAD.get(_name(text))
    return f"write {instead}" if instead else _QUOTE
