"""Pictures and links that a bank takes apart: figures, pictures to cover, sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from deckbuild.formats.markdown.passage import unescaped
from deckbuild.formats.markdown.quotes import unquoted
from deckbuild.formats.tree import Scalar
from deckbuild.source import SliceOrigin

if TYPE_CHECKING:
    from deckbuild.formats.markdown.passage import Passage

_LABEL = r"\[(?P<label>(?:[^\\\[\]]|\\.|\[(?:[^\\\[\]]|\\.)*\])*)\]"
_ADDRESS = r"(?:<(?P<quoted>[^<>\n]*)>|(?P<address>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))"
_TITLE = r"""(?:\s+(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'))?"""
_FOLD = re.compile(r"[ \t]*\n[ \t]*")
_LINK = re.compile(rf"(?P<bang>!?){_LABEL}\(\s*{_ADDRESS}{_TITLE}\s*\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Linked:
    """What `[label](address "title")` says; `is_picture` if a `!` stands in front of it."""

    label: Scalar
    address: Scalar
    title: Scalar | None
    is_picture: bool


def parse_link(text: Passage) -> Linked | None:
    """Return the link or picture that is all of a text."""
    found = _LINK.fullmatch(text.text)
    if not found:
        return None
    where = "address" if found["quoted"] is None else "quoted"
    label = Scalar(unescaped(_FOLD.sub(" ", found["label"])), _place(text, found, "label"))
    address = Scalar(unescaped(found[where]), _place(text, found, where))
    title = None
    for name, quote in (("double", '"'), ("single", "'")):
        if found[name] is not None:
            title = Scalar(unquoted(found[name], quote), _place(text, found, name))
    return Linked(label, address, title, bool(found["bang"]))


def picture_path(address: Scalar) -> Scalar:
    """Return the path of a picture: `%20` in its address is a blank."""
    return Scalar(unquote(address.text), address.origin)


def _place(text: Passage, found: re.Match[str], name: str) -> SliceOrigin:
    span = text.span(*found.span(name))
    return SliceOrigin(span.source, span.start, span.end)
