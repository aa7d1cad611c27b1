"""`deckbuild templates`: the templates there are, and a copy of one to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deckbuild.cli import common

if TYPE_CHECKING:
    from deckbuild.project import Project


@click.group("templates", short_help="List, show or copy templates.")
def command() -> None:
    """List the templates, show one, or copy one into the project to change it."""


@command.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List all templates; those that the project overrides are marked."""
    project, _ = common.load(ctx)
    own = project.templates.project
    for name in sorted({*project.templates.packaged, *own}):
        mark = (
            ""
            if name not in own
            else "  (the project's)"
            if name in project.templates.packaged
            else "  (the project's own)"
        )
        click.echo(f"{name}{mark}")


@command.command("show")
@click.argument("name")
@click.option(
    "--default", "packaged", is_flag=True, help="The packaged one, even if the project overrides it."
)
@click.pass_context
def show(ctx: click.Context, name: str, packaged: bool) -> None:
    """Print a template."""
    project, _ = common.load(ctx)
    _known(ctx, project, name)
    text = project.templates.packaged.get(name, "") if packaged else project.templates.text(name)
    click.echo(text, nl=False)


@command.command("eject")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--force", is_flag=True, help="Overwrite the project's copy.")
@click.pass_context
def eject(ctx: click.Context, names: tuple[str, ...], force: bool) -> None:
    """Copy packaged templates into the project, where they override the packaged ones.

    An override can also extend what it replaces: `{% extends "deckbuild/NAME" %}`.
    """
    from deckbuild.writers.files import write_atomically

    project, _ = common.load(ctx)
    folder = project.root / project.config.templates
    for name in names:
        _known(ctx, project, name)
        path = folder / name
        if path.exists() and not force:
            message = f"{path.relative_to(project.root).as_posix()} exists; --force overwrites it"
            raise click.UsageError(message, ctx)
    for name in names:
        write_atomically(folder / name, project.templates.packaged[name].encode())
        click.echo(f"wrote {project.config.templates}/{name}")


def _known(ctx: click.Context, project: Project, name: str) -> None:
    from difflib import get_close_matches

    if name in project.templates.packaged:
        return
    near = get_close_matches(name, project.templates.packaged, 1)
    hint = f"; did you mean {near[0]}?" if near else "; `deckbuild templates list` lists them"
    message = f"there is no template {name}{hint}"
    raise click.UsageError(message, ctx)
