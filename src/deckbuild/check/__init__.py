"""Checks of a deck that was read without errors: one function a rule, one code each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.check.cards import (
    check_choice_length,
    check_cloze_context,
    check_same_prompt,
    check_yes_no,
)
from deckbuild.check.decks import check_drafts
from deckbuild.check.texts import check_answer_length, check_formulas, check_short_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.model import Deck

RULES: tuple[Callable[[Deck], Iterable[Diagnostic]], ...] = (
    check_drafts,
    check_formulas,
    check_answer_length,
    check_short_length,
    check_same_prompt,
    check_cloze_context,
    check_choice_length,
    check_yes_no,
)


def check_deck(deck: Deck) -> tuple[Diagnostic, ...]:
    """Return what all rules find."""
    return tuple(found for rule in RULES for found in rule(deck))
