"""The plain form of every kind of card: front, back and rubric as events that any target can show.

A kind is lowered here once. A target that does better for a kind it knows uses `match` with
`assert_never`, so that the type checker names the places to extend for a new kind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from deckbuild.markup.events import (
    Blank,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    End,
    Event,
    Events,
    FootnoteDefinition,
    FootnoteReference,
    Gap,
    Image,
    Item,
    MaskedImage,
    Math,
    OrderedList,
    Paragraph,
    Start,
    Strong,
    Text,
    unwrapped,
)
from deckbuild.mathml import tex_hidden
from deckbuild.model import Basic, Body, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.markup.events import InnerGap
    from deckbuild.markup.prose import Prose
    from deckbuild.model import Deck, Figure, Point, Section
    from deckbuild.source import Span


class Kind(StrEnum):
    """What an item is. The names are part of identities: they never change."""

    QUESTION = "question"
    FOLLOWUP = "followup"
    BASIC = "basic"
    CLOZE = "cloze"
    CHOICE = "choice"
    STEPS = "steps"
    TYPED = "typed"
    OCCLUSION = "occlusion"


@dataclass(frozen=True, slots=True)
class Plain:
    """What is asked, what is answered, and the points to compare an answer with."""

    front: Events
    back: Events
    rubric: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class LearningItem:
    """One thing to learn: a question's main card, a follow-up or an atomic card; one Anki note."""

    section: Section
    question: Question
    body: Question | Followup | Card

    @property
    def kind(self) -> Kind:
        """Return what it is."""
        match self.body:
            case Question():
                return Kind.QUESTION
            case Followup():
                return Kind.FOLLOWUP
            case Card(body=body):
                return kind_of(body)
            case _:
                assert_never(self.body)

    @property
    def id(self) -> str:
        """Return its id within its question; empty for the main card."""
        return "" if isinstance(self.body, Question) else self.body.id

    @property
    def ref(self) -> str:
        """Return its id within its deck, `question` or `question/card`."""
        return f"{self.question.id}/{self.id}" if self.id else self.question.id

    @property
    def span(self) -> Span:
        """Return where it stands in its source."""
        match self.body:
            case Question(ask=ask):
                return ask.origin.span()
            case Card(at=at) | Followup(at=at):
                return at.span()

    @property
    def hint(self) -> Prose | None:
        """Return the hint that may be asked for."""
        return None if isinstance(self.body, Followup) else self.body.hint

    @property
    def tags(self) -> tuple[str, ...]:
        """Return its own tags and those of its question and section, in that order, each once."""
        own = self.body.tags if isinstance(self.body, Card) else ()
        return tuple(dict.fromkeys((*own, *self.question.tags, *self.section.tags)))

    def plain(self) -> Plain:
        """Return its plain form."""
        match self.body:
            case Question() as question:
                answer = question.answer.events if question.answer else ()
                return Plain(question.ask.events, answer, question.points)
            case Followup(ask=ask, answer=answer):
                return Plain(ask.events, answer.events)
            case Card(body=body):
                return plain(body)
            case _:
                assert_never(self.body)


def items_of(section: Section, question: Question) -> Iterator[LearningItem]:
    """Yield a question's main card (if it has an answer or points), its cards and its follow-ups."""
    if question.answer or question.points:
        yield LearningItem(section, question, question)
    for card in question.cards:
        yield LearningItem(section, question, card)
    for followup in question.followups:
        yield LearningItem(section, question, followup)


def items(deck: Deck) -> Iterator[LearningItem]:
    """Yield everything there is to learn in a deck, in source order."""
    for section, question in deck.questions():
        yield from items_of(section, question)


def kind_of(body: Body) -> Kind:
    """Return the kind of a card's body."""
    match body:
        case Basic():
            return Kind.BASIC
        case Cloze():
            return Kind.CLOZE
        case Choice():
            return Kind.CHOICE
        case Steps():
            return Kind.STEPS
        case Typed():
            return Kind.TYPED
        case Occlusion():
            return Kind.OCCLUSION
        case _:
            assert_never(body)


def plain(body: Body) -> Plain:
    """Lower a card of any kind."""
    match body:
        case Basic(ask, answer, _, figure):
            return Plain(join(ask.events, figure_events(figure)), answer.events)
        case Cloze(text):
            return Plain(hidden(text.events), shown(text.events))
        case Choice(ask, options, _):
            right = [
                join(option.text.events, option.why.events if option.why else ())
                for option in options
                if option.right
            ]
            front = join(ask.events, list_of(BulletList(), [option.text.events for option in options]))
            return Plain(front, right[0] if len(right) == 1 else list_of(BulletList(), right))
        case Steps(ask, steps):
            return Plain(ask.events, list_of(OrderedList(), [step.events for step in steps]))
        case Typed(ask, answer, accept):
            return Plain(ask.events, _typed_back(answer, accept))
        case Occlusion():
            return _occlusion(body)
        case _:
            assert_never(body)


