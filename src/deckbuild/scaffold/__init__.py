"""What `deckbuild new` starts a project or a deck from. Pure: names in, texts out."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Literal

Form = Literal["yaml", "markdown"]
SUFFIX: dict[Form, str] = {"yaml": ".yaml", "markdown": ".md"}


def project_files(title: str, deck_id: str, namespace: str, form: Form) -> dict[str, str]:
    """Return the files of a new project by their names relative to it."""
    from deckbuild.formats.schema import json_schema

    return {
        "deckbuild.toml": _text("deckbuild.toml").format(namespace=namespace),
        "deck.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n",
        ".gitignore": "/dist/\n/.cache/\n",
        ".gitattributes": "deckbuild.lock merge=union\n",
        **deck_file(title, deck_id, form),
    }


def deck_file(title: str, deck_id: str, form: Form) -> dict[str, str]:
    """Return the file of a new deck by its name relative to the project."""
    text = _text("deck.yaml" if form == "yaml" else "deck.md")
    return {f"decks/{deck_id}{SUFFIX[form]}": text.format(title=title, id=deck_id)}


def _text(name: str) -> str:
    return files("deckbuild.scaffold").joinpath(name).read_text("utf-8")
