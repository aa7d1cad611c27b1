"""Places in a raw text: bytes to characters, escapes, and where code or a formula was written."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from deckbuild.markup.events import Code, CodeBlock, Math, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

# 1 for a byte that begins a character in UTF-8, 0 for one that continues it.
_BEGINS = bytes((1,) * 128 + (0,) * 64 + (1,) * 64)

NO_MARK = "\0"
"""Stands in a shadow for a character that cannot be part of a mark."""


def character_offsets(raw: str) -> Sequence[int]:
    """Return the offset in characters of each offset in bytes of the text's UTF-8 form."""
    if raw.isascii():
        return range(len(raw) + 1)
    return (0, *accumulate(raw.encode().translate(_BEGINS)))


def is_escaped(raw: str, at: int) -> bool:
    """Tell whether the character at that place has a backslash of its own in front of it."""
    before = at - 1
    while before >= 0 and raw[before] == "\\":
        before -= 1
    return (at - 1 - before) % 2 == 1


def shadow(raw: str, text: Text) -> str:
    """Return the characters of a piece of text, those that were escaped or entities blanked out."""
    if not raw.startswith(text.text, text.at):
        return NO_MARK * len(text.text)
    if is_escaped(raw, text.at):
        return NO_MARK + text.text[1:]
    return text.text


def written_at(raw: str, at: int, text: str, offset: int) -> int:
    r"""Return where `text[offset]` was written, for code or a formula that starts before `raw[at]`.

    What was taken out (`> ` at line starts, the backslash of `\|` in tables) is stepped over.
    """
    if raw.startswith(text, at):
        return at + offset
    place = at
    for index, character in enumerate(text[: offset + 1]):
        found = raw.find(character, place)
        # A newline became a blank in inline code.
        found = raw.find("\n", place) if found < 0 and character == " " else found
        if found < 0:
            break
        place = found if index == offset else found + 1
    return place


def content_at(raw: str, event: Code | CodeBlock | Math) -> int:
    """Return where the text of code or a formula begins, behind its opening marks."""
    at = event.at
    if isinstance(event, Math):
        return at + (2 if event.display else 1)
    if isinstance(event, CodeBlock) and raw.startswith(("```", "~~~"), at):
        return raw.find("\n", at) + 1
    while raw.startswith("`", at):
        at += 1
    return at
