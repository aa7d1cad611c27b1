"""The keys of a bank, in one table: what may stand where, what it holds, what it is for.

Lowering, the JSON Schema and the suggestions for misspelled keys all read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Atom(Enum):
    """What a scalar says."""

    TEXT = "a text"
    """Markdown."""
    LINE = "a line of text"
    """One line, not Markdown."""
    ID = "an id"
    OLD_ID = "an earlier id"
    WORD = "a word"
    NUMBER = "a number"
    FLAG = "`true` or `false`"
    DATE = "a date"
    LANG = "a language"
    URL = "an address"
    IMAGE = "the path of a picture"
    FRACTION = "a number from 0 to 1"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `alone` lets a single item stand without one."""

    item: Type
    least: int = 0
    alone: bool = False


@dataclass(frozen=True, slots=True)
class TextOr:
    """A text, or a mapping that says more about it."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its name, what it holds, and what an editor says about it."""

    name: str
    type: Type
    about: str
    example: str = ""
    """A value, as YAML, where the type does not show what to write."""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mapping: its keys, in the order a writer would use them."""

    name: str
    """With its article, as messages say it: `a question`."""
    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()
    """Keys of which exactly one must be there."""
    some_of: tuple[str, ...] = ()
    """Keys of which at least one must be there."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its keys."""
        return tuple(key.name for key in self.keys)

    def key(self, name: str) -> Key | None:
        """Return the key of that name."""
        return next((key for key in self.keys if key.name == name), None)


Type = Atom | OneOf | ListOf | TextOr | Kind

_WORDS = ListOf(Atom.WORD, alone=True)
_LINES = ListOf(Atom.LINE, alone=True)

FIGURE = Kind(
    "a figure",
    (
        Key(
            "image", Atom.IMAGE, "Path of the picture, from the folder of this file.", "media/relu.svg", True
        ),
        Key("alt", Atom.LINE, "What the picture shows, for those who cannot see it.", "Curve of ReLU", True),
        Key("caption", Atom.TEXT, "A few words below the picture."),
    ),
)

POINT = Kind("a point", (Key("must", Atom.TEXT, "A key point that a good answer must have.", required=True),))

FOLLOWUP = Kind(
    "a follow-up",
    (
        Key("id", Atom.ID, "Stable name, unique among the cards and follow-ups of its question."),
        Key("ask", Atom.TEXT, "The further question.", "What is a dead ReLU?", True),
        Key("answer", Atom.TEXT, "Its answer.", required=True),
    ),
)

SOURCE = Kind(
    "a source",
    (
        Key("title", Atom.LINE, "Title of the book, paper or page.", "Deep Learning, ch. 6", True),
        Key("url", Atom.URL, "Its address.", "'https://www.deeplearningbook.org'"),
    ),
)

BASIC = Kind(
    "a basic card",
    (
        Key("ask", Atom.TEXT, "The prompt on the front.", "Range of tanh?", True),
        Key("answer", Atom.TEXT, "The answer on the back.", "'$(-1, 1)$'", True),
        Key("reverse", Atom.FLAG, "Ask the other way round too; for a term and its definition."),
        Key("figure", FIGURE, "A picture on the front."),
    ),
)

OPTION = Kind(
    "an option",
    (
        Key("right", Atom.TEXT, "An option that is right.", "One sigmoid per class"),
        Key("wrong", Atom.TEXT, "An option that is wrong.", "One softmax"),
        Key("why", Atom.TEXT, "Why it is right or wrong."),
    ),
    one_of=("right", "wrong"),
)

CHOICE = Kind(
    "a choice card",
    (
        Key("ask", Atom.TEXT, "The prompt.", "Which head suits multi-label classification?", True),
        Key("options", ListOf(OPTION, 2), "Options; one or several are right.", required=True),
        Key("shuffle", Atom.FLAG, "`false` keeps the options in this order."),
    ),
)

STEPS = Kind(
    "a steps card",
    (
        Key("ask", Atom.TEXT, "The prompt.", "One training step", True),
        Key(
            "items",
            ListOf(Atom.TEXT, 2),
            "The steps in order, learned one by one.",
            "[Forward pass, Loss, Backward pass]",
            True,
        ),
    ),
)

TYPED = Kind(
    "a typed card",
    (
        Key("ask", Atom.TEXT, "The prompt.", "Keras class for a plain stack of layers?", True),
        Key("answer", Atom.LINE, "What is to be typed, without Markdown.", "Sequential", True),
        Key("accept", _LINES, "Other spellings that count.", "[keras.Sequential]"),
    ),
)

MASK = Kind(
    "a mask",
    (
        Key("label", Atom.LINE, "What the mask hides.", "pooling", True),
        Key(
            "rect",
            ListOf(Atom.FRACTION, 4),
            "Left, top, width and height, as fractions of the picture.",
            "[0.40, 0.10, 0.15, 0.60]",
            True,
        ),
    ),
)

OCCLUSION = Kind(
    "an occlusion card",
    (
        Key("ask", Atom.TEXT, "The prompt.", "Where is pooling?", True),
        Key("image", Atom.IMAGE, "Path of the picture, from this file's folder.", "media/cnn.svg", True),
        Key("alt", Atom.LINE, "What the picture shows, for those who cannot see it.", "A network", True),
        Key("masks", ListOf(MASK, 1), "The rectangles that hide parts of the picture.", required=True),
    ),
)

CARD_KINDS = ("basic", "cloze", "choice", "steps", "typed", "occlusion")

