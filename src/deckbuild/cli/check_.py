"""`deckbuild check`: find problems, build nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deckbuild.cli import common
from deckbuild.report import counted

if TYPE_CHECKING:
    from deckbuild.report import Format


@click.command("check", short_help="Find every problem, build nothing.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@common.format_option
@click.pass_context
def command(ctx: click.Context, strict: bool, quiet: bool, form: Format) -> None:
    """Read settings, decks and media, and print every problem, all in one run."""
    from deckbuild.compiler import compile_decks

    project, found = common.load(ctx)
    decks, problems = compile_decks(project)
    diagnostics = (*found, *problems)
    common.report(diagnostics, form)
    if not diagnostics and not quiet:
        count = sum(1 for compiled in decks for _ in compiled.deck.questions())
        click.echo(f"{counted(count, 'question')} in {counted(len(decks), 'deck')}: no problems.")
    ctx.exit(common.exit_code(diagnostics, strict=strict or project.config.strict))
