"""Planning: which targets of which decks and editions a request asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from deckbuild.config import PrinterOptions, Selection
from deckbuild.diagnostic import Code, Diagnostic
from deckbuild.joint import joined
from deckbuild.selection import describe, is_all, select, short_hash, unknown_values
from deckbuild.setting_places import SettingPlaces
from deckbuild.settings import FILE, lay_over
from deckbuild.strings import strings_for
from deckbuild.targets.base import Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.compiler import Compiled
    from deckbuild.config import Edition, Options, TargetName
    from deckbuild.project import Project


@dataclass(frozen=True, slots=True)
class Request:
    """What to build of a project. Everything empty means all of it."""

    targets: tuple[TargetName, ...] = ()
    decks: tuple[str, ...] = ()
    selection: Selection = Selection()
    printer: str = ""
    """The printer whose offset the backs of cards are moved by."""

    @property
    def is_whole(self) -> bool:
        """Whether it asks for everything the project has."""
        return self == Request(printer=self.printer)


@dataclass(frozen=True, slots=True)
class Task:
    """One target of one deck or edition."""

    target: TargetName
    job: Job = field(repr=False)


def plan(
    project: Project, decks: tuple[Compiled, ...], request: Request
) -> tuple[tuple[Task, ...], tuple[Diagnostic, ...]]:
    """Return the tasks of a request, decks in the order of the project, editions after them.

    Editions belong to the whole: a request with a selection of its own leaves them out.
    """
    found = [*unknown_decks(project, decks, request.decks), *_unknown_printer(project, request)]
    chosen = [deck for deck in decks if not request.decks or deck.deck.id in request.decks]
    tasks: list[Task] = []
    for compiled in chosen:
        options = project.config.options_for(compiled.deck.id)
        name = "" if is_all(request.selection) else short_hash(request.selection)
        targets = request.targets or project.config.targets
        job = _job(project, compiled, request, request.selection, name, options)
        tasks += [Task(target, job) for target in targets if job]
    if not is_all(request.selection):
        found += _selects_nothing(tasks, chosen, request.selection)
    else:
        for edition in project.config.editions:
            tasks += _edition_tasks(project, chosen, edition, request)
    return tuple(tasks), tuple(found)


def _edition_tasks(
    project: Project, decks: Iterable[Compiled], edition: Edition, request: Request
) -> Iterator[Task]:
    targets = tuple(t for t in edition.targets if not request.targets or t in request.targets)
    chosen = [deck for deck in decks if not edition.decks or deck.deck.id in edition.decks]
    jobs: list[Job] = []
    for compiled in chosen:
        options = lay_over(project.config.options_for(compiled.deck.id), edition.overrides)
        job = _job(project, compiled, request, edition.selection, edition.name, options)
        jobs += [job] if job else []
    for target in targets:
        if not (edition.together and target == "cheatsheet"):
            yield from (Task(target, job) for job in jobs)
        elif jobs and len(chosen) == len(edition.decks or project.decks):
            # A sheet of several decks waits until none of them has errors.
            yield Task(target, joined(jobs))


def _job(
    project: Project, compiled: Compiled, request: Request, selection: Selection, name: str, options: Options
) -> Job | None:
    """Return the job of what is selected of a deck, or None if that is nothing."""
    deck = select(compiled.deck, selection)
    if not deck.sections:
        return None
    stem = f"{deck.id}@{name}" if name else deck.id
    words = strings_for(deck.lang, project.words)
    printer = project.config.printers.get(request.printer, PrinterOptions())
    return Job(
        deck,
        stem,
        options,
        project.config.namespace,
        compiled.ledger,
        words,
        compiled.media,
        back_offset=printer.offset,
        places=SettingPlaces(project.settings, deck.id, name),
    )


def unknown_decks(project: Project, decks: Iterable[Compiled], names: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield an error for each name that no deck has, be it one that could not be read."""
    known = {compiled.deck.id for compiled in decks} | {files.stem for files in project.decks}
    known |= project.unread
    for name in names:
        if name not in known:
            near = get_close_matches(name, sorted(known), 1)
            hint = f"did you mean `{near[0]}`?" if near else f"the decks are {', '.join(sorted(known))}"
            yield Diagnostic(Code.UNKNOWN_REFERENCE, f"there is no deck `{name}`", (), hint)


def _unknown_printer(project: Project, request: Request) -> Iterator[Diagnostic]:
    known = sorted(project.config.printers)
    if not request.printer or request.printer in known:
        return
    near = get_close_matches(request.printer, known, 1)
    example = f"write `[printer.{request.printer}]` with an `offset` into `{FILE}`"
    hint = f"did you mean `{near[0]}`?" if near else example
    yield Diagnostic(Code.UNKNOWN_REFERENCE, f"there is no printer `{request.printer}`", (), hint)


def _selects_nothing(
    tasks: Iterable[Task], decks: Iterable[Compiled], selection: Selection
) -> Iterator[Diagnostic]:
    if any(True for _ in tasks):
        return
    misses = [set(unknown_values(compiled.deck, selection)) for compiled in decks]
    nowhere = sorted(set.intersection(*misses)) if misses else []
    hint = "; ".join(f"no question has {field} `{value}`" for field, value in nowhere)
    yield Diagnostic(Code.SELECTION_EMPTY, f"nothing has {describe(selection)}", (), hint)
