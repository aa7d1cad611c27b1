"""The questions of a Markdown bank: heading, attributes, answer and parts, as keys of the tree."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Label
from deckbuild.formats.markdown import places
from deckbuild.formats.markdown.attributes import entries, item_attributes
from deckbuild.formats.markdown.blocks import Shape, split
from deckbuild.formats.markdown.cards import read_cards, read_followups
from deckbuild.formats.markdown.links import parse_link, picture_path
from deckbuild.formats.markdown.passage import unescaped, without_comments
from deckbuild.formats.tree import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as ListOf

    from deckbuild.formats.markdown.blocks import Block
    from deckbuild.formats.markdown.page import Page
    from deckbuild.formats.markdown.passage import Passage
    from deckbuild.formats.tree import Node

_LIKE_LINK = re.compile(r"^(?:<?https?:)|(?<!\\)\]\(", re.IGNORECASE)
_MUST = re.compile(r"!(?=[^ \t\n\[])")
_PLAIN = re.compile(r"\\+!(?=[^ \t\n\[])")


def read_question(page: Page, block: Block, below: ListOf[Block]) -> Mapping:
    """Return a question: its heading, and the blocks below it."""
    headed = page.heading(block, below, places.QUESTION)
    origin = page.text.cut(block.start, block.end).origin
    before, parts = split(headed.below, 3)
    found = list(headed.attributes)
    _check_level(page, block, headed.text.text)
    if answer := page.prose(before):
        found.append(Entry("answer", answer.scalar(), answer.origin))
        _check_answer(page, before)
    ask = headed.text
    for heading, name, inner in _parts(page, parts):
        if name == "Prompt":
            ask = ask.then(page.prose(inner) or page.text.cut(heading.end, heading.end))
        elif any(entry.key == places.PARTS[name] for entry in headed.attributes):
            labels = Label(page.span(heading)), *page.not_read(inner)
            message = f"`{places.PARTS[name]}` stands in the attributes too"
            page.error(message, *labels, help="keep one of them")
        elif (part := _part(page, name, heading, inner)) is not None:
            found.append(Entry(places.PARTS[name], part, page.heading_text(heading).origin))
    if ask.text:
        found.insert(0, Entry("ask", ask.scalar(), ask.origin))
    return Mapping(tuple(found), origin)


def _parts(
    page: Page, parts: list[tuple[Block, ListOf[Block]]]
) -> Iterator[tuple[Block, str, ListOf[Block]]]:
    """Yield the parts that have a name that is known, each once."""
    seen: dict[str, Block] = {}
    for heading, inner in parts:
        name = page.heading_text(heading).text
        if name not in places.PARTS:
            labels = Label(page.span(heading)), *page.not_read(inner)
            page.error(f"`{name}` is no part of a question", *labels, help=_meant_part(name))
        elif name in seen:
            again, first = Label(page.span(heading), "again"), Label(page.span(seen[name]), "first")
            message = f"`{name}` stands twice in this question"
            page.error(message, again, first, *page.not_read(inner), help="move all of it below the first")
        else:
            seen[name] = heading
            yield heading, name, inner


def _part(page: Page, name: str, heading: Block, inner: ListOf[Block]) -> Node | None:
    origin = page.heading_text(heading).origin
    match name:
        case "Points":
            return Sequence(tuple(_point(page, item) for item in _items(page, inner, name)), origin)
        case "Pitfalls":
            return Sequence(tuple(item.scalar() for item in _items(page, inner, name)), origin)
        case "Sources":
            return Sequence(tuple(_source(page, item) for item in _items(page, inner, name)), origin)
        case "Figure":
            return _figure(page, inner, heading)
        case "Follow-ups":
            return Sequence(tuple(read_followups(page, inner)), origin)
        case "Cards":
            return Sequence(tuple(read_cards(page, inner)), origin)
        case _:
            text = page.prose(inner)
            return text.scalar() if text else Scalar("", origin)


# Parts that are lists ---------------------------------------------------------------------------


def _items(page: Page, inner: ListOf[Block], name: str) -> Iterator[Passage]:
    """Yield the contents of a part that is a list."""
    others = [block for block in inner if block.shape is not Shape.ITEM]
    help_text = "begin each item with `- `, and indent its further lines by two blanks"
    page.stray(others, f"`{name}` is a list: this is no item of it", help_text)
    for block in inner:
        if block.shape is Shape.ITEM:
            yield page.text.item(block)


def _point(page: Page, item: Passage) -> Node:
    """Return a key point: `!` in front makes it a must, and so does a comment `.must` behind it."""
    attributed = item_attributes(item, places.POINT)
    listed, problems = entries(attributed.attributes, places.POINT)
    page.found += (*attributed.problems, *problems)
    text = attributed.text
    is_must = bool(listed)
    if not is_must and _MUST.match(text.text):
        text, is_must = text.cut(1, len(text.text)), True
    elif _PLAIN.match(text.text):
        text = text.cut(1, len(text.text))
    if not is_must:
        return text.scalar()
    return Mapping((Entry("must", text.scalar(), text.origin),), text.origin)


def _source(page: Page, item: Passage) -> Mapping:
    link = parse_link(item)
    if link and not link.is_picture and not link.title:
        named = (("title", link.label), ("url", link.address))
        return Mapping(tuple(Entry(k, v, v.origin) for k, v in named if v.text), item.origin)
    if link or _LIKE_LINK.search(item.text):
        page.error(
            "a source is a link, or the title of something that has no address",
            item.span(0, len(item.text.split("\n")[0])),
            help="write `- [Deep Learning, ch. 6](https://www.deeplearningbook.org)`",
        )
    title = Scalar(unescaped(item.text), item.origin)
    return Mapping((Entry("title", title, item.origin),), item.origin)


def _figure(page: Page, inner: ListOf[Block], heading: Block) -> Mapping | None:
    found = without_comments(inner)
    # A caption can have several paragraphs, so all of it is tried first.
    link = parse_link(page.text.of(found)) if found else None
    rest: ListOf[Block] = []
    if found and not link:
        link, rest = parse_link(page.text.of(found[:1])), found[1:]
    if not link or not link.is_picture:
        at = page.span(found[0], found[-1]) if found else page.span(heading)
        page.error("a figure is one picture", at, help=_PICTURE)
        return None
    page.stray(rest, "a figure is one picture, and nothing else", "move this below `### Details`")
    image = picture_path(link.address)
    listed = [Entry("image", image, image.origin), Entry("alt", link.label, link.label.origin)]
    if link.title:
        listed.append(Entry("caption", link.title, link.title.origin))
    return Mapping(tuple(listed), image.origin)


_PICTURE = 'write `![Curves of logistic and ReLU](media/activations.svg "Two activations")`'


# What is easily written on the wrong level ------------------------------------------------------


def _check_level(page: Page, block: Block, text: str) -> None:
    """Report a question that is named like a part."""
    if text in places.PARTS:
        message = f"`## {text}` begins a question: a part of one stands a level deeper"
        page.error(message, page.span(block), help=f"write `### {text}`")


def _check_answer(page: Page, before: ListOf[Block]) -> None:
    """Report a heading in an answer that is named like a part."""
    for block in before:
        name = page.heading_text(block).text if block.shape is Shape.HEADING else ""
        if name in places.PARTS:
            page.error(f"`{name}` is a part of a question", page.span(block), help=f"write `### {name}`")


def _meant_part(name: str) -> str:
    near = get_close_matches(name.title().strip(":"), places.PARTS, 1, 0.6)
    if near:
        return f"did you mean `### {near[0]}`?"
    listed = ", ".join(f"`{part}`" for part in places.PARTS)
    return f"the parts are {listed}; a question begins with `##`, a heading inside a text with `####`"
