"""Decks as hypothesis draws them: every key, every kind of card, and texts that formats stumble over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from deckbuild.diagnostic import has_errors
from deckbuild.formats.lower.lowering import has_gap
from deckbuild.formats.markdown.blocks import Shape, blocks
from deckbuild.markup.events import Mask
from deckbuild.markup.parse import parse
from deckbuild.markup.text import slug, to_text
from deckbuild.model import (
    Basic,
    Card,
    Choice,
    Cloze,
    Deck,
    Difficulty,
    Direction,
    Figure,
    Followup,
    Link,
    Occlusion,
    Option,
    Point,
    Priority,
    Question,
    Section,
    Steps,
    Typed,
)
from deckbuild.source import SliceOrigin, Source
from support.decks import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.markup.prose import Prose

LINES = [
    "A plain sentence.", "True", "null", "1.10", "~", "no", "2026-11-23", "a: b", "a #b", "# b #", "C#",
    "C ##", "- item", "* item", "1. one", "!must", r"\!plain", "! x", "![alt](media/a.svg)",
    "[link](https://example.org) (b)", "[x] box", "[^1]", "{brace}", "{#id}", "a {.easy #id}", "{1, 2}",
    r"\{#id}", "{漢字|かんじ}", "漢字かな交じり文", "\u3000全角", "שלום עולם", "مرحبا", "é e\u0301", "it's",
    "'quoted'", '"double"', r'back\slash \" \\', "\\", r"$\{x\} \frac{a}{b}$", r"$a\,b$ \$5", "{{gap}}",
    "{{c1::x::hint}}", "`code` `` ` ``", "`# x`", "> quotation", "| a | b", "%x @y", "& *em* **b**", "?",
    "a | b", "<br>x", "H<sub>2</sub>O", "x <!-- comment -->", "<!-- comment --> x", "a\u2028b", "a\u00a0b",
    "~~x~~", "***", "\\***", "----", "a  b", "a word and another, " * 9 + "end", "x" * 130, "=", "a =",
    "1) x", "+ x", "a; b", "a\tb", "Points", "https://example.org/a_b", "$$x$$", "<https://example.org>",
    "end --> of", "{", "}", "{x", "a}", "-", "--", "- -",
]  # fmt: skip
BLOCKS = [
    *LINES,
    "```python\n# comment\n## no heading\n\n- x: {y}\n***\n```",
    "~~~\n```\n~~~",
    "$$\nx = {y}\n$$",
    "| a | b |\n|---|--:|\n| 1 | `\\|` |",
    "- a\n- b\n\n  c\n\n      code",
    "* a\n* b",
    "1. a\n   - b\n2. c",
    "2) a\n3) b",
    "- [x] done\n- [ ] open",
    "    code\n\n    more",
    "two\nlines",
    "trailing  \nblanks",
    "> a\n> - b",
    "<!-- a\n\ncomment -->\ntext",
    "text[^n]\n\n[^n]: A note.",
    "##### deep heading",
    "***",
    "a\n   \nb",
]
WORDS = [
    "a", "c++", "c#", "{x}", 'q"w', "#tag", "true", "1.0", "a,b", "標籤", ".dot", "x=y", "[b]", "-", "it's",
    "\\", "*",
]  # fmt: skip
URLS = [
    "https://example.org", "https://example.org/a_(b)", "https://example.org/?q=[y]&z#f", "mailto:a@b.c",
    "https://example.org/a\\b)",
]  # fmt: skip
PATHS = ["decks/media/a.svg", "decks/media/a b%20(1).svg", "media/x.svg", 'decks/漢字<">.svg', "a.svg"]
RECTS = [(0.0, 0.0, 1.0, 1.0), (0.4, 0.1, 0.15, 0.6), (1e-05, 0.25, 0.1234567890123, 0.5)]


# Texts ------------------------------------------------------------------------------------------


def texts(pieces: list[str] = BLOCKS, *, min_heading: int = 5, cloze: bool = False) -> st.SearchStrategy[Any]:
    """Return texts of a few blocks that are parsed without an error."""
    joined = st.tuples(
        st.lists(st.sampled_from(pieces), min_size=1, max_size=3), st.sampled_from(["\n\n", "\n", " "])
    )
    raw = joined.map(lambda drawn: drawn[1].join(drawn[0]) + (" {{c2::last}}" if cloze else "")).map(trimmed)
    return raw.filter(is_whole).map(parser(min_heading, cloze=cloze)).filter(lambda text: text is not None)


def trimmed(text: str) -> str:
    """Return a text as every format reads it: without blanks around it, unless they mean code."""
    text = text.rstrip()
    return text if text.startswith("    ") else text.lstrip(" \n")


def is_whole(text: str) -> bool:
    """Tell whether a text ends all that it begins; one that does not would go on in what follows it."""
    return all(block.closed for block in blocks(text))


def parser(min_heading: int, *, cloze: bool) -> Callable[[str], Prose | None]:
    def parsed(raw: str) -> Prose | None:
        origin = SliceOrigin(Source("decks/test.yaml", raw), 0, len(raw))
        text, problems = parse(raw, origin, folder="decks", cloze=cloze, min_heading=min_heading)
        is_fit = text.events and not has_errors(problems) and (has_gap(text) or not cloze)
        return text if is_fit else None

    return parsed


prose = texts()
short = prose.filter(lambda text: not ("\n" in text.raw and "-->" in text.raw))
"""Texts that are attributes in Markdown: there is no way to write an end of comment in several lines."""
captions = short.filter(lambda text: all(block.shape is Shape.TEXT for block in blocks(f"![]({text.raw})")))
"""Texts that stand inside a picture in Markdown: they have no code of several paragraphs."""
lines = st.sampled_from(LINES).map(lambda text: " ".join(text.split())).filter(bool)
words = st.lists(st.sampled_from(WORDS), unique=True, max_size=3).map(tuple)


def some(
    strategy: st.SearchStrategy[Any], most: int = 3, least: int = 0
) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def unique(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


# Parts of a question ----------------------------------------------------------------------------

figures = st.builds(Figure, st.sampled_from(PATHS), lines | st.just(""), maybe(captions), st.just(NOWHERE))
links = st.builds(Link, lines, st.sampled_from(["", *URLS]))
masks = st.builds(Mask, lines, st.sampled_from(RECTS))


@st.composite
def options(draw: st.DrawFn) -> tuple[Option, ...]:
    drawn = draw(st.lists(prose, min_size=2, max_size=4, unique_by=lambda text: text.raw))
    right = [True, False, *draw(st.lists(st.booleans(), min_size=len(drawn), max_size=len(drawn)))]
    return tuple(Option(text, right[n], draw(maybe(prose))) for n, text in enumerate(drawn))


bodies = st.one_of(
    st.builds(Basic, prose, prose, st.booleans(), maybe(figures)),
    st.builds(Cloze, texts(cloze=True)),
    st.builds(Cloze, texts(LINES, cloze=True)),
    st.builds(Choice, prose, options(), st.booleans()),
    st.builds(Steps, prose, some(prose, 11, 2)),
    st.builds(Typed, prose, lines, some(lines, 2).map(unique)),
    st.builds(
        Occlusion, prose, st.sampled_from(PATHS), lines | st.just(""), some(masks, 2, 1), st.just(NOWHERE)
    ),
)


@st.composite
def parts(draw: st.DrawFn) -> tuple[tuple[Followup, ...], tuple[Card, ...]]:
    """Draw the follow-ups and cards of a question; their ids differ."""
    taken: set[str] = set()
    followups = []
    for ask, answer in draw(some(st.tuples(prose, prose), 2)):
        name, written = draw(names(ask, taken))
        followups.append(Followup(name, ask, answer, written, NOWHERE))
    cards = []
    for body in draw(some(bodies, 3)):
        name, written = draw(names(body.text if isinstance(body, Cloze) else body.ask, taken))
        cards.append(Card(name, body, draw(words), draw(maybe(short)), written, NOWHERE))
    return tuple(followups), tuple(cards)


@st.composite
def names(draw: st.DrawFn, prompt: Prose, taken: set[str]) -> tuple[str, bool]:
    """Draw an id that is not taken, written or made from the prompt."""
    made = slug(to_text(prompt.events))
    is_made = bool(made) and made not in taken and draw(st.booleans())
    name = (
        made if is_made else next(name for name in (f"{made[:5]}{n}" for n in range(99)) if name not in taken)
    )
    taken.add(name)
    return name, not is_made


# Decks ------------------------------------------------------------------------------------------


@st.composite
def questions(draw: st.DrawFn, taken: set[str]) -> Question:
    ask = draw(prose)
    name, written = draw(names(ask, taken))
    followups, cards = draw(parts())
    return Question(
        name,
        ask,
        NOWHERE,
        written,
        short=draw(maybe(short)),
        answer=draw(prose),
        points=draw(some(st.builds(Point, prose, st.booleans()))),
        figure=draw(maybe(figures)),
        details=draw(maybe(prose)),
        followups=followups,
        pitfalls=draw(some(prose)),
        hint=draw(maybe(prose)),
        difficulty=draw(maybe(st.sampled_from(Difficulty))),
        priority=draw(st.sampled_from(Priority)),
        roles=draw(words),
        tags=draw(words),
        minutes=draw(st.sampled_from([None, 3.0, 0.25, 599.999])),
        sources=draw(some(links, 2)),
        license=draw(lines | st.just("")),
        reviewed=draw(st.sampled_from(["", "2026-11-23"])),
        cards=cards,
        was=draw(st.sampled_from([(), ("old",), ("deck/older", "漢字")])),
        guid=f"{draw(st.sampled_from(WORDS))}{name}" if draw(st.booleans()) else "",
        draft=draw(st.booleans()),
        see=(name,) if draw(st.booleans()) else (),
    )


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    """Draw a deck, with or without sections."""
    taken: set[str] = set()
    drawn = st.lists(st.deferred(lambda: questions(taken)), min_size=1, max_size=2).map(tuple)
    sections = tuple(
        Section(f"section-{n}", title, draw(drawn), NOWHERE, draw(words))
        for n, title in enumerate(draw(some(lines, 2)))
    )
    return Deck(
        "any-deck",
        draw(lines),
        sections or (Section("", "", draw(drawn), NOWHERE),),
        NOWHERE,
        description=draw(maybe(prose)),
        version=draw(lines | st.just("")),
        lang=draw(st.sampled_from(["en", "ar", "zh-Hant"])),
        direction=draw(st.sampled_from(Direction)),
        tags=draw(words),
        authors=draw(some(lines, 2).map(unique)),
        license=draw(lines | st.just("")),
    )
