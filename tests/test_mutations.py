"""Whatever is in a project's files, it ends in diagnostics: banks, settings, words, templates, lock.

The shipped and the golden banks are cut, doubled and strewn with what formats stumble over. A few hundred
are tried here; `DECKBUILD_MUTATIONS=20000 pytest tests/test_mutations.py` tries more.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckbuild.build import build
from deckbuild.compiler import compile_decks
from deckbuild.planning import Request
from deckbuild.project import load_project
from deckbuild.publishing import Publishing
from deckbuild.report import FORMATS, render_diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.diagnostic import Diagnostic

GOLDEN = Path(__file__).parent / "golden"
BANKS = Path(__file__).parents[1] / "decks"
FILES = {
    "kinds.yaml": GOLDEN / "kinds/input/decks/kinds.yaml",
    "kinds.md": GOLDEN / "markdown/input/decks/kinds.md",
    "words.csv": GOLDEN / "csv/input/decks/words.csv",
    "exported.tsv": GOLDEN / "csv/input/decks/exported.tsv",
    "japanese.yaml": GOLDEN / "cjk/input/decks/japanese.yaml",
    "hostile.yaml": GOLDEN / "hostile/input/decks/hostile.yaml",
    "general.yaml": BANKS / "deep-learning/1-general.yaml",
    "basics.md": BANKS / "machine-learning/1-learning-basics.md",
}
SETTINGS = """\
namespace = "mutations"
targets = ["anki", "handout"]
[anki]
subdecks = true
[print]
paper = ["a4", "letter"]
[quiz.blueprint]
easy = 1
sections = {basics = 1}
[deck.bank.cards]
size = "90x60"
[printer.school]
offset = [0.4, -0.3]
[[edition]]
name = "week-3"
priority = ["must"]
targets = ["anki"]
[edition.handout]
modes = ["quiz"]
"""
BANK = """\
title: T
questions:
  - ask: Why?
    answer: Because.
    cards:
      - cloze: 'This is {{it}} here.'
"""
WORDS = '[index]\ndays = "{count} days"\n"days.one" = "a day"\n'
TEMPLATE = (
    '{% extends "deckbuild/handout/question.html" %}\n{% block own %}{{ words("index.title") }}'
    "{% for i in range(3) %}{{ i|round }}{% endfor %}{% endblock %}\n"
)
FRAGMENTS = (
    "\n", "\n\n", " ", "  ", "\t", ":", ": ", "- ", "-", "?", "|", "|-", ">", "&a ", "*a", "!!str ", "<<: ",
    "---\n", "...\n", "#", "# ", "## ", "### ", "#### ", "{", "}", "[", "]", "{{", "}}", "{{c1::", "::", "'",
    '"', "\\", "\\x", "\\u12", "$", "$$", "\\frac{", "`", "```\n", "~~~\n", "<!--", "-->", "<", "</", "&#x0;",
    "{#id}", "{.easy}", "[^1]", "[^1]: x", "![a](../../b)", "[a](javascript:x)", "***\n", "> ", "1. ",
    "\0", "\x08", "\x1b[31m", "\u2028", "\u202e", "\ufeff", "\ud7ff", "é", "e\u0301", "漢", "{漢|かん}", "א",
    "😀", "\U0010ffff", "true", "null", "1e999", "-0", "2026-02-30", "%", "{%", "%}", "[[", "]]", "[%", "{#",
    "ask: x", "cards:", "questions:\n", "id: ../x", "was: a", ",", ";", "\r", "\r\n", "=", "- [x] ", "9" * 30,
)  # fmt: skip
MORE = int(os.environ.get("DECKBUILD_MUTATIONS", "0"))
FEW = settings(
    max_examples=MORE or 20,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

pieces = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4))
edits = st.lists(
    st.tuples(
        st.sampled_from(["insert", "cut", "double", "swap", "repeat"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 60),
        pieces,
    ),
    min_size=1,
    max_size=5,
)


def edited(text: str, changes: list[tuple[str, float, int, str]]) -> str:
    """Return a text after edits, each at a fraction of its length."""
    for how, where, length, piece in changes:
        at = int(where * len(text))
        before, middle, after = text[:at], text[at : at + length], text[at + length :]
        match how:
            case "insert":
                text = before + piece + middle + after
            case "cut":
                text = before + piece + after
            case "double":
                text = before + middle + middle + after
            case "swap":
                text = before + middle[::-1] + after
            case _:
                text = before + piece * (length * length) + middle + after
    return text


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one small deck that has been published, with words and a template of its own."""
    root = tmp_path_factory.mktemp("mutations")
    for name, text in {
        "deckbuild.toml": SETTINGS,
        "decks/bank.yaml": BANK,
        "strings/en.toml": WORDS,
        "templates/handout/question.html": TEMPLATE,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    everything(root, writes=True)
    return root


def everything(root: Path, *, writes: bool = False) -> None:
    """Check and build all, and print whatever is found in every format."""
    loaded, noticed = load_project(root)
    assert_printable((*noticed, *compile_decks(loaded)[1]))
    publishing = Publishing(clock=1_800_000_000, writes=writes)
    outcome = build(
        loaded,
        noticed,
        Request(),
        out=root / "dist",
        jobs=1,
        progress=lambda _: None,
        publishing=publishing,
    )
    assert_printable(outcome.diagnostics)


@contextmanager
def holding(path: Path, data: bytes) -> Iterator[None]:
    """Give a file another content for a while."""
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    try:
        yield
    finally:
        path.unlink() if before is None else path.write_bytes(before)


def assert_printable(found: tuple[Diagnostic, ...]) -> None:
    for diagnostic in found:
        assert diagnostic.message
        for label in diagnostic.labels:
            assert 0 <= label.span.start <= label.span.end <= len(label.span.source.text)
    for form in FORMATS:
        render_diagnostics(found, form)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@given(changes=edits)
@FEW
def test_a_bank_after_edits(project: Path, name: str, changes: list[tuple[str, float, int, str]]) -> None:
    text = edited(FILES[name].read_text("utf-8"), changes)
    with holding(project / "decks" / name, text.encode("utf-8", "surrogatepass")):
        everything(project)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["deckbuild.toml", "deckbuild.lock", "strings/en.toml", "templates/handout/question.html"]
)
@given(changes=edits)
@FEW
def test_another_file_after_edits(
    project: Path, name: str, changes: list[tuple[str, float, int, str]]
) -> None:
    text = edited((project / name).read_text("utf-8"), changes)
    with holding(project / name, text.encode("utf-8", "surrogatepass")):
        everything(project)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["yaml", "md", "csv", "tsv"])
@given(text=st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join), st.binary()))
@FEW
def test_a_bank_of_anything(project: Path, suffix: str, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    with holding(project / "decks" / f"any.{suffix}", data):
        everything(project)
