"""Building whole projects: what is written, what is left alone, and that equal input gives equal bytes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from deckbuild import resources
from deckbuild.build import Outcome, build
from deckbuild.diagnostic import Code
from deckbuild.planning import Request
from deckbuild.project import load_project
from deckbuild.scaffold import project_files
from support.needs import program

QUICK = Request(targets=("anki", "handout"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project as `new` makes it."""
    root = tmp_path / "bank"
    for name, text in project_files("Bank", "bank", "bank-1", "yaml").items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def run(root: Path, request: Request = QUICK) -> Outcome:
    loaded, found = load_project(root)
    return build(loaded, found, request, out=root / "dist", jobs=1, progress=lambda _: None)


def digests(folder: Path) -> dict[str, str]:
    return {
        p.name: sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.iterdir())
        if not p.name.startswith(".")
    }


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_new_project_builds_at_once_without_a_word(project: Path) -> None:
    outcome = run(project)
    assert outcome.diagnostics == ()
    assert sorted(digests(project / "dist")) == ["bank.apkg", "bank.html"]


def test_a_second_build_does_nothing(project: Path) -> None:
    run(project)
    before = {p: p.stat().st_mtime_ns for p in (project / "dist").iterdir()}
    assert run(project).up_to_date == ("bank.apkg", "bank.html")
    assert {p: p.stat().st_mtime_ns for p in (project / "dist").iterdir()} == before


def test_a_file_that_somebody_changed_or_removed_is_made_again(project: Path) -> None:
    run(project)
    before = digests(project / "dist")
    (project / "dist" / "bank.html").write_text("edited")
    (project / "dist" / "bank.apkg").unlink()
    run(project)
    assert digests(project / "dist") == before


def test_only_what_an_edit_changes_is_written(project: Path) -> None:
    run(project)
    (project / "decks" / "other.yaml").write_text("questions:\n  - ask: Why?\n    answer: Because.\n")
    written = {output.name: output.written for output in run(project).outputs}
    assert written == {"bank.apkg": False, "bank.html": False, "other.apkg": True, "other.html": True}


def test_a_deck_with_an_error_leaves_its_old_files_and_builds_the_others(project: Path) -> None:
    run(project)
    before = digests(project / "dist")
    edit(project / "decks" / "bank.yaml", "answer: Each", "anser: Each")
    edit(project / "decks" / "bank.yaml", "difficulty: easy", "difficulty: eazy")
    (project / "decks" / "other.yaml").write_text("questions:\n  - ask: Why?\n    answer: Because.\n")
    outcome = run(project)
    assert len(outcome.diagnostics) == 2
    after = digests(project / "dist")
    assert {name: after[name] for name in before} == before
    assert "other.apkg" in after


def test_a_slip_in_the_settings_leaves_every_file_as_it_was(project: Path) -> None:
    run(project)
    before = digests(project / "dist")
    with (project / "deckbuild.toml").open("a") as settings:
        settings.write("[anki]\nsub-decks = true\n")
    edit(project / "decks" / "bank.yaml", "difficulty: easy", "difficulty: hard")
    assert [d.code for d in run(project).diagnostics] == [Code.CONFIG_KEY]
    assert digests(project / "dist") == before


@pytest.mark.pdf
def test_a_font_that_is_added_makes_the_pages_again(project: Path) -> None:
    request = Request(targets=("quiz",))
    run(project, request)
    (project / "fonts").mkdir()
    shutil.copy(resources.fonts() / "SourceCodePro-Regular.ttf", project / "fonts")
    assert all(output.written for output in run(project, request).outputs)


