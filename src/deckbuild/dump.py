"""The model as text and as JSON values, for people, tests and other programs."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, assert_never

from deckbuild.markup.prose import Prose
from deckbuild.model import Basic, Choice, Cloze, Occlusion, Steps, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.model import Body, Card, Deck, Figure, Question
    from deckbuild.numbering import Numbering


def as_data(value: Any) -> Any:
    """Return a model value as JSON values: texts as written, keys as named in the model, no places.

    Keys that are empty are left out. A card's body is under the name of its kind.
    """
    match value:
        case Prose(raw=raw):
            return raw
        case Enum():
            return value.value
        case tuple():
            return [as_data(item) for item in value]
        case _ if is_dataclass(value):
            pairs = ((_key(f.name, value), getattr(value, f.name)) for f in fields(value) if f.name != "at")
            return {key: as_data(inner) for key, inner in pairs if inner not in (None, "", (), False)}
        case _:
            return value


def as_text(deck: Deck, numbering: Numbering) -> str:
    """Return everything a deck says, as text: each line of content once, indented by what it is of."""
    return "".join(f"{line}\n" for line in _deck_lines(deck, numbering))


def _key(name: str, owner: object) -> str:
    if name == "body":
        return type(getattr(owner, name)).__name__.lower()
    return name


def _deck_lines(deck: Deck, numbering: Numbering) -> Iterator[str]:
    yield f"{deck.title} [{deck.id}]"
    about = (
        deck.version,
        deck.lang,
        deck.direction,
        " ".join(deck.tags),
        ", ".join(deck.authors),
        deck.license,
    )
    yield f"  {' · '.join(filter(None, about))}"
    if deck.description:
        yield from _block("", deck.description, 1)
    for section in deck.sections:
        yield ""
        if section.title:
            yield f"{numbering.sections[section.id]} {section.title} [{section.id}]"
        for question in section.questions:
            yield from _question_lines(question, numbering.questions[question.id])


def _question_lines(question: Question, number: str) -> Iterator[str]:
    yield ""
    yield from _block(f"{number} ", question.ask, 0, f" [{question.id}]")
    minutes = f"{question.minutes:g} min" if question.minutes else ""
    about = (question.difficulty, question.priority, minutes, *question.roles, *question.tags)
    yield f"  {' · '.join(filter(None, about))}"
    labelled = (("short: ", question.short), ("answer: ", question.answer), ("hint: ", question.hint))
    for label, text in labelled:
        if text:
            yield from _block(label, text, 1)
    for point in question.points:
        yield from _block("! " if point.must else "- ", point.text, 1)
    yield from _figure_lines(question.figure)
    if question.details:
        yield from _block("details: ", question.details, 1)
    for pitfall in question.pitfalls:
        yield from _block("pitfall: ", pitfall, 1)
    for followup in question.followups:
        yield from _block("follow-up: ", followup.ask, 1, f" [{followup.id}]")
        yield from _block("", followup.answer, 2)
    for card in question.cards:
        yield from _card_lines(card)
    for source in question.sources:
        yield f"  source: {source.title} {source.url}".rstrip()
    for label, values in (("see", question.see), ("was", question.was)):
        if values:
            yield f"  {label}: {' '.join(values)}"
    if question.reviewed or question.license:
        yield f"  reviewed: {question.reviewed} {question.license}".rstrip()


def _card_lines(card: Card) -> Iterator[str]:
    kind = type(card.body).__name__.lower()
    tags = f" ({' '.join(card.tags)})" if card.tags else ""
    yield from _body_lines(f"{kind}: ", card.body, f" [{card.id}]{tags}")
    if card.hint:
        yield from _block("hint: ", card.hint, 2)


def _body_lines(label: str, body: Body, ending: str) -> Iterator[str]:
    match body:
        case Basic(ask, answer, reverse, figure):
            yield from _block(f"{'basic, both ways: ' if reverse else label}", ask, 1, ending)
            yield from _figure_lines(figure)
            yield from _block("", answer, 2)
        case Cloze(text):
            yield from _block(label, text, 1, ending)
        case Choice(ask, options, shuffle):
            yield from _block(label if shuffle else "choice, in order: ", ask, 1, ending)
            for option in options:
                yield from _block("[x] " if option.right else "[ ] ", option.text, 2)
                if option.why:
                    yield from _block("", option.why, 3)
        case Steps(ask, steps):
            yield from _block(label, ask, 1, ending)
            for number, step in enumerate(steps, 1):
                yield from _block(f"{number}. ", step, 2)
        case Typed(ask, answer, accept):
            yield from _block(label, ask, 1, ending)
            yield f"    {' | '.join((answer, *accept))}"
        case Occlusion(ask, image, alt, masks):
            yield from _block(label, ask, 1, ending)
            yield f"    {image}: {alt}"
            for mask in masks:
                yield f"    {mask.label}: {' '.join(f'{number:g}' for number in mask.rect)}"
        case _:
            assert_never(body)


def _figure_lines(figure: Figure | None) -> Iterator[str]:
    if figure:
        yield f"  figure: {figure.image}: {figure.alt}"
        if figure.caption:
            yield from _block("", figure.caption, 2)


def _block(label: str, text: Prose, depth: int, ending: str = "") -> Iterator[str]:
    """Yield a text with a label before its first line, the others under it."""
    first, *rest = text.raw.rstrip("\n").split("\n")
    yield f"{'  ' * depth}{label}{first}{ending if not rest else ''}".rstrip()
    for line in rest:
        yield f"{'  ' * depth}{' ' * len(label)}{line}".rstrip()
    if rest and ending:
        yield f"{'  ' * depth}{' ' * len(label)}{ending.strip()}"
