"""Printing 300 questions, beside Chromium on the same HTML and typst on the same content.

`python -m benchmarks.print` prints a line for each print; `python -m benchmarks.print 2400` does so for
another number of questions. Each is made in a process of its own, from the text of the bank to the
bytes of the PDF: `alone` are seconds of the processor, `on two` are seconds of the clock with two
processes. The last columns compare `on two` with what Chromium and typst (`pip install typst`) took for
the cheat sheet, by the clock and with all the threads they like; they are left out where they are not
installed. What they make has no repeated bands and fits no number of pages; Chromium was given our columns.
"""

from __future__ import annotations

import base64
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks.bank import SEED, bank

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.model import Deck, Question
    from deckbuild.targets.base import Artifact, Job

USUAL = 300
TYPST_MATH = {
    r"y = Wx + b": "y = W x + b",
    r"\sigma(z) = 1/(1 + e^{-z})": "sigma(z) = 1\\/(1 + e^(-z))",
    r"\frac{TP}{TP+FP}": "frac(T P, T P + F P)",
    r"\sum_i w_i x_i": "sum_i w_i x_i",
    r"\lVert g \rVert_2 \le c": "norm(g)_2 <= c",
    r"\hat\beta = (X^\top X)^{-1}X^\top y": "hat(beta) = (X^top X)^(-1) X^top y",
    r"\theta \leftarrow \theta - \eta \nabla L(\theta)": "theta <- theta - eta nabla L(theta)",
    r"O(n^2 d)": "O(n^2 d)",
}


def main(count: int) -> None:
    """Print what was measured."""
    text = bank(count)
    sys.stdout.write(f"{count} questions, seed {SEED}, {len(text.encode())} bytes\n")
    fit = round(count / 33)
    ours = {
        "cheat sheet": ("cheatsheet", ""),
        f"cheat sheet, fit = {fit}": ("cheatsheet", str(fit)),
        "  after one edit": ("edited", ""),
        "cards": ("cards", ""),
        "quiz and key": ("quiz", ""),
    }
    # Theirs come last: a process begins with the memory of the one that starts it as its peak.
    made = {
        name: [in_own_process(what, count, argument, jobs) for jobs in (1, 2)]
        for name, (what, argument) in ours.items()
    }
    theirs = {name: make(count) for name, make in others().items()}
    for name, (seconds, size) in theirs.items():
        sys.stdout.write(f"{name:28}{seconds:8.2f} s{size // 1024:8} KB\n")
    head = "".join(f"{name:>10}" for name in ("alone", "on two", "peak", "file", *theirs))
    sys.stdout.write(f"{'':28}{head}\n")
    for name, ((alone, _, megabytes, size), (_, on_two, *_)) in made.items():
        ratios = "".join(f"{on_two / seconds:9.1f}x" for seconds, _ in theirs.values())
        values = f"{alone:8.2f} s{on_two:8.2f} s{megabytes:7.0f} MB{size // 1024:7} KB"
        sys.stdout.write(f"{name:28}{values}{ratios}\n")


def in_own_process(what: str, count: int, argument: str, jobs: int) -> tuple[float, float, float, int]:
    """Return seconds of the processor and of the clock, megabytes at the most, and bytes of the files."""
    command = [sys.executable, "-m", "benchmarks.print", "--one", what, str(count), argument, str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    alone, clock, megabytes, size = json.loads(done.stdout)
    return alone, clock, megabytes, size


def one(what: str, count: int, argument: str, jobs: int) -> None:
    """Make one print and write down what it took, from the text of the bank on."""
    with tempfile.TemporaryDirectory() as folder:
        cache, text = Path(folder), bank(count)
        if what == "edited":
            make("cheatsheet", text, "", cache, jobs)
            what, text = "cheatsheet", text.replace("answer: '", "answer: 'Edited ", 1)
        start, clock = process_time(), perf_counter()
        files = make(what, text, argument, cache, jobs)
        measured = process_time() - start, perf_counter() - clock
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps([*measured, largest, sum(map(len, files))]))


def make(what: str, text: str, fit: str, cache: Path, jobs: int = 1) -> list[bytes]:
    """Return the PDFs of a target, made from the text of a bank."""
    from deckbuild.targets.base import PdfFile
    from deckbuild.writers.pdf import WeasyTypesetter, load_typesetter

    typesetter = load_typesetter({}, cache, jobs)
    assert isinstance(typesetter, WeasyTypesetter)
    artifacts = rendered(what, text, fit, typesetter)
    files = [artifact for artifact in artifacts if isinstance(artifact, PdfFile)]
    data = [data for data, _ in typesetter.pdfs(files)]
    typesetter.close()
    return data


