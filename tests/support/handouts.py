"""Handouts of whole projects, and the guide to them, as HTML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuild.build import Output
from deckbuild.compiler import compile_decks
from deckbuild.guide import render_guide
from deckbuild.planning import Request, plan
from deckbuild.project import load_project
from deckbuild.targets.base import HtmlFile
from deckbuild.targets.handout import render
from support.decks import services

if TYPE_CHECKING:
    from deckbuild.config import TargetName
    from deckbuild.targets.base import Job

ROOT = Path(__file__).parents[2]
DECKS = {
    "flagship": (ROOT, "deep-learning"),
    "markdown": (ROOT, "machine-learning"),
    "kinds": (ROOT / "tests/golden/kinds/input", ""),
    "rtl": (ROOT / "tests/golden/rtl/input", ""),
    "cjk": (ROOT / "tests/golden/cjk/input", ""),
    "hostile": (ROOT / "tests/golden/hostile/input", ""),
}
FILES: dict[str, TargetName] = {
    ".apkg": "anki",
    ".html": "handout",
    "-cheatsheet.pdf": "cheatsheet",
    "-cards.pdf": "cards",
    "-quiz.pdf": "quiz",
    "-quiz-key.pdf": "quiz",
}


@cache
def job_of(name: str) -> Job:
    """The handout's job for one of the decks."""
    root, deck = DECKS[name]
    project, _ = load_project(root)
    tasks, _ = plan(project, compile_decks(project)[0], Request(targets=("handout",)))
    return next(task.job for task in tasks if deck in ("", task.job.deck.id))


def html_of(job: Job) -> str:
    (made,), problems = render(job, services())
    assert isinstance(made, HtmlFile)
    assert problems == ()
    return made.html


def guide_html() -> str:
    """The guide to the shipped decks, with a file of every kind."""
    project, _ = load_project(ROOT)
    decks, _ = compile_decks(project)
    outputs = [
        Output(f"{made.deck.id}{ending}", made.deck.id, target, 123_456, written=True)
        for made in decks
        for ending, target in FILES.items()
    ]
    return render_guide(project, decks, outputs).html
