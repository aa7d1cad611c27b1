"""HTML of Anki's fields as Markdown, by example and by what the Markdown shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.formats.table.html_text import html_to_markdown, plain_to_markdown
from deckbuild.markup.parse import parse
from deckbuild.markup.text import to_text
from deckbuild.source import SliceOrigin, Source
from support.messages import cases

FIXTURE = Path(__file__).parent / "fixtures/html.txt"
MARKS = "ab1 .\n\\`*_{}[]()<>#+-!|~$&;=:\"'é"


@pytest.mark.parametrize(
    ("html", "expected"), [pytest.param(html, expected, id=title) for title, html, expected in cases(FIXTURE)]
)
def test_html_becomes_the_markdown_of_its_fixture(html: str, expected: str) -> None:
    text, lost = html_to_markdown(html)
    assert text + (f"\nleft out: {', '.join(lost)}" if lost else "") == expected


@given(st.text(MARKS, max_size=40))
def test_a_plain_text_is_shown_as_it_is(text: str) -> None:
    if "\\(" not in text and "\\[" not in text and "[$" not in text:
        assert shown(plain_to_markdown(text)).split() == text.split()


@given(st.text(MARKS, max_size=40))
def test_escaped_html_shows_its_text(text: str) -> None:
    if "\\(" not in text and "\\[" not in text and "[$" not in text:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        assert shown(html_to_markdown(escaped)[0]).split() == text.split()


@given(st.lists(st.sampled_from(["<b>", "</b>", "<ul><li>", "</ul>", "<td>", "<br>", "<p>", "x", "& "])))
def test_any_html_gives_markdown(pieces: list[str]) -> None:
    text, lost = html_to_markdown("".join(pieces))
    assert lost == ()
    assert text.count("x") == pieces.count("x")


def test_elements_nested_without_end_do_no_harm() -> None:
    text, _ = html_to_markdown("<div><b>" * 5_000 + "x")
    assert "x" in text


def shown(markdown: str) -> str:
    prose, _ = parse(markdown, SliceOrigin(Source("x.md", markdown), 0, len(markdown)), folder="")
    return to_text(prose.events)


def test_a_recording_is_played_on() -> None:
    html = "東京 [sound:tokyo_1.mp3]<br>[sound:a.webm] [sound:B.OGG]"
    assert html_to_markdown(html)[0] == ("東京 ![tokyo_1](<tokyo_1.mp3>)\\\n\\[sound:a.webm\\] ![B](<B.OGG>)")
    assert plain_to_markdown("[sound:x.mp3]") == "![x](<x.mp3>)"
