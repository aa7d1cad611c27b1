"""Follow-ups and cards of a Markdown bank, as keys of the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.formats.markdown import places
from deckbuild.formats.markdown.attributes import entries, item_attributes
from deckbuild.formats.markdown.blocks import BLANKS, Shape, blocks, split
from deckbuild.formats.markdown.links import parse_link, picture_path
from deckbuild.formats.markdown.passage import without_comments
from deckbuild.formats.tree import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as ListOf

    from deckbuild.formats.markdown.blocks import Block
    from deckbuild.formats.markdown.page import Headed, Page
    from deckbuild.formats.markdown.passage import Passage
    from deckbuild.formats.tree import Node

BREAK = 3
"""Stars of the line that parts a prompt from its answer."""
_OPTION = re.compile(r"\[([ xX])\](?:[ \t]|$)")
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)%?"
_NUMBERS = re.compile(r"[^\s,]+")
_MASK = re.compile(rf"(.*):((?:[ \t,]+{_NUMBER}){{4}})", re.DOTALL)


# Follow-ups -------------------------------------------------------------------------------------


def read_followups(page: Page, inner: ListOf[Block]) -> Iterator[Mapping]:
    """Yield follow-ups: each has a heading of its own, and its answer below."""
    before, found = split(inner, 4)
    page.stray(
        before, "this stands above the first follow-up", "give it a heading: `#### What is a dead ReLU?`"
    )
    for block, below in found:
        headed = page.heading(block, below, places.FOLLOWUP)
        ask, answer = _asked(page, headed)
        listed = [*_keyed("ask", ask), *headed.attributes, *_keyed("answer", answer)]
        yield Mapping(tuple(listed), headed.origin)


def _asked(page: Page, headed: Headed) -> tuple[Passage, Passage | None]:
    """Return prompt and answer: a line `***` stands between them if the prompt has more than its heading."""
    for index, block in enumerate(headed.below):
        if stars(page.text.text, block) == BREAK:
            ask = headed.text.then(_more(page, headed.below[:index]))
            return ask, page.prose(headed.below[index + 1 :])
    return headed.text, page.prose(headed.below)


def _more(page: Page, found: ListOf[Block]) -> Passage:
    """Return what a prompt has below its heading; a rule in it has one star more than it shows."""
    text = page.prose(found)
    if text is None:
        return page.text.cut(0, 0)
    longer = (block.start for block in found if stars(page.text.text, block) > BREAK)
    return text.without([start - found[0].start for start in longer])


def stars(text: str, block: Block) -> int:
    """Return of how many stars a line is that has nothing else; three part a prompt from its answer."""
    line = text[block.start : block.end].rstrip(BLANKS)
    return len(line) if block.shape is Shape.RULE and not line.strip("*") else 0


# Cards ------------------------------------------------------------------------------------------


def read_cards(page: Page, inner: ListOf[Block]) -> Iterator[Mapping]:
    """Yield cards: items before the first heading are clozes, each other card has a heading."""
    before, found = split(inner, 4)
    items = [block for block in before if _is_bullet(block)]
    others = [block for block in before if not _is_bullet(block)]
    page.stray(others, "this is no card", "write `- ` before a cloze, or a heading `#### … {.basic}` above")
    yield from (_cloze_item(page, block) for block in items)
    for block, below in found:
        headed = page.heading(block, below, places.CARD)
        kind = headed.attribute("kind")
        if not isinstance(kind, Scalar):
            _report_no_kind(page, headed)
        elif card := _card(page, headed, kind):
            yield card


def _is_bullet(block: Block) -> bool:
    return block.shape is Shape.ITEM and block.mark in "-*+"


def _cloze_item(page: Page, block: Block) -> Mapping:
    attributed = item_attributes(page.text.item(block), places.CLOZE_ITEM)
    listed, problems = entries(attributed.attributes, places.CLOZE_ITEM)
    page.found += (*attributed.problems, *problems)
    text = attributed.text
    return Mapping((*listed, Entry("cloze", text.scalar(), text.origin)), text.origin)


def _card(page: Page, headed: Headed, kind: Scalar) -> Mapping | None:
    of_kind = {entry.key: entry for entry in headed.attributes if entry.key in places.OF_KIND[kind.text]}
    shared = [entry for entry in headed.attributes if entry.key in {"id", "tags", "hint"}]
    for entry in headed.attributes:
        if entry not in shared and entry.key not in of_kind and entry.key != "kind":
            homes = [f"`.{name}`" for name, keys in places.OF_KIND.items() if entry.key in keys]
            at = entry.origin.span()
            message = f"`{at.text}` says nothing about a card that is `.{kind.text}`"
            page.error(message, at, help=f"it belongs to {' and '.join(homes)}")
    body = _BODIES[kind.text](page, headed, of_kind)
    return Mapping((*shared, Entry(kind.text, body, kind.origin)), headed.origin) if body else None


def _report_no_kind(page: Page, headed: Headed) -> None:
    meant = _likely_kind(page, headed)
    message = "the kind of this card is missing"
    help_text = f"add `{{.{meant}}}` to the heading, or `<!-- .{meant} -->` on the line below"
    page.error(message, page.span(headed.block), *page.not_read(headed.below), help=help_text)


def _likely_kind(page: Page, headed: Headed) -> str:
    items = [block for block in headed.below if block.shape is Shape.ITEM]
    texts = [page.text.item(block).text for block in items]
    if any(_OPTION.match(text) for text in texts):
        return "choice"
    if any(block.mark in ".)" for block in items):
        return "steps"
    if texts and all(_MASK.fullmatch(text) for text in texts):
        return "occlusion"
    return "basic" if headed.text.text else "cloze"


# Kinds ------------------------------------------------------------------------------------------


def _basic(page: Page, headed: Headed, attributes: dict[str, Entry]) -> Node:
    ask, answer = _asked(page, headed)
    listed = [*_keyed("ask", ask), *_keyed("answer", answer)]
    if "reverse" in attributes:
        listed.append(attributes["reverse"])
    if figure := _figure(attributes):
        listed.append(figure)
    return Mapping(tuple(listed), headed.origin)


def _figure(attributes: dict[str, Entry]) -> Entry | None:
    """Return the picture on a front, from `figure=`, `alt=` and `caption=`."""
    named = (("image", "figure"), ("alt", "alt"), ("caption", "caption"))
    listed = [Entry(key, attributes[a].value, attributes[a].origin) for key, a in named if a in attributes]
    return Entry("figure", Mapping(tuple(listed), listed[0].origin), listed[0].origin) if listed else None


def _cloze(page: Page, headed: Headed, _: dict[str, Entry]) -> Node:
    if headed.text.text:
        message = "the text of a cloze stands below its heading"
        page.error(message, headed.text.span(), help="leave the heading empty: `#### {.cloze}`")
    return headed.text.then(page.prose(headed.below) or headed.text.cut(0, 0)).scalar()


def _choice(page: Page, headed: Headed, attributes: dict[str, Entry]) -> Node | None:
    items = _list_below(page, headed, "options", "- [x] One sigmoid per class")
    if not items:
        return None
    options = Sequence(tuple(_option(page, page.text.item(block)) for block in items), headed.origin)
    ask = _keyed("ask", _prompt(page, headed, items[0]))
    return Mapping((*ask, Entry("options", options, headed.origin), *attributes.values()), headed.origin)


def _option(page: Page, item: Passage) -> Mapping:
    mark = _OPTION.match(item.text)
    if not mark:
        help_text = "write `- [x] ` before what is right, `- [ ] ` before what is wrong"
        page.error("this option has no box", item.span(0, len(item.text.split("\n")[0])), help=help_text)
        return Mapping((Entry("wrong", item.scalar(), item.origin),), item.origin)
    inner = item.cut(mark.end(), len(item.text))
    found = list(blocks(inner.text))
    reasons = _last_list(without_comments(found))
    if len(reasons) > 1:
        at = inner.span(reasons[1].start, reasons[-1].end)
        help_text = "write one nested item; it may have several paragraphs"
        page.error("an option has one reason", at, help=help_text)
    before = [block for block in found if not reasons or block.start < reasons[0].start]
    text = inner.of(before) if before else inner.cut(0, 0)
    listed = [Entry("right" if mark[1] in "xX" else "wrong", text.scalar(), text.origin)]
    why = inner.item(reasons[0]) if reasons else None
    return Mapping((*listed, *_keyed("why", why)), text.origin)


def _steps(page: Page, headed: Headed, _: dict[str, Entry]) -> Node | None:
    items = _list_below(page, headed, "steps", "1. Forward pass")
    if not items:
        return None
    steps = Sequence(tuple(page.text.item(block).scalar() for block in items), headed.origin)
    ask = _keyed("ask", _prompt(page, headed, items[0]))
    return Mapping((*ask, Entry("items", steps, headed.origin)), headed.origin)


def _typed(page: Page, headed: Headed, attributes: dict[str, Entry]) -> Node:
    ask, answer = _asked(page, headed)
    if answer and "answer" in attributes:
        help_text = "keep the attribute, or the text"
        page.error("`answer` stands in the attributes too", answer.span(), help=help_text)
        answer = None
    return Mapping((*_keyed("ask", ask), *_keyed("answer", answer), *attributes.values()), headed.origin)


def _occlusion(page: Page, headed: Headed, _: dict[str, Entry]) -> Node | None:
    items = _list_below(page, headed, "masks", "- pooling: 0.40 0.10 0.15 0.60")
    if not items:
        return None
    before = [block for block in without_comments(headed.below) if block.start < items[0].start]
    link = parse_link(page.text.of(before[-1:])) if before else None
    if not link or not link.is_picture or link.title:
        help_text = "write `![Diagram of a small network](media/cnn.svg)` above the masks, without a title"
        at = page.span(before[-1] if before else headed.block)
        rest = [headed.block, *headed.below] if before else items
        page.error("the picture above the masks is missing", at, *page.not_read(rest), help=help_text)
        return None
    image = picture_path(link.address)
    masks = [mask for block in items if (mask := _mask(page, page.text.item(block)))]
    listed = (
        *_keyed("ask", _prompt(page, headed, before[-1])),
        Entry("image", image, image.origin),
        Entry("alt", link.label, link.label.origin),
        Entry("masks", Sequence(tuple(masks), headed.origin), headed.origin),
    )
    return Mapping(listed, headed.origin)


def _mask(page: Page, item: Passage) -> Mapping | None:
    found = _MASK.fullmatch(item.text)
    if not found:
        help_text = (
            "left, top, width and height as fractions of the picture: `- pooling: 0.40 0.10 0.15 0.60`"
        )
        page.error("a mask is a label and four numbers", item.span(0, len(item.text)), help=help_text)
        return None
    label = item.cut(*found.span(1))
    numbers = (item.cut(*number.span()) for number in _NUMBERS.finditer(item.text, found.start(2)))
    rect = Sequence(tuple(number.scalar() for number in numbers), item.cut(*found.span(2)).origin)
    return Mapping(
        (Entry("label", label.scalar(), label.origin), Entry("rect", rect, rect.origin)), item.origin
    )


_BODIES = {
    "basic": _basic,
    "cloze": _cloze,
    "choice": _choice,
    "steps": _steps,
    "typed": _typed,
    "occlusion": _occlusion,
}


# What they share --------------------------------------------------------------------------------


def _list_below(page: Page, headed: Headed, what: str, example: str) -> list[Block]:
    """Return the items of the list that ends a card; without one that is reported."""
    found = without_comments(headed.below)
    ends = [index for index, block in enumerate(found) if block.shape is Shape.ITEM]
    if not ends:
        message = f"the {what} of this card are missing"
        page.error(message, page.span(headed.block), *page.not_read(found), help=f"write `{example}`")
        return []
    after = found[ends[-1] + 1 :]
    page.stray(after, f"this stands below the {what}", f"move it above the {what}: it belongs to the prompt")
    return _last_list(found[: ends[-1] + 1])


def _last_list(found: list[Block]) -> list[Block]:
    """Return the items of the list that ends some blocks."""
    items: list[Block] = []
    for block in reversed(found):
        if block.shape is not Shape.ITEM or (items and block.mark != items[-1].mark):
            break
        items.append(block)
    return items[::-1]


def _prompt(page: Page, headed: Headed, end: Block) -> Passage:
    """Return the heading and what stands between it and a block."""
    before = [block for block in headed.below if block.start < end.start]
    return headed.text.then(page.prose(before) or headed.text.cut(0, 0))


def _keyed(key: str, text: Passage | None) -> list[Entry]:
    """Return a key with its text, or nothing if there is none."""
    return [Entry(key, text.scalar(), text.origin)] if text and text.text else []
