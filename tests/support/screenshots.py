"""Pictures of the handout and of prints for the documentation: `make pictures` takes them anew.

Each shows the flagship as a reader meets it. They are small, so that the first page loads at once.
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from pypdfium2 import PdfDocument

from deckbuild.targets import cards, cheatsheet
from support.browser import chromium
from support.handouts import ROOT, html_of, job_of
from support.prints import printed, rendered

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

IMAGES = ROOT / "docs/images"
QUESTION = "activation-functions"
PRINTS = {"cheatsheet": cheatsheet.render, "cards": cards.render}
_SCALE = 1.15
"""Pixels a point."""
_GAP = 12
_WIDE: dict[str, Any] = {"viewport": {"width": 1240, "height": 860}}
_PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 860},
    "device_scale_factor": 1.5,
    "has_touch": True,
    "is_mobile": True,
}


def main() -> None:
    """Take every picture."""
    _prints()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "handout.html"
        file.write_text(html_of(job_of("flagship")), "utf-8")
        for name, (context, prepare) in SCENES.items():
            page = _opened(browser, file, context)
            prepare(page)
            page.wait_for_timeout(400)
            _save(page.screenshot(), name)
            page.context.close()


def _prints() -> None:
    """Draw the first two pages of each print side by side."""
    job = job_of("flagship")
    for name, render in PRINTS.items():
        (artifact, *_), _ = rendered(render, job)
        document = PdfDocument(printed(artifact))
        pages = [document[number].render(scale=_SCALE).to_pil() for number in (0, 1)]
        whole = Image.new("RGB", (sum(page.width for page in pages) + _GAP, pages[0].height), "#9aa0a8")
        whole.paste(pages[0], (0, 0))
        whole.paste(pages[1], (pages[0].width + _GAP, 0))
        whole.save(IMAGES / f"{name}.webp", quality=72, method=6)


def _opened(browser: Browser, file: Path, context: dict[str, Any]) -> Page:
    page = browser.new_context(**context, reduced_motion="reduce").new_page()
    page.goto(file.as_uri())
    page.locator("body[data-mode]").wait_for(state="attached")
    return page


def _save(png: bytes, name: str) -> None:
    Image.open(BytesIO(png)).save(IMAGES / f"handout-{name}.webp", quality=80, method=6)


def _read(page: Page) -> None:
    page.locator(f"#{QUESTION} > .show > summary").click()
    page.evaluate("(id) => document.getElementById(id).parentElement.scrollIntoView()", QUESTION)


def _quiz(page: Page) -> None:
    """Answer one after the other, up to a choice."""
    page.goto(f"{page.url.partition('#')[0]}#?mode=quiz&find=saturates")
    page.locator("#_quiz [value=all]").check()
    page.get_by_role("button", name="Start the quiz").click()
    while page.locator("#_quiz [data-slot=kind]").inner_text() != "choice":
        _answer(page)
        page.locator("#_quiz .actions [data-do]:visible:is([data-do=next], [data-do=knew])").click()
    _answer(page)


def _answer(page: Page) -> None:
    if page.locator("#_quiz [data-do=ready]").is_visible():
        page.locator("#_quiz [data-do=ready]").click()
        page.locator("#_quiz .right input").first.check()
    page.locator("#_quiz [data-do=sure]").click()
    while page.locator("#_quiz [data-do=more]").is_visible():
        page.locator("#_quiz [data-do=more]").click()


def _interview(page: Page) -> None:
    page.goto(f"{page.url.partition('#')[0]}#?mode=interview&find=saturates")
    page.locator("#_interview [type=submit]").click()
    page.locator("#_interview [data-do=answered]").click()
    for box in page.locator("#_interview .rubric input").all()[:3]:
        box.check()
    page.evaluate("scrollTo(0, 0)")


SCENES: dict[str, tuple[dict[str, Any], Callable[[Page], None]]] = {
    "wide": (_WIDE, _read),
    "phone": ({**_PHONE, "color_scheme": "dark"}, _read),
    "quiz": (_PHONE, _quiz),
    "interview": (_PHONE, _interview),
}

if __name__ == "__main__":
    main()
