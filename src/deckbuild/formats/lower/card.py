"""Cards of the tree to the model, kind by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Label, error
from deckbuild.formats import keys
from deckbuild.formats.lower.fields import open_mapping
from deckbuild.formats.lower.figure import described, lower_figure, lower_mask
from deckbuild.formats.lower.lowering import has_gap, place
from deckbuild.formats.tree import Mapping
from deckbuild.formats.values import line, picture, word
from deckbuild.model import Basic, Card, Choice, Cloze, Occlusion, Option, Steps, Typed

if TYPE_CHECKING:
    from deckbuild.formats.lower.fields import Fields
    from deckbuild.formats.lower.lowering import Lowering, Name
    from deckbuild.formats.tree import Node
    from deckbuild.markup.prose import Prose
    from deckbuild.model import Body

MIN_HEADING = 5
"""Headings in cards and follow-ups start one level below those in details."""

_LEAST = 2
"""One option is no choice, one step no order."""


def lower_card(node: Node, lowering: Lowering) -> tuple[Card | None, Name | None]:
    """Return a card if nothing is wrong with it, and its id if that can be told."""
    before = lowering.faults
    if meant := _meant_kind(node):
        message = "this card does not say of what kind it is"
        help_text = f"write `{meant}: {{{', '.join(f'{key}: …' for key in _ESSENTIALS[meant])}}}`"
        lowering.error(Code.CARD_INVALID, message, place(node), help=help_text)
        return None, None
    fields = open_mapping(node, keys.CARD, lowering)
    if fields is None:
        return None, None
    body = _lower_body(fields)
    hint = fields.text("hint", min_heading=MIN_HEADING)
    tags = fields.words("tags", word)
    name = fields.name(_prompt(body))
    if body is None or name is None or lowering.faults > before:
        return None, name
    return Card(name.text, body, tags, hint, name.written, fields.node.origin), name


_ESSENTIALS = {
    "choice": ("ask", "options"),
    "steps": ("ask", "items"),
    "typed": ("ask", "answer", "accept"),
    "occlusion": ("ask", "image", "alt", "masks"),
    "basic": ("ask", "answer"),
}
"""Keys of a card by which its kind is recognised that is not named, the last being its own."""


def _meant_kind(node: Node) -> str:
    """Return the kind of a card that has the keys of one in the place of its kind; empty for all others."""
    if not isinstance(node, Mapping) or any(entry.key in keys.CARD_KINDS for entry in node.entries):
        return ""
    written = {entry.key for entry in node.entries}
    found = (kind for kind, names in _ESSENTIALS.items() if names[-1] in written)
    return next(found, "basic" if written & {"ask", "front", "question", "back"} else "")


def _prompt(body: Body | None) -> Prose | None:
    if body is None:
        return None
    return body.text if isinstance(body, Cloze) else body.ask


def _lower_body(fields: Fields) -> Body | None:
    kind = next((kind for kind in keys.CARD_KINDS if kind in fields), None)
    match kind:
        case "basic":
            return _lower_basic(fields.inner(kind, keys.BASIC))
        case "cloze":
            return _lower_cloze(fields)
        case "choice":
            return _lower_choice(fields.inner(kind, keys.CHOICE))
        case "steps":
            return _lower_steps(fields.inner(kind, keys.STEPS))
        case "typed":
            return _lower_typed(fields.inner(kind, keys.TYPED))
        case "occlusion":
            return _lower_occlusion(fields.inner(kind, keys.OCCLUSION))
        case _:
            return None


def _lower_basic(fields: Fields | None) -> Basic | None:
    if fields is None:
        return None
    ask = fields.text("ask", min_heading=MIN_HEADING)
    answer = fields.text("answer", min_heading=MIN_HEADING)
    reverse = fields.flag("reverse")
    figure = lower_figure(fields, min_heading=MIN_HEADING)
    return Basic(ask, answer, reverse, figure) if ask and answer else None


def _lower_cloze(fields: Fields) -> Cloze | None:
    before = len(fields.lowering.found)
    text = fields.text("cloze", min_heading=MIN_HEADING, cloze=True)
    if text is None:
        return None
    if not has_gap(text) and len(fields.lowering.found) == before:
        help_text = "mark what is to be hidden: `{{…}}`"
        fields.lowering.error(
            Code.CARD_INVALID, "this cloze hides nothing", text.origin.span(), help=help_text
        )
    return Cloze(text)


def _lower_choice(fields: Fields | None) -> Choice | None:
    if fields is None:
        return None
    ask = fields.text("ask", min_heading=MIN_HEADING)
    shuffle = fields.flag("shuffle", default=True)
    nodes = fields.items("options")
    options = tuple(option for node in nodes if (option := _lower_option(node, fields.lowering)))
    if len(options) == len(nodes):
        _check_options(fields, options)
    return Choice(ask, options, shuffle) if ask else None


def _lower_option(node: Node, lowering: Lowering) -> Option | None:
    fields = open_mapping(node, keys.OPTION, lowering)
    if fields is None:
        return None
    right = "right" in fields
    text = fields.text("right" if right else "wrong", min_heading=MIN_HEADING)
    why = fields.text("why", min_heading=MIN_HEADING)
    return Option(text, right, why) if text else None


def _check_options(fields: Fields, options: tuple[Option, ...]) -> None:
    """Report options that leave nothing to choose."""
    first: dict[str, Option] = {}
    for option in options:
        earlier = first.setdefault(option.text.raw, option)
        if earlier is not option:
            spans = Label(option.text.origin.span(), "again"), Label(earlier.text.origin.span(), "first")
            fields.lowering.report(error(Code.CARD_INVALID, "this option stands here twice", *spans))
    if not options:
        return
    if len(options) < _LEAST:
        _report_card(
            fields, "options", "a choice needs at least two options", "add what others take for right"
        )
    elif not any(option.right for option in options):
        mark = "[x]" if _is_markdown(fields) else "right:"
        _report_card(fields, "options", "no option is right", f"write `{mark}` in front of one that is")
    elif all(option.right for option in options):
        mark = "[ ]" if _is_markdown(fields) else "wrong:"
        _report_card(fields, "options", "no option is wrong", f"write `{mark}` in front of those that are")


def _lower_steps(fields: Fields | None) -> Steps | None:
    if fields is None:
        return None
    ask = fields.text("ask", min_heading=MIN_HEADING)
    items = fields.texts("items", min_heading=MIN_HEADING)
    if len(fields.items("items")) == 1:
        _report_card(fields, "items", "one step has no order", "add the others, or make it a `basic` card")
    return Steps(ask, items) if ask else None


def _lower_typed(fields: Fields | None) -> Typed | None:
    if fields is None:
        return None
    ask = fields.text("ask", min_heading=MIN_HEADING)
    answer = fields.line("answer")
    accept = fields.words("accept", line)
    return Typed(ask, answer, accept) if ask and answer else None


def _lower_occlusion(fields: Fields | None) -> Occlusion | None:
    if fields is None:
        return None
    ask = fields.text("ask", min_heading=MIN_HEADING)
    image = fields.value("image", picture(fields.lowering.folder))
    alt = described(fields)
    masks = tuple(mask for node in fields.items("masks") if (mask := lower_mask(node, fields.lowering)))
    return Occlusion(ask, image, alt, masks, fields.origin("image")) if ask and image else None


def _is_markdown(fields: Fields) -> bool:
    return fields.node.origin.span().source.name.endswith(".md")


def _report_card(fields: Fields, name: str, message: str, help_text: str) -> None:
    fields.lowering.error(Code.CARD_INVALID, message, fields.span(name), help=help_text)
