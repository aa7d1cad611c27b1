"""What convert refuses: a text that would not read the same, pictures that would not be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.formats.convert import convert_deck, convert_section, only
from deckbuild.formats.read import read_deck
from deckbuild.source import Source
from support.messages import printed

if TYPE_CHECKING:
    from deckbuild.model import Deck


def test_code_that_never_ends_would_swallow_what_follows() -> None:
    deck = read(
        "questions:\n  - {id: fine, ask: a, answer: b}\n"
        "  - ask: c\n    answer: |\n      ```\n      d\n    hint: e\n"
    )
    _, problems = convert_deck(deck, "markdown", "decks/dl.md")
    assert printed(problems) == (
        "3:10 not-convertible `c` would not read the same as Markdown\n"
        "  help: look for code or a comment that is never closed, or `-->` in an attribute of several lines"
    )
    assert convert_deck(deck, "yaml", "decks/other.yaml")[1] == ()


def test_pictures_would_not_be_found_from_another_folder() -> None:
    deck = read("questions:\n  - {ask: a, answer: '![x](media/x.svg)'}\n")
    assert convert_deck(deck, "markdown", "decks/dl.md")[1] == ()
    _, problems = convert_deck(deck, "markdown", "other/dl.md")
    assert printed(problems) == (
        "2:23 not-convertible pictures are looked for from the folder of their file, "
        "and `other/dl.md` is in another\n"
        "  help: write it into `decks/`"
    )


def test_section_of_a_folder_deck_is_converted_alone() -> None:
    parts = tuple(
        Source(f"decks/dl/{n}.yaml", f"questions: [{{ask: {n}, answer: b}}]") for n in ("one", "two")
    )
    deck, _ = read_deck("dl", Source("decks/dl/_deck.yaml", "title: DL\ntags: [dl]"), parts)
    assert deck is not None
    chosen = only(deck, "decks/dl/two.yaml")
    assert chosen is not None
    text, problems = convert_section(chosen, "markdown", "decks/dl/two.md")
    assert (text, problems) == ("---\nid: two\ntitle: Two\n---\n\n## two\n\nb\n", ())


def read(text: str) -> Deck:
    deck, diagnostics = read_deck("dl", None, (Source("decks/dl.yaml", text),))
    assert printed(found for found in diagnostics if found.severity == 0) == ""
    assert deck is not None
    return deck
