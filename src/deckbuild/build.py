"""The pipeline: a project and a request in, files and diagnostics out. Only here the steps meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Severity, has_errors, in_order
from deckbuild.gate import fonts_digest, inputs_digest, request_digest, writer_versions
from deckbuild.lock.changes import changes_between
from deckbuild.lock.text import FILE as LOCK
from deckbuild.lock.text import render_lock
from deckbuild.manifest import Made, Manifest, input_digest
from deckbuild.outputs import (
    in_the_way,
    load_manifest,
    of_one_name,
    remove_old,
    unwritable,
    up_to_date,
    write_manifest,
)
from deckbuild.publishing import READ_ONLY, check_current
from deckbuild.settings import FILE as SETTINGS
from deckbuild.source import Source
from deckbuild.targets.registry import PRINTED
from deckbuild.writers.files import CACHE, file_digest, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from deckbuild.compiler import Compilation, Compiled
    from deckbuild.config import TargetName
    from deckbuild.planning import Request, Task
    from deckbuild.project import Project
    from deckbuild.publishing import Publishing
    from deckbuild.targets.base import Artifact
    from deckbuild.writers.pdf import WeasyTypesetter
    from deckbuild.writers.produce import Produced

Progress = Callable[[str], None]
"""Called with a few words before each step that may take long."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the build."""

    name: str
    deck: str
    """The deck's id; empty for the index."""
    target: TargetName | None
    size: int
    """In bytes."""
    written: bool
    """Whether this run wrote it; otherwise it was up to date."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build made and noticed."""

    out: Path
    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    removed: tuple[str, ...] = ()
    """Files of decks and editions that are no more."""
    published: str = ""
    """What the lock says anew, in words: `3 new, 1 updated`; empty if it was not written."""
    up_to_date: tuple[str, ...] = ()
    """If there was nothing to do at all: the files that are there."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What every step of a build needs."""

    project: Project
    out: Path
    jobs: int
    progress: Progress
    typesetter: WeasyTypesetter | None = None


@dataclass(frozen=True, slots=True)
class _File:
    """An artifact on its way to the disk."""

    artifact: Artifact = field(repr=False)
    deck: str
    target: TargetName | None
    input: str
    made: Made | None
    """Its entry in the manifest if the file is as it would come out again."""


def build(
    project: Project,
    noticed: Sequence[Diagnostic],
    request: Request,
    *,
    out: Path,
    jobs: int,
    progress: Progress,
    publishing: Publishing = READ_ONLY,
) -> Outcome:
    """Build what is asked for; `noticed` is what came up while the project was read.

    The lock is written by a whole build only, and before any file that is made under it.
    """
    found = list(noticed)
    try:
        return _build(project, found, request, publishing, _Run(project, out, jobs, progress))
    except OSError as problem:
        return Outcome(out, diagnostics=in_order([*found, unwritable(problem)]))


