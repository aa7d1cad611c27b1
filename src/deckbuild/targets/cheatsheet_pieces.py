"""Pieces of a cheat sheet with their heights: what is packed into columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.packing import Block
from deckbuild.targets.cheatsheet_items import Band, Entry, Item, band_of, item_of
from deckbuild.targets.printing import PT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from deckbuild.model import Question, Section
    from deckbuild.targets.base import Box, Typesetter
    from deckbuild.targets.cheatsheet_layout import Frame
    from deckbuild.targets.printing import Printer
    from deckbuild.templates import Templates

    Boxes = Mapping[str, Box]

_BEFORE_BAND, AFTER_BAND, _BEFORE_ITEM = 0.75, 0.4, 0.5
"""Space before pieces, in em."""
_GAP_GROWS, AIR = 0.9, 0.35
"""How much the space before pieces, and that between the entries of an item, may grow to fill a column."""
_LONG = 0.2
"""An item higher than this share of a column may be cut between its entries where a page stays empty
without that; the higher it is, the more stays empty."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A band, an item, or some entries of a long item."""

    block: Block
    band: Band
    """The band itself, or the one to repeat if the piece starts a column."""
    question: Question | None = None
    """None for a band."""
    item: Item | None = None
    start: int = 0
    stop: int = 0
    """Its entries."""


@dataclass(frozen=True, slots=True)
class Galley:
    """All pieces in order, set in one size, not yet cut into columns."""

    size: float
    pieces: tuple[Piece, ...]

    @property
    def em(self) -> float:
        """Return the size in CSS pixels."""
        return self.size * PT

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions that are shown."""
        return tuple(dict.fromkeys(piece.question for piece in self.pieces if piece.question))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return what is to be packed."""
        pairs = zip((None, *self.pieces), self.pieces, strict=False)
        return tuple(self._spaced(before, piece) for before, piece in pairs)

    def without(self, dropped: frozenset[str]) -> Galley:
        """Return the galley without some questions, by id, and without bands that have none left."""
        kept: list[Piece] = []
        for piece in reversed(self.pieces):
            if piece.question:
                kept += [] if piece.question.id in dropped else [piece]
            elif kept and (kept[-1].question or (kept[-1].band.number and not piece.band.number)):
                kept.append(piece)
        return replace(self, pieces=tuple(reversed(kept)))

    def _spaced(self, before: Piece | None, piece: Piece) -> Block:
        """Return a piece's block with the space before it, which depends on what stands there."""
        if piece.start:
            return piece.block
        if piece.question and before and before.question is None:
            return replace(piece.block, gap=AFTER_BAND * self.em)
        gap = (_BEFORE_ITEM if piece.question else _BEFORE_BAND) * self.em
        return replace(piece.block, gap=gap, gap_grows=_GAP_GROWS * self.em)


@dataclass(frozen=True, slots=True)
class ItemContext:
    """What `cheatsheet/item.html` gets."""

    item: Item


@dataclass(frozen=True, slots=True)
class BandContext:
    """What `cheatsheet/band.html` gets."""

    band: Band


@dataclass(frozen=True, slots=True)
class _Heads:
    """Heights of the bands that are repeated at the top of a column, with the space below them."""

    item: float
    """Before an item, if there are bands."""
    entry: float
    """Where an item runs on."""
    above: float = 0.0
    """What stands above an item that starts a column: a band that opens its section, or a repeated one."""


