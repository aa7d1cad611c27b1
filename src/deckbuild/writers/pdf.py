"""PDF: lays out print HTML and writes it, with WeasyPrint, the same bytes on every machine.

WeasyPrint is imported when the typesetter is loaded, so that builds that have nothing to print pay
nothing for it and work where it is not installed.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from dataclasses import dataclass, replace
from html import unescape
from itertools import chain, islice
from math import inf
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic
from deckbuild.identity import digest
from deckbuild.targets.base import Box
from deckbuild.writers.pdf_fonts import FontFolder
from deckbuild.writers.pdf_kept import KeptParts
from deckbuild.writers.pdf_measures import Measures
from deckbuild.writers.pdf_remarks import remarks
from deckbuild.writers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from deckbuild.media import Media
    from deckbuild.targets.base import PdfFile

_Made = tuple[bytes, tuple[Diagnostic, ...]]

_INSTALL = """\
install Pango, which sets the type:
  Debian, Ubuntu  sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  Fedora          sudo dnf install pango
  macOS           brew install pango
  Windows         install MSYS2, then: pacman -S mingw-w64-ucrt-x86_64-pango
Decks and handouts are built without it."""

_MARK = "fragment:"
_AT_ONCE = 100
"""So many fragments are laid out together, by whichever process: each takes a quarter of a megabyte."""
_DIGITS = 6
"""Where in a document a fragment stands is of no consequence then: its measures are the same."""
_ADDRESS = re.compile(r"media:[^\"]+")


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why this machine cannot make PDFs, and what to install."""

    reason: str
    help: str


def load_typesetter(
    fonts: Mapping[str, bytes], cache: Path | None = None, jobs: int = 1
) -> WeasyTypesetter | Unavailable:
    """Return the typesetter, with the project's own fonts beside the packaged ones.

    `cache` is a folder that keeps what was measured, and parts of long files, for the next run; large
    work is shared by `jobs` processes.
    """
    # The library prints a banner before it fails, and warns about what is no user's business.
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from deckbuild.writers import pdf_engine  # noqa: F401 - tried here, used below
        except OSError as problem:
            library = str(problem).partition("'")[2].partition("'")[0] or "a library"
            return Unavailable(f"{library} is not installed", _INSTALL)
    return WeasyTypesetter(fonts, cache, jobs)


