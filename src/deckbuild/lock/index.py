"""Looking things up in a lock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.lock.entries import DeckEntry, Lock, NoteEntry, QuestionEntry


@dataclass(frozen=True)
class Index:
    """A lock with what it says by key, by name and by GUID."""

    lock: Lock

    @cached_property
    def notes(self) -> Mapping[str, tuple[NoteEntry, ...]]:
        """The notes of each question, by its key."""
        found: dict[str, list[NoteEntry]] = defaultdict(list)
        for note in self.lock.notes:
            found[note.question].append(note)
        return {key: tuple(notes) for key, notes in found.items()}

    @cached_property
    def living(self) -> Mapping[str, QuestionEntry]:
        """The questions that are not retired, by key."""
        keys = {note.question for note in self.lock.notes if not note.retired}
        return {question.key: question for question in self.lock.questions if question.key in keys}

    @cached_property
    def _living_last(self) -> tuple[QuestionEntry, ...]:
        return tuple(sorted(self.lock.questions, key=lambda question: question.key in self.living))

    @cached_property
    def _by_key(self) -> Mapping[str, QuestionEntry]:
        return {question.key: question for question in self.lock.questions}

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], QuestionEntry]:
        return {(question.deck, question.id): question for question in self._living_last}

    @cached_property
    def _by_made(self) -> Mapping[tuple[str, str], QuestionEntry]:
        return {(q.deck, name): q for q in self._living_last for name in q.made}

    @cached_property
    def _by_guid(self) -> Mapping[str, NoteEntry]:
        return {note.guid: note for note in self.lock.notes}

    def named(self, deck: str, name: str) -> QuestionEntry | None:
        """Return the question of a deck, given by its key, that has an id now or had it at first."""
        return self._by_name.get((deck, name)) or self._by_key.get(f"{deck}/{name}")

    def once_named(self, deck: str, name: str) -> QuestionEntry | None:
        """Return the question of a deck that had an id at first, or has it now."""
        return self._by_key.get(f"{deck}/{name}") or self._by_name.get((deck, name))

    def made(self, deck: str, name: str) -> QuestionEntry | None:
        """Return the question of a deck whose prompt gave an id when it was published last."""
        return self._by_made.get((deck, name))

    def with_guid(self, guid: str) -> QuestionEntry | None:
        """Return the question that a note belongs to."""
        note = self._by_guid.get(guid)
        return self._by_key.get(note.question) if note else None

    def deck(self, name: str) -> DeckEntry | None:
        """Return the deck that has an id now or had it at first."""
        decks = self.lock.decks
        return next((d for d in decks if d.id == name), next((d for d in decks if d.key == name), None))
