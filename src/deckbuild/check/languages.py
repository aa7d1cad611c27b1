"""Rules about the languages of decks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, warning
from deckbuild.strings import has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckbuild.model import Deck


def check_languages(decks: Iterable[Deck], words: Mapping[str, Mapping[str, str]]) -> Iterator[Diagnostic]:
    """Yield a warning for each language that there are no words for, at the first deck that is in it."""
    first: dict[str, Deck] = {}
    for deck in decks:
        first.setdefault(deck.lang, deck)
    for lang, deck in first.items():
        if not has_words(lang, words):
            message = (
                f"there are no words in `{lang}`: `Question`, `Answer` and all that is added stays English"
            )
            help_text = (
                f'write `strings/{lang}.toml`: `[common]`, `question = "…"`, `answer = "…"`, and so on'
            )
            yield warning(Code.STRINGS_MISSING, message, deck.at.span(0, 1), help=help_text)
