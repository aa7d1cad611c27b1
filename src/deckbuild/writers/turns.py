"""One run at a time: what reads the lock and writes it keeps other runs in the project waiting."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from deckbuild.writers.files import CACHE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FILE = f"{CACHE}/deckbuild.busy"
"""The operating system lets go of it however a run ends, so the file may stay."""
_PATIENCE = 1.0
"""Seconds to wait before a word is said about it."""


@contextmanager
def one_at_a_time(root: Path, say_waiting: Callable[[], None]) -> Iterator[None]:
    """Wait until no other run is at work in the project, and keep others waiting.

    Raises:
        OSError: the project's folder cannot be written.
    """
    from filelock import FileLock, Timeout

    path = root / _FILE
    path.parent.mkdir(exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        say_waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
