"""Finding out what a picture is from its bytes: kind and size, within bounds."""

from __future__ import annotations

import re
import warnings
from io import BytesIO

from deckbuild.media import Media

_MAX_PIXELS = 60_000_000
_RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(px|pt|pc|mm|cm|in|)\s*")


def describe_image(path: str, data: bytes) -> Media | str:
    """Return the picture as media, or in words why it is none."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") or path.lower().endswith(".svg"):
        return _describe_svg(path, data)
    return _describe_raster(path, data)


def _describe_svg(path: str, data: bytes) -> Media | str:
    # An entity can blow a few bytes up to gigabytes; no drawing program writes one.
    if b"<!ENTITY" in data:
        return f"`{path}` declares XML entities, which are refused"
    import xml.etree.ElementTree as ET

    try:
        root = ET.fromstring(data)  # noqa: S314 - as above
    except ET.ParseError as problem:
        return f"`{path}` is not valid SVG: {problem}"
    if root.tag.rpartition("}")[2] != "svg":
        return f"`{path}` is XML, but not SVG"
    box = [float(number) for number in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))]
    width = _length(root.get("width")) or (box[2] if len(box) == 4 else None)
    height = _length(root.get("height")) or (box[3] if len(box) == 4 else None)
    if not width or not height:
        return f"`{path}` has no size: give its `<svg>` a `viewBox`"
    return Media(path, data, "image/svg+xml", width, height)


def _describe_raster(path: str, data: bytes) -> Media | str:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # What is too large is said below, in our words.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                kind, (width, height) = picture.format or "", picture.size
    except Image.DecompressionBombError:
        return f"`{path}` has more pixels than a page can show"
    except (UnidentifiedImageError, OSError, ValueError):
        return f"`{path}` is not a picture that can be used: SVG, PNG, JPEG, GIF or WebP"
    if kind not in _RASTER:
        return f"`{path}` is {kind}: SVG, PNG, JPEG, GIF and WebP can be used"
    if width * height > _MAX_PIXELS:
        return f"`{path}` has {width} × {height} pixels, more than a page can show"
    return Media(path, data, _RASTER[kind], float(width), float(height))


def _length(text: str | None) -> float | None:
    found = _LENGTH.fullmatch(text or "")
    return float(found[1]) * _UNITS[found[2]] if found else None
