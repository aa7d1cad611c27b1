"""The typesetter: fenced in, measuring by content, and saying in our words what went wrong."""

from __future__ import annotations

import io
import pickle
import re
from typing import TYPE_CHECKING, Any

import pytest

from deckbuild.diagnostic import Code, Diagnostic, Severity
from deckbuild.images import describe_image
from deckbuild.media import Media
from deckbuild.targets.base import PdfFile
from deckbuild.writers import pdf_engine
from deckbuild.writers.pdf import WeasyTypesetter, load_typesetter
from support.decks import picture
from support.prints import typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.pdf

HEAD = (
    '<html lang="en"><head><title>T</title><style>@page { size: 300px 100000px; margin: 0 } '
    'html { font: 10px/1.25 "Source Sans 3" } body, p { margin: 0 }</style></head><body>'
)


def printed(body: str, *media: Media) -> tuple[bytes, tuple[Diagnostic, ...]]:
    return typesetter().pdf(PdfFile("a.pdf", HEAD + body, media))


def findings(body: str, *media: Media) -> list[tuple[Code, str]]:
    return [(found.code, found.message) for found in printed(body, *media)[1]]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[WeasyTypesetter]:
    """Return a typesetter that keeps what it measured in `tmp_path`."""
    loaded = load_typesetter({}, tmp_path)
    assert isinstance(loaded, WeasyTypesetter)
    yield loaded
    loaded.close()


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://example.org/a.png" alt="a">',
        '<img src="file:///etc/hostname" alt="a">',
        '<img src="data:image/png;base64,AAAA" alt="a">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<style>@import url("http://example.org/a.css");</style>',
        '<style>@font-face { font-family: x; src: url("file:///a.ttf") }</style>',
        '<p style="background: url(ftp://example.org/a.png)">x</p>',
        '<svg viewBox="0 0 9 9"><image href="file:///etc/hostname" width="9" height="9"/></svg>',
    ],
)
def test_nothing_is_fetched(body: str) -> None:
    data, found = printed(body)
    assert (found[0].code, found[0].severity) == (Code.MEDIA_REMOTE, Severity.ERROR)
    assert b"/EmbeddedFile" not in data


def test_a_picture_cannot_reach_out_either() -> None:
    inner = b'<image href="file:///etc/hostname" width="9" height="9"/>'
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + inner + b"</svg>"
    media = Media("a.svg", svg, "image/svg+xml", 9, 9)
    (finding,) = findings('<img src="media:a.svg" alt="a">', media)
    assert finding == (
        Code.MEDIA_REMOTE,
        "`file:///etc/hostname` is not fetched: a page may only show media of its deck",
    )


def test_media_are_handed_over_under_any_name() -> None:
    media = picture("decks/a b/ü.svg")
    assert findings('<img src="media:decks/a b/ü.svg" alt="a">', media) == []


def test_a_picture_that_is_not_there_is_named() -> None:
    assert findings('<img src="media:a b.svg" alt="a">') == [
        (Code.MEDIA_MISSING, "there is no picture `a b.svg` in the deck")
    ]


def test_a_picture_that_cannot_be_drawn_is_named() -> None:
    broken = Media("a.png", b"not a picture", "image/png")
    assert findings('<img src="media:a.png" alt="a">', broken) == [
        (Code.MEDIA_INVALID, "the picture `a.png` cannot be drawn")
    ]


def test_what_is_wrong_with_a_style_sheet_is_said_in_the_words_of_the_library() -> None:
    ((code, message),) = findings("<style>p { colour:red }</style>")
    assert code is Code.PRINT_PROBLEM
    assert message.startswith("WeasyPrint: Ignored `colour:red")


def test_too_many_pages_are_an_error_and_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_engine, "MAX_PAGES", 3)
    pages = '<p style="break-after: page">x</p>' * 5
    data, (found,) = printed(pages)
    assert data == b""
    assert (found.code, found.message) == (Code.OVERFLOW, "not printed: it has more than 3 pages")


def test_a_layout_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(pdf_engine.PrintLimitError, match="takes more than 0 seconds"):
        pdf_engine.set_pages(HEAD + "<p>x</p>", {}, typesetter()._fonts, pdf_engine.Log(), seconds=0)


def test_a_file_that_takes_too_long_is_an_error_and_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_engine, "MAX_SECONDS", 0.0)
    data, (found,) = printed("<p>x</p>")
    assert data == b""
    assert (found.code, found.severity) == (Code.OVERFLOW, Severity.ERROR)
    assert found.message == "not printed: laying it out takes more than 0 seconds"
    assert found.help == "select fewer questions, or split the deck"


def test_a_large_picture_is_scaled_to_what_a_printer_shows() -> None:
    from PIL import Image

    file = io.BytesIO()
    Image.effect_noise((1500, 1500), 50).save(file, "PNG")
    media = describe_image("a.png", file.getvalue())
    assert isinstance(media, Media)
    data, _ = printed('<img src="media:a.png" alt="a" style="width: 96px">', media)
    assert len(data) < len(media.data) / 10


