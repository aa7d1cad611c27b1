"""Formulas: TeX to MathML that browsers and the drawing of PDFs show alike, or why not.

What goes through here looks the same in Anki (MathJax), in the handout (MathML Core) and on paper
(drawn from the same MathML). What one of them would get wrong without a word is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.markup.events import Math
from deckbuild.markup.places import content_at, written_at
from deckbuild.mathrules import MathError, explain, refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from math_core import LatexToMathML

    from deckbuild.markup.prose import Prose

_TAG = re.compile(r"<(/?)(\w+)[^<>]*?(/?)>")
_STYLE = re.compile(r' style="([^"]*)"')
_NAMED = re.compile(r"&(?!amp;|lt;|gt;|quot;)\w+;")
_WHERE = re.compile(r"(\d+): (.*)", re.DOTALL)
_BOX = re.compile(r"\\boxed\{\\phantom\{(?:0+|\\begin\{matrix\}0+\\\\0\\end\{matrix\})\}\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)|[{}]", re.DOTALL)

# A page may not have inline styles (its security policy forbids them), and no drawing reads them.
_START, _END = "text-align: left;justify-items: start;", "text-align: right;justify-items: end;"
_ATTRIBUTES = {
    _START: ' columnalign="left"',
    _END: ' columnalign="right"',
    f"{_START}padding-left: 0;": ' columnalign="left" class="tight"',
    f"{_END}padding-right: 0;": ' columnalign="right" class="tight"',
    f"{_START}padding-right: 0;": ' columnalign="left"',
    f"{_START}padding-right: 0;padding-left:1em;": ' columnalign="left" class="case"',
    "padding-top: 0;padding-bottom: 0;": "",
    "padding-top: 0.1667em": "",
    "padding-left:0;padding-right:0;": "",
}
_SHIFT = re.compile(r"margin-left:(-[\d.]+em);")
_COLOR = re.compile(r"color:(#[0-9A-Fa-f]+);")
# Strokes of `\cancel` that STYLE draws; and rows without content, whose size the drawing gets wrong.
_STROKE = re.compile(r'<mrow class="menclose-\w+"></mrow>')
_EMPTY = "<mrow></mrow>"
_SELECTOR = re.compile("[\ufe00\ufe01]")

_INVISIBLE = frozenset({"mrow", "mspace", "mtable", "mtr", "mtd"})
_ELEMENTS = _INVISIBLE | {
    *("mi", "mn", "mo", "mtext", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup"),
    *("munder", "mover", "munderover", "mpadded", "mphantom", "menclose"),
}
# Rows whose height is measured before they are drawn: each level doubles the time.
_ROWS = frozenset({"mrow", "mtd", "mpadded", "mphantom"})
_MAX_COST = 10_000
"""Some 0.6 seconds; a long formula of a textbook has 600."""
_MAX_DEPTH = 100

STYLE = """\
mtd[columnalign="left"] { text-align: left; justify-items: start }
mtd[columnalign="right"] { text-align: right; justify-items: end }
mtd.tight[columnalign="left"] { padding-left: 0 }
mtd.tight[columnalign="right"] { padding-right: 0 }
mtd.case { padding-left: 1em }
mspace[width="-0.16666667em"] { margin-left: -0.16666667em }
mspace[width="-0.22222222em"] { margin-left: -0.22222222em }
mspace[width="-0.2777778em"] { margin-left: -0.2777778em }
@supports (not (-webkit-backdrop-filter: blur(1px))) and (not (-moz-appearance: none)) {
  menclose[notation="box"] { border: 0.05em solid; padding: 0.2em 0.25em }
  menclose { --a: calc(50% - 0.03em); --b: calc(50% + 0.03em) }
  menclose { --stroke: transparent var(--a), currentcolor var(--a) var(--b), transparent var(--b) }
  menclose[notation="updiagonalstrike"] { background: linear-gradient(to top left, var(--stroke)) }
  menclose[notation="downdiagonalstrike"] { background: linear-gradient(to top right, var(--stroke)) }
  menclose[notation~="updiagonalstrike"][notation~="downdiagonalstrike"] {
    background: linear-gradient(to top left, var(--stroke)), linear-gradient(to top right, var(--stroke))
  }
}
"""
"""What MathML Core leaves to the style sheet of the page. Only Chromium does not draw `menclose`."""


@dataclass(frozen=True, slots=True)
class MathML:
    """A formula as MathML Core. `content` is what stands inside `<math>`; it is valid XML."""

    tex: str
    display: bool
    content: str

    @property
    def html(self) -> Markup:
        """Return the element for a page, with the TeX as its annotation. `STYLE` goes with it."""
        note = f'<annotation encoding="application/x-tex">{escape(self.tex)}</annotation>'
        inner = f"<semantics><mrow>{self.content}</mrow>{note}</semantics>"
        return Markup(f"{self._start}{inner}</math>")  # noqa: S704 - all text in it was escaped

    @property
    def xml(self) -> str:
        """Return the element without the annotation, to be drawn."""
        return f"{self._start}{_SELECTOR.sub('', self.content)}</math>"

    @property
    def _start(self) -> str:
        return '<math display="block">' if self.display else "<math>"


@lru_cache(maxsize=20_000)
def to_mathml(tex: str, *, display: bool) -> MathML | MathError:
    """Convert a formula, or say why it cannot be used."""
    if problem := refused(tex):
        return problem
    from math_core import LatexError

    try:
        markup = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as problem:
        found = _WHERE.fullmatch(str(problem))
        assert found, "the converter says where"
        return explain(found[2], tex, int(found[1]))
    content = _adapted(markup[markup.index(">") + 1 : markup.rindex("<")])
    return _drawable(content, tex) or MathML(tex, display, content)


def check_math(text: Prose) -> Iterator[Diagnostic]:
    """Yield what is wrong with the formulas of a text, each at its place inside the formula."""
    for event in text.events:
        if not isinstance(event, Math):
            continue
        result = to_mathml(event.tex, display=event.display)
        if isinstance(result, MathError):
            start = _written(text.raw, event, result.start)
            end = max(_written(text.raw, event, result.end - 1) + 1, start + 1)
            yield error(Code.MATH_INVALID, result.message, text.origin.span(start, end), help=result.help)
        elif event.gaps and isinstance(to_mathml(tex_hidden(event), display=event.display), MathError):
            start = _written(text.raw, event, event.gaps[0].start)
            message = "no box can be drawn in the place of this gap"
            help_ = "put the gap around a whole command with its braces: `{{c1::\\text{word}}}`"
            yield error(Code.CLOZE_SYNTAX, message, text.origin.span(start, start + 1), help=help_)


def tex_spoken(tex: str) -> str:
    """Return TeX to be read aloud: boxes to fill in as blanks."""
    return _BOX.sub("____", tex)


def tex_hidden(math: Math, numbers: Collection[int] | None = None, room: int = 0) -> str:
    """Return a formula's TeX with an empty box for each gap of these numbers, or for every gap.

    The box is about as wide as what it hides; nothing of that is left in it. A box to write in has `room`
    for so many digits, and is two lines high, in a fraction or an exponent too.
    """
    out, last = "", 0
    for inner in math.gaps:
        if numbers is None or inner.gap.number in numbers:
            width = min(max(len(_visible(math.tex[inner.start : inner.end])), room, 2), 12)
            digits = rf"\begin{{matrix}}{'0' * width}\\0\end{{matrix}}" if room else "0" * width
            out += math.tex[last : inner.start] + rf"\boxed{{\phantom{{{digits}}}}}"
            last = inner.end
    return out + math.tex[last:]


def tex_anki(math: Math) -> Markup:
    """Return a formula's TeX for a cloze field of Anki, as HTML, its gaps marked again.

    Anki ends a gap at the first `}}` and splits a hint off at the first `::`: neither is left inside.
    """
    out, last = "", 0
    for inner in math.gaps:
        hidden = _safe_in_cloze(math.tex[inner.start : inner.end])
        out += _safe_in_cloze(math.tex[last : inner.start])
        out += f"{{{{c{inner.gap.number}::{hidden}{' ' * hidden.endswith('}')}}}}}"
        last = inner.end
    return Markup(out + _safe_in_cloze(math.tex[last:]))  # noqa: S704 - escaped part by part


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False, max_expansions=100)


def _adapted(content: str) -> str:
    """Return the converter's MathML as valid XML without inline styles."""
    content = _NAMED.sub(lambda name: unescape(name[0]), content)
    content = _STROKE.sub("", content).replace(_EMPTY, '<mspace width="0em"/>')
    return _STYLE.sub(_attributes, content)


