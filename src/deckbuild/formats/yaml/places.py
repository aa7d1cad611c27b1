"""Where the nodes of a YAML tree stand in their source, worked out only when somebody asks.

A big bank has a million nodes and next to nothing to report. So an origin is a node's number, and
the first one that is asked parses the document again and finds its scalars by their addresses.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import ryml

from deckbuild.formats.yaml.parser import Complaint, parse_bytes
from deckbuild.formats.yaml.scalars import (
    block_runs,
    double_quoted_runs,
    locate,
    plain_runs,
    single_quoted_runs,
)
from deckbuild.source import Span

if TYPE_CHECKING:
    from deckbuild.formats.yaml.scalars import Run
    from deckbuild.source import Source

_COLON = re.compile(r"""["']?[ \t]*:?[ \t]*""")
_BETWEEN = re.compile(r"(?:[\s,:\"']|#[^\n]*\n)*(?:-(?!\S)[ \t]*)?")

_MAX_EMPTIES = 100
"""How many empty items in a row are told apart; what comes behind them stands where they do."""


@dataclass(frozen=True)
class Document:
    """The YAML of one source, as it was parsed: a slice of it, with unreadable parts blanked out."""

    source: Source
    start: int
    text: str = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """Return the span of a range of the document."""
        return Span(self.source, self.start + start, self.start + end)

    @cached_property
    def layout(self) -> Layout:
        """The places of all nodes; made when the first one is asked for."""
        return Layout(self.text)


@dataclass(frozen=True, slots=True)
class ValueOrigin:
    """The origin of a scalar."""

    document: Document
    node: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span of `text[start:end]`."""
        return self.document.span(*self.document.layout.value_range(self.node, start, end))


@dataclass(frozen=True, slots=True)
class KeyOrigin:
    """The origin of a key."""

    document: Document
    node: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span of `key[start:end]`."""
        first, last = self.document.layout.key_range(self.node)
        stop = last if end is None else min(first + end, last)
        return self.document.span(min(first + start, last), stop)


