"""Events to plain text: for search, ids, titles and descriptions."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from deckbuild.markup.breaks import is_nothing
from deckbuild.markup.events import (
    Blank,
    Code,
    CodeBlock,
    Emphasis,
    End,
    Gap,
    HardBreak,
    Image,
    Inline,
    Link,
    MaskedImage,
    Math,
    Ruby,
    SoftBreak,
    Sound,
    Start,
    Strikethrough,
    Strong,
    TableCell,
    Text,
)

if TYPE_CHECKING:
    from deckbuild.markup.events import Events

BLANK = "____"

_IN_A_LINE = (Emphasis, Strong, Strikethrough, Inline, Link, Gap, TableCell)


def to_text(events: Events) -> str:
    """Return the words of a text, a block a line: math as TeX, gaps filled in, pictures described."""
    out: list[str] = []
    for place, event in enumerate(events):
        match event:
            case Text(text=text) | Code(text=text) | Math(tex=text):
                out.append(text)
            case Image(alt=text) | Sound(alt=text) | MaskedImage(alt=text):
                out.append(text)
            case CodeBlock(text=text):
                out += (text, "\n")
            case Ruby(base, reading):
                out.append(f"{base}({reading})")
            case Blank():
                out.append(BLANK)
            case SoftBreak():
                out.append("" if is_nothing(events, place) else " ")
            case HardBreak():
                out.append("\n")
            case End(tag=TableCell()):
                out.append(" ")
            case Start(tag=tag) | End(tag=tag) if not isinstance(tag, _IN_A_LINE):
                out.append("\n")
            case _:
                pass
    lines = "".join(out).split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip())


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
