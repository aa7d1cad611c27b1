"""What YAML does to a text behind its author's back, told with the line to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Label, error

if TYPE_CHECKING:
    from deckbuild.formats.yaml.places import Document

_LONGEST_HELP = 160
_ESCAPES = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|x..|u.{4}|U.{8}|.)")
_ESCAPE_NAMES = {"b": "a backspace", "t": "a tab", "n": "a line break", "r": "a carriage return"}
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE_NAMES |= {"f": "a form feed", "a": "a bell", "v": "a vertical tab", "e": "an escape character"}
_MATH = re.compile(r"(?<!\\)(\$\$?)((?:\\.|[^$\\])+)\1", re.DOTALL)
_HARMLESS = {"\\\\", '\\"', "\\/"}


def quoted(text: str) -> str:
    """Return a text of one line in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def unescaped(raw: str) -> str:
    """Return what a text in double quotes says if its backslashes were meant as they stand."""
    return raw.replace('\\"', '"').replace("\\\\", "\\")


def leading_character(document: Document, start: int, end: int) -> Diagnostic:
    """Report a plain text that starts with a character that means something to YAML."""
    mark = "{{" if document.text.startswith("{{", start) else document.text[start]
    message = f"a text cannot start with `{mark}` in YAML unless it stands in quotes"
    if mark == "`":
        message = "a text cannot start with a backtick in YAML unless it stands in quotes"
    return _trap(document, message, start, start + len(mark), _quoting_help(document, start, end))


def colon_in_text(document: Document, start: int, colon: int, end: int) -> Diagnostic:
    """Report `: ` in a plain text, which YAML takes for a key and its value."""
    message = "`: ` in a text without quotes: YAML takes what stands before it for a key"
    return _trap(document, message, colon, colon + 1, _quoting_help(document, start, end))


def comment_after_text(document: Document, start: int, hash_sign: int) -> Diagnostic:
    """Report ` #` after a plain text: YAML ends the text there."""
    end = _line_end(document.text, hash_sign)
    message = "YAML takes ` #` and what follows for a comment: it is not part of the text"
    where = "for a comment, put it on a line of its own; for text, "
    help_text = where + _quoting_help(document, start, end)
    return _trap(document, message, hash_sign, end, help_text)


def comma_in_braces(document: Document, start: int, key: tuple[int, int]) -> Diagnostic:
    """Report a comma in `{…}` that ended a text: the rest of it became a key without a value."""
    message = "a comma inside `{…}` ends the text: YAML takes the rest for a key without a value"
    return _trap(document, message, *key, _quoting_help(document, start, key[1]))


def missing_blank(document: Document, start: int, end: int) -> Diagnostic:
    """Report a key without a blank behind its colon."""
    key = document.text[start:end]
    message = f"a blank is missing after `{key}:`"
    return error(Code.YAML_SYNTAX, message, document.span(start, end + 1), help=f"write `{key}: …`")


def wide_colon(document: Document, start: int, end: int) -> Diagnostic:
    """Report a colon of Chinese or Japanese typing behind a key."""
    return _trap(document, "`：` is not the colon of YAML", start, end, "write `: `, colon and blank")


def deeper_key(document: Document, start: int, end: int) -> Diagnostic:
    """Report a key that stands further in than the text above it."""
    key = document.text[start:end]
    message = f"`{key}` stands further in than the key above it: YAML takes it for more of that text"
    help_text = f"write `{key}` in the same column as the key above it"
    return error(Code.YAML_SYNTAX, message, document.span(start, end), help=help_text)


def text_after_quotes(document: Document, start: int, quote_end: int, end: int) -> Diagnostic:
    """Report characters after a closing quote: mostly an apostrophe or a quoted first word."""
    text = document.text
    message = "the text goes on after its closing quote"
    raw = text[start:end]
    mark = raw[0]
    whole = raw[1:-1] if raw.endswith(mark) and len(raw) > 1 else raw
    if mark == '"' and whole is not raw:
        whole = unescaped(whole)
    elif mark == "'" and whole is not raw:
        whole = whole.replace("''", "'")
    help_text = "put the whole text in single quotes, a `'` inside written twice"
    fixed = _fixed_line(document, start, whole)
    help_text += f": `{fixed}`" if fixed else ""
    return _trap(document, message, quote_end, end, help_text)


def open_quote(document: Document, start: int) -> Diagnostic:
    """Report a quote that nothing closes."""
    mark = document.text[start]
    message = f"this `{mark}` is never closed"
    help_text = f"close it with `{mark}`; lines that go on stand further in than their key"
    return error(Code.YAML_SYNTAX, message, document.span(start, start + 1), help=help_text)


