"""A real Chromium over finished pages: nothing may be requested, nothing may be complained about."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LOCAL = ("data:", "blob:")


def chromium_path() -> str | None:
    """Return the Chromium to test with: $CHROMIUM, or the one on the path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def why_no_browser() -> str:
    """Return what is missing to drive a browser; empty if nothing is."""
    if not chromium_path():
        return "there is no Chromium; set CHROMIUM to its path"
    spec = find_spec("playwright")
    for place in (spec and spec.submodule_search_locations) or ():
        node = Path(place) / "driver" / "node"
        if not node.exists():
            continue
        said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
        if said.returncode:
            return f"Playwright does not start: {said.stderr.strip()}"
    return ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
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
