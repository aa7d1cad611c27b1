"""Printed numbers: given once, in source order, and never given again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.lock.entries import QuestionEntry

_NUMBER = re.compile(r"(|[0-9]{1,9}\.)([0-9]{1,9})")


def place_of_number(number: str) -> tuple[int, ...]:
    """Return what orders printed numbers: `1.10` comes after `1.9`."""
    return tuple(int(part) for part in number.split(".") if part.isascii() and part.isdigit())


class Numbers:
    """The numbers of one deck, as they are given."""

    def __init__(self, deck: str, questions: Iterable[QuestionEntry]) -> None:
        self._last: dict[str, int] = {}
        for question in questions:
            if question.deck == deck:
                self._take(question.number)
            for place in question.had:
                home, _, number = place.rpartition("/")
                if home == deck:
                    self._take(number)

    def next(self, section: int) -> str:
        """Return the next number in a section; 0 stands for a deck without sections."""
        prefix = f"{section}." if section else ""
        self._last[prefix] = self._last.get(prefix, 0) + 1
        return f"{prefix}{self._last[prefix]}"

    def _take(self, number: str) -> None:
        if found := _NUMBER.fullmatch(number):
            self._last[found[1]] = max(self._last.get(found[1], 0), int(found[2]))