def _build(
    project: Project, found: list[Diagnostic], request: Request, publishing: Publishing, run: _Run
) -> Outcome:
    """Build, and add to `found` what comes up.

    Raises:
        OSError: the lock or the output folder cannot be written.
    """
    noticed, out = tuple(found), run.out
    manifest = load_manifest(out)
    key, inputs = request_digest(request), inputs_digest(project)
    if (done := up_to_date(out, manifest, key, inputs)) is not None:
        return Outcome(out, up_to_date=done)

    from deckbuild.compiler import compile_reading, read_decks
    from deckbuild.planning import plan

    run.progress("reading the decks")
    reading = read_decks(project)
    found += reading.diagnostics
    publishing = replace(publishing, writes=_publishes(project, noticed, request, publishing))
    compilation = compile_reading(project, reading, publishing)
    found += compilation.diagnostics
    if publishing.locked and compilation.new:
        stale = tuple(check_current(project, compilation.old, compilation.new))
        if stale:
            return Outcome(out, diagnostics=in_order([*found, *stale]))
    if has_errors(problem for problem in noticed if _concerns_all(project, problem)):
        # Built with defaults in their place, good files would be overwritten by what nobody meant.
        return Outcome(out, diagnostics=in_order(found))
    decks = compilation.decks
    tasks, problems = plan(project, decks, request)
    found += problems
    run, tasks, problems = _with_typesetter(run, tasks, request)
    found += problems
    files, failed, problems = _render(run, tasks, manifest)
    found += problems
    published = ""
    if claimed := [file.artifact.name for file in files if not file.made]:
        write_manifest(out, manifest.claiming(claimed))
    if publishing.writes:
        if failed:
            compilation = compile_reading(project, reading.without(failed), publishing)
        project, published = _publish(project, compilation)
        inputs = inputs_digest(project)
    outputs, manifest, problems = _write(run, files, manifest)
    found += problems
    if run.typesetter:
        run.typesetter.close()
    removed: tuple[str, ...] = ()
    if request.is_whole and not has_errors(found):
        guide, manifest, problems = _guide(run, decks, outputs, manifest)
        found += problems
        outputs = (*outputs, *guide)
        manifest, removed = remove_old(out, manifest, {output.name for output in outputs})
    if not found:
        manifest = manifest.with_run(key, inputs, tuple(output.name for output in outputs))
    write_manifest(out, manifest)
    return Outcome(out, outputs, in_order(found), removed, published)


def _concerns_all(project: Project, problem: Diagnostic) -> bool:
    """Tell whether a problem is in a file that every deck depends on."""
    shared = (f"{project.config.templates}/", "strings/", "fonts/")
    return problem.name in {SETTINGS, LOCK} or problem.name.startswith(shared)


def _publishes(
    project: Project, noticed: Iterable[Diagnostic], request: Request, publishing: Publishing
) -> bool:
    """Tell whether this run writes the lock: a whole build of a project that was read without an error."""
    whole = request.is_whole and project.config.lock == "build"
    return publishing.writes and not publishing.locked and whole and not has_errors(noticed)


def _publish(project: Project, compilation: Compilation) -> tuple[Project, str]:
    """Write the lock. Return the project with it, and what it says anew."""
    if compilation.new is None or not compilation.decks:
        return project, ""
    text = render_lock(compilation.new)
    summary = changes_between(compilation.old, compilation.new).summary
    if text == project.lock.text if project.lock else not summary:
        return project, ""
    write_atomically(project.root / LOCK, text.encode())
    return replace(project, lock=Source(LOCK, text)), summary or "put in order"


def _with_typesetter(
    run: _Run, tasks: tuple[Task, ...], request: Request
) -> tuple[_Run, tuple[Task, ...], tuple[Diagnostic, ...]]:
    """Add the typesetter, or leave the tasks that can do without one and a word on what to install."""
    if all(task.target not in PRINTED for task in tasks):
        return run, tasks, ()
    from deckbuild.writers.pdf import Unavailable, load_typesetter

    typesetter = load_typesetter(run.project.fonts, run.project.root / CACHE, run.jobs)
    if not isinstance(typesetter, Unavailable):
        return replace(run, typesetter=typesetter), tasks, ()
    asked = [name for name in request.targets if name in PRINTED]
    severity = Severity.ERROR if asked else Severity.WARNING
    message = f"no PDFs: {typesetter.reason}"
    missing = Diagnostic(Code.TARGET_UNAVAILABLE, message, (), typesetter.help, severity)
    return run, tuple(task for task in tasks if task.target not in PRINTED), (missing,)


