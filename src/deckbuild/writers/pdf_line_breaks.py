"""A defect of WeasyPrint 70 in breaking lines, mended until a release of its own does.

Where a text stands before `<strong>`, a formula or code, and fits its line but for the blank at its
end, the line is broken after its first word. One line in a hundred of ours is of that kind.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from weasyprint.layout import inline


@cache
def mend_line_breaks() -> None:
    """Let the blank at the end of a text hang over the end of its line."""
    split_first_line = inline.split_first_line

    def split(
        text: str, style: Any, context: Any, max_width: float | None, spacing: float, **options: bool
    ) -> Any:
        line = split_first_line(text, style, context, max_width, spacing, **options)
        resume_at, first_word = line[2], len(text[: text.find(" ") + 1].encode())
        if resume_at is None or resume_at > first_word or max_width is None or not text.endswith(" "):
            return line
        bare = split_first_line(text.rstrip(" "), style, context, max_width, spacing, **options)
        if bare[2] is not None:
            return line
        return split_first_line(text, style, context, None, spacing, **options)

    inline.split_first_line = split
