"""The order of the modules: who may import whom, and who may touch files, print or read the clock."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "deckbuild"
LAYERS = (
    {"source", "toml_places", "diagnostic", "identity", "media", "resources"},
    {"markup", "mathml", "mathrules", "images", "sounds"},
    {"model"},
    {"plain", "config", "strings", "templates", "sandbox", "numbering", "package"},
    {
        "references",
        "selection",
        "ledger",
        "unpack",
        "settings",
        "setting_places",
        "resources",
        "imposition",
        "packing",
        "drawing",
    },
    {"formats", "check", "lock", "dump", "mathfont", "scaffold", "studyplan"},
    {"targets"},
    {"writers"},
    {"project", "manifest", "outputs"},
    {
        "joint",
        "planning",
        "publishing",
        "gate",
        "compiler",
        "guide",
        "packages",
        "diff",
        "diff_text",
        "release",
        "rebuild",
    },
    {"build"},
    {"report"},
    {"cli", "__main__"},
)
"""From the bottom up: a module imports from its own layer or from a lower one."""
PURE = {
    "markup",
    "model",
    "plain",
    "formats",
    "check",
    "targets",
    "imposition",
    "packing",
    "lock",
    "selection",
    "joint",
    "planning",
}
EFFECTS = {
    "os",
    "pathlib",
    "time",
    "datetime",
    "random",
    "secrets",
    "subprocess",
    "socket",
    "shutil",
    "tempfile",
}
ALLOWED = {"parser.py": {"os"}, "values.py": {"datetime"}}
"""rapidyaml prints complaints to standard error by itself, which takes a file descriptor to silence; dates
are read, the clock is not."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The module's first name below the package: `formats` for `formats/yaml.py`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Every module that is imported when the program runs, also inside functions."""
    found: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= (
                {node.module} if node.module != "deckbuild" else {f"deckbuild.{a.name}" for a in node.names}
            )
    return found


def layer_of(name: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if name in layer)


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.name != "__init__.py" or p.parent != PACKAGE], ids=str
)
def test_imports_go_down(path: Path) -> None:
    mine = layer_of(name_of(path))
    above = {
        module
        for module in imports_of(path)
        if module.startswith("deckbuild.") and module != "deckbuild.__version__"
        if layer_of(module.split(".")[1]) > mine
    }
    assert above == set()


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p) in PURE], ids=str)
def test_the_core_touches_nothing_outside(path: Path) -> None:
    touched = {module.partition(".")[0] for module in imports_of(path)} & EFFECTS
    assert touched == ALLOWED.get(path.name, set())


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p) != "cli"], ids=str)
def test_only_the_command_line_prints(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not [call for call in calls if ast.unparse(call.func) in {"print", "click.echo", "sys.exit"}]


def test_targets_are_blind_to_one_another() -> None:
    names = {"anki", "cheatsheet", "cards", "quiz", "handout"}
    for path in (PACKAGE / "targets").rglob("*.py"):
        own = path.relative_to(PACKAGE / "targets").parts[0].removesuffix(".py").partition("_")[0]
        if own not in names:
            continue
        others = {
            m.split(".")[2].partition("_")[0] for m in imports_of(path) if m.startswith("deckbuild.targets.")
        }
        assert others & (names - {own}) == set(), path


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_says_what_it_owns(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert docstring.partition("\n")[0].rstrip().endswith((".", ":", ",")) or docstring.count("\n"), (
        "no sentence"
    )


def test_the_architecture_page_names_every_module() -> None:
    page = (PACKAGE.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)[/`.]", page))
    modules = {name_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert modules - named == set()
