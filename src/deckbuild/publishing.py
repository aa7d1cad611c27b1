"""How a run treats the lock: what it says now, which times it may give, and whether it will be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Label, error
from deckbuild.identity import note_type_id
from deckbuild.ledger import FIRST_TIME, first_ledger
from deckbuild.lock.changes import changes_between
from deckbuild.lock.entries import Lock
from deckbuild.lock.stamps import Stamps, check_times, publication_time
from deckbuild.lock.text import FILE, parse_lock, render_lock
from deckbuild.plain import Kind, items
from deckbuild.source import Span
from deckbuild.strings import every_language, strings_for
from deckbuild.targets.base import Job, Services
from deckbuild.templates import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckbuild.lock.offer import Offer
    from deckbuild.package import NoteType
    from deckbuild.project import Project
    from deckbuild.source import Source


@dataclass(frozen=True, slots=True)
class Publishing:
    """How a run treats the lock. By default it is read, and neither written nor compared with the clock."""

    clock: int | None = None
    """The time, in seconds since 1970."""
    epoch: str | None = None
    """What SOURCE_DATE_EPOCH says."""
    writes: bool = False
    """Whether what is built is published: the lock is written, with times of the clock."""
    alike: bool = False
    """Whether all that is published gets one time."""
    locked: bool = False
    """Whether it is an error if the lock would have to change, or identities had to be guessed."""
    new_identity: bool = False
    """Whether another namespace than the lock's begins a lock anew."""


READ_ONLY = Publishing()


def open_lock(project: Project, run: Publishing) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
    """Return the lock of a project, empty if it has none; None if it cannot be used."""
    if project.lock is None:
        lost = () if run.new_identity else tuple(_lost_lock(project))
        return (None, lost) if lost else (Lock(), ())
    lock, problems = parse_lock(project.lock)
    if problems:
        return None, problems
    if lock.namespace not in {None, project.config.namespace}:
        if not project.config.is_whole:
            # The namespace may be what could not be read, which is reported already.
            return None, ()
        return (Lock(), ()) if run.new_identity else (None, (_other_namespace(project, project.lock, lock),))
    ahead = () if run.clock is None else tuple(check_times(lock, project.lock, run.clock))
    return (None, ahead) if ahead else (lock, ())


def stamps_of(lock: Lock, run: Publishing) -> tuple[Stamps, tuple[Diagnostic, ...]]:
    """Return the times that new and changed entries get."""
    if not run.writes or run.clock is None:
        return Stamps(lock.newest), ()
    now = publication_time(run.clock, run.epoch, lock.newest)
    if now is None:
        message = (
            f"SOURCE_DATE_EPOCH is `{run.epoch}`, which is no time, or more than a day ahead of the clock"
        )
        return Stamps(lock.newest), (Diagnostic(Code.LOCK_TIME, message, (), "unset it, or correct it"),)
    return Stamps(lock.newest, now, run.alike), ()


def check_current(project: Project, old: Lock, new: Lock) -> Iterator[Diagnostic]:
    """Yield an error if the lock is not as a build would leave it; in teams it waits for the release."""
    text = project.lock.text if project.lock else ""
    if project.config.lock == "release" or render_lock(new) == text:
        return
    summary = changes_between(old, new).summary
    message = (
        f"the lock does not know of what is published: {summary}" if summary else "the lock is out of order"
    )
    help_text = f"run `deckbuild all` and commit `{FILE}`"
    yield Diagnostic(Code.LOCK_STALE, message, (), help_text, file=FILE)


def note_types_of(
    project: Project, offers: Sequence[Offer]
) -> tuple[dict[Kind, NoteType], tuple[Diagnostic, ...]]:
    """Return the note types that the decks of a project need, none if it makes no packages."""
    kinds = {item.kind for offer in offers for item in items(offer.deck)}
    if not kinds or not _makes_packages(project):
        return {}, ()
    from deckbuild.targets.anki.note_types import note_types

    deck = offers[0].deck
    namespace = project.config.namespace
    words = strings_for(deck.lang, project.words)
    ledger = first_ledger(namespace, deck)
    job = Job(deck, deck.id, project.config.options, namespace, ledger, words, offers[0].media)
    in_use = [kind for kind in Kind if kind in kinds]
    try:
        made = note_types(job, Services(project.templates, None, every_language(project.words)), in_use)
    except TemplateError as problem:
        return {}, (problem.diagnostic,)
    return dict(zip(in_use, made, strict=True)), ()


def _makes_packages(project: Project) -> bool:
    config = project.config
    return "anki" in {*config.targets, *(name for edition in config.editions for name in edition.targets)}


def _lost_lock(project: Project) -> Iterator[Diagnostic]:
    """Yield an error if packages of the project were published under a lock that is not there any more.

    A build would begin another one, and write over the only files that the old one can be rebuilt from.
    """
    from deckbuild.unpack import read_package

    published = [
        name
        for name, data in project.packages()
        if not isinstance(package := read_package(data), str)
        and {t.id for t in package.note_types} & {note_type_id(project.config.namespace, k) for k in Kind}
        and any(note.modified > FIRST_TIME for note in package.notes)
    ]
    if published:
        names = ", ".join(f"`{name}`" for name in published)
        message = f"`{FILE}` is gone, and {names} was published under it"
        again = " ".join(f"--from {name}" for name in published)
        help_text = (
            f"restore it from version control, or run `deckbuild lock {again}`;"
            " if no learner has these packages, delete them"
        )
        yield Diagnostic(Code.LOCK_LOST, message, (), help_text, file=FILE)


def _other_namespace(project: Project, source: Source, lock: Lock) -> Diagnostic:
    known, now = lock.namespace, project.config.namespace
    message = f"the lock is of the project `{known}`, and this one is `{now}`"
    help_text = (
        f'write `namespace = "{known}"`, or every learner gets every note anew;'
        " if it is a project of its own now, build once with `--new-identity`"
    )
    places = [Label(_line(source, "namespace"), "published under this")]
    if project.settings and "namespace" in project.settings.text:
        places.insert(0, Label(_line(project.settings, "namespace")))
    return error(Code.LOCK_NAMESPACE, message, *places, help=help_text)


def _line(source: Source, start: str) -> Span:
    """Return the first line that begins with a word."""
    lines = ((at, source.line(number)) for number, at in enumerate(source.line_starts, 1))
    at, line = next(((at, line) for at, line in lines if line.startswith(start)), (0, ""))
    return Span(source, at, at + len(line))
