"""The HTML of a card's sides: head, foot, and the forms that the text between them can take."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.imposition import Side
from deckbuild.model import Followup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deckbuild.strings import Strings
    from deckbuild.targets.cards.design import Design
    from deckbuild.targets.cards.faces import Back, Faces, Front
    from deckbuild.targets.printing import Printer
    from deckbuild.templates import Templates

_PICTURE_SHARE = 0.75
_BESIDE = 75.0
"""On cards with so wide a text a figure stands beside the answer, else above it."""
_LEGIBLE, _RECOGNIZABLE = 45.0, 30.0
"""Drawings for a column of a cheat sheet can be read down to the one width, told apart to the other."""
_SMALLER = (0.8, 0.6, 0.45)
"""A picture that is what a card asks about shrinks by these before the card is given up."""
NO_BREAK = "\u00a0"
_DOTS = {"easy": "●○○", "medium": "●●○", "hard": "●●●"}


@dataclass(frozen=True, slots=True)
class FrontContext:
    """What `cards/front.html` gets."""

    front: Front
    picture_width: float
    cue: str
    """How many things are asked for, where it is more than one."""


@dataclass(frozen=True, slots=True)
class BackContext:
    """What `cards/back.html` gets."""

    back: Back
    picture_width: float
    beside: bool
    """Whether text runs beside the picture."""
    more: str
    """How many points a short form does without."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A side before it is known how large its text can be."""

    side: Side
    label: str
    """The number, and `Question`, `Answer` or `Follow-up`."""
    context: Markup = field(repr=False)
    forms: tuple[Callable[[], Markup], ...] = field(repr=False)
    """Return the text, the form that needs most room first. Most are never asked for."""
    foot: str
    hue: str

    def body(self, form: int, step: int, space: int = 0) -> Markup:
        """Return a form of the text at a step of type, so many quarters of a millimetre below the head."""
        above = f" a{space}" if space else ""
        return Markup('<div class="body prose {} s{}{}">{}</div>').format(
            self.side, step, above, self.forms[form]()
        )


@dataclass(frozen=True, slots=True)
class Drafting:
    """What drafts are made with."""

    printer: Printer
    templates: Templates
    design: Design

    def drafts(self, card: Faces) -> tuple[Draft, Draft]:
        """Return both sides of a card."""
        front = tuple(cache(partial(self._render, "front", form)) for form in self._front_forms(card.front))
        back = tuple(cache(partial(self._render, "back", form)) for form in self._back_forms(card.back))
        asked = "cards.followup" if isinstance(card.item.body, Followup) else "common.question"
        foot = self._foot(card)
        return (
            Draft(Side.FRONT, self._label(card, asked), card.context, front, foot, card.hue),
            Draft(Side.BACK, self._label(card, "common.answer"), card.context, back, foot, card.hue),
        )

    @property
    def _words(self) -> Strings:
        return self.printer.words

    def _render(self, name: str, context: object) -> Markup:
        return Markup(self.templates.render(f"cards/{name}.html", context).strip())  # noqa: S704 - a template

    def _label(self, card: Faces, word: str) -> str:
        """Return number and label as two words, which are set at either end of their line."""
        return f"{card.number} {self._words(word).replace(' ', NO_BREAK)}"

    def _foot(self, card: Faces) -> str:
        if not self.design.has_foot:
            return ""
        title, level = self.printer.job.deck.title, card.item.question.difficulty
        return f"{title} · {_DOTS[level]} {self._words(f'difficulty.{level}')}" if level else title

    def _front_forms(self, front: Front) -> Iterator[FrontContext]:
        cue = self._words("cards.several") if front.several else ""
        cue = self._words("cards.steps", count=front.steps) if front.steps else cue
        shape = front.picture.shape if front.picture else 1.0
        for width in self._subject_widths(shape) if front.picture else (0.0,):
            yield FrontContext(front, width, cue)

    def _back_forms(self, back: Back) -> Iterator[BackContext]:
        for form in (back, *back.shorter()):
            more = self._words("cards.more", count=form.left_out) if form.left_out else ""
            for width, beside in self._back_widths(form):
                yield BackContext(form, width, beside, more)

    def _back_widths(self, back: Back) -> Iterator[tuple[float, bool]]:
        """Yield how wide the picture of a back may be, the widest first, and whether text runs beside it."""
        text = self.design.text_width
        if back.picture is None:
            yield 0.0, False
        elif back.labels:
            yield from ((width, False) for width in self._subject_widths(back.picture.shape))
        elif text >= _BESIDE:
            yield from ((width, True) for width in (text / 2, _LEGIBLE) if width >= _LEGIBLE)
        else:
            yield max(self._picture_width(back.picture.shape), min(_LEGIBLE, text)), False

    def _subject_widths(self, shape: float) -> Iterator[float]:
        """Yield how wide a picture may be that a card asks about."""
        widest = self._picture_width(shape)
        yield widest
        yield from (widest * share for share in _SMALLER if widest * share >= _RECOGNIZABLE)

    def _picture_width(self, shape: float) -> float:
        """Return how wide a picture is that leaves room for text."""
        widest = self.design.text_height * _PICTURE_SHARE * shape
        return min(self.design.text_width, max(widest, _RECOGNIZABLE))
