"""Decks written as Markdown that reads well on a code host, where attributes in comments do not show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.formats.markdown import places
from deckbuild.formats.markdown.write_cards import card_chunks, followup_chunks
from deckbuild.formats.markdown.write_pieces import (
    asked,
    heading,
    item,
    link,
    name,
    pairs,
    picture,
    survives,
    word,
)
from deckbuild.formats.write_values import head_values, number, relative, section_head_values
from deckbuild.formats.yaml.write import render
from deckbuild.model import Priority

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.formats.write_values import Value
    from deckbuild.model import Deck, Point, Question, Section

_LIKE_MUST = re.compile(r"\\*!(?=[^ \t\n\[])")
"""What a point begins with that reads as a must, or as one that is none."""


def to_markdown(deck: Deck) -> str:
    """Return a deck as one Markdown file, which reads as the same deck."""
    return _joined([_front_matter(head_values(deck)), *_section_chunks(deck.sections)])


def section_to_markdown(section: Section) -> str:
    """Return a section as a Markdown file of a folder deck."""
    return _joined([_front_matter(section_head_values(section)), *_question_chunks(section.questions)])


def _joined(chunks: Iterable[str]) -> str:
    return "\n\n".join(chunks) + "\n"


def _front_matter(values: dict[str, Value]) -> str:
    return f"---\n{render(values)}---"


def _section_chunks(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        if section.id:
            yield _section_heading(section)
        yield from _question_chunks(section.questions)


def _section_heading(section: Section) -> str:
    attributes = [*name(section.id), *pairs("tags", *section.tags)]
    if survives(section.title, 1, places.SECTION):
        return heading(1, section.title, attributes)
    return f"# {section.title} {{{' '.join(attributes)}}}"


# Questions --------------------------------------------------------------------------------------


def _question_chunks(questions: tuple[Question, ...]) -> Iterator[str]:
    for question in questions:
        text, rest = asked(question.ask, 2, places.QUESTION)
        yield heading(2, text, _attributes(question))
        if question.answer:
            yield question.answer.raw
        for title, chunks in _parts(question, rest):
            if chunks:
                yield f"### {title}"
                yield from chunks


def _attributes(question: Question) -> list[str]:
    priority = question.priority if question.priority is not Priority.SHOULD else ""
    return [
        *name(question.id if question.written else ""),
        *word(question.difficulty or ""),
        *word(priority),
        *word("draft" if question.draft else ""),
        *pairs("short", question.short.raw if question.short else ""),
        *pairs("roles", *question.roles),
        *pairs("tags", *question.tags),
        *pairs("minutes", number(question.minutes) if question.minutes is not None else ""),
        *pairs("reviewed", question.reviewed),
        *pairs("license", question.license),
        *pairs("see", *question.see),
        *pairs("was", *question.was),
        *pairs("guid", question.guid),
    ]


def _parts(question: Question, rest: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts with their chunks; `rest` is what of the prompt stands below its heading."""
    figure = question.figure
    yield "Prompt", [rest] if rest else []
    yield "Points", _list(map(_point, question.points))
    yield "Figure", [picture(relative(figure.image, figure.at), figure.alt, figure.caption)] if figure else []
    yield "Details", [question.details.raw] if question.details else []
    yield "Follow-ups", [chunk for followup in question.followups for chunk in followup_chunks(followup)]
    yield "Pitfalls", _list(item(pitfall.raw) for pitfall in question.pitfalls)
    yield "Hint", [question.hint.raw] if question.hint else []
    yield "Sources", _list(item(link(source.title, source.url)) for source in question.sources)
    yield "Cards", card_chunks(question.cards)


def _list(items: Iterable[str]) -> list[str]:
    """Return the items of a list as one chunk, or none."""
    listed = "\n".join(items)
    return [listed] if listed else []


def _point(point: Point) -> str:
    """Return a point: `!` in front of a text marks a must where it can, else a comment behind it does."""
    raw = point.text.raw
    if not point.must:
        return item(f"\\{raw}" if _LIKE_MUST.match(raw) else raw)
    return item(f"!{raw}") if raw[0] not in " \t[" else item(raw, comment=".must")
