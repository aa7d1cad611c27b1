"""Files that travel with the package: templates, words and fonts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def templates() -> dict[str, str]:
    """Return the packaged templates by name, `print/base.html` and so on.

    In the wheel they are inside the package; in a checkout they stand at the top of the repository.
    """
    inside = Path(str(files("deckbuild"))) / "templates"
    return read_texts(inside if inside.is_dir() else Path(__file__).parents[2] / "templates")


@cache
def strings() -> dict[str, str]:
    """Return the packaged word files as TOML texts by language."""
    folder = Path(str(files("deckbuild"))) / "strings"
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}


@cache
def fonts() -> Path:
    """Return the folder of the packaged fonts."""
    return Path(str(files("deckbuild"))) / "fonts"


def read_texts(folder: Path) -> dict[str, str]:
    """Return the texts below a folder by relative name; names that start with a dot are left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            found[name.as_posix()] = path.read_text("utf-8")
    return found
