"""The JSON Schema of YAML banks, made from the table of keys: completion and checking in editors.

It never refuses what lowering accepts. What needs more than one place to see (ids that stand twice,
mentions, gaps) is left to the build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deckbuild.formats.keys import CHOICE, DECK, KINDS, QUESTION, Atom, Kind, ListOf, OneOf, TextOr
from deckbuild.formats.values import MAX_MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.formats.keys import Key, Type

Json = dict[str, Any]

_SLUG = r"[^\s!-/:-`{-~]+(-[^\s!-/:-`{-~]+)*"
"""Letters and digits of any script but no capitals of ASCII, joined by hyphens."""
_TEXT: Json = {"type": ["string", "number", "boolean", "null"]}
"""Texts are taken as written: `1.10` is no number and `null` is a word."""
_ATOMS: dict[Atom, Json] = {
    Atom.TEXT: _TEXT,
    Atom.LINE: _TEXT,
    Atom.ID: {**_TEXT, "pattern": f"^{_SLUG}$"},
    Atom.OLD_ID: {**_TEXT, "pattern": f"^({_SLUG}/)?{_SLUG}$"},
    Atom.WORD: {**_TEXT, "pattern": r"^\S+$"},
    Atom.NUMBER: {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_MINUTES},
    Atom.FLAG: {"type": "boolean"},
    Atom.DATE: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    Atom.LANG: {"type": ["string", "boolean"], "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    Atom.URL: {"type": "string", "pattern": r"^([hH][tT][tT][pP][sS]?://|[mM][aA][iI][lL][tT][oO]:)\S+$"},
    Atom.IMAGE: {"type": ["string", "number"], "minLength": 1},
    Atom.FRACTION: {"type": "number", "minimum": 0, "maximum": 1},
}


def json_schema() -> Json:
    """Return the schema of deck files, section files and `_deck.yaml`.

    A section's keys and those of `_deck.yaml` are keys of a deck: one schema fits all three, and
    `#/$defs` has each by itself.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Question bank",
        "description": "A deck of interview questions, one section of it, or the head of a deck in a folder.",
        "type": "object",
        "properties": _properties(DECK.keys),
        "additionalProperties": False,
        "not": {"required": list(DECK.one_of)},
        "$defs": {_name(kind): _kind(kind) for kind in KINDS},
    }


def _kind(kind: Kind) -> Json:
    schema: Json = {
        "title": kind.name,
        "type": "object",
        "properties": _properties(kind.keys),
        "additionalProperties": False,
    }
    if required := [key.name for key in kind.keys if key.required]:
        schema["required"] = required
    if kind.one_of:
        schema["oneOf"] = [{"required": [name]} for name in kind.one_of]
    if kind.some_of:
        schema["anyOf"] = [{"required": [name]} for name in kind.some_of]
    if kind is QUESTION:
        schema["anyOf"].append({"required": ["draft"], "properties": {"draft": {"const": True}}})
    if kind is CHOICE:
        right_and_wrong = [{"contains": {"required": [name]}} for name in ("right", "wrong")]
        schema["properties"]["options"]["allOf"] = right_and_wrong
    return schema


def _properties(keys: Iterable[Key]) -> Json:
    return {key.name: {"description": _description(key), **_type(key.type)} for key in keys}


def _description(key: Key) -> str:
    return f"{key.about} For example: {key.example}" if key.example else key.about


def _type(kind: Type) -> Json:
    match kind:
        case Atom():
            return _ATOMS[kind]
        case OneOf(words=words):
            return {"enum": list(words)}
        case ListOf(item=item, alone=alone):
            items: Json = {"type": "array", "items": _type(item)}
            if kind.least:
                items["minItems"] = kind.least
            return {"anyOf": [items, _type(item)]} if alone else items
        case TextOr(kind=inner):
            return {"anyOf": [_TEXT, _type(inner)]}
        case Kind():
            return {"$ref": f"#/$defs/{_name(kind)}"}


def _name(kind: Kind) -> str:
    return "-".join(word for word in kind.name.split() if word not in {"a", "an", "the", "of"})
