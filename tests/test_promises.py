"""The table of promises names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent


def test_every_promise_names_its_test() -> None:
    table = (TESTS / "anki" / "README.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)(?:\[[^\]]*\])?`", table))
    there = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(named) > 20
    assert named - there == set()
