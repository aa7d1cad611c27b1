"""Golden files: `tests/golden/<case>/input` is a small project, `expected` what comes of it.

`pytest --update-golden` rewrites what is expected; read the diff before you commit it. What a failing
run produced is kept in `actual` beside it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckbuild.build import build
from deckbuild.compiler import compile_decks
from deckbuild.diagnostic import in_order
from deckbuild.dump import as_text
from deckbuild.planning import Request
from deckbuild.project import load_project
from deckbuild.report import render_diagnostics
from support.dumps import dump_handout, dump_package, dump_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.config import TargetName

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if (path / "input").is_dir())
PRINTED: tuple[TargetName, ...] = ("cheatsheet", "cards", "quiz")


def sources(case: str) -> dict[str, str]:
    """What the sources were understood as, and what was found in them."""
    project, found = load_project(GOLDEN / case / "input")
    decks, problems = compile_decks(project)
    texts = {f"{c.deck.id}.txt": as_text(c.deck, c.ledger.numbering) for c in decks}
    diagnostics = render_diagnostics(in_order((*found, *problems)), "full")
    return {**texts, "diagnostics.txt": diagnostics}


def outputs(case: str, targets: tuple[TargetName, ...], out: Path) -> dict[str, str]:
    """What the targets made, as text."""
    project, found = load_project(GOLDEN / case / "input")
    build(project, found, Request(targets=targets), out=out, jobs=1, progress=lambda _: None)
    return dict(_dumped(out))


def _dumped(out: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(out.iterdir()):
        match path.suffix:
            case ".apkg":
                yield f"{path.name}.txt", dump_package(path.read_bytes())
            case ".pdf":
                yield f"{path.name}.txt", dump_pdf(path.read_bytes())
            case ".html":
                yield path.name, dump_handout(path.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_sources_are_understood_as_before(case: str, golden: Golden) -> None:
    golden.compare(case, "sources", sources(case))


@pytest.mark.parametrize("case", CASES)
def test_packages_are_made_as_before(case: str, golden: Golden, tmp_path: Path) -> None:
    golden.compare(case, "anki", outputs(case, ("anki",), tmp_path))


@pytest.mark.parametrize("case", CASES)
def test_handouts_are_made_as_before(case: str, golden: Golden, tmp_path: Path) -> None:
    golden.compare(case, "handout", outputs(case, ("handout",), tmp_path))


@pytest.mark.pdf
@pytest.mark.parametrize("case", CASES)
def test_pages_are_made_as_before(case: str, golden: Golden, tmp_path: Path) -> None:
    golden.compare(case, "print", outputs(case, PRINTED, tmp_path))


class Golden:
    """Compares what was made with `expected/<stage>/`, or rewrites it."""

    def __init__(self, *, update: bool) -> None:
        self.update = update

    def compare(self, case: str, stage: str, actual: dict[str, str]) -> None:
        expected_folder = GOLDEN / case / "expected" / stage
        actual_folder = GOLDEN / case / "actual" / stage
        shutil.rmtree(actual_folder, ignore_errors=True)
        if self.update:
            _replace(expected_folder, actual)
            return
        expected = _read(expected_folder)
        if expected != actual:
            _replace(actual_folder, actual)
        assert sorted(expected) == sorted(actual), "files are missing or new"
        for name, text in expected.items():
            assert text == actual[name], f"{case}/{stage}/{name} changed; compare it with actual/{stage}"


def _read(folder: Path) -> dict[str, str]:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: path.read_text("utf-8") for path in paths}


def _replace(folder: Path, texts: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    update = bool(request.config.getoption("--update-golden"))
    if update and os.environ.get("CI"):
        pytest.fail("golden files are not rewritten under CI: somebody has to read them")
    return Golden(update=update)
