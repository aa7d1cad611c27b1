"""The line above a card's prompt that says what it belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from deckbuild.markup.events import Code, CodeBlock, End, Gap, Math, Start
from deckbuild.markup.text import to_text
from deckbuild.model import Basic, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.markup.events import Events
    from deckbuild.model import Body
    from deckbuild.plain import LearningItem

_LONGEST_SECRET = 40
"""In characters. A longer answer may name its subject without giving anything away."""


def context(item: LearningItem) -> Events:
    """Return the question that a follow-up follows, or the term that a small card is about.

    A term that is what a card asks for is left out: it would give the answer away.
    """
    match item.body:
        case Question():
            return ()
        case Followup():
            return item.question.ask.events
        case Card(body=body):
            term = item.question.short
            return term.events if term and not _gives_away(to_text(term.events), body) else ()
        case _:
            assert_never(item.body)


def _gives_away(term: str, body: Body) -> bool:
    words = term.casefold()
    secrets = (secret.casefold() for secret in _secrets(body))
    return any(_holds(words, s) or (len(s) <= _LONGEST_SECRET and _holds(s, words)) for s in secrets)


def _holds(text: str, words: str) -> bool:
    """Tell whether the words stand in a text, in scripts without blanks anywhere in it."""
    return re.search(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", text) is not None


def _secrets(body: Body) -> Iterator[str]:
    match body:
        case Basic(answer=answer):
            yield to_text(answer.events)
        case Cloze(text=text):
            yield from _hidden(text.events)
        case Choice(options=options):
            yield from (to_text(option.text.events) for option in options if option.right)
        case Steps(items=steps):
            yield from (to_text(step.events) for step in steps)
        case Typed(answer=answer, accept=accept):
            yield from (answer, *accept)
        case Occlusion(masks=masks):
            yield from (mask.label for mask in masks)
        case _:
            assert_never(body)


def _hidden(events: Events) -> Iterator[str]:
    """Yield what each gap hides."""
    start = 0
    for at, event in enumerate(events):
        match event:
            case Start(tag=Gap()):
                start = at
            case End(tag=Gap()):
                yield to_text(events[start:at])
            case Code(text=text) | CodeBlock(text=text) | Math(tex=text):
                yield from (text[gap.start : gap.end] for gap in event.gaps)
