"""Decks written as YAML and as Markdown read as the same decks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings

from deckbuild.diagnostic import has_errors
from deckbuild.formats.markdown.write import to_markdown
from deckbuild.formats.read import read_deck
from deckbuild.formats.yaml.write import to_yaml
from deckbuild.source import Source
from support.anydeck import decks
from support.editedbank import edited_banks
from support.messages import printed

if TYPE_CHECKING:
    from deckbuild.model import Deck


@given(decks())
def test_yaml_reads_as_the_deck_it_was_written_from(deck: Deck) -> None:
    assert read("decks/any.yaml", to_yaml(deck)) == deck


@given(decks())
def test_markdown_reads_as_the_deck_it_was_written_from(deck: Deck) -> None:
    assert read("decks/any.md", to_markdown(deck)) == deck


@settings(max_examples=200)
@given(edited_banks)
def test_bank_that_was_edited_and_has_no_errors_is_written_without_loss(text: str) -> None:
    deck, diagnostics = read_deck("dl", None, (Source("decks/dl.md", text),))
    if deck is None or has_errors(diagnostics):
        return
    assert read("decks/dl.yaml", to_yaml(deck)) == deck
    assert read("decks/dl.md", to_markdown(deck)) == deck


def read(name: str, text: str) -> Deck | None:
    deck, diagnostics = read_deck("another", None, (Source(name, text),))
    assert printed(found for found in diagnostics if found.severity == 0) == ""
    return deck