@dataclass(frozen=True)
class Composer:
    """Renders the pieces of a deck, and measures them in any size at one column width."""

    printer: Printer
    templates: Templates
    typesetter: Typesetter
    head: Callable[[float], str]
    """The document to measure in, up to its `<body>`, by type size."""
    frame: Frame

    @property
    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def galley(self, size: float) -> Galley:
        """Return everything in a size."""
        bands = [band for opening, *repeated in self._bands.values() for band in (opening, *repeated)]
        texts = [*map(self.band, bands), *self._texts.values()]
        measured = iter(self._measured(texts, size))
        heights = {band: next(measured)[""].height for band in bands}
        boxes = dict(zip(self._texts, measured, strict=True))
        pieces: list[Piece] = []
        begun = 0.0
        for section in self.printer.job.deck.sections:
            band, before_item, before_entry = self._bands[section.id]
            if band.title:
                pieces.append(Piece(Block(heights[band], keeps_next=True), band))
            space = AFTER_BAND * size * PT
            heads = _Heads(heights[before_item] + space if band.title else 0.0, heights[before_entry] + space)
            for place, question in enumerate(section.questions):
                above = begun + heights[band] + space if band.title and place == 0 else heads.item
                pieces += self._pieces(
                    section, question, boxes[question.id], replace(heads, above=above), size
                )
            begun = 0.0 if section.questions else heights[band] + _BEFORE_BAND * size * PT
        return Galley(size, tuple(pieces))

    def sampled_height(self, size: float, every: int) -> float:
        """Return about how high everything is, having measured one item in so many."""
        texts = tuple(self._texts.values())
        sample = texts[::every]
        height = sum(boxes[""].height + _BEFORE_ITEM * size * PT for boxes in self._measured(sample, size))
        return height * sum(map(len, texts)) / sum(map(len, sample))

    def item(self, item: Item) -> Markup:
        """Return an item as HTML."""
        return self._rendered("cheatsheet/item.html", ItemContext(item))

    def band(self, band: Band) -> Markup:
        """Return a band as HTML."""
        return self._rendered("cheatsheet/band.html", BandContext(band))

    def running(self, piece: Piece) -> Band | None:
        """Return the band to repeat if a piece starts a column, if there is one."""
        if piece.question is None or not (piece.band.title or piece.start):
            return None
        number = piece.item.number if piece.item and piece.start else ""
        return replace(piece.band, continued=self.printer.words("cheatsheet.continued"), item=number)

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        deck = self.printer.job.deck
        return {q.id: item_of(self.printer, s, q, self.frame) for s, q in deck.questions()}

    @cached_property
    def _texts(self) -> Mapping[str, Markup]:
        return {name: self.item(item) for name, item in self._items.items()}

    @cached_property
    def _bands(self) -> Mapping[str, tuple[Band, Band, Band]]:
        """Return the band of each section, and those repeated before an item and inside the widest one."""
        words = self.printer.words("cheatsheet.continued")
        bands = {}
        for section in self.printer.job.deck.sections:
            numbers = [self._items[question.id].number for question in section.questions]
            band = band_of(self.printer, section)
            repeated = replace(band, continued=words)
            widest = max(numbers, key=len, default="")
            bands[section.id] = band, repeated, replace(repeated, item=widest)
        return bands

    def _pieces(
        self, section: Section, question: Question, boxes: Boxes, heads: _Heads, size: float
    ) -> Iterator[Piece]:
        """Yield an item whole, or entry by entry if it is long, or in sentences if even that is too high."""
        item, room, air = self._items[question.id], self.frame.column_height, AIR * size * PT
        height = boxes[""].height
        if height > _LONG * room:
            cuts = height + heads.above <= room
            pieces = tuple(self._entries(section, question, item, boxes, heads, air, cuts=cuts))
            if cuts or all(piece.block.height + heads.entry <= room for piece in pieces):
                yield from pieces
                return
            item = item_of(self.printer, section, question, self.frame, fine=True)
            (boxes,) = self._measured([self.item(item)], size)
            yield from self._entries(section, question, item, boxes, heads, air, cuts=False)
            return
        grows = sum(air + self._growth(question, entry) for entry in item.entries)
        block = Block(height, head=heads.item, grows=grows)
        yield Piece(block, self._bands[section.id][0], question, item, 0, len(item.entries))

    def _entries(
        self,
        section: Section,
        question: Question,
        item: Item,
        boxes: Boxes,
        heads: _Heads,
        air: float,
        *,
        cuts: bool,
    ) -> Iterator[Piece]:
        """Yield an item entry by entry. The first and the last two points stay together."""
        kinds = [entry.kind for entry in item.entries]
        bottom = 0.0
        for place, entry in enumerate(item.entries):
            box = boxes[entry.id]
            top = box.y if place else 0.0
            block = Block(
                box.y + box.height - top,
                top - bottom,
                heads.entry if place else heads.item,
                keeps_next=entry.keeps_next or _belongs_to_next(kinds, place),
                cuts=cuts and place > 0,
                gap_grows=air if place else 0.0,
                grows=self._growth(question, entry) + (0.0 if place else air),
            )
            yield Piece(block, self._bands[section.id][0], question, item, place, place + 1)
            bottom = box.y + box.height

    def _growth(self, question: Question, entry: Entry) -> float:
        """Return how much higher an entry gets if it is a figure that is as large as it may be."""
        if entry.kind != "figure" or not question.figure:
            return 0.0
        media = self.printer.job.media[question.figure.image]
        share = (entry.large - entry.small) / 100
        return share * self.frame.column_width * (media.height or 1.0) / (media.width or 1.0)

    def _measured(self, fragments: Sequence[Markup], size: float) -> tuple[Boxes, ...]:
        return self.typesetter.measure(self.head(size), fragments, self.printer.media("".join(fragments)))

    def _rendered(self, template: str, context: ItemContext | BandContext) -> Markup:
        return Markup(self.templates.render(template, context).strip())  # noqa: S704 - templates escape


def _belongs_to_next(kinds: Sequence[str], place: int) -> bool:
    """Tell whether an entry is a first or a last but one point, which would leave one alone."""
    kind = kinds[place]
    if kind not in {"points", "pitfalls"} or kinds[place + 1 : place + 2] != [kind]:
        return False
    return kinds[place - 1 : place] != [kind] or kinds[place + 2 : place + 3] != [kind]
