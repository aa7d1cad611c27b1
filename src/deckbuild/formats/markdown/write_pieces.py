"""Pieces of Markdown that the reader takes apart again: headings, attributes, items, pictures, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.formats.markdown.blocks import BLANKS, Shape, blocks
from deckbuild.formats.markdown.page import Page
from deckbuild.formats.markdown.passage import whole
from deckbuild.formats.markdown.places import PARTS
from deckbuild.formats.markdown.quotes import quoted
from deckbuild.source import Source

if TYPE_CHECKING:
    from deckbuild.formats.markdown.places import Place
    from deckbuild.markup.prose import Prose

_BARE = re.compile(r"[\w./:+-]+")
_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}")
_LINE_BREAK = re.compile(r"\n(?!\n)")
_NOT_IN_PATH = re.compile(r'[%\s()<>"\\]')
_BRACKETS = re.compile(r"([\\\[\]])")


# Headings ---------------------------------------------------------------------------------------


def heading(level: int, text: str, attributes: list[str]) -> str:
    """Return a heading with its attributes in a comment on the next line, or in braces what would end one."""
    too_early = {attribute.partition("=")[0] for attribute in attributes if "-->" in attribute}
    in_braces = " ".join(a for a in attributes if a.partition("=")[0] in too_early)
    in_comment = " ".join(a for a in attributes if a.partition("=")[0] not in too_early)
    line = f"{'#' * level} {text}".rstrip(BLANKS)
    line += f" {{{in_braces}}}" if in_braces else ""
    return f"{line}\n<!-- {in_comment} -->" if in_comment else line


def asked(ask: Prose, level: int, place: Place) -> tuple[str, str]:
    """Return what of a prompt can stand in its heading, and the blocks that stand below."""
    first, _, rest = ask.raw.partition("\n\n")
    is_split = bool(rest.split("\n", 1)[0].strip(BLANKS)) and _is_paragraph(ask.raw, len(first))
    if not is_split:
        first, rest = ask.raw, ""
    return (first, rest) if survives(first, level, place) else ("", ask.raw)


def survives(text: str, level: int, place: Place) -> bool:
    """Tell whether a text can be a heading: one line, no `#` or attributes at its end, no name of a part."""
    if "\n" in text or text in PARTS:
        return False
    page = Page(whole(Source("", f"{'#' * level} {text}")))
    headed = page.heading(next(blocks(page.text.text)), (), place)
    return headed.text.text == text and not headed.attributes and not page.found


def _is_paragraph(text: str, end: int) -> bool:
    first = next(blocks(text))
    return first.shape is Shape.TEXT and first.end == end


# Attributes -------------------------------------------------------------------------------------


def word(name: str) -> list[str]:
    """Return an attribute that is a word; none for an empty one."""
    return [f".{name}"] if name else []


def name(written: str) -> list[str]:
    """Return the attribute of an id; none for an empty one."""
    return [f"#{written}"] if written else []


def pairs(key: str, *values: str) -> list[str]:
    """Return a key with each of its values that is not empty."""
    return [f"{key}={value if _BARE.fullmatch(value) else quoted(value)}" for value in values if value]


# Lists ------------------------------------------------------------------------------------------


def item(text: str, mark: str = "", comment: str = "") -> str:
    """Return a list item, its further lines indented to its content."""
    mark = mark or bullet(text)
    if comment:
        gap = "\n" if "\n" in text else " "
        text = f"{text}{gap}<!-- {comment} -->"
    return f"{mark} {indented(text, len(mark) + 1)}"


def indented(text: str, columns: int) -> str:
    """Return a text with all lines but the first indented."""
    return _LINE_BREAK.sub("\n" + " " * columns, text)


def bullet(text: str, above: str = "") -> str:
    """Return the mark of an item: none that makes a rule with its text, or goes on with a list above."""
    first = text.split("\n", 1)[0]
    marks = (mark for mark in "-*+" if mark != list_mark(above))
    return next(mark for mark in marks if not _RULE.fullmatch(f"{mark} {first}"))


def list_mark(text: str) -> str:
    """Return the mark of the list that ends a text; empty if none does."""
    last = next(reversed(list(blocks(text))), None)
    return last.mark if last else ""


# Pictures and links -----------------------------------------------------------------------------


def picture(path: str, alt: str, caption: Prose | None = None) -> str:
    """Return a picture."""
    address = _NOT_IN_PATH.sub(lambda c: "".join(f"%{byte:02X}" for byte in c[0].encode()), path)
    title = f" {quoted(caption.raw)}" if caption else ""
    return f"![{escaped(alt)}]({address}{title})"


def link(title: str, address: str) -> str:
    """Return a link, or the title alone if that cannot be taken for one."""
    if not address and title[0].isalpha() and not title.lower().startswith(("http:", "https:")):
        return escaped(title)
    inside = address.replace("\\", "\\\\")
    return f"[{escaped(title)}]({f'<{inside}>' if '(' in inside or ')' in inside else inside})"


def escaped(text: str) -> str:
    """Return a text that is not Markdown as it stands in brackets."""
    return _BRACKETS.sub(r"\\\1", text)