def open_bracket(document: Document, start: int) -> Diagnostic:
    """Report a bracket that nothing closes."""
    mark = document.text[start]
    close = {"{": "}", "[": "]"}[mark]
    message = f"this `{mark}` is never closed"
    help_text = f"close it with `{close}`, or put the text in quotes if it is no list"
    return error(Code.YAML_SYNTAX, message, document.span(start, start + 1), help=help_text)


def unknown_escape(document: Document, start: int, escape: tuple[int, int], end: int) -> Diagnostic:
    """Report a backslash in double quotes that YAML does not know."""
    written = document.text[slice(*escape)]
    message = f"`{written}` means nothing in double quotes, where a backslash starts an escape"
    return _trap(document, message, *escape, _single_quotes_help(document, start, end))


def escape_in_math(document: Document, start: int, escape: tuple[int, int], end: int) -> Diagnostic:
    """Report an escape in double quotes inside a formula, where a command of TeX was meant."""
    written = document.text[slice(*escape)]
    becomes = _ESCAPE_NAMES.get(written[1], "another character")
    message = f"`{written}` in double quotes is {becomes}, not TeX"
    return _trap(document, message, *escape, _single_quotes_help(document, start, end))


def escape_to_control(document: Document, start: int, escape: tuple[int, int], end: int) -> Diagnostic:
    """Report an escape in double quotes that makes a control character."""
    written = document.text[slice(*escape)]
    what = (
        "half a character" if _HALF.match(written) else _ESCAPE_NAMES.get(written[1], "a control character")
    )
    message = f"`{written}` in double quotes is {what}, which no text can hold"
    help_text = _single_quotes_help(document, start, end)
    return error(Code.CONTROL_CHARACTER, message, document.span(*escape), help=help_text)


def tab(document: Document, start: int, end: int) -> Diagnostic:
    """Report a tab where YAML wants blanks."""
    message = "a tab where YAML wants blanks"
    return _trap(document, message, start, end, "indent with blanks, two for each level")


def key_feature(document: Document, place: tuple[int, int], name: str) -> Diagnostic:
    """Report a tag, anchor, alias or merge at a key."""
    message = f"`{document.text[slice(*place)]}` is a YAML {name}, which banks do not have"
    return error(Code.YAML_FEATURE, message, document.span(*place), help="write the keys out")


def value_feature(document: Document, place: tuple[int, int], name: str) -> Diagnostic:
    """Report a tag, anchor or alias, which may be a text that starts with `!`, `&` or `*`."""
    message = f"`{document.text[slice(*place)]}` is a YAML {name}, which banks do not have"
    end = _line_end(document.text, place[0])
    help_text = f"if it is text, {_quoting_help(document, place[0], end)}; otherwise delete it"
    return error(Code.YAML_FEATURE, message, document.span(*place), help=help_text)


def duplicate_key(document: Document, key: str, first: tuple[int, int], again: tuple[int, int]) -> Diagnostic:
    """Report a key that stands twice in one mapping."""
    return error(
        Code.YAML_DUPLICATE_KEY,
        f"`{key}` stands here twice",
        Label(document.span(*again), "again"),
        Label(document.span(*first), "first"),
        help="keep one of them",
    )


def math_escapes(raw: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of escapes inside formulas of a text in double quotes."""
    return tuple(
        (formula.start(2) + escape.start(), formula.start(2) + escape.end())
        for formula in _MATH.finditer(raw)
        for escape in _ESCAPES.finditer(formula[2])
        if escape[0] not in _HARMLESS
    )


def _trap(document: Document, message: str, start: int, end: int, help_text: str) -> Diagnostic:
    return error(Code.YAML_TRAP, message, document.span(start, end), help=help_text)


def _quoting_help(document: Document, start: int, end: int) -> str:
    fixed = _fixed_line(document, start, document.text[start:end].rstrip())
    return f"write `{fixed}`" if fixed else "put single quotes around the whole text"


def _single_quotes_help(document: Document, start: int, end: int) -> str:
    """Return help that shows the content of double quotes (`start` to `end`) in single ones."""
    short = end - start <= _LONGEST_HELP
    fixed = _fixed_line(document, start - 1, unescaped(document.text[start:end])) if short else ""
    general = "use single quotes, where a backslash is a backslash"
    return f"{general}: `{fixed}`" if fixed else general


def _fixed_line(document: Document, start: int, text: str) -> str:
    """Return the line up to `start`, then the text in quotes; empty if that would be long."""
    line_start = document.text.rfind("\n", 0, start) + 1
    fixed = document.text[line_start:start].lstrip() + quoted(text)
    return "" if "\n" in text or len(fixed) > _LONGEST_HELP else fixed


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
