"""The event stream that Markdown is parsed to: flat, printable, read-only.

A text is a tuple of events. Containers are a `Start` and an `End` that hold the same tag; all else
is a leaf. `at` is the offset of the event in the text it was parsed from; it takes no part in
equality, so that equal texts have equal events wherever they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

# Containers -------------------------------------------------------------------------------------


class Align(StrEnum):
    """How a table column is aligned."""

    NONE = ""
    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. Items of tight lists hold their text without one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a text; levels 4 to 6 as written."""

    level: int


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """A quotation."""


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list without numbers."""


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A numbered list and its first number."""

    start: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """A list item; `checked` is None unless it is a task."""

    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the alignment of each column."""

    columns: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class TableHead:
    """The head row of a table; its cells stand directly inside."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table's body."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell; `header` in the head row."""

    align: Align = Align.NONE
    header: bool = False


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasized text, `*…*`."""


@dataclass(frozen=True, slots=True)
class Strong:
    """A key term, `**…**`."""


@dataclass(frozen=True, slots=True)
class Strikethrough:
    """Struck out text, `~~…~~`."""


@dataclass(frozen=True, slots=True)
class Inline:
    """One of the raw HTML elements that count: `sub`, `sup`, `kbd` or `mark`."""

    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an `http`, `https` or `mailto` address, or to `#question-id`."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class FootnoteDefinition:
    """The text of a footnote. Definitions stand at the end of the stream, in order of number."""

    number: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The hidden part of a cloze text: its number (from 1) as written or given, and a hint."""

    number: int
    hint: str = ""


Tag = (
    Paragraph
    | Heading
    | BlockQuote
    | BulletList
    | OrderedList
    | Item
    | Table
    | TableHead
    | TableRow
    | TableCell
    | Emphasis
    | Strong
    | Strikethrough
    | Inline
    | Link
    | FootnoteDefinition
    | Gap
)


@dataclass(frozen=True, slots=True)
class Start:
    """The start of a container."""

    tag: Tag
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class End:
    """The end of a container."""

    tag: Tag
    at: int = field(default=0, compare=False, repr=False)


# Leaves -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters, not escaped for anything."""

    text: str
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class InnerGap:
    """A gap inside code or math: a half-open range of its `text` or `tex`, marks taken out."""

    gap: Gap
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Code:
    """Inline code."""

    text: str
    gaps: tuple[InnerGap, ...] = ()
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A block of code; `lang` is the first word of the info string, lower case, or empty."""

    lang: str
    text: str
    gaps: tuple[InnerGap, ...] = ()
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in TeX; `display` if it stands on a line of its own.

    A display formula that is all of its paragraph comes without the paragraph around it.
    """

    tex: str
    display: bool
    gaps: tuple[InnerGap, ...] = ()
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: `path` is relative to the project, with `/`; `title` becomes a caption."""

    path: str
    alt: str
    title: str = ""
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording: `path` is relative to the project; `alt` says what is heard."""

    path: str
    alt: str
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Ruby:
    """A base text with its reading, `{漢字|かんじ}`."""

    base: str
    reading: str
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """A reference to the footnote with that number; numbers count from 1 in a text."""

    number: int
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SoftBreak:
    """A line break of the source that means a blank (nothing between CJK characters)."""

    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class HardBreak:
    """A line break that is meant."""

    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    at: int = field(default=0, compare=False, repr=False)


# Leaves that no parser makes: plain forms of cards hold them (see `plain`) -----------------------


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap to fill, its content hidden. `width` is the length of the hidden text, in characters."""

    number: int
    hint: str
    width: int


@dataclass(frozen=True, slots=True)
class Mask:
    """A rectangle over a picture, in fractions of its width and height: x, y, width, height."""

    label: str
    rect: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MaskedImage:
    """A picture with numbered masks. `shown` are the indices of masks that are lifted."""

    path: str
    alt: str
    masks: tuple[Mask, ...]
    shown: tuple[int, ...] = ()


Event = (
    Start
    | End
    | Text
    | Code
    | CodeBlock
    | Math
    | Image
    | Sound
    | Ruby
    | FootnoteReference
    | SoftBreak
    | HardBreak
    | Rule
    | Blank
    | MaskedImage
)

Events = tuple[Event, ...]


def unwrapped(events: Events) -> Events:
    """Return the events inside a paragraph if that paragraph is all there is, else all of them."""
    paragraph = Paragraph()
    if len(events) < 2 or events[0] != Start(paragraph) or events[-1] != End(paragraph):
        return events
    inner = events[1:-1]
    return events if Start(paragraph) in inner else inner
