"""Options and requirements shared by all tests."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run, with a reason; with DECKBUILD_REQUIRE=all nothing is skipped."""
    if os.environ.get("DECKBUILD_REQUIRE") == "all":
        return
    reasons = {name: reason for name, reason in _missing() if reason}
    for item in items:
        for name, reason in reasons.items():
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))


def _missing() -> list[tuple[str, str]]:
    return [
        ("anki", "" if find_spec("anki") else "the official `anki` package is not installed"),
        ("browser", "" if chromium() else "there is no Chromium; set CHROMIUM to its path"),
        ("pdf", _no_pango()),
    ]


def chromium() -> Path | None:
    """Return the Chromium to test with: $CHROMIUM, or where Debian puts it."""
    candidates = (
        os.environ.get("CHROMIUM"),
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    )
    return next((Path(path) for path in candidates if path and Path(path).exists()), None)


def _no_pango() -> str:
    from deckbuild.writers.pdf import Unavailable, load_typesetter

    typesetter = load_typesetter({}, None)
    return typesetter.reason if isinstance(typesetter, Unavailable) else ""