def rendered(what: str, text: str, fit: str, typesetter: object) -> tuple[Artifact, ...]:
    """Return the artifacts of a target."""
    from typing import cast

    from deckbuild import resources
    from deckbuild.targets.base import Services, Typesetter
    from deckbuild.targets.registry import target
    from deckbuild.templates import Templates

    services = Services(Templates(resources.templates(), {}), cast("Typesetter", typesetter))
    return target(what)(job(text, fit), services)[0]  # type: ignore[arg-type]  # one of the names above


def job(text: str, fit: str) -> Job:
    """Return the job of a bank."""
    from deckbuild import resources
    from deckbuild.config import Options
    from deckbuild.ledger import first_ledger
    from deckbuild.source import Source
    from deckbuild.strings import parse_strings, strings_for
    from deckbuild.targets.base import Job

    deck = read(text)
    options = Options()
    if fit:
        options = replace(options, cheatsheet=replace(options.cheatsheet, fit=int(fit)))
    words = {lang: parse_strings(Source(lang, toml))[0] for lang, toml in resources.strings().items()}
    return Job(
        deck, deck.id, options, "benchmarks", first_ledger("benchmarks", deck), strings_for("en", words), {}
    )


def read(text: str) -> Deck:
    """Return the deck of a bank."""
    from deckbuild.formats.read import read_deck
    from deckbuild.source import Source

    deck, found = read_deck("benchmark", None, [Source("benchmark.yaml", text)])
    assert deck is not None, found
    return deck


def others() -> dict[str, Callable[[int], tuple[float, int]]]:
    """Return what there is to compare with."""
    found: dict[str, Callable[[int], tuple[float, int]]] = {}
    if chromium():
        found["Chromium"] = with_chromium
    if find_spec("typst"):
        found["typst"] = with_typst
    return found


def chromium() -> str | None:
    """Return the path of a Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


def with_chromium(count: int) -> tuple[float, int]:
    """Print the HTML of the cheat sheet with Chromium; return seconds and bytes."""
    browser = chromium()
    assert browser
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "a.html"), Path(folder, "a.pdf")
        page.write_text(cheatsheet_html(bank(count)), "utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
        start = perf_counter()
        subprocess.run(
            [browser, *options, f"--print-to-pdf={made}", page.as_uri()], capture_output=True, check=True
        )
        return perf_counter() - start, made.stat().st_size


def cheatsheet_html(text: str) -> str:
    """Return the HTML of a cheat sheet, its pictures inside."""
    from deckbuild.targets.base import PdfFile
    from deckbuild.writers.pdf import WeasyTypesetter, load_typesetter

    typesetter = load_typesetter({})
    assert isinstance(typesetter, WeasyTypesetter)
    (file,) = rendered("cheatsheet", text, "", typesetter)
    typesetter.close()
    assert isinstance(file, PdfFile)
    bodies = (part.html[part.html.index("<body") :].partition("</body>")[0] for part in file.parts)
    html = file.html[: file.html.index("<body")] + "".join(bodies)
    for media in file.media:
        data = base64.b64encode(media.data).decode()
        html = html.replace(f"media:{media.path}", f"data:{media.mime};base64,{data}")
    return html


def with_typst(count: int) -> tuple[float, int]:
    """Set the same content with typst, in columns that it balances itself; return seconds and bytes."""
    from importlib import import_module

    typst = import_module("typst")
    deck = read(bank(count))
    start = perf_counter()
    head = '#set page(paper: "a4", flipped: true, columns: 4, margin: 9mm)\n#set text(7.6pt)\n'
    items = (f"== {section.title}\n{''.join(map(in_typst, section.questions))}" for section in deck.sections)
    data = typst.compile((head + "".join(items)).encode())
    return perf_counter() - start, len(data)


def in_typst(question: Question) -> str:
    """Return an item of the sheet in typst's language."""
    assert question.short
    assert question.answer
    points = "".join(f"- {marked(point.text.raw)}\n" for point in question.points)
    return f"#block(breakable: false)[*{question.short.raw}* \\ {marked(question.answer.raw)}\n{points}]\n"


def marked(text: str) -> str:
    """Return Markdown of the bank in typst's language."""
    return re.sub(r"\$(.*?)\$", lambda found: f"${TYPST_MATH[found[1]]}$", text.replace("**", "*"))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--one"]:
        one(arguments[1], int(arguments[2]), arguments[3], int(arguments[4]))
    else:
        main(int(arguments[0]) if arguments else USUAL)
