"""The settings of a project, as values: what `deckbuild.toml` may say and what holds without it.

Each table is a frozen dataclass whose fields are the keys, with `-` for `_`. Types and defaults
stand here and nowhere else; `settings` reads the file into them and reports what does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - `settings` reads the types at run time
from dataclasses import dataclass, field
from typing import Annotated, Literal

TargetName = Literal["anki", "cheatsheet", "cards", "quiz", "handout"]
PaperName = Literal["a4", "letter", "a3", "a5"]
TARGET_NAMES: tuple[TargetName, ...] = ("anki", "cheatsheet", "cards", "quiz", "handout")


@dataclass(frozen=True, slots=True)
class Written:
    """How a text has to be written: a pattern for it, and words and an example that explain it."""

    pattern: str
    words: str
    example: str


@dataclass(frozen=True, slots=True)
class Between:
    """The bounds of a number."""

    least: float
    most: float


CardSize = Annotated[
    str,
    Written(
        r"eighth|a[6-9]|3x5|4x6|business|poker|avery-(5163|5371|5388|5389)"
        r"|\d+(\.\d+)?x\d+(\.\d+)?(mm|in)?",
        "`eighth`, `a6` to `a9`, `3x5`, `4x6`, `business`, `poker`, `avery-5163`, `avery-5371`, "
        "`avery-5388`, `avery-5389` or width and height",
        "90x60",
    ),
]
DifficultyWord = Annotated[str, Written("easy|medium|hard", '"easy", "medium" or "hard"', "easy")]
PriorityWord = Annotated[str, Written("must|should|extra", '"must", "should" or "extra"', "must")]
VariantCode = Annotated[str, Written(r"[A-Za-z0-9]{1,3}", "one to three letters or digits", "A")]


@dataclass(frozen=True, slots=True)
class PresetOptions:
    """`[anki.preset]`: options of the deck for learners who ask for them on import; without keys none."""

    days: Annotated[int, Between(1, 3650)] | None = None
    """In how many days everything is to be learned: how many new cards come a day follows from it."""
    retention: Annotated[float, Between(0.7, 0.99)] | None = None
    """How much of it is to be remembered, for Anki's scheduler FSRS."""


@dataclass(frozen=True, slots=True)
class AnkiOptions:
    """`[anki]`: the Anki package."""

    subdecks: bool = False
    """A sub-deck for each section. Without it sections are tags."""
    order: Literal["rounds", "source"] = "rounds"
    """Order of new cards: `rounds` takes each question's main card by priority, then each one's first
    small card, and so on; `source` takes them as they are written."""
    preset: PresetOptions = PresetOptions()
    tts: Annotated[str, Written(r"[a-z]{2,3}_[A-Z]{2}", "a language and a country", "en_US")] | None = None
    """The language in which Anki reads prompts and answers aloud; one, for decks share their note types."""
    text: bool = False
    """Also write `<deck>.txt`, the polite update: Anki imports it as text, and learners keep their tags."""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """`[print]`: all PDFs."""

    paper: tuple[PaperName, ...] = ("a4",)
    """One or several: with `["a4", "letter"]` there is a second file, `…-letter.pdf`."""
    orientation: Literal["portrait", "landscape"] | None = None
    """By default what suits the print: cheat sheets lie, or stand where items stay whole; the rest stands."""
    theme: Literal["color", "grey"] = "color"
    """`grey` saves ink: hues and pictures as greys, bands outlined."""
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
    fit: Annotated[int, Between(1, 99)] | None = None
    """Number of pages to fit on, with the largest type that does it."""
    size: Annotated[float, Between(4, 36)] | None = None
    """Size of the type without `fit`; by default 7.6, or a little less where that keeps items whole."""
    min_size: Annotated[float, Between(4, 36)] = 6.5
    """The smallest type `fit` may choose. If even that does not fit, questions are left out."""
    max_size: Annotated[float, Between(4, 36)] = 9.5
    """The largest type `fit` may choose."""


