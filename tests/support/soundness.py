"""What a PDF that lasts and can be read aloud must have: our own checks, with the faults in words.

They follow PDF/UA-1 where a program can tell: language, title, tags, heading levels, alternative texts,
scopes of table heads, reading order, nothing untagged, fonts embedded with a map to Unicode.
"""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWS_TEXT = frozenset(("Tj", "TJ", "'", '"'))
_PAINTS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"))


def faults(data: bytes) -> list[str]:
    """Return what is wrong with a PDF; nothing if all is well."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [*_of_the_file(pdf), *_of_fonts(pdf), *_of_pages(pdf), *_of_tags(pdf)]


def _of_the_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "its window shows the file's name, not its title"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not tagged"
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "does not say that it is PDF/UA-1"


def _of_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    fonts = {font.objgen: font for page in pdf.pages for font in _resources(page).get("/Font", {}).values()}
    for font in fonts.values():
        name = str(font.BaseFont)
        if "/ToUnicode" not in font:
            yield f"{name} has no map to Unicode"
        descriptor = (
            font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
        )
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"{name} is not embedded"


def _resources(page: pikepdf.Page) -> Any:
    return page.obj.get("/Resources", {})


def _of_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        if "/StructParents" not in page.obj:
            yield f"page {number} is not in the tree of tags"
        if str(page.obj.get("/Tabs", "")) != "/S":
            yield f"page {number} is not gone through in the order of its tags"
        for note in page.obj.get("/Annots", []):
            if "/StructParent" not in note:
                yield f"page {number} has a link that is not tagged"
        if _has_untagged(page):
            yield f"page {number} paints what is neither tagged nor marked as an artifact"


def _has_untagged(page: pikepdf.Page) -> bool:
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif depth == 0 and (name in _SHOWS_TEXT or name in _PAINTS):
            return True
    return False


def _of_tags(pdf: pikepdf.Pdf) -> Iterator[str]:
    elements = list(tags_of(pdf))
    kinds = [kind for kind, _ in elements]
    levels = [int(kind[1:]) for kind in kinds if kind[:1] == "H" and kind[1:].isdigit()]
    if levels and levels[0] != 1:
        yield f"the first heading is of level {levels[0]}"
    yield from (f"a heading of level {b} below one of level {a}" for a, b in pairwise(levels) if b > a + 1)
    for kind, element in elements:
        if kind == "Figure" and not str(element.get("/Alt", "")):
            yield "a figure without alternative text"
        if kind == "TH" and not _scope(element):
            yield "a table head without scope"
    yield from _of_order(pdf, elements)


def _scope(element: Any) -> str:
    attributes = element.get("/A", [])
    listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(a.Scope) for a in listed if "/Scope" in a), "")


def _of_order(pdf: pikepdf.Pdf, elements: list[tuple[str, Any]]) -> Iterator[str]:
    """Yield where what is read next stands on an earlier page."""
    for (before, _), (after, _) in pairwise(_contents(pdf, elements)):
        if after < before:
            yield f"what stands on page {after} is read after page {before}"


def _contents(pdf: pikepdf.Pdf, elements: list[tuple[str, Any]]) -> Iterator[tuple[int, int]]:
    """Yield page and number of every piece of tagged content, in reading order."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for _, element in elements:
        page = numbers[element.Pg.objgen] if "/Pg" in element else 0
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                yield page, kid
            elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                yield numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)


def read_aloud(data: bytes) -> str:
    """Return the text of a PDF in the order of its tags, but for text inside of pictures."""
    import pdfplumber

    said: dict[tuple[int, int], str] = {}
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            for character in page.chars:
                if character["mcid"] is not None:
                    place = number, character["mcid"]
                    said[place] = said.get(place, "") + character["text"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = [(kind, element) for kind, element in tags_of(pdf) if kind != "Figure"]
        return " ".join(said.get(place, "") for place in _contents(pdf, tags))


def tags_of(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield kind and element of every tag, in reading order."""
    pending: list[Any] = [pdf.Root.StructTreeRoot]
    while pending:
        element = pending.pop()
        if not isinstance(element, pikepdf.Dictionary):
            continue
        if "/S" in element:
            yield str(element.S)[1:], element
        kids: Any = element.get("/K", [])
        pending += reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])
