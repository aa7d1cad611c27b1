"""The lock as text: one line an entry, so that branches merge line by line.

A line is the type of its entry, its key, and attributes; what equals its default is left out:

    note dl/relu/zero kind=cloze guid=Q5mX0… time=1790000000 digest=text:1f2e3d4c 0=zero 1=negative

A number as a name is the ordinal of a card and says what it learns, `-1` one that is gone, `2@1790000000`
one that came later than its note. Values with blanks and the like are JSON strings.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.identity import Guid, NoteTypeId
from deckbuild.ledger import anki_search
from deckbuild.lock.entries import (
    DeckEntry,
    Entry,
    KindEntry,
    LearnedPart,
    Lock,
    NoteEntry,
    QuestionEntry,
    SectionEntry,
    home_of,
    name_of,
)
from deckbuild.lock.merge import merged
from deckbuild.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FILE = "deckbuild.lock"
_VERSION = 1
_HEAD = f"""\
# What learners have: identities, numbers and times. Written by deckbuild; commit it, do not edit it.
lock {_VERSION}
"""
_LATEST = 1 << 40
"""A time that no clock will reach."""
_TOKEN = re.compile(r'([^\s="]+)(?:=("(?:[^"\\]|\\.)*"|[^\s"]*))?|("(?:[^"\\]|\\.)*")')
_PART = re.compile(r"(-?)([0-9]{1,4})(?:@([0-9]{1,12}))?")
_BARE = re.compile(r'[^\s"\\=,\x00-\x1f\x7f]+')
_DIGEST = re.compile(r"[a-z]+:[0-9a-f]{8}")
_MARKER = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |$)")


# Text to entries --------------------------------------------------------------------------------


def parse_lock(source: Source) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Return the lock that a file holds, duplicates of a merge resolved, and what is wrong with it."""
    reader = _Reader(source)
    for number in range(1, len(source.line_starts) + 1):
        text = source.line(number)
        if text.strip() and not text.startswith("#"):
            reader.read(_Line(source, source.line_starts[number - 1], text))
    if not reader.found and reader.version is None:
        start = Span(source, 0, 0)
        help_text = f"restore it from version control; the first entry of a lock is `lock {_VERSION}`"
        reader.found.append(error(Code.LOCK_INVALID, "this is not a lock", start, help=help_text))
    if reader.found:
        return Lock(), tuple(reader.found)
    return merged(reader.namespace, reader.entries), ()


class _InvalidError(Exception):
    """What is wrong with a line, and what to do about it."""

    def __init__(self, message: str, help_text: str = "") -> None:
        super().__init__(message)
        self.help = help_text


@dataclass
class _Line:
    """A line whose attributes are taken out one by one."""

    source: Source
    start: int
    text: str
    type: str = ""
    key: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def split(self) -> None:
        """Split the line into type, key and attributes."""
        if _MARKER.match(self.text):
            raise _InvalidError(
                "a merge left conflict markers",
                "keep the lines of both sides and delete the markers; with `deckbuild.lock merge=union`"
                " in `.gitattributes` git does so by itself",
            )
        words: list[str] = []
        at = 0
        while at < len(self.text):
            found = _TOKEN.match(self.text, at)
            if not found or self.text[found.end() : found.end() + 1] not in {"", " "}:
                raise _InvalidError(f"cannot be read from column {at + 1} on")
            at = found.end() + 1
            if len(words) < 2:
                words.append(_unquoted(found[0]))
            elif found[1] is None or found[1] in self.values:
                raise _InvalidError(f"`{found[0]}` is no attribute, or there twice")
            else:
                self.values[found[1]] = _unquoted(found[2] or "")
        self.type, self.key = (*words, "")[:2]

    def word(self, name: str, default: str | None = None) -> str:
        """Take out an attribute."""
        value = self.values.pop(name, default)
        if value is None:
            raise _InvalidError(f"`{name}` is missing")
        return value

    def time(self, name: str = "time", default: int | None = None) -> int:
        """Take out a time."""
        value = self.word(name, None if default is None else str(default))
        if not (value.isascii() and value.isdigit() and 0 < int(value) < _LATEST):
            raise _InvalidError(f"`{name}={value}` is not a time in seconds since 1970")
        return int(value)

    def number(self, name: str) -> int:
        """Take out a whole number."""
        value = self.word(name)
        if not (value.isascii() and value.isdigit() and len(value) < 17):
            raise _InvalidError(f"`{name}={value}` is not a number")
        return int(value)

    def listed(self, name: str) -> tuple[str, ...]:
        """Take out a list."""
        value = self.values.pop(name, "")
        return tuple(value.split(",")) if value else ()

    def finish(self) -> None:
        """Make sure that every attribute was taken out."""
        if self.values:
            raise _InvalidError(f"unknown attribute `{next(iter(self.values))}`", _NEWER)

    def parts(self, since: int) -> tuple[LearnedPart, ...]:
        """Take out what the cards learn: all attributes that are ordinals."""
        found = []
        for name in list(self.values):
            if match := _PART.fullmatch(name):
                born = int(match[3]) if match[3] else since
                found.append(LearnedPart(int(match[2]), self.values.pop(name), born, gone=bool(match[1])))
        if len({part.ordinal for part in found}) < len(found):
            raise _InvalidError("two parts have one ordinal")
        return tuple(found)


