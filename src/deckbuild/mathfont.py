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

_NOTE = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
_LETTER = re.compile(r"<mi>(.|&\w+;)</mi>")
"""A lone letter, which browsers draw as its math italic."""
_TEXT = re.compile(r">([^<]+)<")
_RADICAL = "√"
"""No formula says it: `msqrt` and `mroot` draw it."""


def math_font(formulas: Iterable[str]) -> bytes:
    """Return the font for these MathML formulas; equal characters give equal bytes."""
    used: set[str] = {_RADICAL}
    for formula in formulas:
        drawn = _LETTER.sub(_italic, _NOTE.sub("", formula))
        for text in _TEXT.findall(drawn):
            used.update(html.unescape(text))
    return _subset("".join(sorted(used)))


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
def _subset(characters: str) -> bytes:
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
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        out = BytesIO()
        subset.save_font(font, out, options)
    return out.getvalue()
