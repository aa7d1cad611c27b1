"""Events to plain text: for search, ids, titles and descriptions."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from deckbuild.markup.breaks import without_soft_breaks
from deckbuild.markup.events import (
    Blank,
    Code,
    CodeBlock,
    Emphasis,
    End,
    Event,
    Gap,
    HardBreak,
    Image,
    Inline,
    Link,
    MaskedImage,
    Math,
    Ruby,
    Strikethrough,
    Strong,
    TableCell,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

BLANK = "____"

_INLINE = (Emphasis, Strong, Strikethrough, Inline, Link, Gap)


def to_text(events: Sequence[Event]) -> str:
    """Return the words of a text, a block a line: math as TeX, gaps filled in, pictures described."""
    out: list[str] = []
    for event in without_soft_breaks(events):
        match event:
            case Text(text=text) | Code(text=text) | Math(tex=text) | Image(alt=text) | MaskedImage(alt=text):
                out.append(text)
            case CodeBlock(text=text):
                out += (text, "\n")
            case Ruby(base, reading):
                out.append(f"{base}({reading})")
            case Blank():
                out.append(BLANK)
            case HardBreak():
                out.append("\n")
            case End(tag=tag) if not isinstance(tag, _INLINE):
                out.append(" " if isinstance(tag, TableCell) else "\n")
            case _:
                pass
    lines = (line.strip() for line in "".join(out).split("\n"))
    return "\n".join(line for line in lines if line)


def slug(text: str, limit: int = 60) -> str:
    """Return the text as part of an id: letters and digits of any script, all else a single `-`.

    Marks that belong to a letter stay with it (`ि`, `ั`). Cut at a word boundary if there is one.
    """
    words = "".join(_slug_character(character) for character in _folded(text)).split()
    out = words[0][:limit] if words else ""
    for word in words[1:]:
        if len(out) + 1 + len(word) > limit:
            break
        out += "-" + word
    return out


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _slug_character(character: str) -> str:
    return character if unicodedata.category(character)[0] in "LMN" else " "
