"""Follow-ups and cards written as Markdown, each a list of chunks that empty lines part."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, assert_never

from deckbuild.formats.markdown import places
from deckbuild.formats.markdown.blocks import Shape, blocks
from deckbuild.formats.markdown.cards import BREAK, stars
from deckbuild.formats.markdown.quotes import quoted
from deckbuild.formats.markdown.write_pieces import (
    asked,
    bullet,
    heading,
    indented,
    item,
    list_mark,
    name,
    pairs,
    picture,
    word,
)
from deckbuild.formats.write_values import number, relative
from deckbuild.model import Basic, Choice, Cloze, Occlusion, Steps, Typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckbuild.markup.prose import Prose
    from deckbuild.model import Body, Card, Followup, Option


def followup_chunks(followup: Followup) -> list[str]:
    """Return a follow-up."""
    text, rest = asked(followup.ask, 4, places.FOLLOWUP)
    own = name(followup.id if followup.written else "")
    return [heading(4, text, own), *_with_break(rest, followup.answer.raw)]


def card_chunks(cards: Sequence[Card]) -> list[str]:
    """Return all cards of a question: clozes of one paragraph that come first are list items."""
    items = list(takewhile(_is_item, cards))
    listed = "\n".join(_cloze_item(card) for card in items)
    headed = (chunk for card in cards[len(items) :] for chunk in _chunks(card))
    return [*([listed] if listed else []), *headed]


# Clozes -----------------------------------------------------------------------------------------


def _is_item(card: Card) -> bool:
    """Tell whether a card is a cloze of one paragraph, with room for a comment behind it."""
    if not isinstance(card.body, Cloze) or "<!--" in card.body.text.raw:
        return False
    if any("-->" in attribute for attribute in _shared(card)):
        return False
    raw = card.body.text.raw
    found = list(blocks(raw))
    return len(found) == 1 and found[0].shape is Shape.TEXT and not raw.startswith(" ")


def _cloze_item(card: Card) -> str:
    assert isinstance(card.body, Cloze)
    return item(card.body.text.raw, comment=" ".join(_shared(card)))


# Cards ------------------------------------------------------------------------------------------


def _chunks(card: Card) -> list[str]:
    kind = type(card.body).__name__.lower()
    text, rest = ("", "") if isinstance(card.body, Cloze) else asked(card.body.ask, 4, places.CARD)
    words = [*word(kind), *word("reverse" if isinstance(card.body, Basic) and card.body.reverse else "")]
    attributes = [*words, *_shared(card), *_attributes(card.body)]
    return [heading(4, text, attributes), *_below(card.body, rest)]


def _shared(card: Card) -> list[str]:
    own = name(card.id if card.written else "")
    return [*own, *pairs("tags", *card.tags), *pairs("hint", _raw(card.hint))]


def _attributes(body: Body) -> list[str]:
    match body:
        case Basic(figure=figure) if figure:
            path, caption = relative(figure.image, figure.at), _raw(figure.caption)
            return [*pairs("figure", path), f"alt={quoted(figure.alt)}", *pairs("caption", caption)]
        case Choice(shuffle=shuffle):
            return [] if shuffle else ["shuffle=false"]
        case Typed(answer=answer, accept=accept):
            return [*pairs("answer", "" if _is_simple(answer) else answer), *pairs("accept", *accept)]
        case Basic() | Cloze() | Steps() | Occlusion():
            return []
        case _:
            assert_never(body)


def _below(body: Body, rest: str) -> list[str]:
    """Return what stands below the heading of a card; `rest` is what the heading does not hold."""
    before = [rest] if rest else []
    match body:
        case Basic(answer=answer):
            return _with_break(rest, answer.raw)
        case Cloze(text):
            return [text.raw]
        case Choice(options=options):
            mark = bullet("", rest)
            return [*before, "\n".join(_option(option, mark) for option in options)]
        case Steps(items=steps):
            mark = ")" if list_mark(rest) == "." else "."
            return [*before, "\n".join(item(step.raw, f"{n}{mark}") for n, step in enumerate(steps, 1))]
        case Typed(answer=answer):
            return _with_break(rest, answer if _is_simple(answer) else "")
        case Occlusion(image=image, alt=alt, masks=masks, at=at):
            rects = (" ".join(map(number, mask.rect)) for mask in masks)
            listed = [f"- {mask.label}: {rect}" for mask, rect in zip(masks, rects, strict=True)]
            return [*before, picture(relative(image, at), alt), "\n".join(listed)]
        case _:
            assert_never(body)


def _with_break(rest: str, answer: str) -> list[str]:
    """Return prompt and answer; a line of stars parts them if it is needed to tell them apart."""
    if not rest and not any(stars(answer, block) == BREAK for block in blocks(answer)):
        return [answer] if answer else []
    for block in reversed([*blocks(rest)]):
        if stars(rest, block) >= BREAK:
            rest = f"{rest[: block.start]}*{rest[block.start :]}"
    return [chunk for chunk in (rest, "***", answer) if chunk]


def _option(option: Option, mark: str) -> str:
    """Return an option; its reason is a nested item, which is empty if the text ends with a list."""
    text, why = option.text.raw, _raw(option.why)
    ends_with_list = bool(list_mark(text))
    if why or ends_with_list:
        gap = "\n\n" if "\n" in text or ends_with_list else "\n"
        text += gap + item(why, bullet(why, text)).rstrip(" ")
    return f"{mark} [{'x' if option.right else ' '}] {indented(text, 2)}"


def _is_simple(answer: str) -> bool:
    """Tell whether a typed answer can stand as a paragraph."""
    return [block.shape for block in blocks(answer)] == [Shape.TEXT] and not answer.startswith(" ")


def _raw(text: Prose | None) -> str:
    return text.raw if text else ""
