"""Handouts of whole projects, as HTML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuild.compiler import compile_decks
from deckbuild.planning import Request, plan
from deckbuild.project import load_project
from deckbuild.targets.base import HtmlFile
from deckbuild.targets.handout import render
from support.decks import services

if TYPE_CHECKING:
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