# Measuring ------------------------------------------------------------------------------------------


def test_boxes_count_from_the_top_of_their_fragment() -> None:
    first, second = typesetter().measure(HEAD, ['<p id="a">One</p>', '<p>Two</p><p id="b">Three</p>'], ())
    assert (first["a"].y, first[""].height) == (0, 12.5)
    assert (second["b"].y, second["b"].width, second[""].height) == (12.5, 300, 25)


def test_what_was_measured_is_not_laid_out_again(
    fresh: WeasyTypesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.measure(HEAD, ["<p>One</p>", "<p>Two</p>"], ())
    laid_out: list[str] = []
    set_pages = pdf_engine.set_pages

    def counted(html: str, *rest: Any) -> Any:
        laid_out.append(html)
        return set_pages(html, *rest)

    monkeypatch.setattr(pdf_engine, "set_pages", counted)
    fresh.measure(HEAD, ["<p>One</p>", "<p>Three</p>"], ())
    assert [re.findall(r"<p>(\w+)</p>", html) for html in laid_out] == [["Three"]]


def test_another_picture_under_the_same_name_is_measured_again(fresh: WeasyTypesetter) -> None:
    image = '<img src="media:a.svg" alt="a">'
    (small,) = fresh.measure(HEAD, [image], [picture("a.svg", 30, 20)])
    (large,) = fresh.measure(HEAD, [image], [picture("a.svg", 30, 80)])
    assert large[""].height > small[""].height + 50


def test_measures_are_kept_for_the_next_run(
    fresh: WeasyTypesetter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = fresh.measure(HEAD, ["<p>One</p>"], ())
    fresh.close()
    again = load_typesetter({}, tmp_path)
    assert isinstance(again, WeasyTypesetter)
    monkeypatch.setattr(pdf_engine, "set_pages", None)
    assert again.measure(HEAD, ["<p>One</p>"], ()) == measured
    again.close()


def test_a_broken_cache_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "measures.json").write_text("{")
    loaded = load_typesetter({}, tmp_path)
    assert isinstance(loaded, WeasyTypesetter)
    assert loaded.measure(HEAD, ["<p>One</p>"], ())[0][""].height == 12.5
    loaded.close()


def test_it_travels_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(typesetter()))  # noqa: S301 - our own
    file = PdfFile("a.pdf", HEAD + "<p>One</p>")
    assert copy.pdf(file) == typesetter().pdf(file)
    copy.close()


def test_its_temporary_files_go_with_it(fresh: WeasyTypesetter) -> None:
    folder = fresh._fonts._path
    assert folder.is_dir()
    fresh.close()
    assert not folder.exists()


def test_a_text_that_fills_its_line_before_bold_is_not_broken_after_its_first_word() -> None:
    # Widths at which the text fits and the blank after it does not.
    text = "Deep learning is the part of machine learning that trains <strong>networks</strong> on data."
    for tenth in range(2400, 2560, 4):
        html = HEAD.replace("300px", f"{tenth / 10}px") + f'<p id="a">{text}</p>'
        (boxes,) = typesetter().measure(html.partition("<p")[0], [f'<p id="a">{text}</p>'], ())
        assert boxes["a"].height <= 25


def test_a_part_of_a_long_file_that_has_not_changed_is_not_set_again(
    fresh: WeasyTypesetter, tmp_path: Path
) -> None:
    def printed_parts(second: str) -> tuple[bytes, set[str]]:
        data, found = fresh.pdf(PdfFile("a.pdf", HEAD + "<p>one</p>", (), (HEAD + second,)))
        assert found == ()
        return data, {file.name for file in (tmp_path / "parts").iterdir()}

    first, parts = printed_parts("<p>two</p>")
    again, same = printed_parts("<p>two</p>")
    edited, more = printed_parts("<p>three</p>")
    assert len(parts) == 2
    assert (again, same) == (first, parts)
    assert edited != first
    assert len(more - parts) == 1


def test_a_part_is_set_again_when_its_picture_changes(fresh: WeasyTypesetter, tmp_path: Path) -> None:
    for color in ("#111111", "#222222"):
        shown = picture("decks/a.svg", color=color)
        body = '<img src="media:decks/a.svg" alt="a">'
        fresh.pdf(PdfFile("a.pdf", HEAD + body, (shown,), (HEAD + "<p>two</p>",)))
    assert len(list((tmp_path / "parts").iterdir())) == 3


def test_a_part_that_something_was_noticed_in_says_it_every_time(
    fresh: WeasyTypesetter, tmp_path: Path
) -> None:
    for _ in range(2):
        _, found = fresh.pdf(PdfFile("a.pdf", HEAD + "<p>漢</p>", (), (HEAD + "<p>two</p>",)))
        assert [d.code for d in found] == [Code.GLYPH_MISSING]
    assert len(list((tmp_path / "parts").iterdir())) == 1
