"""The settings of a project, as values: what `deckbuild.toml` may say and what holds without it.

Each table is a frozen dataclass whose fields are the keys, with `-` for `_`. Types and defaults
stand here and nowhere else; `settings` reads the file into them and reports what does not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

TargetName = Literal["anki", "cheatsheet", "cards", "quiz", "handout"]
PaperName = Literal["a4", "letter", "a3", "a5"]
TARGET_NAMES: tuple[TargetName, ...] = ("anki", "cheatsheet", "cards", "quiz", "handout")


@dataclass(frozen=True, slots=True)
class AnkiOptions:
    """`[anki]`: the Anki package."""

    subdecks: bool = False
    """A sub-deck for each section. Without it sections are tags."""
    order: Literal["rounds", "source"] = "rounds"
    """Order of new cards: `rounds` takes each question's main card by priority, then each one's first
    small card, and so on; `source` takes them as they are written."""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """`[print]`: all PDFs."""

    paper: tuple[PaperName, ...] = ("a4",)
    """One or several: with `["a4", "letter"]` there is a second file, `…-letter.pdf`."""
    orientation: Literal["portrait", "landscape"] | None = None
    """By default what suits the print: cheat sheets lie, the rest stands."""
    theme: Literal["color", "grey"] = "color"
    """`grey` saves ink: hues as greys, bands outlined."""
    large: bool = False
    """Large print, for sheets and quizzes: 18 pt in one column."""


@dataclass(frozen=True, slots=True)
class CheatsheetOptions:
    """`[cheatsheet]`. Sizes are in points."""

    columns: Literal[1, 2, 3, 4, 5] | None = None
    """Number of columns; by default what suits the paper."""
    parts: tuple[Literal["answer", "points", "figure", "pitfalls", "details"], ...] = (
        "answer",
        "points",
        "figure",
    )
    """What an item shows under its prompt."""
    fit: int | None = None
    """Number of pages to fit on, with the largest type that does it."""
    size: float = 7.6
    """Size of the type without `fit`."""
    min_size: float = 6.5
    """The smallest type `fit` may choose. If even that does not fit, questions are left out."""
    max_size: float = 9.5
    """The largest type `fit` may choose."""


@dataclass(frozen=True, slots=True)
class CardsOptions:
    """`[cards]`: two-sided cards."""

    include: Literal["questions", "all"] = "questions"
    """The questions, or their small cards and follow-ups too."""


@dataclass(frozen=True, slots=True)
class QuizOptions:
    """`[quiz]` and its key."""

    seed: int = 1
    """Another seed gives another order and other items."""
    count: int | None = None
    """How many items; by default one for each question."""


@dataclass(frozen=True, slots=True)
class HandoutOptions:
    """`[handout]`: the HTML file."""


@dataclass(frozen=True, slots=True)
class Options:
    """What may be set for the whole project, for one deck or for one edition."""

    anki: AnkiOptions = AnkiOptions()
    print: PrintOptions = PrintOptions()
    cheatsheet: CheatsheetOptions = CheatsheetOptions()
    cards: CardsOptions = CardsOptions()
    quiz: QuizOptions = QuizOptions()
    handout: HandoutOptions = HandoutOptions()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions: values of one field mean or, different fields mean and; empty means all."""

    section: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    difficulty: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    id: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """`[[edition]]`: a named selection with targets and settings of its own, built by `all` too."""

    name: str
    decks: tuple[str, ...]
    """Deck ids; empty means all."""
    selection: Selection
    targets: tuple[TargetName, ...]
    overrides: Mapping[str, object] = field(default_factory=dict)
    """The tables of the edition as written, to be laid over the deck's options."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of `deckbuild.toml`."""

    namespace: str = ""
    """Keeps two projects with equal ids apart; `new` writes one."""
    decks: str = "decks"
    out: str = "dist"
    templates: str = "templates"
    lang: str = "en"
    """Language of decks that do not say theirs."""
    targets: tuple[TargetName, ...] = TARGET_NAMES
    strict: bool = False
    """Warnings fail the build."""
    options: Options = Options()
    deck: Mapping[str, Options] = field(default_factory=dict)
    """Options of single decks, by deck id, already laid over the project's."""
    editions: tuple[Edition, ...] = ()

    def options_for(self, deck: str) -> Options:
        """Return the options of a deck."""
        return self.deck.get(deck, self.options)
