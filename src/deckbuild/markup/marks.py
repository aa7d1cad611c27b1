"""The marks of gaps, `{{c1::…}}`: how they open, where they end, which numbers they may have."""

from __future__ import annotations

import re

MAX_NUMBER = 499
"""Anki counts no further."""

WANTED = "write `{{hidden}}`, `{{hidden::hint}}` or `{{c1::hidden}}`; `\\{{` is two braces"

NUMBERED = re.compile(r"\{\{c(\d+)::")

_BRACE = re.compile(r"[{}]")


def balanced_end(text: str, start: int) -> int:
    """Return where the `}}` stands that ends a gap, braces inside it being in pairs; -1 if nowhere."""
    depth = 0
    for brace in _BRACE.finditer(text, start):
        if brace[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return brace.start() if text.startswith("}}", brace.start()) else -1
    return -1


def end_of_gap(text: str, start: int) -> int:
    """Return where the `}}` stands that ends a gap; braces without a partner count as characters."""
    balanced = balanced_end(text, start)
    return balanced if balanced >= 0 else text.find("}}", start)


def is_number(digits: str) -> bool:
    """Tell whether a gap may have that number."""
    return digits[0] != "0" and len(digits) <= len(str(MAX_NUMBER)) and int(digits) <= MAX_NUMBER
