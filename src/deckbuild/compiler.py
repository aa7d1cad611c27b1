"""From source texts to checked decks: read, check, fetch media, look up what was published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckbuild.check import check_deck
from deckbuild.diagnostic import Code, Diagnostic, Label, error, has_errors
from deckbuild.formats.read import read_deck
from deckbuild.ledger import Ledger, first_ledger
from deckbuild.references import media_of
from deckbuild.selection import published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from deckbuild.media import Media
    from deckbuild.model import Deck
    from deckbuild.project import DeckFiles, Project


@dataclass(frozen=True, slots=True)
class Compiled:
    """A deck without errors, drafts taken out, with all that targets need to know of it."""

    deck: Deck
    media: Mapping[str, Media] = field(repr=False)
    ledger: Ledger = field(repr=False)


def compile_decks(project: Project) -> tuple[tuple[Compiled, ...], tuple[Diagnostic, ...]]:
    """Return the decks of a project that have no errors, and everything noticed in all of them."""
    compiled: list[Compiled] = []
    found: list[Diagnostic] = []
    by_id: dict[str, Deck] = {}
    for files in project.decks:
        deck, problems = _compile(project, files)
        found += problems
        if deck is None:
            continue
        earlier = by_id.setdefault(deck.deck.id, deck.deck)
        if earlier is not deck.deck:
            found.append(_same_id(earlier, deck.deck))
        elif not has_errors(problems):
            compiled.append(deck)
    return tuple(compiled), tuple(found)


def _compile(project: Project, files: DeckFiles) -> tuple[Compiled | None, Iterable[Diagnostic]]:
    deck, problems = read_deck(files.stem, files.head, files.parts, lang=project.config.lang)
    if deck is None:
        return None, problems
    media, missing = project.load_media(media_of(deck))
    deck_problems = (*problems, *check_deck(deck), *missing)
    whole = published(deck)
    return Compiled(whole, media, first_ledger(project.config.namespace, whole)), deck_problems


def _same_id(first: Deck, second: Deck) -> Diagnostic:
    return error(
        Code.DUPLICATE_ID,
        f"two decks have the id `{second.id}`",
        Label(second.at.span(0, 1), "the second"),
        Label(first.at.span(0, 1), "the first"),
        help="give one of them an `id` of its own",
    )
