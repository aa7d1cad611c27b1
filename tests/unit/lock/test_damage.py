"""Locks that somebody edited or merged by hand: reported, or carried on; never a traceback."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuild.diagnostic import has_errors
from deckbuild.lock.changes import changes_between
from deckbuild.lock.renumber import renumbered, without_numbers
from deckbuild.lock.text import FILE, parse_lock
from deckbuild.source import Source
from support.banks import MEDIA, bank
from support.locks import publish

LINES = (Path(__file__).parent / "every-kind.lock").read_text("utf-8").splitlines()
WORDS = sorted({word for line in LINES for word in line.split(" ")})
JUNK = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=8)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Return a lock in which lines are gone, doubled or moved and words replaced."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "word", "swap", "junk"])):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.append(lines[at])
            case "word":
                words = lines[at].split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
                lines[at] = " ".join(words)
            case "swap":
                old, new = draw(st.sampled_from("0123456789/=,~.")), draw(st.sampled_from("0123456789/=,~."))
                lines[at] = lines[at].replace(old, new, 1)
            case "junk":
                lines[at] += draw(JUNK)
    return "\n".join(lines) + "\n"


@settings(max_examples=300, deadline=None)
@given(damaged())
def test_a_damaged_lock_is_reported_or_carried_on(text: str) -> None:
    lock, problems = parse_lock(Source(FILE, text))
    assert all(problem.labels and problem.help for problem in problems)
    if problems:
        return
    planned = publish(bank(), over=lock, now=2_000_000_000, media=MEDIA)
    if has_errors(planned.diagnostics):
        return
    guids = [note.guid for note in planned.lock.notes]
    assert len(set(guids)) == len(guids)
    living = [note for note in planned.lock.notes if not note.retired]
    assert len(living) == sum(1 for _ in planned.ledgers["dl"].notes) == 10
    for note in planned.ledgers["dl"].notes.values():
        assert len(set(note.ordinals)) == len(note.ordinals)
    numbers = [q.number for q in planned.lock.questions if q.deck == planned.ledgers["dl"].deck.id]
    assert len(set(numbers)) == len(numbers)
    changes_between(lock, planned.lock)
    tuple(renumbered(planned.lock, publish(bank(), over=without_numbers(lock, 1), media=MEDIA).lock))
