"""Rules about a deck as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.model import Deck


def check_drafts(deck: Deck) -> Iterator[Diagnostic]:
    """A deck of drafts alone makes no file, which nobody notices who looks for it in vain."""
    drafts = [question.draft for _, question in deck.questions()]
    if drafts and all(drafts):
        message = f"every question of the deck `{deck.id}` is a draft: nothing is made of it"
        help_text = "take `draft` away from those that are ready"
        yield warning(Code.DECK_EMPTY, message, deck.at.span(), help=help_text)
