"""The calibration sheet: what a printer makes of 50 mm, and how far its second side is off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.imposition import Duplex, Rect, flip_axis, mirrored
from deckbuild.media import Media
from deckbuild.targets.base import PdfFile
from deckbuild.targets.printing import Page, Printer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.imposition import Layout, Size
    from deckbuild.strings import Strings
    from deckbuild.targets.base import Job, Services

_BAR = 50.0
_REACH = 5
"""The scales go so many millimetres to each side."""
_ARM, _AWAY = 12.0, 9.0
"""Half the width of a cross, and how far from its middle the scales stand."""
_TARGETS = (0.22, 0.5, 0.78)
"""Where the crosses stand, as shares of width and height: on the diagonal, so that twist shows too."""


@dataclass(frozen=True, slots=True)
class CalibrationContext:
    """What `cards/calibration.html` gets."""

    page: Page
    sides: str
    """How to print it: on `one` side, or on both, flipped on the `long-edge` or the `short-edge`."""
    paper: Size
    pages: tuple[str, ...]
    """The paths of the drawings: the front, and the back if both sides are printed."""
    advice: str
    words: Strings


def calibration(job: Job, services: Services, layout: Layout, name: str) -> PdfFile:
    """Return the calibration sheet for the paper and the way of printing of the cards."""
    paper = layout.grid.page
    both = sides_of(layout.duplex) != "one"
    drawings = [_drawing("front", paper, (*_bars(paper), *_crosses(paper)))]
    if both:
        drawings.append(_drawing("back", paper, _scales(layout)))
    printer = Printer(job)
    context = CalibrationContext(
        printer.page(job.strings("cards.calibration.title")),
        sides_of(layout.duplex),
        paper,
        tuple(drawing.path for drawing in drawings),
        printer.words(f"cards.advice.{layout.duplex}" if both else "cards.calibration.one-side"),
        printer.words,
    )
    html = services.templates.render("cards/calibration.html", context)
    return PdfFile(name, html, tuple(drawings))


def sides_of(duplex: Duplex) -> str:
    """Return what a print dialog is to begin with."""
    return duplex.value if duplex in {Duplex.LONG_EDGE, Duplex.SHORT_EDGE} else "one"


def _drawing(name: str, paper: Size, shapes: Iterator[str] | tuple[str, ...]) -> Media:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {paper.width:g} {paper.height:g}"'
        ' stroke="#000" stroke-width="0.1" font-family="Source Sans 3" font-size="2.3" text-anchor="middle">'
        f"{''.join(shapes)}</svg>"
    )
    return Media(f"print/calibration-{name}.svg", svg.encode(), "image/svg+xml", paper.width, paper.height)


def _bars(paper: Size) -> Iterator[str]:
    """Yield a bar of 50 mm across and one down, with a tick every 10."""
    x, y = (paper.width - _BAR) / 2, paper.height * 0.9
    yield _line(x, y, x + _BAR, y)
    yield from (_line(x + step, y - 1.5, x + step, y + 1.5) for step in range(0, 51, 10))
    yield _text(x + _BAR / 2, y + 4, "50 mm")
    x, y = paper.width * 0.9, (paper.height - _BAR) / 2
    yield _line(x, y, x, y + _BAR)
    yield from (_line(x - 1.5, y + step, x + 1.5, y + step) for step in range(0, 51, 10))
    yield _text(x, y + _BAR + 4, "50 mm")


def _targets(paper: Size) -> Iterator[Rect]:
    for share in _TARGETS:
        yield Rect(paper.width * share, paper.height * share, 0, 0)


def _crosses(paper: Size) -> Iterator[str]:
    for target in _targets(paper):
        yield _line(target.x - _ARM, target.y, target.x + _ARM, target.y)
        yield _line(target.x, target.y - _ARM, target.x, target.y + _ARM)


def _scales(layout: Layout) -> Iterator[str]:
    """Yield two scales behind each cross, at the ends of its arms: they show how far backs must move."""
    paper = layout.grid.page
    axis = flip_axis(paper, layout.duplex)
    for target in _targets(paper):
        place = mirrored(target, paper, axis)
        across, down = place.y + _AWAY, place.x - _AWAY
        yield _line(place.x - _REACH, across, place.x + _REACH, across)
        yield _line(down, place.y - _REACH, down, place.y + _REACH)
        for half in range(-2 * _REACH, 2 * _REACH + 1):
            step, length = half / 2, 1.0 if half % 2 else 1.6
            yield _line(place.x + step, across, place.x + step, across + length)
            yield _line(down, place.y + step, down - length, place.y + step)
            if half % 4 == 0:
                label = f"{step:g}".replace("-", "−")
                yield _text(place.x + step, across + 4.2, label)
                yield _text(down - 3.4, place.y + step + 0.8, label)


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<path d="M{x:g} {y:g}L{to_x:g} {to_y:g}"/>'


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" stroke="none">{words}</text>'
