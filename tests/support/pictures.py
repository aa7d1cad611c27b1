"""Pages as small grey pictures, and where two of them differ to the eye.

Shapes are what is compared, not pixels: each tile of the page by its mean difference. Another version of
the rasterizer smooths edges differently and moves no tile by much; a word, a rule or a color does.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

DPI = 60
FINE = 4
"""Pages are drawn so many times as large, then reduced: smoothing by the rasterizer hardly counts."""
_STEP = 17
"""Of 256 greys 16 are kept."""
_TILE = 12
"""In pixels: five millimetres."""
_TOLERANCE = 11
"""Mean difference of a tile that is no difference, of 255. Measured on dense text: Poppler in place of
PDFium makes at most 10, text that moves by a pixel at least 23."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A place where two pictures differ: its left top corner in pixels, and by how much of 255."""

    x: int
    y: int
    difference: int


def picture_of(data: bytes, pages: Sequence[int], fine: int = FINE) -> Image.Image:
    """Return pages of a PDF, counted from 0, side by side."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    scale = DPI * fine / 72
    drawn = [document[page].render(scale=scale, grayscale=True).to_pil().reduce(fine) for page in pages]
    whole = Image.new("L", (sum(page.width for page in drawn), max(page.height for page in drawn)), 128)
    left = 0
    for page in drawn:
        whole.paste(page, (left, 0))
        left += page.width
    return whole.point(lambda value: (value + _STEP // 2) // _STEP * _STEP)


def differing(expected: Image.Image, actual: Image.Image) -> list[Tile]:
    """Return the tiles that differ to the eye, the worst first; all of it if the sizes differ."""
    if expected.size != actual.size:
        return [Tile(0, 0, 255)]
    # A shift of a tenth of a pixel is lost in a blur, one of a whole pixel is not.
    soft = (picture.filter(ImageFilter.BoxBlur(1)) for picture in (expected, actual))
    means = ImageChops.difference(*soft).reduce(_TILE)
    tiles = [
        Tile(place % means.width * _TILE, place // means.width * _TILE, value)
        for place, value in enumerate(means.tobytes())
        if value > _TOLERANCE
    ]
    return sorted(tiles, key=lambda tile: -tile.difference)


def marked(expected: Image.Image, actual: Image.Image) -> Image.Image:
    """Return what is new in black on what is gone in red; the rest is pale."""
    if expected.size != actual.size:
        return actual.convert("RGB")
    pale = actual.point(lambda value: 200 + value * 55 // 255)
    gone = ImageChops.subtract(actual, expected)
    new = ImageChops.subtract(expected, actual)
    black = ImageChops.subtract(pale, new)
    return Image.merge("RGB", (black, ImageChops.subtract(black, gone), ImageChops.subtract(black, gone)))


def as_png(picture: Image.Image) -> bytes:
    """Return the bytes of a small PNG."""
    out = io.BytesIO()
    picture.convert("P" if picture.mode == "L" else "RGB").save(out, "PNG", optimize=True)
    return out.getvalue()
