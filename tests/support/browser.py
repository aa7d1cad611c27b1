"""A real Chromium over finished pages: nothing may be requested, nothing may be complained about."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
)
_LOCAL = ("data:", "blob:")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of $CHROMIUM, or Debian's."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, file: Path, **context: Any) -> Iterator[Page]:
    """Open a page from the disk; on leaving, it must have asked for nothing and caused no complaint."""
    with browser.new_context(**context) as session:
        session.set_default_timeout(5000)
        page = session.new_page()
        asked: list[str] = []
        said: list[str] = []
        address = file.as_uri()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda problem: said.append(f"{problem.message}\n{problem.stack}"))
        page.goto(address)
        if context.get("java_script_enabled", True) and page.locator("body[data-store]").count():
            page.locator("body[data-mode]").wait_for(state="attached")
        yield page
        others = [url for url in asked if url.partition("#")[0] != address and not url.startswith(_LOCAL)]
        assert not others, others
        assert not said, said


def reload(page: Page) -> None:
    """Load the page again and wait until its script has started."""
    page.reload()
    page.locator("body[data-mode]").wait_for(state="attached")
