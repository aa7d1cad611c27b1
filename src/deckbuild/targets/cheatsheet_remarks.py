"""What is to be said about a cheat sheet: what was left out, what shrank, and a number of pages missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Severity, warning
from deckbuild.markup.events import Math
from deckbuild.targets.printing import PT, drawing_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckbuild.markup.prose import Prose
    from deckbuild.model import Question
    from deckbuild.targets.base import Job
    from deckbuild.targets.cheatsheet_fit import Choice

_INDENT = 1.0
"""List entries start so far in, in em."""
_SHRUNK = 0.8
"""A formula may shrink so far before it is said."""


def numbers(questions: Sequence[Question], job: Job) -> str:
    """Return the numbers of questions as a list, on a sheet of several decks after their titles."""
    numbering, wanted = job.ledger.numbering.questions, {question.id for question in questions}
    groups: list[tuple[str, list[str]]] = [("", [])]
    for section in job.deck.sections:
        if not section.questions:
            groups.append((f"{section.title} ", []))
        groups[-1][1].extend(numbering[q.id] for q in section.questions if q.id in wanted)
    return "; ".join(title + ", ".join(found) for title, found in groups if found)


def remarks(job: Job, choice: Choice, name: str) -> Iterator[Diagnostic]:
    """Yield what there is to say about a finished sheet."""
    fit = job.options.cheatsheet.fit
    if choice.left_out:
        listed = numbers(choice.left_out, job)
        message = f"left out to fit on {_pages(fit or 0)}: {listed}"
        yield _about(Code.DROPPED, message, "allow more pages, a smaller `min-size`, or fewer `parts`", name)
    for question in choice.too_high:
        message = f"{numbers((question,), job)} is left out: a part of it is higher than a column"
        yield warning(Code.DROPPED, message, question.at.span(), help="use fewer `columns` or a larger paper")
    if fit and choice.pages != fit and not job.options.print.large:
        yield _about(Code.SHEET_FIT, *_missed(choice.pages, fit, choice), name)
    yield from _wide_formulas(job, choice)


def _missed(pages: int, fit: int, choice: Choice) -> tuple[str, str]:
    if pages < fit:
        message = f"it fills {_pages(pages)}, not {fit}, even in the largest type ({choice.galley.size:g} pt)"
        return message, f"write `fit = {pages}`, or raise `max-size`"
    message = f"what must stay takes {_pages(pages)}, not {fit}, even in the smallest type"
    return message, f"write `fit = {pages}`, or mark fewer questions as `must`"


def _wide_formulas(job: Job, choice: Choice) -> Iterator[Diagnostic]:
    """Yield the formulas that had to shrink too much to be read."""
    room = choice.composer.frame.column_width / (choice.galley.size * PT) - _INDENT
    for question in choice.galley.questions:
        for text in _shown(question, job.options.cheatsheet.parts):
            for event in text.events:
                if not isinstance(event, Math):
                    continue
                drawing = drawing_of(event)
                if drawing and drawing.width * _SHRUNK > room:
                    message = (
                        f"this formula is too wide for a column: it shrinks to {room / drawing.width:.0%}"
                    )
                    place = text.origin.span(event.at, event.at + 1)
                    yield warning(
                        Code.OVERFLOW, message, place, help="break it into two, or use fewer `columns`"
                    )


def _shown(question: Question, parts: Sequence[str]) -> Iterator[Prose]:
    yield question.short or question.ask
    for part in parts:
        match part:
            case "answer" if question.answer:
                yield question.answer
            case "details" if question.details:
                yield question.details
            case "points":
                yield from (point.text for point in question.points)
            case "pitfalls":
                yield from question.pitfalls


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _about(code: Code, message: str, help_text: str, name: str) -> Diagnostic:
    return Diagnostic(code, message, (), help_text, Severity.WARNING, file=name)