@dataclass
class _Reader:
    """The file being read, and what was found in it."""

    source: Source
    version: int | None = None
    namespace: str | None = None
    entries: list[Entry] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def read(self, line: _Line) -> None:
        try:
            line.split()
            self._take(line)
            line.finish()
        except _InvalidError as problem:
            span = Span(self.source, line.start, line.start + len(line.text))
            help_text = problem.help or "restore the line from version control"
            self.found.append(error(Code.LOCK_INVALID, f"{problem}", span, help=help_text))

    def _take(self, line: _Line) -> None:
        match line.type:
            case "lock":
                if line.key != str(_VERSION):
                    raise _InvalidError(f"a lock of version {line.key}", _NEWER)
                self.version = _VERSION
            case "namespace":
                if self.namespace not in {None, line.key}:
                    raise _InvalidError("a second namespace", "keep the one that `deckbuild.toml` says")
                self.namespace = line.key
            case "kind" | "deck" | "section" | "question" | "note":
                self.entries.append(_ENTRIES[line.type](line))
            case _:
                raise _InvalidError(f"`{line.type}` is no type of entry", _NEWER)


_NEWER = "a newer deckbuild wrote this lock: update deckbuild, or restore the line from version control"


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError as problem:
        raise _InvalidError(f"`{text}` is not a JSON string") from problem


def _kind(line: _Line) -> KindEntry:
    return KindEntry(
        line.key, NoteTypeId(line.number("id")), line.word("schema"), line.word("look"), line.time()
    )


def _deck(line: _Line) -> DeckEntry:
    _check_key(line.key, 1, 1)
    return DeckEntry(line.key, line.word("id", line.key), line.word("file"), line.word("title"), line.time())


def _section(line: _Line) -> SectionEntry:
    _check_key(line.key, 2, 2)
    time = line.time()
    return SectionEntry(
        line.key,
        line.word("id", line.key.partition("/")[2]),
        line.number("number"),
        line.word("title"),
        line.time("since", time),
        time,
    )


def _question(line: _Line) -> QuestionEntry:
    _check_key(line.key, 2, 2)
    deck, _, name = line.key.partition("/")
    time = line.time()
    return QuestionEntry(
        line.key,
        line.word("deck", deck),
        line.word("id", name),
        line.word("number", ""),
        line.word("section"),
        line.word("ask"),
        line.word("rest"),
        line.time("since", time),
        time,
        line.listed("made"),
        line.listed("had"),
    )


def _note(line: _Line) -> NoteEntry:
    _check_key(line.key, 2, 3)
    time = line.time()
    since = line.time("since", time)
    digests = line.listed("digest")
    if not all(_DIGEST.fullmatch(digest) for digest in digests):
        raise _InvalidError("`digest` should be a list of `part:1a2b3c4d`")
    return NoteEntry(
        line.key,
        line.word("question", home_of(line.key)),
        line.word("id", name_of(line.key)),
        line.word("kind"),
        Guid(line.word("guid")),
        dict(digest.split(":") for digest in digests),
        since,
        time,
        line.parts(since),
        line.listed("made"),
        line.values.pop("retired", None) is not None,
    )


_ENTRIES: Mapping[str, Callable[[_Line], Entry]] = {
    "kind": _kind,
    "deck": _deck,
    "section": _section,
    "question": _question,
    "note": _note,
}


