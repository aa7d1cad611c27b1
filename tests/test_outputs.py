"""The output folder: what deckbuild did not make stays, and what cannot be written is said."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from deckbuild.build import Outcome, build
from deckbuild.diagnostic import Code, has_errors
from deckbuild.planning import Request
from deckbuild.project import load_project
from deckbuild.publishing import READ_ONLY, Publishing

if TYPE_CHECKING:
    from pathlib import Path

QUICK = Request(targets=("anki", "handout"))
BANK = "title: Bank\nquestions:\n  - ask: Why?\n    answer: Because.\n"
SETTINGS = 'namespace = "bank"\ntargets = ["anki", "handout"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one deck with one question, which prints nothing."""
    root = tmp_path / "bank"
    (root / "decks").mkdir(parents=True)
    (root / "deckbuild.toml").write_text(SETTINGS)
    (root / "decks" / "bank.yaml").write_text(BANK)
    return root


def run(root: Path, request: Request = QUICK, publishing: Publishing = READ_ONLY) -> Outcome:
    loaded, found = load_project(root)
    return build(
        loaded, found, request, out=root / "dist", jobs=1, progress=lambda _: None, publishing=publishing
    )


def publish(root: Path) -> Outcome:
    """Build everything and write the lock."""
    return run(root, Request(), Publishing(clock=1_800_000_000, writes=True))


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "dist").iterdir() if not path.name.startswith("."))


def test_a_file_that_deckbuild_did_not_make_stays_and_holds_back_its_deck(project: Path) -> None:
    (project / "dist").mkdir()
    (project / "dist" / "bank.html").write_text("mine")
    outcome = publish(project)
    (found,) = outcome.diagnostics
    assert found.message == "`bank.html` is there already, and deckbuild did not make it"
    assert (found.code, found.file) == (Code.OUTPUT_TAKEN, "dist/bank.html")
    assert "move it away" in found.help
    assert (project / "dist" / "bank.html").read_text() == "mine"
    assert names(project) == ["bank.html"]
    assert not (project / "deckbuild.lock").exists()


def test_the_other_decks_are_built_beside_it(project: Path) -> None:
    (project / "decks" / "other.yaml").write_text(BANK)
    (project / "dist").mkdir()
    (project / "dist" / "bank.html").write_text("mine")
    run(project)
    assert names(project) == ["bank.html", "other.apkg", "other.html"]


def test_an_index_of_ones_own_stays(project: Path) -> None:
    (project / "dist").mkdir()
    (project / "dist" / "index.html").write_text("mine")
    assert [found.file for found in publish(project).diagnostics] == ["dist/index.html"]
    assert (project / "dist" / "index.html").read_text() == "mine"
    assert names(project) == ["bank.apkg", "bank.html", "index.html"]


def test_a_folder_that_has_the_name_of_an_output_is_said(project: Path) -> None:
    (project / "dist" / "bank.apkg").mkdir(parents=True)
    (found,) = run(project).diagnostics
    assert found.message == "`bank.apkg` is a folder, and a file of this name is to be written"
    assert names(project) == ["bank.apkg"]


def test_a_file_that_deckbuild_made_is_ours_whatever_became_of_it(project: Path) -> None:
    run(project)
    (project / "dist" / "bank.html").write_text("edited")
    assert run(project).diagnostics == ()
    assert (project / "dist" / "bank.html").read_text() != "edited"


def test_files_of_a_run_that_was_killed_are_ours(project: Path) -> None:
    def killed(words: str) -> None:
        if words == "writing bank.html":
            raise KeyboardInterrupt

    loaded, found = load_project(project)
    with pytest.raises(KeyboardInterrupt):
        build(loaded, found, QUICK, out=project / "dist", jobs=1, progress=killed)
    (project / "dist" / "bank.apkg").write_bytes(b"half")
    assert run(project).diagnostics == ()
    assert names(project) == ["bank.apkg", "bank.html"]


