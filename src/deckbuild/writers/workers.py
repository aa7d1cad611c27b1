"""Sharing the setting of type with other processes, started when there is first work for several."""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from deckbuild.writers.pdf import WeasyTypesetter

_In = TypeVar("_In")
_Out = TypeVar("_Out")

_typesetter: WeasyTypesetter | None = None
"""The typesetter of a worker process, set once when it starts."""


class Workers:
    """Processes with a copy of a typesetter each. This one counts: `jobs` are all that work at a time."""

    def __init__(self, typesetter: WeasyTypesetter, jobs: int) -> None:
        self._typesetter = typesetter
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def share(self, task: Callable[[WeasyTypesetter, _In], _Out], inputs: Sequence[_In]) -> Iterator[_Out]:
        """Return what a function makes of every input, in their order; the others begin at once."""
        if self._jobs < 2 or len(inputs) < 2:
            return (task(self._typesetter, one) for one in inputs)
        pool = self._started()
        results: list[Future[_Out]] = [Future() for _ in inputs]
        waiting = deque(range(len(inputs)))

        # Handed out one by one, for what a pool has queued cannot be taken back: this process works too.
        def hand_out() -> None:
            with suppress(IndexError):
                place = waiting.popleft()
                try:
                    pool.submit(_run, task, inputs[place]).add_done_callback(partial(received, place))
                except BrokenExecutor as problem:
                    results[place].set_exception(problem)

        def received(place: int, made: Future[_Out]) -> None:
            _pass_on(made, results[place])
            hand_out()

        for _ in range(self._jobs - 1):
            hand_out()
        return self._in_order(task, inputs, results, waiting)

    def close(self) -> None:
        """End the processes."""
        if self._pool:
            self._pool.shutdown()
            self._pool = None

    def _in_order(
        self,
        task: Callable[[WeasyTypesetter, _In], _Out],
        inputs: Sequence[_In],
        results: Sequence[Future[_Out]],
        waiting: deque[int],
    ) -> Iterator[_Out]:
        """Yield the results. While the next one is not there, do what nobody has begun, from the end."""
        for result in results:
            while waiting and not result.done():
                with suppress(IndexError):
                    place = waiting.pop()
                    results[place].set_result(task(self._typesetter, inputs[place]))
            yield result.result()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: fontconfig and Pango keep threads and locks that a fork would copy.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._jobs - 1, context, initializer=_start, initargs=(self._typesetter,)
            )
        return self._pool


def _pass_on(made: Future[_Out], result: Future[_Out]) -> None:
    problem = made.exception()
    if problem:
        result.set_exception(problem)
    else:
        result.set_result(made.result())


def _start(typesetter: WeasyTypesetter) -> None:
    global _typesetter  # noqa: PLW0603 - one a process, set before any work
    _typesetter = typesetter


def _run(task: Callable[[WeasyTypesetter, _In], _Out], one: _In) -> _Out:
    assert _typesetter, "a worker starts with a typesetter"
    return task(_typesetter, one)