def reverse(basic: Basic) -> Plain:
    """Return a basic card asked the other way round."""
    return Plain(basic.answer.events, join(basic.ask.events, figure_events(basic.figure)))


def hidden(events: Events, room: int = 0) -> Events:
    """Return a cloze text with every gap blank; inside formulas and code with room to write so many signs."""
    return tuple(_hide(events, room))


def shown(events: Events) -> Events:
    """Return a cloze text filled in: what gaps hid is marked as a key term."""
    return tuple(_show(event) for event in events)


def figure_events(figure: Figure | None) -> Events:
    """Return a figure as events: the picture, and its caption as a paragraph of its own."""
    if figure is None:
        return ()
    picture = (Start(Paragraph()), Image(figure.image, figure.alt), End(Paragraph()))
    return (*picture, *figure.caption.events) if figure.caption else picture


def join(*parts: Events) -> Events:
    """Put texts one after the other; footnotes are numbered on and their definitions come last."""
    body: list[Event] = []
    notes: list[Event] = []
    for part in parts:
        first = sum(isinstance(e, Start) and isinstance(e.tag, FootnoteDefinition) for e in notes)
        target = body
        for event in part:
            moved = _renumbered(event, first)
            if isinstance(moved, Start) and isinstance(moved.tag, FootnoteDefinition):
                target = notes
            target.append(moved)
            if isinstance(moved, End) and isinstance(moved.tag, FootnoteDefinition):
                target = body
    return (*body, *notes)


def list_of(kind: BulletList | OrderedList, entries: Iterable[Events]) -> Events:
    """Return a list of texts."""
    out: list[Event] = [Start(kind)]
    for entry in entries:
        out += (Start(Item()), *unwrapped(entry), End(Item()))
    return (*out, End(kind))


def paragraph(text: str) -> Events:
    """Return plain characters as a paragraph."""
    return (Start(Paragraph()), Text(text), End(Paragraph()))


def _hide(events: Events, room: int) -> Iterator[Event]:
    gap: Gap | None = None
    width = 0
    for event in events:
        match event:
            case Start(tag=Gap() as gap):
                width = 0
            case End(tag=Gap() as tag):
                yield Blank(tag.number, tag.hint, width)
                gap = None
            case Text(text=text) | Code(text=text) | Math(tex=text) if gap:
                width += len(text)
            case Math(gaps=gaps) if gaps:
                yield Math(tex_hidden(event, room=room), event.display, at=event.at)
            case Code(text, gaps, at) if gaps:
                yield Code(_blanked(text, gaps, room), at=at)
            case CodeBlock(lang, text, gaps, at) if gaps:
                yield CodeBlock(lang, _blanked(text, gaps, room), at=at)
            case _ if gap is None:
                yield event


def _show(event: Event) -> Event:
    match event:
        case Start(tag=Gap(), at=at):
            return Start(Strong(), at)
        case End(tag=Gap(), at=at):
            return End(Strong(), at)
        case Math() | Code() | CodeBlock() if event.gaps:
            return replace(event, gaps=())
        case _:
            return event


def _blanked(text: str, gaps: Iterable[InnerGap], room: int) -> str:
    out, last = "", 0
    for gap in gaps:
        out += text[last : gap.start] + "_" * max(3, room, gap.end - gap.start)
        last = gap.end
    return out + text[last:]


def _typed_back(answer: str, accept: tuple[str, ...]) -> Events:
    head = (Start(Paragraph()), Start(Strong()), Text(answer), End(Strong()), End(Paragraph()))
    if not accept:
        return head
    also = (
        Start(Paragraph()),
        Start(Emphasis()),
        Text(" · ".join(accept)),
        End(Emphasis()),
        End(Paragraph()),
    )
    return (*head, *also)


def _occlusion(body: Occlusion) -> Plain:
    masked = MaskedImage(body.image, body.alt, body.masks)
    lifted = replace(masked, shown=tuple(range(len(body.masks))))
    labels = list_of(OrderedList(), [(Text(mask.label),) for mask in body.masks])
    return Plain((*body.ask.events, masked), (lifted, *labels))


def _renumbered(event: Event, first: int) -> Event:
    match event:
        case FootnoteReference(number, at) if first:
            return FootnoteReference(number + first, at)
        case Start(FootnoteDefinition(number), at) if first:
            return Start(FootnoteDefinition(number + first), at)
        case End(FootnoteDefinition(number), at) if first:
            return End(FootnoteDefinition(number + first), at)
        case _:
            return event
