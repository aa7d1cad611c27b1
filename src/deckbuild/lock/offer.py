"""What is to be published: decks without errors, drafts taken out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.media import Media
    from deckbuild.model import Deck


@dataclass(frozen=True, slots=True)
class Offer:
    """A deck to be published."""

    deck: Deck
    file: str
    """Name of its file or folder, without suffix."""
    media: Mapping[str, Media] = field(repr=False)
