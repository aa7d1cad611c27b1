"""What a quiz asks and what its key answers, for every kind of item."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from markupsafe import Markup

from deckbuild.identity import digest
from deckbuild.model import Basic, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed
from deckbuild.plain import hidden, plain
from deckbuild.targets.options import LETTERS, right_letters
from deckbuild.targets.quiz.marking import marks, writing_lines
from deckbuild.targets.quiz.reference import beginning

if TYPE_CHECKING:
    from deckbuild.markup.events import Blank, Events
    from deckbuild.model import Body
    from deckbuild.plain import LearningItem
    from deckbuild.targets.options import Orders
    from deckbuild.targets.printing import Printer

_NOTHING = Markup()
_WIDEST, _HIGHEST = 110.0, 70.0
"""Bounds of a picture, in millimetres."""
_LEAST_GAP, _MOST_GAP = 18, 60
_SIGNS = 9
"""A gap inside a formula or code has room for so many signs."""
_LETTER = 2.6
"""Room for a handwritten letter, in millimetres."""


@dataclass(frozen=True, slots=True)
class LetteredOption:
    """An option with its letter. `why` and `right` are for the key."""

    letter: str
    html: Markup
    right: bool
    why: Markup


@dataclass(frozen=True, slots=True)
class MarkedPoint:
    """A key point; `marks` is what it is worth, 0 for one that only helps."""

    html: Markup
    marks: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its width in millimetres."""

    html: Markup
    width: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and the room to answer in. What a kind does not have is empty."""

    ask: Markup
    lines: int = 0
    """Lines to write on, across the page."""
    blanks: int = 0
    """Short lines to write on, numbered if there are several."""
    options: tuple[LetteredOption, ...] = ()
    steps: tuple[Markup, ...] = ()
    """Steps to be numbered, shuffled."""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What the key says. What a kind does not have is empty."""

    answer: Markup = _NOTHING
    short: str = ""
    """What stands in the boxes: letters, or numbers."""
    points: tuple[MarkedPoint, ...] = ()
    pitfalls: tuple[Markup, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """An item of a quiz, with its place in it."""

    item: LearningItem = field(repr=False)
    place: int
    """Its number in the quiz, from 1."""
    number: str
    """The number of its question in the bank."""
    hue: str
    marks: int
    context: Markup
    """For a follow-up the question it follows."""
    reference: Markup
    """How the prompt begins, for who reads the key."""
    asked: Asked
    answered: Answered

    @property
    def right_options(self) -> tuple[LetteredOption, ...]:
        """Return the right options of a choice."""
        return tuple(option for option in self.asked.options if option.right)

    @property
    def several(self) -> bool:
        """Whether several options are right."""
        return len(self.right_options) > 1


def task_of(printer: Printer, item: LearningItem, place: int, orders: Orders, seed: str) -> Task:
    """Return an item as the `place`th of a quiz."""
    numbering, question = printer.job.ledger.numbering, item.question
    context = printer.inline(question.ask.events) if isinstance(item.body, Followup) else _NOTHING
    asked, answered = _sides(printer, item, orders, seed)
    return Task(
        item,
        place,
        numbering.questions[question.id],
        numbering.hue(item.section.id),
        marks(item),
        context,
        printer.inline(beginning(item.plain().front)),
        asked,
        answered,
    )


def _sides(printer: Printer, item: LearningItem, orders: Orders, seed: str) -> tuple[Asked, Answered]:
    lines = writing_lines(item)
    match item.body:
        case Question() as question:
            answer = printer.html(question.answer.events) if question.answer else _NOTHING
            pitfalls = tuple(printer.inline(pitfall.events) for pitfall in question.pitfalls)
            answered = Answered(answer, points=_points(printer, question), pitfalls=pitfalls)
            return Asked(_to_fill(printer, question.ask.events), lines), answered
        case Followup(ask=ask, answer=reply):
            return Asked(_to_fill(printer, ask.events), lines), Answered(printer.html(reply.events))
        case Card(body=body):
            return _card_sides(printer, item.ref, body, lines, orders, seed)
        case _:
            assert_never(item.body)


def _card_sides(
    printer: Printer, ref: str, body: Body, lines: int, orders: Orders, seed: str
) -> tuple[Asked, Answered]:
    both = plain(body)
    match body:
        case Basic(ask=ask, answer=answer, figure=figure):
            picture = _picture(printer, figure.image, figure.alt) if figure else None
            asked = Asked(_to_fill(printer, ask.events), lines, picture=picture)
            return asked, Answered(printer.html(answer.events))
        case Cloze(text=text):
            front = hidden(text.events, _SIGNS)
            return Asked(_to_fill(printer, front)), Answered(printer.html(both.back))
        case Choice():
            return _choice(printer, body, orders[ref])
        case Steps():
            return _steps(printer, body, step_order(len(body.items), seed, ref))
        case Typed():
            return Asked(printer.html(both.front), blanks=1), Answered(printer.html(both.back))
        case Occlusion(ask=ask, masks=masks):
            masked = replace(_picture(printer, body.image, body.alt), html=printer.html((both.front[-1],)))
            asked = Asked(printer.html(ask.events), blanks=len(masks), picture=masked)
            return asked, Answered(labels=tuple(mask.label for mask in masks))
        case _:
            assert_never(body)


def _choice(printer: Printer, choice: Choice, order: tuple[int, ...]) -> tuple[Asked, Answered]:
    shown = [choice.options[index] for index in order]
    options = tuple(
        LetteredOption(
            LETTERS[place],
            printer.inline(option.text.events),
            option.right,
            printer.inline(option.why.events) if option.why else _NOTHING,
        )
        for place, option in enumerate(shown)
    )
    asked = Asked(_to_fill(printer, choice.ask.events), options=options)
    return asked, Answered(short=right_letters(choice, order))


def _steps(printer: Printer, steps: Steps, order: tuple[int, ...]) -> tuple[Asked, Answered]:
    shown = tuple(printer.inline(steps.items[index].events) for index in order)
    numbers = " ".join(str(index + 1) for index in order)
    asked = Asked(_to_fill(printer, steps.ask.events), steps=shown)
    return asked, Answered(printer.html(plain(steps).back), numbers)


def step_order(count: int, *seed: str) -> tuple[int, ...]:
    """Return the order in which steps are shown: never the right one."""
    ranks = {index: digest("steps", *seed, str(index)) for index in range(count)}
    order = tuple(sorted(ranks, key=lambda index: ranks[index]))
    is_right = count > 1 and order == tuple(range(count))
    return (*order[1:], order[0]) if is_right else order


def _points(printer: Printer, question: Question) -> tuple[MarkedPoint, ...]:
    """Return the points with what they are worth: the musts share the marks, or all if none is a must."""
    any_must = any(point.must for point in question.points)
    return tuple(
        MarkedPoint(printer.inline(point.text.events), int(point.must or not any_must))
        for point in question.points
    )


def _picture(printer: Printer, path: str, alt: str) -> Picture:
    media = printer.job.media.get(path)
    shape = media.width / media.height if media and media.width and media.height else 1.0
    return Picture(printer.picture(path, alt), round(min(_WIDEST, _HIGHEST * shape), 2))


def _to_fill(printer: Printer, events: Events) -> Markup:
    """Return a text whose gaps are rules to write on."""
    return printer.html(events, _rule)


def _rule(blank: Blank) -> Markup:
    """Return a rule as long as handwriting needs. Short words get more, so that length tells little."""
    width = min(max(round(blank.width * _LETTER), _LEAST_GAP), _MOST_GAP)
    return Markup('<span class="blank" style="width:{}mm"></span>').format(width)
