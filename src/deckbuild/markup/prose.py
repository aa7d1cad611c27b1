"""Prose: a Markdown text of the model, as written and as events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuild.markup.events import Events
    from deckbuild.source import Origin


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as its author wrote it, with the events it was parsed to and where it came from.

    Two texts are equal if they were written equally; where they stand does not matter.
    """

    raw: str
    events: Events = field(compare=False, repr=False)
    origin: Origin = field(compare=False, repr=False)
