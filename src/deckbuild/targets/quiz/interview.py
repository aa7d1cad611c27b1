"""The mock-interview sheet: for who asks, a question a block, with what to listen for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.model import Deck, Question
    from deckbuild.plain import LearningItem
    from deckbuild.targets.printing import Printer

_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class PointToTick:
    """A key point."""

    html: Markup
    must: bool


@dataclass(frozen=True, slots=True)
class FurtherQuestion:
    """A follow-up and what to expect."""

    ask: Markup
    answer: Markup


@dataclass(frozen=True, slots=True)
class InterviewBlock:
    """A question as an interviewer needs it."""

    number: str
    hue: str
    ask: Markup
    minutes: str
    answer: Markup
    points: tuple[PointToTick, ...]
    followups: tuple[FurtherQuestion, ...]
    pitfalls: tuple[Markup, ...]
    hint: Markup


def interview_blocks(
    printer: Printer, deck: Deck, items: Iterable[LearningItem]
) -> tuple[InterviewBlock, ...]:
    """Return the questions of items that can be asked aloud, in the order of the deck."""
    ids = {item.question.id for item in items}
    numbering = printer.job.ledger.numbering
    return tuple(
        _block(printer, question, numbering.hue(section.id))
        for section, question in deck.questions()
        if question.id in ids and (question.answer or question.points)
    )


def _block(printer: Printer, question: Question, hue: str) -> InterviewBlock:
    minutes = printer.words("common.minutes", count=f"{question.minutes:g}") if question.minutes else ""
    return InterviewBlock(
        printer.job.ledger.numbering.questions[question.id],
        hue,
        printer.inline(question.ask.events),
        minutes,
        printer.html(question.answer.events) if question.answer else _NOTHING,
        tuple(PointToTick(printer.inline(point.text.events), point.must) for point in question.points),
        tuple(
            FurtherQuestion(printer.inline(f.ask.events), printer.inline(f.answer.events))
            for f in question.followups
        ),
        tuple(printer.inline(pitfall.events) for pitfall in question.pitfalls),
        printer.inline(question.hint.events) if question.hint else _NOTHING,
    )