def test_a_file_that_somebody_changed_is_neither_removed_nor_called_removed(project: Path) -> None:
    (project / "decks" / "other.yaml").write_text(BANK)
    publish(project)
    (project / "dist" / "other.html").write_text("mine now")
    (project / "decks" / "other.yaml").unlink()
    assert publish(project).removed == ("other.apkg",)
    assert names(project) == ["bank.apkg", "bank.html", "index.html", "other.html"]


def test_a_folder_that_is_a_file_is_said_and_nothing_is_published(project: Path) -> None:
    (project / "dist").write_text("not a folder")
    (found,) = publish(project).diagnostics
    assert found.code is Code.OUTPUT_UNWRITABLE
    assert "-o DIR" in found.help
    assert not (project / "deckbuild.lock").exists()


def test_a_disk_without_room_is_said_and_leaves_what_was_there(project: Path) -> None:
    run(project)
    before = (project / "dist" / "bank.html").read_bytes()
    (project / "decks" / "bank.yaml").write_text(BANK.replace("Because", "Therefore"))
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from deckbuild.cli import main\n"
        "sys.argv = ['deckbuild', 'all', '-t', 'handout']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "error[output-unwritable]: `bank.html` cannot be written: file too large" in done.stderr
    assert (project / "dist" / "bank.html").read_bytes() == before
    assert names(project) == ["bank.apkg", "bank.html"]


@pytest.mark.pdf
def test_a_warning_names_its_file_again_while_the_file_is_up_to_date(project: Path) -> None:
    (project / "decks" / "bank.yaml").write_text(BANK.replace("Because", "𞤀"))
    request = Request(targets=("cards",))
    first = run(project, request).diagnostics
    assert [found.file for found in first] == ["bank-cards.pdf"]
    again = run(project, request)
    assert [output.written for output in again.outputs] == [False]
    assert again.diagnostics == first


@pytest.mark.parametrize("text", ["", "title: Bank\n", "questions: []\n", "sections:\n  - title: Empty\n"])
def test_a_bank_whose_questions_are_gone_leaves_outputs_and_lock(project: Path, text: str) -> None:
    publish(project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    (project / "decks" / "bank.yaml").write_text(text)
    outcome = publish(project)
    assert len(outcome.diagnostics) == 1
    assert has_errors(outcome.diagnostics)
    assert (outcome.outputs, outcome.removed, outcome.published) == ((), (), "")
    after = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    changed = {path.name for path in before if after[path] != before[path]}
    assert changed == {"bank.yaml"}


def test_a_first_build_of_nothing_but_mistakes_writes_no_lock(project: Path) -> None:
    (project / "decks" / "bank.yaml").write_text("questions: [{ask: Why?}]\n")
    assert publish(project).published == ""
    assert not (project / "deckbuild.lock").exists()


def test_a_deck_of_drafts_is_said_to_make_nothing(project: Path) -> None:
    (project / "decks" / "bank.yaml").write_text(BANK + "    draft: true\n")
    (found,) = publish(project).diagnostics
    assert found.message == "every question of the deck `bank` is a draft: nothing is made of it"
    assert not (project / "deckbuild.lock").exists()


def test_a_deck_named_like_the_guide_is_not_lost_under_it(project: Path) -> None:
    (project / "decks" / "index.yaml").write_text(BANK)
    (found,) = publish(project).diagnostics
    assert (found.message, found.help) == (
        "`index.html` is the name of the guide to all files",
        "give the deck another `id`",
    )
    assert names(project) == ["bank.apkg", "bank.html"]


def test_names_that_many_disks_take_for_one_are_said(project: Path) -> None:
    editions = '[[edition]]\nname = "e"\ntargets = ["anki"]\n[[edition]]\nname = "E"\ntargets = ["anki"]\n'
    (project / "deckbuild.toml").write_text(SETTINGS + editions)
    (found,) = publish(project).diagnostics
    assert found.message == "`bank@e.apkg` and `bank@E.apkg` are one name on many disks"
