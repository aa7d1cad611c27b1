"""Parts of long PDFs, by content: a part that has not changed is not set again."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from deckbuild.writers.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

_KEPT = 400
"""So many parts are remembered, the last used: some 100 MB at the most."""


class KeptParts:
    """PDFs by key, in a folder. It is a cache: without it all is set anew."""

    def __init__(self, cache: Path | None) -> None:
        self._folder = cache / "parts" if cache else None
        self._is_new = False

    def get(self, key: str) -> bytes | None:
        """Return a part, if it is known, as one used last."""
        if self._folder is None:
            return None
        file = self._folder / f"{key}.pdf"
        with contextlib.suppress(OSError):
            os.utime(file)
            return file.read_bytes()
        return None

    def keep(self, key: str, data: bytes) -> None:
        """Keep a part for the next run. A folder that cannot be written is no one's concern."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            write_atomically(self._folder / f"{key}.pdf", data)
            self._is_new = True

    def forget_old(self) -> None:
        """Remove what was not used for long."""
        if self._folder is None or not self._is_new:
            return
        with contextlib.suppress(OSError):
            files = sorted(self._folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime, reverse=True)
            for file in files[_KEPT:]:
                file.unlink()
