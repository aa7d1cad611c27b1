"""The commands about the lock, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from deckbuild.cli import cli
from deckbuild.lock.text import FILE

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

BANK = "questions:\n  - {id: one, ask: One?, answer: First.}\n  - {id: two, ask: Two?, answer: Second.}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "deckbuild.toml").write_text('namespace = "mine"\ntargets = ["anki"]\n')
    (tmp_path / "decks" / "bank.yaml").write_text(BANK)
    return tmp_path


def run(root: Path, *words: str, code: int = 0) -> Result:
    found = CliRunner().invoke(cli, ["-C", str(root), *words])
    assert found.exit_code == code, found.output
    return found


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_diff_says_what_is_not_published_and_writes_nothing(root: Path) -> None:
    assert run(root, "diff").stdout.startswith("Against the lock: 2 new.\n")
    assert not (root / FILE).exists()
    run(root, "all")
    assert run(root, "diff", "--exit-code").stdout == "Against the lock: nothing changes.\n"
    edit(root / "decks" / "bank.yaml", "First.", "The first.")
    assert "bank/one  One?" in run(root, "diff", "--exit-code", code=1).stdout


def test_diff_against_a_package(root: Path) -> None:
    run(root, "all")
    (root / "dist" / "bank.apkg").rename(root / "old.apkg")
    edit(root / "decks" / "bank.yaml", "First.", "The first.")
    shown = run(root, "diff", "--against", str(root / "old.apkg"), "--format", "markdown").stdout
    assert "Answer: “First.” → “The first.”" in shown


def test_what_is_no_package_is_said_to_be_none(root: Path) -> None:
    found = run(root, "diff", "--against", str(root / "deckbuild.toml"), code=1)
    assert "it is not an Anki package" in found.stderr


def test_release_publishes_with_one_time_and_says_what_is_new(root: Path) -> None:
    edit(root / "deckbuild.toml", "targets", 'lock = "release"\ntargets')
    run(root, "all")
    assert not (root / FILE).exists()
    assert "One?" in run(root, "release", "--dry-run").stdout
    assert not (root / FILE).exists()
    found = run(root, "release")
    assert found.stdout.startswith("## Bank\n\n### New\n\n- 1\u2002One?\n- 2\u2002Two?\n")
    assert "deckbuild all" in found.stderr
    lock = (root / FILE).read_text()
    assert run(root, "release").stdout == "Nothing is new since the last release.\n"
    assert (root / FILE).read_text() == lock
    run(root, "all", "--locked")


def test_a_bank_with_errors_is_not_released(root: Path) -> None:
    edit(root / "decks" / "bank.yaml", "answer: First.", "anser: First.")
    assert "nothing was released" in run(root, "release", code=1).stderr
    assert not (root / FILE).exists()


def test_renumber_begins_afresh_and_says_what_it_touches(root: Path) -> None:
    run(root, "all")
    edit(root / "decks" / "bank.yaml", "  - {id: one", "  - {id: new, ask: New?, answer: N.}\n  - {id: one")
    run(root, "all")
    assert "number=3" in (root / FILE).read_text()
    found = run(root, "renumber", "--dry-run").stdout
    assert found == (
        "       3 → 1      bank/new\n"
        "       1 → 2      bank/one\n"
        "       2 → 3      bank/two\n"
        "New numbers: 3 questions. What was printed before no longer agrees.\n"
        "Shown on 3 notes: learners get an update, which replaces tags they gave.\n"
    )
    assert "3 → 1" in run(root, "renumber").stdout
    assert "deckbuild.lock: 3 updated" in run(root, "all").stdout
    assert "already" in run(root, "renumber").stdout


def test_lock_from_a_package_rebuilds_it(root: Path) -> None:
    run(root, "all")
    lock = (root / FILE).read_text()
    assert f"{FILE} exists" in run(root, "lock", "--from", str(root / "dist" / "bank.apkg"), code=2).stderr
    (root / FILE).unlink()
    found = run(root, "lock", "--from", str(root / "dist" / "bank.apkg")).stdout
    assert found.startswith("deckbuild.lock: 2 notes; 2 as published, 0 changed since, 0 retired.")
    notes = [line for line in lock.splitlines() if line.startswith("note")]
    assert notes == [line for line in (root / FILE).read_text().splitlines() if line.startswith("note")]


def test_a_package_of_another_project_gives_no_lock(root: Path) -> None:
    run(root, "all")
    (root / FILE).unlink()
    edit(root / "deckbuild.toml", "mine", "theirs")
    found = run(root, "lock", "--from", str(root / "dist" / "bank.apkg"), code=1)
    assert "there is no note of the project `theirs` in them" in found.stderr
    assert not (root / FILE).exists()
