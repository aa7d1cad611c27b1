"""Rules about what a project lays over the package: templates, their blocks, and words."""

from __future__ import annotations

import re
from difflib import get_close_matches
from string import Formatter
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Severity, error, warning
from deckbuild.source import Span
from deckbuild.strings import place_of_word
from deckbuild.templates import PACKAGED, TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jinja2.nodes import Template

    from deckbuild.source import Source
    from deckbuild.templates import Templates

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_templates(templates: Templates) -> Iterator[Diagnostic]:
    """Yield what is wrong with a project's templates before one of them runs."""
    for name in sorted(templates.project):
        if name not in templates.packaged and not _is_mentioned(name, templates.project.values()):
            near = _nearest(name, templates.packaged) or "`deckbuild templates list` lists them"
            message = f"nothing uses the template `{name}`: there is none of this name to override"
            yield _about_file(Code.TEMPLATE_UNKNOWN, message, f"{templates.folder}/{name}", near)
        # Styles and scripts of handouts are no templates: what looks like a brace there is one.
        if name.endswith(".html") or name.startswith("anki/"):
            try:
                yield from _check_blocks(templates, name, templates.parse(name))
            except TemplateError as problem:
                yield problem.diagnostic


def _check_blocks(templates: Templates, name: str, tree: Template) -> Iterator[Diagnostic]:
    """Yield a warning for each block that what is extended does not have: it would never be shown."""
    from jinja2.nodes import Block

    known = _blocks_above(templates, name, tree)
    if known is None:
        return
    for block in tree.body:
        if isinstance(block, Block) and block.name not in known:
            source = templates.source(name)
            start = source.line_starts[block.lineno - 1]
            found = re.compile(rf"\b{block.name}\b").search(source.text, start)
            place = Span(source, *found.span()) if found else Span(source, start, start)
            message = f"there is no block `{block.name}` to override"
            help_text = (
                _nearest(block.name, known) or f"there is {', '.join(f'`{b}`' for b in sorted(known))}"
            )
            yield warning(Code.TEMPLATE_UNKNOWN, message, place, help=help_text)


def _blocks_above(templates: Templates, name: str, tree: Template) -> set[str] | None:
    """Return the blocks of all that a template extends; None if it extends nothing, or what is not known."""
    from jinja2.nodes import Block, Const, Extends

    known: set[str] | None = None
    seen = {name}
    while extends := next(iter(tree.find_all(Extends)), None):
        if not isinstance(extends.template, Const) or extends.template.value in seen:
            return None
        name = extends.template.value
        seen.add(name)
        if name.removeprefix(PACKAGED) not in templates.packaged and name not in templates.project:
            return None
        tree = templates.parse(name)
        known = (known or set()) | {block.name for block in tree.find_all(Block)}
    return known


def check_words(
    source: Source, words: Mapping[str, str], packaged: Mapping[str, str], texts: Iterable[str]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a project's words for a language.

    Args:
        source: The file.
        words: What it says.
        packaged: The words that there are to override.
        texts: The project's templates, which may have words of their own.
    """
    lang = source.name.rpartition("/")[2].removesuffix(".toml")
    if not _LANGUAGE.fullmatch(lang):
        help_text = "name it after a language, like `de.toml` or `pt-BR.toml`"
        yield _about_file(Code.STRINGS_UNKNOWN, f"`{lang}` is no language", source.name, help_text)
    for key, word in words.items():
        plain = key.removesuffix(".one")
        if plain not in packaged and not _is_mentioned(plain.rpartition(".")[2], texts):
            help_text = _nearest(key, packaged) or "the words are those of `strings/en.toml` in the package"
            message = f"nothing uses the word `{key}`"
            yield warning(Code.STRINGS_UNKNOWN, message, place_of_word(source, key), help=help_text)
        elif message := _misuse(word, packaged.get(plain)):
            yield error(Code.STRINGS_INVALID, f"`{key}`: {message}", place_of_word(source, key))


def _misuse(word: str, packaged: str | None) -> str:
    """Return what is wrong with the braces of a word; empty if nothing is."""
    try:
        names = _names(word)
    except ValueError:
        return "a brace has no partner; a brace that is to be shown is written twice"
    known = names if packaged is None else {*_names(packaged), "count"}
    unknown = sorted(name for name in names if name not in known or not name.isidentifier())
    if not unknown:
        return ""
    listed = ", ".join(f"`{{{name}}}`" for name in sorted(known)) if packaged else ""
    return f"there is no value `{{{unknown[0]}}}`" + (f"; there is {listed}" if listed else "")


def _names(word: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(word) if name is not None}


def _is_mentioned(name: str, texts: Iterable[str]) -> bool:
    return any(name in text for text in texts)


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(known), 1)
    return f"did you mean `{near[0]}`?" if near else ""


def _about_file(code: Code, message: str, file: str, help_text: str) -> Diagnostic:
    """Return a warning about a file as a whole."""
    return Diagnostic(code, message, (), help_text, Severity.WARNING, file)
