"""Options and requirements shared by all tests."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one browser of a process: Playwright cannot be started twice in it."""
    from support.browser import chromium

    with chromium() as started:
        yield started


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
    from support.browser import why_no_browser

    return [
        ("anki", "" if find_spec("anki") else "the official `anki` package is not installed"),
        ("browser", why_no_browser()),
        ("pdf", _no_pango()),
    ]


def _no_pango() -> str:
    from deckbuild.writers.pdf import Unavailable, load_typesetter

    typesetter = load_typesetter({}, None)
    return typesetter.reason if isinstance(typesetter, Unavailable) else ""
