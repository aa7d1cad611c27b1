"""Questions of the tree to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.formats import keys
from deckbuild.formats.lower.card import MIN_HEADING, lower_card
from deckbuild.formats.lower.fields import open_mapping
from deckbuild.formats.lower.figure import lower_figure
from deckbuild.formats.lower.lowering import Name, Reference
from deckbuild.formats.lower.names import repeated
from deckbuild.formats.tree import Mapping
from deckbuild.formats.values import (
    address,
    guid,
    identifier,
    iso_date,
    minutes,
    old_identifier,
    one_of,
    word,
)
from deckbuild.markup.prose import Prose
from deckbuild.model import Difficulty, Followup, Link, Point, Priority, Question

if TYPE_CHECKING:
    from deckbuild.formats.lower.fields import Fields
    from deckbuild.formats.lower.lowering import Lowering
    from deckbuild.formats.tree import Node
    from deckbuild.model import Card


def lower_question(node: Node, lowering: Lowering) -> Question | None:
    """Return a question if nothing is wrong with it; its id is noted in any case."""
    before = lowering.faults
    fields = open_mapping(node, keys.QUESTION, lowering)
    if fields is None:
        return None
    ask = fields.text("ask")
    name = fields.name(ask)
    if name:
        lowering.questions.append(name)
    draft = fields.flag("draft")
    if not draft:
        fields.check_some()
    followups, cards = _lower_parts(fields)
    # What is missing was reported, so the question is dropped; but all of it is looked at.
    question = Question(
        id=name.text if name else "",
        ask=ask or Prose("", (), fields.node.origin),
        at=fields.node.origin,
        written=bool(name and name.written),
        short=fields.text("short"),
        answer=fields.text("answer"),
        points=_lower_points(fields),
        figure=lower_figure(fields),
        details=fields.text("details"),
        followups=followups,
        pitfalls=fields.texts("pitfalls"),
        hint=fields.text("hint"),
        difficulty=fields.value("difficulty", one_of(Difficulty)),
        priority=fields.value("priority", one_of(Priority)) or Priority.SHOULD,
        roles=fields.words("roles", word),
        tags=fields.words("tags", word),
        minutes=fields.value("minutes", minutes),
        sources=_lower_sources(fields),
        license=fields.line("license"),
        reviewed=fields.value("reviewed", iso_date) or "",
        cards=cards,
        was=fields.words("was", old_identifier),
        guid=_lower_guid(fields),
        draft=draft,
        see=_lower_see(fields),
    )
    return question if lowering.faults == before else None


def _lower_parts(fields: Fields) -> tuple[tuple[Followup, ...], tuple[Card, ...]]:
    """Return follow-ups and cards, whose ids share one space: each becomes a note of its own."""
    lowering = fields.lowering
    followups = [_lower_followup(node, lowering) for node in fields.items("followups")]
    cards = [lower_card(node, lowering) for node in fields.items("cards")]
    names = (name for _, name in (*followups, *cards) if name)
    lowering.report(*repeated(names, "cards or follow-ups of a question"))
    return tuple(f for f, _ in followups if f), tuple(card for card, _ in cards if card)


def _lower_followup(node: Node, lowering: Lowering) -> tuple[Followup | None, Name | None]:
    fields = open_mapping(node, keys.FOLLOWUP, lowering)
    if fields is None:
        return None, None
    ask = fields.text("ask", min_heading=MIN_HEADING)
    answer = fields.text("answer", min_heading=MIN_HEADING)
    name = fields.name(ask)
    if not (ask and answer and name):
        return None, name
    return Followup(name.text, ask, answer, name.written, fields.node.origin), name


def _lower_points(fields: Fields) -> tuple[Point, ...]:
    points = (_lower_point(node, fields) for node in fields.items("points"))
    return tuple(point for point in points if point)


def _lower_point(node: Node, fields: Fields) -> Point | None:
    must = isinstance(node, Mapping) and any(entry.key in _LIKE_MUST for entry in node.entries)
    if not must:
        text = fields.item_text("points", node)
        return Point(text) if text else None
    inner = open_mapping(node, keys.POINT, fields.lowering)
    text = inner.text("must") if inner else None
    return Point(text, must=True) if text else None


_LIKE_MUST = frozenset({"must", "Must", "MUST", "should", "key", "important"})
"""Any other mapping in the place of a point is a text that misses its quotes."""


def _lower_sources(fields: Fields) -> tuple[Link, ...]:
    opened = (open_mapping(node, keys.SOURCE, fields.lowering) for node in fields.items("sources"))
    return tuple(Link(inner.line("title"), inner.value("url", address) or "") for inner in opened if inner)


def _lower_guid(fields: Fields) -> str:
    written = fields.value("guid", guid)
    if written:
        fields.lowering.guids.append(Name(written, fields.origin("guid")))
    return written or ""


def _lower_see(fields: Fields) -> tuple[str, ...]:
    see = fields.values("see", identifier)
    fields.lowering.references += (Reference(target, origin.span) for target, origin in see)
    return tuple(dict.fromkeys(target for target, _ in see))
