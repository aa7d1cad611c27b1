"""Ids that nobody wrote: a question keeps the one that its first prompt gave, however it is edited."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from deckbuild.markup.events import End, Link, Start
from deckbuild.markup.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.markup.events import Event
    from deckbuild.model import Deck, Question

_T = TypeVar("_T")

Names = dict[str, str]
"""The id of each question by the id that its prompt gives now, where they differ."""


def with_ids(deck: Deck, names: Names, cards: Mapping[str, Names]) -> Deck:
    """Return the deck with remembered ids, also where one question refers to another.

    `cards` has, by the question's id as it is in the deck, the ids of its cards and follow-ups.
    """
    if not names and not any(cards.values()):
        return deck
    sections = (
        replace(section, questions=tuple(_with_ids(q, names, cards.get(q.id, {})) for q in section.questions))
        for section in deck.sections
    )
    named = replace(deck, sections=tuple(sections))
    return _with_links(named, names) if names else named


def _with_ids(question: Question, names: Names, cards: Names) -> Question:
    return replace(
        question,
        id=names.get(question.id, question.id),
        see=tuple(names.get(name, name) for name in question.see),
        cards=tuple(replace(card, id=cards.get(card.id, card.id)) for card in question.cards),
        followups=tuple(replace(f, id=cards.get(f.id, f.id)) for f in question.followups),
    )


def _with_links(value: _T, names: Names) -> _T:
    """Return a value of the model in whose texts links to questions lead to their remembered ids."""
    match value:
        case Prose(events=events):
            return cast("_T", replace(value, events=tuple(_linked(event, names) for event in events)))
        case tuple():
            return cast("_T", tuple(_with_links(item, names) for item in value))
        case _ if is_dataclass(value) and type(value).__module__ == "deckbuild.model":
            parts = {f.name: _with_links(getattr(value, f.name), names) for f in fields(value)}
            return cast("_T", replace(cast("Any", value), **parts))
        case _:
            return value


def _linked(event: Event, names: Names) -> Event:
    match event:
        case Start(tag=Link(url=url, title=title)) | End(tag=Link(url=url, title=title)) if (
            url.startswith("#") and url[1:] in names
        ):
            return replace(event, tag=Link(f"#{names[url[1:]]}", title))
        case _:
            return event