CARD = Kind(
    "a card",
    (
        Key("id", Atom.ID, "Stable name, unique among the cards and follow-ups of its question."),
        Key("basic", BASIC, "A prompt and an answer.", "{ask: Range of tanh?, answer: '$(-1, 1)$'}"),
        Key("cloze", Atom.TEXT, "A text with gaps.", "'ReLU returns {{zero}} for {{negative}} inputs.'"),
        Key("choice", CHOICE, "A multiple choice with one or several right options."),
        Key("steps", STEPS, "An ordered list, learned item by item."),
        Key("typed", TYPED, "A short answer to type."),
        Key("occlusion", OCCLUSION, "Masks over a picture."),
        Key("hint", Atom.TEXT, "A nudge, shown on demand."),
        Key("tags", _WORDS, "Tags of this card alone.", "[activations]"),
    ),
    one_of=CARD_KINDS,
)

QUESTION = Kind(
    "a question",
    (
        Key("id", Atom.ID, "Stable name, unique in the deck; made from the prompt when absent."),
        Key("ask", Atom.TEXT, "The prompt.", "What is an activation function?", True),
        Key("short", Atom.TEXT, "The term, a few words.", "Activation functions"),
        Key("answer", Atom.TEXT, "What you would say first, in one breath."),
        Key(
            "points",
            ListOf(TextOr(POINT)),
            "Key points an interviewer listens for; `must:` marks those that count most.",
            "[must: Depth needs them, ReLU is cheap]",
        ),
        Key("figure", FIGURE, "A picture.", "{image: media/relu.svg, alt: Curve of ReLU}"),
        Key("details", Atom.TEXT, "The long answer: prose, code, tables, figures, math."),
        Key("followups", ListOf(FOLLOWUP), "Further questions and their answers."),
        Key("pitfalls", ListOf(Atom.TEXT), "Common mistakes.", "[Softmax in hidden layers]"),
        Key("hint", Atom.TEXT, "A nudge, shown on demand."),
        Key("difficulty", OneOf(("easy", "medium", "hard")), "How hard it is.", "easy"),
        Key("priority", OneOf(("must", "should", "extra")), "What to learn first.", "must"),
        Key("roles", _WORDS, "For whom it is.", "[new-grad]"),
        Key("tags", _WORDS, "Free words, without blanks.", "[activations]"),
        Key("minutes", Atom.NUMBER, "Time to answer in an interview, in minutes.", "3"),
        Key("sources", ListOf(SOURCE), "Books, papers and pages.", "[{title: Deep Learning}]"),
        Key("license", Atom.LINE, "License of this question, if it is another than the deck's.", "CC BY 4.0"),
        Key("reviewed", Atom.DATE, "Date of the last review.", "2026-11-23"),
        Key("cards", ListOf(CARD), "Atomic cards."),
        Key("see", ListOf(Atom.ID, alone=True), "Ids of related questions.", "[dropout]"),
        Key(
            "was",
            ListOf(Atom.OLD_ID, alone=True),
            "Earlier ids, oldest first, kept for good; `deck/id` after a move.",
            "[old-id]",
        ),
        Key("guid", Atom.WORD, "GUID of the Anki note it was imported from."),
        Key("draft", Atom.FLAG, "`true` keeps it out of every build."),
    ),
    some_of=("answer", "points", "cards"),
)

_QUESTIONS = Key("questions", ListOf(QUESTION), "The questions.")

SECTION = Kind(
    "a section",
    (
        Key("id", Atom.ID, "Stable name, unique in the deck; made from the title or the file's name."),
        Key("title", Atom.LINE, "Its heading.", "New graduates"),
        Key("tags", _WORDS, "Tags of all its questions.", "[basics]"),
        _QUESTIONS,
    ),
)

_DECK_KEYS = (
    Key("id", Atom.ID, "Stable name of the deck; the name of its file or folder when absent."),
    Key("title", Atom.LINE, "Its title.", "Deep Learning Interview"),
    Key("description", Atom.TEXT, "What it is about."),
    Key("version", Atom.LINE, "Version of the text.", "1.0"),
    Key("lang", Atom.LANG, "Language, as BCP 47 writes it.", "en"),
    Key("direction", OneOf(("ltr", "rtl")), "Writing direction, if the language does not tell.", "rtl"),
    Key("tags", _WORDS, "Tags of all its questions.", "[deep-learning]"),
    Key("authors", _LINES, "Who wrote it.", "[Ada Lovelace]"),
    Key("license", Atom.LINE, "License of the text.", "CC BY 4.0"),
)

HEAD = Kind("the head of a deck", _DECK_KEYS)

DECK = Kind(
    "a deck",
    (
        *_DECK_KEYS,
        Key("sections", ListOf(SECTION), "Its parts."),
        Key("questions", ListOf(QUESTION), "The questions of a deck without sections."),
    ),
    one_of=("questions", "sections"),
)

KINDS = (
    DECK,
    HEAD,
    SECTION,
    QUESTION,
    POINT,
    FIGURE,
    FOLLOWUP,
    SOURCE,
    CARD,
    BASIC,
    CHOICE,
    OPTION,
    STEPS,
    TYPED,
    OCCLUSION,
    MASK,
)


def _is_text(kind: Type) -> bool:
    match kind:
        case Atom.TEXT | Atom.LINE | TextOr():
            return True
        case ListOf(item=item):
            return _is_text(item)
        case _:
            return False


TEXT_KEYS = frozenset(key.name for kind in KINDS for key in kind.keys if _is_text(key.type))
"""Keys whose values are texts, wherever they stand."""
