"""Rules of good cards: one fact, one possible answer, nothing that gives it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.check.texts import words
from deckbuild.diagnostic import Code, Diagnostic, Label, warning
from deckbuild.markup.text import to_text
from deckbuild.model import Basic, Card, Choice, Cloze
from deckbuild.plain import hidden, items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.model import Deck


def check_same_prompt(deck: Deck) -> Iterator[Diagnostic]:
    """Two cards that ask the same cannot both be answered right."""
    first: dict[str, Card] = {}
    for item in items(deck):
        if not isinstance(item.body, Card):
            continue
        asked = to_text(item.plain().front).casefold().strip()
        earlier = first.setdefault(asked, item.body)
        if earlier is not item.body:
            places = (Label(item.body.at.span(), "again here"), Label(earlier.at.span(), "first here"))
            yield warning(
                Code.SAME_PROMPT,
                "two cards ask the same",
                *places,
                help="make the prompts differ, or drop one",
            )


def check_cloze_context(deck: Deck) -> Iterator[Diagnostic]:
    """What is left of a cloze must say what is asked for."""
    for card in _cards(deck):
        if not isinstance(card.body, Cloze):
            continue
        left = words(to_text(hidden(card.body.text.events)).replace("____", " "))
        if left < 3:
            rest = {0: "no word is", 1: "only 1 word is"}.get(left, f"only {left} words are")
            message = f"{rest} left around the gaps of this cloze"
            yield warning(
                Code.CLOZE_CONTEXT,
                message,
                card.body.text.origin.span(),
                help="add what makes the gap's content certain",
            )


def check_choice_length(deck: Deck) -> Iterator[Diagnostic]:
    """A right option that is much longer than all wrong ones is found without knowing it."""
    for card in _cards(deck):
        if not isinstance(card.body, Choice):
            continue
        right, wrong = _lengths(card.body)
        if right and wrong and min(right) > 2 * max(wrong) and min(right) - max(wrong) > 20:
            longest = next(o for o in card.body.options if o.right)
            message = "the right option is more than twice as long as every wrong one"
            yield warning(
                Code.CHOICE_LENGTH,
                message,
                longest.text.origin.span(),
                help="make the options alike; put reasons into `why`",
            )


def check_yes_no(deck: Deck) -> Iterator[Diagnostic]:
    """A card that is answered by yes or no is guessed right half of the time."""
    for card in _cards(deck):
        if isinstance(card.body, Basic):
            answer = to_text(card.body.answer.events).strip(" .!").casefold()
            if answer in {"yes", "no", "true", "false"}:
                message = f"a card answered by `{answer}` is guessed right half of the time"
                yield warning(
                    Code.CARD_YES_NO,
                    message,
                    card.body.answer.origin.span(),
                    help="ask for the reason, or make it a `choice`",
                )


def _lengths(choice: Choice) -> tuple[list[int], list[int]]:
    right = [len(to_text(option.text.events)) for option in choice.options if option.right]
    wrong = [len(to_text(option.text.events)) for option in choice.options if not option.right]
    return right, wrong


def _cards(deck: Deck) -> Iterator[Card]:
    for _, question in deck.questions():
        yield from question.cards
