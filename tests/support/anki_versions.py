"""Older versions of Anki's backend, each in a virtual environment of its own below `.cache/`.

`python tests/support/anki_versions.py` installs those that are missing; the scenarios skip them otherwise.
The newest version is the one that the tests themselves run beside.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

NEWEST = "newest"
OLDEST = "25.2.7"
"""The first of which updates are promised, whenever they were stamped."""
BEFORE = "24.11"
"""The last that gives an updated note the time of the import: updates are promised for releases."""

_CACHE = Path(__file__).parents[2] / ".cache"


def python(version: str) -> Path | None:
    """Return the interpreter that has a version of Anki, None if it is not installed."""
    if version == NEWEST:
        return Path(sys.executable) if find_spec("anki") else None
    found = _interpreter(version)
    return found if (found.parent.parent / "ready").exists() else None


def install(version: str) -> None:
    """Install a version, if it is not there."""
    if python(version):
        return
    interpreter = _interpreter(version)
    folder = interpreter.parent.parent
    venv.create(folder, clear=True, with_pip=True)
    pip = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"anki=={version}"], check=True)
    (folder / "ready").touch()


def _interpreter(version: str) -> Path:
    scripts = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return _CACHE / f"anki-{version}" / scripts


if __name__ == "__main__":
    for wanted in (OLDEST, BEFORE):
        install(wanted)
