"""`deckbuild dump`: the model as text or JSON."""

from __future__ import annotations

import json

import click

from deckbuild.cli import common
from deckbuild.diagnostic import has_errors


@click.command("dump", short_help="Print decks as they were understood.")
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Which form.",
)
@click.pass_context
def command(ctx: click.Context, decks: tuple[str, ...], form: str) -> None:
    """Print decks as deckbuild understood them, drafts left out."""
    from deckbuild.compiler import compile_decks
    from deckbuild.dump import as_data, as_text
    from deckbuild.planning import unknown_decks

    project, found = common.load(ctx)
    compiled, problems = compile_decks(project)
    chosen = [c for c in compiled if not decks or c.deck.id in decks]
    found += tuple(unknown_decks(project, compiled, decks))
    if form == "json":
        click.echo(json.dumps([as_data(c.deck) for c in chosen], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_text(c.deck, c.ledger.numbering) for c in chosen), nl=False)
    diagnostics = (*found, *problems)
    if has_errors(diagnostics):
        common.report(diagnostics, "full")
    ctx.exit(common.exit_code(diagnostics, strict=False))
