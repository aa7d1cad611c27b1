"""The text of a release: what is new for those who learn with the decks, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diff_text import cause
from deckbuild.ledger import anki_search
from deckbuild.lock.changes import Change, changes_between
from deckbuild.lock.numbers import place_of_number
from deckbuild.lock.text import retired_of
from deckbuild.markup.text import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.compiler import Compilation, Compiled
    from deckbuild.lock.changes import NoteChange
    from deckbuild.lock.entries import Lock, QuestionEntry

_OWN = frozenset({"frame", "order", "look", "tags", "context"})
"""Parts whose change nobody needs to read about."""
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def release_text(compilation: Compilation) -> str:
    """Return what a release brings, deck by deck; empty if it brings nothing."""
    if compilation.new is None:
        return ""
    changes = changes_between(compilation.old, compilation.new)
    questions = {question.key: question for question in compilation.new.questions}
    parts: list[str] = []
    for deck in compilation.decks:
        key = deck.ledger.deck.id
        here = [one for one in changes.notes if questions[one.note.question].deck == key]
        if here:
            parts.append("\n".join(_deck(deck, here, questions, compilation.new)))
    if not parts and changes.looks:
        parts = ["The cards have another look.\n"]
    return "\n".join((*parts, HOW)) if parts else ""


HOW = """\
Import the new file as you did the first: *File → Import*, with *Update notes: If newer*. Your intervals stay.
Notes that changed lose the tags you gave them. If there is a text file beside the package, import that
instead: it keeps them.
"""


def _deck(
    deck: Compiled, changes: list[NoteChange], questions: dict[str, QuestionEntry], lock: Lock
) -> Iterator[str]:
    prompts = {question.id: to_text(question.ask.events) for _, question in deck.deck.questions()}
    yield f"## {deck.ledger.deck.title.translate(_MARKS)}"
    for head, chosen in (
        ("New", (Change.NEW, Change.BACK)),
        ("Changed", (Change.UPDATED,)),
    ):
        notes = [one for one in changes if one.change in chosen]
        lines = list(_questions(notes, questions, prompts))
        if lines:
            yield from ("", f"### {head}", "", *lines)
    gone = [one.note.key for one in changes if one.change is Change.RETIRED]
    if gone:
        search = anki_search(lock.namespace or "", retired_of(lock, deck.ledger.deck.id))
        yield from ("", f"### Taken out ({len(gone)})", "")
        yield from (f"- `{name}`" for name in gone)
        yield from ("", "Anki deletes nothing by itself. To find them, search for:", "", f"    {search}")
    yield ""


def _questions(
    notes: Iterable[NoteChange], questions: dict[str, QuestionEntry], prompts: dict[str, str]
) -> Iterator[str]:
    """Yield a line for each question that has such notes, in the order of their numbers."""
    by_question: dict[str, list[NoteChange]] = {}
    for one in notes:
        by_question.setdefault(one.note.question, []).append(one)
    for key in sorted(by_question, key=lambda key: place_of_number(questions[key].number)):
        question = questions[key]
        prompt = prompts.get(question.id, question.id).replace("\n", " ").translate(_MARKS)
        yield f"- {question.number}\u2002{prompt}{_what(by_question[key])}"


def _what(notes: list[NoteChange]) -> str:
    """Return what of a question is new or changed, in brackets."""
    words = [cause(p) for one in notes if not one.note.id for p in one.parts if p not in _OWN]
    small = sum(bool(one.note.id) for one in notes)
    words += [f"{small} small card{'s' * (small > 1)}"] if small else []
    return f" ({', '.join(words)})" if words else ""
