"""The `cards` target: two-sided cards on sheets of paper, or a card a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic
from deckbuild.imposition import STOCKS, Duplex, Grid, Layout, Size, Turn, card_size, grid_for, single
from deckbuild.model import Priority, Question
from deckbuild.plain import items_of
from deckbuild.settings import FILE
from deckbuild.targets.base import PdfFile
from deckbuild.targets.cards.calibration import calibration, sides_of
from deckbuild.targets.cards.design import Design, design
from deckbuild.targets.cards.faces import faces_of
from deckbuild.targets.cards.setting import set_cards
from deckbuild.targets.cards.sheets import MARKS, Sheet, Spot, lay_out, marks_drawing
from deckbuild.targets.options import option_orders
from deckbuild.targets.printing import PAPERS, Page, Printer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.config import CardsOptions, PaperName
    from deckbuild.media import Media
    from deckbuild.model import Deck
    from deckbuild.plain import LearningItem
    from deckbuild.targets.base import Job, Rendered, Services


_PART = 32
"""So many pages are typeset at a time at most. Never by the number of processes: bytes would depend on it."""


@dataclass(frozen=True, slots=True)
class CardsContext:
    """What `cards/cards.html` gets."""

    page: Page
    sides: str
    """How to print it: on `one` side, or on both, flipped on the `long-edge` or the `short-edge`."""
    paper: Size
    bleed: float
    design: Design
    border: str
    """`border` for a line around each card."""
    marks: str
    """The path of the drawing with cut marks and fold lines, if there are any."""
    sheets: tuple[Sheet, ...]
    spots: tuple[Spot, ...]
    spaces: tuple[int, ...]
    """The spaces above texts that occur, in quarters of a millimetre."""


def render(job: Job, services: Services) -> Rendered:
    """Return a file of cards for each paper, and what did not fit on them."""
    options = job.options.cards
    items = cards_of(job.deck, options)
    files: list[PdfFile] = []
    found: list[Diagnostic] = []
    for number, paper in enumerate(_papers(job)):
        layout = _layout(job, paper)
        if isinstance(layout, Diagnostic):
            return (), (layout,)
        suffix = f"-{paper}" if number else ""
        file, problems = _cards(job, services, items, layout, f"{job.stem}-cards{suffix}.pdf")
        files.append(file)
        found += problems
        if options.calibration:
            files.append(calibration(job, services, layout, f"{job.stem}-cards-calibration{suffix}.pdf"))
    return tuple(files), tuple(dict.fromkeys(found))


def cards_of(deck: Deck, options: CardsOptions) -> tuple[LearningItem, ...]:
    """Return what gets a card, in the order of the cards.

    A question that has small cards and nothing else would be lost without them.
    """
    chosen = []
    for section, question in deck.questions():
        own = list(items_of(section, question))
        main = [item for item in own if isinstance(item.body, Question)]
        chosen += own if options.include == "all" else main or own
    if options.order == "priority":
        chosen.sort(key=lambda item: list(Priority).index(item.question.priority))
    return tuple(chosen)


def _papers(job: Job) -> Iterator[PaperName]:
    """Yield the papers that make a difference: stock brings its own, a card a page needs none."""
    options = job.options.cards
    is_stock = options.size in STOCKS and options.duplex != "fold"
    papers = job.options.print.paper
    yield from papers[:1] if is_stock or options.sheet == "card" else papers


def _layout(job: Job, name: PaperName) -> Layout | Diagnostic:
    options, paper = job.options.cards, Size(PAPERS[name].width, PAPERS[name].height)
    duplex = Duplex(options.duplex)
    fold = duplex is Duplex.FOLD
    size = card_size(options.size, paper)
    if size and options.sheet == "card":
        grid: Grid | None = single(size, fold=fold)
    else:
        grid = grid_for(options.size, paper, fold=fold, gutter=2 * options.bleed)
    if grid:
        return Layout(grid, duplex, Turn(options.turn), options.stack)
    message = (
        f"no card of size `{options.size}` fits on {name}"
        if size
        else f"`{options.size}` is no size for a card: its sides may have 30 to 400 mm"
    )
    help_text = "choose another `size` in `[cards]`, or another `paper` in `[print]`"
    return Diagnostic(Code.CONFIG_VALUE, message, job.places.of("cards", "size"), help_text, file=FILE)


def _cards(
    job: Job, services: Services, items: tuple[LearningItem, ...], layout: Layout, name: str
) -> tuple[PdfFile, tuple[Diagnostic, ...]]:
    options, printer = job.options.cards, Printer(job)
    words = printer.words
    orders = option_orders(items, "cards")
    faces = [faces_of(printer, item, orders) for item in items]
    look = design(layout.grid, options, max((len(face.number) for face in faces), default=0))
    result = set_cards(printer, services, look, faces)
    advice = words(f"cards.advice.{options.duplex}")
    if result.left_out:
        advice += " · " + words("cards.left-out", numbers=", ".join(result.left_out))
    laid = lay_out(result.cards, layout, job.back_offset, words, advice)
    drawing = _marks(options, layout.grid)
    context = CardsContext(
        printer.page(f"{job.deck.title}: {job.strings('cards.title')}"),
        sides_of(layout.duplex),
        layout.grid.page,
        options.bleed if options.sheet == "card" else 0.0,
        look,
        "border" if options.marks == "border" else "",
        MARKS if drawing else "",
        (),
        laid.spots,
        (),
    )
    # Each part says nothing of the others, so that an edit leaves these as they were.
    first, *more = [
        services.templates.render("cards/cards.html", replace(context, sheets=part, spaces=_spaces(part)))
        for part in _parts(laid.sheets)
    ]
    media = (*printer.media("".join((first, *more))), *([drawing] if drawing else []))
    return PdfFile(name, first, media, tuple(more)), result.diagnostics


def _parts(sheets: tuple[Sheet, ...]) -> Iterator[tuple[Sheet, ...]]:
    """Yield the pages in parts of about equal size, an even number of them if there are several."""
    count = max(-(-len(sheets) // _PART), 1)
    count += count % 2 if count > 1 else 0
    size = -(-len(sheets) // count)
    yield sheets[:size]
    yield from (sheets[start : start + size] for start in range(size, len(sheets), max(size, 1)))


def _spaces(sheets: tuple[Sheet, ...]) -> tuple[int, ...]:
    return tuple(sorted({cell.side.space for sheet in sheets for cell in sheet.cells}))


def _marks(options: CardsOptions, grid: Grid) -> Media | None:
    """Return the drawing of a page's marks, if it has any. Stock is perforated: it shows where to cut."""
    is_cut = options.marks == "cut" and options.sheet == "paper" and grid not in STOCKS.values()
    return marks_drawing(grid, is_cut=is_cut) if is_cut or grid.fold else None
