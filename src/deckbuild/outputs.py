"""The folder of the outputs: which files in it are ours, what stands in their way, what is left over."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic
from deckbuild.manifest import FILE, Manifest, parse_manifest, render_manifest
from deckbuild.writers.files import file_digest, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GUIDE = "index.html"
_ADVICE = {
    errno.EACCES: "change its rights; files can be built elsewhere with `-o DIR`",
    errno.ENOSPC: "the disk is full: make room and run it again; what was there is as it was",
    errno.ENAMETOOLONG: "the name is too long for this disk: give the deck a shorter `id`",
    errno.ENOTDIR: "a file is where a folder is needed: move it, or write elsewhere with `-o DIR`",
}
_ADVICE |= {errno.EPERM: _ADVICE[errno.EACCES], errno.EROFS: _ADVICE[errno.EACCES]}
_ADVICE |= {errno.EDQUOT: _ADVICE[errno.ENOSPC], errno.EEXIST: _ADVICE[errno.ENOTDIR]}


def load_manifest(out: Path) -> Manifest:
    """Return the manifest of an output folder; empty if there is none."""
    try:
        return parse_manifest((out / FILE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return Manifest()


def write_manifest(out: Path, manifest: Manifest) -> None:
    """Write the manifest of an output folder.

    Raises:
        OSError: the folder cannot be written.
    """
    write_atomically(out / FILE, render_manifest(manifest).encode())


def up_to_date(out: Path, manifest: Manifest, key: str, inputs: str) -> tuple[str, ...] | None:
    """Return the names of a run's files if nothing changed since: not an input, not an output."""
    before, names = manifest.runs.get(key, ("", ()))
    if before != inputs:
        return None
    return names if all(file_digest(out / name) == manifest.files[name].output for name in names) else None


def in_the_way(out: Path, manifest: Manifest, names: Iterable[str]) -> Iterator[tuple[str, Diagnostic]]:
    """Yield the names that are taken by what deckbuild did not make, each with an error that says so."""
    for name in names:
        path = out / name
        if path.is_dir() and not path.is_symlink():
            message = f"`{name}` is a folder, and a file of this name is to be written"
        elif name not in manifest.files and (path.exists() or path.is_symlink()):
            message = f"`{name}` is there already, and deckbuild did not make it"
        else:
            continue
        help_text = "move it away or delete it, or write elsewhere with `-o DIR`"
        yield name, Diagnostic(Code.OUTPUT_TAKEN, message, (), help_text, file=f"{out.name}/{name}")


def of_one_name(names: Iterable[str]) -> Iterator[tuple[str, Diagnostic]]:
    """Yield the names that a file before them has, or the guide, each with an error that says so.

    On many disks two names that differ in capitals alone are one.
    """
    first = {GUIDE: GUIDE}
    for name in names:
        earlier = first.setdefault(name.casefold(), name)
        if earlier == GUIDE:
            message = f"`{name}` is the name of the guide to all files"
            yield name, Diagnostic(Code.OUTPUT_TAKEN, message, (), "give the deck another `id`", file=name)
        elif earlier != name:
            message = f"`{earlier}` and `{name}` are one name on many disks"
            yield name, Diagnostic(Code.OUTPUT_TAKEN, message, (), "give one another name", file=name)


def remove_old(out: Path, manifest: Manifest, names: set[str]) -> tuple[Manifest, tuple[str, ...]]:
    """Remove what an earlier whole build made and this one did not, unless somebody changed it."""
    kept = {name for _, made in manifest.runs.values() for name in made if "@" in name}
    old = sorted(manifest.files.keys() - names - kept)
    removed = [name for name in old if file_digest(out / name) == manifest.files[name].output]
    for name in removed:
        (out / name).unlink()
    return manifest.without(set(old)), tuple(removed)


def unwritable(problem: OSError) -> Diagnostic:
    """Return what is to be said of a file that could not be written."""
    reason = (problem.strerror or str(problem)).lower()
    path = Path(problem.filename) if isinstance(problem.filename, str) else Path()
    # A hidden file is ours, and nobody's concern: it is the folder that cannot be written.
    name = path.parent.name if path.name.startswith(".") else path.name
    message = f"`{name}` cannot be written: {reason}" if name else f"cannot be written: {reason}"
    return Diagnostic(Code.OUTPUT_UNWRITABLE, message, (), advice(problem), file=str(problem.filename or ""))


def advice(problem: OSError) -> str:
    """Return what to do about a refusal of the operating system; empty if there is nothing to say."""
    return _ADVICE.get(problem.errno or 0, "")
