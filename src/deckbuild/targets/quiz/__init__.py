"""The `quiz` target: a quiz and its key, the quiz with its answers, and a sheet to hold interviews with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Severity, warning
from deckbuild.settings import FILE
from deckbuild.targets.base import PdfFile
from deckbuild.targets.printing import PAPERS, Page, Printer
from deckbuild.targets.quiz.chosen import choose
from deckbuild.targets.quiz.interview import interview_blocks
from deckbuild.targets.quiz.papers import papers_of
from deckbuild.targets.quiz.setting import RULE, Frame, Press

if TYPE_CHECKING:
    from deckbuild.plain import LearningItem
    from deckbuild.strings import Strings
    from deckbuild.targets.base import Artifact, Job, Rendered, Services
    from deckbuild.targets.quiz.chosen import Shortage
    from deckbuild.targets.quiz.papers import Paper
    from deckbuild.targets.quiz.tasks import Task


@dataclass(frozen=True, slots=True)
class KeyContext:
    """What `quiz/key.html` and `quiz/teacher.html` get."""

    page: Page
    frame: Frame
    words: Strings
    papers: tuple[Paper, ...]


def render(job: Job, services: Services) -> Rendered:
    """Return the editions of a quiz that are asked for, each on every paper."""
    items, shortages = choose(job.deck, job.options.quiz)
    found = [_short(shortage, job) for shortage in shortages]
    files: list[Artifact] = []
    for place, name in enumerate(job.options.print.paper if items else ()):
        frame = Frame(PAPERS[name].width, PAPERS[name].height, job.options.print.large)
        made, problems = _editions(job, services, items, frame, f"-{name}" if place else "")
        files += made
        found += problems
    return tuple(files), tuple(dict.fromkeys(found))


def _editions(
    job: Job, services: Services, items: tuple[LearningItem, ...], frame: Frame, suffix: str
) -> tuple[list[PdfFile], list[Diagnostic]]:
    printer, words = Printer(job), job.strings
    press = Press(printer, services, frame)
    titles = {name: f"{job.deck.title}: {words(f'quiz.{name}')}" for name in job.options.quiz.editions}
    papers = papers_of(printer, items, job.options.quiz)
    quiz, papers, too_high = press.quiz(papers, titles.get("quiz", job.deck.title))
    files = []
    for edition, title in titles.items():
        name = f"quiz-{edition}"
        if edition == "quiz":
            name, html = "quiz", quiz
        elif edition == "interview":
            name = "interview"
            html = press.interview(interview_blocks(printer, job.deck, items), title)
        else:
            context = KeyContext(printer.page(title), frame, printer.words, papers)
            html = services.templates.render(f"quiz/{edition}.html", context)
        files.append(PdfFile(f"{job.stem}-{name}{suffix}.pdf", html, (*printer.media(html), RULE)))
    return files, [_too_high(task) for task in too_high]


def _short(shortage: Shortage, job: Job) -> Diagnostic:
    of = f"section `{shortage.of}`" if shortage.is_section else f"difficulty {shortage.of}"
    return Diagnostic(
        Code.BLUEPRINT_SHORT,
        f"the blueprint asks for {shortage.wanted} of {of}, and {shortage.found} can be had",
        job.places.of("quiz", "blueprint"),
        "ask for fewer in `[quiz.blueprint]`, or write more questions",
        Severity.WARNING,
        FILE,
    )


def _too_high(task: Task) -> Diagnostic:
    return warning(
        Code.OVERFLOW,
        f"{task.number} is left out: it is higher than a page of the quiz",
        task.item.span,
        help="shorten it, or print on larger `paper`",
    )
