"""pyromark's events to ours: blocks, formatting, links and pictures, with what Markdown lost on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pyromark import Markdown, Options

from deckbuild.diagnostic import Code as Problem
from deckbuild.markup.events import (
    Align,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    End,
    Event,
    FootnoteDefinition,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Item,
    Link,
    Math,
    OrderedList,
    Paragraph,
    Rule,
    SoftBreak,
    Sound,
    Start,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    TableHead,
    TableRow,
    Tag,
    Text,
)
from deckbuild.markup.media import Refused, is_sound, media_path
from deckbuild.markup.places import character_offsets
from deckbuild.markup.rawhtml import RawHtml, html_block
from deckbuild.markup.text import to_text

if TYPE_CHECKING:
    from pyromark.event import Event as Parsed

    from deckbuild.markup.findings import Findings

MAX_DEPTH = 100

_MARKDOWN = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_MATH
)
_ALIGN = {"None": Align.NONE, "Left": Align.START, "Center": Align.CENTER, "Right": Align.END}
_CELLS = {(align, header): TableCell(align, header=header) for align in Align for header in (False, True)}
_SIMPLE: dict[str, Tag] = {
    "Paragraph": Paragraph(),
    "Item": Item(),
    "Emphasis": Emphasis(),
    "Strong": Strong(),
    "Strikethrough": Strikethrough(),
}
_LEAVES: dict[str, type[SoftBreak | HardBreak | Rule]] = {
    "SoftBreak": SoftBreak,
    "HardBreak": HardBreak,
    "Rule": Rule,
}
_SAFE_ADDRESS = re.compile(r"(?:https?|mailto):|#.", re.IGNORECASE)

Piece = Event | RawHtml
"""What the reader makes: our events, text not yet merged, and raw HTML that is still to be judged."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture whose description is still being read."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class _CodeBlock:
    """A code block whose text is still being read."""

    lang: str


@dataclass(frozen=True, slots=True)
class _HtmlBlock:
    """A block of raw HTML that is still being read."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A container that is not closed yet. `tag` is None if nothing stands for it."""

    tag: Tag | _Picture | _CodeBlock | _HtmlBlock | None
    index: int
    """Where its content starts among the pieces."""
    at: int
    end: int


def read(raw: str, folder: str, min_heading: int, findings: Findings) -> list[Piece]:
    """Return the pieces of a text; too deep a nesting is refused and gives the raw text."""
    reader = _Reader(raw, folder, min_heading, findings)
    offsets = reader.offsets
    for event, span in _MARKDOWN.events_with_range(raw):
        reader.take(event, offsets[span["start"]], offsets[span["end"]])
        if len(reader.open) > MAX_DEPTH:
            at = reader.open[-1].at
            message = f"lists and quotations are nested more than {MAX_DEPTH} deep"
            findings.error(Problem.MARKUP_DEPTH, message, at, at + 1, "use fewer levels")
            return [Start(Paragraph()), Text(raw), End(Paragraph(), len(raw))]
    if "]:" in raw:
        reader.report_unused_addresses()
    return reader.out


