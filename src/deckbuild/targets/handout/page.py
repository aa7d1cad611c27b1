"""The page around the questions: what its template gets besides them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.model import Difficulty, Priority
from deckbuild.targets.handout.assets import as_markup, css_string, math_style, policy, script_of, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.config import InterviewOptions
    from deckbuild.strings import Strings
    from deckbuild.targets.base import Job
    from deckbuild.targets.handout.text import Writer
    from deckbuild.targets.handout.views import SectionView
    from deckbuild.templates import Templates

STYLES = ("tokens", "text", "page", "question", "practice", "print")
SCRIPTS = (
    *("store", "page", "fold", "find", "read", "progress", "tasks"),
    *("quiz", "clock", "voice", "interview", "keys", "start"),
)
"""Joined in this order."""

MANY = 100
"""With more questions than this the browser lays out only those in view."""

_LIVE = "handout.live."


@dataclass(frozen=True, slots=True)
class Handout:
    """Everything `handout/handout.html` can use."""

    title: str
    lang: str
    direction: str
    description: Markup
    about: tuple[str, ...]
    """Facts of the deck for the line under its title."""
    sections: tuple[SectionView, ...]
    many: bool
    """Whether there are so many questions that only those in view should be laid out."""
    modes: tuple[str, ...]
    interview: InterviewOptions
    facets: tuple[tuple[str, tuple[str, ...]], ...]
    """What questions can be filtered by. The script fills in sections, roles and tags; levels are given."""
    key_help: tuple[tuple[tuple[str, ...], str], ...]
    """Keys with what they do."""
    store: str
    """Under which name the browser keeps the progress."""
    words: Strings
    live: Markup
    """The words that the script says, as JSON."""
    pictures: Markup
    """Every picture once, as SVG images that the questions refer to."""
    style: Markup
    script: Markup
    policy: str
    """The Content-Security-Policy: only this style and this script, no address but `data:` and `blob:`."""


def page(job: Job, templates: Templates, writer: Writer, sections: tuple[SectionView, ...]) -> Handout:
    """Return the whole context; `sections` were made with `writer`, which knows what they need."""
    deck, options = job.deck, job.options.handout
    style = style_of(templates.text(f"handout/css/{name}.css") for name in STYLES)
    style += _said_by_style(job.strings) + writer.style
    style += math_style(writer.formulas) if writer.formulas else ""
    script = script_of(templates.text(f"handout/js/{name}.js") for name in SCRIPTS)
    return Handout(
        title=deck.title,
        lang=deck.lang,
        direction=deck.direction,
        description=writer.prose(deck.description),
        about=tuple(_about(job)),
        sections=sections,
        many=sum(len(section.questions) for section in sections) > MANY,
        modes=options.modes,
        interview=options.interview,
        facets=(
            ("section", ()),
            ("difficulty", (*Difficulty,)),
            ("priority", (*Priority,)),
            ("role", ()),
            ("tag", ()),
        ),
        key_help=tuple(_keys(job)),
        store=f"deckbuild:{job.namespace}/{deck.id}",
        words=job.strings,
        live=_live(job.strings),
        pictures=writer.pictures.store(),
        style=as_markup(style),
        script=as_markup(script),
        policy=policy(style, script, sounds=writer.pictures.has_sounds),
    )


def _said_by_style(words: Strings) -> str:
    """Return the words that stand in hundreds of places, as style; screen readers say them too."""
    said = {name: words(f"common.{name}") for name in ("blank", "must", "right", "wrong")}
    return f":root{{{';'.join(f'--said-{name}:{css_string(word)}' for name, word in said.items())}}}"


def _about(job: Job) -> Iterator[str]:
    deck, words = job.deck, job.strings
    questions = [question for _, question in deck.questions()]
    yield words("handout.question-count", count=len(questions))
    if len(deck.sections) > 1:
        yield words("handout.section-count", count=len(deck.sections))
    if cards := sum(len(question.cards) for question in questions):
        yield words("handout.card-count", count=cards)
    if deck.version:
        yield words("handout.version", version=deck.version)
    yield from deck.authors
    if deck.license:
        yield deck.license


def _keys(job: Job) -> Iterator[tuple[tuple[str, ...], str]]:
    keys = {"help": "?", "search": "/", "walk": "j k", "open": "o"}
    if job.options.handout.modes:
        keys |= {"space": "␣", "hint": "h"}
    if "quiz" in job.options.handout.modes:
        keys |= {"option": "1 … 9", "confidence": "s u", "grade": "k n", "undo": "z"}
    if "interview" in job.options.handout.modes:
        keys |= {"followup": "f", "clock": "p +"}
    for name, pressed in keys.items():
        yield tuple(pressed.split()), job.strings(f"handout.key.{name}")


def _live(words: Strings) -> Markup:
    live = {key.removeprefix(_LIVE): word for key, word in words.words.items() if key.startswith(_LIVE)}
    text = json.dumps(live, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - nothing in it can end the element
