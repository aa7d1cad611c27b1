"""Times: when what is new or changed counts as published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.lock.entries import Lock
    from deckbuild.source import Source

_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Stamps:
    """The times that new and changed entries get.

    Anki updates a note if its time is later than that of the learner's, which any change of the learner's
    renews. So a publication needs real time, and builds that publish nothing need none.
    """

    newest: int
    """The latest time in the lock; 0 if there is none."""
    now: int | None = None
    """The time of a publication; None if nothing will be written."""
    alike: bool = False
    """Whether all that is published gets one time."""

    def changed(self, time: int) -> int:
        """Return the time of what was published at a time and has changed since."""
        if self.now is None:
            return time + 1
        return max(self.now, (self.newest if self.alike else time) + 1)

    @property
    def new(self) -> int:
        """Return the time of what was never published."""
        return self.changed(self.newest)


def publication_time(clock: int, epoch: str | None, newest: int) -> int | None:
    """Return the time of a publication: SOURCE_DATE_EPOCH if later than all that is published, else now.

    None if SOURCE_DATE_EPOCH is no time, or more than a day ahead of the clock.
    """
    if epoch is None:
        return clock
    if not (epoch.isascii() and epoch.isdigit()) or int(epoch) > clock + _DAY:
        return None
    return int(epoch) if int(epoch) > newest else clock


def check_times(lock: Lock, source: Source, clock: int) -> Iterator[Diagnostic]:
    """Yield an error for every time in the lock that is more than a day ahead of the clock.

    A note with such a time overwrites what the learner changes, again and again.
    """
    if lock.newest <= clock + _DAY:
        return
    for number, start in enumerate(source.line_starts, 1):
        line = source.line(number)
        at = line.find(" time=")
        time = line[at + len(" time=") :].partition(" ")[0]
        if at >= 0 and time.isdigit() and int(time) > clock + _DAY:
            span = Span(source, start + at + 1, start + at + len(" time=") + len(time))
            message = "this time is more than a day ahead of the clock"
            help_text = "set the clock of this computer, or restore the line from version control"
            yield error(Code.LOCK_TIME, message, span, help=help_text)
