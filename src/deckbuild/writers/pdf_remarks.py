"""What WeasyPrint says in its log, said again in words that name what the author wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from deckbuild.diagnostic import Code, Diagnostic, Severity

if TYPE_CHECKING:
    import logging
    from collections.abc import Collection, Iterable, Iterator

_SHOWN = 12
"""So many missing characters are shown; a whole text in an unknown script misses hundreds."""

_CJK = "Noto Sans CJK"
_FONTS = {"Hani": _CJK, "Hira": _CJK, "Kana": _CJK, "Hang": _CJK, "Bopo": _CJK}
_SHARED = frozenset(("Zyyy", "Zinh"))
"""Signs that belong to no script alone."""
_EMOJI_FROM = 0x1F000


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
    return (*dict.fromkeys(found), *_missing(name, missing))


def font_for(character: str, scripts: Collection[str] = ()) -> str:
    """Return the name of a free font that has a character; a sign of several scripts goes with `scripts`."""
    from fontTools import unicodedata

    script = unicodedata.script(character)
    if script in _SHARED:
        shared = sorted(unicodedata.script_extension(character) & set(scripts))
        if not shared:
            return "Noto Emoji" if ord(character) >= _EMOJI_FROM else "Noto Sans Symbols 2"
        script = shared[0]
    return _FONTS.get(script) or f"Noto Sans {unicodedata.script_name(script).replace('_', ' ')}"


def _missing(name: str, characters: Collection[str]) -> Iterator[Diagnostic]:
    """Yield one finding for each font that is needed."""
    if not characters:
        return
    from fontTools import unicodedata

    scripts = {unicodedata.script(character) for character in characters} - _SHARED
    by_font: dict[str, list[str]] = {}
    for character in sorted(characters):
        by_font.setdefault(font_for(character, scripts), []).append(character)
    for font, needed in sorted(by_font.items()):
        shown = " ".join(needed[:_SHOWN]) + (" …" if len(needed) > _SHOWN else "")
        codes = ", ".join(f"U+{ord(c):04X}" for c in needed[:_SHOWN])
        count = "1 character" if len(needed) == 1 else f"{len(needed)} characters"
        message = f"no font has {count} of this file: {shown} ({codes})"
        help_text = f"put the free font {font} into the project's `fonts/`"
        yield Diagnostic(Code.GLYPH_MISSING, message, (), help_text, Severity.WARNING, file=name)


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
