"""Ids written into sources: where each goes, so that nothing else of the file is touched."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from deckbuild.formats.markdown import places
from deckbuild.formats.markdown.attributes import entries, item_attributes
from deckbuild.formats.markdown.blocks import BLANKS, Shape, blocks
from deckbuild.formats.markdown.page import Page
from deckbuild.formats.markdown.passage import whole
from deckbuild.formats.yaml.write import scalar
from deckbuild.model import Card, Followup, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from deckbuild.formats.markdown.blocks import Block
    from deckbuild.formats.markdown.places import Place
    from deckbuild.formats.tree import Entry
    from deckbuild.model import Deck, Section
    from deckbuild.source import Source, Span

Named = Question | Followup | Card
_N = TypeVar("_N", Question, Followup, Card)
Spot = tuple[str, int]
"""A file and an offset in it, by which a question or card is known."""
Insertion = tuple[int, str]
"""An offset in a source, and what goes there."""

_COMMENT = re.compile(r"(?:^|[ \t]+)#.*")
_TABLES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class NewId:
    """An id that is not written yet, and whose it is."""

    id: str
    owner: Named
    span: Span
    ref: str
    """The id with that of its question in front, for a card or follow-up."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The ids that a source lacks, and what to insert for them: nothing if it is a table."""

    source: Source
    ids: tuple[NewId, ...]
    insertions: tuple[Insertion, ...]


def plan_ids(deck: Deck, known: Mapping[Spot, str]) -> tuple[Plan, ...]:
    """Return a plan for each source of a deck that lacks ids."""
    by_name: dict[str, list[NewId]] = {}
    for new in new_ids(deck, known):
        by_name.setdefault(new.span.source.name, []).append(new)
    return tuple(_plan(tuple(ids)) for ids in by_name.values())


def _plan(ids: tuple[NewId, ...]) -> Plan:
    source = ids[0].span.source
    return Plan(source, ids, insertions(source, ids) if can_hold_ids(source) else ())


def spots(deck: Deck) -> dict[Spot, str]:
    """Return the ids of a deck by the places of what has them."""
    return {_spot(one): one.id for _, question in deck.questions() for one in _all(question)}


def new_ids(deck: Deck, known: Mapping[Spot, str]) -> tuple[NewId, ...]:
    """Return the ids that are not written; `known` are those that were given before, by their places."""
    return tuple(
        NewId(name, one, one.at.span(), name if one is question else f"{_id(question, known)}/{name}")
        for _, question in deck.questions()
        for one in _all(question)
        if not one.written
        for name in (_id(one, known),)
    )


def with_new_ids(deck: Deck, known: Mapping[Spot, str]) -> Deck:
    """Return the deck as it reads once all ids are written that can be."""

    def named(one: _N) -> _N:
        is_written = one.written or can_hold_ids(one.at.span().source)
        return replace(one, id=_id(one, known), written=True) if is_written else one

    def in_question(question: Question) -> Question:
        followups, cards = tuple(map(named, question.followups)), tuple(map(named, question.cards))
        return named(replace(question, followups=followups, cards=cards))

    def in_section(section: Section) -> Section:
        return replace(section, questions=tuple(map(in_question, section.questions)))

    return replace(deck, sections=tuple(map(in_section, deck.sections)))


def can_hold_ids(source: Source) -> bool:
    """Tell whether ids can be written into a source: in a table they want a column of their own."""
    return not source.name.lower().endswith(_TABLES)


def insertions(source: Source, ids: Iterable[NewId]) -> tuple[Insertion, ...]:
    """Return what to insert into a source that can hold ids."""
    if source.name.lower().endswith(".md"):
        page = Page(whole(source))
        found = list(blocks(source.text))
        return tuple(_into_markdown(page, found, new) for new in ids)
    return tuple(insertion for new in ids for insertion in _into_yaml(source.text, new))


def inserted(raw: str, insertions: Sequence[Insertion]) -> str:
    r"""Return a file's text with insertions, whose offsets count `\r\n` as one character and no BOM."""
    start = 1 if raw.startswith("\ufeff") else 0
    pairs = [found.start() - start - n for n, found in enumerate(re.finditer("\r\n", raw))]
    newline = "\r\n" if pairs else "\r" if "\r" in raw else "\n"
    pieces = []
    kept = 0
    for offset, text in sorted(insertions):
        at = start + offset + bisect_left(pairs, offset)
        pieces += [raw[kept:at], text.replace("\n", newline)]
        kept = at
    return "".join((*pieces, raw[kept:]))


def _all(question: Question) -> Iterator[Named]:
    yield question
    yield from question.followups
    yield from question.cards


def _spot(one: Named) -> Spot:
    span = one.at.span()
    return span.source.name, span.start


def _id(one: Named, known: Mapping[Spot, str]) -> str:
    return one.id if one.written else known.get(_spot(one), one.id)


# YAML -------------------------------------------------------------------------------------------


def _into_yaml(text: str, new: NewId) -> tuple[Insertion, ...]:
    """Return `id` as the first key of a mapping, on a line of its own unless it stands in braces."""
    start, end = new.span.start, new.span.end
    start -= text[:start].endswith(("'", '"'))
    entry = f"id: {scalar(new.id)}"
    before = _mark_before(text, start)
    if before == "{":
        return ((start, f"{entry}, "),)
    if before in {"[", ","}:  # a lone pair in a list, which goes without braces
        return (start, f"{{{entry}, "), (end + text.startswith(("'", '"'), end), "}")
    column = start - (text.rfind("\n", 0, start) + 1)
    return ((start, f"{entry}\n{' ' * column}"),)


def _mark_before(text: str, start: int) -> str:
    """Return the last character before a key that is neither blank nor of a comment."""
    before = text[:start].rstrip(" \n\t")
    while before:
        line = before[before.rfind("\n") + 1 :]
        content = _COMMENT.sub("", line).rstrip(BLANKS)
        if content.strip(BLANKS):
            return content[-1]
        before = before[: -len(line)].rstrip(" \n\t")
    return ""


# Markdown ---------------------------------------------------------------------------------------


def _into_markdown(page: Page, found: list[Block], new: NewId) -> Insertion:
    """Return `#id` as the first attribute, in a comment of its own if there are none yet."""
    index = next(n for n, block in enumerate(found) if block.start <= new.span.start <= block.end)
    block = found[index]
    if block.shape is Shape.ITEM:
        return _into_item(page, block, new.id)
    place = _place(new.owner)
    headed = page.heading(block, found[index + 1 : index + 2], place)
    if headed.attributes:
        return _first(headed.attributes), f"#{new.id} "
    return block.end, f"\n<!-- #{new.id} -->"


def _into_item(page: Page, block: Block, name: str) -> Insertion:
    item = page.text.item(block)
    listed, _ = entries(item_attributes(item, places.CLOZE_ITEM).attributes, places.CLOZE_ITEM)
    if listed:
        return _first(listed), f"#{name} "
    text = page.text.text[block.start : block.end]
    last_line = text.rstrip(BLANKS).rsplit("\n", 1)[-1].strip(BLANKS)
    gap = "\n" + " " * block.level if last_line.startswith(("```", "~~~")) else " "
    return block.start + len(text.rstrip(BLANKS)), f"{gap}<!-- #{name} -->"


def _first(attributes: Sequence[Entry]) -> int:
    return min(entry.origin.span().start for entry in attributes)


def _place(owner: Named) -> Place:
    match owner:
        case Question():
            return places.QUESTION
        case Followup():
            return places.FOLLOWUP
        case Card():
            return places.CARD
