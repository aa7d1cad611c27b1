"""What a scalar says: its text read as an id, a word, a number, a date; or what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from deckbuild.diagnostic import Code
from deckbuild.formats.wording import listed, shown, suggestion
from deckbuild.markup.media import Refused, is_sound, media_path
from deckbuild.markup.text import slug

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

MAX_MINUTES = 600

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?", re.ASCII)
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_MEANT_TRUE = {"yes", "on", "y", "1"}
_MEANT_FALSE = {"no", "off", "n", "0"}

Word = TypeVar("Word", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value; `says` goes on after its name: "`minutes` must be a number"."""

    says: str
    help: str = ""
    code: Code = Code.INVALID_VALUE


def line(text: str) -> str | Fault:
    """Read one line of text."""
    text = text.strip()
    return Fault("must be one line", "join its lines") if "\n" in text else text


def description(text: str) -> str | Fault:
    """Read the description of a picture, which may be written over several lines."""
    return " ".join(text.split())


def identifier(text: str) -> str | Fault:
    """Read an id: a slug, letters of any script."""
    made = slug(text, len(text))
    if made == text:
        return text
    says = "must be lower-case letters and digits, joined by single hyphens"
    return Fault(says, f"write `{made}`" if made else "write an id such as `activation-functions`")


def old_identifier(text: str) -> str | Fault:
    """Read an earlier id, which may name its deck in front of a slash."""
    read = [identifier(part) for part in text.split("/", 1)]
    return next((part for part in read if isinstance(part, Fault)), text)


def word(text: str) -> str | Fault:
    """Read a word: tags and roles have no blanks, since Anki parts tags at them."""
    if not any(character.isspace() for character in text):
        return text
    parts = ["-".join(part.split()) for part in text.split(",") if part.strip()]
    help_text = f"write `[{', '.join(parts)}]`" if len(parts) > 1 else f"write `{'-'.join(text.split())}`"
    return Fault(f"cannot have a blank in it: `{shown(text)}`", help_text)


def guid(text: str) -> str | Fault:
    """Read the GUID of an Anki note: signs of any kind, but none that a table would part at."""
    return Fault("cannot have a blank in it") if any(sign.isspace() for sign in text) else text


def one_of(words: type[Word]) -> Callable[[str], Word | Fault]:
    """Return a reader of one of a few words."""

    def read(text: str) -> Word | Fault:
        if text in {*words}:
            return words(text)
        meant = suggestion(text.lower(), tuple(words)) or f"write {listed(tuple(words))}"
        return Fault(f"cannot be `{shown(text)}`", meant)

    return read


def flag(text: str) -> bool | Fault:
    """Read `true` or `false`, in the spellings that YAML has for them."""
    if text in _FLAGS:
        return _FLAGS[text]
    meant = [
        *(["true"] if text.lower() in _MEANT_TRUE else []),
        *(["false"] if text.lower() in _MEANT_FALSE else []),
    ]
    return Fault(f"must be `true` or `false`, not `{shown(text)}`", f"write `{meant[0]}`" if meant else "")


def number(text: str) -> float | Fault:
    """Read a number."""
    if _NUMBER.fullmatch(text):
        return float(text)
    return Fault(f"must be a number, not `{shown(text)}`", "write digits, with a point for fractions")


def minutes(text: str) -> float | Fault:
    """Read a time in minutes."""
    value = number(text)
    if isinstance(value, Fault) or 0 < value <= MAX_MINUTES:
        return value
    return Fault(f"must be more than 0 and at most {MAX_MINUTES} minutes", "write whole minutes, or `0.5`")


def fraction(text: str) -> float | Fault:
    """Read a number from 0 to 1."""
    value = number(text)
    if isinstance(value, Fault) or 0 <= value <= 1:
        return value
    return Fault(f"must be from 0 to 1, not `{shown(text)}`", "divide by the width or height of the picture")


def language(text: str) -> str | Fault:
    """Read a language tag as BCP 47 writes it."""
    if _LANG.fullmatch(text):
        return text
    fixed = text.replace("_", "-")
    meant = f"`{fixed}`" if _LANG.fullmatch(fixed) else "a tag such as `en`, `pt-BR` or `zh-Hant`"
    return Fault(f"must be a language tag, not `{shown(text)}`", f"write {meant}")


def iso_date(text: str) -> str | Fault:
    """Read a date as ISO 8601 writes it."""
    if not _DATE.fullmatch(text):
        return Fault(f"must be a date, not `{shown(text)}`", "write it as year, month and day: `2026-11-23`")
    try:
        date.fromisoformat(text)
    except ValueError:
        return Fault(f"must be a date, but the calendar has no `{text}`", "correct the month or the day")
    return text


def address(text: str) -> str | Fault:
    """Read the address of a page or mailbox."""
    if _ADDRESS.fullmatch(text):
        return text
    if _OTHER_SCHEME.match(text):
        says = f"must be an address of the web or of mail, not `{shown(text)}`"
        return Fault(says, "write an address that starts with `https://`", Code.LINK_UNSAFE)
    bare = text.removeprefix("//")
    meant = f"`https://{bare}`" if "." in bare and _ADDRESS.fullmatch(f"https://{bare}") else "it whole"
    return Fault(f"must be an address without blanks, not `{shown(text)}`", f"write {meant}, with `https://`")


def picture(folder: str) -> Callable[[str], str | Fault]:
    """Return a reader of a picture's path, as written in a file of that folder."""

    def read(text: str) -> str | Fault:
        path = media_path(text, folder)
        if isinstance(path, str) and is_sound(path):
            return Fault("is a recording, not a picture", "put it into a text, as `![what it says](…)`")
        return (
            Fault(f"cannot be used: {path.message}", path.help, path.code)
            if isinstance(path, Refused)
            else path
        )

    return read
