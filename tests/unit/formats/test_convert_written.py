"""How written decks look: `fixtures/convert.yaml` and `fixtures/convert.md` are one deck in both formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckbuild.formats.markdown.write import section_to_markdown, to_markdown
from deckbuild.formats.read import read_deck
from deckbuild.formats.yaml.write import section_to_yaml, to_yaml
from deckbuild.source import Source
from support.messages import printed

if TYPE_CHECKING:
    from deckbuild.model import Deck

FIXTURES = Path(__file__).parent / "fixtures"
TEXTS = {suffix: (FIXTURES / f"convert.{suffix}").read_text(encoding="utf-8") for suffix in ("yaml", "md")}


@pytest.mark.parametrize("suffix", TEXTS)
def test_deck_is_written_as_yaml(suffix: str) -> None:
    assert to_yaml(read(suffix)) == TEXTS["yaml"]


@pytest.mark.parametrize("suffix", TEXTS)
def test_deck_is_written_as_markdown(suffix: str) -> None:
    assert to_markdown(read(suffix)) == TEXTS["md"]


def test_section_is_written_with_its_own_keys_on_top() -> None:
    section = read("yaml").sections[1]
    assert section_to_yaml(section) == (
        "id: research\ntitle: 'Research: C#'\nquestions:\n  - ask: Not named\n    answer: ok\n"
    )
    assert section_to_markdown(section) == (
        "---\nid: research\ntitle: 'Research: C#'\n---\n\n## Not named\n\nok\n"
    )


def test_deck_without_sections_has_questions_on_top() -> None:
    deck, _ = read_deck("dl", None, (Source("decks/dl.yaml", "questions: [{ask: Why?, answer: Because}]"),))
    assert deck is not None
    head = "id: dl\ntitle: Dl\nlang: en\n"
    assert to_yaml(deck) == f"{head}questions:\n  - ask: Why?\n    answer: Because\n"
    assert to_markdown(deck) == f"---\n{head}---\n\n## Why?\n\nBecause\n"


def test_pictures_are_written_from_the_folder_of_their_file() -> None:
    text = "questions: [{ask: a, answer: b, figure: {image: ../shared/x.svg, alt: x}}]"
    deck, _ = read_deck("dl", None, (Source("decks/sub/dl.yaml", text),))
    assert deck is not None
    assert "image: '../shared/x.svg'" in to_yaml(deck)
    assert "![x](../shared/x.svg)" in to_markdown(deck)


def read(suffix: str) -> Deck:
    deck, diagnostics = read_deck("dl", None, (Source(f"decks/dl.{suffix}", TEXTS[suffix]),))
    assert printed(diagnostics) == ""
    assert deck is not None
    return deck
