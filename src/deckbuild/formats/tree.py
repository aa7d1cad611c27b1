"""The tree that every format is read to: scalars, sequences and mappings with their places.

YAML, Markdown and CSV differ only in how they are read to this tree. What the keys mean, which are
required and what is wrong with a value is said once, in `lower`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuild.source import Origin


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text exactly as its author meant it: `1.10` stays `1.10`, `null` is a word."""

    text: str
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: str
    value: Node
    origin: Origin = field(compare=False, repr=False)
    """Where the key stands."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in source order; a reader reports duplicate keys and keeps the first."""

    entries: tuple[Entry, ...]
    origin: Origin = field(compare=False, repr=False)


Node = Scalar | Sequence | Mapping
