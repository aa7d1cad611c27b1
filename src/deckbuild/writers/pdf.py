"""PDF: lays out print HTML and writes it, with WeasyPrint, the same bytes on every machine.

WeasyPrint is imported when the typesetter is loaded, so that builds that have nothing to print pay
nothing for it and work where it is not installed.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic
from deckbuild.identity import digest
from deckbuild.targets.base import Box
from deckbuild.writers.pdf_fonts import FontFolder
from deckbuild.writers.pdf_measures import Measures
from deckbuild.writers.pdf_remarks import remarks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from deckbuild.media import Media
    from deckbuild.targets.base import PdfFile

_INSTALL = """\
install Pango, which sets the type:
  Debian, Ubuntu  sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  Fedora          sudo dnf install pango
  macOS           brew install pango
  Windows         install MSYS2, then: pacman -S mingw-w64-ucrt-x86_64-pango
Decks and handouts are built without it."""

_MARK = "fragment:"
_AT_ONCE = 400
"""So many fragments are laid out together: each takes a quarter of a megabyte."""
_ADDRESS = re.compile(r"media:[^\"]+")


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why this machine cannot make PDFs, and what to install."""

    reason: str
    help: str


def load_typesetter(fonts: Mapping[str, bytes], cache: Path | None = None) -> WeasyTypesetter | Unavailable:
    """Return the typesetter, with the project's own fonts beside the packaged ones.

    `cache` is a folder that keeps what was measured for the next run.
    """
    # The library prints a banner before it fails, and warns about what is no user's business.
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from deckbuild.writers import pdf_engine  # noqa: F401 - tried here, used below
        except OSError as problem:
            library = str(problem).partition("'")[2].partition("'")[0] or "a library"
            return Unavailable(f"{library} is not installed", _INSTALL)
    return WeasyTypesetter(fonts, cache)


class WeasyTypesetter:
    """Lays out print HTML. Equal input gives equal output; it only remembers what it measured."""

    def __init__(self, fonts: Mapping[str, bytes], cache: Path | None) -> None:
        self._own = dict(fonts)
        self._fonts = FontFolder(fonts)
        self._measures = Measures(cache)
        self._font_digest = digest(*(part for item in sorted(fonts.items()) for part in item))

    def __reduce__(self) -> tuple[type[WeasyTypesetter], tuple[Mapping[str, bytes], None]]:
        """Travel to a worker process, which needs a font folder of its own and measures nothing."""
        return WeasyTypesetter, (self._own, None)

    def measure(
        self, head: str, fragments: Sequence[str], media: Sequence[Media]
    ) -> tuple[Mapping[str, Box], ...]:
        """Return, for each fragment, the boxes of its elements with an id; `""` is all of it."""
        from deckbuild.writers.pdf_engine import library_version

        content = {f"media:{medium.path}": medium.digest for medium in media}
        base = digest(library_version(), self._font_digest, head)
        keys = [_key(base, fragment, content) for fragment in fragments]
        known = self._measures.known(keys)
        wanted = {key: text for key, text in zip(keys, fragments, strict=True) if key not in known}
        texts = tuple(wanted.values())
        fresh: list[Mapping[str, Box]] = []
        for start in range(0, len(texts), _AT_ONCE):
            fresh += self._lay_out(head, texts[start : start + _AT_ONCE], media)
        known |= dict(zip(wanted, fresh, strict=True))
        self._measures.remember({key: known[key] for key in keys})
        return tuple(known[key] for key in keys)

    def pdf(self, file: PdfFile) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """Return a PDF, empty if it grew beyond all limits, and what was noticed."""
        from deckbuild.writers.pdf_join import join_pdfs

        made = [self.part(part) for part in file.parts]
        found = tuple(dict.fromkeys(remark for _, remarks in made for remark in remarks))
        return join_pdfs([data for data, _ in made]), found

    def part(self, file: PdfFile) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """Return the PDF of a file's first document, and what was noticed."""
        from deckbuild.writers.pdf_engine import (
            Log,
            PrintLimitError,
            set_pages,
            without_collector,
            write_pages,
        )

        log, media = Log(), {medium.path: medium for medium in file.media}
        try:
            with without_collector():
                data = write_pages(set_pages(file.html, media, self._fonts, log), log)
        except PrintLimitError as problem:
            help_text = "select fewer questions, or split the deck"
            too_long = Diagnostic(Code.OVERFLOW, f"not printed: {problem}", (), help_text, file=file.name)
            return b"", (too_long,)
        return data, remarks(file.name, log.lines, log.refused)

    def close(self) -> None:
        """Keep what was measured for the next run, and remove the temporary files."""
        self._measures.save()
        self._fonts.close()

    def _lay_out(
        self, head: str, fragments: tuple[str, ...], media: Sequence[Media]
    ) -> tuple[Mapping[str, Box], ...]:
        from deckbuild.writers.pdf_engine import Log, boxes_of, set_pages, without_collector

        body = "".join(f'<div id="{_MARK}{n}">{text}</div>' for n, text in enumerate(fragments))
        used = {medium.path: medium for medium in media}
        with without_collector():
            # What is wrong with a page is said when it is written.
            boxes = tuple(boxes_of(set_pages(head + body, used, self._fonts, Log(), inf)))
        found: list[dict[str, Box]] = []
        for name, box in boxes:
            if name.startswith(_MARK):
                found.append({"": box})
            else:
                whole = found[-1][""]
                found[-1][name] = Box(box.x - whole.x, box.y - whole.y, box.width, box.height)
        return tuple(found)


def _key(base: str, fragment: str, content: Mapping[str, str]) -> str:
    used = (content.get(address, "") for address in _ADDRESS.findall(fragment))
    return digest(base, fragment, *used)[:32]
