"""`deckbuild all`: build everything, or what is asked for."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckbuild.cli import common
from deckbuild.config import TARGET_NAMES, Selection
from deckbuild.lock.text import FILE as LOCK
from deckbuild.planning import Request
from deckbuild.report import as_json, counted

if TYPE_CHECKING:
    from deckbuild.build import Outcome
    from deckbuild.config import TargetName
    from deckbuild.report import Format


@click.command("all", short_help="Build decks into dist/: everything, or some.")
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option(
    "-t", "--target", "targets", multiple=True, type=click.Choice(TARGET_NAMES), help="Only these targets."
)
@common.selection_options
@click.option(
    "--printer", metavar="NAME", default="", help="Move the backs of cards by this printer's offset."
)
@click.option("--locked", is_flag=True, help="Fail if deckbuild.lock would have to change.")
@click.option(
    "--new-identity", is_flag=True, help="Begin a new lock for a new namespace: learners start from nothing."
)
@click.option("-o", "--out", metavar="DIR", help="Folder for the files. Default: the project's `dist`.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="How many processes typeset PDFs. Default: one a core."
)
@click.option("--strict", is_flag=True, help="Warnings fail the build.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option("--json", "as_data", is_flag=True, help="Print what was made, and problems, as JSON.")
@common.format_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    decks: tuple[str, ...],
    targets: tuple[TargetName, ...],
    printer: str,
    locked: bool,
    new_identity: bool,
    out: str | None,
    jobs: int | None,
    strict: bool,
    quiet: bool,
    as_data: bool,
    form: Format,
    **selected: tuple[str, ...],
) -> None:
    """Build every target of every deck and edition, or only some.

    Name decks by their ids. Repeat an option to mean "or"; different options mean "and". A selection
    makes files of its own, named `DECK@….apkg` and so on, beside those of the whole deck.

    A build of everything writes `deckbuild.lock`, which remembers what learners have. Commit it.
    """
    from deckbuild.build import build

    request = Request(targets, decks, Selection(**selected), printer)
    publishing = common.publishing(
        writes=request.is_whole and not locked, locked=locked, new_identity=new_identity
    )
    turn = common.one_at_a_time(ctx) if publishing.writes else nullcontext()
    with turn, common.Progress(quiet=quiet or as_data) as progress:
        project, found = common.load(ctx)
        folder = Path(out) if out else project.root / project.config.out
        cores = jobs or os.cpu_count() or 1
        outcome = build(
            project, found, request, out=folder, jobs=cores, progress=progress, publishing=publishing
        )
    if as_data:
        click.echo(_as_json(outcome))
    else:
        common.report(outcome.diagnostics, form)
        if not quiet:
            _say(outcome)
    ctx.exit(common.exit_code(outcome.diagnostics, strict=strict or project.config.strict))


def _say(outcome: Outcome) -> None:
    folder = _shown(outcome.out)
    if outcome.up_to_date:
        files = counted(len(outcome.up_to_date), "file")
        click.echo(f"Nothing to do: {files} in {folder} {'is' if files == '1 file' else 'are'} up to date.")
        return
    width = max((len(output.name) for output in outcome.outputs), default=0)
    for deck, outputs in groupby(outcome.outputs, key=lambda output: output.deck):
        click.echo(deck or "guide")
        for output in outputs:
            state = "" if output.written else "  up to date"
            click.echo(f"  {folder}/{output.name.ljust(width)}  {common.size(output.size):>7}{state}")
    if outcome.published:
        click.echo(f"{LOCK}: {outcome.published}; commit it")
    for name in outcome.removed:
        click.echo(f"removed {folder}/{name}: nothing makes it any more")
    names = [output.name for output in outcome.outputs]
    if "index.html" in names:
        click.echo(f"Next: open {folder}/index.html, which says what each file is and how to study with it.")
    elif packages := [name for name in names if name.endswith(".apkg")]:
        click.echo(f"Next: in Anki, File → Import, and choose {folder}/{packages[0]}.")


def _shown(folder: Path) -> str:
    """Return a folder as it is shortest from here."""
    path = folder.resolve()
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) and path != here else str(folder)


def _as_json(outcome: Outcome) -> str:
    data = {
        "out": str(outcome.out),
        "up_to_date": list(outcome.up_to_date),
        "removed": list(outcome.removed),
        "published": outcome.published,
        "outputs": [
            {"name": o.name, "deck": o.deck, "target": o.target, "size": o.size, "written": o.written}
            for o in outcome.outputs
        ],
        "diagnostics": [as_json(d) for d in outcome.diagnostics],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
