"""Merging: what holds where two branches wrote lines of the same key, number, ordinal or GUID.

For equal keys the later time wins; whether its digest fits what is published now is for the plan to see.
For equal numbers and ordinals the entry published first keeps it, and the other gets a new one. The
order of the lines does not matter, and no GUID is lost.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from deckbuild.lock.entries import (
    DeckEntry,
    Entry,
    KindEntry,
    LearnedPart,
    Lock,
    NoteEntry,
    QuestionEntry,
    SectionEntry,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

_E = TypeVar("_E", KindEntry, DeckEntry, SectionEntry, QuestionEntry, NoteEntry)


def merged(namespace: str | None, entries: Iterable[Entry]) -> Lock:
    """Return the lock that entries make up, in whatever order and however often they come."""
    listed = tuple(entries)
    questions = [entry for entry in listed if isinstance(entry, QuestionEntry)]
    notes = _by_guid(_split_by_guid(e for e in listed if isinstance(e, NoteEntry)))
    return Lock(
        namespace,
        _by_key((e for e in listed if isinstance(e, KindEntry)), _latest),
        _by_key((e for e in listed if isinstance(e, DeckEntry)), _latest),
        _numbered_sections(_by_key((e for e in listed if isinstance(e, SectionEntry)), _section)),
        _numbered_questions(_by_key([*questions, *_missing(questions, notes)], _question)),
        notes,
    )


def unused(name: str, used: Container[str], mark: str = "~") -> str:
    """Return the name, or if it is used the first of `name~2`, `name~3` … that is not."""
    number, found = 1, name
    while found in used:
        number += 1
        found = f"{name}{mark}{number}"
    return found


def _by_key(entries: Iterable[_E], fold: Callable[[Sequence[_E]], _E]) -> tuple[_E, ...]:
    """Return one entry a key; `fold` gets those of one key, the one that wins last."""
    groups: dict[str, list[_E]] = defaultdict(list)
    for entry in entries:
        groups[entry.key].append(entry)
    return tuple(
        same[0] if len(same) == 1 else fold(sorted(same, key=_rank)) for _, same in sorted(groups.items())
    )


def _rank(entry: Entry) -> tuple[int, str]:
    return entry.time, repr(entry)


def _latest(same: Sequence[_E]) -> _E:
    return same[-1]


def _section(same: Sequence[SectionEntry]) -> SectionEntry:
    first = min(same, key=lambda entry: entry.since)
    winner = same[-1]
    number = first.number if first.since < winner.since else winner.number
    return replace(winner, since=first.since, number=number)


def _question(same: Sequence[QuestionEntry]) -> QuestionEntry:
    """Keep every id that a prompt gave: which of them the merged source has is not known yet."""
    winner = same[-1]
    first = min(same, key=lambda entry: (entry.since, -entry.time, repr(entry)))
    keeper = first if first.since < winner.since else winner
    lost = (
        f"{e.deck}/{e.number}"
        for e in same
        if e.since > keeper.since and e.number and (e.deck, e.number) != (keeper.deck, keeper.number)
    )
    had = {name for entry in same for name in entry.had} | set(lost)
    number = keeper.number if keeper.deck == winner.deck else winner.number
    made = {name for entry in same for name in entry.made}
    return replace(winner, number=number, since=first.since, made=tuple(sorted(made)), had=tuple(sorted(had)))


def _missing(questions: Iterable[QuestionEntry], notes: Iterable[NoteEntry]) -> Iterator[QuestionEntry]:
    """Yield an entry for every question of which there are notes only: somebody lost its line."""
    known = {question.key for question in questions}
    for note in notes:
        if note.question not in known:
            known.add(note.question)
            deck, _, name = note.question.partition("/")
            yield QuestionEntry(note.question, deck, name, "", "", "", "", note.since, note.time)


def _note(same: Sequence[NoteEntry]) -> NoteEntry:
    winner = same[-1]
    made = {name for entry in same for name in entry.made}
    since = min(entry.since for entry in same)
    return replace(winner, since=since, made=tuple(sorted(made)), parts=_parts(same))


def _parts(same: Sequence[NoteEntry]) -> tuple[LearnedPart, ...]:
    """Give each ordinal to the part that had it first; those that lose theirs get the next free ones.

    Parts of one ordinal and one time of birth are one part whose words were corrected.
    """
    born = {(part.ordinal, part.since): part for entry in same for part in entry.parts}
    taken: dict[int, tuple[int, int]] = {}
    homeless = [birth for birth in sorted(born) if taken.setdefault(birth[0], birth) != birth]
    for birth in sorted(homeless, key=lambda b: (b[1], b[0])):
        taken[max(taken) + 1] = birth
    order = {(part.ordinal, part.since): place for place, part in enumerate(same[-1].parts)}
    ranked = sorted((born[birth].gone, order.get(birth, len(order)), o, birth) for o, birth in taken.items())
    return tuple(replace(born[birth], ordinal=ordinal) for _, _, ordinal, birth in ranked)


def _split_by_guid(entries: Iterable[NoteEntry]) -> tuple[NoteEntry, ...]:
    """Merge notes of one key; where they have several GUIDs, all but the latest get another key."""
    groups: dict[str, dict[str, list[NoteEntry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        groups[entry.key][entry.guid].append(entry)
    found: list[NoteEntry] = []
    for _, by_guid in sorted(groups.items()):
        notes = sorted((_by_key(same, _note)[0] for same in by_guid.values()), key=_rank, reverse=True)
        found.append(notes[0])
        for note in notes[1:]:
            found.append(replace(note, key=unused(note.key, groups), retired=True))
            groups[found[-1].key] = defaultdict(list)
    return tuple(sorted(found, key=lambda note: note.key))


def _by_guid(notes: tuple[NoteEntry, ...]) -> tuple[NoteEntry, ...]:
    """Keep one note a GUID: two branches may have published the same imported note under two names."""
    first: dict[str, NoteEntry] = {}
    for note in sorted(notes, key=lambda n: (n.retired, n.since, n.key)):
        kept = first.setdefault(note.guid, note)
        if kept is not note:
            first[note.guid] = replace(kept, time=max(kept.time, note.time))
    return notes if len(first) == len(notes) else tuple(sorted(first.values(), key=lambda n: n.key))


def _numbered_sections(sections: tuple[SectionEntry, ...]) -> tuple[SectionEntry, ...]:
    taken: set[tuple[str, int]] = set()
    kept: list[SectionEntry] = []
    for entry in sorted(sections, key=lambda e: (e.since, e.key)):
        place = (entry.deck, entry.number)
        kept.append(replace(entry, number=0) if place in taken and entry.number else entry)
        taken.add(place)
    return tuple(sorted(kept, key=lambda entry: entry.key))


def _numbered_questions(questions: tuple[QuestionEntry, ...]) -> tuple[QuestionEntry, ...]:
    taken: set[tuple[str, str]] = set()
    kept: list[QuestionEntry] = []
    for entry in sorted(questions, key=lambda e: (e.since, e.key)):
        place = (entry.deck, entry.number)
        kept.append(replace(entry, number="") if place in taken and entry.number else entry)
        taken.add(place)
    return tuple(sorted(kept, key=lambda entry: entry.key))
