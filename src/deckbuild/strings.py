"""The words that templates print, by language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.source import Span
from deckbuild.toml_places import places_of, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from deckbuild.source import Source

_ISOLATE, _END = "\u2066", "\u2069"
"""Unicode's marks around text that runs from left to right, whatever runs around it."""


class WordError(Exception):
    """A template asked for a word that there is not. Holds what to write instead."""

    def __init__(self, message: str, help_text: str) -> None:
        super().__init__(message)
        self.help = help_text


@dataclass(frozen=True, slots=True)
class Strings:
    """The words of one language. Keys are `table.name`, as in `strings/en.toml`."""

    lang: str
    words: Mapping[str, str] = field(repr=False)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a word, with `{name}` replaced by the values; a count picks `key.one` for 1.

        Raises:
            WordError: no such word, or no such value: a slip in a template, reported as TEMPLATE_FAILED.
        """
        if values.get("count") == 1 and f"{key}.one" in self.words:
            key = f"{key}.one"
        if key not in self.words:
            near = get_close_matches(str(key), self.words, 1)
            message = f"there is no word `{key}`"
            raise WordError(message, f"did you mean `{near[0]}`?" if near else "")
        try:
            return self.words[key].format_map(values)
        except KeyError as missing:
            name = missing.args[0]
            message = f"the word `{key}` needs a value for `{name}`"
            raise WordError(message, f'write `words("{key}", {name}=…)`') from missing

    def fenced(self) -> Strings:
        """Return the words for pages that run from right to left.

        What has no letter of that direction, such as a word that stayed English, is isolated: else numbers
        and full stops at its ends would change sides.
        """
        words = {
            key: word if _runs_left(word) else f"{_ISOLATE}{word}{_END}" for key, word in self.words.items()
        }
        return Strings(self.lang, words)


def parse_strings(source: Source) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Return the words of a TOML file, nested tables joined by dots."""
    data = read_toml(Code.STRINGS_INVALID, source)
    if isinstance(data, Diagnostic):
        return {}, (data,)
    words: dict[str, str] = {}
    found: list[Diagnostic] = []
    pending: list[tuple[str, object]] = [(key, value) for key, value in data.items()]
    while pending:
        key, value = pending.pop()
        match value:
            case str():
                words[key] = value
            case dict():
                pending += [(f"{key}.{name}", inner) for name, inner in value.items()]
            case _:
                found.append(
                    error(Code.STRINGS_INVALID, f"`{key}` is not a text", place_of_word(source, key))
                )
    return dict(sorted(words.items())), tuple(found)


def place_of_word(source: Source, key: str) -> Span:
    """Return where a word's key stands, whether in nested tables or with dots."""
    places = {".".join(path): place for path, place in places_of(source.text).items()}
    place = places.get(key)
    return Span(source, place.start, place.end) if place else Span(source, 0, 0)


def strings_for(lang: str, by_lang: Mapping[str, Mapping[str, str]]) -> Strings:
    """Return the words for a language: English, overlaid by the language, overlaid by its variant."""
    words: dict[str, str] = {}
    for name in _chain(lang):
        words |= by_lang.get(name, {})
    return Strings(lang, words)


def has_words(lang: str, by_lang: Mapping[str, Mapping[str, str]]) -> bool:
    """Tell whether there are words for a language itself, or for the one it is a variant of."""
    base, *_ = lang.replace("_", "-").split("-")
    return base == "en" or any(by_lang.get(name) for name in _chain(lang) if name != "en")


def every_language(by_lang: Mapping[str, Mapping[str, str]]) -> tuple[Strings, ...]:
    """Return the words of every language there are any for, English first."""
    languages = sorted(by_lang, key=lambda lang: (lang != "en", lang))
    return tuple(strings_for(lang, by_lang) for lang in languages)


def _chain(lang: str) -> Iterable[str]:
    parts = lang.replace("_", "-").split("-")
    return dict.fromkeys(("en", *("-".join(parts[: i + 1]) for i in range(len(parts)))))


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
