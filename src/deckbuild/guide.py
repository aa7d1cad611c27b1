"""The guide, `index.html`: what each file of a build is, and what to do with it when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from deckbuild.ledger import anki_search
from deckbuild.markup.text import to_text
from deckbuild.numbering import HUES
from deckbuild.plain import items
from deckbuild.strings import strings_for
from deckbuild.studyplan import minutes_to_learn, study_plans
from deckbuild.targets.base import HtmlFile
from deckbuild.targets.handout.assets import as_markup, policy, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from deckbuild.build import Output
    from deckbuild.compiler import Compiled
    from deckbuild.project import Project
    from deckbuild.strings import Strings
    from deckbuild.studyplan import StudyPlan

STYLES = ("handout/css/tokens.css", "index/index.css")
_EDITION = re.compile(r"@(.+?)(?=-(?:cheatsheet|cards|quiz|interview)\b.*\.pdf$|\.\w+$)")
_SECRET = re.compile(r"-(quiz-key|quiz-teacher|interview)(-(a3|a4|a5|letter))?\.pdf$")
"""Files with answers: who opens the guide to take a quiz must not meet them."""
_KB = 1000


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of the build. `address` is empty for what should not be opened by mistake."""

    name: str
    address: str
    what: str
    size: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """A study plan, in words."""

    days: int
    scope: str
    new: str
    minutes: int
    print_on: int
    rehearse_on: str


@dataclass(frozen=True, slots=True)
class DeckView:
    """A deck: what is in it, its files, its plans."""

    hue: str
    title: str
    lang: str
    direction: str
    about: str
    counts: tuple[str, ...]
    files: tuple[FileView, ...]
    plans: tuple[PlanView, ...]
    retired: str
    """The search that finds in Anki what the deck has no more; empty if there is nothing."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything `index/index.html` can use."""

    lang: str
    title: str
    decks: tuple[DeckView, ...]
    kinds: frozenset[str]
    """The targets that were built."""
    printed: tuple[str, ...]
    """Those of them that can be printed."""
    words: Strings
    style: Markup
    policy: str


def render_guide(project: Project, decks: Sequence[Compiled], outputs: Sequence[Output]) -> HtmlFile:
    """Return the guide to a build's outputs."""
    words = strings_for(project.config.lang, project.words)
    style = style_of(project.templates.text(name) for name in STYLES)
    built = [deck for deck in decks if any(output.deck == deck.deck.id for output in outputs)]
    kinds = frozenset(output.target for output in outputs if output.target)
    guide = Guide(
        project.config.lang,
        built[0].deck.title if len(built) == 1 else words("index.title"),
        tuple(_deck(project, deck, outputs, words, HUES[n % len(HUES)]) for n, deck in enumerate(built)),
        kinds,
        tuple(kind for kind in ("cheatsheet", "cards", "quiz", "handout") if kind in kinds),
        words,
        as_markup(style),
        policy(style),
    )
    return HtmlFile("index.html", project.templates.render("index/index.html", guide))


def _deck(
    project: Project, compiled: Compiled, outputs: Sequence[Output], words: Strings, hue: str
) -> DeckView:
    deck, retired = compiled.deck, compiled.ledger.retired
    return DeckView(
        hue,
        deck.title,
        deck.lang,
        deck.direction,
        to_text(deck.description.events) if deck.description else "",
        tuple(_counts(compiled, words)),
        tuple(_file(deck.id, output, words) for output in outputs if output.deck == deck.id),
        tuple(_plan(plan, words) for plan in study_plans(deck)),
        anki_search(project.config.namespace, retired) if retired else "",
    )


def _counts(compiled: Compiled, words: Strings) -> Iterator[str]:
    deck = compiled.deck
    yield words("handout.question-count", count=sum(1 for _ in deck.questions()))
    yield words("index.item-count", count=sum(1 for _ in items(deck)))
    hours, minutes = divmod(minutes_to_learn(deck), 60)
    length = "minutes" if not hours else "hours" if minutes else "full-hours"
    yield words(f"index.{length}", hours=hours, minutes=minutes)


def _file(deck: str, output: Output, words: Strings) -> FileView:
    part = output.name.removeprefix(deck)
    is_secret = _SECRET.search(part) is not None
    kind = "key" if is_secret else "calibration" if "-cards-calibration" in part else output.target
    what, edition = words(f"index.what-{kind}"), _EDITION.match(part)
    if edition:
        what = words("index.edition", name=edition[1], what=what)
    return FileView(output.name, "" if is_secret else quote(output.name), what, _size(output.size, words))


def _plan(plan: StudyPlan, words: Strings) -> PlanView:
    days = [str(day) for day in plan.rehearse_on]
    return PlanView(
        plan.days,
        words(f"index.scope-{plan.scope}", count=plan.cards),
        words("index.new-a-day", count=plan.new_a_day, days=plan.new_days),
        plan.minutes_a_day,
        plan.print_on,
        ", ".join(days),
    )


def _size(size: int, words: Strings) -> str:
    if size < _KB * _KB:
        return words("index.kb", size=max(1, round(size / _KB)))
    return words("index.mb", size=f"{size / _KB / _KB:.1f}")
