"""The math font of a page: those glyphs of STIX Two Math that its formulas can need, as woff2.

Without a math font browsers stretch neither brackets nor roots; with its MATH table they do.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fontTools.ttLib import TTFont

_NOTE = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
_LETTER = re.compile(r"<mi>(.|&\w+;)</mi>")
"""A lone letter, which browsers draw as its math italic."""
_TEXT = re.compile(r">([^<]+)<")
_OPERATOR = re.compile(r"<mo([^>]*)>([^<]+)</mo>")
_RADICAL = "√"
"""No formula says it: `msqrt` and `mroot` draw it."""
_SIZES = 7
"""A bracket has a dozen sizes; what is taller than this many is put together from parts."""


def math_font(formulas: Iterable[str]) -> bytes:
    """Return the font for these MathML formulas; equal characters give equal bytes."""
    used, growing = {_RADICAL}, {_RADICAL}
    for formula in formulas:
        drawn = _LETTER.sub(_italic, _NOTE.sub("", formula))
        for text in _TEXT.findall(drawn):
            used.update(html.unescape(text))
        for attributes, text in _OPERATOR.findall(drawn):
            if "stretchy" not in attributes:
                growing.update(html.unescape(text))
    return _subset("".join(sorted(used)), "".join(sorted(growing)))


def _italic(letter: re.Match[str]) -> str:
    return f"<mi>{_ITALIC.get(letter[1], letter[1])}</mi>"


def _italics() -> dict[str, str]:
    """Return the math italic of every letter that has one."""
    italics = (*range(0x1D434, 0x1D468), 0x1D6A4, 0x1D6A5, *range(0x1D6E2, 0x1D71C))
    upright = {code: unicodedata.decomposition(chr(code)).removeprefix("<font> ") for code in italics}
    known = {chr(int(letter, 16)): chr(code) for code, letter in upright.items() if letter}
    return known | {"h": "\N{PLANCK CONSTANT}"}


_ITALIC = _italics()


@lru_cache(maxsize=32)
def _subset(characters: str, growing: str) -> bytes:
    from importlib.resources import files
    from io import BytesIO

    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    # Script-size alternates double the size, and no browser asks for them.
    options.layout_features = []
    options.name_IDs = [0, 13]
    options.notdef_outline = True
    path = str(files("ziamath").joinpath("fonts/STIXTwoMath-Regular.ttf"))
    with subset.load_font(path, options) as font:
        _keep_larger_forms(font, growing)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        out = BytesIO()
        subset.save_font(font, out, options)
    return out.getvalue()


def _keep_larger_forms(font: TTFont, growing: str) -> None:
    """Forget the larger forms of all characters but these; most brackets keep the height of their line."""
    known = font.getBestCmap()
    kept = {known[ord(character)] for character in growing if ord(character) in known}
    variants = font["MATH"].table.MathVariants
    for way in ("Vert", "Horiz"):
        coverage = getattr(variants, f"{way}GlyphCoverage")
        forms = zip(coverage.glyphs, getattr(variants, f"{way}GlyphConstruction"), strict=True)
        chosen = [(glyph, form) for glyph, form in forms if glyph in kept]
        for _, form in chosen:
            if form.GlyphAssembly:
                form.MathGlyphVariantRecord = form.MathGlyphVariantRecord[:_SIZES]
                form.VariantCount = len(form.MathGlyphVariantRecord)
        coverage.glyphs = [glyph for glyph, _ in chosen]
        setattr(variants, f"{way}GlyphConstruction", [form for _, form in chosen])
        setattr(variants, f"{way}GlyphCount", len(chosen))
