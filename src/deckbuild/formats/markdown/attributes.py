r"""Attributes of headings and list items: `#id`, `.word` and `key=value`, in braces or in a comment.

The grammar is our own: that of Markdown parsers eats `{1, 2}` and `\frac{a}{b}` off a prompt. What
is nearly a list of attributes is reported, all else is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Label, error
from deckbuild.formats.markdown.passage import SPACE
from deckbuild.formats.markdown.quotes import unquoted
from deckbuild.formats.tree import Entry, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as ListOf

    from deckbuild.formats.markdown.passage import Passage
    from deckbuild.formats.markdown.places import Place
    from deckbuild.source import Span

_TOKEN = re.compile(
    r'\s*(?:([A-Za-z][\w-]*)=(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s{}"]+))|[^\s{}"]+)', re.DOTALL
)
_WORD = re.compile(r"\.[^\W\d_][\w-]*")
_OPENING = re.compile(r"(?<!\\)(?:\\\\)*(\{)")
_UNFINISHED = re.compile(r"(?<!\\)\{\s*(?:#|\.[^\W\d_])[^{}]*$")
_OPEN_QUOTE = re.compile(r'(?<!\\)\{[^{}]*?\b[A-Za-z]+=("[^"{}]*)\}$')
_STRAY_QUOTE = re.compile(r'(?<!\\)\{\s*(?:#|\.)[a-z][^{}]*"[^{}]*\}$')
_COMMENT = re.compile(r"<!--((?:(?!-->).)*)-->\s*", re.DOTALL)
_IS_TEXT = r" (or `\{` if the brace is text)"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A key with its value; `token` is what the author wrote."""

    key: str
    value: Scalar
    token: Passage

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return self.token.span()