@dataclass(frozen=True, slots=True)
class CardsOptions:
    """`[cards]`: two-sided cards. Lengths are in millimetres, sizes of type in points."""

    size: CardSize = "eighth"
    """The size of a card by name, or its width and height as `90x60` or `3.5x2in`."""
    sheet: Literal["paper", "card"] = "paper"
    """Sheets of paper to be cut, or a page for each card."""
    duplex: Literal["long-edge", "short-edge", "fold", "fronts", "backs"] = "long-edge"
    """How a card gets its back: printed on both sides, folded over, or one of the sides alone."""
    turn: Literal["sideways", "over"] = "sideways"
    """How a card is turned in the hand, like a page of a book or of a notepad."""
    marks: Literal["cut", "border", "none"] = "cut"
    """Marks beside the cards, or a line around each."""
    bleed: Annotated[float, Between(0, 10)] = 0.0
    """Paper around each card that a print shop cuts off."""
    include: Literal["questions", "all"] = "questions"
    """The questions, or their small cards and follow-ups too."""
    order: Literal["priority", "source"] = "priority"
    """`priority` takes what must be known first."""
    stack: bool = False
    """Number the cards through the pile: cut it once, put the piles on one another, and they are sorted."""
    min_size: Annotated[float, Between(5, 12)] = 7.0
    """The smallest type a long answer may shrink to."""
    calibration: bool = False
    """Another file, a sheet to measure how far a printer is off."""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """`[quiz.blueprint]`: how many questions of which difficulty, and of which section.

    What is not named gets none, unless nothing of its sort is named.
    """

    easy: int | None = None
    medium: int | None = None
    hard: int | None = None
    sections: Mapping[str, int] = field(default_factory=dict)
    """Numbers of questions by section id."""


@dataclass(frozen=True, slots=True)
class QuizOptions:
    """`[quiz]` and its key."""

    seed: int = 1
    """Another seed gives another order and other items."""
    count: Annotated[int, Between(1, 1000)] | None = None
    """How many items; by default as many as there are questions, or what the blueprint says."""
    per_question: Annotated[int, Between(1, 20)] = 1
    """How many items a question may give."""
    blueprint: Blueprint = Blueprint()
    variants: tuple[VariantCode, ...] = ()
    """Codes of papers with the same items in another order, `["A", "B"]`."""
    editions: tuple[Literal["quiz", "key", "teacher", "interview"], ...] = ("quiz", "key")
    """Which files: the quiz, its key, the quiz with the answers in it, a sheet to hold interviews with."""


@dataclass(frozen=True, slots=True)
class InterviewOptions:
    """`[handout.interview]`: what one press starts."""

    questions: Annotated[int, Between(1, 50)] = 5
    minutes: Annotated[int, Between(1, 240)] = 15


@dataclass(frozen=True, slots=True)
class HandoutOptions:
    """`[handout]`: the HTML file."""

    modes: tuple[Literal["quiz", "interview"], ...] = ("quiz", "interview")
    """What it offers besides reading."""
    interview: InterviewOptions = InterviewOptions()


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
    difficulty: tuple[DifficultyWord, ...] = ()
    priority: tuple[PriorityWord, ...] = ()
    role: tuple[str, ...] = ()
    id: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """`[printer.<name>]`: a printer that `--printer` names."""

    offset: tuple[float, float] = (0.0, 0.0)
    """How far to move the backs of cards to the right and down, in millimetres."""


@dataclass(frozen=True, slots=True)
class Edition:
    """`[[edition]]`: a named selection with targets and settings of its own, built by `all` too."""

    name: str
    decks: tuple[str, ...]
    """Deck ids; empty means all."""
    selection: Selection
    targets: tuple[TargetName, ...]
    together: bool = False
    """One cheat sheet of all its decks instead of one for each."""
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
    lock: Literal["build", "release"] = "build"
    """What writes `deckbuild.lock`: every whole build, or `deckbuild release` alone, for teams."""
    options: Options = Options()
    deck: Mapping[str, Options] = field(default_factory=dict)
    """Options of single decks, by deck id, already laid over the project's."""
    editions: tuple[Edition, ...] = ()
    printers: Mapping[str, PrinterOptions] = field(default_factory=dict)
    is_whole: bool = True
    """False if some of it could not be read and is at its default."""

    def options_for(self, deck: str) -> Options:
        """Return the options of a deck."""
        return self.deck.get(deck, self.options)
