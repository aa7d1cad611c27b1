"""Decks written as YAML, as people would: braces for what is short, blocks for texts, quotes where needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.formats.write_values import Plain, Value, deck_values, section_values

if TYPE_CHECKING:
    from deckbuild.model import Deck, Section

_WIDTH = 110
_LISTS = frozenset({"tags", "roles", "see", "was", "authors", "accept", "rect", "items"})
_MAPPINGS = frozenset({"figure", "basic", "steps", "typed"})
_LISTS_OF_MAPPINGS = frozenset({"sources", "masks"})
"""Keys whose values, or whose items, stand in brackets or braces if one line holds them."""
_SPACED = frozenset({"questions", "sections"})
"""Lists whose items stand apart."""

_NOT_PLAIN = re.compile(
    r"""
    [-?:,\[\]{}\#&*!|>'"%@`=~.\s]                      # what no plain text begins with, or oddly so
    |(?:true|false|null|yes|no|on|off|y|n)\Z           # what other programs read as something else
    |[+\d][\d_.,:+xobtz-]*(?:e[+-]?\d+)?\Z
    |.*(?::(?:\s|\Z)|\s\#|\t|\s\Z)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_PLAIN_IN_BRACES = re.compile(r"""[,\[\]{}:#'"]""")
_BREAK = re.compile(r"(?<=\S) (?=\S)")


def to_yaml(deck: Deck) -> str:
    """Return a deck as one YAML file, which reads as the same deck."""
    return render(deck_values(deck))


def section_to_yaml(section: Section) -> str:
    """Return a section as a YAML file of a folder deck."""
    return render(section_values(section))


def render(values: dict[str, Value]) -> str:
    """Return keys and values as YAML."""
    return "".join(f"{line}\n" for line in _mapping(values, 0))


def scalar(text: str) -> str:
    """Return a text of one line, in quotes where it needs them."""
    return _quoted(text, in_braces=True)


# Blocks -----------------------------------------------------------------------------------------


def _mapping(values: dict[str, Value], column: int) -> list[str]:
    return [line for key, value in values.items() for line in _entry(key, value, column)]


def _entry(key: str, value: Value, column: int) -> list[str]:
    """Return a key with its value; `column` is where the key will stand."""
    head = f"{key}: "
    is_short = key in _LISTS if isinstance(value, list) else key in _MAPPINGS
    if (is_short or value == []) and (flow := _flow(value, column + len(head))):
        return [f"{head}{flow}"]
    match value:
        case dict():
            return [f"{key}:", *_indented(_mapping(value, column + 2))]
        case list():
            items = [_item(key, item, column + 2) for item in value]
            return [f"{key}:", *_indented(_joined(items, spaced=key in _SPACED))]
        case _:
            return _scalar(head, value, column)


def _item(key: str, value: Value, column: int) -> list[str]:
    """Return an item of the list of a key."""
    if key in _LISTS_OF_MAPPINGS and (flow := _flow(value, column + 2)):
        return [f"- {flow}"]
    if not isinstance(value, dict):
        return _scalar("- ", value, column)
    first, *rest = _mapping(value, column + 2)
    return [f"- {first}", *_indented(rest)]


def _joined(items: list[list[str]], *, spaced: bool) -> list[str]:
    out: list[str] = []
    for item in items:
        out += ["", *item] if spaced and out else item
    return out


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


# Texts ------------------------------------------------------------------------------------------


def _scalar(head: str, value: Value, column: int) -> list[str]:
    """Return a text after its key or dash: on the same line, or as a block below."""
    if isinstance(value, Plain):
        return [f"{head}{value.text}"]
    assert isinstance(value, str), "lists and mappings are taken apart before"
    if "\n" in value:
        mark = "|2" if value[0] in " \t" else "|"
        return [f"{head}{mark}", *_indented(value.split("\n"))]
    line = f"{head}{_quoted(value, in_braces=False)}"
    if column + len(line) <= _WIDTH or value[0] in " \t" or not _BREAK.search(value):
        return [line]
    return [f"{head}>-", *_indented(_folded(value, _WIDTH - column - 2))]


def _folded(text: str, width: int) -> list[str]:
    """Return a text on several lines, broken where there is one blank."""
    lines: list[str] = []
    for word in _BREAK.split(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _flow(value: Value, column: int) -> str:
    """Return a value in brackets or braces; nothing if it does not fit on the line."""
    match value:
        case Plain(text):
            flow = text
        case str():
            flow = "" if "\n" in value else _quoted(value, in_braces=True)
        case list():
            items = [_flow(item, column) for item in value]
            flow = f"[{', '.join(items)}]" if all(items) else ""
        case _:
            pairs = {key: _flow(inner, column) for key, inner in value.items()}
            inside = ", ".join(f"{key}: {inner}" for key, inner in pairs.items())
            flow = f"{{{inside}}}" if all(pairs.values()) else ""
    return flow if column + len(flow) <= _WIDTH else ""


def _quoted(text: str, *, in_braces: bool) -> str:
    """Return a text of one line as it is if that is safe, else in single quotes."""
    if text and not (_NOT_PLAIN.match(text) or (in_braces and _NOT_PLAIN_IN_BRACES.search(text))):
        return text
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