@dataclass(frozen=True, slots=True)
class Attributed:
    """A text without its attributes, the attributes, and what is wrong with them."""

    text: Passage
    attributes: tuple[Attribute, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def heading_attributes(text: Passage, place: Place) -> Attributed:
    """Take the attributes in braces off the end of a heading."""
    if not text.text.endswith("}"):
        unfinished = _UNFINISHED.search(text.text)
        return Attributed(text, (), (_never_closed(text, unfinished.start(), "}"),) if unfinished else ())
    for opening in _OPENING.finditer(text.text):
        start = opening.start(1)
        tokens = _tokens(text.cut(start + 1, len(text.text) - 1))
        if not tokens:
            continue
        if not _is_meant(tokens, place, in_comment=False):
            return Attributed(text)
        problems = tuple(_problems(tokens, place, _IS_TEXT))
        return Attributed(text.up_to(start), tuple(_attributes(tokens, place)), problems)
    if quote := _OPEN_QUOTE.search(text.text):
        return Attributed(text, (), (_never_closed(text, quote.start(1), '"'),))
    if (meant := _STRAY_QUOTE.search(text.text)) and meant[0].count('"') % 2:
        return Attributed(text, (), (_never_closed(text, text.text.rindex('"'), '"'),))
    return Attributed(text)


def comment_attributes(comment: Passage, place: Place) -> Attributed | None:
    """Return the attributes in a comment that is all of a text; None if it is a comment like any other."""
    found = _COMMENT.fullmatch(comment.text)
    return _from_comment(comment, found, place) if found else None


def item_attributes(item: Passage, place: Place) -> Attributed:
    """Take the attributes in a comment off the end of a list item."""
    start = item.text.rfind("<!--") if item.text.endswith("-->") else -1
    if start < 0 or item.text[:start].rstrip(SPACE) == item.text[:start] != "":
        return Attributed(item)
    found = _COMMENT.fullmatch(item.text, start)
    return (_from_comment(item, found, place) if found else None) or Attributed(item)


def entries(attributes: ListOf[Attribute], place: Place) -> tuple[list[Entry], list[Diagnostic]]:
    """Return attributes as keys with values; what is said twice is reported, the first counts."""
    single: dict[str, Attribute] = {}
    lists: dict[str, list[Attribute]] = {}
    problems = []
    for attribute in attributes:
        if attribute.key in place.lists:
            lists.setdefault(attribute.key, []).append(attribute)
        elif (first := single.setdefault(attribute.key, attribute)) is not attribute:
            problems.append(_said_twice(first, attribute))
    out = [Entry(key, a.value, a.token.origin) for key, a in single.items()]
    for key, listed in lists.items():
        origin = listed[0].token.origin
        out.append(Entry(key, Sequence(tuple(a.value for a in listed), origin), origin))
    return out, problems


# Reading ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    """What stands between blanks: `key` and `value` if there is a `=`."""

    passage: Passage
    key: str = ""
    value: Passage | None = None

    @property
    def text(self) -> str:
        return self.passage.text


def _tokens(inside: Passage) -> list[_Token]:
    """Return the tokens of a list; none if it cannot be one."""
    tokens = []
    text = inside.text.rstrip()
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found or (at and not text[at].isspace()):
            return []
        passage = inside.stripped(found.start(), found.end())
        quoted = found[2] is not None
        value = inside.cut(*found.span(2 if quoted else 3)) if found[1] else None
        tokens.append(_Token(passage, found[1] or "", value))
        at = found.end()
    return tokens


def _from_comment(text: Passage, found: re.Match[str], place: Place) -> Attributed | None:
    inside = text.cut(*found.span(1))
    braced = inside.text.strip()
    if braced.startswith("{") and braced.endswith("}"):
        return _braces_in_comment(text, found, place)
    tokens = _tokens(inside)
    if not tokens or not _is_meant(tokens, place, in_comment=True):
        return None
    problems = tuple(_problems(tokens, place, ""))
    return Attributed(text.up_to(found.start()), tuple(_attributes(tokens, place)), problems)


def _braces_in_comment(text: Passage, found: re.Match[str], place: Place) -> Attributed | None:
    inside = text.stripped(*found.span(1))
    tokens = _tokens(inside.cut(1, len(inside.text) - 1))
    if not tokens or not _is_meant(tokens, place, in_comment=False):
        return None
    message = "attributes in a comment stand there without braces"
    help_text = f"write `<!-- {inside.text[1:-1].strip()} -->`"
    problem = error(Code.MARKDOWN_ATTRIBUTE, message, inside.span(), help=help_text)
    return Attributed(text.up_to(found.start()), tuple(_attributes(tokens, place)), (problem,))


def _is_meant(tokens: list[_Token], place: Place, *, in_comment: bool) -> bool:
    """Tell whether tokens are attributes, or nearly so; in a comment more must speak for it."""
    if all(_is_formed(token, place) for token in tokens):
        return True
    if all(not token.key and token.text in place.words for token in tokens):
        return True
    if in_comment:
        return any(
            (token.text[0] == "." and token.text[1:] in place.words) or token.key in place.keys
            for token in tokens
        )
    return any(_is_formed(token, place) for token in tokens)


def _is_formed(token: _Token, place: Place) -> bool:
    """Tell whether a token looks like an attribute: its word may be unknown, its key misspelled."""
    if token.key:
        return token.key in place.known or bool(get_close_matches(token.key, place.known, 1, 0.75))
    return bool(_WORD.fullmatch(token.text)) or (token.text[0] == "#" and len(token.text) > 1)


def _attributes(tokens: list[_Token], place: Place) -> Iterator[Attribute]:
    """Yield the attributes among tokens that mean something."""
    for token in tokens:
        if token.key in place.keys and token.value is not None:
            value = Scalar(unquoted(token.value.text, '"'), token.value.origin)
            yield Attribute(token.key, value, token.passage)
        elif token.text[0] == "." and token.text[1:] in place.words:
            key, word = place.words[token.text[1:]]
            yield Attribute(key, Scalar(word, token.passage.origin), token.passage)
        elif token.text[0] == "#" and "id" in place.keys and len(token.text) > 1:
            name = token.passage.cut(1, len(token.text))
            yield Attribute("id", name.scalar(), token.passage)


# Problems ---------------------------------------------------------------------------------------


def _problems(tokens: list[_Token], place: Place, ending: str) -> Iterator[Diagnostic]:
    meant = {attribute.token for attribute in _attributes(tokens, place)}
    for before, token in zip((None, *tokens), tokens, strict=False):
        if token.passage not in meant:
            message, help_text = _explain(token, before, place)
            yield error(Code.MARKDOWN_ATTRIBUTE, message, token.passage.span(), help=help_text + ending)


def _explain(token: _Token, before: _Token | None, place: Place) -> tuple[str, str]:
    """Return what is wrong with a token, and what to write instead."""
    if token.text[0] == "#":
        return f"{place.name} has no id", "leave it out"
    if part := place.parts.get(token.key):
        return f"`{token.key}` is no attribute", part
    if token.key:
        return f"`{token.key}` is no key of {place.name}", _suggest(token.key, place.keys, "{}=…")
    if token.text[0] == ".":
        return f"`{token.text}` says nothing about {place.name}", _suggest(
            token.text[1:], tuple(place.words), ".{}"
        )
    if token.text in place.words:
        return f"`{token.text}` is no attribute", f"write `.{token.text}`"
    if before and before.key:
        return f"`{token.text}` is no attribute", f'put quotes around a value with blanks: `{before.key}="…"`'
    return f"`{token.text}` is no attribute", "write `#id`, `.word` or `key=value`"


def _suggest(written: str, known: tuple[str, ...], form: str) -> str:
    near = get_close_matches(written.lower(), known, 1, 0.6)
    if near:
        return f"did you mean `{form.format(near[0])}`?"
    listed = ", ".join(f"`{form.format(name)}`" for name in known)
    return f"what can stand here is {listed}" if known else "leave it out"


def _said_twice(first: Attribute, again: Attribute) -> Diagnostic:
    written, earlier = again.token.text, first.token.text
    message = (
        f"`{written}` stands here twice"
        if written == earlier
        else f"`{earlier}` and `{written}`: only one can be"
    )
    labels = Label(again.span, "again"), Label(first.span, "first")
    return error(Code.MARKDOWN_ATTRIBUTE, message, *labels, help="keep one of them")


def _never_closed(text: Passage, start: int, mark: str) -> Diagnostic:
    message = (
        f"`{mark}` is missing: these are no attributes yet" if mark == "}" else "this quote is never closed"
    )
    help_text = "close it" + _IS_TEXT
    return error(Code.MARKDOWN_ATTRIBUTE, message, text.span(start), help=help_text)
