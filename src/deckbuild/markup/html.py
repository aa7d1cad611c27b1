"""Events to HTML: one loop, everything escaped, with hooks for what targets show in their own way.

No inline style and no script come out, so that a strict Content-Security-Policy holds: alignment is
a class (`start`, `center`, `end`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from markupsafe import Markup, escape

from deckbuild.markup.breaks import is_nothing
from deckbuild.markup.events import (
    Align,
    Blank,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    End,
    Event,
    Events,
    FootnoteDefinition,
    FootnoteReference,
    Gap,
    HardBreak,
    Heading,
    Image,
    Inline,
    Item,
    Link,
    MaskedImage,
    Math,
    OrderedList,
    Paragraph,
    Ruby,
    Rule,
    SoftBreak,
    Sound,
    Start,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    TableHead,
    TableRow,
    Tag,
    Text,
    unwrapped,
)
from deckbuild.markup.highlight import highlight
from deckbuild.mathml import to_mathml
from deckbuild.mathrules import MathError

if TYPE_CHECKING:
    from collections.abc import Callable


def math_html(math: Math) -> Markup:
    """Return a formula as MathML; one that cannot be converted, as its TeX in code."""
    result = to_mathml(math.tex, display=math.display)
    return Markup("<code>{}</code>").format(math.tex) if isinstance(result, MathError) else result.html


def code_html(code: Code) -> Markup:
    """Return inline code; gaps in it are marked."""
    return Markup("<code>{}</code>").format(marked(code, escape))


def code_block_html(block: CodeBlock) -> Markup:
    """Return a block of code, highlighted by classes; gaps in it are marked."""
    inner = marked(block, lambda text: highlight(block.lang, text))
    lang = Markup(' class="lang-{}"').format(block.lang) if block.lang else Markup()
    return Markup("<pre{}><code>{}</code></pre>").format(lang, inner)


def image_html(image: Image) -> Markup:
    """Return a picture under its project path."""
    title = Markup(' title="{}"').format(image.title) if image.title else Markup()
    return Markup('<img src="{}" alt="{}"{}>').format(image.path, image.alt, title)


def sound_html(sound: Sound) -> Markup:
    """Return what is heard, in words: paper does not speak."""
    return Markup('<span class="sound">{}</span>').format(sound.alt)


def masked_image_html(image: MaskedImage) -> Markup:
    """Return the picture alone; a target that can draw masks has a hook of its own."""
    return Markup('<img src="{}" alt="{}">').format(image.path, image.alt)


def gap_html(gap: Gap, inner: Markup) -> Markup:
    """Return what a gap hides, marked."""
    return Markup('<mark class="gap" data-gap="{}">{}</mark>').format(gap.number, inner)


def blank_html(blank: Blank) -> Markup:
    """Return a gap to fill, read aloud as "blank" and by its hint."""
    label = f"blank: {blank.hint}" if blank.hint else "blank"
    hint = Markup('<span class="blank-hint">{}</span>').format(blank.hint) if blank.hint else Markup()
    return Markup('<span class="blank" role="img" aria-label="{}">{}</span>').format(label, hint)


def link_html(link: Link, inner: Markup) -> Markup:
    """Return a link; one that leaves the document tells nobody where from."""
    title = Markup(' title="{}"').format(link.title) if link.title else Markup()
    away = Markup() if link.url.startswith("#") else Markup(' rel="noopener noreferrer"')
    return Markup('<a href="{}"{}{}>{}</a>').format(link.url, title, away, inner)


@dataclass(frozen=True, slots=True)
class Hooks:
    """How a target shows what differs between targets. Each hook returns finished HTML."""

    math: Callable[[Math], Markup] = math_html
    code: Callable[[Code], Markup] = code_html
    code_block: Callable[[CodeBlock], Markup] = code_block_html
    image: Callable[[Image], Markup] = image_html
    sound: Callable[[Sound], Markup] = sound_html
    masked_image: Callable[[MaskedImage], Markup] = masked_image_html
    gap: Callable[[Gap, Markup], Markup] = gap_html
    blank: Callable[[Blank], Markup] = blank_html
    link: Callable[[Link, Markup], Markup] = link_html
    heading_shift: int = 0
    """Added to the level of headings, which are 4 to 6 as written."""
    id_prefix: str = ""
    """In front of the ids of footnotes, unique for each text of a document."""


DEFAULT = Hooks()


def render(events: Events, hooks: Hooks = DEFAULT) -> Markup:
    """Return a text as HTML blocks."""
    return _Renderer(hooks).run(events)


def inline(events: Events, hooks: Hooks = DEFAULT) -> Markup:
    """Return a text as HTML, without the paragraph around it if there is but one."""
    return render(unwrapped(events), hooks)


def marked(
    code: Code | CodeBlock,
    show: Callable[[str], Markup],
    gap: Callable[[Gap, Markup], Markup] = gap_html,
) -> Markup:
    """Return code with its gaps; `show` makes HTML of each piece, `gap` of what a gap hides."""
    out, last = Markup(), 0
    for inner in code.gaps:
        out += show(code.text[last : inner.start])
        out += gap(inner.gap, show(code.text[inner.start : inner.end]))
        last = inner.end
    return out + show(code.text[last:])


class _Renderer:
    """The loop's state: a buffer for each open container whose content a hook gets as a whole."""

    def __init__(self, hooks: Hooks) -> None:
        self.hooks = hooks
        self.buffers: list[list[str]] = [[]]
        self.head = False
        self.notes = False

    def run(self, events: Events) -> Markup:
        for place, event in enumerate(events):
            self.write(self.event(event, events, place))
        if self.notes:
            self.write("</ol>")
        return Markup("".join(self.buffers[0]))  # noqa: S704 - escaped piece by piece

    def write(self, html: str) -> None:
        self.buffers[-1].append(html)

    def event(self, event: Event, events: Events, place: int) -> str:
        hooks = self.hooks
        match event:
            case Start(tag=tag):
                return self.start(tag)
            case End(tag=tag):
                return self.end(tag)
            case Text(text=text):
                return escape(text)
            case Code():
                return hooks.code(event)
            case CodeBlock():
                return hooks.code_block(event)
            case Math():
                return hooks.math(event)
            case Image():
                return hooks.image(event)
            case Sound():
                return hooks.sound(event)
            case MaskedImage():
                return hooks.masked_image(event)
            case Blank():
                return hooks.blank(event)
            case Ruby(base=base, reading=reading):
                return Markup("<ruby>{}<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>").format(base, reading)
            case FootnoteReference(number=number):
                target = f"{hooks.id_prefix}fn-{number}"
                return Markup('<sup class="fnref"><a href="#{}">{}</a></sup>').format(target, number)
            case SoftBreak():
                return "" if is_nothing(events, place) else "\n"
            case HardBreak():
                return "<br>"
            case Rule():
                return "<hr>"
            case _:
                assert_never(event)

    def start(self, tag: Tag) -> str:
        match tag:
            case Gap() | Link():
                self.buffers.append([])
                return ""
            case TableHead():
                self.head = True
                return "<thead><tr>"
            case TableCell(align=align):
                kind = Markup(' class="{}"').format(align.value) if align is not Align.NONE else ""
                return f'<th scope="col"{kind}>' if self.head else f"<td{kind}>"
            case OrderedList(start=start):
                return "<ol>" if start == 1 else f'<ol start="{start}">'
            case Item(checked=checked):
                return _item(checked)
            case FootnoteDefinition(number=number):
                first, self.notes = not self.notes, True
                opening = Markup('<ol class="footnotes">') if first else Markup()
                return opening + Markup('<li id="{}fn-{}">').format(self.hooks.id_prefix, number)
            case Table():
                return '<div class="table"><table>'
            case _:
                return f"<{_element(tag, self.hooks)}>"

    def end(self, tag: Tag) -> str:
        match tag:
            case Gap():
                return self.hooks.gap(tag, self.popped())
            case Link():
                return self.hooks.link(tag, self.popped())
            case TableHead():
                self.head = False
                return "</tr></thead><tbody>"
            case TableCell():
                return "</th>" if self.head else "</td>"
            case OrderedList():
                return "</ol>"
            case Item() | FootnoteDefinition():
                return "</li>"
            case Table():
                return "</tbody></table></div>"
            case _:
                return f"</{_element(tag, self.hooks)}>"

    def popped(self) -> Markup:
        return Markup("".join(self.buffers.pop()))  # noqa: S704 - escaped piece by piece


def _element(
    tag: Paragraph
    | Heading
    | BlockQuote
    | BulletList
    | TableRow
    | Emphasis
    | Strong
    | Strikethrough
    | Inline,
    hooks: Hooks,
) -> str:
    """Return the name of an element that needs no attributes."""
    match tag:
        case Paragraph():
            return "p"
        case Heading(level=level):
            return f"h{min(6, max(1, level + hooks.heading_shift))}"
        case BlockQuote():
            return "blockquote"
        case BulletList():
            return "ul"
        case TableRow():
            return "tr"
        case Emphasis():
            return "em"
        case Strong():
            return "strong"
        case Strikethrough():
            return "s"
        case Inline(name=name):
            return name
        case _:
            assert_never(tag)


def _item(checked: bool | None) -> str:
    if checked is None:
        return "<li>"
    mark, word = ("☑", "done") if checked else ("☐", "open")
    return f'<li class="task"><span class="box" role="img" aria-label="{word}">{mark}</span> '
