"""The fonts that pages are set with: a private font configuration that sees nothing of the machine."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from deckbuild import resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
</fontconfig>
"""


class FontFolder:
    """A temporary folder with the project's own fonts and the configuration; gone with its owner."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        self._path = Path(tempfile.mkdtemp(prefix="deckbuild-"))
        # A forked worker inherits the folder and must leave it to the process that made it.
        self.close = weakref.finalize(self, _remove, self._path, os.getpid())
        own = self._path / "fonts"
        own.mkdir()
        for name, data in sorted(fonts.items()):
            (own / name).write_bytes(data)
        folders = (resources.fonts(), *_math_fonts(), own)
        listed = "\n".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
        self._config = self._path / "fonts.conf"
        self._config.write_text(
            _CONFIG.format(folders=listed, cache=escape(str(self._path / "cache"))), "utf-8"
        )

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let fontconfig read this configuration and no other while the block runs."""
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(self._config)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _math_fonts() -> Iterator[Path]:
    """Yield the folder of STIX Two Math, found without importing the library that carries it.

    Formulas are drawn with it; in text it stands in for signs that Source Sans lacks (`∈`, `ℝ`).
    """
    spec = find_spec("ziamath")
    for place in (spec and spec.submodule_search_locations) or ():
        yield Path(place) / "fonts"


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
