"""The model as keys and values, named and ordered as in `keys`: what every written bank holds.

What is as it would be without being written is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, assert_never

from deckbuild.formats.lower.deck import direction_of
from deckbuild.model import Basic, Choice, Cloze, Occlusion, Priority, Steps, Typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.markup.events import Mask
    from deckbuild.markup.prose import Prose
    from deckbuild.model import Body, Card, Deck, Figure, Followup, Link, Option, Point, Question, Section
    from deckbuild.source import Origin


@dataclass(frozen=True, slots=True)
class Plain:
    """A number, a date, a flag or one of a few words: what needs no quotes in any format."""

    text: str


Value: TypeAlias = "str | Plain | list[Value] | dict[str, Value]"
"""A text, a plain word, a list or a mapping."""


def deck_values(deck: Deck) -> dict[str, Value]:
    """Return a whole deck."""
    match deck.sections:
        case (only,) if not only.id:
            return {**head_values(deck), "questions": _listed(map(question_values, only.questions))}
        case sections:
            return {**head_values(deck), "sections": _listed(map(section_values, sections))}


def head_values(deck: Deck) -> dict[str, Value]:
    """Return what a deck says of itself."""
    direction = deck.direction if deck.direction != direction_of(deck.lang) else ""
    return _given(
        {
            "id": deck.id,
            "title": deck.title,
            "description": _text(deck.description),
            "version": deck.version,
            "lang": deck.lang,
            "direction": Plain(direction),
            "tags": [*deck.tags],
            "authors": [*deck.authors],
            "license": deck.license,
        }
    )


def section_values(section: Section) -> dict[str, Value]:
    """Return a section with its questions."""
    return section_head_values(section) | {"questions": _listed(map(question_values, section.questions))}


def section_head_values(section: Section) -> dict[str, Value]:
    """Return what a section says of itself."""
    return _given({"id": section.id, "title": section.title, "tags": [*section.tags]})


def question_values(question: Question) -> dict[str, Value]:
    """Return a question."""
    return _given(
        {
            "id": question.id if question.written else "",
            "ask": question.ask.raw,
            "short": _text(question.short),
            "answer": _text(question.answer),
            "points": _listed(map(_point, question.points)),
            "figure": _figure(question.figure),
            "details": _text(question.details),
            "followups": _listed(map(_followup, question.followups)),
            "pitfalls": [pitfall.raw for pitfall in question.pitfalls],
            "hint": _text(question.hint),
            **attribute_values(question),
            "sources": _listed(map(_source, question.sources)),
            "cards": _listed(map(_card, question.cards)),
        }
    )


def attribute_values(question: Question) -> dict[str, Value]:
    """Return what is said about a question, apart from its texts, lists and id."""
    priority = question.priority if question.priority is not Priority.SHOULD else ""
    return _given(
        {
            "difficulty": Plain(question.difficulty or ""),
            "priority": Plain(priority),
            "roles": [*question.roles],
            "tags": [*question.tags],
            "minutes": Plain(number(question.minutes) if question.minutes is not None else ""),
            "license": question.license,
            "reviewed": Plain(question.reviewed),
            "see": [*question.see],
            "was": [*question.was],
            "guid": question.guid,
            "draft": _flag(question.draft),
        }
    )


def number(value: float) -> str:
    """Return a number without an exponent: `2`, `0.25`."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def relative(path: str, at: Origin) -> str:
    """Return a path of the project as it is written in the file that names it."""
    folder = [part for part in at.span().source.folder.split("/") if part]
    parts = path.split("/")
    shared = 0
    while shared < min(len(folder), len(parts) - 1) and folder[shared] == parts[shared]:
        shared += 1
    return "/".join((*[".."] * (len(folder) - shared), *parts[shared:]))


# Parts of a question ----------------------------------------------------------------------------


def _point(point: Point) -> Value:
    return {"must": point.text.raw} if point.must else point.text.raw


def _followup(followup: Followup) -> dict[str, Value]:
    name = followup.id if followup.written else ""
    return _given({"id": name, "ask": followup.ask.raw, "answer": followup.answer.raw})


def _source(source: Link) -> dict[str, Value]:
    return _given({"title": source.title, "url": source.url})


def _figure(figure: Figure | None) -> dict[str, Value]:
    if figure is None:
        return {}
    caption = _given({"caption": _text(figure.caption)})
    return {"image": relative(figure.image, figure.at), "alt": figure.alt, **caption}


def _card(card: Card) -> dict[str, Value]:
    name = card.id if card.written else ""
    kind = type(card.body).__name__.lower()
    return _given({"id": name, kind: _body(card.body), "hint": _text(card.hint), "tags": [*card.tags]})


def _body(body: Body) -> Value:
    match body:
        case Basic(ask, answer, reverse, figure):
            rest = _given({"reverse": _flag(reverse), "figure": _figure(figure)})
            return {"ask": ask.raw, "answer": answer.raw, **rest}
        case Cloze(text):
            return text.raw
        case Choice(ask, options, shuffle):
            listed: dict[str, Value] = {"ask": ask.raw, "options": _listed(map(_option, options))}
            return listed if shuffle else {**listed, "shuffle": Plain("false")}
        case Steps(ask, steps):
            return {"ask": ask.raw, "items": [step.raw for step in steps]}
        case Typed(ask, answer, accept):
            return {"ask": ask.raw, "answer": answer, **_given({"accept": [*accept]})}
        case Occlusion(ask, image, alt, masks, at):
            where = {"image": relative(image, at), "alt": alt}
            return {"ask": ask.raw, **where, "masks": _listed(map(_mask, masks))}
        case _:
            assert_never(body)


def _option(option: Option) -> dict[str, Value]:
    why = _given({"why": _text(option.why)})
    return {"right" if option.right else "wrong": option.text.raw, **why}


def _mask(mask: Mask) -> dict[str, Value]:
    return {"label": mask.label, "rect": [Plain(number(part)) for part in mask.rect]}


# Values -----------------------------------------------------------------------------------------


def _text(prose: Prose | None) -> str:
    return prose.raw if prose else ""


def _flag(value: bool) -> Plain:
    return Plain("true" if value else "")


def _listed(values: Iterable[Value]) -> list[Value]:
    return [*values]


def _given(values: dict[str, Value]) -> dict[str, Value]:
    """Return the values that say something."""
    return {key: value for key, value in values.items() if value and value != Plain("")}
