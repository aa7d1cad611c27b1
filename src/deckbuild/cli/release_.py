"""`deckbuild release`: publish all changes at one time, and say what is new."""

from __future__ import annotations

import click

from deckbuild.cli import common
from deckbuild.diagnostic import has_errors


@click.command("release", short_help="Publish all changes at one time, and say what is new.")
@click.option("--dry-run", is_flag=True, help="Say what would be new, and write nothing.")
@click.pass_context
def command(ctx: click.Context, /, dry_run: bool) -> None:
    """Publish all changes: write deckbuild.lock, with one time for all of them.

    Prints what is new for learners as Markdown. With `lock = "release"` in deckbuild.toml, builds leave
    the lock alone, and only this command publishes.
    """
    from deckbuild.compiler import compile_reading, read_decks
    from deckbuild.lock.text import FILE, render_lock
    from deckbuild.release import release_text
    from deckbuild.writers.files import write_atomically

    publishing = common.publishing(writes=True, alike=True)
    with common.one_at_a_time(ctx):
        project, found = common.load(ctx)
        reading = read_decks(project)
        compilation = compile_reading(project, reading, publishing)
        found += (*reading.diagnostics, *compilation.diagnostics)
        common.report(found, "full")
        if has_errors(found) or compilation.new is None:
            click.echo("nothing was released", err=True)
            ctx.exit(1)
        text = release_text(compilation, project.words)
        click.echo(text or "Nothing is new since the last release.\n", nl=False)
        if not dry_run:
            write_atomically(project.root / FILE, render_lock(compilation.new).encode())
    if text and not dry_run:
        click.echo(f"Next: commit {FILE}, then `deckbuild all` and hand out the packages.", err=True)