@dataclass(frozen=True, slots=True)
class NodeOrigin:
    """The origin of a mapping or a sequence: from its first key or item to its last."""

    document: Document
    node: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span, cut to `start` and `end`."""
        first, last = self.document.layout.node_range(self.node)
        stop = last if end is None else min(first + end, last)
        return self.document.span(min(first + start, last), stop)


@dataclass(frozen=True, slots=True)
class _Scalar:
    offset: int
    length: int
    runs: tuple[Run, ...]

    def range(self, start: int, end: int) -> tuple[int, int]:
        return locate(self.runs, start, end) if self.runs else (self.offset, self.offset)


class Layout:
    """The parsed bytes of a document once more, to look up addresses in.

    Places are offsets in the document's text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._raw = text.encode(errors="replace")
        self._parsed = bytearray(self._raw)
        tree = parse_bytes(self._parsed)
        assert not isinstance(tree, Complaint), "a document has origins only if it was parsed"
        self._tree: Any = tree
        self._asked: tuple[int, str] | None = None
        self._found: _Scalar | None = None
        self._base = _address(memoryview(self._parsed))

    def key_range(self, node: int) -> tuple[int, int]:
        """Return the place of a node's key."""
        scalar = self._scalar(node, "key")
        if scalar is None:
            before = self._before(node)
            return before, before
        return scalar.range(0, scalar.length)

    def value_range(self, node: int, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return the place of `value[start:end]` of a scalar."""
        scalar = self._scalar(node, "val")
        if scalar is None:
            before = self._before(node)
            return before, before
        return scalar.range(start, scalar.length if end is None else min(end, scalar.length))

    def node_range(self, node: int) -> tuple[int, int]:
        """Return the place of all that a mapping or sequence holds."""
        return self._start(node), self._end(node)

    def mark_range(self, node: int, mark: str) -> tuple[int, int]:
        """Return the place of a node's `val_tag`, `key_anchor`, `val_ref` and so on."""
        view = getattr(self._tree, mark)(node)
        start = self._offset(view) or 0
        # The tree has names of anchors and aliases without their `&` or `*`, tags with their `!`.
        return start - (not mark.endswith("tag")), start + len(decode_scalar(view))

    def _scalar(self, node: int, part: str) -> _Scalar | None:
        """Return a key or value that has characters of its own; the last one is remembered."""
        # A text with many findings is asked for again and again.
        if self._asked != (node, part):
            self._asked, self._found = (node, part), self._find_scalar(node, part)
        return self._found

    def _find_scalar(self, node: int, part: str) -> _Scalar | None:
        tree = self._tree
        view = getattr(tree, part)(node) if getattr(tree, f"has_{part}")(node) else None
        offset = self._offset(view)
        if view is None or offset is None:
            return None
        value = decode_scalar(view)
        return _Scalar(offset, len(value), self._runs(offset, value, self._style(node, part)))

    def _runs(self, offset: int, value: str, style: str) -> tuple[Run, ...]:
        match style:
            case "squo":
                return single_quoted_runs(self._text, offset, value)
            case "dquo":
                return double_quoted_runs(self._text, offset, value)
            case "block":
                return block_runs(self._text, offset, value)
            case _:
                return plain_runs(self._text, offset, value)

    def _style(self, node: int, part: str) -> str:
        tree = self._tree
        if getattr(tree, f"is_{part}_squo")(node):
            return "squo"
        if getattr(tree, f"is_{part}_dquo")(node):
            return "dquo"
        is_block = getattr(tree, f"is_{part}_literal")(node) or getattr(tree, f"is_{part}_folded")(node)
        return "block" if is_block else "plain"

    def _start(self, node: int) -> int:
        tree = self._tree
        while tree.has_children(node):
            node = tree.first_child(node)
            if tree.has_key(node):
                return self.key_range(node)[0]
        return self.value_range(node)[0]

    def _end(self, node: int) -> int:
        tree = self._tree
        while tree.has_children(node):
            node = tree.last_child(node)
        return self.value_range(node)[1]

    def _before(self, node: int) -> int:
        """Return where something without characters of its own stands: after what precedes it."""
        tree = self._tree
        place, empties = None, 0
        while place is None:
            if self._scalar(node, "key"):
                place = self._skip(_COLON, self.key_range(node)[1])
                break
            empties += 1
            earlier = tree.prev_sibling(node) if tree.has_parent(node) else ryml.NONE
            if earlier != ryml.NONE and empties < _MAX_EMPTIES:
                node, place = earlier, self._last_place(earlier)
            elif tree.has_parent(node):
                node = tree.parent(node)
            else:
                place = 0
        for _ in range(empties):
            place = self._skip(_BETWEEN, place)
        return place

    def _last_place(self, node: int) -> int | None:
        """Return the end of the last thing in a node that has characters; None if its last has none."""
        tree = self._tree
        while tree.has_children(node):
            node = tree.last_child(node)
        if self._scalar(node, "val"):
            return self.value_range(node)[1]
        return self.key_range(node)[1] if self._scalar(node, "key") else None

    def _skip(self, pattern: re.Pattern[str], offset: int) -> int:
        found = pattern.match(self._text, offset)
        return found.end() if found else offset

    def _offset(self, view: memoryview | None) -> int | None:
        r"""Return where a scalar starts, in characters; None if it does not stand in the bytes.

        A value that became longer than it was written (`\L` is three bytes) was moved elsewhere.
        """
        if view is None:
            return None
        offset = _address(view) - self._base
        return self._characters(offset) if 0 <= offset <= len(self._raw) else None

    def _characters(self, offset: int) -> int:
        if len(self._raw) == len(self._text):
            return offset
        starts, line_starts = self._line_starts
        line = bisect_right(starts, offset) - 1
        return line_starts[line] + len(self._raw[starts[line] : offset].decode(errors="ignore"))

    @cached_property
    def _line_starts(self) -> tuple[list[int], list[int]]:
        """Where lines start, in bytes and in characters."""
        in_bytes = [0, *(found.end() for found in re.finditer(b"\n", self._raw))]
        in_characters = [0, *(found.end() for found in re.finditer("\n", self._text))]
        return in_bytes, in_characters


def decode_scalar(view: memoryview) -> str:
    r"""Return a scalar's text; `\ud83d\ude00` in double quotes, as JSON has it, is one character."""
    try:
        return str(view, "utf-8")
    except UnicodeDecodeError:
        halves = bytes(view).decode("utf-8", "surrogatepass")
        return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Buffer(ctypes.Structure):
    """CPython's `Py_buffer`."""

    _fields_ = (
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.py_object),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p),
        ("suboffsets", ctypes.c_void_p),
        ("internal", ctypes.c_void_p),
    )


_get_buffer = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = [ctypes.py_object, ctypes.POINTER(_Buffer), ctypes.c_int]
_release_buffer = ctypes.pythonapi.PyBuffer_Release
_release_buffer.argtypes = [ctypes.POINTER(_Buffer)]
_release_buffer.restype = None


def _address(view: memoryview) -> int:
    """Return where the bytes of a view lie. `ctypes` refuses the address of read-only ones."""
    buffer = _Buffer()
    _get_buffer(view, ctypes.byref(buffer), 0)
    try:
        return buffer.buf or 0
    finally:
        _release_buffer(ctypes.byref(buffer))
