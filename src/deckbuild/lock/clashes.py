"""GUIDs that cannot be: two notes with one, or another one than learners have."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Label, error
from deckbuild.ledger import written_guid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.lock.entries import NoteEntry
    from deckbuild.lock.index import Index
    from deckbuild.lock.publish import PublishedDeck, PublishedItem


def check_guids(index: Index, decks: Iterable[PublishedDeck]) -> tuple[list[Diagnostic], frozenset[str]]:
    """Return an error for every clash, and the ids of the decks that have one."""
    known: dict[str, NoteEntry] = {note.guid: note for note in index.lock.notes}
    by_guid: dict[str, list[tuple[str, PublishedItem]]] = defaultdict(list)
    found: list[tuple[Diagnostic, str]] = []
    for deck in decks:
        for question in deck.questions:
            for item in question.items.values():
                by_guid[item.note.guid].append((deck.offer.deck.id, item))
                found += [(problem, deck.offer.deck.id) for problem in _check_known(item, known)]
    for same in by_guid.values():
        for deck_id, item in same[1:]:
            found += [(_same(same[0][1], item), deck_id), (_same(same[0][1], item), same[0][0])]
    return [problem for problem, _ in dict.fromkeys(found)], frozenset(deck_id for _, deck_id in found)


def _check_known(item: PublishedItem, known: dict[str, NoteEntry]) -> Iterable[Diagnostic]:
    written = written_guid(item.item)
    note = item.note
    other = known.get(note.guid)
    if written and note.guid != written:
        yield error(
            Code.IDENTITY_CLASH,
            f"`guid: {written}`, but learners have this under `{note.guid}`",
            item.item.span,
            help=f"write `guid: {note.guid}`; or give it an `id` that it never had, and it is a new note",
        )
    elif other and other.key != note.key:
        yield error(
            Code.IDENTITY_CLASH,
            f"the GUID `{note.guid}` is that of `{other.key}`, a {other.kind}",
            item.item.span,
            help="Anki updates a note of that kind only: take the `guid` off, and it is a new note",
        )


def _same(first: PublishedItem, second: PublishedItem) -> Diagnostic:
    return error(
        Code.IDENTITY_CLASH,
        f"two notes have the GUID `{second.note.guid}`",
        Label(second.item.span, "the second"),
        Label(first.item.span, "the first"),
        help="Anki would update one of them only: take the `guid` off one",
    )
