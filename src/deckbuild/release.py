"""The text of a release: what is new for those who learn with the decks, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.ledger import anki_search
from deckbuild.lock.changes import Change, changes_between
from deckbuild.lock.numbers import place_of_number
from deckbuild.lock.text import retired_of
from deckbuild.markup.text import to_text
from deckbuild.strings import strings_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckbuild.compiler import Compilation, Compiled
    from deckbuild.lock.changes import NoteChange
    from deckbuild.lock.entries import Lock, QuestionEntry
    from deckbuild.strings import Strings

_PARTS = {
    "ask": "common.question",
    "answer": "common.answer",
    "points": "common.points",
    "figure": "common.figure",
    "details": "common.details",
    "pitfalls": "common.pitfalls",
    "sources": "common.sources",
    "hint": "common.hint",
}
"""The words for what learners read about if it changes; of the rest they need not know."""
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def release_text(compilation: Compilation, words: Mapping[str, Mapping[str, str]]) -> str:
    """Return what a release brings, deck by deck, each in its language; empty if it brings nothing.

    Args:
        compilation: The decks, and the lock before and after the release.
        words: The words of all languages.
    """
    if compilation.new is None:
        return ""
    changes = changes_between(compilation.old, compilation.new)
    questions = {question.key: question for question in compilation.new.questions}
    spoken = [strings_for(deck.deck.lang, words) for deck in compilation.decks]
    parts: list[str] = []
    for deck, strings in zip(compilation.decks, spoken, strict=True):
        key = deck.ledger.deck.id
        here = [one for one in changes.notes if questions[one.note.question].deck == key]
        if here:
            parts.append("\n".join(_deck(deck, here, questions, compilation.new, strings)))
    if not parts and changes.looks:
        parts = [f"{strings('release.look')}\n" for strings in spoken[:1]]
    return "\n".join((*parts, f"{spoken[0]('release.how')}\n")) if parts else ""


def _deck(
    deck: Compiled,
    changes: list[NoteChange],
    questions: dict[str, QuestionEntry],
    lock: Lock,
    strings: Strings,
) -> Iterator[str]:
    prompts = {question.id: to_text(question.ask.events) for _, question in deck.deck.questions()}
    yield f"## {deck.ledger.deck.title.translate(_MARKS)}"
    for head, chosen in (
        ("release.new", (Change.NEW, Change.BACK)),
        ("release.changed", (Change.UPDATED,)),
    ):
        notes = [one for one in changes if one.change in chosen]
        lines = list(_questions(notes, questions, prompts, strings))
        if lines:
            yield from ("", f"### {strings(head)}", "", *lines)
    gone = [one.note.key for one in changes if one.change is Change.RETIRED]
    if gone:
        search = anki_search(lock.namespace or "", retired_of(lock, deck.ledger.deck.id))
        yield from ("", f"### {strings('release.gone', count=len(gone))}", "")
        yield from (f"- `{name}`" for name in gone)
        yield from ("", strings("release.find"), "", f"    {search}")
    yield ""


def _questions(
    notes: Iterable[NoteChange],
    questions: dict[str, QuestionEntry],
    prompts: dict[str, str],
    strings: Strings,
) -> Iterator[str]:
    """Yield a line for each question that has such notes, in the order of their numbers."""
    by_question: dict[str, list[NoteChange]] = {}
    for one in notes:
        by_question.setdefault(one.note.question, []).append(one)
    for key in sorted(by_question, key=lambda key: place_of_number(questions[key].number)):
        question = questions[key]
        prompt = prompts.get(question.id, question.id).replace("\n", " ").translate(_MARKS)
        yield f"- {question.number}\u2002{prompt}{_what(by_question[key], strings)}"


def _what(notes: list[NoteChange], strings: Strings) -> str:
    """Return what of a question is new or changed, in brackets."""
    words = [
        strings(_PARTS[part]) for one in notes if not one.note.id for part in one.parts if part in _PARTS
    ]
    small = sum(bool(one.note.id) for one in notes)
    words += [strings("release.small", count=small)] if small else []
    return f" ({', '.join(words)})" if words else ""
