"""What was measured, by content: an edited question is laid out again and no other."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from deckbuild.targets.base import Box
from deckbuild.writers.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    Boxes = Mapping[str, Box]

_FILE = "measures.json"
_KEPT = 40_000
"""So many fragments are remembered, the last used: some 5 MB."""


class Measures:
    """Boxes by key, in memory and in a file. The file is a cache: without it all is measured anew."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / _FILE if folder else None
        self._boxes = _read(self._file) if self._file else {}
        self._changed = False

    def known(self, keys: Iterable[str]) -> dict[str, Boxes]:
        """Return what is known of them."""
        return {key: self._boxes[key] for key in keys if key in self._boxes}

    def remember(self, measured: Mapping[str, Boxes]) -> None:
        """Keep these, as the last ones used."""
        self._changed = self._changed or not measured.keys() <= self._boxes.keys()
        for key, boxes in measured.items():
            self._boxes.pop(key, None)
            self._boxes[key] = boxes

    def save(self) -> None:
        """Write the file if there is something new and the folder can be written."""
        if self._file is None or not self._changed:
            return
        last = list(self._boxes.items())[-_KEPT:]
        data = {
            key: {name: [b.x, b.y, b.width, b.height] for name, b in boxes.items()} for key, boxes in last
        }
        with suppress(OSError):
            write_atomically(self._file, json.dumps(data, separators=(",", ":")).encode())


def _read(file: Path) -> dict[str, Boxes]:
    try:
        data = json.loads(file.read_text("utf-8"))
        return {key: {name: Box(*box) for name, box in boxes.items()} for key, boxes in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
