"""Many cards: pages typeset in parts, by several processes, and joined to one sound file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from deckbuild.targets.base import PdfFile
from deckbuild.targets.cards import render
from deckbuild.writers.produce import produce_all
from support.decks import deck, job, question, section
from support.prints import printed, read_pages, rendered, typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.pdf
COUNT = 150


@pytest.fixture(scope="module")
def file() -> PdfFile:
    questions = (question(f"ask{n}", answer=f"reply{n} with `code` and $x^{n}$") for n in range(COUNT))
    (artifact,), found = rendered(render, job(deck(section("S", *questions))))
    assert isinstance(artifact, PdfFile)
    assert len(artifact.parts) == 2
    assert found == ()
    return artifact


def test_every_card_is_there_once_and_in_order(file: PdfFile) -> None:
    pages = read_pages(printed(file))
    fronts = [word.text for page in pages[::2] for word in page.words if word.text.startswith("ask")]
    assert sorted(fronts, key=lambda text: int(text[3:])) == [f"ask{n}" for n in range(COUNT)]
    assert ["Sheet 19 of 19" in page.text for page in pages[-4:]] == [False, False, True, False]


def test_the_number_of_processes_does_not_change_the_bytes(file: PdfFile) -> None:
    (alone,), (shared,) = (list(produce_all([file], typesetter(), jobs)) for jobs in (1, 2))
    assert alone == shared


def tags(element: Any) -> Iterator[Any]:
    """Yield an element of the tag tree and all below it."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from tags(kid)


def test_the_tags_of_all_parts_make_one_tree(file: PdfFile) -> None:
    with pikepdf.open(io.BytesIO(printed(file))) as pdf:
        root = pdf.Root.StructTreeRoot
        pages = [page.obj.objgen for page in pdf.pages]
        assert [int(page.obj.StructParents) for page in pdf.pages] == list(range(len(pages)))
        assert [int(key) for key in list(root.ParentTree.Nums)[::2]] == list(range(len(pages)))
        elements = list(tags(root.K[0]))
        assert {element.Pg.objgen for element in elements if "/Pg" in element} == set(pages)
        assert sum(str(element.S) == "/Art" for element in elements) == 2 * COUNT
        assert all(root.K[0] == element.P for element in root.K[0].K)


def test_fonts_title_and_preferences_survive(file: PdfFile) -> None:
    with pikepdf.open(io.BytesIO(printed(file))) as pdf:
        assert str(pdf.docinfo.Title) == "Test: cards"
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"
        for page in pdf.pages:
            for font in page.obj.Resources.Font.values():
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor or "/FontFile3" in (
                    font.DescendantFonts[0].FontDescriptor
                )
