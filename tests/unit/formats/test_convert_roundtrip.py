"""Decks written as YAML and as Markdown read as the same decks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from deckbuild.formats.read import read_deck
from deckbuild.formats.write_markdown import to_markdown
from deckbuild.formats.write_yaml import to_yaml
from deckbuild.source import Source
from support.anydeck import decks
from support.messages import printed

if TYPE_CHECKING:
    from deckbuild.model import Deck


@given(decks())
def test_yaml_reads_as_the_deck_it_was_written_from(deck: Deck) -> None:
    assert read("decks/any.yaml", to_yaml(deck)) == deck


@given(decks())
def test_markdown_reads_as_the_deck_it_was_written_from(deck: Deck) -> None:
    assert read("decks/any.md", to_markdown(deck)) == deck


def read(name: str, text: str) -> Deck | None:
    deck, diagnostics = read_deck("another", None, (Source(name, text),))
    assert printed(found for found in diagnostics if found.severity == 0) == ""
    return deck
