"""Texts of a deck as the handout shows them: formulas, code, pictures, links, gaps to open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from deckbuild.markup.events import End, Events, FootnoteReference, Math, Paragraph, Start, unwrapped
from deckbuild.markup.highlight import highlight
from deckbuild.markup.html import Hooks, render
from deckbuild.markup.text import to_text
from deckbuild.mathml import tex_hidden, to_mathml
from deckbuild.mathrules import MathError
from deckbuild.targets.handout.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.markup.events import Code, CodeBlock, Gap, Image, Link
    from deckbuild.markup.prose import Prose
    from deckbuild.model import Figure
    from deckbuild.targets.base import Job


_COMMAND = re.compile(r"[\\^_{}]")
_QUOTED = re.compile(r'="([\w.:/#-]+)"(?=[\s>])')
"""Values that need no quotes: formulas have thousands of them."""
_OPTIONAL = re.compile(
    r"</(?:td|th|tr|thead|tbody|li)>|</p>(?=</|<(?:p|ul|ol|pre|div|h[4-6]|blockquote|hr)\b|$)"
)
"""End tags that HTML lets one leave out, as what follows says the same."""
_WORDLESS = re.compile(r"<th scope=col>(?=<t)")
"""A header cell without a word, which heads nothing."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A text in two: what may stand in a heading or a label, and the blocks that follow."""

    head: Markup
    rest: Markup


