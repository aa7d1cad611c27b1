"""The cheat sheet: every piece is measured once, packed into columns, and set where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.targets.base import PdfFile
from deckbuild.targets.cheatsheet_fit import choose
from deckbuild.targets.cheatsheet_layout import Frame, frames_of, stretches
from deckbuild.targets.cheatsheet_pieces import AFTER_BAND, AIR, Composer
from deckbuild.targets.cheatsheet_remarks import numbers, remarks
from deckbuild.targets.printing import PT, Page, Printer, css_string, signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.config import PaperName
    from deckbuild.diagnostic import Diagnostic
    from deckbuild.packing import Column
    from deckbuild.targets.base import Artifact, Job, Rendered, Services
    from deckbuild.targets.cheatsheet_fit import Choice
    from deckbuild.targets.cheatsheet_pieces import Galley


_NOTHING = Markup()
_SIGN = 0.5
"""Width of a sign in head and foot, in em: most are narrower."""
_TITLE, _HEAD = 1.4, 0.75
"""How large the title is beside what else stands at the edges, and its share of the width."""
_PART = 6
"""So many pages are set as one document: long sheets by several processes, and without a page that has
not changed."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a page."""

    left: float
    """Where it starts, from the left margin, in CSS pixels."""
    stretch: float
    """How far its figures and gaps have grown, from 0 to 1."""
    cells: tuple[Markup, ...]
    """Bands and items, from top to bottom."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page."""

    columns: tuple[SheetColumn, ...]
    rules: tuple[float, ...]
    """Where hairlines stand between the columns, from the left margin, in CSS pixels."""
    foot: float
    """How far they go down."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the style sheet needs to know. What stands in head and foot comes as CSS strings."""

    frame: Frame
    size: float
    """Of the type, in points."""
    head_start: Markup = _NOTHING
    head_end: Markup = _NOTHING
    foot_start: Markup = _NOTHING
    air: float = AIR
    """How far entries may part, in em."""
    title: str = ""
    """The deck's, or as much of it as stands on a line."""


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What `cheatsheet/sheet.html` and `cheatsheet/measure.html` get."""

    page: Page
    look: Look
    sheets: tuple[Sheet, ...] = ()
    first: int = 1
    """The number of the first of them: long sheets are several documents, joined afterwards."""
    pages: int = 0
    """How many there are in all documents."""


def render(job: Job, services: Services) -> Rendered:
    """Return the cheat sheet, a file for each paper."""
    printer = Printer(job)
    files: list[Artifact] = []
    found: list[Diagnostic] = []
    for place, paper in enumerate(job.options.print.paper):
        name = f"{job.stem}-cheatsheet{f'-{paper}' if place else ''}.pdf"
        choice = choice_of(printer, services, paper)
        page, look = printer.page(job.deck.title), _look(job, choice)
        first, *more = (
            services.templates.render("cheatsheet/sheet.html", SheetContext(page, look, *part))
            for part in _parts(tuple(_sheets(choice)))
        )
        files.append(PdfFile(name, first, printer.media("".join((first, *more))), tuple(more)))
        found += remarks(job, choice, name)
    return tuple(files), tuple(found)


def choice_of(printer: Printer, services: Services, paper: PaperName) -> Choice:
    """Return what is printed on a paper, and in which columns."""
    options, direction = printer.job.options, printer.job.deck.direction
    frames = frames_of(options, paper, direction)
    return choose([_composer(printer, services, frame) for frame in frames], options)


def _parts(sheets: tuple[Sheet, ...]) -> Iterator[tuple[tuple[Sheet, ...], int, int]]:
    """Yield the pages of each document, all about as many, with the number of the first, and of all."""
    count = max(1, -(-len(sheets) // _PART))
    starts = [len(sheets) * part // count for part in range(count + 1)]
    for start, stop in pairwise(starts):
        yield sheets[start:stop], start + 1, len(sheets)


def _composer(printer: Printer, services: Services, frame: Frame) -> Composer:
    assert services.typesetter, "printed targets are planned only where there is a typesetter"
    page = printer.page(printer.job.deck.title)

    def head(size: float) -> str:
        html = services.templates.render("cheatsheet/measure.html", SheetContext(page, Look(frame, size)))
        return html[: html.index(">", html.index("<body")) + 1]

    return Composer(printer, services.templates, services.typesetter, head, frame)


def _sheets(choice: Choice) -> Iterator[Sheet]:
    """Yield the pages."""
    frame, stretched = choice.composer.frame, tuple(stretches(choice.columns, choice.composer.frame))
    for first in range(0, len(choice.columns), frame.columns):
        page = list(zip(choice.columns, stretched, strict=True))[first : first + frame.columns]
        foot = max(column.used + stretch * column.grows for column, stretch in page)
        columns = tuple(
            SheetColumn(left, stretch, tuple(_cells(choice.composer, choice.galley, column, stretch)))
            for left, (column, stretch) in zip(frame.lefts, page, strict=False)
        )
        yield Sheet(columns, frame.rules(len(columns)), foot)


def _cells(composer: Composer, galley: Galley, column: Column, stretch: float) -> Iterator[Markup]:
    """Yield what stands in a column; entries of one item come as one."""
    blocks, place = galley.blocks, column.start
    while place < column.stop:
        piece, stop = galley.pieces[place], place + 1
        while stop < column.stop and galley.pieces[stop].start:
            stop += 1
        space = blocks[place].gap + stretch * blocks[place].gap_grows
        if place == column.start:
            running = composer.running(piece)
            space = AFTER_BAND * galley.em if running else 0.0
            yield composer.band(running) if running else Markup()
        if piece.item:
            yield composer.item(piece.item.cut(piece.start, galley.pieces[stop - 1].stop, space))
        else:
            yield composer.band(replace(piece.band, space=space))
        place = stop


def _look(job: Job, choice: Choice) -> Look:
    deck, words = job.deck, choice.composer.printer.words
    counts = [words("cheatsheet.questions", count=len(choice.galley.questions))]
    topics = sum(1 for section in deck.sections if section.questions)
    if topics > 1:
        counts.append(words("cheatsheet.topics", count=topics))
    foot = [*deck.authors, deck.license]
    if job.options.cheatsheet.fit:
        foot.append(words("cheatsheet.size", size=f"{choice.galley.size:g}"))
    if left_out := (*choice.left_out, *choice.too_high):
        room = 2 * _signs(choice.composer.frame) - len(_joined(foot))
        foot.append(words("cheatsheet.left-out", numbers=_shortened(numbers(left_out, job), room)))
    title = _on_a_line(deck.title, choice.composer.frame)
    return Look(
        choice.composer.frame,
        choice.galley.size,
        css_string(title),
        css_string(_joined(counts)),
        css_string(_joined(foot)),
        title=title,
    )


def _on_a_line(title: str, frame: Frame) -> str:
    """Return as much of a title as stands on the line above the columns: a second would leave the paper."""
    room = int(_HEAD * (frame.width - 2 * frame.side) / (_SIGN * _TITLE * frame.furniture * PT))
    if signs(title) <= room:
        return title
    kept = ""
    for word in title.split():
        if signs(f"{kept} {word} …") > room:
            break
        kept = f"{kept} {word}".strip()
    return f"{kept or title[: room // 2 - 2]} …"


def _signs(frame: Frame) -> int:
    """Return about how many signs a line of the foot has, beside the number of the page."""
    return int((frame.width - 2 * frame.side) / (_SIGN * frame.furniture * PT)) - len(" 99 / 99")


def _shortened(listed: str, room: int) -> str:
    """Return as much of a list as has room; all of it is said as a diagnostic."""
    return listed if len(listed) <= room else f"{listed[: max(room, 0)].rpartition(',')[0]}, …"


def _joined(parts: Iterable[str]) -> str:
    return "  ·  ".join(part for part in parts if part)
