"""The Jinja templates: packaged defaults that a project overrides file by file.

`name` is taken from the project if it has one, else from the package; `deckbuild/name` is always
the packaged one, so that an override can extend what it replaces. Templates under `anki/` write
`[[ ]]`, `[% %]` and `[# #]`, because Anki has its own `{{ }}`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

_PACKAGED = "deckbuild/"


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
        environment = self._anki if name.startswith("anki/") else self._html
        try:
            return environment.get_template(name).render(values)
        except jinja2.TemplateSyntaxError as problem:
            raise TemplateError(
                self._report(Code.TEMPLATE_SYNTAX, problem.name, problem.lineno, problem.message or "")
            ) from problem
        except Exception as problem:
            at_name, line = _innermost(problem)
            raise TemplateError(
                self._report(Code.TEMPLATE_FAILED, at_name or name, line, _say(problem))
            ) from problem

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
        from jinja2 import StrictUndefined
        from jinja2.loaders import FunctionLoader
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        # Decks and templates of strangers are safe to build: the sandbox refuses attributes
        # that lead to the interpreter, and the loader knows no files.
        return ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            **syntax,
        )

    def _load(self, name: str) -> tuple[str, str, None] | None:
        if name.startswith(_PACKAGED):
            text = self.packaged.get(name.removeprefix(_PACKAGED))
        else:
            text = self.project.get(name, self.packaged.get(name))
        return None if text is None else (text, f"<template {name}>", None)

    def _report(self, code: Code, name: str | None, line: int, message: str) -> Diagnostic:
        text = self.project.get(name or "")
        file = f"{self.folder}/{name}"
        if text is None or line < 1:
            return Diagnostic(code, message, file=file)
        source = Source(file, text)
        start = source.line_starts[min(line, len(source.line_starts)) - 1]
        return error(code, message, Span(source, start, start + len(source.line(line))))


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


def _say(problem: Exception) -> str:
    import jinja2

    if isinstance(problem, jinja2.TemplateNotFound):
        return f"there is no template `{problem.name}`"
    if isinstance(problem, jinja2.UndefinedError):
        return str(problem.message)
    if isinstance(problem, KeyError):
        return f"there is no word or key {problem}"
    return f"{type(problem).__name__}: {problem}"
