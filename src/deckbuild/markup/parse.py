"""Markdown to prose: the passes that a text goes through, in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code
from deckbuild.markup.cloze import with_gaps
from deckbuild.markup.events import End, Event, Math, Paragraph, Start, Text
from deckbuild.markup.findings import Findings
from deckbuild.markup.footnotes import in_order
from deckbuild.markup.losses import report_prices, report_tex_brackets, report_unread_formulas
from deckbuild.markup.prose import Prose
from deckbuild.markup.rawhtml import judge
from deckbuild.markup.reader import read
from deckbuild.markup.ruby import with_ruby

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.source import Origin

_SURROGATE = re.compile("[\ud800-\udfff]")
_PARAGRAPH = Paragraph()


def parse(
    raw: str, origin: Origin, *, folder: str, cloze: bool = False, min_heading: int = 4
) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """Return a text with its events, and what was found wrong with it.

    Args:
        raw: The text as its author wrote it.
        origin: Where it stands; diagnostics point there.
        folder: The folder of its source, relative to the project: picture paths start from it.
        cloze: Whether `{{…}}` marks gaps; elsewhere it is text.
        min_heading: The highest level that a heading inside the text may have.
    """
    findings = Findings(origin)
    text = raw if raw.isascii() else _without_surrogates(raw, findings)
    pieces = read(text, folder, min_heading, findings)
    # Each pass runs only where the characters stand that it is about: most texts need none.
    events = judge(pieces, findings)
    if "$" in text:
        report_prices(events, text, findings)
    if "\\(" in text or "\\[" in text:
        report_tex_brackets(events, text, findings)
    if cloze and "{{" in text:
        events = with_gaps(events, text, findings)
    if "{" in text and "|" in text:
        events = with_ruby(events, text)
    if "[^" in text:
        events = in_order(events, text, findings)
    merged = tuple(_merged(events))
    if "$" in text:
        report_unread_formulas(merged, text, findings)
    return Prose(raw, merged, origin), findings.all()


def _merged(events: Iterable[Event]) -> list[Event]:
    """Join adjacent texts, and take the paragraph off a display formula that is all of it."""
    out: list[Event] = []
    for event in events:
        last = out[-1] if out else None
        if isinstance(event, Text) and isinstance(last, Text):
            out[-1] = Text(last.text + event.text, last.at)
        elif (
            isinstance(event, End)
            and event.tag == _PARAGRAPH
            and isinstance(last, Math)
            and last.display
            and out[-2] == Start(_PARAGRAPH)
        ):
            out[-2:] = [last]
        else:
            out.append(event)
    return out


def _without_surrogates(raw: str, findings: Findings) -> str:
    """Replace halves of surrogate pairs, which an escape can smuggle in and no output can hold."""
    for found in _SURROGATE.finditer(raw):
        message = f"U+{ord(found[0]):04X} is half a character"
        findings.error(
            Code.CONTROL_CHARACTER, message, found.start(), found.end(), "write the character itself"
        )
    return _SURROGATE.sub("\ufffd", raw)
