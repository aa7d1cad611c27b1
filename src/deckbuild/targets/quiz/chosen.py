"""Which items a quiz asks: questions by the blueprint, and of each question items of different kinds."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from deckbuild.identity import digest
from deckbuild.model import Difficulty
from deckbuild.plain import items_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deckbuild.config import Blueprint, QuizOptions
    from deckbuild.model import Deck
    from deckbuild.plain import LearningItem


@dataclass(frozen=True, slots=True)
class Shortage:
    """A quota that the deck could not fill."""

    of: str
    """A difficulty, or a section's id."""
    is_section: bool
    wanted: int
    found: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A question that can be asked, with its place in the order of drawing."""

    section: str
    difficulty: str
    items: tuple[LearningItem, ...]
    rank: str


def choose(deck: Deck, options: QuizOptions) -> tuple[tuple[LearningItem, ...], tuple[Shortage, ...]]:
    """Return the items of a quiz in the order they were drawn, and which quotas stayed open.

    A question is drawn by its id and the seed: what happens to other questions, or to a text, does not
    change its luck.
    """
    entries = sorted(_entries(deck, options.seed), key=lambda entry: entry.rank)
    rows, columns = options.blueprint.sections, _difficulties(options.blueprint)
    if rows or columns:
        entries = _fill(entries, rows, columns)
    drawn = (item for entry in entries for item in islice(entry.items, options.per_question))
    count = None if rows or columns else options.count
    return tuple(islice(drawn, count)), tuple(_shortages(entries, rows, columns))


def _entries(deck: Deck, seed: int) -> Iterator[_Entry]:
    for section, question in deck.questions():
        items = _by_kinds(list(items_of(section, question)), seed)
        if items:
            rank = digest("quiz", str(seed), question.id)
            yield _Entry(section.id, question.difficulty or "", items, rank)


def _by_kinds(items: list[LearningItem], seed: int) -> tuple[LearningItem, ...]:
    """Return a question's items in the order they are drawn: each kind once, then each a second time.

    Else a question with ten gaps and one choice would hardly ever be asked as a choice.
    """

    def rank(item: LearningItem, *names: str) -> str:
        return digest("quiz", str(seed), item.question.id, *names)

    turns: Counter[str] = Counter()
    ranked: list[tuple[int, str, LearningItem]] = []
    for item in sorted(items, key=lambda item: rank(item, item.kind, item.id)):
        ranked.append((turns[item.kind], rank(item, item.kind), item))
        turns[item.kind] += 1
    return tuple(item for _, _, item in sorted(ranked, key=lambda entry: entry[:2]))


def _difficulties(blueprint: Blueprint) -> dict[str, int]:
    return {
        level.value: count for level in Difficulty if (count := getattr(blueprint, level.value)) is not None
    }


def _fill(entries: list[_Entry], rows: Mapping[str, int], columns: Mapping[str, int]) -> list[_Entry]:
    """Return as many entries as the quotas of sections and difficulties allow, the first drawn if possible.

    An entry that fits both its section's and its difficulty's quota is taken. Then chains of exchanges
    (one in, one of the same difficulty out, one of that one's section in, …) find what the first pass
    blocked: together they leave no quota open that some other selection would have filled.
    """
    taken = [False] * len(entries)
    for place, entry in enumerate(entries):
        taken[place] = all(
            count < quota
            for count, quota in (
                (_count(entries, taken, section=entry.section), _quota(rows, entry.section)),
                (_count(entries, taken, difficulty=entry.difficulty), _quota(columns, entry.difficulty)),
            )
        )
    while chain := _exchange(entries, taken, rows, columns):
        for place in chain:
            taken[place] = not taken[place]
    return [entry for place, entry in enumerate(entries) if taken[place]]


def _exchange(
    entries: list[_Entry], taken: list[bool], rows: Mapping[str, int], columns: Mapping[str, int]
) -> list[int]:
    """Return the shortest chain of entries to take and to give back that gains one; empty if none does."""
    sections = dict.fromkeys(entry.section for entry in entries)
    free = [s for s in sections if _count(entries, taken, section=s) < _quota(rows, s)]
    chains: dict[tuple[str, str], list[int]] = {("section", section): [] for section in free}
    pending = deque(chains)
    while pending:
        side, name = here = pending.popleft()
        if side == "difficulty" and _count(entries, taken, difficulty=name) < _quota(columns, name):
            return chains[here]
        for place, entry in enumerate(entries):
            start, end = ("section", entry.section), ("difficulty", entry.difficulty)
            if taken[place]:
                start, end = end, start
            if start == here and end not in chains:
                chains[end] = [*chains[here], place]
                pending.append(end)
    return []


def _count(
    entries: list[_Entry], taken: list[bool], *, section: str | None = None, difficulty: str | None = None
) -> int:
    return sum(
        is_taken and section in {None, entry.section} and difficulty in {None, entry.difficulty}
        for entry, is_taken in zip(entries, taken, strict=True)
    )


def _quota(quotas: Mapping[str, int], name: str) -> int:
    """Return how many may be taken; where others of its sort are named, what is not named gets none."""
    return quotas.get(name, 0) if quotas else 1 << 30


def _shortages(
    entries: list[_Entry], rows: Mapping[str, int], columns: Mapping[str, int]
) -> Iterator[Shortage]:
    everything = [True] * len(entries)
    for section, wanted in rows.items():
        found = _count(entries, everything, section=section)
        if found < wanted:
            yield Shortage(section, True, wanted, found)
    for difficulty, wanted in columns.items():
        found = _count(entries, everything, difficulty=difficulty)
        if found < wanted:
            yield Shortage(difficulty, False, wanted, found)
