"""The built-in targets by name, each imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from deckbuild.config import TargetName
    from deckbuild.targets.base import Render

PRINTED: frozenset[TargetName] = frozenset({"cheatsheet", "cards", "quiz"})
"""The targets that need the typesetter."""


def target(name: TargetName) -> Render:
    """Return a target's render function."""
    match name:
        case "anki":
            from deckbuild.targets.anki import render as anki

            return anki
        case "cheatsheet":
            from deckbuild.targets.cheatsheet import render as cheatsheet

            return cheatsheet
        case "cards":
            from deckbuild.targets.cards import render as cards

            return cards
        case "quiz":
            from deckbuild.targets.quiz import render as quiz

            return quiz
        case "handout":
            from deckbuild.targets.handout import render as handout

            return handout
        case _:
            assert_never(name)
