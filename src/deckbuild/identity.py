"""Identity: the ids by which Anki recognizes notes and note types, a function of names only.

What is published under an id keeps it for good. Nothing but the arguments enters: no text of the
note, no clock, no library version.
"""

from __future__ import annotations

import hashlib
from typing import NewType

Guid = NewType("Guid", str)
NoteTypeId = NewType("NoteTypeId", int)

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FIRST_ID = 1 << 40
"""Anki takes small ids for its own; ids below 2^53 survive JavaScript."""


def guid(namespace: str, deck: str, question: str, item: str) -> Guid:
    """Return the GUID of a note: 11 letters and digits, so that no text format needs to quote it.

    `item` is the id of the card or follow-up within its question; empty for the main card.
    """
    number = _hash("note", namespace, deck, question, item) >> 192
    letters = ""
    for _ in range(11):
        number, digit = divmod(number, 62)
        letters += _ALPHABET[digit]
    return Guid(letters)


def note_type_id(namespace: str, kind: str) -> NoteTypeId:
    """Return the id of the note type of a kind: 2^40 or more and below 2^52."""
    return NoteTypeId(_FIRST_ID + _hash("note type", namespace, kind) % ((1 << 52) - _FIRST_ID))


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of length-prefixed parts, in hexadecimal."""
    return f"{_hash(*parts):064x}"


def _hash(*parts: str | bytes) -> int:
    state = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return int.from_bytes(state.digest(), "big")
