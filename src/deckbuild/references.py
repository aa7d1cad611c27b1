"""What a deck refers to: every text of it, and the media its texts and cards name."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from deckbuild.markup.events import Image, Sound
from deckbuild.model import Basic, Choice, Cloze, Occlusion, Steps, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.markup.prose import Prose
    from deckbuild.model import Body, Deck, Figure, Question
    from deckbuild.source import Span


def texts_of(deck: Deck) -> Iterator[Prose]:
    """Yield every Markdown text of a deck, in source order of questions."""
    if deck.description:
        yield deck.description
    for _, question in deck.questions():
        yield from question_texts(question)


def question_texts(question: Question) -> Iterator[Prose]:
    """Yield every Markdown text of a question."""
    yield question.ask
    optional = (question.short, question.answer, question.details, question.hint)
    yield from (text for text in optional if text)
    yield from (point.text for point in question.points)
    yield from question.pitfalls
    for followup in question.followups:
        yield from (followup.ask, followup.answer)
    for figure in _figures(question):
        if figure.caption:
            yield figure.caption
    for card in question.cards:
        if card.hint:
            yield card.hint
        yield from _body_texts(card.body)


def media_of(deck: Deck) -> dict[str, Span]:
    """Return the project paths of all media, each with the place that names it first."""
    wanted: dict[str, Span] = {}
    for text in texts_of(deck):
        for event in text.events:
            if isinstance(event, Image | Sound):
                wanted.setdefault(event.path, text.origin.span(event.at, event.at + 1))
    for _, question in deck.questions():
        for figure in _figures(question):
            wanted.setdefault(figure.image, figure.at.span())
        for card in question.cards:
            if isinstance(card.body, Occlusion):
                wanted.setdefault(card.body.image, card.body.at.span())
    return wanted


def _figures(question: Question) -> Iterator[Figure]:
    if question.figure:
        yield question.figure
    for card in question.cards:
        if isinstance(card.body, Basic) and card.body.figure:
            yield card.body.figure


def _body_texts(body: Body) -> Iterator[Prose]:
    match body:
        case Basic(ask=ask, answer=answer):
            yield from (ask, answer)
        case Cloze(text=text):
            yield text
        case Choice(ask=ask, options=options):
            yield ask
            for option in options:
                yield option.text
                if option.why:
                    yield option.why
        case Steps(ask=ask, items=steps):
            yield from (ask, *steps)
        case Typed(ask=ask) | Occlusion(ask=ask):
            yield ask
        case _:
            assert_never(body)
