"""What the style sheets of prints must not say: it is slow, or unreadable on paper."""

from __future__ import annotations

import re

import pytest

from deckbuild import resources
from deckbuild.numbering import HUES

PRINTS = {
    name: text
    for name, text in resources.templates().items()
    if name.split("/")[0] in {"print", "cheatsheet", "cards", "quiz"}
}
BASE = PRINTS["print/base.css"]
SLOW = (
    r"display:\s*(inline-)?(grid|flex)",
    r"flex-wrap",
    r"grid-template",
    r"\bcolumns?\s*:",
    r"column-(count|width|span|fill)",
    r"box-shadow",
    r"target-counter",
)


@pytest.mark.parametrize("name", PRINTS)
@pytest.mark.parametrize("slow", SLOW)
def test_no_print_uses_what_takes_minutes(name: str, slow: str) -> None:
    styles = re.sub(r"/\*.*?\*/", "", PRINTS[name], flags=re.DOTALL)
    assert re.findall(slow, styles) == []


def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_hue_has_a_color() -> None:
    assert set(re.findall(r"\.hue-(\w+) {", BASE)) == set(HUES)


@pytest.mark.parametrize("hue", HUES)
def test_hues_can_be_read_on_white_and_white_on_them(hue: str) -> None:
    color = re.search(rf"\.hue-{hue} {{ --hue: (#\w+)", BASE)
    assert color
    assert contrast(color[1], "#ffffff") >= 4.5


@pytest.mark.parametrize("name", ["quiet", "keyword", "string", "comment", "number"])
def test_quiet_text_and_code_can_be_read_on_their_grounds(name: str) -> None:
    color, ground = re.search(rf"--{name}: (#\w+)", BASE), re.search(r"--ground: (#\w+)", BASE)
    assert color
    assert ground
    assert contrast(color[1], ground[1]) >= 4.5


@pytest.mark.parametrize("name", PRINTS)
def test_no_type_is_smaller_than_6_5_points(name: str) -> None:
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:\s*(?:\d+ )?([\d.]+)pt", PRINTS[name])]
    assert min(sizes, default=6.5) >= 6.5


def test_text_is_black() -> None:
    assert re.search(r"html {\s*color: #000;", BASE)
