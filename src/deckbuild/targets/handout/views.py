"""What the handout's templates get of sections and questions: every text as HTML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deckbuild.markup.text import to_text
from deckbuild.targets.handout.cards import CardView, card_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from deckbuild.model import Followup, Link, Question, Section
    from deckbuild.targets.base import Job
    from deckbuild.targets.handout.text import Headed, Writer


@dataclass(frozen=True, slots=True)
class PointView:
    """A key point to tick."""

    text: Headed
    must: bool


@dataclass(frozen=True, slots=True)
class FollowupView:
    """A follow-up. Question and `id` together are what its progress is kept by."""

    id: str
    ask: Markup
    answer: Markup


@dataclass(frozen=True, slots=True)
class Reference:
    """A question another one points to."""

    id: str
    number: str
    short: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question. Empty texts stand for parts it does not have."""

    id: str
    number: str
    ask: Headed
    short: str
    answer: Markup
    points: tuple[PointView, ...]
    figure: Markup
    details: Markup
    followups: tuple[FollowupView, ...]
    pitfalls: tuple[Markup, ...]
    hint: Markup
    difficulty: str
    priority: str
    roles: tuple[str, ...]
    tags: tuple[str, ...]
    minutes: str
    sources: tuple[Link, ...]
    license: str
    reviewed: str
    see: tuple[Reference, ...]
    cards: tuple[CardView, ...]

    @property
    def has_body(self) -> bool:
        """Whether there is anything to show under the prompt."""
        parts = (self.answer, self.points, self.figure, self.details, self.followups, self.pitfalls)
        return any((*parts, self.sources, self.see, self.license, self.reviewed))


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; the only one of a deck without sections has an empty title."""

    anchor: str
    number: int
    title: str
    hue: str
    questions: tuple[QuestionView, ...]


def sections(job: Job, writer: Writer) -> tuple[SectionView, ...]:
    """Return the sections of a deck in source order."""
    references = {
        question.id: Reference(question.id, job.ledger.numbering.questions[question.id], _short(question))
        for _, question in job.deck.questions()
    }
    return tuple(_section(job, writer, section, references) for section in job.deck.sections)


def _section(job: Job, writer: Writer, section: Section, references: Mapping[str, Reference]) -> SectionView:
    numbering = job.ledger.numbering
    number = numbering.sections[section.id]
    return SectionView(
        f"_s{number}",
        number,
        section.title,
        numbering.hue(section.id),
        tuple(_question(writer, section, question, references) for question in section.questions),
    )


def _question(
    writer: Writer, section: Section, question: Question, references: Mapping[str, Reference]
) -> QuestionView:
    own = references[question.id]
    return QuestionView(
        id=own.id,
        number=own.number,
        ask=writer.headed(question.ask),
        short=own.short,
        answer=writer.prose(question.answer),
        points=tuple(PointView(writer.headed(point.text), point.must) for point in question.points),
        figure=writer.figure(question.figure),
        details=writer.prose(question.details),
        followups=tuple(_followup(writer, followup) for followup in question.followups),
        pitfalls=tuple(writer.inline(text) for text in question.pitfalls),
        hint=writer.boxed(question.hint),
        difficulty=question.difficulty or "",
        priority=question.priority,
        roles=question.roles,
        tags=tuple(dict.fromkeys((*question.tags, *section.tags))),
        minutes="" if question.minutes is None else f"{question.minutes:g}",
        sources=tuple(_source(link) for link in question.sources),
        license=question.license,
        reviewed=question.reviewed,
        see=tuple(references[id_] for id_ in question.see if id_ in references),
        cards=tuple(card_view(writer, question, card) for card in question.cards),
    )


def _source(link: Link) -> Link:
    """Return a source; an address that is none of a page is left out."""
    return link if link.url.lower().startswith(("https://", "http://")) else replace(link, url="")


def _followup(writer: Writer, followup: Followup) -> FollowupView:
    ask, answer = writer.boxed(followup.ask), writer.boxed(followup.answer)
    return FollowupView(followup.id, ask, answer)


def _short(question: Question) -> str:
    return to_text((question.short or question.ask).events)
