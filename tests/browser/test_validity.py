"""What a validator says of the files, and how large they are."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckbuild.dump import as_text
from support.handouts import html_of, job_of
from support.needs import needed, program

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.targets.base import Job

VALIDATOR = Path(__file__).parents[2] / ".cache/node_modules/vnu-jar/build/dist/vnu.jar"
"""From `npm install --no-save vnu-jar` in `.cache/`."""
KIB = 1024


@pytest.mark.browser
@pytest.mark.slow
def test_the_validator_finds_no_error(write: Callable[[str | Job], Path], guide: Path) -> None:
    jar = needed(VALIDATOR, "vnu-jar is not installed: npm install --no-save vnu-jar in .cache/")
    java = program("java")
    files = [str(write(name)) for name in ("flagship", "markdown", "kinds", "rtl", "cjk", "hostile")]
    command = [str(java), "-jar", str(jar), "--format", "json", "--errors-only", *files, str(guide)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    # MathML Core has these on every element; the validator's grammar is older.
    known = ("“scriptlevel” not allowed", "“displaystyle” not allowed")
    found = [message["message"] for message in json.loads(said.stderr)["messages"]]
    assert [message for message in found if not any(each in message for each in known)] == []


def test_the_page_adds_little_to_its_content() -> None:
    made = job_of("flagship")
    html = len(html_of(made).encode())
    pictures = sum(4 * ((len(medium.data) + 2) // 3) for medium in made.media.values())
    content = len(as_text(made.deck, made.ledger.numbering).encode()) + pictures
    assert html - content <= 150 * KIB
    assert html <= 700 * KIB
