"""What all prints share: paper, the look of texts, and the media that a page shows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.drawing import draw
from deckbuild.markup import html
from deckbuild.markup.html import Hooks
from deckbuild.mathml import tex_spoken, to_mathml
from deckbuild.mathrules import MathError
from deckbuild.model import Direction
from deckbuild.targets.greys import greyed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from deckbuild.config import PaperName
    from deckbuild.drawing import Drawing
    from deckbuild.markup.events import Blank, Events, Link, MaskedImage, Math
    from deckbuild.media import Media
    from deckbuild.strings import Strings
    from deckbuild.targets.base import Job

MM = 96 / 25.4
"""CSS pixels in a millimetre."""
PT = 96 / 72
"""CSS pixels in a point."""
_ADDRESS = re.compile(r'"media:([^"]+)"')
_NOTE, _NOTE_ID = re.compile(r'<a href="#fn-\d+">(\d+)</a>'), re.compile(r'<li id="fn-\d+">')
_PLAIN = " .,:;!?()-–—·/…"
"""Characters besides letters and digits that mean nothing special in a CSS string."""
_NARROWEST, _WIDEST = 3, 14
"""Width of a gap to fill, in characters."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, upright, in millimetres."""

    width: float
    height: float

    @property
    def landscape(self) -> Paper:
        """Return the sheet lying on its side."""
        return Paper(self.height, self.width)


PAPERS: Mapping[PaperName, Paper] = {
    "a3": Paper(297, 420),
    "a4": Paper(210, 297),
    "a5": Paper(148, 210),
    "letter": Paper(215.9, 279.4),
}


@dataclass(frozen=True, slots=True)
class Page:
    """What `print/base.html` needs to know of a document."""

    title: str
    lang: str
    direction: str
    authors: tuple[str, ...]
    theme: str
    """`color` or `grey`."""


@dataclass(frozen=True)
class Printer:
    """Turns the texts of a job into print HTML, and remembers the formulas it drew for them."""

    job: Job
    _drawn: dict[str, Media] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def hooks(self) -> Hooks:
        """Return how texts look on paper. A heading of a text stands below a question's, which is h3."""
        return Hooks(
            math=self.math,
            image=lambda image: self.picture(image.path, image.alt),
            masked_image=_masked_image,
            blank=_blank,
            link=_link,
        )

    @cached_property
    def words(self) -> Strings:
        """Return the words of the deck's language, fit for the direction of its pages."""
        is_rtl = self.job.deck.direction is Direction.RTL
        return self.job.strings.fenced() if is_rtl else self.job.strings

    def page(self, title: str) -> Page:
        """Return what the base template needs."""
        deck, theme = self.job.deck, self.job.options.print.theme
        return Page(title, deck.lang, deck.direction.value, deck.authors, theme)

    def html(self, events: Events, blank: Callable[[Blank], Markup] | None = None) -> Markup:
        """Return a text as HTML blocks, its gaps to fill drawn by `blank`."""
        hooks = replace(self.hooks, blank=blank) if blank else self.hooks
        return _without_anchors(html.render(events, hooks))

    def inline(self, events: Events) -> Markup:
        """Return a text without the paragraph around it, if there is but one."""
        return _without_anchors(html.inline(events, self.hooks))

    def picture(self, path: str, alt: str) -> Markup:
        """Return a picture of the project."""
        return Markup('<img src="media:{}" alt="{}">').format(path, alt or path)

    def math(self, math: Math) -> Markup:
        """Return a formula as a drawing; one that cannot be drawn, as its TeX in code."""
        drawing = drawing_of(math)
        if drawing is None:
            return Markup("<code>{}</code>").format(math.tex)
        self._drawn[drawing.picture.path] = drawing.picture
        size = f"width:{drawing.width:.3f}em;height:{drawing.height:.3f}em"
        style = size if math.display else f"{size};vertical-align:{-drawing.depth:.3f}em"
        image = Markup('<img class="math" src="media:{}" alt="{}" style="{}">')
        drawn = image.format(drawing.picture.path, tex_spoken(math.tex), style)
        return Markup('<span class="math-block">{}</span>').format(drawn) if math.display else drawn

    @cached_property
    def _pictures(self) -> Mapping[str, Media]:
        """Return the pictures of the job, grey in the ink-saving theme."""
        if self.job.options.print.theme == "color":
            return self.job.media
        return {path: greyed(medium) for path, medium in self.job.media.items()}

    def media(self, page: str) -> tuple[Media, ...]:
        """Return the media that a page shows, to be handed over with it."""
        known = {**self._pictures, **self._drawn}
        paths = sorted({Markup(path).unescape() for path in _ADDRESS.findall(page)})  # noqa: S704 - read, not shown
        return tuple(known[path] for path in paths if path in known)


def drawing_of(math: Math) -> Drawing | None:
    """Return a formula's drawing, or None; that it cannot be drawn was said when it was checked."""
    result = to_mathml(math.tex, display=math.display)
    return None if isinstance(result, MathError) else draw(result.xml, display=math.display)


def css_string(text: str) -> Markup:
    """Return a text as a CSS string that is safe inside a `<style>` element."""
    plain = (c if c.isalnum() or c in _PLAIN else f"\\{ord(c):x} " for c in text)
    return Markup('"{}"').format("".join(plain))


def signs(text: str) -> int:
    """Return how wide a text is, in signs; those that are as wide as high, as Chinese ones, count twice."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _without_anchors(text: Markup) -> Markup:
    """Return a text whose footnotes are numbers: many texts on a page have a first one to link to."""
    return Markup(_NOTE.sub(r"\1", _NOTE_ID.sub("<li>", text)))  # noqa: S704 - it was and stays escaped


def _link(link: Link, inner: Markup) -> Markup:
    """Return a link that can be followed on a screen; links inside the deck lead nowhere on paper."""
    if link.url.startswith("#"):
        return inner
    return Markup('<a href="{}">{}</a>').format(link.url, inner)


def _blank(blank: Blank) -> Markup:
    width = min(max(blank.width, _NARROWEST), _WIDEST)
    return Markup('<span class="blank" style="width:{}em"></span>').format(f"{0.55 * width:.2f}")


def _masked_image(image: MaskedImage) -> Markup:
    """Return the picture with numbered boxes over what is hidden; a lifted one is an outline."""
    masks = Markup("").join(
        Markup('<span class="mask{}" style="{}"><b>{}</b></span>').format(
            " shown" if place in image.shown else "", _mask_style(mask.rect), place + 1
        )
        for place, mask in enumerate(image.masks)
    )
    picture = Markup('<img src="media:{}" alt="{}">').format(image.path, image.alt or image.path)
    return Markup('<span class="masked">{}{}</span>').format(picture, masks)


def _mask_style(rect: tuple[float, float, float, float]) -> str:
    left, top, width, height = (100 * value for value in rect)
    return f"left:{left:.3f}%;top:{top:.3f}%;width:{width:.3f}%;height:{height:.3f}%"
