"""Where Markdown says something else than its author meant, and says nothing of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code
from deckbuild.markup.events import Event, Math, Text
from deckbuild.markup.places import is_escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.markup.findings import Findings

_TEX = {"(": re.compile(r"\((.+?)\\\)"), "[": re.compile(r"\[(.+?)\\\]", re.DOTALL)}
_LOOKS_LIKE_TEX = re.compile(r"[\\^_={}]|\A\s*\w\s*\Z")
_UNREAD = re.compile(r"\$(?P<tex>[^$\n]*?(?:\\[A-Za-z]+|[_^]\{|\^\w)[^$\n]*)\$")
_IN_WORD_BEFORE = re.compile(r"[A-Za-z]")
_IN_WORD_AFTER = re.compile(r"[0-9]")


def report_tex_brackets(events: Iterable[Event], raw: str, findings: Findings) -> None:
    r"""Report `\(…\)` and `\[…\]`: Markdown drops the backslashes and shows brackets."""
    for event in events:
        if not isinstance(event, Text) or event.text[:1] not in _TEX or not is_escaped(raw, event.at):
            continue
        found = _TEX[event.text[0]].match(raw, event.at)
        if found and "\n\n" not in found[1] and _LOOKS_LIKE_TEX.search(found[1]):
            written = raw[event.at - 1 : found.end()]
            dollars = "$" if event.text[0] == "(" else "$$"
            message = f"`{written}` is shown as brackets, not as a formula"
            help_ = f"write `{dollars}{found[1].strip()}{dollars}`"
            findings.warning(Code.TEXT_LOST, message, event.at - 1, found.end(), help_)


def report_prices(events: Iterable[Event], raw: str, findings: Findings) -> None:
    """Report formulas that begin or end inside a word: `$5-$6`, `US$5 and A$6`."""
    for event in events:
        if not isinstance(event, Math) or event.display:
            continue
        written = f"${event.tex}$"
        end = event.at + len(written)
        if not raw.startswith(written, event.at):
            continue
        if _IN_WORD_AFTER.match(raw, end) or _IN_WORD_BEFORE.match(raw[: event.at][-1:]):
            message = f"`{written}` is read as a formula"
            help_ = "write `\\$` for the character; a formula stands apart from digits and letters"
            findings.warning(Code.TEXT_LOST, message, event.at, end, help_)


def report_unread_formulas(events: Iterable[Event], raw: str, findings: Findings) -> None:
    """Report TeX between dollars that Markdown left as text: `$ x^2 $`, or braces that do not match."""
    for event in events:
        if not isinstance(event, Text):
            continue
        for found in _UNREAD.finditer(event.text):
            start = event.at + found.start()
            if not raw.startswith(found[0], start) or is_escaped(raw, start):
                continue
            tex = found["tex"]
            if tex.strip() != tex:
                message = f"`{found[0]}` is not read as a formula: a blank stands beside its `$`"
                help_ = f"write `${tex.strip()}$`"
            else:
                message = f"`{found[0]}` is not read as a formula: its braces do not match"
                help_ = "every `{` needs its `}`; a brace that is shown is written `\\{`"
            findings.error(Code.MATH_INVALID, message, start, start + len(found[0]), help_)