@pytest.mark.pdf
def test_what_was_measured_is_kept_for_the_next_build(project: Path) -> None:
    printed = Request(targets=("cards",))
    measures = project / ".cache" / "measures.json"
    run(project, printed)
    known = json.loads(measures.read_text("utf-8"))
    before = digests(project / "dist")
    edit(project / "decks" / "bank.yaml", "Each recall just before", "A recall shortly before")
    run(project, printed)
    more = json.loads(measures.read_text("utf-8"))
    assert 0 < len(more.keys() - known.keys()) < len(known)
    edit(project / "decks" / "bank.yaml", "A recall shortly before", "Each recall just before")
    measures.write_text("not what it was")
    run(project, printed)
    assert digests(project / "dist") == before


@pytest.mark.pdf
def test_a_setting_that_turns_out_to_be_wrong_is_shown_in_its_line(project: Path) -> None:
    with (project / "deckbuild.toml").open("a") as settings:
        settings.write('[cards]\nsize = "300x300"\n')
    (found,) = run(project, Request(targets=("cards",))).diagnostics
    assert (found.name, found.labels[0].span.text) == ("deckbuild.toml", "size")


@pytest.mark.pdf
def test_a_script_without_a_font_is_reported_once_for_all_files_and_again_by_the_next_build(
    project: Path,
) -> None:
    (project / "decks" / "bank.yaml").write_text("questions:\n  - ask: 漢字?\n    answer: 漢字\n")
    request = Request(targets=("cards", "quiz", "cheatsheet"))
    first, second = run(project, request), run(project, request)
    (found,) = [d for d in first.diagnostics if d.code is Code.GLYPH_MISSING]
    assert found.message.startswith(
        "no font has 2 characters of bank-cards.pdf, bank-cheatsheet.pdf, bank-quiz"
    )
    assert found in second.diagnostics
    assert not any(output.written for output in second.outputs)


def test_an_override_of_a_template_changes_what_it_makes(project: Path) -> None:
    run(project)
    before = digests(project / "dist")
    (project / "templates" / "anki").mkdir(parents=True)
    (project / "templates" / "anki" / "style.css").write_text(
        '[% include "deckbuild/anki/style.css" %]\n.mine{}\n'
    )
    run(project)
    after = digests(project / "dist")
    assert after["bank.apkg"] != before["bank.apkg"]
    assert after["bank.html"] == before["bank.html"]


def test_a_broken_template_is_reported_with_its_line_and_nothing_is_written(project: Path) -> None:
    (project / "templates" / "anki").mkdir(parents=True)
    (project / "templates" / "anki" / "style.css").write_text("a\n[[ nonsense ]]\n")
    outcome = run(project)
    (found,) = outcome.diagnostics
    assert (found.name, found.labels[0].span.position[0]) == ("templates/anki/style.css", 2)
    assert digests(project / "dist") == {}


def test_a_selection_makes_files_of_its_own(project: Path) -> None:
    from deckbuild.config import Selection

    outcome = run(project, Request(targets=("anki",), selection=Selection(priority=("must",))))
    assert [output.name for output in outcome.outputs] == [
        f"bank@{Path(outcome.outputs[0].name).stem.partition('@')[2]}.apkg"
    ]


def test_a_selection_of_nothing_says_which_value_is_unknown(project: Path) -> None:
    from deckbuild.config import Selection

    (found,) = run(project, Request(targets=("anki",), selection=Selection(tag=("nope",)))).diagnostics
    assert found.help == "no question has tag `nope`"


def test_an_edition_is_built_by_a_whole_build(project: Path) -> None:
    with (project / "deckbuild.toml").open("a") as settings:
        settings.write(
            'targets = ["anki"]\n[[edition]]\nname = "five"\npriority = ["must"]\ntargets = ["anki"]\n'
        )
    assert "bank@five.apkg" in [output.name for output in run(project, Request()).outputs]


def test_files_of_a_deck_that_is_gone_are_removed(project: Path) -> None:
    with (project / "deckbuild.toml").open("a") as settings:
        settings.write('targets = ["anki"]\n')
    (project / "decks" / "other.yaml").write_text("questions:\n  - ask: Why?\n    answer: Because.\n")
    run(project, Request())
    (project / "decks" / "other.yaml").unlink()
    assert run(project, Request()).removed == ("other.apkg",)
    assert "other.apkg" not in digests(project / "dist")


