"""One learner's collection, driven by steps in JSON: run inside the environment of a version of Anki.

Reads a list of steps from standard input and writes the list of their results. Needs nothing but `anki`.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportCsvRequest
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition

Result = Any


class Steps:
    """What a learner can do, one method a step."""

    def __init__(self, folder: str) -> None:
        self.col: Any = Collection(str(Path(folder) / "collection.anki2"))

    def package(self, path: str) -> Result:
        """Import a package with Anki's default options."""
        request = ImportAnkiPackageRequest(package_path=path, options=ImportAnkiPackageOptions())
        return self._log(self.col.import_anki_package(request).log)

    def package_always(self, path: str) -> Result:
        """Import a package with “Update notes: Always”."""
        return self._package(path, "ALWAYS")

    def package_never(self, path: str) -> Result:
        """Import a package with “Update notes: Never”."""
        return self._package(path, "NEVER")

    def media(self) -> Result:
        """Return the names of the pictures in the collection."""
        return sorted(path.name for path in Path(self.col.media.dir()).glob("*.svg"))

    def text(self, path: str) -> Result:
        """Import a text with the options that its headers say."""
        metadata = self.col.get_csv_metadata(path, None)
        request = ImportCsvRequest(path=path, metadata=metadata)
        return self._log(self.col.import_csv(request).log)

    def study(self, count: int) -> Result:
        """Answer the first new cards, give each an interval of its own, and suspend the last."""
        queued = self._queue(count)
        ids = [queued_card.card.id for queued_card in queued]
        for number, card_id in enumerate(ids, 10):
            card = self.col.get_card(card_id)
            card.start_timer()
            self.col.sched.answerCard(card, 4)
            self.col.sched.set_due_date([card_id], f"{number}!")
        self.col.sched.suspend_cards(ids[-1:])
        return [self.col.get_card(card_id).note().guid for card_id in ids]

    def study_all(self) -> Result:
        """Give every card an interval of its own."""
        ids = sorted(self.col.find_cards(""), key=lambda i: (self.col.get_card(i).note().guid, i))
        for number, card_id in enumerate(ids, 10):
            self.col.sched.set_due_date([card_id], f"{number}!")
        self.col.sched.suspend_cards(ids[-1:])
        return len(ids)

    def cards(self) -> Result:
        """Return what is known of every card, by GUID and ordinal."""
        cards = (self.col.get_card(card_id) for card_id in self.col.find_cards(""))
        return {
            f"{card.note().guid} {card.ord}": [
                card.type,
                card.queue,
                card.ivl,
                card.due,
                card.factor,
                card.reps,
            ]
            for card in cards
            if card.type != 0
        }

    def parts(self, guid: str) -> Result:
        """Return the interval of each card of a note, by what it asks for."""
        note = self._note(guid)
        return {card.ord: card.ivl for card in note.cards()}

    def fields(self, guid: str) -> Result:
        """Return fields and tags of a note."""
        note = self._note(guid)
        return {"fields": dict(note.items()), "tags": sorted(note.tags)}

    def mark(self, guid: str, mine: str, *tags: str) -> Result:
        """Tag a note and write into My notes, as a learner does while reviewing."""
        note = self._note(guid)
        note.tags = sorted({*note.tags, *tags})
        if mine:
            note["My notes"] = mine
        time.sleep(1.1)  # Anki's times are whole seconds, and this one has to be later than the import
        self.col.update_note(note)
        return None

    def fail(self, guid: str) -> Result:
        """Fail a card of a note until Anki calls it a leech."""
        card = self._note(guid).cards()[0]
        card.lapses, card.type, card.queue, card.ivl, card.due = 7, 2, 2, 30, self.col.sched.today
        self.col.update_card(card)
        card = self.col.get_card(card.id)
        card.start_timer()
        self.col.sched.answerCard(card, 1)
        return sorted(self._note(guid).tags)

    def delete(self, guid: str) -> Result:
        """Delete a note."""
        self.col.remove_notes([self._note(guid).id])
        return None

    def add(self, guid: str, front: str) -> Result:
        """Add a note of Anki's own basic type, as another deck would bring it, and review it."""
        note = self.col.new_note(self.col.models.by_name("Basic"))
        note["Front"], note["Back"] = front, "Because."
        self.col.add_note(note, self.col.decks.id("Mine"))
        note.guid = guid
        self.col.update_note(note)
        self.col.sched.set_due_date([note.cards()[0].id], "33!")
        return None

    def package_presets(self, path: str) -> Result:
        """Import a package with *Import any deck presets* ticked."""
        options = ImportAnkiPackageOptions(with_deck_configs=True)
        return self._log(
            self.col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
        )

    def preset(self, deck: str) -> Result:
        """Return what a deck's options say of new cards, siblings and FSRS."""
        found = self.col.decks.config_dict_for_deck_id(self.col.decks.id(deck))
        new = found["new"]
        order = found["newGatherPriority"], found["newSortOrder"]
        return [found["name"], new["perDay"], new["bury"], *order, round(found["desiredRetention"], 3)]

    def export(self, path: str) -> Result:
        """Export all notes as text, as *Notes in Plain Text* does with everything ticked."""
        return self.col.export_note_csv(
            out_path=path,
            limit=None,
            with_html=True,
            with_tags=True,
            with_deck=True,
            with_notetype=True,
            with_guid=True,
        )

    def convert(self, guid: str, name: str) -> Result:
        """Change the type of a note, as Browse → Change Note Type does."""
        new = self.col.models.by_name(name)
        old = self._note(guid).note_type()
        info = self.col.models.change_notetype_info(old_notetype_id=old["id"], new_notetype_id=new["id"])
        request = info.input
        request.note_ids.extend([self._note(guid).id])
        self.col.models.change_notetype_of_notes(request)
        return None

    def generated(self) -> Result:
        """Return, by GUID, all sets of cards that Anki makes of a note, whatever other fields say.

        The note as it is, and with each field that makes no cards empty and full.
        """
        making = {"Text", "Steps", "Occlusion", "Reverse"}
        found = {}
        for note_id in self.col.find_notes(""):
            note = self.col.get_note(note_id)
            variants = [list(note.fields)]
            for place, name in enumerate(note.keys()):
                values = () if name in making else ("", "something")
                variants += ([*note.fields[:place], value, *note.fields[place + 1 :]] for value in values)
            sets = {tuple(self._cards_of(note.note_type(), fields)) for fields in variants}
            found[note.guid] = sorted(map(list, sets))
        return found

    def find(self, search: str) -> Result:
        """Return the GUIDs of the notes that a search finds."""
        return sorted(self.col.get_note(note).guid for note in self.col.find_notes(search))

    def queue(self, count: int) -> Result:
        """Return the GUIDs of the next new cards, in the order Anki shows them."""
        return [self.col.get_card(queued.card.id).note().guid for queued in self._queue(count)]

    def note_types(self) -> Result:
        """Return templates and style of all note types that are not Anki's own, by name."""
        self.col.models._clear_cache()  # Python's side remembers what an import has changed since
        ours = (m for m in self.col.models.all() if m["name"].startswith("deckbuild"))
        return {m["name"]: m["css"] + "".join(t["qfmt"] + t["afmt"] for t in m["tmpls"]) for m in ours}

    def decks(self) -> Result:
        """Return the names of all decks with cards."""
        names = self.col.decks.all_names_and_ids(skip_empty_default=True)
        return sorted(
            deck.name for deck in names if self.col.decks.card_count(deck.id, include_subdecks=False)
        )

    def complaints(self) -> Result:
        """Return what Anki's own checks find, and how many cards are empty."""
        report, _ = self.col.fix_integrity()
        missing = self.col.media.check().missing
        # What it does for its own sake: of cards that were given a due date it notes a last review.
        harmless = ("rebuilt", "last review time")
        lines = [line for line in report.splitlines() if not any(words in line for words in harmless)]
        empty = sum(len(note.card_ids) for note in self.col.get_empty_cards().notes)
        return {"database": lines, "missing": list(missing), "empty": empty}

    def _package(self, path: str, update: str) -> Result:
        condition = ImportAnkiPackageUpdateCondition.Value(f"IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_{update}")
        options = ImportAnkiPackageOptions(update_notes=condition)
        request = ImportAnkiPackageRequest(package_path=path, options=options)
        return self._log(self.col.import_anki_package(request).log)

    def _queue(self, count: int) -> Any:
        [deck] = self.decks()
        self.col.decks.select(self.col.decks.id(deck))
        return self.col.sched.get_queued_cards(fetch_limit=count).cards

    def _cards_of(self, note_type: Any, fields: list[str]) -> list[int]:
        """Return the ordinals of the cards that Anki makes of such a note."""
        copy = self.col.new_note(note_type)
        copy.fields = fields
        self.col.add_note(copy, self.col.decks.id("Copies"))
        ordinals = [card.ord for card in copy.cards()]
        self.col.remove_notes([copy.id])
        return ordinals

    def _note(self, guid: str) -> Any:
        [found] = self.col.db.list("select id from notes where guid = ?", guid)
        return self.col.get_note(found)

    def _log(self, log: Any) -> dict[str, int]:
        parts = ("new", "updated", "duplicate", "conflicting")
        return {part: len(getattr(log, part)) for part in parts if len(getattr(log, part))}


def main() -> None:
    """Run the steps of standard input; what Anki itself prints goes where it does no harm."""
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with folder as path, contextlib.redirect_stdout(sys.stderr):
        steps = Steps(path)
        results = [getattr(steps, name)(*arguments) for name, *arguments in json.load(sys.stdin)]
        steps.col.close()
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
