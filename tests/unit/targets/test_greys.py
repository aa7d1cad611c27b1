"""The ink-saving theme has grey pictures too."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from deckbuild.images import describe_image
from deckbuild.media import Media
from deckbuild.targets.greys import greyed


def svg(inner: str) -> str:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}</svg>'
    media = describe_image("a.svg", data.encode())
    assert isinstance(media, Media)
    return greyed(media).data.decode().partition('height="9">')[2].removesuffix("</svg>")


@pytest.mark.parametrize(
    ("colored", "grey"),
    [
        ('<path fill="#ff0000"/>', '<path fill="#363636"/>'),
        ('<path stroke="#F00"/>', '<path stroke="#363636"/>'),
        ('<path fill="rgb(255, 0, 0)"/>', '<path fill="#363636"/>'),
        ('<path fill="red"/>', '<path fill="#363636"/>'),
        ('<path style="fill: red; stroke:#00f"/>', '<path style="fill: #363636; stroke:#121212"/>'),
        ("<style>.a { stop-color: #0000ff }</style>", "<style>.a { stop-color: #121212 }</style>"),
        ('<path fill="#ff000080"/>', '<path fill="#36363680"/>'),
    ],
)
def test_colors_of_drawings_become_greys_as_light(colored: str, grey: str) -> None:
    assert svg(colored) == grey


@pytest.mark.parametrize(
    "same",
    [
        '<path fill="none"/>',
        '<path fill="url(#fade)"/>',
        '<path fill="currentColor"/>',
        '<use href="#abc"/>',
        "<text>fill in red #ff0000</text>",
        '<path fill="#ffffff" stroke="#000000"/>',
    ],
)
def test_what_is_no_color_stays(same: str) -> None:
    assert svg(same) == same


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_photographs_become_grey(kind: str) -> None:
    made = BytesIO()
    Image.new("RGB", (8, 4), "#1d5b9f").save(made, kind)
    media = describe_image(f"a.{kind.lower()}", made.getvalue())
    assert isinstance(media, Media)
    with Image.open(BytesIO(greyed(media).data)) as image:
        assert (image.mode, image.size) == ("LA", (8, 4))


def test_what_is_clear_stays_clear() -> None:
    made = BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(made, "PNG")
    media = describe_image("a.png", made.getvalue())
    assert isinstance(media, Media)
    with Image.open(BytesIO(greyed(media).data)) as image:
        pixel = image.getpixel((0, 0))
    assert isinstance(pixel, tuple)
    assert pixel[1] == 0