def test_nothing_outside_the_project_is_read(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    (project / "decks" / "link.svg").symlink_to(tmp_path / "secret.svg")
    (project / "decks" / "a.yaml").write_text(
        "questions:\n"
        "  - ask: 'One ![x](../../secret.svg)'\n    answer: a\n"
        "  - ask: 'Two ![x](link.svg)'\n    answer: b\n"
    )
    codes = sorted(str(d.code) for d in run(project).diagnostics)
    assert codes == ["media-outside", "media-outside"]


@pytest.mark.pdf
@pytest.mark.slow
def test_equal_input_gives_equal_bytes_anywhere(project: Path, tmp_path: Path) -> None:
    """Another process, hash seed, time zone, locale, folder, number of jobs and other fonts installed.

    A whole build publishes: what has no lock yet gets the time of now, so that is set.
    """
    other = tmp_path / "a much longer folder name" / "bank"
    shutil.copytree(project, other)
    here, there = (
        _home(tmp_path / "bare"),
        _home(tmp_path / "with fonts", "Source Sans 3", "Noto Sans Hebrew"),
    )
    first = _build_in_a_process(
        project, {**here, "PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}, "1"
    )
    second = _build_in_a_process(
        other, {**there, "PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8"}, "3"
    )
    assert first == second
    assert len(first) >= 7


def _home(folder: Path, *families: str) -> dict[str, str]:
    """Return the environment of somebody who has installed fonts of these names: all are Source Code Pro."""
    from fontTools.ttLib import TTFont

    fonts = folder / ".local" / "share" / "fonts"
    fonts.mkdir(parents=True)
    for family in families:
        font = TTFont(resources.fonts() / "SourceCodePro-Regular.ttf")
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = family
        font.save(fonts / f"{family}.ttf")
    return {"HOME": str(folder), "XDG_DATA_HOME": str(folder / ".local" / "share")}


def test_the_installed_fonts_of_that_test_are_found(tmp_path: Path) -> None:
    environment = {**os.environ, **_home(tmp_path, "Source Sans 3")}
    found = subprocess.run(
        [program("fc-match"), "Source Sans 3", "file"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.endswith("/fonts/Source Sans 3.ttf\n")


@pytest.mark.slow
def test_a_build_needs_no_network(project: Path) -> None:
    script = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "from deckbuild.cli import main\n"
        "sys.argv = ['deckbuild', *sys.argv[1:]]\n"
        "main()\n"
    )
    command = [sys.executable, "-c", script, "-C", str(project), "all", "-j", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _build_in_a_process(root: Path, environment: dict[str, str], jobs: str) -> dict[str, str]:
    command = [sys.executable, "-m", "deckbuild", "-C", str(root), "all", "-q", "-j", jobs]
    now = {"SOURCE_DATE_EPOCH": "1000000000"}
    subprocess.run(command, env={**os.environ, **environment, **now}, check=True)
    return digests(root / "dist")


WITHOUT_PANGO = """
import cffi, sys
load = cffi.FFI.dlopen
def dlopen(self, name, *rest):
    if name and "pango" in str(name):
        raise OSError(f"cannot load library '{name}'")
    return load(self, name, *rest)
cffi.FFI.dlopen = dlopen
from deckbuild.cli import main
sys.argv = ["deckbuild", *sys.argv[1:]]
main()
"""


@pytest.mark.slow
def test_without_pango_all_but_the_pdfs_is_built(project: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_PANGO, "-C", str(project), "all"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in done.stderr
    assert {"bank.apkg", "bank.html"} <= set(digests(project / "dist"))


@pytest.mark.slow
def test_without_pango_a_pdf_that_is_asked_for_is_an_error(project: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_PANGO, "-C", str(project), "all", "-t", "cheatsheet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "error[target-unavailable]" in done.stderr