def _check_key(key: str, least: int, most: int) -> None:
    names = key.split("/")
    if not least <= len(names) <= most or not names[0]:
        raise _InvalidError(f"`{key}` is no key", "keys are `deck`, `deck/question` or `deck/question/card`")


# Entries to text --------------------------------------------------------------------------------


def render_lock(lock: Lock) -> str:
    """Return a lock as text, sorted by deck, question and card."""
    lines = sorted((_place(entry), render_entry(entry)) for entry in lock.entries())
    namespace = "" if lock.namespace is None else f"namespace {_value(lock.namespace)}\n"
    return "".join((_HEAD, namespace, *_retired(lock), *(f"{line}\n" for _, line in lines)))


def render_entry(entry: Entry) -> str:
    """Return the line of an entry."""
    return " ".join(word for word in _words(entry) if word)


def _retired(lock: Lock) -> Iterator[str]:
    """Yield comments with the search that finds what is retired, for whoever wants to delete it."""
    for deck in sorted(lock.decks, key=lambda entry: entry.key):
        if ids := retired_of(lock, deck.key):
            search = anki_search(lock.namespace or "", ids)
            yield f"# Retired in {deck.id}, to be found in Anki by: {search}\n"


def retired_of(lock: Lock, deck: str) -> tuple[str, ...]:
    """Return the Ids of the retired notes of a deck, given by its key."""
    home = {question.key: question.deck for question in lock.questions}
    return tuple(sorted(n.key for n in lock.notes if n.retired and home.get(n.question) == deck))


def _place(entry: Entry) -> tuple[str, int, str, int, str]:
    match entry:
        case KindEntry(key=key):
            return ("", 0, key, 0, "")
        case DeckEntry(key=key):
            return (key, 0, "", 0, "")
        case SectionEntry(key=key):
            return (entry.deck, 1, key, 0, "")
        case QuestionEntry(key=key):
            return (key.partition("/")[0], 2, key, 0, "")
        case NoteEntry(key=key):
            return (key.partition("/")[0], 2, home_of(key), 1, key)


def _words(entry: Entry) -> Iterator[str]:
    match entry:
        case KindEntry(key, id, schema, look, time):
            yield from ("kind", key, f"id={id}", f"schema={schema}", f"look={look}", f"time={time}")
        case DeckEntry(key, id, file, title, time):
            yield from ("deck", _value(key), _unless("id", id, key), f"file={_value(file)}")
            yield from (f"title={_value(title)}", f"time={time}")
        case SectionEntry(key, id, number, title, since, time):
            yield from ("section", _value(key), _unless("id", id, key.partition("/")[2]))
            yield from (f"number={number}", f"title={_value(title)}", f"time={time}")
            yield _unless("since", str(since), str(time))
        case QuestionEntry(key, deck, id, number, section):
            home, _, name = key.partition("/")
            yield from ("question", _value(key), _unless("deck", deck, home), _unless("id", id, name))
            yield from (_unless("number", number, ""), _list("had", entry.had), f"section={_value(section)}")
            yield from (f"ask={entry.ask}", f"rest={entry.rest}", _list("made", entry.made))
            yield from (f"time={entry.time}", _unless("since", str(entry.since), str(entry.time)))
        case NoteEntry(key, question, id, kind, guid, digests, since, time):
            yield from ("note", _value(key), _unless("question", question, home_of(key)))
            yield from (_unless("id", id, name_of(key)), f"kind={kind}", f"guid={_value(guid)}")
            yield from (f"time={time}", _unless("since", str(since), str(time)), _list("made", entry.made))
            yield from ("retired" * entry.retired, _list("digest", [f"{n}:{d}" for n, d in digests.items()]))
            yield from (_part(part, since) for part in entry.parts)


def _part(part: LearnedPart, since: int) -> str:
    born = "" if part.since == since else f"@{part.since}"
    return f"{'-' * part.gone}{part.ordinal}{born}={_value(part.words)}"


def _unless(name: str, value: str, default: str) -> str:
    return "" if value == default else f"{name}={_value(value)}"


def _list(name: str, values: tuple[str, ...] | list[str]) -> str:
    return f"{name}={','.join(values)}" if values else ""


def _value(text: str) -> str:
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
