"""Figures, and masks over pictures, of the tree to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code
from deckbuild.formats import keys
from deckbuild.formats.lower.fields import open_mapping
from deckbuild.formats.values import description, fraction, picture
from deckbuild.markup.events import Mask
from deckbuild.model import Figure

if TYPE_CHECKING:
    from deckbuild.formats.lower.fields import Fields
    from deckbuild.formats.lower.lowering import Lowering
    from deckbuild.formats.tree import Node

_TOLERANCE = 1e-9
"""Decimal fractions such as 0.1 + 0.2 do not add up exactly."""


def lower_figure(fields: Fields, *, min_heading: int = 4) -> Figure | None:
    """Return the `figure` of a question or card."""
    inner = fields.inner("figure", keys.FIGURE)
    if inner is None:
        return None
    image = inner.value("image", picture(fields.lowering.folder))
    caption = inner.text("caption", min_heading=min_heading)
    return Figure(image, described(inner), caption, inner.origin("image")) if image else None


def described(fields: Fields) -> str:
    """Return `alt`: whether a picture may go without a description is for the linter."""
    return "" if fields.is_empty("alt") else fields.value("alt", description) or ""


def lower_mask(node: Node, lowering: Lowering) -> Mask | None:
    """Return one mask over a picture."""
    before = lowering.faults
    fields = open_mapping(node, keys.MASK, lowering)
    if fields is None:
        return None
    label = fields.line("label")
    numbers = [number for number, _ in fields.values("rect", fraction)]
    if lowering.faults > before:
        return None
    match numbers:
        case [left, top, width, height]:
            _check_rect(fields, left, top, width, height)
            return Mask(label, (left, top, width, height))
        case _:
            message = f"`rect` must have four numbers, but this has {len(numbers)}"
            help_text = "write left, top, width and height, as fractions of the picture"
            lowering.error(Code.INVALID_VALUE, message, fields.span("rect"), help=help_text)
            return None


def _check_rect(fields: Fields, left: float, top: float, width: float, height: float) -> None:
    if not (width > 0 and height > 0):
        message = "the mask has no size: width and height must be more than 0"
    elif left + width > 1 + _TOLERANCE:
        message = f"the mask leaves the picture: left and width add up to {left + width:g}"
    elif top + height > 1 + _TOLERANCE:
        message = f"the mask leaves the picture: top and height add up to {top + height:g}"
    else:
        return
    help_text = "the numbers are left, top, width and height; 1 is all of the picture"
    fields.lowering.error(Code.INVALID_VALUE, message, fields.span("rect"), help=help_text)
