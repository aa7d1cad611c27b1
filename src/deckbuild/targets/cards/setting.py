"""Setting the cards: every side's text as large as it fits, in the optical middle of its room."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.diagnostic import Code, Diagnostic, warning
from deckbuild.imposition import Side
from deckbuild.targets.cards.design import ANSWER
from deckbuild.targets.cards.fit import Fitted, Text, Unfitted, fit_all
from deckbuild.targets.cards.sheets import PrintedSide
from deckbuild.targets.cards.sides import Drafting
from deckbuild.targets.printing import MM, Page, Printer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckbuild.targets.base import Services, Typesetter
    from deckbuild.targets.cards.design import Design
    from deckbuild.targets.cards.faces import Faces
    from deckbuild.targets.cards.fit import Fit
    from deckbuild.targets.cards.sides import Draft

_ABOVE, _BELOW = 1.8, 1.2
"""Space between head and text and between text and foot, in millimetres."""
_OPTICAL_MIDDLE = 0.42
"""The share of the free room that stands above a text; half of it would look too low."""


@dataclass(frozen=True, slots=True)
class CardsSet:
    """The cards that could be set, the numbers of those that could not, and what is to be said of these."""

    cards: tuple[tuple[PrintedSide, PrintedSide], ...] = field(repr=False)
    left_out: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class MeasureContext:
    """What `cards/measure.html` gets."""

    page: Page
    design: Design


@dataclass(frozen=True, slots=True)
class _Ruler:
    """Measures fragments in the column of a card."""

    typesetter: Typesetter
    head: str = field(repr=False)
    printer: Printer

    def heights(self, fragments: Sequence[str]) -> tuple[float, ...]:
        """Return the heights of fragments in millimetres."""
        # As plain text: markup would escape what is put together with it.
        texts = [str(fragment) for fragment in fragments]
        boxes = self.typesetter.measure(self.head, texts, self.printer.media("".join(texts)))
        return tuple(box[""].height / MM for box in boxes)


def set_cards(printer: Printer, services: Services, design: Design, cards: Sequence[Faces]) -> CardsSet:
    """Set both sides of every card. One with a side that does not fit is left out and reported."""
    drafting = Drafting(printer, services.templates, design)
    drafts = [draft for card in cards for draft in drafting.drafts(card)]
    ruler = _ruler(printer, services, design)
    rooms = _rooms(ruler, design, drafts)
    texts = [_text(draft, room) for draft, room in zip(drafts, rooms, strict=True)]
    fits = fit_all(texts, design.scales, ruler.heights)
    sides = [_printed(*side) for side in zip(drafts, rooms, fits, strict=True)]
    ready: list[tuple[PrintedSide, PrintedSide]] = []
    left_out: list[str] = []
    found: list[Diagnostic] = []
    for place, card in enumerate(cards):
        front, back = sides[2 * place : 2 * place + 2]
        if front and back:
            ready.append((front, back))
        else:
            left_out.append(card.number)
            pair = slice(2 * place, 2 * place + 2)
            found += _overflows(design, card, drafts[pair], rooms[pair], fits[pair])
    return CardsSet(tuple(ready), tuple(dict.fromkeys(left_out)), tuple(found))


def _ruler(printer: Printer, services: Services, design: Design) -> _Ruler:
    assert services.typesetter, "prints are planned only where there is a typesetter"
    html = services.templates.render("cards/measure.html", MeasureContext(printer.page(""), design))
    return _Ruler(services.typesetter, html.partition("</body>")[0], printer)


def _rooms(ruler: _Ruler, design: Design, drafts: Sequence[Draft]) -> list[float]:
    """Return how high the text of each side may be. A long section name takes two lines: then less."""
    heads = ruler.heights([Markup('<p class="head">{}</p>').format(draft.context) for draft in drafts])
    feet = ruler.heights([Markup('<p class="foot">{}</p>').format(draft.foot) for draft in drafts])
    inside = design.height - 2 * design.safe
    return [
        max(inside - head - _ABOVE - (foot + _BELOW if design.has_foot else 0.0), 1.0)
        for head, foot in zip(heads, feet, strict=True)
    ]


def _text(draft: Draft, room: float) -> Text:
    return Text(tuple(partial(draft.body, form) for form in range(len(draft.forms))), room)


def _printed(draft: Draft, room: float, fit: Fit) -> PrintedSide | None:
    """Return a side with its text in the optical middle."""
    if not isinstance(fit, Fitted):
        return None
    space = int((_ABOVE + (room - fit.height) * _OPTICAL_MIDDLE) * 4)
    body = draft.body(fit.form, fit.step, space)
    return PrintedSide(draft.label, draft.context, body, space, draft.foot, draft.hue)


def _overflows(
    design: Design, card: Faces, drafts: Sequence[Draft], rooms: Sequence[float], fits: Sequence[Fit]
) -> Iterator[Diagnostic]:
    for draft, room, fit in zip(drafts, rooms, fits, strict=True):
        if not isinstance(fit, Unfitted):
            continue
        part = "prompt" if draft.side is Side.FRONT else "answer"
        yield warning(
            Code.OVERFLOW,
            f"{card.number} gets no card: at {design.scales[-1] * ANSWER:.3g} pt its {part} needs "
            f"{fit.height:.1f} mm; there are {room:.1f} on {design.width:g} × {design.height:g} mm",
            card.item.span,
            help="shorten it, or set a larger `size` or a smaller `min-size` in `[cards]`",
        )
