"""Where pictures lie."""

from __future__ import annotations

import pytest

from deckbuild.diagnostic import Code
from deckbuild.markup.media import Refused, media_path


@pytest.mark.parametrize(
    ("written", "folder", "expected"),
    [
        ("media/a.svg", "decks/dl", "decks/dl/media/a.svg"),
        ("a.svg", "", "a.svg"),
        ("./a.svg", "decks", "decks/a.svg"),
        ("../a.svg", "decks", "a.svg"),
        ("x/../../a.svg", "decks", "a.svg"),
        ("a b.svg", "decks", "decks/a b.svg"),
        ("..a/b.svg", "", "..a/b.svg"),
    ],
)
def test_a_path_starts_from_its_folder(written: str, folder: str, expected: str) -> None:
    assert media_path(written, folder) == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("../a.svg", Code.MEDIA_OUTSIDE),
        ("x/../../a.svg", Code.MEDIA_OUTSIDE),
        ("..", Code.MEDIA_OUTSIDE),
        ("/etc/passwd", Code.MEDIA_OUTSIDE),
        ("file:///etc/passwd", Code.MEDIA_OUTSIDE),
        ("C:/a.svg", Code.MEDIA_OUTSIDE),
        ("//host/a.svg", Code.MEDIA_REMOTE),
        ("HTTPS://host/a.svg", Code.MEDIA_REMOTE),
        ("data:image/png;base64,AAAA", Code.MEDIA_REMOTE),
        ("..\\a.svg", Code.MEDIA_INVALID),
        ("a\0.svg", Code.MEDIA_INVALID),
        (" ", Code.MEDIA_INVALID),
    ],
)
def test_nothing_outside_the_project_is_a_path(written: str, code: Code) -> None:
    refused = media_path(written, "")
    assert isinstance(refused, Refused)
    assert refused.code is code
