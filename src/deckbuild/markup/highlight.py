"""Code highlighted by four classes: `k` keyword, `s` string, `c` comment, `n` number."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = frozenset(("", "output", "text", "plain", "txt", "console"))


@lru_cache(maxsize=4096)
def highlight(lang: str, text: str) -> Markup:
    """Return code with spans of the four classes; a language nobody knows comes out plain.

    Neighbours of one class share a span: inline spans cost the typesetter 0.6 ms each.
    """
    lexer = None if lang in _PLAIN else _lexer(lang)
    if lexer is None:
        return escape(text)
    out = Markup()
    for kind, pieces in groupby(_classed(lexer, text), key=lambda piece: piece[0]):
        content = "".join(value for _, value in pieces)
        out += Markup('<span class="{}">{}</span>').format(kind, content) if kind else escape(content)
    return out


def _classed(lexer: Any, text: str) -> Iterator[tuple[str, str]]:
    """Yield pieces with their classes; blanks take the class of what stands before them."""
    kind = ""
    for token, value in lexer.get_tokens(text):
        kind = kind if value.isspace() else _class_of(token)
        yield kind, value


def _class_of(token: Any) -> str:
    from pygments.token import Comment, Keyword, Number, Operator, String

    if token in Comment:
        return "c"
    if token in String:
        return "s"
    if token in Number:
        return "n"
    return "k" if token in Keyword or token in Operator.Word else ""


@lru_cache(maxsize=64)
def _lexer(lang: str) -> Any:
    """Return the lexer of a language, or None; only its own module is imported."""
    from importlib import import_module

    from pygments.lexers._mapping import LEXERS

    for module, _, aliases, _, _ in LEXERS.values():
        if lang in aliases:
            name = next(key for key, entry in LEXERS.items() if entry[0] == module and lang in entry[2])
            # As they are: no newline added at the end, none stripped, tabs kept.
            return getattr(import_module(module), name)(ensurenl=False, stripnl=False)
    return None
