"""What an item is worth, how long it takes and how much room its answer needs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, assert_never

from deckbuild.ledger import gap_numbers
from deckbuild.markup.text import to_text
from deckbuild.model import Basic, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed
from deckbuild.targets.printing import signs

if TYPE_CHECKING:
    from deckbuild.plain import LearningItem

_HANDWRITTEN = 50
"""So many letters fill a line of handwriting across the page; a full-width character takes two."""
_MOST_LINES = 14


def marks(item: LearningItem) -> int:
    """Return what a full answer is worth: a mark for each thing the key ticks off."""
    match item.body:
        case Question(points=points):
            musts = sum(point.must for point in points)
            return musts or len(points) or 2
        case Followup():
            return 2
        case Card(body=body):
            pass
        case _:
            assert_never(item.body)
    match body:
        case Basic() | Typed():
            return 1
        case Choice(options=options):
            return max(1, sum(option.right for option in options))
        case Cloze(text=text):
            return len(gap_numbers(text.events))
        case Steps(items=steps):
            return len(steps)
        case Occlusion(masks=masks):
            return len(masks)
        case _:
            assert_never(body)


def minutes(item: LearningItem) -> float:
    """Return how long an answer takes: what the author says for a question, a minute a mark for the rest."""
    if isinstance(item.body, Question):
        return item.body.minutes or 3.0
    return 2.0 if isinstance(item.body, Followup) else max(1.0, marks(item) / 2)


def total_minutes(items: tuple[LearningItem, ...]) -> int:
    """Return the time for a whole quiz, in steps of five minutes."""
    return math.ceil(sum(map(minutes, items)) / 5) * 5


def writing_lines(item: LearningItem) -> int:
    """Return on how many lines the model answer can be written down by hand, and one more."""
    match item.body:
        case Question(answer=answer, points=points):
            texts = [answer] if answer else [point.text for point in points]
            least = 4
        case Followup(answer=answer):
            texts, least = [answer], 3
        case Card(body=Basic(answer=answer)):
            texts, least = [answer], 1
        case _:
            return 0
    width = sum(signs(to_text(text.events)) for text in texts)
    return max(least, min(math.ceil(width / _HANDWRITTEN) + (least > 1), _MOST_LINES))
