"""How messages name what an author wrote, and guess what was meant."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from deckbuild.formats.keys import CARD, DECK, KINDS, OPTION, SOURCE, Atom, Kind, ListOf, OneOf, TextOr
from deckbuild.formats.tree import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from deckbuild.formats.keys import Key, Type
    from deckbuild.formats.tree import Node

_LONGEST = 40
_GLUED = re.compile(r"[a-z]+:[^\s/]")
_QUOTE_IT = "if it is one text, put it in single quotes"
_OTHER_WORDS = {
    "ask": ("question", "prompt", "front", "q"),
    "answer": ("back", "a", "response"),
    "points": ("key_points", "keypoints", "rubric", "bullets"),
    "followups": ("follow_ups", "follow-ups"),
    "pitfalls": ("mistakes", "common_mistakes"),
    "sources": ("references", "links", "refs"),
    "details": ("explanation", "long", "body"),
    "short": ("term", "name"),
    "difficulty": ("level",),
    "minutes": ("time", "duration"),
    "choice": ("mcq", "multiple_choice"),
    "steps": ("ordered", "sequence"),
    "right": ("correct", "true"),
    "wrong": ("incorrect", "false"),
    "lang": ("language", "locale"),
    "image": ("src", "path", "file"),
    "url": ("link", "href"),
}
"""Words that other tools have for our keys."""
_KEY_MEANT = {word: key for key, words in _OTHER_WORDS.items() for word in words}


def described(node: Node) -> str:
    """Return what a node is, to go on after "but this is"."""
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case Scalar(text=text):
            return f"`{shown(text)}`" if text.strip() else "empty"


def shown(text: str) -> str:
    """Return the start of a text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def listed(words: tuple[str, ...]) -> str:
    """Return words as `a`, `b` or `c`."""
    quoted = [f"`{word}`" for word in words]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else quoted[0]


def sample(key: Key) -> str:
    """Return a line that shows how the key is used."""
    return f"{key.name}: {key.example or _placeholder(key.type)}"


def blank(key: Key) -> str:
    """Return a line for a key to fill in: an example only where the value has a form of its own."""
    return f"{key.name}: …" if key.type in {Atom.TEXT, Atom.LINE} else sample(key)


def suggestion(written: str, words: tuple[str, ...]) -> str:
    """Return a question for the word that was probably meant; empty if none is like it."""
    close = _closest(written, words)
    return f"did you mean `{close}`?" if close else ""


def closest_key(written: str, kind: Kind) -> str:
    """Return the key of the kind that was probably meant; empty if there is none like it."""
    plain = _plain(written)
    meant = plain if plain in kind.names else _KEY_MEANT.get(plain, "")
    if meant in kind.names:
        return meant
    return "" if _homes(plain) else _closest(plain, kind.names)


def meant_key(written: str, kind: Kind) -> str:
    """Return help for a key that the kind does not have."""
    if meant := closest_key(written, kind):
        return f"did you mean `{meant}`?"
    plain = _plain(written)
    if homes := _homes(plain):
        *others, last = homes
        return f"`{plain}` belongs to {', '.join(others)}{' or ' if others else ''}{last}"
    return f"its keys are {listed(kind.names)}"


def _closest(written: str, words: tuple[str, ...]) -> str:
    """Return the word most like the written one; the same letters in another order come first."""
    close = get_close_matches(written, words, 3)
    return next((word for word in close if sorted(word) == sorted(written)), next(iter(close), ""))


def _plain(written: str) -> str:
    return written.lower().replace(" ", "_")


def _homes(name: str) -> list[str]:
    return [kind.name for kind in KINDS if name in kind.names]


def meant_mapping(node: Node, kind: Kind) -> str:
    """Return help for what is no mapping where one of that kind is wanted."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if kind is CARD and "{{" in text:
        return "write `cloze: '…'`"
    if kind is SOURCE and "://" in text:
        return f"write `title: …` and below it `url: '{shown(text)}'`"
    if _GLUED.match(text):
        return "a blank is missing behind the colon"
    if kind is DECK:
        return "write `questions:` above it" if isinstance(node, Sequence) else "start with `title: …`"
    if kind is OPTION and text:
        return f"write `right: {shown(text)}` or `wrong: {shown(text)}`"
    if kind is CARD and text:
        return "write `basic: {ask: …, answer: …}`"
    wanted = next((key for key in kind.keys if key.required or key.name in kind.one_of), kind.keys[0])
    return f"start with `{blank(wanted)}`"


def meant_list(node: Node, key: Key) -> str:
    """Return help for what is no list where one is wanted, with what the author wrote in it."""
    item = key.type.item if isinstance(key.type, ListOf) else key.type
    kind = item.kind if isinstance(item, TextOr) else item
    match node, item:
        case Mapping(entries=(first, *_)), _ if isinstance(kind, Kind) and first.key in kind.names:
            return f"put `- ` in front of `{first.key}`"
        case Scalar(text=text), Atom.TEXT | Atom.LINE | TextOr():
            return f"write `- {shown(text)}` on a line of its own"
        case Scalar(text=text), Kind() if names := _first_names(item):
            name = "cloze" if "cloze" in names and "{{" in text else names[0]
            return f"write `- {name}: …` on a line of its own"
        case _:
            return f"write `{sample(key)}`"


def _first_names(kind: Kind) -> tuple[str, ...]:
    """Return the keys with which a mapping of a kind may begin."""
    return tuple(key.name for key in kind.keys if key.required or key.name in kind.one_of)


def meant_text(node: Node) -> str:
    """Return help for a list or mapping where a text is wanted: mostly one that misses its quotes."""
    match node:
        case Mapping(entries=(entry,)) if isinstance(entry.value, Scalar) and "\n" not in entry.value.text:
            text = f"{entry.key}: {entry.value.text}".rstrip().replace("'", "''")
            return f"a text with `: ` in it wants quotes: `'{text}'`"
        case Mapping() | Sequence():
            return _QUOTE_IT
        case _:
            return ""


def _placeholder(kind: Type) -> str:
    match kind:
        case ListOf():
            return "[…]"
        case OneOf(words=words):
            return words[0]
        case Atom.FLAG:
            return "true"
        case Atom() | TextOr():
            return "…"
        case _:
            return "{…}"
