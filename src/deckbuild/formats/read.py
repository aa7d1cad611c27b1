"""The sources of a deck to the model, each read by the format that its name says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, has_errors
from deckbuild.formats.characters import check_characters
from deckbuild.formats.lower.deck import Part, lower_deck, lower_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.formats.tree import Node
    from deckbuild.model import Deck
    from deckbuild.source import Source, Span

_SYNTAX = {Code.YAML_SYNTAX, Code.YAML_TRAP, Code.YAML_FEATURE}


def read_deck(
    stem: str, head: Source | None, parts: Sequence[Source], *, lang: str = "en"
) -> tuple[Deck | None, tuple[Diagnostic, ...]]:
    """Return the deck of one file, or of a folder's head and section files.

    Args:
        stem: Name of the file or folder, without suffix: the deck's id unless it says otherwise.
        head: The folder's `_deck.yaml`; None for a deck of one file.
        parts: The file, or the section files in order.
        lang: Language of a deck that does not say its own.
    """
    found: list[Diagnostic] = []
    is_folder = head is not None or len(parts) != 1
    read = [_read_part(source, found, is_section=is_folder) for source in parts]
    if is_folder:
        first = _read_part(head, found) if head else None
        deck, problems = lower_folder(first, read, stem, lang=lang)
    else:
        deck, problems = lower_deck(read[0], stem, lang=lang)
    return deck, _without_follow_ons((*found, *problems))


def _without_follow_ons(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return findings without the keys that are missing because their lines could not be read."""
    faults = [d.labels[0].span for d in found if d.code in _SYNTAX and d.labels]
    return tuple(
        d
        for d in found
        if d.code is not Code.MISSING_KEY or not any(_ends_in(d.labels[0].span, fault) for fault in faults)
    )


def _ends_in(place: Span, fault: Span) -> bool:
    """Tell whether the mapping that begins at a place goes on to a fault."""
    column = place.position[1] - 1
    if place.source is not fault.source or not column:
        return place.source is fault.source
    between = place.source.text[place.start : max(place.start, fault.start)]
    return fault.start > place.start and not re.search(rf"\n {{0,{column - 1}}}- ", between)


def read_tree(source: Source, *, is_section: bool = False) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a source to the tree, in the format that its name's ending says.

    Args:
        source: The file.
        is_section: Whether it is a section of a folder deck.
    """
    tree, found = _read(source, is_section=is_section)
    return tree, (*check_characters(source), *found)


def _read(source: Source, *, is_section: bool) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    match source.name.rpartition(".")[2].lower():
        case "md":
            from deckbuild.formats.markdown.read import read_markdown

            return read_markdown(source, is_section=is_section)
        case "csv" | "tsv" | "txt":
            from deckbuild.formats.table.read import read_table

            return read_table(source)
        case _:
            from deckbuild.formats.yaml.read import read_yaml

            return read_yaml(source)


def _read_part(source: Source, found: list[Diagnostic], *, is_section: bool = False) -> Part:
    tree, problems = read_tree(source, is_section=is_section)
    found += problems
    return Part(source, tree, partial=has_errors(problems))
