"""Characters that no text can hold, in whatever format it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.source import Source

CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
"""Control characters but tab and newline, and what is no character at all."""


def check_characters(source: Source) -> Iterator[Diagnostic]:
    """Report characters that would spoil an output or hide in one."""
    for found in CONTROL.finditer(source.text):
        message = f"U+{ord(found[0]):04X} is a control character, which no text can hold"
        yield error(Code.CONTROL_CHARACTER, message, Span(source, *found.span()), help="delete it")
