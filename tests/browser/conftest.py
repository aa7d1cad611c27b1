"""Handouts as files, made from whole projects, and a browser to open them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.browser import opened
from support.handouts import guide_html, html_of, job_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from deckbuild.targets.base import Job


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | Job], Path]:
    """Write the handout of a job, or of a deck by name, and return the file."""

    def make(deck: str | Job) -> Path:
        job = job_of(deck) if isinstance(deck, str) else deck
        file = tmp_path / f"{job.deck.id}.html"
        file.write_text(html_of(job), "utf-8")
        return file

    return make


@pytest.fixture
def handout(
    browser: Browser, write: Callable[[str | Job], Path]
) -> Callable[..., AbstractContextManager[Page]]:
    """Open the handout of a job, or of a deck by name; what is said on leaving see `opened`."""

    def make(deck: str | Job, **context: Any) -> AbstractContextManager[Page]:
        return opened(browser, write(deck), **context)

    return make


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The guide to the shipped decks, as a file."""
    file = tmp_path / "index.html"
    file.write_text(guide_html(), "utf-8")
    return file
