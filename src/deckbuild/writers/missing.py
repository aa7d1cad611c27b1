"""Characters that no font has: said once for all files of a deck, with the font that is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_SHOWN = 12
"""So many missing characters are shown; a whole text in an unknown script misses hundreds."""

_CJK = "Noto Sans CJK"
_FONTS = {"Hani": _CJK, "Hira": _CJK, "Kana": _CJK, "Hang": _CJK, "Bopo": _CJK}
_SHARED = frozenset(("Zyyy", "Zinh"))
"""Signs that belong to no script alone."""
_LIKELY = ("Arab", "Deva", "Hani")
"""Whose font to name for a sign of several scripts where no letter tells."""
_EMOJI_FROM = 0x1F000


def unsaid(name: str, characters: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield a finding that holds the characters a file misses, for `in_words` to make sentences of."""
    if missing := "".join(sorted(set(characters))):
        yield Diagnostic(Code.GLYPH_MISSING, missing, (), severity=Severity.WARNING, file=name)


def in_words(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings of a deck's files, what they miss put together and last."""
    missing: dict[str, dict[str, None]] = {}
    for finding in found:
        if finding.code is not Code.GLYPH_MISSING:
            yield finding
            continue
        for character in finding.message:
            missing.setdefault(character, {})[finding.file] = None
    scripts = _scripts(missing)
    by_font: dict[str, list[str]] = {}
    for character in sorted(missing):
        by_font.setdefault(font_for(character, scripts), []).append(character)
    for font, characters in sorted(by_font.items()):
        yield _sentence(font, {character: missing[character] for character in characters})


def font_for(character: str, scripts: Collection[str] = ()) -> str:
    """Return the name of a free font that has a character; a sign of several scripts goes with `scripts`."""
    from fontTools import unicodedata

    script = unicodedata.script(character)
    if script in _SHARED:
        its_own = unicodedata.script_extension(character) - _SHARED
        near = sorted(its_own & set(scripts)) or sorted(its_own, key=lambda name: (name not in _LIKELY, name))
        if not near:
            return "Noto Emoji" if ord(character) >= _EMOJI_FROM else "Noto Sans Symbols 2"
        script = near[0]
    return _FONTS.get(script) or f"Noto Sans {unicodedata.script_name(script).replace('_', ' ')}"


def _scripts(characters: Collection[str]) -> set[str]:
    if not characters:
        return set()
    from fontTools import unicodedata

    return {unicodedata.script(character) for character in characters} - _SHARED


def _sentence(font: str, missing: Mapping[str, Mapping[str, None]]) -> Diagnostic:
    first, *more = sorted({name for names in missing.values() for name in names})
    shown = list(missing)[:_SHOWN]
    signs = " ".join(shown) + (" …" if len(missing) > _SHOWN else "")
    codes = ", ".join(f"U+{ord(character):04X}" for character in shown)
    count = "1 character" if len(missing) == 1 else f"{len(missing)} characters"
    where = f"{', '.join((first, *more[:-1]))} and {more[-1]}" if more else "this file"
    message = f"no font has {count} of {where}: {signs} ({codes})"
    help_text = f"put the free font {font} into the project's `fonts/`"
    return Diagnostic(Code.GLYPH_MISSING, message, (), help_text, Severity.WARNING, first)
