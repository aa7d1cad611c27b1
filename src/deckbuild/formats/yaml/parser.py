"""The one place that calls the YAML parser (rapidyaml): bytes in, its tree or its complaint out."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ryml

if TYPE_CHECKING:
    from collections.abc import Iterator

_STDERR = 2
_silencing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the parser did not like, in its words, and the byte where it stopped."""

    offset: int
    reason: str


def parse_bytes(data: bytearray) -> Any:
    """Return rapidyaml's tree over `data`, or a `Complaint`.

    Scalars are unfolded and unescaped inside `data`, so that the tree holds no copies.
    """
    try:
        with _silent_stderr():
            return ryml.parse_in_place(data)
    except ryml.ExceptionParse as problem:
        return Complaint(problem.errdata_parse.ymlloc.offset, str(problem.msg))
    except ryml.ExceptionBasic as problem:
        return Complaint(0, str(problem.msg))


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """Send the process's stderr nowhere.

    rapidyaml 0.15 prints each error there before it raises it, and its Python module offers no
    callback to set. The lock keeps two threads from restoring each other's stream.
    """
    with _silencing:
        try:
            kept = os.dup(_STDERR)
        except OSError:  # there is no stderr
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, _STDERR)
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(nowhere)
            os.close(kept)
