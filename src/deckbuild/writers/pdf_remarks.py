"""What WeasyPrint says in its log, said again in words that name what the author wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from deckbuild.diagnostic import Code, Diagnostic, Severity
from deckbuild.writers.missing import unsaid

if TYPE_CHECKING:
    import logging
    from collections.abc import Iterable


def remarks(name: str, lines: Iterable[logging.LogRecord], refused: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Return what is to be said about a file: pictures, addresses, characters, and the rest as it is."""
    addresses = tuple(dict.fromkeys(refused))
    found = [_refused(name, url) for url in addresses]
    missing: dict[str, None] = {}
    for line in lines:
        text = line.getMessage()
        if text.startswith(".notdef glyph") and isinstance(line.args, tuple):
            missing[str(line.args[0])] = None
        elif "image" in text and (address := re.search(r"media:[^\s'\"]+", text)):
            found += [] if address[0] in addresses else [_broken(name, unquote(address[0][6:]))]
        elif not any(address in text for address in addresses):
            message = f"WeasyPrint: {text}"
            found.append(Diagnostic(Code.PRINT_PROBLEM, message, (), severity=Severity.WARNING, file=name))
    return (*dict.fromkeys(found), *unsaid(name, missing))


def _broken(name: str, path: str) -> Diagnostic:
    message = f"the picture `{path}` cannot be drawn"
    return Diagnostic(
        Code.MEDIA_INVALID, message, (), "open it in a drawing program and save it anew", file=name
    )


def _refused(name: str, url: str) -> Diagnostic:
    if url.startswith("media:"):
        path = unquote(url.removeprefix("media:"))
        return Diagnostic(Code.MEDIA_MISSING, f"there is no picture `{path}` in the deck", file=name)
    message = f"`{url[:80]}` is not fetched: a page may only show media of its deck"
    return Diagnostic(Code.MEDIA_REMOTE, message, (), "copy the file into the project", file=name)
