"""`deckbuild convert`: a deck in the other format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckbuild.cli import common
from deckbuild.diagnostic import has_errors

if TYPE_CHECKING:
    from deckbuild.formats.convert import Form
    from deckbuild.model import Deck
    from deckbuild.project import DeckFiles, Project
    from deckbuild.source import Source


@click.command("convert", short_help="Write a deck as YAML or as Markdown.")
@click.argument("deck")
@click.option(
    "--to", "form", type=click.Choice(["yaml", "markdown"]), required=True, help="The format to write."
)
@click.option("-o", "--out", metavar="FILE", help="The file to write. Default: standard output.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.pass_context
def command(ctx: click.Context, /, deck: str, form: Form, out: str | None, force: bool) -> None:
    """Write DECK as YAML or as Markdown. DECK is the id of a deck, or a file that is one or a section of one.

    All that a deck says is kept, which is tried before anything is written. Comments outside of texts
    are left out.
    """
    from deckbuild.formats.convert import SUFFIX, convert_deck, convert_section

    project, found = common.load(ctx)
    target = Path(out) if out else None
    if target:
        _check_target(ctx, target, SUFFIX[form], force=force)
    files, section = _find(ctx, project, deck)
    chosen = _read(ctx, project, files, section)
    origin = section or files.head or files.parts[0]
    name = _name(project, target) if target else f"{origin.name.rpartition('.')[0]}{SUFFIX[form]}"
    convert = convert_section if section else convert_deck
    text, losses = convert(chosen, form, name)
    common.report((*found, *losses), "full")
    if losses:
        ctx.exit(1)
    _write(target, text, _replaced(files, section) if name != origin.name else "")


def _check_target(ctx: click.Context, target: Path, suffix: str, *, force: bool) -> None:
    if target.suffix != suffix:
        message = f"`{target}` does not end with `{suffix}`"
        raise click.UsageError(message, ctx)
    if target.exists() and not force:
        message = f"{target} exists; --force overwrites it"
        raise click.UsageError(message, ctx)


def _find(ctx: click.Context, project: Project, deck: str) -> tuple[DeckFiles, Source | None]:
    """Return the files of the deck that is meant; and the section's, if a file of a folder deck is."""
    name = _name(project, Path(deck))
    for files in project.decks:
        for source in files.parts:
            if source.name == name:
                return files, source if files.head else None
    by_id = {found.id: files for files in project.decks if (found := _deck(project, files))}
    if deck not in by_id:
        known = ", ".join(f"`{name}`" for name in by_id) or "none without errors"
        message = f"there is no deck and no file `{deck}`; the decks are {known}"
        raise click.UsageError(message, ctx)
    return by_id[deck], None


def _deck(project: Project, files: DeckFiles) -> Deck | None:
    from deckbuild.formats.read import read_deck

    return read_deck(files.stem, files.head, files.parts, lang=project.config.lang)[0]


def _read(ctx: click.Context, project: Project, files: DeckFiles, section: Source | None) -> Deck:
    """Return the deck, or what is left of it with one section; a deck with errors ends the command."""
    from deckbuild.formats.convert import only
    from deckbuild.formats.read import read_deck

    deck, problems = read_deck(files.stem, files.head, files.parts, lang=project.config.lang)
    if deck and section:
        deck = only(deck, section.name)
    if deck is None or has_errors(problems):
        common.report(problems, "full")
        ctx.exit(1)
    return deck


def _name(project: Project, path: Path) -> str:
    """Return a file's name as sources have it, relative to the project."""
    whole = path.resolve()
    return whole.relative_to(project.root).as_posix() if whole.is_relative_to(project.root) else str(path)


def _replaced(files: DeckFiles, section: Source | None) -> str:
    """Return what says the same as the file that was written, in words."""
    if section:
        return section.name
    return f"{files.head.name} and the files beside it" if files.head else files.parts[0].name


def _write(target: Path | None, text: str, replaced: str) -> None:
    from deckbuild.writers.files import write_atomically

    if target is None:
        click.echo(text, nl=False)
    else:
        write_atomically(target, text.encode())
        click.echo(f"wrote {target}")
        if replaced:
            click.echo(f"Next: delete {replaced}, which would be the same twice.")
    click.echo("Comments outside of texts are left out.", err=True)
