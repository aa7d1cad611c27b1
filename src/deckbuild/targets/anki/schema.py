"""The note types: fields and card templates of every kind, frozen since the first release.

Anki updates a note type only if it has as many fields and templates as the learner's, equal in order
by id. Any other change here gives every learner a second note type, and no note is updated ever again.
So nothing is added, taken away, moved or given another id. A field may get another *name*; what is
new goes into a spare field, and a new kind of card gets a note type of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from deckbuild.package import Field
from deckbuild.plain import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Template:
    """A card template: its name and id, and the files that front and back are rendered from."""

    name: str
    id: int
    front: str = "front"
    back: str = "back"
    speech: tuple[str, str] = ("Question", "")
    """The fields, with Anki's filters, that front and back say aloud; empty says nothing."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What a kind's notes consist of."""

    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    cloze: bool = False
    original_stock_kind: int = 0
    sort_field: int = 0


# The rest of every note: what the card's frame shows, and room for years to come.
_REST = (
    Field("Context", 31),
    Field("Hint", 32),
    Field("Number", 33, collapsed=True),
    Field("Section", 34, collapsed=True),
    Field("Level", 35, collapsed=True),
    Field("Hue", 36, collapsed=True),
    Field("Language", 37, collapsed=True),
    Field("Direction", 38, collapsed=True),
    Field("Id", 39, collapsed=True),
    Field("Spare 1", 41, collapsed=True),
    Field("Spare 2", 42, collapsed=True),
    Field("Spare 3", 43, collapsed=True),
    Field("Spare 4", 44, collapsed=True),
    Field("My notes", 50, description="Yours: the polite update leaves it alone"),
)

_ONE_CARD = (Template("Card", 101, speech=("Question", "Answer")),)
_GAPS = (Template("Card", 101, speech=("cloze:Text", "cloze-only:Text")),)

SCHEMAS: Mapping[Kind, Schema] = MappingProxyType(
    {
        Kind.QUESTION: Schema(
            (
                Field("Question", 1),
                Field("Answer", 2),
                Field("Points", 3),
                Field("Figure", 4),
                Field("Details", 5),
                Field("Pitfalls", 6),
                Field("Sources", 7),
                *_REST,
            ),
            _ONE_CARD,
        ),
        Kind.FOLLOWUP: Schema((Field("Question", 1), Field("Answer", 2), *_REST), _ONE_CARD),
        Kind.BASIC: Schema(
            (
                Field("Question", 1),
                Field("Answer", 2),
                Field("Figure", 4),
                Field("Reverse", 8, description="Not empty: asked the other way round too"),
                *_REST,
            ),
            (
                Template("Card", 101, speech=("Question", "Answer")),
                Template("Reverse", 102, "reverse-front", "reverse-back", ("Answer", "Question")),
            ),
        ),
        Kind.CLOZE: Schema((Field("Text", 9), *_REST), _GAPS, cloze=True),
        Kind.CHOICE: Schema((Field("Question", 1), Field("Options", 10), *_REST), (Template("Card", 101),)),
        Kind.STEPS: Schema(
            (Field("Question", 1), Field("Steps", 11), *_REST),
            (Template("Card", 101, speech=("Question", "cloze-only:Steps")),),
            cloze=True,
        ),
        Kind.TYPED: Schema(
            (Field("Question", 1), Field("Answer", 2), Field("Accepted", 12), *_REST), _ONE_CARD
        ),
        Kind.OCCLUSION: Schema(
            (
                Field("Occlusion", 13, tag=0),
                Field("Image", 14, tag=1),
                Field("Header", 15, tag=2),
                Field("Back Extra", 16, tag=3),
                Field("Comments", 17, tag=4),
                Field("Labels", 18),
                *_REST,
            ),
            (Template("Card", 101, speech=("Header", "")),),
            cloze=True,
            original_stock_kind=6,
            sort_field=2,
        ),
    }
)
