"""The traps that a parsed YAML tree shows: values that are not what their author sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ryml

from deckbuild.formats.characters import CONTROL
from deckbuild.formats.keys import TEXT_KEYS
from deckbuild.formats.yaml import traps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.formats.yaml.places import Document

FEATURES: int = ryml.VALTAG | ryml.KEYTAG | ryml.VALANCH | ryml.KEYANCH | ryml.VALREF | ryml.KEYREF
_PLAIN: int = ryml.VAL_PLAIN
_QUOTED: int = ryml.VALQUO
_DOUBLE: int = ryml.VAL_DQUO

_UNWANTED = re.compile(f"{CONTROL.pattern}|\ufffd")
"""What an escape must not make; U+FFFD stands for half a character."""
_COMMENT = re.compile(r"[ \t]+#")
_REMARK = re.compile(r"[ \t]{2,}#[ \t]")
"""A comment set off as people set off remarks."""
_HASH = re.compile(r"[ \t]#")
_LONGEST_WORD = 200
_COLON = re.compile(r"[\"']?\s*:")
_MARKS = (
    (ryml.KEYTAG, "key_tag", "tag"),
    (ryml.VALTAG, "val_tag", "tag"),
    (ryml.KEYANCH, "key_anchor", "anchor"),
    (ryml.VALANCH, "val_anchor", "anchor"),
    (ryml.KEYREF, "key_ref", "alias"),
    (ryml.VALREF, "val_ref", "alias"),
)


@dataclass
class Checks:
    """Looks at one node after the other; `tree` is the parsed document."""

    document: Document
    tree: Any

    def __post_init__(self) -> None:
        self._words_before_hash = frozenset(_words_before_hash(self.document.text))

    def scalar(self, node: int, kind: int, key: str, text: str) -> Iterator[Diagnostic]:
        """Check a value; `key` is the one it, or the list it stands in, belongs to."""
        if kind & _DOUBLE:
            if "$" in text or _UNWANTED.search(text):
                yield from self._escapes(node, text)
        elif text.startswith(("`", "@")) and kind & _PLAIN:
            yield traps.leading_character(self.document, *self.document.layout.value_range(node))
        elif (
            self._words_before_hash
            and key in TEXT_KEYS
            and not kind & _QUOTED
            and (not text or _last_word(text) in self._words_before_hash)
        ):
            yield from self._comment(node)

    def missing_value(self, node: int) -> Diagnostic | None:
        """Check a key in braces that has no value: it may be the rest of a text with a comma."""
        document, layout = self.document, self.document.layout
        start, end = layout.key_range(node)
        if _COLON.match(document.text, end):
            return None
        earlier = self.tree.prev_sibling(node)
        has_text = earlier != ryml.NONE and not self.tree.has_children(earlier)
        text_start = layout.value_range(earlier)[0] if has_text else start
        return traps.comma_in_braces(document, text_start, (start, end))

    def features(self, node: int, kind: int) -> Iterator[Diagnostic]:
        """Report what of YAML banks do not have: tags, anchors and aliases."""
        layout = self.document.layout
        for bit, mark, name in _MARKS:
            if kind & bit:
                place = layout.mark_range(node, mark)
                if mark.startswith("key"):
                    yield traps.key_feature(self.document, place, name)
                else:
                    yield traps.value_feature(self.document, place, name)

    def merge(self, node: int) -> Diagnostic:
        """Report the merge key `<<`."""
        return traps.key_feature(self.document, self.document.layout.key_range(node), "merge key")

    def duplicate(self, key: str, first: int, again: int) -> Diagnostic:
        """Report a key that stands twice in one mapping."""
        layout = self.document.layout
        return traps.duplicate_key(self.document, key, layout.key_range(first), layout.key_range(again))

    def _comment(self, node: int) -> Iterator[Diagnostic]:
        start, end = self.document.layout.value_range(node)
        text = self.document.text
        if start == end and text.startswith("#", start):
            yield traps.comment_after_text(self.document, start, start)
        elif (comment := _COMMENT.match(text, end)) and not _REMARK.match(text, end):
            yield traps.comment_after_text(self.document, start, comment.end() - 1)

    def _escapes(self, node: int, text: str) -> Iterator[Diagnostic]:
        document = self.document
        start, end = document.layout.value_range(node)
        in_math = [(start + a, start + b) for a, b in traps.math_escapes(document.text[start:end])]
        for place in in_math:
            yield traps.escape_in_math(document, start, place, end)
        told = frozenset(in_math)
        for character in _UNWANTED.finditer(text):
            place = document.layout.value_range(node, *character.span())
            if document.text.startswith("\\", place[0]) and place not in told:
                yield traps.escape_to_control(document, start, place, end)


def _words_before_hash(text: str) -> Iterator[str]:
    """Yield the words that ` #` follows, so that only texts which end with one are looked up."""
    for found in _HASH.finditer(text):
        if not _REMARK.match(text, found.start() - 1):
            before = text[max(0, found.start() - _LONGEST_WORD) : found.start()]
            yield _last_word(before.rstrip(" \t"))


def _last_word(text: str) -> str:
    """Return the end of a text from its last blank on, of a long word the end of it."""
    text = text[-_LONGEST_WORD // 2 :]
    return text[max(map(text.rfind, " \t\n")) + 1 :]
