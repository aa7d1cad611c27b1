"""A deck in a language that there are no words for: said once, with what to write."""

from __future__ import annotations

import pytest

from deckbuild.check.languages import check_languages
from deckbuild.diagnostic import Severity
from deckbuild.strings import has_words
from support.decks import deck, question

WORDS = {"en": {"common.question": "Question"}, "de": {"common.question": "Frage"}}


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", True), ("en-GB", True), ("de", True), ("de-AT", True), ("ja", False)]
)
def test_a_variant_has_the_words_of_its_language(lang: str, expected: bool) -> None:
    assert has_words(lang, WORDS) is expected


def test_a_language_without_words_is_reported_once() -> None:
    decks = [deck(question("q"), id=f"{lang}-{n}", lang=lang) for n in (1, 2) for lang in ("en", "ja", "ar")]
    found = list(check_languages(decks, WORDS))
    assert [(d.severity, d.message.partition(":")[0]) for d in found] == [
        (Severity.WARNING, "there are no words in `ja`"),
        (Severity.WARNING, "there are no words in `ar`"),
    ]
    assert found[0].help.startswith("write `strings/ja.toml`: ")
