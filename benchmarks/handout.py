"""The handout of the benchmark bank: how long it takes to make, to show and to search.

`python -m benchmarks.handout` prints a line for 200 and one for 2000 questions; numbers may be given. Paint
and search are measured in Chromium (`$CHROMIUM`, or Debian's) from the disk: `paint` is the first paint of
content, `ready` when the script has started, `typed` the time from the last key of a search to its result,
`blocked` the longest time that a key, or anything else, would have had to wait meanwhile.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.bank import bank
from deckbuild.compiler import compile_decks
from deckbuild.planning import Request, plan
from deckbuild.project import load_project
from deckbuild.targets.base import HtmlFile, Services
from deckbuild.targets.handout import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from deckbuild.targets.base import Job

COUNTS = (200, 2000)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_TYPED = "gradient noise"
_WATCH = """() => {
  window.longest = 0;
  window.took = 0;
  let last = performance.now();
  let key = last;
  const beat = new MessageChannel();
  beat.port1.onmessage = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    beat.port2.postMessage(null);
  };
  beat.port2.postMessage(null);
  document.addEventListener('keydown', () => { key = performance.now(); });
  const said = document.querySelector('#_found');
  new MutationObserver(() => { took = performance.now() - key; }).observe(said, { childList: true });
}"""
"""Measures the longest time between two turns of the page's event loop, and from a key to its result."""


def main(arguments: Sequence[str]) -> None:
    """Print what was measured."""
    from playwright.sync_api import sync_playwright

    head = ("questions", "made", "size", "paint", "ready", "typed", "blocked")
    sys.stdout.write("".join(f"{name:>10}" for name in head) + "\n")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for count in map(int, arguments) if arguments else COUNTS:
            sys.stdout.write(f"{line(browser, Path(folder) / str(count), count)}\n")
        browser.close()


def line(browser: Browser, folder: Path, count: int) -> str:
    """Return what a bank of that many questions takes."""
    job, services = prepared(folder, count)
    begin = perf_counter()
    (file,), _ = render(job, services)
    made = perf_counter() - begin
    assert isinstance(file, HtmlFile)
    page = folder / file.name
    page.write_text(file.html, "utf-8")
    paint, ready, typed, blocked = shown(browser, page)
    size = page.stat().st_size / 1e6
    seconds = f"{made:9.2f}s{size:7.1f} MB{paint:8.0f}ms{ready:8.0f}ms{typed:8.0f}ms{blocked:8.0f}ms"
    return f"{count:10}{seconds}"


def shown(browser: Browser, file: Path) -> tuple[float, float, float, float]:
    """Return first paint, start of the script, time of a search and the longest block, in milliseconds."""
    page = browser.new_page()
    page.goto(file.as_uri())
    page.locator("body[data-mode]").wait_for(state="attached")
    ready = page.evaluate("performance.now()")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.locator("#_find").focus()
    page.wait_for_timeout(500)
    page.evaluate(_WATCH)
    page.keyboard.type(_TYPED, delay=60)
    page.wait_for_timeout(2000)
    typed = page.evaluate("window.took")
    for _ in _TYPED:
        page.keyboard.press("Backspace", delay=30)
    page.wait_for_timeout(2000)
    blocked = page.evaluate("window.longest")
    page.close()
    return paint, ready, typed, blocked


def prepared(folder: Path, count: int) -> tuple[Job, Services]:
    """Return the job for the handout of the benchmark bank, in a project of its own."""
    (folder / "decks").mkdir(parents=True)
    (folder / "decks" / "bank.yaml").write_text(bank(count), "utf-8")
    project, _ = load_project(folder)
    tasks, _ = plan(project, compile_decks(project)[0], Request(targets=("handout",)))
    return tasks[0].job, Services(project.templates, None)


if __name__ == "__main__":
    main(sys.argv[1:])
