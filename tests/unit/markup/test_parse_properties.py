"""What holds for every text: parsing never fails, loses nothing in silence and knows its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckbuild.markup.events import Code, End, FootnoteReference, Image, Math, Start, Text
from deckbuild.markup.html import render
from deckbuild.markup.parse import parse
from deckbuild.markup.text import to_text
from deckbuild.source import SliceOrigin, Source

if TYPE_CHECKING:
    from deckbuild.diagnostic import Diagnostic
    from deckbuild.markup.prose import Prose

MARKS = r"{{ }} {{c1:: :: \ ` ``` $ $$ * ** _ ~~ | [ ]( [^ ]: <sub> </sub> <b> <!-- --> & &amp; #### - > 1. !"
LINES = [" ", "\n", "\n\n", "\t", "\n- ", "\n> ", "| a |\n|---|\n| b |\n"]
pieces = st.sampled_from([*MARKS.split(), *LINES, "a", "é", "漢", "か", "👍"])
texts = st.text(max_size=40) | st.lists(pieces, max_size=40).map("".join)
words = st.text("abcxyzäß漢字", min_size=1, max_size=6)


def parsed(text: str, *, cloze: bool = False) -> tuple[Prose, tuple[Diagnostic, ...]]:
    return parse(text, SliceOrigin(Source("a.md", text), 0, len(text)), folder="decks", cloze=cloze)


@settings(max_examples=600)
@given(texts, st.booleans())
@example(text="| {{a | b}} |\n|---|---|", cloze=True)
@example(text="[^a]: [^a]\n\n[^a]: > [^a]", cloze=False)
@example(text="{{c1::*a}} b*", cloze=True)
@example(text="a\ud800", cloze=False)
def test_any_text_gives_balanced_events_and_findings_inside_it(text: str, cloze: bool) -> None:
    prose, findings = parsed(text, cloze=cloze)
    waiting = []
    for event in prose.events:
        if isinstance(event, Start):
            waiting.append(event.tag)
        elif isinstance(event, End):
            assert waiting.pop() == event.tag
    assert waiting == []
    for finding in findings:
        assert finding.help
        for label in finding.labels:
            assert 0 <= label.span.start <= label.span.end <= len(text)
    render(prose.events)


@given(
    st.lists(words, min_size=1, max_size=20),
    st.lists(st.sampled_from([" ", "\n", "  "]), min_size=20, max_size=20),
)
def test_every_word_of_a_paragraph_is_kept(given_words: list[str], blanks: list[str]) -> None:
    text = "".join(word + blank for word, blank in zip(given_words, blanks, strict=False))
    prose, findings = parsed(text)
    assert findings == ()
    assert "".join(to_text(prose.events).split()) == "".join(given_words)


@settings(max_examples=400)
@given(st.text("abc 12\n*_{}|#-+!:.$\\()>='\"", max_size=60), st.booleans())
def test_no_letter_is_lost_without_a_finding(text: str, cloze: bool) -> None:
    prose, findings = parsed(text, cloze=cloze)
    if findings == ():
        hints = sum(
            event.tag.hint != ""
            for event in prose.events
            if isinstance(event, Start) and hasattr(event.tag, "hint")
        )
        if not hints:
            assert letters(to_text(prose.events)) == letters(text)


@settings(max_examples=400)
@given(
    st.lists(
        st.sampled_from(
            ["a", "é", "漢", "👍", " ", "\n", "*b*", "`c`", "$d$", "![e](f.png)", "[^1]", "\n\n- g", "> "]
        ),
        max_size=30,
    )
)
def test_places_lead_back_to_what_was_written(parts: list[str]) -> None:
    text = "".join(parts) + "\n\n[^1]: h"
    prose, _ = parsed(text)
    for event in prose.events:
        match event:
            case Text(text=shown, at=at):
                assert text[at] == shown[0]
            case Code(at=at):
                assert text[at] == "`"
            case Math(at=at):
                assert text[at] == "$"
            case Image(at=at):
                assert text[at] == "!"
            case FootnoteReference(at=at):
                assert text[at] == "["
            case _:
                pass


def letters(text: str) -> str:
    return "".join(character for character in text if character in "abc")
