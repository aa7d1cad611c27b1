"""What a cheat sheet says: the bands of its sections, its items and their entries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.markup.events import Heading, Start, unwrapped
from deckbuild.model import Cloze
from deckbuild.plain import plain
from deckbuild.targets.cheatsheet_blocks import sentences_of, top_level
from deckbuild.targets.printing import MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.markup.prose import Prose
    from deckbuild.media import Media
    from deckbuild.model import Body, Figure, Question, Section
    from deckbuild.targets.cheatsheet_layout import Frame
    from deckbuild.targets.printing import Printer

_NOTHING = Markup()
_SMALL, _LEGIBLE = 0.56, 42 * MM
"""Figures are at least so wide, as a share of the column and in pixels. They grow to fill their column."""
_TALLEST = 0.4
"""Figures are at most so high, as a share of the column."""


@dataclass(frozen=True, slots=True)
class Band:
    """The colored heading of a section. One that stands where a section runs on says `(continued)`."""

    number: str
    """Empty where a deck begins, on a sheet of several."""
    title: str
    """Empty for the questions of a deck without sections."""
    hue: str
    continued: str = ""
    item: str = ""
    """The number of the item that runs on, if one does."""
    space: float = 0.0
    """Before it, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is not split: a paragraph or another block of a text, a point, a figure."""

    kind: str
    """`answer`, `points`, `figure`, `pitfalls` or `details`."""
    html: Markup
    must: bool = False
    caption: Markup = _NOTHING
    small: float = 0.0
    """Least width of a figure, in percent of the column's."""
    large: float = 0.0
    """Its width where there is room."""
    keeps_next: bool = False
    """Whether it must not end a column: a heading of a text."""
    id: str = ""
    """To measure it by."""


@dataclass(frozen=True, slots=True)
class Part:
    """Entries of one kind, one after the other."""

    kind: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """What is shown of a question, or as much of it as stands in one column."""

    id: str
    """The question's; empty where an item runs on."""
    number: str
    hue: str
    title: Markup
    entries: tuple[Entry, ...]
    space: float = 0.0
    """Before it, in CSS pixels."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the entries by kind."""
        return tuple(Part(kind, tuple(run)) for kind, run in groupby(self.entries, lambda entry: entry.kind))

    def cut(self, start: int, stop: int, space: float) -> Item:
        """Return the item with these entries only; the title goes with the first."""
        entries = tuple(replace(entry, id="") for entry in self.entries[start:stop])
        part = replace(self, entries=entries, space=space)
        return part if start == 0 else replace(part, id="", title=_NOTHING)


def band_of(printer: Printer, section: Section) -> Band:
    """Return the band of a section."""
    numbering = printer.job.ledger.numbering
    number = numbering.sections[section.id]
    return Band(str(number) if section.questions else "", section.title, numbering.hue(section.id))


def item_of(
    printer: Printer, section: Section, question: Question, frame: Frame, *, fine: bool = False
) -> Item:
    """Return what is shown of a question, by the setting `parts`; `fine` cuts texts into sentences."""
    numbering = printer.job.ledger.numbering
    wanted = printer.job.options.cheatsheet.parts
    found = [entry for kind in wanted for entry in _entries(printer, question, kind, frame, fine=fine)]
    if not (question.answer or question.points):
        found += (_card(printer, card.body) for card in question.cards)
    entries = tuple(replace(entry, id=f"{question.id}.{place}") for place, entry in enumerate(found))
    title = printer.inline((question.short or question.ask).events)
    return Item(question.id, numbering.questions[question.id], numbering.hue(section.id), title, entries)


def figure_widths(media: Media, frame: Frame) -> tuple[float, float]:
    """Return the least and the largest width of a figure, as shares of a column's width."""
    width, height = media.width or 1.0, media.height or 1.0
    tallest = _TALLEST * frame.column_height * width / height
    large = min(width, tallest, frame.column_width) / frame.column_width
    return min(max(_SMALL, _LEGIBLE / frame.column_width), large), large


def _entries(printer: Printer, question: Question, kind: str, frame: Frame, *, fine: bool) -> Iterator[Entry]:
    match kind:
        case "answer" | "details":
            text: Prose | None = getattr(question, kind)
            blocks = sentences_of if fine else top_level
            for block in blocks(text.events if text else ()):
                is_heading = isinstance(block[0], Start) and isinstance(block[0].tag, Heading)
                yield Entry(kind, printer.html(block), keeps_next=is_heading)
        case "points":
            yield from (Entry(kind, _line(printer, point.text), point.must) for point in question.points)
        case "pitfalls":
            yield from (Entry(kind, _line(printer, pitfall)) for pitfall in question.pitfalls)
        case "figure" if question.figure:
            yield _figure(printer, question.figure, frame)


def _line(printer: Printer, text: Prose) -> Markup:
    return printer.html(unwrapped(text.events))


def _card(printer: Printer, body: Body) -> Entry:
    """Return a card in short, for a question that is nothing but its cards."""
    back = printer.html(unwrapped(plain(body).back))
    if isinstance(body, Cloze):
        return Entry("points", back)
    return Entry("points", Markup("<i>{}</i> {}").format(printer.inline(body.ask.events), back))


def _figure(printer: Printer, figure: Figure, frame: Frame) -> Entry:
    caption = printer.inline(figure.caption.events) if figure.caption else _NOTHING
    small, large = figure_widths(printer.job.media[figure.image], frame)
    picture = printer.picture(figure.image, figure.alt)
    return Entry("figure", picture, caption=caption, small=100 * small, large=100 * large)