class _Reader:
    """One pass over a text: what has been made so far, and which containers are open."""

    def __init__(self, raw: str, folder: str, min_heading: int, findings: Findings) -> None:
        self.raw = raw
        self.offsets = character_offsets(raw)
        self.out: list[Piece] = []
        self.open: list[_Open] = []
        self._folder = folder
        self._min_heading = min_heading
        self._findings = findings
        self._columns: tuple[Align, ...] = ()
        self._header = False
        self._column = 0
        self._cells_end = 0
        self._notes: dict[str, int] = {}
        self._used_addresses: set[str] = set()

    def take(self, event: Parsed, at: int, end: int) -> None:
        """Add what one event of the parser means."""
        if isinstance(event, str):
            self.out.append(_LEAVES[event](at))
        elif "Text" in event:
            self.out.append(Text(event["Text"], at))
        elif "Start" in event:
            self._start(event["Start"], at, end)
        elif "End" in event:
            self._end()
        elif "Code" in event:
            self.out.append(Code(event["Code"], at=at))
        elif "InlineMath" in event:
            self.out.append(Math(event["InlineMath"], display=False, at=at))
        elif "DisplayMath" in event:
            self.out.append(Math(event["DisplayMath"].strip(), display=True, at=at))
        elif "FootnoteReference" in event:
            self.out.append(FootnoteReference(self._note(event["FootnoteReference"]), at))
        elif "TaskListMarker" in event:
            self._check_item(checked=event["TaskListMarker"])
        else:
            self.out.append(RawHtml(event["InlineHtml"] if "InlineHtml" in event else event["Html"], at))

    def report_unused_addresses(self) -> None:
        """Report `[label]: text` that nothing refers to: Markdown shows none of it."""
        for label, definition in _MARKDOWN.reference_definitions(self.raw).items():
            if _folded(label) in self._used_addresses:
                continue
            span = definition["span"]
            start, end = self.offsets[span["start"]], self.offsets[span["end"]]
            message = f"`[{label}]:` is read as the address of a link that is not there, and is not shown"
            help_ = f"write `\\[{label}]:` if it is meant as text"
            self._findings.warning(Problem.TEXT_LOST, message, start, end, help_)

    def _start(self, tag: Any, at: int, end: int) -> None:
        if isinstance(tag, str):
            if (simple := _SIMPLE.get(tag)) is not None:
                self._push(simple, at, end)
            elif tag == "HtmlBlock":
                self._suspend(_HtmlBlock(), at, end)
            else:
                self._start_row_or_cell(tag, at, end)
            return
        ((kind, value),) = tag.items()
        match kind:
            case "Heading":
                self._push(self._heading(int(value["level"][1]), at, end), at, end)
            case "BlockQuote":
                self._push(BlockQuote(), at, end)
            case "List":
                self._push(BulletList() if value is None else OrderedList(value), at, end)
            case "CodeBlock":
                info = value["Fenced"].split() if isinstance(value, dict) else ()
                self._suspend(_CodeBlock(info[0].lower() if info else ""), at, end)
            case "Table":
                self._columns = tuple(_ALIGN[column] for column in value)
                self._push(Table(self._columns), at, end)
            case "FootnoteDefinition":
                self._push(FootnoteDefinition(self._note(value)), at, end)
            case "Image":
                self._used_addresses.add(_folded(value["id"]))
                self._suspend(_Picture(value["dest_url"], value["title"]), at, end)
            case _:
                self._start_link(value, at, end)

    def _start_row_or_cell(self, tag: str, at: int, end: int) -> None:
        if tag == "TableCell":
            self._push(_CELLS[self._columns[self._column], self._header], at, end)
            self._column += 1
            self._cells_end = end
            return
        self._header = tag == "TableHead"
        self._column = 0
        self._push(TableHead() if self._header else TableRow(), at, end)

    def _start_link(self, value: Any, at: int, end: int) -> None:
        self._used_addresses.add(_folded(value["id"]))
        url = f"mailto:{value['dest_url']}" if value["link_type"] == "Email" else value["dest_url"]
        if _SAFE_ADDRESS.match(url):
            self._push(Link(url, value["title"]), at, end)
            return
        self._suspend(None, at, end)
        message = f"`{url}` is no address that a link may have"
        help_ = "write an address that begins with https://, http:// or mailto:, or `#id` of a question"
        self._findings.error(Problem.LINK_UNSAFE, message, *self._narrow(url, at, end), help_)

    def _push(self, tag: Tag, at: int, end: int) -> None:
        self.open.append(_Open(tag, len(self.out), at, end))
        self.out.append(Start(tag, at))

    def _suspend(self, tag: _Picture | _CodeBlock | _HtmlBlock | None, at: int, end: int) -> None:
        self.open.append(_Open(tag, len(self.out), at, end))

    def _end(self) -> None:
        closed = self.open.pop()
        match closed.tag:
            case None:
                pass
            case _Picture() as picture:
                alt = to_text(tuple(_as_text(piece) for piece in self._inner(closed)))
                self.out.append(self._picture(picture, alt, closed.at, closed.end))
            case _CodeBlock(lang):
                self.out.append(CodeBlock(lang, _joined(self._inner(closed)), at=closed.at))
            case _HtmlBlock():
                self.out += html_block(self._inner(closed), self._findings)
            case tag:
                self.out.append(End(tag, closed.end))
                if isinstance(tag, TableRow):
                    self._report_lost_cells(closed.end)

    def _inner(self, closed: _Open) -> list[Piece]:
        inner = self.out[closed.index :]
        del self.out[closed.index :]
        return inner

    def _picture(self, picture: _Picture, alt: str, at: int, end: int) -> Image | Sound | Text:
        if not alt.strip():
            heard = is_sound(picture.url)
            message = f"the {'recording' if heard else 'picture'} has no description"
            example = "![Tokyo, spoken](media/tokyo.mp3)" if heard else "![Curve of the loss](media/loss.svg)"
            help_ = f"write what it {'says' if heard else 'shows'} between the brackets: `{example}`"
            self._findings.warning(Problem.MEDIA_ALT, message, at, end, help_)
        path = media_path(unquote(picture.url), self._folder)
        if isinstance(path, Refused):
            self._findings.error(path.code, path.message, *self._narrow(picture.url, at, end), path.help)
            return Text(alt, at)
        if not is_sound(path):
            return Image(path, alt, picture.title, at)
        if picture.title:
            message = "a recording has no caption: this is left out"
            help_ = "write it as text beside the recording"
            self._findings.warning(Problem.TEXT_LOST, message, *self._narrow(picture.title, at, end), help_)
        return Sound(path, alt, at)

    def _heading(self, level: int, at: int, end: int) -> Heading:
        if level >= self._min_heading:
            return Heading(level)
        if self.raw.startswith("#", at):
            message = f"a heading inside a text is of level {self._min_heading} or deeper"
            help_ = f"write `{'#' * self._min_heading}` instead of `{'#' * level}`"
            self._findings.error(Problem.HEADING_LEVEL, message, at, at + level, help_)
        else:
            underline = self.raw[at:end].rstrip()
            start = at + underline.rfind("\n") + 1
            message = "this line makes a heading of the text above it"
            help_ = f"put an empty line in front of it, or write `{'#' * self._min_heading} ` before the text"
            self._findings.error(Problem.HEADING_LEVEL, message, start, at + len(underline), help_)
        return Heading(level)

    def _check_item(self, *, checked: bool) -> None:
        """Turn the innermost item into a task."""
        for place in range(len(self.open) - 1, -1, -1):
            item = self.open[place]
            if isinstance(item.tag, Item):
                self.open[place] = _Open(Item(checked), item.index, item.at, item.end)
                self.out[item.index] = Start(Item(checked), item.at)
                return

    def _note(self, label: str) -> int:
        """Return a footnote's number by first appearance; `footnotes` numbers them for good."""
        return self._notes.setdefault(label.casefold(), len(self._notes) + 1)

    def _report_lost_cells(self, row_end: int) -> None:
        lost = self.raw[self._cells_end : row_end].strip().strip("|").strip()
        if not lost:
            return
        start = self.raw.index(lost, self._cells_end)
        message = f"this row has more cells than the table's head: `{lost}` is not shown"
        help_ = "add a column to the head, or write `\\|` where a bar is meant"
        self._findings.warning(Problem.TEXT_LOST, message, start, start + len(lost), help_)

    def _narrow(self, written: str, at: int, end: int) -> tuple[int, int]:
        """Return the range of an address inside its link or picture, or of all of it."""
        found = self.raw.rfind(written, at, end) if written else -1
        return (found, found + len(written)) if found >= 0 else (at, end)


def _as_text(piece: Piece) -> Event:
    return Text(piece.text, piece.at) if isinstance(piece, RawHtml) else piece


def _joined(pieces: list[Piece]) -> str:
    """Return the text of a code block without its last newline."""
    return "".join(piece.text for piece in pieces if isinstance(piece, Text)).removesuffix("\n")


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
