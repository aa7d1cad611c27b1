"""What learners find things by: names of decks, tags, and media files in their collection."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuild.ledger import Ledger
    from deckbuild.media import Media
    from deckbuild.model import Deck, Section
    from deckbuild.plain import LearningItem

_BLANKS = re.compile(r"\s+")
_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+")
_LONGEST_STEM = 80
"""In bytes of UTF-8: Anki cuts whole names near 119."""


def deck_name(ledger: Ledger, section: Section, *, subdecks: bool) -> str:
    """Return the full name of the deck that a section's notes go to, as Anki knows it."""
    title = ledger.sections[section.id].title
    if not subdecks or not title:
        return ledger.deck.title
    return f"{ledger.deck.title}::{title.replace('::', ':')}"


def place(ledger: Ledger, section: Section) -> str:
    """Return the tag that says where a note stands, as Anki knows it."""
    known = ledger.sections[section.id].id
    return f"{ledger.deck.id}::{known}" if known else ledger.deck.id


def tags(ledger: Ledger, deck: Deck, item: LearningItem) -> tuple[str, ...]:
    """Return the tags of a note: where it stands, how it is rated, and the words of its author."""
    question = item.question
    rated = (
        f"difficulty::{question.difficulty}" if question.difficulty else "",
        f"priority::{question.priority}",
        *(f"role::{role}" for role in question.roles),
    )
    found = (place(ledger, item.section), *rated, *item.tags, *deck.tags)
    return tuple(dict.fromkeys(_BLANKS.sub("-", tag) for tag in found if tag))


def media_name(media: Media) -> str:
    """Return a file name that changes with the content, and that no client writes differently."""
    stem = _NOT_IN_FILE_NAMES.sub("-", unicodedata.normalize("NFC", media.stem))
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    # Anki never cleans up a file whose name begins with an underscore.
    return f"{stem.strip('-._') or 'media'}-{media.digest[:8]}{media.suffix}"
