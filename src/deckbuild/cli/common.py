"""What commands share: finding and loading the project, printing diagnostics, progress."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

import click

from deckbuild.diagnostic import Diagnostic, has_errors, in_order
from deckbuild.report import FORMATS, Format, Style, render_diagnostics, summary
from deckbuild.settings import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from deckbuild.package import Package
    from deckbuild.project import Project
    from deckbuild.publishing import Publishing

_F = TypeVar("_F", bound=Callable[..., object])


def format_option(function: _F) -> _F:
    """Add `--format`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="full",
        show_default=True,
        help="How problems are printed; `github` marks them in a pull request.",
    )(function)


def selection_options(function: _F) -> _F:
    """Add the options that select questions."""
    options = (
        ("section", "ID", "Only these sections."),
        ("tag", "TAG", "Only questions with one of these tags."),
        ("difficulty", "WORD", "Only questions that are easy, medium or hard."),
        ("priority", "WORD", "Only questions that are must, should or extra."),
        ("role", "ROLE", "Only questions for one of these roles."),
        ("id", "ID", "Only these questions."),
    )
    for name, metavar, text in reversed(options):
        choices = {"difficulty": ("easy", "medium", "hard"), "priority": ("must", "should", "extra")}.get(
            name
        )
        kind = click.Choice(choices) if choices else None
        function = click.option(f"--{name}", metavar=metavar, multiple=True, type=kind, help=text)(function)
    return function


def load(ctx: click.Context) -> tuple[Project, tuple[Diagnostic, ...]]:
    """Return the project that the command line means."""
    from deckbuild.project import load_project

    root = project_root(ctx)
    if ctx.obj is None and root != Path.cwd() and not (ctx.params.get("quiet") or ctx.params.get("as_data")):
        click.echo(f"The project is {root}", err=True)
    return load_project(root)


def publishing(**how: bool) -> Publishing:
    """Return how a command treats the lock, with the time of now."""
    from deckbuild.publishing import Publishing

    return Publishing(int(time.time()), os.environ.get("SOURCE_DATE_EPOCH"), **how)


def one_at_a_time(ctx: click.Context) -> AbstractContextManager[None]:
    """Wait until no other run writes the project's lock, and keep others waiting."""
    from deckbuild.writers.turns import one_at_a_time as wait

    words = "waiting for another run of deckbuild in this project"
    return wait(project_root(ctx), lambda: click.echo(words, err=True))


def package(ctx: click.Context, path: Path) -> Package:
    """Return a package that the command line names; one that cannot be read ends the command."""
    from deckbuild.unpack import read_package

    found = read_package(path.read_bytes())
    if isinstance(found, str):
        click.echo(f"error: {path}: {found}", err=True)
        ctx.exit(1)
    return found


def project_root(ctx: click.Context) -> Path:
    """Return the folder given by `-C`, else the nearest one upwards that has settings, else this one."""
    if ctx.obj is not None:
        folder = Path(ctx.obj)
        if not folder.is_dir():
            message = f"there is no folder `{ctx.obj}`"
            raise click.UsageError(message, ctx)
        return folder
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / FILE).is_file()), here)


def report(diagnostics: Iterable[Diagnostic], form: Format) -> None:
    """Print diagnostics to standard error, and how many there are."""
    ordered = in_order(diagnostics)
    click.echo(render_diagnostics(ordered, form, style(sys.stderr)), nl=False, err=True)
    if ordered and form in {"full", "concise"}:
        click.echo(summary(ordered), err=True)


def exit_code(diagnostics: Iterable[Diagnostic], *, strict: bool) -> int:
    """Return 1 for errors, or for warnings if they count as errors; else 0."""
    listed = tuple(diagnostics)
    return int(bool(listed) if strict else has_errors(listed))


def style(stream: object) -> Style:
    """Return how to print to a stream: in color on a terminal, unless NO_COLOR is set."""
    is_terminal = getattr(stream, "isatty", lambda: False)()
    return Style(color=is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


class Progress:
    """One line on a terminal that says what is being done; nothing in a pipe."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet

    def __call__(self, words: str) -> None:
        """Show what is being done now."""
        if self._shown:
            click.echo(f"\r\x1b[2K{words} …", nl=False, err=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\x1b[2K", nl=False, err=True)


def size(count: int) -> str:
    """Return a number of bytes for people: `12 KB`, `1.4 MB`."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB"
