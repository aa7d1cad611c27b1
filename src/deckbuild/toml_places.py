"""Where the keys of a TOML text stand, which `tomllib` does not say, and where it gave up.

Only texts that `tomllib` has read are scanned for keys, so nothing is checked here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import Any

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.source import Source, Span

Path = tuple[str, ...]
"""Keys from the top down. The items of an array are told apart by number: `edition#0`."""

_BLANK = re.compile(r"(?:[\s]|#[^\n]*)*")
_INNER_BLANK = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[\w-]+|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'""")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_PLAIN = re.compile(r"[^\s,\]}#]+(?: [0-9:.]+)?")
"""A number, a word, a date, and a date with its time behind a blank."""


@dataclass(frozen=True, slots=True)
class Place:
    """Offsets of a key and of its value; what has no key, or no value, has that of the other."""

    start: int
    end: int
    value: int
    value_end: int


@dataclass
class _Scanner:
    text: str
    found: dict[Path, Place] = field(default_factory=dict)
    tables: dict[Path, int] = field(default_factory=dict)
    """How many tables an array has so far."""

    def scan(self) -> None:
        at, table = self._blank(0), Path()
        while at < len(self.text):
            if self.text[at] == "[":
                at, table = self._header(at)
            else:
                at = self._entry(at, table)
            at = self._blank(at)

    def _header(self, at: int) -> tuple[int, Path]:
        is_array = self.text.startswith("[[", at)
        keys, at = self._keys(at + 1 + is_array)
        path = Path()
        for number, (name, start, end) in enumerate(keys, 1):
            is_new = is_array and number == len(keys)
            if is_new:
                self.tables[(*path, name)] = self.tables.get((*path, name), -1) + 1
                self._note((*path, name), start, end)
            count = self.tables.get((*path, name))
            path = (*path, name if count is None else f"{name}#{count}")
            self._note(path, start, end)
        return at + 1 + is_array, path

    def _entry(self, at: int, table: Path) -> int:
        keys, at = self._keys(at)
        path = table
        for name, start, end in keys:
            path = (*path, name)
            self._note(path, start, end)
        value = self._inner_blank(at + 1)
        at = self._value(value, path)
        self.found[path] = replace(self.found[path], value=value, value_end=at)
        return at

    def _value(self, at: int, path: Path) -> int:
        match self.text[at]:
            case "{":
                at = self._blank(at + 1)
                while self.text[at] != "}":
                    at = self._blank(self._entry(at, path))
                    at = self._blank(at + 1) if self.text[at] == "," else at
                return at + 1
            case "[":
                return self._array(at, path)
            case '"' | "'":
                return self._end(_STRING, at)
            case _:
                return self._end(_PLAIN, at)

    def _array(self, at: int, path: Path) -> int:
        at, number = self._blank(at + 1), 0
        while self.text[at] != "]":
            item, start = (*path[:-1], f"{path[-1]}#{number}"), at
            at = self._value(start, item)
            self._note(item, start, at)
            at = self._blank(at)
            at = self._blank(at + 1) if self.text[at] == "," else at
            number += 1
        return at + 1

    def _keys(self, at: int) -> tuple[list[tuple[str, int, int]], int]:
        keys = []
        while True:
            at = self._inner_blank(at)
            found = _KEY.match(self.text, at)
            assert found is not None, "tomllib has read it"
            group = found.lastindex or 0
            keys.append((found[group], *found.span(group)))
            at = self._inner_blank(found.end())
            if self.text[at] != ".":
                return keys, at
            at += 1

    def _note(self, path: Path, start: int, end: int) -> None:
        self.found.setdefault(path, Place(start, end, start, end))

    def _blank(self, at: int) -> int:
        return self._end(_BLANK, at)

    def _inner_blank(self, at: int) -> int:
        return self._end(_INNER_BLANK, at)

    def _end(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self.text, at)
        assert found is not None, "tomllib has read it"
        return found.end()


def places_of(text: str) -> dict[Path, Place]:
    """Return where each key of a text stands that `tomllib` has read, by its path."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.found


def read_toml(code: Code, source: Source) -> dict[str, Any] | Diagnostic:
    """Return what a TOML text says; if it is none, an error of that code at the place where it ends to be."""
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as problem:
        return _syntax_error(code, source, str(problem))
    except RecursionError:
        return Diagnostic(code, "this is not TOML: it is nested too deeply", file=source.name)
    except ValueError:
        # Python reads no number of more than 4 300 digits, and says it in its own words.
        return Diagnostic(code, "a number in it is too long", file=source.name)


def _syntax_error(code: Code, source: Source, message: str) -> Diagnostic:
    found = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)", message)
    words = message[: found.start()] if found else message
    start = len(source.text)
    if found and found[1]:
        start = source.line_starts[int(found[1]) - 1] + int(found[2]) - 1
        if slip := _slip(source, int(found[1]), words):
            words, help_text, place = slip
            return error(code, f"this is not TOML: {words}", place, help=help_text)
    place = Span(source, min(start, len(source.text)), min(start + 1, len(source.text)))
    return error(code, f"this is not TOML: {words[:1].lower()}{words[1:]}", place)


_ENTRY = re.compile(r"\s*(?P<key>[\w.\"-]+)\s*(?P<sign>[=:])\s*(?P<value>[^#\n]*[^#\s])?")
_HEADER = re.compile(r"\s*(\[[^\]\n]*\]+)")
_FLAGS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}


def _slip(source: Source, number: int, words: str) -> tuple[str, str, Span] | None:
    """Return what is wrong with a line, help, and the place, for the slips that people make."""
    line, start = source.line(number), source.line_starts[number - 1]
    if header := _HEADER.match(line):
        is_twice = "twice" in words or "overwrite" in words or "mutate" in words
        place = Span(source, start + header.start(1), start + header.end(1))
        return (f"`{header[1]}` stands here twice", "join the two tables", place) if is_twice else None
    entry = _ENTRY.match(line)
    if not entry:
        return None
    key, value = entry["key"], entry["value"] or ""
    if entry["sign"] == ":":
        place = Span(source, start + entry.start("sign"), start + entry.end("sign"))
        return "a colon stands behind the key", f"write `{key} = …`", place
    if "overwrite" in words:
        place = Span(source, start + entry.start("key"), start + entry.end("key"))
        return f"`{key}` stands here twice", "keep one of them", place
    if words.startswith("Invalid value") and value and not value.startswith(("[", "{", '"', "'")):
        written = _FLAGS.get(value.lower()) or '"' + value.strip("“”„‘’«»").replace('"', "") + '"'
        place = Span(source, start + entry.start("value"), start + entry.end("value"))
        return f"`{value}` is no value", f"write `{key} = {written}`", place
    return None
