"""Rules about what the settings name: the decks, sections and tags must be there."""

from __future__ import annotations

from dataclasses import fields
from difflib import get_close_matches
from typing import TYPE_CHECKING

from deckbuild.config import Selection
from deckbuild.diagnostic import Code, Diagnostic, warning
from deckbuild.selection import select, values_of
from deckbuild.settings import place_of, value_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from deckbuild.config import Config, Edition
    from deckbuild.model import Deck
    from deckbuild.source import Source, Span

_SHOWN = 8
"""So many names are listed where none is near."""


def check_settings(
    source: Source, config: Config, decks: Sequence[Deck], broken: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield a warning for each name that nothing has.

    Args:
        source: The settings as text.
        config: The settings.
        decks: The decks that were read without an error.
        broken: Ids and file names of the others: what they hold is not known, so it is not missed.
    """
    known = {deck.id for deck in decks} | {*broken}
    # Where the settings have mistakes, what looks like a deck may be one of them.
    for name in config.deck if config.is_whole else ():
        if name not in known:
            place = place_of(source, ("deck", name))
            yield _unknown(f"there is no deck `{name}`", place, name, known)
    for number, edition in enumerate(config.editions):
        path = (f"edition#{number}",)
        for name in edition.decks:
            if name not in known:
                place = value_of(source, (*path, "decks"), name)
                yield _unknown(f"there is no deck `{name}`", place, name, known)
        if not broken:
            yield from _check_selection(source, edition, path, _decks_of(edition, decks))


def _decks_of(edition: Edition, decks: Sequence[Deck]) -> list[Deck]:
    return [deck for deck in decks if not edition.decks or deck.id in edition.decks]


def _check_selection(
    source: Source, edition: Edition, path: tuple[str, ...], decks: Sequence[Deck]
) -> Iterator[Diagnostic]:
    """Yield a warning for each value that no question has; for all together, if they meet in none."""
    if not decks:
        return
    is_sound = True
    for field in fields(Selection):
        known = {value for deck in decks for value in values_of(deck)[field.name]}
        for value in getattr(edition.selection, field.name):
            if value not in known:
                is_sound = False
                place = value_of(source, (*path, field.name), value)
                yield _unknown(f"no question has the {field.name} `{value}`", place, value, known)
    if is_sound and not any(select(deck, edition.selection).sections for deck in decks):
        message = f"the edition `{edition.name}` has no question: none has all that it asks for"
        help_text = "values of one key mean or, different keys mean and"
        yield warning(Code.SELECTION_EMPTY, message, value_of(source, (*path, "name")), help=help_text)


def _unknown(message: str, place: Span, name: str, known: Collection[str]) -> Diagnostic:
    near = get_close_matches(name, sorted(known), 1)
    listed = ", ".join(f"`{value}`" for value in sorted(known)[:_SHOWN]) + ", …" * (len(known) > _SHOWN)
    help_text = f"did you mean `{near[0]}`?" if near else f"there is {listed}" if known else ""
    return warning(Code.UNKNOWN_REFERENCE, message, place, help=help_text)
