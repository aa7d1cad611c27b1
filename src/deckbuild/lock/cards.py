"""Recognizing cards: those of a question among the notes that the lock knows of it.

A note never changes its kind: Anki does not update a note whose type is another one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, warning
from deckbuild.ledger import parts_of
from deckbuild.lock.content import FRAME, PROMPTS, own_digests
from deckbuild.lock.parts import shortened
from deckbuild.model import Question
from deckbuild.plain import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.lock.content import Sight
    from deckbuild.lock.entries import NoteEntry
    from deckbuild.plain import LearningItem

Cards = dict[str, "NoteEntry"]
"""The entry of each card that has one, by its id within the question."""


@dataclass
class _Matcher:
    """The cards of one question, and the notes that are not given to one of them yet."""

    items: Sequence[LearningItem]
    left: dict[str, NoteEntry]
    sight: Sight
    found: Cards = field(default_factory=dict)
    guesses: list[Diagnostic] = field(default_factory=list)

    def take(self, fits: Callable[[LearningItem, NoteEntry], bool]) -> None:
        """Give every card the first note of its kind that fits."""
        for item in self.new():
            note = next((n for n in self.left.values() if n.kind == item.kind and fits(item, n)), None)
            if note:
                self.found[item.id] = self.left.pop(note.key)

    def guess(self, fits: Callable[[LearningItem, NoteEntry], bool]) -> None:
        """Give cards the notes that fit them alone, where one of the two had no written id."""
        pairs = [
            (item, note)
            for item in self.new()
            for note in self.left.values()
            if note.kind == item.kind and not note.retired
            if (note.made or not is_written(item)) and fits(item, note)
        ]
        by_item = Counter(item.id for item, _ in pairs)
        by_note = Counter(note.key for _, note in pairs)
        for item, note in pairs:
            if by_item[item.id] == by_note[note.key] == 1:
                self.found[item.id] = self.left.pop(note.key)
                self.guesses.append(_guess(item, note))

    def new(self) -> list[LearningItem]:
        """Return the cards that have no note yet."""
        return [item for item in self.items if item.id not in self.found]

    def own(self, item: LearningItem) -> Mapping[str, str]:
        """Return the digests of what is a card's own."""
        return own_digests(item, self.sight)


def match_cards(
    items: Sequence[LearningItem], notes: Sequence[NoteEntry], sight: Sight
) -> tuple[Cards, tuple[Diagnostic, ...]]:
    """Return which note each card of a question carries on, and what was guessed."""
    matcher = _Matcher(items, {note.key: note for note in notes}, sight)
    matcher.take(lambda item, note: note.id == item.id and (is_written(item) or not note.made))
    matcher.take(lambda item, note: item.id in note.made)
    matcher.take(lambda item, note: note.id == item.id)
    if matcher.new() and matcher.left:
        matcher.guess(lambda item, note: _rest(matcher.own(item), item) == _rest_of(note) != ())
        matcher.guess(lambda item, note: _prompt(matcher.own(item)) == _prompt(note.digests))
        _guess_the_only_one(matcher)
    return matcher.found, tuple(matcher.guesses)


def _guess_the_only_one(matcher: _Matcher) -> None:
    """Take a cloze for the one that it replaces, if nothing else in the question changed.

    A cloze is nothing but its prompt, so what surrounds it must stand for all else.
    """
    living = [note for note in matcher.left.values() if not note.retired]
    unchanged = all(
        matcher.own(item) == _own(matcher.found[item.id])
        for item in matcher.items
        if item.id in matcher.found
    )
    if unchanged and len(matcher.new()) == len(living) == 1:
        matcher.guess(lambda item, _: item.kind is Kind.CLOZE)


def _rest(own: Mapping[str, str], item: LearningItem) -> tuple[str, ...]:
    """Return all of a card but its prompt; of a cloze, what its gaps hide."""
    words = tuple(map(shortened, parts_of(item))) if item.kind is Kind.CLOZE else ()
    return (*(digest for name, digest in own.items() if name not in PROMPTS), *words)


def _rest_of(note: NoteEntry) -> tuple[str, ...]:
    words = tuple(p.words for p in note.parts if not p.gone) if note.kind == Kind.CLOZE else ()
    return (*(digest for name, digest in _own(note).items() if name not in PROMPTS), *words)


def _own(note: NoteEntry) -> dict[str, str]:
    return {name: digest for name, digest in note.digests.items() if name not in FRAME}


def _prompt(digests: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(digest for name, digest in digests.items() if name in PROMPTS)


def is_written(item: LearningItem) -> bool:
    """Tell whether the author wrote its id; a main card needs none."""
    return isinstance(item.body, Question) or item.body.written


def _guess(item: LearningItem, note: NoteEntry) -> Diagnostic:
    return warning(
        Code.IDENTITY_GUESS,
        f"this {item.kind} is taken for `{note.id}` of the same question, edited",
        item.span,
        help=f"write `id: {note.id}` if it is, or another `id` if it is a new card",
    )
