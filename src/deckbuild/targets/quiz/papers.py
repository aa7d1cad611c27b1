"""The papers of a quiz: its items as tasks, in the order of each variant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deckbuild.identity import digest
from deckbuild.targets.options import option_orders
from deckbuild.targets.quiz.marking import total_minutes
from deckbuild.targets.quiz.tasks import Task, task_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deckbuild.config import QuizOptions
    from deckbuild.plain import LearningItem
    from deckbuild.targets.printing import Printer


@dataclass(frozen=True, slots=True)
class Paper:
    """What one group gets: all tasks in an order of its own. `code` is empty without variants."""

    code: str
    tasks: tuple[Task, ...]
    minutes: int

    @property
    def marks(self) -> int:
        """Return what a full paper is worth."""
        return sum(task.marks for task in self.tasks)

    def without(self, places: Iterable[int]) -> Paper:
        """Return the paper without the tasks in these places (from 0), numbered anew."""
        gone = set(places)
        kept = [task for place, task in enumerate(self.tasks) if place not in gone]
        return replace(self, tasks=tuple(replace(task, place=place) for place, task in enumerate(kept, 1)))


def papers_of(printer: Printer, items: Sequence[LearningItem], options: QuizOptions) -> tuple[Paper, ...]:
    """Return a paper for every variant, or the one there is.

    Names alone decide about the order, so that a reprint after a typo was corrected is the same quiz.
    """
    return tuple(
        _paper(printer, items, code, options.seed) for code in dict.fromkeys(options.variants) or ("",)
    )


def _paper(printer: Printer, items: Sequence[LearningItem], code: str, seed: int) -> Paper:
    names = ("quiz", str(seed), code)
    ordered = tuple(sorted(items, key=lambda item: digest(*names, item.ref)))
    orders = option_orders(ordered, *names)
    tasks = (task_of(printer, item, place, orders, f"{seed}/{code}") for place, item in enumerate(ordered, 1))
    return Paper(code, tuple(tasks), total_minutes(ordered))
