"""Writing files: whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

CACHE = ".cache"
"""The project's folder for what only saves time, or is of use to a run alone."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a power cut, meets the old content or the new, never half.

    Raises:
        OSError: the folder cannot be written; the old file is as it was.
    """
    try:
        _write(path, data)
    except OSError as problem:
        # The temporary file is nothing that the reader of a message knows.
        raise OSError(problem.errno, problem.strerror, str(path)) from problem


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".deckbuild-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def file_digest(path: Path) -> str | None:
    """Return the SHA-256 of a file in hexadecimal; None if there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