def _render(
    run: _Run, tasks: Iterable[Task], manifest: Manifest
) -> tuple[tuple[_File, ...], set[str], tuple[Diagnostic, ...]]:
    """Return the files of all decks that rendered without an error, and the ids of those that did not."""
    from deckbuild.strings import every_language
    from deckbuild.targets.base import Services
    from deckbuild.targets.registry import target
    from deckbuild.templates import TemplateError

    services = Services(run.project.templates, run.typesetter, every_language(run.project.words))
    versions = f"{writer_versions()} {fonts_digest(run.project)}"
    files: list[_File] = []
    found: list[Diagnostic] = []
    failed: set[str] = set()
    for task in tasks:
        run.progress(f"{task.job.stem}: {task.target}")
        try:
            artifacts, problems = target(task.target)(task.job, services)
        except TemplateError as problem:
            artifacts, problems = (), (problem.diagnostic,)
        found += problems
        if has_errors(problems):
            failed.add(task.job.deck.id)
        for artifact in artifacts:
            digest = input_digest(artifact, versions)
            made = manifest.fresh(artifact.name, digest, file_digest(run.out / artifact.name))
            files.append(_File(artifact, task.job.deck.id, task.target, digest, made))
    taken = dict(in_the_way(run.out, manifest, (file.artifact.name for file in files if not file.made)))
    taken |= of_one_name(file.artifact.name for file in files)
    found += taken.values()
    failed |= {file.deck for file in files if file.artifact.name in taken}
    return tuple(file for file in files if file.deck not in failed), failed, tuple(found)


def _write(
    run: _Run, files: Sequence[_File], manifest: Manifest
) -> tuple[tuple[Output, ...], Manifest, tuple[Diagnostic, ...]]:
    """Make the bytes of stale files; write them once it is known that their deck has no error."""
    from deckbuild.writers.missing import in_words
    from deckbuild.writers.produce import produce_all

    stale = [file for file in files if file.made is None]
    produced: dict[str, Produced] = {}
    results = produce_all([file.artifact for file in stale], run.typesetter)
    for file in stale:
        run.progress(f"writing {file.artifact.name}")
        produced[file.artifact.name] = next(results)
    failed = {f.deck for f in stale if has_errors(produced[f.artifact.name].diagnostics)}
    outputs: list[Output] = []
    found: dict[str, list[Diagnostic]] = {}
    for file in files:
        name = file.artifact.name
        noticed = _said_again(file.made) if file.made else produced[name].diagnostics
        found.setdefault(file.deck, []).extend(noticed)
        if file.deck in failed:
            continue
        if not file.made:
            write_atomically(run.out / name, produced[name].data)
            manifest = manifest.with_file(name, _made(file.input, produced[name]))
        size = (run.out / name).stat().st_size
        outputs.append(Output(name, file.deck, file.target, size, written=not file.made))
    said = chain.from_iterable(in_words(of_deck) for of_deck in found.values())
    return tuple(outputs), manifest, tuple(said)


def _guide(
    run: _Run, decks: Sequence[Compiled], outputs: Sequence[Output], manifest: Manifest
) -> tuple[tuple[Output, ...], Manifest, tuple[Diagnostic, ...]]:
    """Write the index, which says what each file is and what to do with it."""
    from deckbuild.guide import render_guide
    from deckbuild.templates import TemplateError
    from deckbuild.writers.produce import Produced

    try:
        artifact = render_guide(run.project, decks, outputs)
    except TemplateError as problem:
        return (), manifest, (problem.diagnostic,)
    digest = input_digest(artifact, writer_versions())
    made = manifest.fresh(artifact.name, digest, file_digest(run.out / artifact.name))
    if not made:
        if taken := tuple(problem for _, problem in in_the_way(run.out, manifest, (artifact.name,))):
            return (), manifest, taken
        produced = Produced(artifact.html.encode())
        write_atomically(run.out / artifact.name, produced.data)
        manifest = manifest.with_file(artifact.name, _made(digest, produced))
    size = (run.out / artifact.name).stat().st_size
    return (Output(artifact.name, "", None, size, written=not made),), manifest, ()


def _made(input_digest: str, produced: Produced) -> Made:
    import hashlib

    warnings = tuple((d.code.value, d.message, d.help, d.file) for d in produced.diagnostics)
    return Made(input_digest, hashlib.sha256(produced.data).hexdigest(), warnings)


def _said_again(made: Made) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(Code(code), message, (), help_text, Severity.WARNING, file)
        for code, message, help_text, file in made.warnings
    )
