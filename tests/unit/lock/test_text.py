"""The lock as text: what it looks like, that it comes back as it was, and what is said of a broken one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.identity import Guid, NoteTypeId
from deckbuild.lock.entries import (
    DeckEntry,
    KindEntry,
    LearnedPart,
    Lock,
    NoteEntry,
    QuestionEntry,
    SectionEntry,
)
from deckbuild.lock.text import FILE, parse_lock, render_lock
from deckbuild.source import Source
from support.decks import deck, question
from support.locks import publish, reread


def problems(text: str) -> list[tuple[int, str, str]]:
    lock, found = parse_lock(Source(FILE, text))
    assert lock == Lock()
    return [(d.labels[0].span.position[0], d.message, d.help) for d in found]


def test_what_is_retired_stands_on_top_with_the_search_that_finds_it() -> None:
    one = publish(deck(question("One?", answer="1"), question("Two?", answer="2")), now=5)
    two = publish(deck(question("One?", answer="1")), over=one.lock, now=6)
    line = render_lock(two.lock).splitlines()[3]
    assert line == '# Retired in test, to be found in Anki by: "note:deckbuild *· tests" "Id:test/two"'


names = st.from_regex(r"[a-zé漢][a-z0-9-]{0,8}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
times = st.integers(1, 2**39)
digests = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    """A lock of one entry a type, with any values."""
    time, since = draw(times), draw(times)
    made = tuple(sorted(draw(st.sets(names, max_size=2))))
    born = draw(st.dictionaries(st.integers(0, 499), st.tuples(words, times, st.booleans()), max_size=4))
    parts = tuple(LearnedPart(o, w, s, gone=g) for o, (w, s, g) in born.items())
    listed = draw(st.dictionaries(st.from_regex("[a-z]{1,8}", fullmatch=True), digests, max_size=4))
    living, moved = draw(st.booleans()), draw(st.sampled_from(["d/q", "d/x"]))
    guid = Guid(
        draw(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=12))
    )
    return Lock(
        draw(words),
        (KindEntry("cloze", NoteTypeId(draw(st.integers(1, 2**52))), draw(digests), draw(digests), time),),
        (DeckEntry("d", draw(names), draw(words), draw(words), time),),
        (SectionEntry("d/s", draw(names), draw(st.integers(1, 99)), draw(words), since, time),),
        (
            QuestionEntry("d/q", draw(names), draw(names), "1.2", "s", "a", "b", since, time, made, ("d/1",)),
            QuestionEntry("d/x", "d", "x", "2", "s", "", "", time, time),
        ),
        (
            NoteEntry("d/q", moved, "", "question", Guid("other" + guid), {}, time, time),
            NoteEntry("d/q/c", "d/q", draw(names), "cloze", guid, listed, since, time, parts, made, living),
        ),
    )


@given(locks())
def test_a_lock_comes_back_as_it_was(lock: Lock) -> None:
    assert reread(lock) == lock


def test_comments_and_empty_lines_do_not_count() -> None:
    text = "# mine\n\nlock 1\nnamespace x\n"
    assert parse_lock(Source(FILE, text)) == (Lock("x"), ())


NO_TIME = "is not a time in seconds since 1970"
HEAD = "lock 1\nnamespace x\n"
NOTE = "note d/q kind=basic guid=g time=5"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (1, "this is not a lock")),
        ("lock 2\n", (1, "a lock of version 2")),
        (HEAD + "namespace y\n", (3, "a second namespace")),
        (HEAD + "<<<<<<< HEAD\n", (3, "a merge left conflict markers")),
        (HEAD + "card d/q\n", (3, "`card` is no type of entry")),
        (HEAD + "note d kind=basic guid=g time=5\n", (3, "`d` is no key")),
        (HEAD + "note d/q kind=basic time=5\n", (3, "`guid` is missing")),
        (HEAD + "note d/q kind=basic guid=g time=soon\n", (3, f"`time=soon` {NO_TIME}")),
        (HEAD + "note d/q kind=basic guid=g time=0\n", (3, f"`time=0` {NO_TIME}")),
        (HEAD + NOTE + " mood=bad\n", (3, "unknown attribute `mood`")),
        (HEAD + NOTE + " time=6\n", (3, "`time=6` is no attribute, or there twice")),
        (HEAD + NOTE + " digest=ask\n", (3, "`digest` should be a list of `part:1a2b3c4d`")),
        (HEAD + NOTE + " 0=a 0@7=b\n", (3, "two parts have one ordinal")),
        (HEAD + NOTE + ' 0="a\n', (3, "cannot be read from column 35 on")),
        (HEAD + "section d/s number=one title=x time=1\n", (3, "`number=one` is not a number")),
    ],
)
def test_a_broken_line_is_named(text: str, expected: tuple[int, str]) -> None:
    (found,) = problems(text)
    assert found[:2] == expected
    assert found[2]


def test_every_broken_line_is_reported() -> None:
    assert [line for line, _, _ in problems(HEAD + "x y\n" + NOTE + "\nz\n")] == [3, 5]