@dataclass(slots=True)
class Writer:
    """Turns the texts of one job to HTML, and collects what the page must hold for them."""

    job: Job
    pictures: Pictures = field(init=False)
    formulas: dict[str, None] = field(default_factory=dict, init=False)
    """Every formula once, as MathML."""
    _places: dict[tuple[float, float, float, float], str] = field(default_factory=dict, init=False)
    _names: int = field(default=0, init=False)
    _hooks: Hooks = field(init=False)

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.job.media)
        self._hooks = Hooks(
            math=self._math,
            code=lambda code: Markup("<code>{}</code>").format(self._marked(code, escape)),
            code_block=self._code_block,
            image=self._image,
            sound=lambda sound: self.pictures.play(sound.path, sound.alt),
            gap=self._gap,
            link=self._link,
        )

    def block(self, events: Events) -> Markup:
        """Return a text as HTML blocks."""
        if any(isinstance(event, FootnoteReference) for event in events):
            hooks = replace(self._hooks, id_prefix=f"_{self.name('n')}-")
        else:
            hooks = self._hooks
        html = _OPTIONAL.sub("", _QUOTED.sub(r"=\1", render(events, hooks)))
        return Markup(_WORDLESS.sub("<td>", html))  # noqa: S704 - quotes in texts are escaped

    def prose(self, text: Prose | None) -> Markup:
        """Return a text that may be absent as HTML blocks."""
        return self.block(text.events) if text else Markup()

    def inline(self, text: Prose | None) -> Markup:
        """Return a text that may be absent, without the paragraph around it if there is but one."""
        return self.line(text.events) if text else Markup()

    def line(self, events: Events) -> Markup:
        """Return events as HTML, without the paragraph around them if there is but one."""
        return self.block(unwrapped(events))

    def headed(self, text: Prose | None) -> Headed:
        """Return a text for a heading or a label, where no block may stand: its first line, and the rest."""
        if not text or not text.events:
            return Headed(Markup(), Markup())
        first = text.events[0]
        if isinstance(first, Math):
            return Headed(self.block((first,)), self.block(text.events[1:]))
        if first != Start(Paragraph()):
            words = Markup("<i>{}</i>").format(to_text(text.events))
            return Headed(words, self.block(text.events))
        end = text.events.index(End(Paragraph()))
        return Headed(self.block(text.events[1:end]), self.block(text.events[end + 1 :]))

    def boxed(self, text: Prose | None, figure: Figure | None = None) -> Markup:
        """Return a text that may be absent as one element: a paragraph if it is one, else a box.

        A paragraph ends where the next block begins; without its end tag, a deck is a kilobyte smaller.
        """
        if not text:
            return Markup()
        if figure is None and unwrapped(text.events) is not text.events:
            return Markup("<p>{}").format(self.inline(text))
        return Markup("<div class=text>{}{}</div>").format(self.block(text.events), self.figure(figure))

    def figure(self, figure: Figure | None) -> Markup:
        """Return a figure that may be absent, with its caption."""
        if figure is None:
            return Markup()
        caption = Markup("<figcaption>{}</figcaption>").format(self.inline(figure.caption))
        picture = self.pictures.show(figure.image, figure.alt)
        return Markup("<figure>{}{}</figure>").format(picture, caption if figure.caption else "")

    def name(self, letter: str) -> str:
        """Return a name that nothing else on the page has."""
        self._names += 1
        return f"{letter}{self._names}"

    def place(self, rect: tuple[float, float, float, float]) -> str:
        """Return the class that puts a mask on its rectangle of a picture: there are no inline styles."""
        return self._places.setdefault(rect, f"m{len(self._places) + 1}")

    @property
    def style(self) -> str:
        """Return the style of those classes."""
        rules = []
        for rect, name in self._places.items():
            left, top, width, height = rect
            sides = (top, 1 - left - width, 1 - top - height, left)
            rules.append(f".{name}{{inset:{' '.join(f'{side * 100:.4g}%' for side in sides)}}}")
        return "".join(rules)

    def _math(self, math: Math) -> Markup:
        html = self._formula(math.tex, display=math.display)
        if not math.gaps:
            return html
        blank = self._formula(tex_hidden(math), display=math.display)
        return self._opened(math.gaps[0].gap, blank, html)

    def _formula(self, tex: str, *, display: bool) -> Markup:
        """Return a formula as MathML, with its TeX beside it where that says more than its letters."""
        made = to_mathml(tex, display=display)
        if isinstance(made, MathError):
            return Markup("<code>{}</code>").format(tex)
        content = Markup(made.content)  # noqa: S704 - all text in it was escaped
        if _COMMAND.search(tex):
            whole = Markup("<semantics><mrow>{}</mrow><annotation>{}</annotation></semantics>")
            content = whole.format(content, tex)
        html = Markup("<math{}>{}</math>").format(Markup(" display=block") if display else "", content)
        self.formulas[html] = None
        return html

    def _code_block(self, block: CodeBlock) -> Markup:
        inner = self._marked(block, lambda text: highlight(block.lang, text))
        return Markup("<pre><code>{}</code></pre>").format(inner)

    def _image(self, image: Image) -> Markup:
        caption = Markup("<span class=caption>{}</span>").format(image.title) if image.title else Markup()
        return self.pictures.show(image.path, image.alt) + caption

    def _link(self, link: Link, inner: Markup) -> Markup:
        if not link.url.startswith("#"):
            return Markup('<a href="{}" rel=noopener>{}</a>').format(link.url, inner)
        known = any(question.id == link.url[1:] for _, question in self.job.deck.questions())
        return Markup('<a href="{}">{}</a>').format(link.url, inner) if known else inner

    def _gap(self, gap: Gap, inner: Markup) -> Markup:
        return self._opened(gap, escape(gap.hint), inner)

    def _opened(self, gap: Gap, blank: Markup, inner: Markup) -> Markup:
        """Return a gap that opens by a click, a key, or the script of the quiz. `blank` may hold a hint."""
        return Markup("<label data-gap={}><input type=checkbox><i>{} </i><s>{}</s><b>{}</b></label>").format(
            gap.number, self.job.strings("common.blank"), blank, inner
        )

    def _marked(self, code: Code | CodeBlock, show: Callable[[str], Markup]) -> Markup:
        """Return code with its gaps; `show` makes HTML of each piece."""
        out, last = Markup(), 0
        for inner in code.gaps:
            gap = self._gap(inner.gap, show(code.text[inner.start : inner.end]))
            out += show(code.text[last : inner.start]) + gap
            last = inner.end
        return out + show(code.text[last:])
