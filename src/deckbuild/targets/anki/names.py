"""What learners find things by: names of decks, tags, and media files in their collection."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuild.media import Media
    from deckbuild.model import Deck, Section
    from deckbuild.plain import LearningItem

_BLANKS = re.compile(r"\s+")
_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 80
"""In bytes of UTF-8: Anki cuts whole names near 119."""


def deck_name(deck: Deck, section: Section, *, subdecks: bool) -> str:
    """Return the full name of the deck that a section's notes go to."""
    if not subdecks or not section.title:
        return deck.title
    return f"{deck.title}::{section.title.replace('::', ':')}"


def place(deck: Deck, section: Section) -> str:
    """Return the tag that says where a note stands."""
    return f"{deck.id}::{section.id}" if section.id else deck.id


def tags(deck: Deck, item: LearningItem) -> tuple[str, ...]:
    """Return the tags of a note: where it stands, how it is rated, and the words of its author."""
    question = item.question
    rated = (
        f"difficulty::{question.difficulty}" if question.difficulty else "",
        f"priority::{question.priority}",
        *(f"role::{role}" for role in question.roles),
    )
    found = (place(deck, item.section), *rated, *item.tags, *deck.tags)
    return tuple(dict.fromkeys(_BLANKS.sub("-", tag) for tag in found if tag))


def media_name(media: Media) -> str:
    """Return a file name that changes with the content, and that no client writes differently."""
    stem = _NOT_IN_FILE_NAMES.sub("-", unicodedata.normalize("NFC", media.stem))
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    # Anki never cleans up a file whose name begins with an underscore.
    return f"{stem.strip('-._') or 'media'}-{media.digest[:8]}{media.suffix}"
