"""Style and script of a page: joined, without what only people need, and the policy that allows them."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.mathfont import math_font
from deckbuild.mathml import STYLE as MATH_STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLE_BLANKS = (
    (re.compile(r"/\*.*?\*/", re.DOTALL), ""),
    (re.compile(r"\s*([{};>])\s*"), r"\1"),
    (re.compile(r"([:,])\s+"), r"\1"),
    (re.compile(r";}"), "}"),
    (re.compile(r"(?<=[\s:(,])0\.(?=\d)"), "."),
)
_SCRIPT_TOKEN = re.compile(
    r"""
    (?P<text> '(?:\\.|[^'\\\n])*' | "(?:\\.|[^"\\\n])*" | `(?:\\.|[^`\\])*` )
    | (?P<blank> \s+ | //[^\n]* )
    | (?P<pattern> (?<=[(,=:!&|?>\s]) / (?![/*\s]) (?: \\. | \[(?:\\.|[^\]\\\n])*\] | [^/\\\n] )+ / [a-z]* )
    | (?P<word> [\w$]+ )
    | (?P<sign> . )
    """,
    re.VERBOSE,
)


def style_of(sheets: Iterable[str]) -> str:
    """Return style sheets as one, without comments and blanks."""
    style = "".join(sheets)
    for pattern, kept in _STYLE_BLANKS:
        style = pattern.sub(kept, style)
    return style.strip()


def math_style(formulas: Iterable[str]) -> str:
    """Return the style of formulas and the font with the glyphs they need."""
    font = base64.b64encode(math_font(formulas)).decode()
    face = f'@font-face{{font-family:Formulas;src:url("data:font/woff2;base64,{font}")format("woff2")}}'
    return style_of((MATH_STYLE,)) + face


def script_of(files: Iterable[str]) -> str:
    """Return scripts as one in a scope of its own, without comments and blanks.

    It counts on semicolons after all statements and on no template inside a template.
    """
    return f"(()=>{{'use strict';{''.join(_squeezed(''.join(files)))}}})();"


def policy(style: str, script: str = "", *, sounds: bool = False) -> str:
    """Return a Content-Security-Policy that allows this style, this script, and no address outside.

    Recordings of an interview are blobs; those of a bank are in the page.
    """
    rules = ["default-src 'none'", "img-src data:", "font-src data:", f"style-src {_hash(style)}"]
    if script:
        rules += ["media-src blob:" + " data:" * sounds, f"script-src {_hash(script)}"]
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


def css_string(text: str) -> str:
    """Return a text as a string of CSS; `<` is written so that it cannot end the style."""
    return '"' + re.sub(r"[\"\\<\n]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def as_markup(own: str) -> Markup:
    """Return our own style or script for a template, as it is."""
    return Markup(own)  # noqa: S704 - no text of a deck is in it


def _squeezed(script: str) -> Iterable[str]:
    before, blank = "", False
    for token in _SCRIPT_TOKEN.finditer(script):
        text = token[0]
        if token.lastgroup == "blank":
            blank = True
            continue
        if blank and (_both_words(before, text) or before + text in {"++", "--"}):
            yield " "
        yield text
        before, blank = text[-1], False


def _both_words(before: str, text: str) -> bool:
    return bool(re.match(r"[\w$]{2}", before + text[0]))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
