"""`deckbuild lock`: rebuild a lost lock."""

from __future__ import annotations

from pathlib import Path

import click

from deckbuild.cli import common
from deckbuild.diagnostic import has_errors
from deckbuild.report import counted


@click.command("lock", short_help="Rebuild a lost deckbuild.lock from packages.")
@click.option(
    "--from",
    "paths",
    metavar="OLD.apkg",
    multiple=True,
    required=True,
    type=click.Path(exists=True, dir_okay=False),
    help="A package that learners have, the newest of its deck. Once for each deck.",
)
@click.option("--force", is_flag=True, help="Overwrite the lock that is there.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], force: bool) -> None:
    """Rebuild a lost deckbuild.lock from packages that learners have.

    Times, printed numbers and which card learns which gap are read from the packages. What was retired
    before is not in them. If the lock is in the history of your version control, restore it from there.
    """
    from deckbuild.compiler import read_decks
    from deckbuild.lock.text import FILE, render_lock
    from deckbuild.rebuild import rebuild
    from deckbuild.writers.files import write_atomically

    with common.one_at_a_time(ctx):
        project, found = common.load(ctx)
        if project.lock and not force:
            message = f"{FILE} exists; --force overwrites it"
            raise click.UsageError(message, ctx)
        packages = [common.package(ctx, Path(path)) for path in paths]
        reading = read_decks(project)
        rebuilt, problems = rebuild(project, reading, packages)
        found += (*reading.diagnostics, *problems)
        common.report(found, "full")
        if not rebuilt.lock.notes:
            name = project.config.namespace
            click.echo(f"error: there is no note of the project `{name}` in them", err=True)
            ctx.exit(1)
        write_atomically(project.root / FILE, render_lock(rebuilt.lock).encode())
    click.echo(
        f"{FILE}: {counted(len(rebuilt.lock.notes), 'note')}; {rebuilt.unchanged} as published,"
        f" {rebuilt.changed} changed since, {rebuilt.retired} retired."
    )
    click.echo("Next: read it, commit it, then deckbuild all")
    ctx.exit(int(has_errors(found)))
