"""WeasyPrint, fenced in: no network, no files, bounded pages and time, its log lines as values.

Imported only when there is something to set: the import takes half a second and fails where Pango
is not installed.
"""

from __future__ import annotations

import gc
import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import weasyprint
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from deckbuild.targets.base import Box
from deckbuild.writers.pdf_line_breaks import mend_line_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deckbuild.media import Media
    from deckbuild.writers.pdf_fonts import FontFolder

MAX_PAGES = 3000
MAX_SECONDS = 600.0
_DPI = 300
"""Pictures with more dots are scaled down: no printer shows them."""

_SIDES = {"one": "Simplex", "long-edge": "DuplexFlipLongEdge", "short-edge": "DuplexFlipShortEdge"}

_LOG = logging.getLogger("weasyprint")
_PROGRESS = logging.getLogger("weasyprint.progress")


class PrintLimitError(Exception):
    """A document grew beyond what is sane to print. Says which limit it met."""


@dataclass(slots=True)
class Log:
    """What WeasyPrint said while it worked, and what it asked for and did not get."""

    lines: list[logging.LogRecord] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def library_version() -> str:
    """Return what a layout depends on besides its input."""
    return f"WeasyPrint {weasyprint.__version__}, Pango {pango.pango_version()}"


def set_pages(
    html: str, media: Mapping[str, Media], fonts: FontFolder, log: Log, seconds: float
) -> weasyprint.Document:
    """Lay out a document.

    Raises:
        PrintLimitError: too many pages, or too slow.
    """
    mend_line_breaks()
    with fonts.in_use():
        font_config = FontConfiguration()
    with _listening(log), _bounded(seconds):
        fetcher = _MediaFetcher(media, log)
        document = weasyprint.HTML(string=html, base_url="", url_fetcher=fetcher)
        return document.render(font_config, dpi=_DPI)


def boxes_of(document: weasyprint.Document) -> Iterator[tuple[str, Box]]:
    """Yield every element with an id and its border box, in document order."""
    for page in document.pages:
        for name, (left, top, right, bottom) in page.anchors.items():
            yield name, Box(left, top, right - left, bottom - top)


def write_pages(document: weasyprint.Document, log: Log) -> bytes:
    """Return the PDF of a document: tagged, with every font embedded."""
    with _listening(log):
        data: bytes = document.write_pdf(pdf_variant="pdf/ua-1", dpi=_DPI, finisher=_set_print_dialog)
        return data


def _set_print_dialog(document: weasyprint.Document, pdf: Any) -> None:
    """Let print dialogs begin with actual size and the right sides, if the page names these in a `meta`."""
    sides = _SIDES.get(document.metadata.custom.get("print-sides", ""))
    if sides:
        pdf.catalog["ViewerPreferences"].update({"PrintScaling": "/None", "Duplex": f"/{sides}"})


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the collector of cycles from walking a million boxes over and over: a third of the time.

    The document should be gone when the block ends, so that what is collected then is worth the walk.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _MediaFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type information
    """Hands over the media of the project, by `media:` addresses, and refuses everything else."""

    def __init__(self, media: Mapping[str, Media], log: Log) -> None:
        super().__init__(allowed_protocols=())
        self._media = media
        self._refuse = log.refused

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - its signature
        path = unquote(url.removeprefix("media:"))
        media = self._media.get(path) if url.startswith("media:") else None
        if media is None:
            self._refuse.append(url)
            raise ValueError("not among the media of the deck")
        return URLFetcherResponse(url, media.data, {"Content-Type": media.mime})


class _Listener(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log.lines.append(record)


@contextmanager
def _listening(log: Log) -> Iterator[None]:
    """Take WeasyPrint's log lines, and keep them from whatever else listens."""
    handler, propagate = _Listener(log), _LOG.propagate
    _LOG.addHandler(handler)
    _LOG.propagate = False
    try:
        yield
    finally:
        _LOG.removeHandler(handler)
        _LOG.propagate = propagate


class _Limits(logging.Handler):
    """Stops a layout that has got out of hand.

    WeasyPrint has no limits of its own, but reports every page on its progress logger, and what a
    handler raises there ends the layout.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(logging.INFO)
        self._until = time.monotonic() + seconds
        self._seconds = seconds

    def emit(self, record: logging.LogRecord) -> None:
        page = record.args[0] if isinstance(record.args, tuple) and record.args else 0
        if isinstance(page, int) and page > MAX_PAGES:
            raise PrintLimitError(f"it has more than {MAX_PAGES} pages")
        if time.monotonic() > self._until:
            raise PrintLimitError(f"laying it out takes more than {self._seconds:.0f} seconds")


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    handler, level = _Limits(seconds), _PROGRESS.level
    _PROGRESS.addHandler(handler)
    _PROGRESS.setLevel(logging.INFO)
    try:
        yield
    finally:
        _PROGRESS.removeHandler(handler)
        _PROGRESS.setLevel(level)
