"""What stands on the front and on the back of a card of every kind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from markupsafe import Markup

from deckbuild.model import Basic, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed
from deckbuild.plain import plain
from deckbuild.targets.options import LETTERS

if TYPE_CHECKING:
    from deckbuild.model import Body, Figure
    from deckbuild.plain import LearningItem
    from deckbuild.targets.options import Orders
    from deckbuild.targets.printing import Printer


_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class LetteredOption:
    """An option with its letter; `why` only on the back."""

    letter: str
    html: Markup
    why: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class PointView:
    """A key point."""

    html: Markup
    must: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, perhaps with masks, and its shape: width for a height of 1."""

    html: Markup
    shape: float
    caption: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class Front:
    """What is asked."""

    ask: Markup
    picture: Picture | None = None
    options: tuple[LetteredOption, ...] = ()
    several: bool = False
    """Whether several options are right."""
    steps: int = 0
    """How many steps are asked for."""


@dataclass(frozen=True, slots=True)
class Back:
    """What is answered."""

    answer: Markup = _NOTHING
    points: tuple[PointView, ...] = ()
    picture: Picture | None = None
    options: tuple[LetteredOption, ...] = ()
    """The right ones."""
    labels: tuple[str, ...] = ()
    """What the masks of the picture hide, in their order."""
    left_out: int = 0
    """How many points a short form does without."""

    def shorter(self) -> tuple[Back, ...]:
        """Return forms that need less room: no picture that only illustrates, musts alone, no points."""
        plainer = self if self.labels else replace(self, picture=None)
        musts = tuple(point for point in self.points if point.must)
        kept = [
            points for points in (musts, ()) if len(points) < len(self.points) and (points or self.answer)
        ]
        forms = [replace(plainer, points=points, left_out=len(self.points) - len(points)) for points in kept]
        return tuple(dict.fromkeys(form for form in (plainer, *forms) if form != self))


@dataclass(frozen=True, slots=True)
class Faces:
    """A card as it is printed."""

    item: LearningItem = field(repr=False)
    number: str
    hue: str
    context: Markup
    """The section; on a small card the question it belongs to."""
    front: Front
    back: Back


def faces_of(printer: Printer, item: LearningItem, orders: Orders) -> Faces:
    """Return both sides of an item's card. A card that is asked both ways is one piece of paper."""
    numbering, question = printer.job.ledger.numbering, item.question
    is_small = not isinstance(item.body, Question)
    context = (
        printer.inline(question.short.events)
        if is_small and question.short
        else Markup.escape(item.section.title)
    )
    front, back = _sides(printer, item, orders)
    return Faces(item, numbering.questions[question.id], numbering.hue(item.section.id), context, front, back)


def _sides(printer: Printer, item: LearningItem, orders: Orders) -> tuple[Front, Back]:
    match item.body:
        case Question() as question:
            points = tuple(PointView(printer.inline(p.text.events), p.must) for p in question.points)
            answer = printer.inline(question.answer.events) if question.answer else _NOTHING
            back = Back(answer, points, _picture(printer, question.figure))
            return Front(printer.inline(question.ask.events)), back
        case Followup(ask=ask, answer=reply):
            return Front(printer.inline(ask.events)), Back(printer.inline(reply.events))
        case Card(body=body):
            return _card_sides(printer, body, orders.get(item.ref, ()))
        case _:
            assert_never(item.body)


def _card_sides(printer: Printer, body: Body, order: tuple[int, ...]) -> tuple[Front, Back]:
    match body:
        case Basic(ask, answer, _, figure):
            front = Front(printer.inline(ask.events), _picture(printer, figure))
            return front, Back(printer.inline(answer.events))
        case Choice():
            return _choice(printer, body, order)
        case Steps(ask, items):
            front = Front(printer.inline(ask.events), steps=len(items))
            return front, Back(printer.inline(plain(body).back))
        case Occlusion():
            return _occlusion(printer, body)
        case Cloze() | Typed():
            both = plain(body)
            return Front(printer.inline(both.front)), Back(printer.inline(both.back))
        case _:
            assert_never(body)


def _choice(printer: Printer, choice: Choice, order: tuple[int, ...]) -> tuple[Front, Back]:
    options = [
        LetteredOption(
            LETTERS[place],
            printer.inline(choice.options[index].text.events),
            printer.inline(why.events) if (why := choice.options[index].why) else _NOTHING,
        )
        for place, index in enumerate(order)
    ]
    right = tuple(option for option, index in zip(options, order, strict=True) if choice.options[index].right)
    open_options = tuple(replace(option, why=_NOTHING) for option in options)
    front = Front(printer.inline(choice.ask.events), options=open_options, several=len(right) > 1)
    return front, Back(options=right)


def _occlusion(printer: Printer, body: Occlusion) -> tuple[Front, Back]:
    hidden, lifted = plain(body).front[-1], plain(body).back[0]
    shape = _shape(printer, body.image)
    front = Front(printer.inline(body.ask.events), Picture(printer.html((hidden,)), shape))
    labels = tuple(mask.label for mask in body.masks)
    return front, Back(picture=Picture(printer.html((lifted,)), shape), labels=labels)


def _picture(printer: Printer, figure: Figure | None) -> Picture | None:
    if figure is None:
        return None
    caption = printer.inline(figure.caption.events) if figure.caption else _NOTHING
    return Picture(printer.picture(figure.image, figure.alt), _shape(printer, figure.image), caption)


def _shape(printer: Printer, path: str) -> float:
    media = printer.job.media.get(path)
    return media.width / media.height if media and media.width and media.height else 1.0
