"""Sharing work with other processes: results in order, none lost, and a failure is heard of."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from deckbuild.writers.workers import Workers
from support.prints import typesetter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.writers.pdf import WeasyTypesetter

pytestmark = pytest.mark.pdf


@pytest.fixture
def two() -> Iterator[Workers]:
    """Return this process and another one."""
    workers = Workers(typesetter(), 2)
    yield workers
    workers.close()


def where(_: WeasyTypesetter, number: int) -> tuple[int, int]:
    time.sleep(0.05)
    return number, os.getpid()


def failing(_: WeasyTypesetter, number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def dying(_: WeasyTypesetter, main: int) -> int:
    if os.getpid() != main:
        os._exit(1)
    time.sleep(0.05)
    return main


def test_results_come_in_order_and_both_processes_work(two: Workers) -> None:
    results = list(two.share(where, range(60)))
    assert [number for number, _ in results] == list(range(60))
    assert len({process for _, process in results}) == 2


def test_the_other_process_stays_for_more(two: Workers) -> None:
    first, second = ({process for _, process in two.share(where, range(60))} for _ in range(2))
    assert first == second


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_is_heard_of(jobs: int) -> None:
    workers = Workers(typesetter(), jobs)
    with pytest.raises(ValueError, match="three"):
        list(workers.share(failing, range(6)))
    workers.close()


def test_a_process_that_dies_does_not_leave_this_one_waiting(two: Workers) -> None:
    from concurrent.futures import BrokenExecutor

    with pytest.raises(BrokenExecutor):
        list(two.share(dying, [os.getpid()] * 60))


def test_one_job_starts_no_process() -> None:
    workers = Workers(typesetter(), 1)
    assert {process for _, process in workers.share(where, range(3))} == {os.getpid()}
