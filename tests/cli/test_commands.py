"""The commands, as a user types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deckbuild.cli import _COMMANDS, cli

HEAVY = {"weasyprint", "genanki", "jinja2", "pygments", "ryml", "pyromark", "ziamath"}


def deckbuild(*arguments: str | Path, at: Path | None = None) -> Result:
    """Run a command in a folder, both streams apart."""
    before = Path.cwd()
    os.chdir(at or before)
    try:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)
    finally:
        os.chdir(before)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A new project."""
    assert deckbuild("new", "bank", at=tmp_path).exit_code == 0
    return tmp_path / "bank"


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_has_help_that_begins_with_a_sentence(name: str) -> None:
    result = deckbuild(name, "--help")
    assert result.exit_code == 0
    assert result.output.splitlines()[2].strip()


def test_a_new_project_says_what_to_do_next(tmp_path: Path) -> None:
    result = deckbuild("new", "my-bank", at=tmp_path)
    assert "Next: deckbuild -C my-bank all" in result.stdout
    assert (tmp_path / "my-bank" / "decks" / "my-bank.yaml").exists()


def test_a_name_with_blanks_is_quoted_in_the_next_step_and_makes_the_title(tmp_path: Path) -> None:
    result = deckbuild("new", "mein Deck Ü", at=tmp_path)
    assert result.stdout.splitlines()[-1] == "Next: deckbuild -C 'mein Deck Ü' all"
    assert "title: Mein Deck Ü\n" in (tmp_path / "mein Deck Ü" / "decks" / "mein-deck-ü.yaml").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("form", ["yaml", "markdown"])
def test_a_new_project_has_no_problems(tmp_path: Path, form: str) -> None:
    deckbuild("new", "bank", "--format", form, at=tmp_path)
    result = deckbuild("-C", "bank", "check", "--strict", at=tmp_path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "1 question in 1 deck: no problems.\n"


def test_the_two_formats_of_a_new_deck_say_the_same(tmp_path: Path) -> None:
    dumps = []
    for form in ("yaml", "markdown"):
        deckbuild("new", form, "--title", "Bank", "--format", form, at=tmp_path)
        dumps.append(json.loads(deckbuild("-C", form, "dump", "--format", "json", at=tmp_path).stdout)[0])
    questions = [deck["sections"][0]["questions"][0] for deck in dumps]
    assert dict(questions[1].items()).keys() <= questions[0].keys()
    assert questions[0]["points"] == questions[1]["points"]
    assert questions[0]["cards"] == questions[1]["cards"]


def test_new_never_overwrites(bank: Path) -> None:
    (bank / "decks" / "bank.yaml").write_text("mine")
    result = deckbuild("new", "bank", at=bank.parent)
    assert result.exit_code == 2
    assert "exists; nothing was written" in result.stderr
    assert (bank / "decks" / "bank.yaml").read_text() == "mine"


def test_new_adds_a_deck_to_a_project(bank: Path) -> None:
    assert deckbuild("new", "--deck", "more", at=bank).exit_code == 0
    assert "2 decks" in deckbuild("check", at=bank).stdout


def test_two_projects_get_two_namespaces(tmp_path: Path) -> None:
    texts = []
    for name in ("a", "b"):
        deckbuild("new", f"{name}/bank", at=tmp_path)
        texts.append((tmp_path / name / "bank" / "deckbuild.toml").read_text())
    assert texts[0] != texts[1]


def test_a_build_says_what_it_made_and_the_next_step(bank: Path) -> None:
    result = deckbuild("all", "-t", "anki", at=bank)
    assert result.exit_code == 0
    assert "dist/bank.apkg" in result.stdout
    assert "Next: in Anki, File → Import" in result.stdout
    assert result.stderr == ""


def test_a_second_build_says_that_there_is_nothing_to_do(bank: Path) -> None:
    deckbuild("all", "-t", "anki", at=bank)
    assert deckbuild("all", "-t", "anki", at=bank).stdout == "Nothing to do: 1 file in dist is up to date.\n"


def test_the_project_is_found_from_a_folder_inside_it(bank: Path) -> None:
    result = deckbuild("check", at=bank / "decks")
    assert "no problems" in result.stdout
    assert result.stderr == f"The project is {bank}\n"


@pytest.mark.parametrize(
    "arguments", [["check", "-q"], ["all", "-t", "anki", "-q"], ["all", "-t", "anki", "--json"]]
)
def test_who_wants_no_words_is_not_told_which_project_it_is(bank: Path, arguments: list[str]) -> None:
    assert deckbuild(*arguments, at=bank / "decks").stderr == ""


@pytest.mark.parametrize("command", ["dump", "all"])
def test_an_unknown_deck_names_the_nearest(bank: Path, command: str) -> None:
    result = deckbuild(command, "bnak", at=bank)
    assert result.exit_code == 1
    assert "there is no deck `bnak`\n  = help: did you mean `bank`?" in result.stderr


def test_quiet_prints_nothing_when_all_is_well(bank: Path) -> None:
    result = deckbuild("all", "-t", "anki", "-q", at=bank)
    assert (result.stdout, result.stderr) == ("", "")


def test_json_is_all_that_is_printed(bank: Path) -> None:
    data = json.loads(deckbuild("all", "-t", "anki", "--json", at=bank).stdout)
    assert [output["name"] for output in data["outputs"]] == ["bank.apkg"]


def test_errors_end_with_1_and_go_to_standard_error(bank: Path) -> None:
    path = bank / "decks" / "bank.yaml"
    path.write_text(path.read_text().replace("answer:", "anser:", 1))
    result = deckbuild("check", at=bank)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "did you mean `answer`?" in result.stderr
    assert result.stderr.splitlines()[-1] == "1 error"


def test_warnings_fail_only_when_strict(bank: Path) -> None:
    path = bank / "decks" / "bank.yaml"
    path.write_text(path.read_text().replace("answer: Each", "answer: " + "word " * 70 + "Each", 1))
    assert deckbuild("check", at=bank).exit_code == 0
    assert deckbuild("check", "--strict", at=bank).exit_code == 1


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["all", "--nonsense"], ["all", "-t", "pdf"], ["-C", "nowhere", "all"]]
)
def test_a_slip_on_the_command_line_ends_with_2(bank: Path, arguments: list[str]) -> None:
    assert deckbuild(*arguments, at=bank).exit_code == 2


