"""`deckbuild new`: a project, or one more deck, that builds at once."""

from __future__ import annotations

import secrets
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from deckbuild.cli import common

if TYPE_CHECKING:
    from deckbuild.scaffold import Form


@click.command("new", short_help="Start a project, or add a deck.")
@click.argument("name")
@click.option("--deck", "only_deck", is_flag=True, help="Add a deck to the project instead of starting one.")
@click.option("--title", help="Title of the deck. Default: made from NAME.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "markdown"]),
    default="yaml",
    show_default=True,
    help="Source format of the deck.",
)
@click.pass_context
def command(ctx: click.Context, name: str, only_deck: bool, title: str | None, form: Form) -> None:
    """Start a project in the folder NAME, or with --deck add the deck NAME to this project.

    What is there is never overwritten.
    """
    from deckbuild.markup.text import slug
    from deckbuild.scaffold import deck_file, project_files

    stem = Path(name).resolve().name if not only_deck else name
    deck_id = slug(stem)
    if not deck_id:
        message = f"`{name}` has no letters to make an id of"
        raise click.UsageError(message, ctx)
    words = " ".join(stem.replace("-", " ").replace("_", " ").split())
    heading = title or words[:1].upper() + words[1:]
    if only_deck:
        root = common.project_root(ctx)
        texts = deck_file(heading, deck_id, form)
    else:
        root = (Path(ctx.obj) if ctx.obj else Path()) / name
        # Random on purpose: two people's projects must not share note types and GUIDs.
        texts = project_files(heading, deck_id, f"{deck_id}-{secrets.token_hex(4)}", form)
    _write(ctx, root, texts)
    if only_deck:
        click.echo("Next: write questions into it, and `deckbuild all`.")
    else:
        click.echo(f"Next: deckbuild -C {quote(str(root))} all")


def _write(ctx: click.Context, root: Path, texts: dict[str, str]) -> None:
    from deckbuild.writers.files import write_atomically

    taken = [name for name in texts if (root / name).exists()]
    if taken:
        message = f"{root / taken[0]} exists; nothing was written"
        raise click.UsageError(message, ctx)
    for name, text in texts.items():
        write_atomically(root / name, text.encode())
        click.echo(f"wrote {root / name}")
