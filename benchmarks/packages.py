"""Writing Anki packages, beside a bare genanki script that writes the same fields.

`python -m benchmarks.packages` prints a line for each bank of this repository and one for 10 000 notes.
Asked for are at most twice the time for 10 000 notes, and a third of the size for the banks. On four
cores of a cloud machine, Python 3.11, genanki 0.13.1, the best of five runs, it printed:

                                 notes             deckbuild               genanki    time    size
    deep-learning.apkg             241     0.014 s    119211     0.033 s    689124   0.41x   0.17x
    machine-learning.apkg          362     0.017 s    135227     0.035 s    820636   0.50x   0.16x
    10000 notes                  10000     0.377 s   2795567     0.243 s  14878108   1.55x   0.19x

A bare script spends on a temporary database what we spend on compressing; it does not compress.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import genanki

from deckbuild.compiler import compile_decks
from deckbuild.identity import Guid
from deckbuild.planning import Request, plan
from deckbuild.project import load_project
from deckbuild.strings import every_language
from deckbuild.targets.anki import render
from deckbuild.targets.base import AnkiFile, Services
from deckbuild.writers.apkg import write_apkg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deckbuild.package import Package

ROOT = Path(__file__).parents[1]
MANY = 10_000
ROUNDS = 5


def main() -> None:
    """Print what was measured."""
    sys.stdout.writelines(f"{line}\n" for line in measured())


def measured() -> Iterator[str]:
    """Yield seconds and bytes of both, and how they compare."""
    yield f"{'':28}{'notes':>6}{'deckbuild':>22}{'genanki':>22}{'time':>8}{'size':>8}"
    banks = dict(packages())
    largest = max(banks.values(), key=lambda package: len(package.notes))
    for name, package in {**banks, f"{MANY} notes": repeated(largest, MANY)}.items():
        ours, our_size = best(partial(write_ours, package))
        theirs, their_size = best(partial(write_bare, package))
        yield (
            f"{name:28}{len(package.notes):6}{ours:10.3f} s{our_size:10}{theirs:10.3f} s{their_size:10}"
            f"{ours / theirs:7.2f}x{our_size / their_size:7.2f}x"
        )


def packages() -> Iterator[tuple[str, Package]]:
    """Yield the packages of the banks of this repository."""
    project, _ = load_project(ROOT)
    services = Services(project.templates, None, every_language(project.words))
    tasks, _ = plan(project, compile_decks(project)[0], Request(targets=("anki",)))
    for task in tasks:
        artifact = render(task.job, services)[0][0]
        assert isinstance(artifact, AnkiFile)
        yield artifact.name, artifact.package


def repeated(package: Package, count: int) -> Package:
    """Return a package with that many notes, GUIDs told apart."""
    notes = package.notes
    many = (notes[n % len(notes)] for n in range(count))
    return replace(package, notes=tuple(replace(note, guid=Guid(str(n))) for n, note in enumerate(many)))


def write_ours(package: Package) -> int:
    """Write the package; return the size of the file."""
    return len(write_apkg(package))


def write_bare(package: Package) -> int:
    """Write the notes as a script with genanki alone would; return the size of the file."""
    models = {
        t.id: genanki.Model(
            t.id,
            t.name,
            [{"name": field.name} for field in t.fields],
            [{"name": c.name, "qfmt": c.front, "afmt": c.back} for c in t.templates],
            t.css,
            model_type=genanki.Model.CLOZE if t.cloze else genanki.Model.FRONT_BACK,
        )
        for t in package.note_types
    }
    deck = genanki.Deck(1 << 40, package.decks[0].name)
    for note in package.notes:
        deck.add_note(genanki.Note(models[note.note_type], list(note.fields), tags=note.tags, guid=note.guid))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(action="ignore"):
        for name, media in package.media:
            Path(folder, name).write_bytes(media.data)
        file = Path(folder, "bare.apkg")
        genanki.Package(deck, [str(Path(folder, name)) for name, _ in package.media]).write_to_file(file)
        return file.stat().st_size


def best(write: Callable[[], int]) -> tuple[float, int]:
    """Return the shortest of several runs in seconds, and what the run returned."""
    return min(timed(write) for _ in range(ROUNDS))


def timed(write: Callable[[], int]) -> tuple[float, int]:
    """Return the time a run took in seconds, and what it returned."""
    start = perf_counter()
    size = write()
    return perf_counter() - start, size


if __name__ == "__main__":
    main()
