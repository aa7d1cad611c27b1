"""What is published is frozen: a bank of every kind has the lock it had when deckbuild published first.

If this fails, learners are about to get notes they have again, or new times on notes that did not change.
The ways out: put the change into a part of the content that old banks leave empty; or, if every learner's
notes must be written anew, raise `RENDER_EDITION`. The file is never rewritten to make the test pass.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from deckbuild.lock.text import FILE, parse_lock, render_lock
from deckbuild.source import Source
from support.banks import MEDIA, bank
from support.decks import prose
from support.locks import publish, reread

FIRST = Path(__file__).parent / "every-kind.lock"


def test_the_lock_of_a_bank_is_as_it_was_first() -> None:
    assert render_lock(publish(bank(), now=1_790_000_000, media=MEDIA).lock) == FIRST.read_text("utf-8")


def test_publishing_it_again_changes_nothing() -> None:
    lock, problems = parse_lock(Source(FILE, FIRST.read_text("utf-8")))
    again = publish(bank(), over=lock, now=1_800_000_000, media=MEDIA)
    assert (problems, again.lock, again.diagnostics) == ((), lock, ())


def test_what_no_output_shows_changes_nothing() -> None:
    lock = reread(publish(bank(), now=5, media=MEDIA).lock)
    [first, second] = bank().sections
    [rich] = first.questions
    assert rich.details
    spaced = replace(
        rich,
        details=prose(rich.details.raw.replace("lines,", "lines, ") + "\n"),
        tags=("activations", "activations"),
        roles=rich.roles[::-1],
        minutes=5.0,
        see=("why-depth",),
    )
    again = replace(bank(), sections=(replace(first, questions=(spaced,)), second), version="2")
    assert publish(again, over=lock, now=9, media=MEDIA).lock == lock
