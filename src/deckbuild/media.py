"""Media: pictures and sounds of a project, as bytes with what is known of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Media:
    """One media file. `path` is relative to the project; `mime` was found from the content."""

    path: str
    data: bytes = field(repr=False)
    mime: str
    width: float | None = None
    """Width in CSS pixels; None for a sound."""
    height: float | None = None

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """Return the file name's ending, with the dot, lower case."""
        return "." + self.path.rpartition(".")[2].lower()

    @property
    def stem(self) -> str:
        """Return the file name without folder and ending."""
        return self.path.rpartition("/")[2].rpartition(".")[0]

    @property
    def hashed_name(self) -> str:
        """Return a name that changes with the content: `stem-1a2b3c4d.svg`."""
        return f"{self.stem}-{self.digest[:8]}{self.suffix}"