def test_a_folder_without_decks_says_how_to_start(tmp_path: Path) -> None:
    result = deckbuild("all", at=tmp_path)
    assert result.exit_code == 1
    assert "deckbuild new" in result.stderr


def test_clean_removes_what_was_built_and_nothing_else(bank: Path) -> None:
    deckbuild("all", "-t", "anki", "-t", "handout", at=bank)
    (bank / "dist" / "notes.txt").write_text("mine")
    (bank / "dist" / "bank.html").write_text("edited")
    result = deckbuild("clean", at=bank)
    assert sorted(path.name for path in (bank / "dist").iterdir()) == ["bank.html", "notes.txt"]
    assert "bank.html was changed" in result.stdout


def test_a_template_is_listed_shown_and_ejected(bank: Path) -> None:
    assert "anki/style.css\n" in deckbuild("templates", "list", at=bank).stdout
    shown = deckbuild("templates", "show", "anki/style.css", at=bank).stdout
    deckbuild("templates", "eject", "anki/style.css", at=bank)
    assert (bank / "templates" / "anki" / "style.css").read_text() == shown
    assert deckbuild("templates", "eject", "anki/style.css", at=bank).exit_code == 2
    assert "anki/style.css  (the project's)" in deckbuild("templates", "list", at=bank).stdout


def test_a_misspelled_template_names_the_nearest(bank: Path) -> None:
    assert "did you mean anki/style.css?" in deckbuild("templates", "show", "anki/styl.css", at=bank).stderr


def test_dump_shows_the_model(bank: Path) -> None:
    assert "Why does spaced repetition work? [spaced-repetition]" in deckbuild("dump", at=bank).stdout


def test_help_and_version_import_nothing_heavy() -> None:
    script = (
        "import sys\nfrom deckbuild.cli import cli\n"
        "try: cli(['--version'])\nexcept SystemExit: pass\n"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_build_with_nothing_to_do_imports_no_writer(bank: Path) -> None:
    deckbuild("all", "-t", "anki", at=bank)
    script = (
        "import sys\nfrom deckbuild.cli import cli\n"
        f"try: cli(['-C', {str(bank)!r}, 'all', '-t', 'anki'])\nexcept SystemExit: pass\n"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_bug_ends_in_words_not_in_a_traceback(bank: Path) -> None:
    script = (
        "import deckbuild.project as p\n"
        "def broken(root): raise RuntimeError('oops')\n"
        "p.load_project = broken\n"
        "import sys; sys.argv = ['deckbuild', 'check']\n"
        "from deckbuild.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=bank, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "this is a bug in deckbuild" in done.stderr
    assert "Traceback" not in done.stderr
