r"""Quoted texts in Markdown sources: a backslash counts only in front of the quote.

So formulas keep theirs (`"$a\,b$"`), and yet every text can be quoted: in front of a quote, and at
the end, two backslashes are one. This is where CommonMark ends a quoted text too.
"""

from __future__ import annotations

import re


def unquoted(text: str, quote: str) -> str:
    r"""Return what stands between quotes: `\"` is a quote."""
    if "\\" not in text:
        return text
    inner = re.sub(rf"(\\*)\\{quote}", lambda found: found[1][: len(found[1]) // 2] + quote, text)
    at_end = text[len(text.rstrip("\\")) :]
    return inner.rstrip("\\") + at_end[: len(at_end) // 2]


def quoted(text: str) -> str:
    """Return a text between quotes."""
    inner = re.sub(r'(\\*)"', r'\1\1\\"', text)
    at_end = text[len(text.rstrip("\\")) :]
    return f'"{inner}{at_end}"'
