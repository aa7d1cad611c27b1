"""Formulas as vector drawings that stand on the baseline and grow with the text around them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from deckbuild.identity import digest
from deckbuild.media import Media

_SIZE = 100.0
"""Drawn at 100 units an em with one decimal: finer than any printer, and short."""

_THIN = "0.1667em"
_APPLY = "\u2061"
_MOVABLE = frozenset("∑∏∐⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆")
_ROWS = frozenset(("math", "mrow", "mstyle", "mtd"))
_SLANTED = {"ϕ": "𝜙", "ϵ": "𝜖", "ϑ": "𝜗", "ϰ": "𝜘", "ϱ": "𝜚", "ϖ": "𝜛"}
_SCRIPTS = {"munder": "msub", "mover": "msup", "munderover": "msubsup"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn formula. Lengths are in em of the text around it."""

    picture: Media = field(repr=False)
    width: float
    height: float
    depth: float
    """How far it reaches below the baseline."""


@lru_cache(maxsize=20_000)
def draw(mathml: str, *, display: bool) -> Drawing | None:
    """Draw a formula; None if the drawing library fails on it.

    Inline formulas are set in text style, whatever they ask for: limits beside their sums and small
    fractions keep the lines of a paragraph apart evenly.
    """
    root = ET.fromstring(_clean(mathml))  # noqa: S314 - made by our own converter
    root.set("displaystyle", "true" if display else "false")
    if not display:
        _set_limits_aside(root)
    _space_names_evenly(root)
    _space_commas(root)
    _slant_variants(root)
    try:
        drawn = _library().Math(root, size=_SIZE, margin=0)
        box = drawn.node.bbox
        # From the origin, so that the first sign keeps its distance from the word before.
        left = min(box.xmin, 0.0)
        width, height = box.xmax - left, box.ymax - box.ymin
        shape = f"{left:.1f} {-box.ymax:.1f} {width:.1f} {height:.1f}"
        svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": shape})
        drawn.drawon(svg)
        _join_paths(svg)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError):
        return None
    data = ET.tostring(svg)
    picture = Media(f"math/{digest(data)[:24]}.svg", data, "image/svg+xml", width, height)
    return Drawing(picture, width / _SIZE, height / _SIZE, -box.ymin / _SIZE)


@cache
def _library() -> Any:
    import ziamath
    from ziamath.config import config

    # Shared symbols would need ids, and two formulas on a page the same ones.
    config.svg2 = False
    config.precision = 1
    return ziamath


def _clean(mathml: str) -> str:
    # The variation selector asks for the upright form of an operator; it would be drawn as a box.
    return mathml.replace("\ufe00", "").replace("&ApplyFunction;", _APPLY)


def _set_limits_aside(root: ET.Element) -> None:
    """Put the limits of sums beside them, with a thin space around both.

    ziamath moves only limits that are written as scripts, and forgets the sum's own space then.
    """
    for parent in list(root.iter()):
        for element in list(parent):
            base = element[0] if element.tag in _SCRIPTS and len(element) else None
            if base is None or base.tag != "mo" or (base.text or "").strip() not in _MOVABLE:
                continue
            element.tag = _SCRIPTS[element.tag]
            if parent.tag not in _ROWS:
                continue
            place = list(parent).index(element)
            if base.get("rspace") is None and place + 1 < len(parent):
                parent.insert(place + 1, ET.Element("mspace", {"width": _THIN}))
            if base.get("lspace") is None and place:
                parent.insert(place, ET.Element("mspace", {"width": _THIN}))


def _slant_variants(root: ET.Element) -> None:
    """Slant the variant letters of Greek, which ziamath leaves upright."""
    for element in root.iter("mi"):
        if element.get("mathvariant") is None and element.text in _SLANTED:
            element.text = _SLANTED[element.text]


def _space_names_evenly(root: ET.Element) -> None:
    """Space named operators as TeX does.

    The converter says what belongs around a name (`log`, `RSS`); ziamath adds more around every
    identifier of several letters and every invisible operator, but none around text.
    """
    for element in root.iter():
        for child in [child for child in element if child.tag == "mspace" and child.get("width") is None]:
            element.remove(child)
        if element.tag == "mi" and len(element.text or "") > 1:
            element.tag = "mtext"
        elif element.tag == "mo" and element.text == _APPLY:
            element.tag, element.text = "mspace", None
            element.set("width", element.get("lspace", "0em"))


def _space_commas(root: ET.Element) -> None:
    """Put TeX's thin space after commas: the dictionary of MathML has more than twice as much."""
    for element in root.iter("mo"):
        if element.text in {",", ";"} and element.get("rspace") is None:
            element.set("rspace", _THIN)


def _join_paths(svg: ET.Element) -> None:
    """Make one path of all signs and bars: each element costs as much to set as a word of text."""
    (group,) = svg
    shapes = [_outline(shape) for shape in group]
    if all(shapes):
        svg.remove(group)
        ET.SubElement(svg, "path", {"d": "".join(shapes)})


def _outline(shape: ET.Element) -> str:
    """Return a black sign or bar as path data; empty for anything else, such as a colored one."""
    get = shape.get
    if get("fill") != "black" or get("transform"):
        return ""
    match shape.tag:
        case "path":
            return get("d", "")
        case "rect":
            return f"M {get('x')} {get('y')} h {get('width')} v {get('height')} h -{get('width')} Z "
        case _:
            return ""
