"""HTML, as Anki keeps it in its fields, to Markdown: what can be said in Markdown, and no more.

No element reaches an output. What has no counterpart leaves its text; what is no text (a script,
a video) leaves nothing and is named to the caller.
"""

from __future__ import annotations

import re
from itertools import groupby
from textwrap import indent
from typing import TYPE_CHECKING

from deckbuild.formats.table.html_tree import Element, parse_html
from deckbuild.markup.media import SOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_KEPT = frozenset({"sub", "sup", "kbd", "mark"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "header"),
    *("hr", "html", "main", "ol", "p", "pre", "section", "table", "ul"),
}
_NO_TEXT = frozenset(
    {
        *("audio", "button", "canvas", "embed", "iframe", "input", "math", "noscript", "object", "script"),
        *("select", "style", "svg", "template", "textarea", "title", "video"),
    }
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_MATH = re.compile(
    r"\\\((?P<a>.{1,4000}?)\\\)|\[\$\](?P<b>.{1,4000}?)\[/\$\]"
    r"|\\\[(?P<A>.{1,4000}?)\\\]|\[\$\$\](?P<B>.{1,4000}?)\[/\$\$\]",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\`*\[\]<$~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?:[-+#>=]|\d{1,9}[.)])")
_SOUND = re.compile(rf"\[sound:([^\]<>\n]+(?:{'|'.join(map(re.escape, SOUNDS))}))\]", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\xa0]+")
_BREAK = "\\\n"
_BREAKS = re.compile(r"(?:[ \t]*\\\n[ \t]*){2,}")
_TICKS = re.compile(r"`+")


def html_to_markdown(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the Markdown of a piece of HTML, and the names of elements that were left out."""
    root = parse_html(html)
    return "\n\n".join(_blocks(root.children)), tuple(dict.fromkeys(_without_text(root)))


def plain_to_markdown(text: str) -> str:
    r"""Return Markdown that shows a plain text; `\(…\)` is a formula, as it is to Anki."""
    return _paragraphs(_BREAK.join(_escaped(line) for line in text.split("\n")))


def _without_text(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Element):
            if child.tag in _NO_TEXT:
                yield child.tag
            else:
                yield from _without_text(child)


# Blocks -----------------------------------------------------------------------------------------


def _blocks(children: Iterable[Element | str]) -> list[str]:
    """Return blocks of Markdown: blocks of HTML, and what stands between them as paragraphs."""
    blocks: list[str] = []
    for is_block, group in groupby(children, _has_block):
        if is_block:
            blocks += (block for child in group if isinstance(child, Element) for block in _block(child))
        elif text := _paragraphs(_inline(group)):
            blocks.append(text)
    return blocks


def _has_block(child: Element | str) -> bool:
    if isinstance(child, str) or child.tag in _NO_TEXT:
        return False
    return child.tag in _BLOCKS or any(_has_block(inner) for inner in child.children)


def _block(element: Element) -> list[str]:
    match element.tag:
        case "ul" | "ol":
            return _list(element)
        case "pre":
            return _fence(element)
        case "table":
            return _table(element)
        case "hr":
            return ["***"]
        case "blockquote":
            lines = "\n\n".join(_blocks(element.children)).split("\n")
            return ["\n".join(f"> {line}".rstrip() for line in lines)]
        case tag if tag in _HEADINGS:
            text = _inline(element.children).strip()
            return [f"**{text.replace('**', '')}**"] if text else []
        case _:
            return _blocks(element.children)


def _list(element: Element) -> list[str]:
    items: list[str] = []
    for child in element.children:
        if not isinstance(child, Element):
            continue
        mark = f"{len(items) + 1}. " if element.tag == "ol" else "- "
        text = "\n\n".join(_blocks(child.children if child.tag == "li" else [child]))
        if text:
            items.append(mark + indent(text, " " * len(mark)).lstrip())
    return ["\n".join(items)] if items else []


def _fence(element: Element) -> list[str]:
    text = element.text().strip("\n")
    fence = "`" * max([2, *(len(run) for run in _TICKS.findall(text))])
    return [f"{fence}`\n{text}\n{fence}`"] if text.strip() else []


def _table(element: Element) -> list[str]:
    rows = [cells for row in _find(element, "tr") if (cells := [*map(_cell, _find(row, "td", "th"))])]
    if not rows:
        return []
    width = max(map(len, rows))
    head, *body = [[*row, *[""] * (width - len(row))] for row in rows]
    return ["\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *body))]


def _find(element: Element, *tags: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.tag in tags:
                yield child
            else:
                yield from _find(child, *tags)


def _cell(element: Element) -> str:
    text = " ".join(_blocks(element.children))
    return _BLANKS.sub(" ", text.replace(_BREAK, "<br>"))


def _paragraphs(text: str) -> str:
    """Return inline text as paragraphs: two line breaks in a row part them."""
    parts = (part.strip().removesuffix("\\").strip() for part in _BREAKS.split(text))
    lines = ("\n".join(map(_started, part.removeprefix(_BREAK).split("\n"))) for part in parts if part)
    return "\n\n".join(line.strip() for line in lines if line.strip())


def _started(line: str) -> str:
    """Escape what would make a list, a heading or a quotation of a line."""
    line = line.lstrip()
    found = _LINE_START.match(line)
    return f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}" if found else line


# Inline -----------------------------------------------------------------------------------------


def _inline(children: Iterable[Element | str]) -> str:
    return "".join(_escaped(child) if isinstance(child, str) else _element(child) for child in children)


def _element(element: Element) -> str:
    match element.tag:
        case "br":
            return _BREAK
        case "code":
            return _code(element.text())
        case "img":
            source = re.sub(r"[<>\n]", "", element.attributes.get("src", "")).strip()
            return f"![{_escaped(element.attributes.get('alt', ''))}](<{source}>)" if source else ""
        case "anki-mathjax":
            dollars = "$$" if element.attributes.get("block") == "true" else "$"
            return f"{dollars}{element.text().strip()}{dollars}"
        case "a":
            address = element.attributes.get("href", "")
            is_link = _ADDRESS.fullmatch(address)
            return _around(element, "[", f"](<{address}>)") if is_link else _around(element)
        case tag if tag in _MARKS:
            return _around(element, _MARKS[tag], _MARKS[tag])
        case tag if tag in _KEPT:
            return _around(element, f"<{tag}>", f"</{tag}>")
        case tag if tag in _NO_TEXT:
            return ""
        case _:
            return _inline(element.children)


def _around(element: Element, before: str = "", after: str = "") -> str:
    """Return the inside of an element between marks; blanks at its edges go outside."""
    text = _inline(element.children)
    inner = text.strip()
    if not inner or inner == "\\":
        return text
    start = text.index(inner)
    return f"{text[:start]}{before}{inner}{after}{text[start + len(inner) :]}"


def _code(text: str) -> str:
    ticks = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}" if text.strip() else ""


def _escaped(text: str) -> str:
    """Escape what means something to Markdown, and write formulas and recordings as it has them."""
    *heard, last = _SOUND.split(_BLANKS.sub(" ", text))
    pairs = zip(heard[::2], heard[1::2], strict=True)
    return "".join((*(f"{_written(words)}{_sound(name)}" for words, name in pairs), _written(last)))


def _sound(name: str) -> str:
    """Return a recording that Anki plays; its name is all that is known of what it says."""
    return f"![{_written(name.rpartition('.')[0])}](<{name}>)"


def _written(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for found in _MATH.finditer(text):
        inline, display = found["a"] or found["b"], found["A"] or found["B"]
        formula = f"${inline.strip()}$" if inline else f"$${display.strip()}$$"
        pieces += (_SPECIAL.sub(r"\\\g<0>", text[at : found.start()]), formula)
        at = found.end()
    return "".join((*pieces, _SPECIAL.sub(r"\\\g<0>", text[at:])))
