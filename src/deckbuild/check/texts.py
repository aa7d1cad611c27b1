"""Rules about texts: formulas that can be drawn, answers that can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, warning
from deckbuild.markup.text import to_text
from deckbuild.mathml import check_math
from deckbuild.references import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.model import Deck

_BREATH = 60
"""Words that can be said in one breath, some 25 seconds."""
_TERM = 8


def check_formulas(deck: Deck) -> Iterator[Diagnostic]:
    """Every formula must come out right in every output."""
    for text in texts_of(deck):
        yield from check_math(text)


def check_answer_length(deck: Deck) -> Iterator[Diagnostic]:
    """An answer is what one says first; the rest belongs in points and details."""
    for _, question in deck.questions():
        if question.answer and (count := words(to_text(question.answer.events))) > _BREATH:
            message = f"this answer has {count} words; {_BREATH} can be said in one breath"
            help_text = "say the essence here and move the rest to `points` or `details`"
            yield warning(Code.ANSWER_LONG, message, question.answer.origin.span(), help=help_text)


def check_short_length(deck: Deck) -> Iterator[Diagnostic]:
    """A term is a few words: it heads cards and lines of the cheat sheet."""
    for _, question in deck.questions():
        if question.short and (count := words(to_text(question.short.events))) > _TERM:
            message = f"`short` has {count} words; it should be a term of a few words"
            yield warning(Code.SHORT_LONG, message, question.short.origin.span())


def words(text: str) -> int:
    """Return how many words a text has; two characters of a script without blanks count as one."""
    dense = sum(1 for character in text if "\u3040" <= character <= "\u9fff")
    rest = "".join(" " if "\u3040" <= character <= "\u9fff" else character for character in text)
    return len(rest.split()) + dense // 2
