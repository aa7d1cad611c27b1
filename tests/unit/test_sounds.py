"""Recordings in texts: `![what it says](media/a.mp3)`."""

from __future__ import annotations

import pytest

from deckbuild.markup.events import Sound
from deckbuild.markup.html import render
from deckbuild.markup.text import to_text
from deckbuild.media import Media
from deckbuild.sounds import describe_sound
from deckbuild.targets.base import HtmlFile
from deckbuild.targets.handout import render as render_handout
from support.decks import deck, job, prose, question, services

TEXT = "Say ![Tokyo, spoken](media/a.mp3)."
SPOKEN = Media("media/a.mp3", b"ID3", "audio/mpeg")


@pytest.mark.parametrize(
    ("name", "data", "mime"),
    [
        ("a.mp3", b"ID3\x04", "audio/mpeg"),
        ("a.MP3", b"\xff\xfb\x90", "audio/mpeg"),
        ("a.m4a", b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        ("a.ogg", b"OggS\0", "audio/ogg"),
        ("a.wav", b"RIFF\0\0\0\0WAVE", "audio/wav"),
    ],
)
def test_a_recording_is_known_by_its_name_and_its_bytes(name: str, data: bytes, mime: str) -> None:
    found = describe_sound(name, data)
    assert isinstance(found, Media)
    assert (found.mime, found.width) == (mime, None)


def test_bytes_that_are_no_recording_are_refused() -> None:
    assert describe_sound("a.mp3", b"<html>") == "`a.mp3` does not hold what its name says: audio/mpeg"


def test_on_paper_a_recording_is_what_it_says() -> None:
    text = prose(TEXT)
    assert Sound("media/a.mp3", "Tokyo, spoken") in text.events
    assert to_text(text.events) == "Say Tokyo, spoken."
    assert render(text.events) == '<p>Say <span class="sound">Tokyo, spoken</span>.</p>'


def test_a_handout_plays_it_from_the_page_itself() -> None:
    spoken = job(deck(question("Why?", answer=TEXT)), media=[SPOKEN])
    html = handout(spoken)
    assert (
        "<audio controls preload=none aria-label=\"Tokyo, spoken\" src='data:audio/mpeg;base64,SUQz'>" in html
    )
    assert "media-src blob: data:;" in html
    assert "blob: data:" not in handout(job(deck(question("Why?", answer="So."))))


def handout(work: object) -> str:
    (made,), _ = render_handout(work, services())  # type: ignore[arg-type]
    assert isinstance(made, HtmlFile)
    return made.html
