"""A deck as a text of another format, read back to be sure that it says the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.formats.markdown.write import section_to_markdown, to_markdown
from deckbuild.formats.read import read_deck
from deckbuild.formats.write_values import head_values
from deckbuild.formats.yaml.write import render, section_to_yaml, to_yaml
from deckbuild.references import media_of
from deckbuild.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.model import Deck

Form = Literal["yaml", "markdown"]
SUFFIX: dict[Form, str] = {"yaml": ".yaml", "markdown": ".md"}
_TITLE: dict[Form, str] = {"yaml": "YAML", "markdown": "Markdown"}


def convert_deck(deck: Deck, form: Form, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return a deck as the text of a file of that name, and what would be wrong with it."""
    text = to_yaml(deck) if form == "yaml" else to_markdown(deck)
    read, _ = read_deck("", None, (Source(name, text),))
    return text, tuple(_losses(deck, read, form, name))


def convert_section(deck: Deck, form: Form, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the only section of a deck as the text of a file of a folder deck, and what would be wrong."""
    (section,) = deck.sections
    text = section_to_yaml(section) if form == "yaml" else section_to_markdown(section)
    source = Source(name, text)
    head = Source(f"{source.folder}/_deck.yaml", render(head_values(deck)))
    read, _ = read_deck("", head, (source,))
    return text, tuple(_losses(deck, read, form, name))


def _losses(deck: Deck, read: Deck | None, form: Form, name: str) -> Iterator[Diagnostic]:
    folder = Source(name, "").folder
    elsewhere = [span for span in media_of(deck).values() if span.source.folder != folder]
    if elsewhere:
        message = f"pictures are looked for from the folder of their file, and `{name}` is in another"
        help_text = f"write it into `{elsewhere[0].source.folder}/`"
        yield error(Code.NOT_CONVERTIBLE, message, elsewhere[0], help=help_text)
    elif read != deck:
        yield from _first_loss(deck, read, form)


def _first_loss(deck: Deck, read: Deck | None, form: Form) -> Iterator[Diagnostic]:
    """Yield an error at the first question that does not read the same; it may hide later ones."""
    found = [question for _, question in read.questions()] if read else []
    pairs = zip_longest((question for _, question in deck.questions()), found)
    changed = next((question for question, again in pairs if question and question != again), None)
    what = f"`{changed.id}`" if changed else "what stands above the questions"
    span = changed.ask.origin.span() if changed else deck.at.span()
    message = f"{what} would not read the same as {_TITLE[form]}"
    help_text = "look for code or a comment that is never closed, or `-->` in an attribute of several lines"
    yield error(Code.NOT_CONVERTIBLE, message, span, help=help_text)


def only(deck: Deck, name: str) -> Deck | None:
    """Return a folder deck with the section alone that a file is; None if it is none of its files."""
    sections = tuple(section for section in deck.sections if section.at.span().source.name == name)
    return replace(deck, sections=sections) if sections else None
