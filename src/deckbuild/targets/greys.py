"""Pictures for the ink-saving theme: every color as the grey that is as light."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuild.media import Media

_SVG = "image/svg+xml"
_COLOR = re.compile(
    rb"""\b((?:fill|stroke|color|stop-color|flood-color|lighting-color)\s*[:=]\s*["']?\s*)"""
    rb"""(\#[0-9a-f]{3,8}\b|rgba?\([^)"']*\)|hsla?\([^)"']*\)|[a-z]+)""",
    re.IGNORECASE,
)
"""A color and what stands before it: `#abc` elsewhere may be the name of a gradient."""


def greyed(media: Media) -> Media:
    """Return a picture in greys. What is no color that we know stays as it is."""
    if media.mime == _SVG:
        return replace(media, data=_COLOR.sub(_grey_of, media.data))
    if media.mime.startswith("image/"):
        return replace(media, data=_grey_dots(media.data), mime="image/png")
    return media


def _grey_of(found: re.Match[bytes]) -> bytes:
    from PIL import ImageColor

    try:
        red, green, blue, *alpha = ImageColor.getrgb(found[2].decode())
    except ValueError:
        return found[0]
    light = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return found[1] + f"#{light:02x}{light:02x}{light:02x}{''.join(f'{a:02x}' for a in alpha)}".encode()


def _grey_dots(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as image:
        grey = ImageOps.exif_transpose(image).convert("RGBA").convert("LA")
        made = BytesIO()
        grey.save(made, "PNG")
    return made.getvalue()
