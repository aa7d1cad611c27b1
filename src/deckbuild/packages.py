"""The packages of a project as values, as a build would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.planning import Request, plan
from deckbuild.strings import every_language
from deckbuild.targets.base import AnkiFile, Services
from deckbuild.templates import TemplateError

if TYPE_CHECKING:
    from deckbuild.compiler import Compiled
    from deckbuild.diagnostic import Diagnostic
    from deckbuild.package import Package
    from deckbuild.project import Project


def packages_of(
    project: Project, decks: tuple[Compiled, ...]
) -> tuple[dict[str, Package], tuple[Diagnostic, ...]]:
    """Return the package of each whole deck, by its id."""
    from deckbuild.targets.anki import render

    services = Services(project.templates, None, every_language(project.words))
    tasks, found = plan(project, decks, Request(targets=("anki",), decks=tuple(d.deck.id for d in decks)))
    made: dict[str, Package] = {}
    for task in tasks:
        if task.job.stem != task.job.deck.id:
            continue
        try:
            artifacts, problems = render(task.job, services)
        except TemplateError as problem:
            artifacts, problems = (), (problem.diagnostic,)
        found += problems
        for one in artifacts:
            if isinstance(one, AnkiFile):
                made[task.job.deck.id] = one.package
    return made, found
