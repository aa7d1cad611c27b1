"""`deckbuild schema`: the JSON Schema of banks, for completion in editors."""

from __future__ import annotations

import json

import click


@click.command("schema", short_help="Print the JSON Schema of YAML banks.")
def command() -> None:
    """Print the JSON Schema of YAML banks.

    Editors that know `# yaml-language-server: $schema=FILE` complete and check keys with it.
    """
    from deckbuild.formats.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
