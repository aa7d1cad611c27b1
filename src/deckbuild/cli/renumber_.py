"""`deckbuild renumber`: give all questions new numbers, in the order of the sources."""

from __future__ import annotations

from dataclasses import replace

import click

from deckbuild.cli import common
from deckbuild.diagnostic import has_errors
from deckbuild.report import counted


@click.command("renumber", short_help="Give all questions new numbers, in source order.")
@click.option("--dry-run", is_flag=True, help="Say what it would touch, and write nothing.")
@click.pass_context
def command(ctx: click.Context, /, dry_run: bool) -> None:
    """Give sections and questions new numbers, in the order of the sources.

    A number is given once and stays, so that paper, Anki and handout agree over the years. This begins
    afresh, and says what no longer agrees.
    """
    from deckbuild.compiler import compile_reading, read_decks
    from deckbuild.lock.changes import changes_between
    from deckbuild.lock.renumber import renumbered, without_numbers
    from deckbuild.lock.text import FILE, render_lock
    from deckbuild.source import Source
    from deckbuild.writers.files import write_atomically

    publishing = common.publishing()
    with common.one_at_a_time(ctx):
        project, found = common.load(ctx)
        reading = read_decks(project)
        before = compile_reading(project, reading, publishing)
        found += (*reading.diagnostics, *before.diagnostics)
        common.report(found, "full")
        if has_errors(found) or before.new is None:
            click.echo("nothing was renumbered", err=True)
            ctx.exit(1)
        text = render_lock(without_numbers(before.old, publishing.clock or 0))
        after = compile_reading(replace(project, lock=Source(FILE, text)), reading, publishing)
        assert after.new is not None, "what is without numbers is sound"
        moved = list(renumbered(before.new, after.new))
        if not moved:
            click.echo("Every question has the number of its place already.")
            return
        touched = len(changes_between(before.new, after.new).notes)
        for number, new, name in moved:
            click.echo(f"  {number:>6} → {new:<6} {name}")
        click.echo(
            f"New numbers: {counted(len(moved), 'question')}. What was printed before no longer agrees.\n"
            f"Shown on {counted(touched, 'note')}: learners get an update, which replaces tags they gave."
        )
        if not dry_run:
            write_atomically(project.root / FILE, text.encode())
            click.echo("Next: deckbuild all")
