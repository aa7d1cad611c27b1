"""Cards from the benchmark bank, beside the least that WeasyPrint takes for the same texts.

`python -m benchmarks.cards` prints a line for 300 and one for 2400 questions; numbers may be given. The
bare pages have the same texts in the same places, unmeasured: no head, no foot, no marks, whatever
does not fit runs out of its card. `edited` is the next run, after one answer was changed. All seconds are
of the processor but those on two cores, which are of the clock: from the questions to the file.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks.bank import bank
from deckbuild.compiler import compile_decks
from deckbuild.markup.html import render as to_html
from deckbuild.planning import Request, plan
from deckbuild.project import load_project
from deckbuild.strings import every_language
from deckbuild.targets.base import PdfFile, Services
from deckbuild.targets.cards import render
from deckbuild.writers.pdf import WeasyTypesetter, load_typesetter
from deckbuild.writers.produce import produce_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckbuild.model import Deck
    from deckbuild.project import Project
    from deckbuild.targets.base import Job

COUNTS = (300, 2400)
PER_PAGE = 8
_BARE = """<!DOCTYPE html><html lang="en"><title>Cards</title><style>
@page { size: A4; margin: 0 }
html { font: 10.5pt "Source Sans 3" }
section { position: relative; width: 210mm; height: 297mm; break-after: page }
div { position: absolute; width: 89mm; height: 61mm; padding: 5mm }
</style>"""


def main(arguments: Sequence[str]) -> None:
    """Print what was measured."""
    sys.stdout.write(
        f"{'questions':>9}{'set':>9}{'write':>9}{'peak':>9}{'edited':>9}{'bare':>9}{'ratio':>8}{'on two':>9}\n"
    )
    for count in map(int, arguments) if arguments else COUNTS:
        sys.stdout.write(f"{line(count)}\n")


def line(count: int) -> str:
    """Return what a bank of that many questions takes, in seconds and MB."""
    with tempfile.TemporaryDirectory() as folder:
        job, services = prepared(Path(folder), count)
        typesetter = services.typesetter
        assert isinstance(typesetter, WeasyTypesetter)
        begin = process_time()
        (file,), _ = render(job, services)
        set_ = process_time()
        assert isinstance(file, PdfFile)
        typesetter.pdf(file)
        written = process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        edited = edited_job(Path(folder))
        edit = process_time()
        (file,), _ = render(edited, services)
        assert isinstance(file, PdfFile)
        typesetter.pdf(file)
        again = process_time()
        typesetter.pdf(PdfFile("bare.pdf", "".join(bare(job.deck))))
        bare_written = process_time()
    seconds = (set_ - begin, written - set_, again - edit, bare_written - again)
    set_time, write_time, again_time, bare_time = (f"{value:8.2f}s" for value in seconds)
    ratio = (written - begin) / (bare_written - again)
    return (
        f"{count:9}{set_time}{write_time}{peak:6.0f} MB{again_time}{bare_time}{ratio:7.2f}x"
        f"{on_two(count):8.2f}s"
    )


def on_two(count: int) -> float:
    """Return how long it takes with two processes, a fresh typesetter and nothing measured before."""
    with tempfile.TemporaryDirectory() as folder:
        job, services = prepared(Path(folder), count, 2)
        assert isinstance(services.typesetter, WeasyTypesetter)
        begin = perf_counter()
        files, _ = render(job, services)
        for _ in produce_all(files, services.typesetter):
            pass
        seconds = perf_counter() - begin
        services.typesetter.close()
        return seconds


def prepared(folder: Path, count: int, jobs: int = 1) -> tuple[Job, Services]:
    """Return the job for the cards of the benchmark bank, in a project of its own."""
    (folder / "decks").mkdir()
    (folder / "decks" / "bank.yaml").write_text(bank(count), "utf-8")
    project, job = _read(folder)
    typesetter = load_typesetter({}, folder / ".cache", jobs)
    assert isinstance(typesetter, WeasyTypesetter), "Pango is not installed"
    return job, Services(project.templates, typesetter, every_language(project.words))


def edited_job(folder: Path) -> Job:
    """Return the job after the answer of one question was edited."""
    path = folder / "decks" / "bank.yaml"
    before, answer, after = path.read_text("utf-8").rpartition("answer: '")
    path.write_text(f"{before}{answer}Edited: {after}", "utf-8")
    return _read(folder)[1]


def _read(folder: Path) -> tuple[Project, Job]:
    project, _ = load_project(folder)
    decks, _ = compile_decks(project)
    (task,), _ = plan(project, decks, Request(targets=("cards",)))
    return project, task.job


def bare(deck: Deck) -> Iterator[str]:
    """Yield the HTML of the bare pages."""
    yield _BARE
    questions = [question for _, question in deck.questions()]
    for first in range(0, len(questions), PER_PAGE):
        page = questions[first : first + PER_PAGE]
        yield f"<section>{''.join(_cell(n, q.ask.raw) for n, q in enumerate(page))}</section>"
        backs = (str(to_html(question.answer.events)) if question.answer else "" for question in page)
        yield f"<section>{''.join(_cell(n ^ 1, text) for n, text in enumerate(backs))}</section>"


def _cell(place: int, text: str) -> str:
    return f'<div style="left:{6 + place % 2 * 99}mm;top:{6 + place // 2 * 71}mm">{text}</div>'


if __name__ == "__main__":
    main(sys.argv[1:])
