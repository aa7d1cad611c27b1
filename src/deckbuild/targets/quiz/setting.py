"""Setting quizzes and interview sheets: measured pieces on pages, each paper from a right-hand page on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from deckbuild.media import Media
from deckbuild.targets.printing import MM, Page
from deckbuild.targets.quiz.pages import Laid, Piece, PlacedPiece, lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckbuild.strings import Strings
    from deckbuild.targets.base import Services
    from deckbuild.targets.printing import Printer
    from deckbuild.targets.quiz.interview import InterviewBlock
    from deckbuild.targets.quiz.papers import Paper
    from deckbuild.targets.quiz.tasks import Task

RULE = Media(
    "print/rule.svg",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 8" preserveAspectRatio="none">'
    b'<path d="M0 7H400" stroke="#8b9098" stroke-width="0.2"/></svg>',
    "image/svg+xml",
    400,
    8,
)
"""A line to write on, to be repeated."""
_GENEROUS = 2
"""No question gets more than so many times the lines it needs."""
_SPARE = 4
"""One of so many lines may go if that saves a page."""
_NOTES, _MOST_NOTES = 2, 40
"""Lines for an interviewer's notes: what is left of the page."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The page, in millimetres, and whether it is in large print."""

    width: float
    height: float
    large: bool
    side: float = 18.0
    top: float = 19.0
    bottom: float = 17.0

    @property
    def line(self) -> float:
        """Return the distance of lines to write on."""
        return 12.0 if self.large else 8.0

    @property
    def text_width(self) -> float:
        """Return the width of the text."""
        return self.width - 2 * self.side

    @property
    def text_height(self) -> float:
        """Return the height of the text."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page. A blank one has no pieces."""

    code: str
    """The variant's."""
    number: int
    total: int
    heading: Markup
    """On the first page."""
    pieces: tuple[PlacedPiece, ...]


_BLANK = Sheet("", 0, 0, Markup(), ())


@dataclass(frozen=True, slots=True)
class SheetsContext:
    """What `quiz/sheets.html` and `quiz/measure.html` get."""

    page: Page
    frame: Frame
    words: Strings
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskContext:
    """What `quiz/task.html` gets."""

    task: Task
    lines: int
    words: Strings
    frame: Frame


@dataclass(frozen=True, slots=True)
class BlockContext:
    """What `quiz/block.html` gets."""

    block: InterviewBlock
    lines: int
    words: Strings
    frame: Frame


@dataclass(frozen=True, slots=True)
class HeadingContext:
    """What `quiz/heading.html` gets. An interview has no paper."""

    title: str
    paper: Paper | None
    words: Strings


@dataclass(frozen=True, slots=True)
class RunningContext:
    """What `quiz/running.html` gets."""

    page: Page
    frame: Frame
    heading: Markup
    blocks: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Press:
    """Sets pages of one size."""

    printer: Printer
    services: Services
    frame: Frame

    def quiz(self, papers: Sequence[Paper], title: str) -> tuple[str, tuple[Paper, ...], tuple[Task, ...]]:
        """Return the HTML of a quiz, its papers as they were set, and what is higher than a page."""
        sheets: list[Sheet] = []
        left_out: list[Task] = []
        kept: list[Paper] = []
        for whole in papers:
            paper, laid = whole, self._laid_paper(whole)
            if laid.too_high:
                left_out += (whole.tasks[place] for place in laid.too_high)
                paper = whole.without(laid.too_high)
                laid = self._laid_paper(paper)
            kept.append(paper)
            sheets += [_BLANK] * (len(sheets) % 2)
            sheets += _sheets(laid, paper.code, self._heading(self._deck_title, paper))
        return self._pages(title, sheets), tuple(kept), tuple(left_out)

    def interview(self, blocks: Sequence[InterviewBlock], title: str) -> str:
        """Return the HTML of an interview sheet. If a question is higher than a page, all of them run on."""
        heading = self._heading(title, None)
        laid = self._laid(
            [Piece(partial(self._block, block), _NOTES, _NOTES, _MOST_NOTES) for block in blocks], heading
        )
        if not laid.too_high:
            return self._pages(title, _sheets(laid, "", heading))
        drawn = tuple(self._block(block, _NOTES) for block in blocks)
        context = RunningContext(self.printer.page(title), self.frame, heading, drawn)
        return self.services.templates.render("quiz/running.html", context)

    @property
    def _deck_title(self) -> str:
        return self.printer.job.deck.title

    @property
    def _words(self) -> Strings:
        return self.printer.words

    def _laid_paper(self, paper: Paper) -> Laid:
        lines = [task.asked.lines for task in paper.tasks]
        pieces = [
            Piece(partial(self._task, task), count - count // _SPARE, count, count * _GENEROUS)
            for task, count in zip(paper.tasks, lines, strict=True)
        ]
        return self._laid(pieces, self._heading(self._deck_title, paper))

    def _laid(self, pieces: Sequence[Piece], heading: Markup) -> Laid:
        (height,) = self._heights([heading])
        return lay_out(pieces, self.frame.text_height, height, self.frame.line, self._heights)

    def _task(self, task: Task, lines: int) -> Markup:
        return self._render("task", TaskContext(task, lines, self._words, self.frame))

    def _block(self, block: InterviewBlock, lines: int) -> Markup:
        return self._render("block", BlockContext(block, lines, self._words, self.frame))

    def _heading(self, title: str, paper: Paper | None) -> Markup:
        return self._render("heading", HeadingContext(title, paper, self._words))

    def _render(self, name: str, context: object) -> Markup:
        return Markup(self.services.templates.render(f"quiz/{name}.html", context).strip())  # noqa: S704 - a template

    def _pages(self, title: str, sheets: Sequence[Sheet]) -> str:
        context = SheetsContext(self.printer.page(title), self.frame, self._words, tuple(sheets))
        return self.services.templates.render("quiz/sheets.html", context)

    def _heights(self, fragments: Sequence[str]) -> tuple[float, ...]:
        """Return the heights of fragments in millimetres."""
        assert self.services.typesetter, "prints are planned only where there is a typesetter"
        context = SheetsContext(self.printer.page(""), self.frame, self._words)
        head = self.services.templates.render("quiz/measure.html", context).partition("</body>")[0]
        # As plain text: markup would escape what is put together with it.
        texts = [str(fragment) for fragment in fragments]
        boxes = self.services.typesetter.measure(head, texts, self.printer.media("".join(texts)))
        return tuple(box[""].height / MM for box in boxes)


def _sheets(laid: Laid, code: str, heading: Markup) -> list[Sheet]:
    total = len(laid.pages)
    return [
        Sheet(code, number, total, heading if number == 1 else Markup(), pieces)
        for number, pieces in enumerate(laid.pages, 1)
    ]
