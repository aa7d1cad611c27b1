"""YAML read to the tree: every scalar as it was written, and nothing of it lost in silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ryml

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.formats.tree import Entry, Mapping, Node, Scalar, Sequence
from deckbuild.formats.yaml.checks import FEATURES, Checks
from deckbuild.formats.yaml.places import Document, KeyOrigin, NodeOrigin, ValueOrigin, decode_scalar
from deckbuild.formats.yaml.syntax import parse_document
from deckbuild.formats.yaml.text import check_documents, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.source import Source

MAX_DEPTH = 24
"""How deep lists and mappings may be nested; a bank needs nine levels."""

_MAP: int = ryml.MAP
_SEQ: int = ryml.SEQ
_BRACES: int = ryml.CONTAINER_STYLE_FLOW
_NO_VALUE: int = ryml.VALNIL
_NONE: int = ryml.NONE


def read_yaml(
    source: Source, *, start: int = 0, end: int | None = None
) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a source, or a part of it such as the front matter of a Markdown file.

    Questions that are no YAML are left out of the tree. A text that says nothing is an empty mapping.
    """
    whole = start == 0 and end is None
    document = Document(source, start, source.text if whole else source.text[start:end])
    if problem := check_size(document):
        return None, (problem,)
    early = tuple(check_documents(document))
    parsed, problems = parse_document(document)
    if parsed is None:
        return None, (*early, *problems)
    reader = _Reader(parsed.document, parsed.tree, Checks(parsed.document, parsed.tree))
    node = reader.root()
    return node, (*early, *problems, *reader.found)


@dataclass
class _Reader:
    """Walks a parsed tree once: makes the nodes, and has each checked on the way."""

    document: Document
    tree: Any
    checks: Checks
    found: list[Diagnostic] = field(default_factory=list)

    def root(self) -> Node:
        tree = self.tree
        root: int = tree.root_id()
        while tree.is_stream(root):
            root = tree.first_child(root)
        kind = tree.type(root)
        if not kind & (_MAP | _SEQ) and (not kind & ryml.VAL or kind & _NO_VALUE):
            return Mapping((), NodeOrigin(self.document, root))
        return self._node(root, kind, "", 1)

    def _node(self, number: int, kind: int, key: str, depth: int) -> Node:
        if kind & FEATURES:
            self.found += self.checks.features(number, kind)
        if kind & _MAP:
            return self._mapping(number, kind, depth)
        if kind & _SEQ:
            return self._sequence(number, key, depth)
        view = self.tree.val(number)
        text = "" if view is None else decode_scalar(view)
        self.found += self.checks.scalar(number, kind, key, text)
        return Scalar(text, ValueOrigin(self.document, number))

    def _mapping(self, number: int, kind: int, depth: int) -> Mapping:
        tree, document = self.tree, self.document
        entries: list[Entry] = []
        first: dict[str, int] = {}
        for child in self._children(number, depth):
            child_kind = tree.type(child)
            view = tree.key(child)
            key = "" if view is None else decode_scalar(view)
            earlier = first.setdefault(key, child)
            if earlier != child:
                self.found.append(self.checks.duplicate(key, earlier, child))
            elif key == "<<":
                self.found.append(self.checks.merge(child))
            elif child_kind & _NO_VALUE and kind & _BRACES and (trap := self.checks.missing_value(child)):
                self.found.append(trap)
            else:
                value = self._node(child, child_kind, key, depth + 1)
                entries.append(Entry(key, value, KeyOrigin(document, child)))
        return Mapping(tuple(entries), NodeOrigin(document, number))

    def _sequence(self, number: int, key: str, depth: int) -> Sequence:
        kind_of = self.tree.type
        items = [self._node(child, kind_of(child), key, depth + 1) for child in self._children(number, depth)]
        return Sequence(tuple(items), NodeOrigin(self.document, number))

    def _children(self, number: int, depth: int) -> Iterator[int]:
        if depth > MAX_DEPTH:
            span = self.document.span(*self.document.layout.node_range(number))
            message = f"lists and mappings nested more than {MAX_DEPTH} deep"
            self.found.append(error(Code.YAML_SYNTAX, message, span, help="a bank needs nine levels"))
            return
        next_sibling = self.tree.next_sibling
        child = self.tree.first_child(number)
        while child != _NONE:
            yield child
            child = next_sibling(child)
