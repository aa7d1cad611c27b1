"""The fields of a mapping: its keys checked against the table, its values read as what they must be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from deckbuild.diagnostic import Code, Label
from deckbuild.formats.keys import ListOf
from deckbuild.formats.lower.lowering import Name, place
from deckbuild.formats.tree import Mapping, Scalar, Sequence
from deckbuild.formats.values import Fault, flag, identifier, line
from deckbuild.formats.wording import (
    blank,
    closest_key,
    described,
    listed,
    meant_key,
    meant_list,
    meant_mapping,
    meant_text,
    sample,
    shown,
)
from deckbuild.markup.text import slug, to_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.formats.keys import Key, Kind
    from deckbuild.formats.lower.lowering import Lowering
    from deckbuild.formats.tree import Entry, Node
    from deckbuild.markup.prose import Prose
    from deckbuild.source import Origin, Span

T = TypeVar("T")

_FILL = "write a value, or delete the key"


def open_mapping(node: Node, kind: Kind, lowering: Lowering) -> Fields | None:
    """Return the fields of a mapping, its keys checked; None if it is no mapping."""
    if not isinstance(node, Mapping):
        message = f"{kind.name} must be a mapping, but this is {described(node)}"
        lowering.error(Code.WRONG_TYPE, message, place(node), help=meant_mapping(node, kind))
        return None
    known = frozenset(kind.names)
    entries = {entry.key: entry for entry in node.entries if entry.key in known}
    for entry in node.entries:
        if entry.key not in known:
            _report_unknown(entry, kind, lowering)
            # A misspelled key is reported once, and read as what it was meant to be.
            if meant := closest_key(entry.key, kind):
                entries.setdefault(meant, entry)
    fields = Fields(lowering, kind, node, entries)
    fields.check_keys()
    return fields


@dataclass(frozen=True, slots=True)
class Fields:
    """The known fields of one mapping. A getter reports what it cannot read, and returns nothing."""

    lowering: Lowering
    kind: Kind
    node: Mapping
    entries: dict[str, Entry]

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def check_keys(self) -> None:
        """Report keys that are missing, and keys that exclude one another."""
        for key in self.kind.keys:
            if key.required and key.name not in self:
                self._report_missing(f"`{key.name}`", f"add `{blank(key)}`")
        given = [name for name in self.kind.one_of if name in self]
        if self.kind.one_of and not given:
            self._report_missing(f"one of {listed(self.kind.one_of)}", "add one of them")
        for name in given[1:]:
            message = f"{self.kind.name} has either `{given[0]}` or `{name}`, not both"
            labels = Label(self.span(name)), Label(self.span(given[0]), "the other")
            self.lowering.error(Code.INVALID_VALUE, message, *labels, help="keep one of them")

    def check_some(self) -> None:
        """Report it if none of the keys is there of which one must be."""
        if not any(name in self for name in self.kind.some_of):
            self._report_missing(f"one of {listed(self.kind.some_of)}", "add one of them")

    def origin(self, name: str) -> Origin:
        """Return where a value stands."""
        return self.entries[name].value.origin

    def span(self, name: str) -> Span:
        """Return where a key stands."""
        return self.entries[name].origin.span()

    def is_empty(self, name: str) -> bool:
        """Tell whether a key stands there without a value."""
        node = self.node_of(name)
        return isinstance(node, Scalar) and not node.text.strip()

    # Texts ----------------------------------------------------------------------------------

    def text(self, name: str, *, min_heading: int = 4, cloze: bool = False) -> Prose | None:
        """Return a Markdown text."""
        scalar = self._scalar(name, "a text")
        if scalar is None:
            return None
        if not scalar.text.strip():
            self._report_empty(name)
            return None
        return self.lowering.prose(scalar, f"`{name}`", min_heading=min_heading, cloze=cloze)

    def texts(self, name: str, *, min_heading: int = 4) -> tuple[Prose, ...]:
        """Return a list of Markdown texts."""
        texts = (self.item_text(name, item, min_heading=min_heading) for item in self.items(name))
        return tuple(text for text in texts if text)

    def item_text(self, name: str, item: Node, *, min_heading: int = 4) -> Prose | None:
        """Return one text of the list `name`."""
        what = f"an item of `{name}`"
        if not isinstance(item, Scalar):
            message = f"{what} must be a text, but this is {described(item)}"
            self.lowering.error(Code.WRONG_TYPE, message, place(item), help=meant_text(item))
        elif not item.text.strip():
            self._report_empty_item(what, item)
        else:
            return self.lowering.prose(item, what, min_heading=min_heading)
        return None

    # Words ----------------------------------------------------------------------------------

    def value(self, name: str, read: Callable[[str], T | Fault]) -> T | None:
        """Return a scalar as `read` understands it."""
        scalar = self._scalar(name, "one value")
        if scalar is None:
            return None
        if not scalar.text.strip():
            self._report_empty(name)
            return None
        return self._read(scalar, f"`{name}`", read)

    def values(self, name: str, read: Callable[[str], T | Fault]) -> tuple[tuple[T, Origin], ...]:
        """Return a list of scalars as `read` understands them, and where each stands."""
        values: list[tuple[T, Origin]] = []
        what = f"an item of `{name}`"
        for item in self.items(name):
            if not isinstance(item, Scalar):
                message = f"{what} must be one value, but this is {described(item)}"
                help_text = f"write `{sample(self._key(name))}`"
                self.lowering.error(Code.WRONG_TYPE, message, place(item), help=help_text)
            elif not item.text.strip():
                self._report_empty_item(what, item)
            elif (value := self._read(item, what, read)) is not None:
                values.append((value, item.origin))
        return tuple(values)

    def words(self, name: str, read: Callable[[str], str | Fault]) -> tuple[str, ...]:
        """Return a list of words or lines, each once."""
        return tuple(dict.fromkeys(word for word, _ in self.values(name, read)))

    def line(self, name: str) -> str:
        """Return a text of one line."""
        return self.value(name, line) or ""

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return `true` or `false`."""
        value = self.value(name, flag)
        return default if value is None else value

    def name(self, prompt: Prose | None) -> Name | None:
        """Return the id: as written, or made from the prompt."""
        if "id" in self:
            written = self.value("id", identifier)
            return Name(written, self.origin("id")) if written else None
        if prompt is None:
            return None
        made = slug(to_text(prompt.events))
        if made:
            return Name(made, prompt.origin, written=False)
        message = f"no id can be made from the prompt of {self.kind.name}"
        self.lowering.error(Code.INVALID_VALUE, message, prompt.origin.span(), help="add an `id`")
        return None

    # Nodes ----------------------------------------------------------------------------------

    def items(self, name: str) -> tuple[Node, ...]:
        """Return the items of a list; where the table allows it, a single one may stand alone."""
        match self.node_of(name):
            case None:
                pass
            case Sequence(items=items) if items or not self._least(name) or self.lowering.partial:
                return items
            case Scalar(text="") if self.lowering.partial:
                pass
            case Scalar(text="") | Sequence(items=()):
                self._report_empty(name)
            case Scalar() as scalar if self._may_stand_alone(name):
                return (scalar,)
            case other:
                message = f"`{name}` must be a list, but this is {described(other)}"
                help_text = meant_list(other, self._key(name))
                self.lowering.error(Code.WRONG_TYPE, message, place(other), help=help_text)
        return ()

    def inner(self, name: str, kind: Kind) -> Fields | None:
        """Return the fields of a mapping inside this one."""
        node = self.node_of(name)
        return open_mapping(node, kind, self.lowering) if node else None

    def node_of(self, name: str) -> Node | None:
        """Return the value of a key as it is."""
        entry = self.entries.get(name)
        return entry.value if entry else None

    def _scalar(self, name: str, expected: str) -> Scalar | None:
        node = self.node_of(name)
        if node is None or isinstance(node, Scalar):
            return node
        message = f"`{name}` must be {expected}, but this is {described(node)}"
        self.lowering.error(Code.WRONG_TYPE, message, self.span(name), help=meant_text(node))
        return None

    def _read(self, scalar: Scalar, what: str, read: Callable[[str], T | Fault]) -> T | None:
        value = read(scalar.text)
        if not isinstance(value, Fault):
            return value
        self.lowering.error(value.code, f"{what} {value.says}", scalar.origin.span(), help=value.help)
        return None

    def _report_missing(self, what: str, help_text: str) -> None:
        if "`answer`" in what and place(self.node).source.name.endswith(".md"):
            help_text = "write the answer below the heading"
        message = f"{self.kind.name} needs {what}"
        self.lowering.error(Code.MISSING_KEY, message, place(self.node), help=help_text)

    def _report_empty(self, name: str) -> None:
        span = self.span(name)
        self.lowering.error(Code.INVALID_VALUE, f"`{name}` is empty", span, help=_FILL)

    def _report_empty_item(self, what: str, item: Scalar) -> None:
        help_text = "write it, or delete its line"
        self.lowering.error(Code.INVALID_VALUE, f"{what} is empty", item.origin.span(), help=help_text)

    def _key(self, name: str) -> Key:
        key = self.kind.key(name)
        assert key is not None, "getters are called with keys of the table"
        return key

    def _may_stand_alone(self, name: str) -> bool:
        kind = self._key(name).type
        return isinstance(kind, ListOf) and kind.alone

    def _least(self, name: str) -> int:
        kind = self._key(name).type
        return kind.least if isinstance(kind, ListOf) else 0


def _report_unknown(entry: Entry, kind: Kind, lowering: Lowering) -> None:
    span = entry.origin.span()
    if entry.key != entry.key.strip():
        code = f"U+{ord(entry.key[0] if entry.key[0].isspace() else entry.key[-1]):04X}"
        message = f"beside `{shown(entry.key)}` stands a blank that YAML takes for a letter ({code})"
        lowering.error(Code.YAML_TRAP, message, span, help="write ordinary blanks")
    elif entry.key:
        message = f"{kind.name} has no key `{shown(entry.key)}`"
        lowering.error(Code.UNKNOWN_KEY, message, span, help=meant_key(entry.key, kind))
    else:
        lowering.error(Code.UNKNOWN_KEY, f"a key of {kind.name} has no name", span, help="delete the entry")
