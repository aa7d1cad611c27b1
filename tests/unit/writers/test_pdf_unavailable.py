"""A machine without Pango: one sentence and what to install, no banner and no traceback."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = """\
print("----- WeasyPrint could not import some external libraries -----")
raise OSError("cannot load library 'libpango-1.0-0': not found")
"""
PROGRAM = """\
from deckbuild.writers.pdf import load_typesetter
found = load_typesetter({})
print(found.reason)
print(found.help)
"""


def test_what_is_missing_and_how_to_install_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(LIBRARY)
    said = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{PROGRAM}"],
        capture_output=True,
        text=True,
        check=True,
    )
    reason, *lines = said.stdout.splitlines()
    assert reason == "libpango-1.0-0 is not installed"
    assert said.stderr == ""
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [
        "Debian,",
        "Fedora",
        "macOS",
        "Windows",
    ]
    assert "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in said.stdout
