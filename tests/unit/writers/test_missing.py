"""Characters that no font has, in words: once for a deck, and which font is needed."""

from __future__ import annotations

import pytest

from deckbuild.diagnostic import Code, Diagnostic
from deckbuild.writers.missing import font_for, in_words, unsaid


def said(**files: str) -> list[tuple[str, str, str]]:
    """Return file, message and help for what files miss."""
    found = [finding for name, missing in files.items() for finding in unsaid(f"{name}.pdf", missing)]
    return [(finding.file, finding.message, finding.help) for finding in in_words(found)]


def test_one_file_that_misses_one_character() -> None:
    assert said(cards="漢") == [
        (
            "cards.pdf",
            "no font has 1 character of this file: 漢 (U+6F22)",
            "put the free font Noto Sans CJK into the project's `fonts/`",
        )
    ]


def test_all_files_of_a_deck_are_one_finding_for_each_font() -> None:
    found = said(quiz="ب😀", cards="بج", sheet="ج")
    assert [(file, message) for file, message, _ in found] == [
        ("quiz.pdf", "no font has 1 character of this file: 😀 (U+1F600)"),
        ("cards.pdf", "no font has 2 characters of cards.pdf, quiz.pdf and sheet.pdf: ب ج (U+0628, U+062C)"),
    ]


def test_of_many_characters_the_first_are_shown() -> None:
    ((_, message, _),) = said(cards="".join(map(chr, range(0x5B57, 0x5B57 + 40))))
    assert message.startswith("no font has 40 characters of this file: 字 ")
    assert message.count("U+") == 12


def test_other_findings_are_kept_and_come_first() -> None:
    other = Diagnostic(Code.PRINT_PROBLEM, "other")
    assert next(in_words([*unsaid("a.pdf", "漢"), other])) is other
    assert list(in_words([other])) == [other]


@pytest.mark.parametrize(
    ("character", "font"),
    [
        ("漢", "Noto Sans CJK"),
        ("か", "Noto Sans CJK"),
        ("한", "Noto Sans CJK"),
        ("ب", "Noto Sans Arabic"),
        ("ग", "Noto Sans Devanagari"),
        ("😀", "Noto Emoji"),
        ("🜁", "Noto Emoji"),
        ("⛴", "Noto Sans Symbols 2"),
    ],
)
def test_a_font_is_known_for_every_script(character: str, font: str) -> None:
    assert font_for(character) == font


def test_punctuation_goes_with_the_script_around_it() -> None:
    assert font_for("،", {"Arab"}) == "Noto Sans Arabic"


@pytest.mark.parametrize(
    ("character", "font"), [("،", "Noto Sans Arabic"), ("।", "Noto Sans Devanagari"), ("、", "Noto Sans CJK")]
)
def test_punctuation_alone_goes_with_a_script_it_belongs_to(character: str, font: str) -> None:
    assert font_for(character) == font
