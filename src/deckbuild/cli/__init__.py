"""The command line: parse options, call the pipeline, report. Only here something is printed."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

from deckbuild import __version__

_COMMANDS = (
    "all",
    "check",
    "new",
    "dump",
    "schema",
    "templates",
    "convert",
    "ids",
    "release",
    "diff",
    "renumber",
    "lock",
    "clean",
)
"""Commands in the order of the help; each is `command` in the module of its name."""


class _Commands(click.Group):
    """A group that imports a command when it is used, so that starting stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"deckbuild.cli.{cmd_name}_").command
        return command


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `deckbuild new my-bank`, then `deckbuild -C my-bank all`.",
)
@click.version_option(__version__, "-V", "--version", message="deckbuild %(version)s")
@click.option(
    "-C", "--project", metavar="DIR", help="The project's folder. Default: the nearest with a deckbuild.toml."
)
@click.pass_context
def cli(ctx: click.Context, project: str | None) -> None:
    """Compile plain-text question banks into Anki decks, PDFs to print, and HTML handouts."""
    ctx.obj = project


def main() -> None:
    """Run the program. Whatever goes wrong ends in words and an exit code, never in a traceback."""
    # A model is millions of small values that all stay: looking through them for cycles after every
    # 700 new ones takes half of the time of a large bank.
    gc.set_threshold(100_000, 20, 20)
    try:
        cli(prog_name="deckbuild")
    except OSError as problem:
        from deckbuild.outputs import advice

        place = f"{problem.filename}: " if problem.filename else ""
        _fail("\n  = help: ".join(filter(None, (f"{place}{problem.strerror or problem}", advice(problem)))))
    except Exception as problem:
        if os.environ.get("DECKBUILD_TRACEBACK"):
            raise
        _fail(
            f"this is a bug in deckbuild, not in your files: {type(problem).__name__}: {problem}\n"
            "Set DECKBUILD_TRACEBACK=1 to see where it happened, and please report it."
        )


def _fail(message: str) -> None:
    click.echo(f"error: {message}", err=True)
    sys.exit(1)
