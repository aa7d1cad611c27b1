"""`deckbuild diff`: what a learner's next import will do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckbuild.cli import common
from deckbuild.diagnostic import has_errors
from deckbuild.diff_text import DIFF_FORMATS, render_diff

if TYPE_CHECKING:
    from deckbuild.diff_text import DiffFormat


@click.command("diff", short_help="Say what a learner's next import will do.")
@click.option(
    "--against",
    metavar="OLD.apkg",
    type=click.Path(exists=True, dir_okay=False),
    help="Compare with a package that learners have. Default: with deckbuild.lock.",
)
@click.option("--format", "form", type=click.Choice(DIFF_FORMATS), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changes.")
@click.pass_context
def command(ctx: click.Context, /, against: str | None, form: DiffFormat, exit_code: bool) -> None:
    """Say what a learner's next import will do: what is new, updated and why, and retired.

    Also which cards become empty, and whether a note type would fork. Nothing is built or written.
    """
    from deckbuild.compiler import compile_reading, read_decks
    from deckbuild.diff import diff_lock, diff_package
    from deckbuild.packages import packages_of

    project, found = common.load(ctx)
    reading = read_decks(project)
    compilation = compile_reading(project, reading, common.publishing())
    found += (*reading.diagnostics, *compilation.diagnostics)
    if against is None:
        diff = diff_lock(compilation)
    else:
        old = common.package(ctx, Path(against))
        packages, problems = packages_of(project, compilation.decks)
        found += problems
        diff = diff_package(against, old, tuple(packages.values()))
    common.report(found, "full")
    click.echo(render_diff(diff, form), nl=False)
    changed = exit_code and not diff.is_empty
    ctx.exit(int(has_errors(found) or bool(diff.forks) or changed))
