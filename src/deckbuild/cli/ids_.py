"""`deckbuild ids`: ids written into the sources, so that prompts can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deckbuild.cli import common
from deckbuild.diagnostic import Severity
from deckbuild.report import counted
from deckbuild.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.formats.ids import Plan
    from deckbuild.model import Deck
    from deckbuild.project import DeckFiles, Project


@click.command("ids", short_help="Write missing ids into the sources.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if ids are missing.")
@click.pass_context
def command(ctx: click.Context, /, check: bool) -> None:
    """Write ids into YAML and Markdown sources, for questions, follow-ups and cards that have none.

    They are the ids that learners' notes have already, so nothing changes for anybody; but from then on
    prompts can be edited freely. Nothing else of a file is touched. Decks with errors stay as they are.
    """
    project, found = common.load(ctx)
    plans, problems = _plans(project)
    errors = [d for d in (*found, *problems) if d.severity is Severity.ERROR]
    common.report(errors, "full")
    writable = [] if check else [plan for plan in plans if plan.insertions]
    for plan in plans:
        for new in plan.ids:
            click.echo(f"{plan.source.name}:{new.span.position[0]}: {new.ref}")
    for plan in writable:
        _write((project.root / plan.source.name).resolve(), plan)
    _sum_up(writable, [plan for plan in plans if plan not in writable])
    if not plans and not errors:
        click.echo("Every question, follow-up and card has its id.")
    ctx.exit(int(bool(errors) or len(writable) < len(plans)))


def _plans(project: Project) -> tuple[list[Plan], tuple[Diagnostic, ...]]:
    """Return what is missing in every source of the decks without errors."""
    from deckbuild.compiler import compile_decks
    from deckbuild.formats.ids import plan_ids, spots, with_new_ids
    from deckbuild.formats.read import read_deck

    decks, problems = compile_decks(project)
    known = {spot: name for compiled in decks for spot, name in spots(compiled.deck).items()}
    ids = {compiled.deck.id for compiled in decks}
    plans: list[Plan] = []
    for files in project.decks:
        deck, _ = read_deck(files.stem, files.head, files.parts, lang=project.config.lang)
        if deck and deck.id in ids:
            planned = plan_ids(deck, known)
            assert _reads_as(project, files, planned) == with_new_ids(deck, known), "ids change nothing else"
            plans += planned
    return plans, problems


def _reads_as(project: Project, files: DeckFiles, plans: tuple[Plan, ...]) -> Deck | None:
    """Return the deck as it will read, so that nothing is written if it were another."""
    from deckbuild.formats.ids import inserted
    from deckbuild.formats.read import read_deck

    planned = {plan.source.name: plan.insertions for plan in plans}
    parts = [Source(part.name, inserted(part.text, planned.get(part.name, ()))) for part in files.parts]
    return read_deck(files.stem, files.head, parts, lang=project.config.lang)[0]


def _write(path: Path, plan: Plan) -> None:
    """Write a source with its ids; it stays where a link points, and who may read it may read it on."""
    from deckbuild.formats.ids import inserted
    from deckbuild.writers.files import write_atomically

    mode = path.stat().st_mode
    raw = path.read_bytes().decode()
    write_atomically(path, inserted(raw, plan.insertions).encode())
    path.chmod(mode)


def _sum_up(written: list[Plan], left: list[Plan]) -> None:
    if written:
        click.echo(f"wrote {_count(written)} into {counted(len(written), 'file')}")
    for plan in left:
        how = "`deckbuild ids` writes them" if plan.insertions else "give the table a column `id`"
        click.echo(f"{plan.source.name} lacks {_count([plan])}: {how}", err=True)


def _count(plans: list[Plan]) -> str:
    return counted(sum(len(plan.ids) for plan in plans), "id")
