"""`convert` and `ids`, as a user types them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deckbuild.cli import cli

DECK = "title: DL  # mine\nquestions:\n  - ask: Why?\n    answer: Because\n    cards: [cloze: 'a {{b}}']\n"


def deckbuild(*arguments: str, at: Path) -> Result:
    before = Path.cwd()
    os.chdir(at)
    try:
        return CliRunner().invoke(cli, arguments, catch_exceptions=False)
    finally:
        os.chdir(before)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of a deck in one file and one in a folder."""
    files = {
        "deckbuild.toml": 'namespace = "tests"\n',
        "decks/dl.yaml": DECK,
        "decks/ml/_deck.yaml": "title: ML\n",
        "decks/ml/1-first.md": "## One?\n\n1\n",
        "decks/ml/2-second.yaml": "questions: [{id: two, ask: Two?, answer: 2}]\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


# Convert ----------------------------------------------------------------------------------------


def test_deck_goes_to_standard_output(project: Path) -> None:
    result = deckbuild("convert", "dl", "--to", "markdown", at=project)
    assert result.stdout.startswith("---\nid: dl\ntitle: DL\n")
    assert "## Why?\n\nBecause\n" in result.stdout
    assert result.stderr == "Comments outside of texts are left out.\n"


def test_file_is_written_and_the_next_step_is_told(project: Path) -> None:
    result = deckbuild("convert", "decks/dl.yaml", "--to", "markdown", "-o", "decks/dl.md", at=project)
    assert result.stdout == (
        "wrote decks/dl.md\nNext: delete decks/dl.yaml, which would be the same twice.\n"
    )
    (project / "decks" / "dl.yaml").unlink()
    assert deckbuild("check", at=project).exit_code == 0


def test_section_of_a_folder_deck_is_named_by_its_file(project: Path) -> None:
    result = deckbuild("convert", "1-first.md", "--to", "yaml", at=project / "decks" / "ml")
    assert result.stdout == "id: first\ntitle: First\nquestions:\n  - ask: One?\n    answer: '1'\n"


def test_folder_deck_becomes_one_file(project: Path) -> None:
    result = deckbuild("convert", "ml", "--to", "yaml", at=project)
    assert result.stdout.count("- id: ") == 3
    assert "sections:" in result.stdout


def test_nothing_is_overwritten_unless_forced(project: Path) -> None:
    command = ("convert", "ml", "--to", "yaml", "-o", "decks/dl.yaml")
    result = deckbuild(*command, at=project)
    assert (result.exit_code, (project / "decks" / "dl.yaml").read_text()) == (2, DECK)
    assert "decks/dl.yaml exists; --force overwrites it" in result.stderr
    assert deckbuild(*command, "--force", at=project).exit_code == 0
    assert (project / "decks" / "dl.yaml").read_text().startswith("id: ml\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing", "--to", "yaml"), "there is no deck and no file `nothing`; the decks are `dl`, `ml`"),
        (("dl", "--to", "yaml", "-o", "x.md"), "`x.md` does not end with `.yaml`"),
    ],
)
def test_usage_is_explained(project: Path, arguments: tuple[str, ...], message: str) -> None:
    result = deckbuild("convert", *arguments, at=project)
    assert result.exit_code == 2
    assert message in result.stderr


def test_deck_with_errors_is_not_converted(project: Path) -> None:
    (project / "decks" / "dl.yaml").write_text("questions: [{ask: Why?, anser: x}]\n")
    result = deckbuild("convert", "decks/dl.yaml", "--to", "markdown", "-o", "decks/dl.md", at=project)
    assert result.exit_code == 1
    assert "did you mean `answer`?" in result.stderr
    assert not (project / "decks" / "dl.md").exists()


# Ids --------------------------------------------------------------------------------------------


def test_ids_are_written_where_they_are_missing(project: Path) -> None:
    result = deckbuild("ids", at=project)
    assert result.stdout == (
        "decks/dl.yaml:3: why\ndecks/dl.yaml:5: why/a-b\ndecks/ml/1-first.md:1: one\n"
        "wrote 3 ids into 2 files\n"
    )
    assert (project / "decks" / "ml" / "1-first.md").read_text() == "## One?\n<!-- #one -->\n\n1\n"
    assert (project / "decks" / "dl.yaml").read_text() == (
        "title: DL  # mine\nquestions:\n  - id: why\n    ask: Why?\n    answer: Because\n"
        "    cards: [{id: a-b, cloze: 'a {{b}}'}]\n"
    )
    assert deckbuild("ids", at=project).stdout == "Every question, follow-up and card has its id.\n"


def test_newlines_and_rights_of_a_source_stay(project: Path) -> None:
    path = project / "decks" / "dl.yaml"
    path.write_bytes(DECK.replace("\n", "\r\n").encode("utf-8-sig"))
    path.chmod(0o600)
    assert deckbuild("ids", at=project).exit_code == 0
    written = path.read_bytes()
    assert written.startswith(
        b"\xef\xbb\xbftitle: DL  # mine\r\nquestions:\r\n  - id: why\r\n    ask: Why?\r\n"
    )
    assert path.stat().st_mode & 0o777 == 0o600


def test_check_writes_nothing_and_fails_if_ids_are_missing(project: Path) -> None:
    result = deckbuild("ids", "--check", at=project)
    assert (result.exit_code, (project / "decks" / "dl.yaml").read_text()) == (1, DECK)
    assert "decks/dl.yaml lacks 2 ids: `deckbuild ids` writes them" in result.stderr
    deckbuild("ids", at=project)
    assert deckbuild("ids", "--check", at=project).exit_code == 0


def test_table_is_told_to_get_a_column(project: Path) -> None:
    (project / "decks" / "table.csv").write_text("ask,answer\nWhy?,Because\n")
    result = deckbuild("ids", at=project)
    assert "decks/table.csv lacks 1 id: give the table a column `id`" in result.stderr
    assert result.exit_code == 1


def test_deck_with_errors_stays_as_it_is(project: Path) -> None:
    broken = "questions: [{ask: Why?, anser: x}]\n"
    (project / "decks" / "dl.yaml").write_text(broken)
    result = deckbuild("ids", at=project)
    assert (result.exit_code, (project / "decks" / "dl.yaml").read_text()) == (1, broken)
    assert "did you mean `answer`?" in result.stderr
    assert "#one" in (project / "decks" / "ml" / "1-first.md").read_text()


def test_nothing_is_said_of_ids_when_all_decks_have_errors(project: Path) -> None:
    deckbuild("ids", at=project)
    (project / "decks" / "dl.yaml").write_text("questions: [{ask: Why?, anser: x}]\n")
    assert deckbuild("ids", at=project).stdout == ""


def test_learners_keep_their_notes(project: Path) -> None:
    assert deckbuild("all", "-t", "anki", at=project).exit_code == 0
    deckbuild("all", at=project)
    path = project / "decks" / "ml" / "1-first.md"
    path.write_text(path.read_text().replace("One?", "The first one?"))
    assert deckbuild("ids", at=project).exit_code == 0
    assert "<!-- #one -->" in path.read_text()
