r"""Texts as HTML for the fields of notes, safe from everything that Anki reads into them.

Anki looks for its own marks in finished HTML, even inside code: `[sound:…]`, `[latex]`, `[[type:…]]`
anywhere, `{{c1::…}}` in cloze notes. MathJax takes `\(…\)` out of any text. So texts are rendered
with control characters, which no source may have, for formulas and gaps; then what looks like Anki's
is written in another way; then the control characters become what they stand for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from deckbuild.markup.events import Code, CodeBlock, End, Gap, Math, Start
from deckbuild.markup.highlight import highlight
from deckbuild.markup.html import Hooks, inline, render
from deckbuild.mathml import tex_anki
from deckbuild.targets.anki.names import media_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from deckbuild.markup.events import Event, Events, Image, InnerGap, Link, Sound
    from deckbuild.targets.base import Job

_FORMULA = "\x01"
"""Stands before and after a formula."""
_GAP, _SPLIT, _END = "\x02", "\x03", "\x04"
_SOUND = "\x05"
"""Stands for the bracket that begins a recording."""
_MARKS = {ord(_SOUND): "[", ord(_GAP): "{{c", ord(_SPLIT): "::", ord(_END): "}}"}
"""Stand for the marks of a gap."""

_ANKI = re.compile(r"\[(?=/?(?:sound:|anki:|latex\]|\$\$?\]|\[type:))", re.IGNORECASE)
_MATHJAX = re.compile(r"(<[^>]*>)|\\([(\[])")
_CLOZE = (
    (re.compile(r"\{(?=\{)"), "&#123;"),
    (re.compile(rf"\}}(?=[}}{_END}])"), "&#125;"),
    (re.compile(rf":(?=[:{_SPLIT}{_END}])"), "&#58;"),
)


class Html:
    """The HTML of one job's texts, for the fields of cloze notes or of others."""

    def __init__(self, job: Job, *, cloze: bool) -> None:
        self._job = job
        self._cloze = cloze
        self._hooks = Hooks(
            math=self._math,
            code=lambda code: Markup("<code>{}</code>").format(_marked(code, escape)),
            code_block=_code_block,
            image=lambda image: Markup(self._image(image.path, image.alt)) + _caption(image),  # noqa: S704 - escaped there
            sound=self._sound,
            gap=_gap,
            link=self._link,
        )

    def block(self, events: Events, part: str = "") -> str:
        """Return a text as HTML blocks; `part` keeps its footnotes apart from those of others."""
        return self._safe(render(events, replace(self._hooks, id_prefix=part) if part else self._hooks))

    def inline(self, events: Events) -> str:
        """Return a text as HTML, without the paragraph around it if there is but one."""
        return self._safe(inline(events, self._hooks))

    def text(self, characters: str) -> str:
        """Return plain characters as HTML."""
        return self._safe(escape(characters))

    def image(self, path: str, alt: str) -> str:
        """Return a picture under its name in the collection."""
        return self._safe(self._image(path, alt))

    def cloze(self, events: Events, numbers: Mapping[int, int]) -> str:
        """Return a text whose gaps have other numbers than their author gave them."""
        return self.block(tuple(_renumbered(events, numbers)))

    def gap(self, number: int, inner: str) -> str:
        """Return finished HTML as a gap."""
        return f"{{{{c{number}::{inner}}}}}"

    def _safe(self, html: str) -> str:
        parts = html.split(_FORMULA)
        parts[::2] = (self._rewritten(part) for part in parts[::2])
        return "".join(parts).translate(_MARKS)

    def _rewritten(self, html: str) -> str:
        """Write in another way what Anki or MathJax would take for theirs."""
        html = _ANKI.sub("&#91;", html)
        html = _MATHJAX.sub(lambda found: found[1] or rf"\<span>{found[2]}</span>", html)
        if self._cloze:
            for pattern, entity in _CLOZE:
                html = pattern.sub(entity, html)
        return html

    def _math(self, math: Math) -> Markup:
        tex = tex_anki(math) if self._cloze else escape(math.tex)
        start, end = (r"\[", r"\]") if math.display else (r"\(", r"\)")
        return Markup("{}{}{}{}{}").format(_FORMULA, start, tex, end, _FORMULA)

    def _image(self, path: str, alt: str) -> str:
        media = self._job.media.get(path)
        if media is None:
            return str(escape(alt))
        size = (
            f' width="{media.width:.0f}" height="{media.height:.0f}"' if media.width and media.height else ""
        )
        return f'<img src="{escape(media_name(media))}" alt="{escape(alt)}"{size}>'

    def _sound(self, sound: Sound) -> Markup:
        media = self._job.media.get(sound.path)
        return Markup("{}sound:{}]").format(_SOUND, media_name(media)) if media else escape(sound.alt)

    def _link(self, link: Link, inner: Markup) -> Markup:
        """Return a link; one to another question names its number, for a card cannot jump to it."""
        if not link.url.startswith("#"):
            return Markup('<a href="{}">{}</a>').format(link.url, inner)
        number = self._job.ledger.numbering.questions.get(link.url[1:])
        return Markup("{} ({})").format(inner, number) if number else inner


def _code_block(block: CodeBlock) -> Markup:
    lang = Markup(' class="lang-{}"').format(block.lang) if block.lang else Markup()
    inner = _marked(block, lambda text: highlight(block.lang, text))
    return Markup("<pre{}><code>{}</code></pre>").format(lang, inner)


def _caption(image: Image) -> Markup:
    return Markup('<span class="caption">{}</span>').format(image.title) if image.title else Markup()


def _marked(code: Code | CodeBlock, show: Callable[[str], Markup]) -> Markup:
    """Return code with marks around its gaps."""
    out, last = Markup(), 0
    for inner in code.gaps:
        out += show(code.text[last : inner.start])
        out += _gap(inner.gap, show(code.text[inner.start : inner.end]))
        last = inner.end
    return out + show(code.text[last:])


def _gap(gap: Gap, inner: Markup) -> Markup:
    hint = Markup("{}{}").format(_SPLIT, gap.hint) if gap.hint else Markup()
    return Markup("{}{}{}{}{}{}").format(_GAP, gap.number, _SPLIT, inner, hint, _END)


def _renumbered(events: Events, numbers: Mapping[int, int]) -> Iterable[Event]:
    for event in events:
        match event:
            case Start(tag=Gap() as gap):
                yield Start(_numbered(gap, numbers), event.at)
            case End(tag=Gap() as gap):
                yield End(_numbered(gap, numbers), event.at)
            case Math(gaps=gaps) | Code(gaps=gaps) | CodeBlock(gaps=gaps) if gaps:
                yield replace(event, gaps=tuple(_inner(gap, numbers) for gap in gaps))
            case _:
                yield event


def _numbered(gap: Gap, numbers: Mapping[int, int]) -> Gap:
    return replace(gap, number=numbers[gap.number])


def _inner(inner: InnerGap, numbers: Mapping[int, int]) -> InnerGap:
    return replace(inner, gap=_numbered(inner.gap, numbers))
