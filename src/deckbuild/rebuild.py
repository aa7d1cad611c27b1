"""A lost lock, rebuilt from the packages that learners have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deckbuild.compiler import compile_reading
from deckbuild.lock.recover import adopted, recover
from deckbuild.lock.text import FILE, render_lock
from deckbuild.packages import packages_of
from deckbuild.publishing import READ_ONLY
from deckbuild.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deckbuild.compiler import Reading
    from deckbuild.diagnostic import Diagnostic
    from deckbuild.lock.entries import Lock
    from deckbuild.package import Note, Package
    from deckbuild.project import Project


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A lock that was rebuilt, and how well."""

    lock: Lock
    unchanged: int
    """Notes that are now as they are in the packages."""
    changed: int
    retired: int


def rebuild(
    project: Project, reading: Reading, packages: Sequence[Package]
) -> tuple[Rebuilt, tuple[Diagnostic, ...]]:
    """Return the lock of a project from packages that were built of it.

    What the sources would give now is compared with what is in the packages: what is equal is not
    published again.
    """
    recovered = recover(project.config.namespace, packages)
    with_lock = replace(project, lock=Source(FILE, render_lock(recovered)))
    compilation = compile_reading(with_lock, reading, READ_ONLY)
    made, problems = packages_of(with_lock, compilation.decks)
    same = _same(packages, made.values())
    lock = adopted(recovered, compilation.new, same) if compilation.new else recovered
    retired = sum(note.retired for note in lock.notes)
    unchanged = sum(note.guid in same for note in lock.notes)
    rebuilt = Rebuilt(lock, unchanged, len(lock.notes) - unchanged - retired, retired)
    return rebuilt, (*compilation.diagnostics, *problems)


def _same(old: Iterable[Package], new: Iterable[Package]) -> frozenset[str]:
    before = {note.guid: _content(note) for package in old for note in package.notes}
    now = {note.guid: _content(note) for package in new for note in package.notes}
    return frozenset(guid for guid, content in now.items() if before.get(guid) == content)


def _content(note: Note) -> tuple[object, ...]:
    return note.note_type, note.fields, frozenset(note.tags), frozenset(note.ordinals)
