"""The Jinja templates: packaged defaults that a project overrides file by file.

`name` is taken from the project if it has one, else from the package; `deckbuild/name` is always
the packaged one, so that an override can extend what it replaces. Templates under `anki/` write
`[[ ]]`, `[% %]` and `[# #]`, because Anki has its own `{{ }}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.source import Source, Span
from deckbuild.strings import WordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import Environment, TemplateSyntaxError
    from jinja2.nodes import Template as Tree

PACKAGED = "deckbuild/"
"""In front of a name: the packaged template, whatever the project has."""


class TemplateError(Exception):
    """A template of the project (or ours) could not be read or run. Holds what to report."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True)
class Templates:
    """Template texts by name. `render` is a pure function of them."""

    packaged: Mapping[str, str]
    project: Mapping[str, str]
    folder: str = "templates"
    """Where the project keeps its own, for messages."""

    def text(self, name: str) -> str:
        """Return the text of a template, not rendered."""
        return self.project.get(name, self.packaged[name])

    def render(self, name: str, context: Any) -> str:
        """Render a template with the fields of a context dataclass as its variables.

        Raises:
            TemplateError: syntax, an unknown variable or an error while it ran.
        """
        import jinja2

        values = {f.name: getattr(context, f.name) for f in fields(context)}
        try:
            return self._environment_of(name).get_template(name).render(values)
        except jinja2.TemplateSyntaxError as problem:
            raise TemplateError(self._syntax(problem)) from problem
        except Exception as problem:
            at_name, line = _innermost(problem)
            message, help_text = say(problem, values)
            diagnostic = self._report(Code.TEMPLATE_FAILED, at_name or name, line, message, help_text)
            raise TemplateError(diagnostic) from problem

    def parse(self, name: str) -> Tree:
        """Return the tree of a template, by a name that there is.

        Raises:
            TemplateError: syntax.
        """
        import jinja2

        try:
            text, *_ = self._load(name) or ("",)
            return self._environment_of(name).parse(text, name)
        except jinja2.TemplateSyntaxError as problem:
            raise TemplateError(self._syntax(problem)) from problem
        except (RecursionError, ValueError) as problem:
            message = "it is nested too deeply, or a number in it is too long"
            raise TemplateError(self._report(Code.TEMPLATE_SYNTAX, name, 0, message)) from problem

    def source(self, name: str) -> Source:
        """Return a template of the project as a source, for messages."""
        return Source(f"{self.folder}/{name}", self.project[name])

    def _environment_of(self, name: str) -> Environment:
        return self._anki if name.removeprefix(PACKAGED).startswith("anki/") else self._html

    @cached_property
    def _html(self) -> Environment:
        return self._environment()

    @cached_property
    def _anki(self) -> Environment:
        return self._environment(
            block_start_string="[%",
            block_end_string="%]",
            variable_start_string="[[",
            variable_end_string="]]",
            comment_start_string="[#",
            comment_end_string="#]",
        )

    def _environment(self, **syntax: Any) -> Environment:
        from jinja2.loaders import FunctionLoader

        from deckbuild.sandbox import Sandbox

        # Decks and templates of strangers are safe to build: the sandbox refuses attributes
        # that lead to the interpreter, and the loader knows no files.
        return Sandbox(
            loader=FunctionLoader(self._load),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            **syntax,
        )

    def _load(self, name: str) -> tuple[str, str, None] | None:
        if name.startswith(PACKAGED):
            text = self.packaged.get(name.removeprefix(PACKAGED))
        else:
            text = self.project.get(name, self.packaged.get(name))
        return None if text is None else (text, f"<template {name}>", None)

    def _syntax(self, problem: TemplateSyntaxError) -> Diagnostic:
        words = (problem.message or "").rstrip(".")
        return self._report(Code.TEMPLATE_SYNTAX, problem.name, problem.lineno, words[:1].lower() + words[1:])

    def _report(self, code: Code, name: str | None, line: int, message: str, help: str = "") -> Diagnostic:  # noqa: A002 - as in `error`
        if name is None or name not in self.project or line < 1:
            return Diagnostic(code, message, (), help, file=f"{self.folder}/{name}")
        return error(code, message, _narrowed(self.source(name), line, message), help=help)


def _narrowed(source: Source, line: int, message: str) -> Span:
    """Return the place of the first name that a message quotes, else the line without its indentation."""
    number = min(line, len(source.line_starts))
    start, text = source.line_starts[number - 1], source.line(number)
    for name in re.findall(r"[`']([^`']+)[`']", message):
        if (found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)) is not None:
            return Span(source, start + found.start(), start + found.end())
    return Span(source, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _innermost(problem: BaseException) -> tuple[str, int]:
    """Return name and line of the template that was running."""
    found = ("", 0)
    trace = problem.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("<template "):
            found = (file.removeprefix("<template ").removesuffix(">"), trace.tb_lineno)
        trace = trace.tb_next
    return found


def say(problem: Exception, known: Iterable[str]) -> tuple[str, str]:
    """Return what went wrong while a template ran, and help; `known` names what it can use."""
    import jinja2
    from jinja2.exceptions import SecurityError

    match problem:
        case jinja2.TemplateNotFound(name=name):
            return f"there is no template `{name}`", "`deckbuild templates list` lists them"
        case jinja2.UndefinedError():
            message = str(problem.message)
            missing = re.fullmatch(r"'(\w+)' is undefined", message)
            near = get_close_matches(missing[1], list(known), 1) if missing else []
            helpful = f"did you mean `{near[0]}`?" if near else f"there is {_listed(known)}"
            return message, helpful if missing else ""
        case SecurityError():
            access = re.match(r"access to attribute '(\w+)'", str(problem))
            return f"a template may not use `{access[1]}`" if access else str(problem), ""
        case RecursionError():
            return (
                "it calls, includes or extends itself without end",
                f"write `{PACKAGED}…` for what it overrides",
            )
        case MemoryError() | OverflowError():
            return "it makes more than fits into memory, or counts beyond 100,000", ""
        case WordError():
            return str(problem), problem.help
        case _:
            return str(problem) or type(problem).__name__, ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
