"""`deckbuild clean`: remove what was built."""

from __future__ import annotations

from pathlib import Path

import click

from deckbuild.cli import common
from deckbuild.report import counted


@click.command("clean", short_help="Remove what was built.")
@click.option("-o", "--out", metavar="DIR", help="Folder of the files. Default: the project's `dist`.")
@click.pass_context
def command(ctx: click.Context, out: str | None) -> None:
    """Remove the files that `all` made; what is not its own, or was changed since, stays."""
    from deckbuild.manifest import FILE
    from deckbuild.outputs import load_manifest
    from deckbuild.writers.files import file_digest

    project, _ = common.load(ctx)
    folder = Path(out) if out else project.root / project.config.out
    manifest = load_manifest(folder)
    removed = 0
    for name, made in sorted(manifest.files.items()):
        digest = file_digest(folder / name)
        if digest == made.output:
            (folder / name).unlink()
            removed += 1
        elif digest:
            click.echo(f"{name} was changed since it was built and stays.")
    (folder / FILE).unlink(missing_ok=True)
    click.echo(f"Removed {counted(removed, 'file')}." if removed else "Nothing to remove.")