def _attributes(style: re.Match[str]) -> str:
    """Return what says the same as an inline style; the style itself if nothing does."""
    if found := _SHIFT.fullmatch(style[1]):
        return f' width="{found[1]}"'
    if found := _COLOR.fullmatch(style[1]):
        return f' mathcolor="{found[1]}"'
    return _ATTRIBUTES.get(style[1], style[0])


def _drawable(content: str, tex: str) -> MathError | None:
    """Return why a converted formula cannot be drawn, or not in time.

    Drawing looks at each element twice for every row around it.
    """
    names = {name for _, name, _ in _TAG.findall(content)}
    if not names - _INVISIBLE:
        return MathError("this formula shows nothing", "leave it out", 0, len(tex))
    if names - _ELEMENTS or _STYLE.search(content) or "<" in _TAG.sub("", content):
        message = "something in this formula cannot be drawn on paper"
        return MathError(message, "leave out what is not needed, one command after the other", 0, len(tex))
    times, cost = [2], 0
    for closing, name, empty in _TAG.findall(content):
        if closing:
            times.pop()
            continue
        cost += times[-1]
        if not empty:
            times.append(times[-1] * (2 if name in _ROWS else 1))
        if cost > _MAX_COST or len(times) > _MAX_DEPTH:
            message = "this formula is nested too deeply to be drawn on paper"
            help_ = "give a part of it a name, and write that as a formula of its own"
            return MathError(message, help_, 0, len(tex))
    return None


def _visible(tex: str) -> str:
    """Return about one character for each sign that TeX shows."""
    return _COMMAND.sub(lambda command: "" if command[0] in "{}" else "0", tex).replace(" ", "")


def _safe_in_cloze(tex: str) -> str:
    split = re.sub(r"\}(?=\})", "} ", tex)
    return str(escape(split)).replace("::", "&#58;&#58;")


def _written(raw: str, math: Math, offset: int) -> int:
    """Return where a character of a formula's TeX was written, the marks of its gaps put back."""
    tex, last, moved = "", 0, 0
    for inner in math.gaps:
        mark = f"{{{{c{inner.gap.number}::"
        tex += math.tex[last : inner.start - 1] + mark + math.tex[inner.start : inner.end] + "}}"
        last = inner.end + 1
        moved += (len(mark) - 1) * (offset >= inner.start) + (offset > inner.end)
    return written_at(raw, content_at(raw, math), tex + math.tex[last:], offset + moved)
