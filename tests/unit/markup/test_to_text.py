"""Plain text and slugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.markup.events import Blank, End, MaskedImage, Paragraph, Start, Text
from deckbuild.markup.text import slug, to_text
from support.decks import prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* `c` $d$", "a b c d"),
        ("one\ntwo", "one two"),
        ("漢\n字 *か*\nな", "漢字 かな"),
        ("漢\nabc", "漢 abc"),
        ("한\n글", "한 글"),
        ("one  \ntwo", "one\ntwo"),
        ("- a\n- b\n  - c", "a\nb\nc"),
        ("| a | b |\n|---|---|\n| c | d |", "a b\nc d"),
        ("```py\nif x:\n    y\n```", "if x:\n    y"),
        ("![A curve](a.svg)", "A curve"),
        ("{漢字|かんじ}", "漢字(かんじ)"),
        ("a[^n]\n\n[^n]: note", "a\nnote"),
        ("H<sub>2</sub>O", "H2O"),
        ("[words](https://example.org)", "words"),
    ],
)
def test_text_is_a_block_a_line(text: str, expected: str) -> None:
    assert to_text(prose(text).events) == expected


def test_gaps_are_filled_in_and_blanks_are_lines() -> None:
    assert to_text(prose("a {{b::hint}} c", cloze=True).events) == "a b c"
    assert to_text((Start(Paragraph()), Text("a "), Blank(1, "hint", 3), End(Paragraph()))) == "a ____"


def test_a_masked_picture_is_its_description() -> None:
    assert to_text((MaskedImage("a.svg", "A network", ()),)) == "A network"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What are activation functions?", "what-are-activation-functions"),
        ("L1/L2 & Co.", "l1-l2-co"),
        ("Größe", "grösse"),
        ("Cafe\u0301", "café"),
        ("活性化関数とは?", "活性化関数とは"),
        ("हिन्दी क्या है", "हिन्दी-क्या-है"),
        ("snake_case", "snake-case"),
        ("?!", ""),
    ],
)
def test_a_slug_keeps_letters_and_digits_of_every_script(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_slug_is_cut_at_a_word() -> None:
    assert slug("one two three", limit=9) == "one-two"
    assert slug("unbreakable", limit=6) == "unbrea"


@given(st.text())
def test_a_slug_of_a_slug_is_the_slug(text: str) -> None:
    made = slug(text)
    assert len(made) <= 60
    assert slug(made) == made
