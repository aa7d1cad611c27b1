"""A learner's Anki: the official backend with a collection of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)

if TYPE_CHECKING:
    from pathlib import Path


class Log(NamedTuple):
    """What an import did, in numbers of notes."""

    new: int = 0
    updated: int = 0
    duplicate: int = 0
    """Notes that are there already, unchanged."""
    conflicting: int = 0


class Learner:
    """A learner who imports packages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.col = Collection(str(folder / "collection.anki2"))

    def import_package(self, data: bytes, *, presets: bool = False) -> Log:
        """Import a package with Anki's default options, or with *Import any deck presets* ticked."""
        path = self._folder / "package.apkg"
        path.write_bytes(data)
        options = ImportAnkiPackageOptions(with_deck_configs=presets)
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.col.import_anki_package(request).log
        return Log(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def import_text(self, text: str) -> Log:
        """Import a text with what it says of itself and Anki's default options."""
        path = self._folder / "notes.txt"
        path.write_text(text, "utf-8")
        metadata = self.col.get_csv_metadata(path=str(path), delimiter=None)
        log = self.col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
        return Log(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def preset(self, deck: str) -> Any:
        """Return the options of a deck."""
        found = self.col.decks.id_for_name(deck)
        assert found is not None
        return self.col.decks.config_dict_for_deck_id(found)

    def note(self, guid: str) -> Any:
        """Return the one note that has a GUID."""
        assert self.col.db is not None
        [found] = self.col.db.list("select id from notes where guid = ?", guid)
        return self.col.get_note(found)

    def only_note(self) -> Any:
        """Return the only note there is."""
        [found] = self.col.find_notes("")
        return self.col.get_note(found)

    def cards(self, note: Any) -> tuple[Any, ...]:
        """Return the cards of a note."""
        return tuple(self.col.get_card(card) for card in self.col.card_ids_of_note(note.id))

    def generated(self, note: Any) -> tuple[int, ...]:
        """Return the ordinals of the cards that Anki itself makes for such a note."""
        copy = self.col.new_note(note.note_type())
        copy.fields = list(note.fields)
        deck = self.col.decks.id("Copies")
        assert deck is not None
        self.col.add_note(copy, deck)
        return tuple(card.ord for card in self.cards(copy))

    def complaints(self) -> list[str]:
        """Return what Anki's own checks find: the database, empty cards and media."""
        report, _ = self.col.fix_integrity()
        media = self.col.media.check()
        return [
            *(line for line in report.splitlines() if "rebuilt" not in line),
            *(f"empty: {note.note_id}" for note in self.col.get_empty_cards().notes),
            *(f"missing: {name}" for name in media.missing),
            *(f"unused: {name}" for name in media.unused),
        ]

    def close(self) -> None:
        """Close the collection."""
        self.col.close()
