"""What a picture is, from its bytes, and what is refused before any page is set."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from deckbuild.build import build
from deckbuild.diagnostic import Code
from deckbuild.images import describe_image
from deckbuild.media import Media
from deckbuild.planning import Request
from deckbuild.project import load_project

if TYPE_CHECKING:
    from pathlib import Path


def png(width: int, height: int) -> bytes:
    """Return a white picture: a few KB, however large it is."""
    out = BytesIO()
    Image.new("1", (width, height), 1).save(out, "PNG")
    return out.getvalue()


def svg(attributes: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(32, 20), (32, 20)),
        (svg('width="10mm" height="5mm"'), (37.8, 18.9)),
        (svg('viewBox="0 0 64 48"'), (64, 48)),
        (svg('width="100%" viewBox="0 0 64 48"'), (64, 48)),
    ],
)
def test_the_size_is_read_from_the_picture(data: bytes, expected: tuple[float, float]) -> None:
    media = describe_image("a", data)
    assert isinstance(media, Media)
    assert (media.width, media.height) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"not a picture", "`a.png` is not a picture that can be used: SVG, PNG, JPEG, GIF or WebP"),
        (png(8000, 8000), "`a.png` has 8000 × 8000 pixels, more than a page can show"),
        (png(10_000, 10_000), "`a.png` has 10000 × 10000 pixels, more than a page can show"),
        (png(14_000, 14_000), "`a.png` has more pixels than a page can show"),
        (svg(""), "`a.png` has no size: give its `<svg>` a `viewBox`"),
        (b"<svg", "`a.png` is not valid SVG: unclosed token: line 1, column 0"),
        (b"<html/>", "`a.png` is XML, but not SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(""), "`a.png` declares XML entities, which are refused"),
    ],
)
def test_what_is_no_picture_for_a_page_is_said_in_words(data: bytes, expected: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert describe_image("a.png", data) == expected


def test_a_file_that_is_too_large_is_an_error_in_its_line(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    with (tmp_path / "decks" / "a.png").open("wb") as file:
        file.truncate((32 << 20) + 1)
    (tmp_path / "decks" / "a.yaml").write_text("questions:\n  - ask: '![A](a.png) Why?'\n    answer: a\n")
    project, found = load_project(tmp_path)
    outcome = build(
        project, found, Request(targets=("anki",)), out=tmp_path / "dist", jobs=1, progress=lambda _: None
    )
    (problem,) = outcome.diagnostics
    assert (problem.code, problem.message) == (Code.MEDIA_INVALID, "`decks/a.png` is larger than 32 MB")
    assert problem.labels[0].span.position[0] == 2
