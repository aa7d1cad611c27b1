"""A diff as text for a terminal, as Markdown for a pull request, and as JSON for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from deckbuild.diff import shortened
from deckbuild.lock.changes import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.diff import Diff, FieldDiff, NoteDiff

DiffFormat = Literal["text", "markdown", "json"]
DIFF_FORMATS: tuple[DiffFormat, ...] = ("text", "markdown", "json")
_HEADS = {
    Change.NEW: "New",
    Change.UPDATED: "Updated",
    Change.RETIRED: "Retired: no longer in the package; learners keep theirs until they delete them",
    Change.BACK: "Back: retired once, published again",
}
_CAUSES = {
    "ask": "prompt",
    "text": "text",
    "frame": "number, section or language",
    "order": "which card learns what",
    "look": "look",
}
"""Parts of the content whose name does not say what it is."""
_AROUND = 24
"""How many characters are shown beside what differs."""


def render_diff(diff: Diff, form: DiffFormat) -> str:
    """Return a diff in one of the formats, ending with a newline."""
    match form:
        case "text":
            return "\n".join(_text(diff)) + "\n"
        case "markdown":
            return "\n".join(_markdown(diff)) + "\n"
        case "json":
            return json.dumps(as_json(diff), ensure_ascii=False, indent=2) + "\n"


def summary(diff: Diff) -> str:
    """Return how many notes change how: `3 new, 1 updated`."""
    counts = [(len(diff.of(change)), change.value) for change in Change]
    counts += [(len(diff.looks), "note types with another look"), (len(diff.forks), "note types that fork")]
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing changes"


def cause(part: str) -> str:
    """Return what a part of the content is called."""
    return _CAUSES.get(part, part)


def _text(diff: Diff) -> Iterator[str]:
    yield f"Against {diff.against}: {summary(diff)}."
    for change in Change:
        notes = diff.of(change)
        if notes:
            yield from ("", f"{_HEADS[change]} ({len(notes)})")
        for note in notes:
            yield f"  {note.id}  {note.prompt}".rstrip()
            yield from (f"      {line}" for line in _details(note))
    for line in _note_types(diff):
        yield from ("", line)


def _markdown(diff: Diff) -> Iterator[str]:
    yield from (f"### Learners’ next import, against {diff.against}", "", f"**{summary(diff)}**")
    for change in Change:
        notes = diff.of(change)
        if notes:
            yield from ("", f"#### {_HEADS[change]} ({len(notes)})", "")
        for note in notes:
            yield f"- `{note.id}` {_escaped(note.prompt)}".rstrip()
            yield from (f"  - {_escaped(line)}" for line in _details(note))
    for line in _note_types(diff):
        yield from ("", f"> {line}")


def _details(note: NoteDiff) -> Iterator[str]:
    if note.parts and not note.fields:
        yield ", ".join(dict.fromkeys(map(cause, note.parts)))
    for field in note.fields:
        yield f"{field.name}: {_difference(field)}"
    if note.fields and "Tags" in note.parts:
        yield "Tags"
    if note.cards_added:
        yield f"new cards: {_listed(note.cards_added)}"
    if note.cards_emptied:
        yield f"cards that become empty: {_listed(note.cards_emptied)}"
    if not note.arrives:
        yield "does not arrive: it is not newer than what learners have"


def _note_types(diff: Diff) -> Iterator[str]:
    if diff.looks:
        yield f"Another look: {', '.join(diff.looks)}. No note is touched."
    if diff.forks:
        yield (
            f"FORK: {', '.join(diff.forks)}. Anki would add second note types and never update their notes"
            " again: do not publish this."
        )


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{shortened(word)}”" for word in words)


def _difference(field: FieldDiff) -> str:
    """Return what differs with a few characters around it: `…a kink` → `…a corner`."""
    old, new = shortened_pair(field.old, field.new)
    return f"“{old}” → “{new}”"


def shortened_pair(old: str, new: str) -> tuple[str, str]:
    """Return two texts without most of what is equal at their beginnings and ends."""
    one, two = " ".join(old.split()), " ".join(new.split())
    head = _common(one, two)
    tail = _common(one[head:][::-1], two[head:][::-1])
    return _window(one, head, tail), _window(two, head, tail)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _window(text: str, head: int, tail: int) -> str:
    start = max(head - _AROUND, 0)
    end = len(text) - max(tail - _AROUND, 0)
    return f"{'…' * (start > 0)}{shortened(text[start:end])}{'…' * (end < len(text))}"


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)


def as_json(diff: Diff) -> dict[str, Any]:
    """Return a diff as JSON values."""
    return {
        "against": diff.against,
        "counts": {change.value: len(diff.of(change)) for change in Change},
        "notes": [_note_json(note) for note in diff.notes],
        "looks": list(diff.looks),
        "forks": list(diff.forks),
    }


def _note_json(note: NoteDiff) -> dict[str, Any]:
    return {
        "change": note.change.value,
        "id": note.id,
        "prompt": note.prompt,
        "parts": list(note.parts),
        "fields": [{"name": f.name, "old": f.old, "new": f.new} for f in note.fields],
        "cards_added": list(note.cards_added),
        "cards_emptied": list(note.cards_emptied),
        "arrives": note.arrives,
    }
