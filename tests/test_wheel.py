"""The wheel, installed into an empty environment outside the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_every_template_word_and_font(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {
        f"deckbuild/templates/{p.relative_to(ROOT / 'templates')}"
        for p in (ROOT / "templates").rglob("*")
        if p.is_file() and not p.name.startswith(".")
    }
    package = {
        str(p.relative_to(ROOT / "src"))
        for p in (ROOT / "src").rglob("*")
        if p.is_file() and p.suffix != ".pyc"
    }
    assert (templates | package) - names == set()
    assert not [name for name in names if name.startswith(("tests/", "decks/"))]


@pytest.mark.slow
@pytest.mark.pdf
def test_a_stranger_installs_starts_and_builds(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = tmp_path / "constraints.txt"
    # The versions that are locked, without their hashes: the wheel itself has none.
    locked = (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()
    constraints.write_text("\n".join(line.split(" \\")[0] for line in locked if line and line[0].isalnum()))
    subprocess.run([*pip, "-c", str(constraints), str(wheel)], check=True)
    for arguments in (
        ["new", "demo"],
        ["-C", "demo", "all", "-q"],
        ["-C", "demo", "check", "--strict", "-q"],
    ):
        done = subprocess.run(
            [str(scripts / "deckbuild"), *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    made = {path.name for path in (tmp_path / "demo" / "dist").iterdir()}
    assert made >= {
        "demo.apkg",
        "demo.html",
        "demo-cards.pdf",
        "demo-cheatsheet.pdf",
        "demo-quiz.pdf",
        "demo-quiz-key.pdf",
        "index.html",
    }