class WeasyTypesetter:
    """Lays out print HTML. Equal input gives equal output; it only remembers what it measured."""

    def __init__(self, fonts: Mapping[str, bytes], cache: Path | None, jobs: int = 1) -> None:
        self._own = dict(fonts)
        self._workers = Workers(self, jobs)
        self._fonts = FontFolder(fonts)
        self._measures = Measures(cache)
        self._kept = KeptParts(cache)
        self._font_digest = digest(*(part for item in sorted(fonts.items()) for part in item))

    def __reduce__(self) -> tuple[type[WeasyTypesetter], tuple[Mapping[str, bytes], None]]:
        """Travel to a worker process, which needs a font folder of its own and measures nothing."""
        return WeasyTypesetter, (self._own, None)

    def measure(
        self, head: str, fragments: Sequence[str], media: Sequence[Media]
    ) -> tuple[Mapping[str, Box], ...]:
        """Return, for each fragment, the boxes of its elements with an id; `""` is all of it."""
        from deckbuild.writers.pdf_engine import library_version

        content = _content(media)
        base = digest(library_version(), self._font_digest, head)
        keys = [_key(base, fragment, content) for fragment in fragments]
        known = self._measures.known(keys)
        wanted = {key: text for key, text in zip(keys, fragments, strict=True) if key not in known}
        fresh = self._measured(head, tuple(wanted.values()), media)
        known |= dict(zip(wanted, fresh, strict=True))
        self._measures.remember({key: known[key] for key in keys})
        return tuple(known[key] for key in keys)

    def pdf(self, file: PdfFile) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """Return a PDF, empty if it grew beyond all limits, and what was noticed."""
        return next(self.pdfs((file,)))

    def pdfs(self, files: Sequence[PdfFile]) -> Iterator[tuple[bytes, tuple[Diagnostic, ...]]]:
        """Return PDFs in their order, each as soon as it is there; other processes begin at once."""
        parts = [part for file in files for part in file.parts]
        keys = [self._part_key(part) if file.more else "" for file in files for part in file.parts]
        kept = {key: data for key in keys if key and (data := self._kept.get(key)) is not None}
        fresh = [part for key, part in zip(keys, parts, strict=True) if key not in kept]
        made = self._with_kept(keys, kept, self._workers.share(WeasyTypesetter.part, fresh))
        return (_joined(tuple(islice(made, len(file.parts)))) for file in files)

    def _with_kept(
        self, keys: Sequence[str], kept: Mapping[str, bytes], fresh: Iterator[_Made]
    ) -> Iterator[_Made]:
        """Yield all parts in their order. Those without a remark are kept for the next run."""
        for key in keys:
            if key in kept:
                yield kept[key], ()
                continue
            data, found = next(fresh)
            if key and not found:
                self._kept.keep(key, data)
            yield data, found

    def _part_key(self, part: PdfFile) -> str:
        from deckbuild.writers.pdf_engine import library_version

        return _key(digest(library_version(), self._font_digest), part.html, _content(part.media))

    def part(self, file: PdfFile) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """Return the PDF of a file's first document, and what was noticed."""
        from deckbuild.writers.pdf_engine import (
            MAX_SECONDS,
            Log,
            PrintLimitError,
            set_pages,
            without_collector,
            write_pages,
        )

        log, media = Log(), {medium.path: medium for medium in file.media}
        try:
            with without_collector():
                data = write_pages(set_pages(file.html, media, self._fonts, log, MAX_SECONDS), log)
        except PrintLimitError as problem:
            help_text = "select fewer questions, or split the deck"
            too_long = Diagnostic(Code.OVERFLOW, f"not printed: {problem}", (), help_text, file=file.name)
            return b"", (too_long,)
        return data, remarks(file.name, log.lines, log.refused)

    def close(self) -> None:
        """Keep what was measured for the next run, end the processes, remove the temporary files."""
        self._workers.close()
        self._measures.save()
        self._kept.forget_old()
        self._fonts.close()

    def _measured(
        self, head: str, fragments: tuple[str, ...], media: Sequence[Media]
    ) -> Iterator[Mapping[str, Box]]:
        """Return the boxes of fragments that are not known yet; many are shared by several processes."""
        batches = [fragments[start : start + _AT_ONCE] for start in range(0, len(fragments), _AT_ONCE)]
        work = [(head, batch, _used(batch, media)) for batch in batches]
        return chain.from_iterable(self._workers.share(_lay_out, work))

    def lay_out(
        self, head: str, fragments: tuple[str, ...], media: Sequence[Media]
    ) -> tuple[Mapping[str, Box], ...]:
        """Return the boxes of fragments that are laid out as one document."""
        from deckbuild.writers.pdf_engine import Log, boxes_of, set_pages, without_collector

        body = "".join(f'<div id="{_MARK}{n}">{text}</div>' for n, text in enumerate(fragments))
        used = {medium.path: medium for medium in media}
        with without_collector():
            # What is wrong with a page is said when it is written.
            boxes = tuple(boxes_of(set_pages(head + body, used, self._fonts, Log(), inf)))
        found: list[dict[str, Box]] = []
        left = top = 0.0
        for name, box in boxes:
            if name.startswith(_MARK):
                left, top = box.x, box.y
                found.append({"": _rounded(box)})
            else:
                found[-1][name] = _rounded(replace(box, x=box.x - left, y=box.y - top))
        return tuple(found)


def _lay_out(
    typesetter: WeasyTypesetter, work: tuple[str, tuple[str, ...], tuple[Media, ...]]
) -> tuple[Mapping[str, Box], ...]:
    return typesetter.lay_out(*work)


def _joined(parts: Sequence[tuple[bytes, tuple[Diagnostic, ...]]]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    from deckbuild.writers.pdf_join import join_pdfs

    found = dict.fromkeys(remark for _, remarks in parts for remark in remarks)
    return join_pdfs([data for data, _ in parts]), tuple(found)


def _rounded(box: Box) -> Box:
    return Box(*(round(value, _DIGITS) for value in (box.x, box.y, box.width, box.height)))


def _used(fragments: Sequence[str], media: Sequence[Media]) -> tuple[Media, ...]:
    """Return the media that fragments show."""
    addresses = {address for fragment in fragments for address in _addresses(fragment)}
    return tuple(medium for medium in media if f"media:{medium.path}" in addresses)


def _content(media: Sequence[Media]) -> dict[str, str]:
    return {f"media:{medium.path}": medium.digest for medium in media}


def _key(base: str, fragment: str, content: Mapping[str, str]) -> str:
    used = (content.get(address, "") for address in _addresses(fragment))
    return digest(base, fragment, *used)[:32]


def _addresses(fragment: str) -> Iterator[str]:
    return map(unescape, _ADDRESS.findall(fragment))
