"""An Anki package as values: what the `anki` target makes and the package writer writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuild.identity import Guid, NoteTypeId
    from deckbuild.media import Media


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a note type. `id` is what Anki recognizes it by."""

    name: str
    id: int
    rtl: bool = False
    description: str = ""
    collapsed: bool = False
    tag: int | None = None
    """The role of a field of Anki's own image occlusion, 0 to 4."""


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """A card template: Anki's template texts of front and back."""

    name: str
    id: int
    front: str = field(repr=False)
    back: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type. Its id, fields and templates are frozen once published."""

    id: NoteTypeId
    name: str
    fields: tuple[Field, ...]
    templates: tuple[CardTemplate, ...]
    css: str = field(repr=False)
    modified: int
    """When its look was published, in seconds since 1970."""
    cloze: bool = False
    original_stock_kind: int = 0
    """6 makes a cloze type Anki's own image occlusion."""
    sort_field: int = 0
    """Index of the field that Anki's browser shows and sorts by."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note: the values of its type's fields, as HTML."""

    guid: Guid
    note_type: NoteTypeId
    deck: str
    """Full name of its deck, sub-decks with `::`."""
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    modified: int
    """When its text was published, in seconds since 1970."""
    ordinals: tuple[int, ...]
    """Ordinals of its cards."""
    due: tuple[int, ...]
    """Place of each card in the queue of new cards, one for each ordinal."""


@dataclass(frozen=True, slots=True)
class AnkiDeck:
    """A deck of the package. The description is Markdown."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Preset:
    """Options that all decks of the package share, for learners who import presets too."""

    id: int
    """What Anki recognizes it by: it adds a preset once, and never updates it."""
    name: str
    new_a_day: int
    retention: float
    """How much to remember, for FSRS."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package, complete."""

    decks: tuple[AnkiDeck, ...]
    note_types: tuple[NoteType, ...]
    notes: tuple[Note, ...]
    media: tuple[tuple[str, Media], ...]
    """File name in the collection, and content."""
    preset: Preset | None = None
