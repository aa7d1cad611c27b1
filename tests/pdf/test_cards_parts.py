"""Many cards: pages typeset in parts, by several processes, and joined to one sound file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from deckbuild import resources
from deckbuild.targets.base import PdfFile, Services
from deckbuild.targets.cards import render
from deckbuild.templates import Templates
from deckbuild.writers.pdf import WeasyTypesetter, load_typesetter
from deckbuild.writers.produce import produce_all
from support.decks import deck, job, question, section
from support.prints import printed, read_pages, rendered, typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.targets.base import Job

pytestmark = pytest.mark.pdf
COUNT = 150


def many(*, last: str = "") -> Job:
    """Return the job for many cards, the last of which has more in its answer."""
    more = [""] * (COUNT - 1) + [last]
    questions = (
        question(f"ask{n}", answer=f"reply{n} with `code` and $x^{n}$ {more[n]}") for n in range(COUNT)
    )
    return job(deck(section("S", *questions)))


@pytest.fixture(scope="module")
def file() -> PdfFile:
    (artifact,), found = rendered(render, many())
    assert isinstance(artifact, PdfFile)
    assert len(artifact.parts) == 2
    assert found == ()
    return artifact


def test_every_card_is_there_once_and_in_order(file: PdfFile) -> None:
    pages = read_pages(printed(file))
    fronts = [word.text for page in pages[::2] for word in page.words if word.text.startswith("ask")]
    assert sorted(fronts, key=lambda text: int(text[3:])) == [f"ask{n}" for n in range(COUNT)]
    assert ["Sheet 19 of 19" in page.text for page in pages[-4:]] == [False, False, True, False]


def test_the_number_of_processes_changes_neither_measures_nor_bytes(file: PdfFile) -> None:
    several = load_typesetter({}, jobs=2)
    assert isinstance(several, WeasyTypesetter)
    artifacts, _ = render(many(), Services(Templates(resources.templates(), {}), several))
    assert artifacts == (file,)
    (alone,), (shared,) = (list(produce_all([file], one)) for one in (typesetter(), several))
    several.close()
    assert alone == shared


def test_an_edit_changes_no_other_part(file: PdfFile) -> None:
    (edited,), _ = rendered(render, many(last="more words, " * 30))
    assert isinstance(edited, PdfFile)
    assert [part.html == new.html for part, new in zip(file.parts, edited.parts, strict=True)] == [
        True,
        False,
    ]


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
