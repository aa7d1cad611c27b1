"""The lock on disk: who writes it, when, and what a build does that may not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from deckbuild.build import build
from deckbuild.compiler import compile_reading, read_decks
from deckbuild.config import Selection
from deckbuild.lock.text import FILE
from deckbuild.planning import Request
from deckbuild.project import load_project
from deckbuild.publishing import Publishing
from deckbuild.writers.turns import one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deckbuild.build import Outcome

WHOLE = Request()
BANK = "questions:\n  - {id: one, ask: One?, answer: First.}\n  - {id: two, ask: Two?, answer: Second.}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one deck that makes packages only."""
    write(tmp_path / "deckbuild.toml", 'namespace = "mine"\ntargets = ["anki"]\n')
    write(tmp_path / "decks" / "bank.yaml", BANK)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    write(path, text.replace(old, new))


def run(root: Path, request: Request = WHOLE, clock: int = 1000, **how: Any) -> Outcome:
    project, found = load_project(root)
    publishing = Publishing(clock, writes=True, **how)
    return build(
        project, found, request, out=root / "dist", jobs=1, progress=lambda _: None, publishing=publishing
    )


def lock(root: Path) -> str:
    return (root / FILE).read_text("utf-8")


def times(root: Path) -> dict[str, str]:
    notes = (line.split(" ") for line in lock(root).splitlines() if line.startswith("note"))
    return {words[1]: next(w for w in words if w.startswith("time="))[5:] for words in notes}


def codes(outcome: Outcome) -> list[str]:
    return [str(d.code) for d in outcome.diagnostics]


def test_a_whole_build_writes_it_and_says_what_is_new(root: Path) -> None:
    assert run(root).published == "2 new"
    assert times(root) == {"bank/one": "1000", "bank/two": "1000"}


def test_an_unchanged_bank_leaves_it_alone(root: Path) -> None:
    run(root)
    before = (root / FILE).stat().st_mtime_ns
    (root / "dist" / "bank.apkg").unlink()
    assert run(root, clock=2000).published == ""
    assert (root / FILE).stat().st_mtime_ns == before


def test_an_edit_stamps_one_note(root: Path) -> None:
    run(root)
    edit(root / "decks" / "bank.yaml", "First.", "The first.")
    assert run(root, clock=2000).published == "1 updated"
    assert times(root) == {"bank/one": "2000", "bank/two": "1000"}


@pytest.mark.parametrize(
    "request_",
    [Request(targets=("anki",)), Request(decks=("bank",)), Request(selection=Selection(id=("one",)))],
)
def test_a_part_of_a_build_does_not_write_it(root: Path, request_: Request) -> None:
    assert run(root, request_).published == ""
    assert not (root / FILE).exists()


def test_a_build_by_hand_and_one_that_writes_nothing_make_the_same_package_from_the_lock(root: Path) -> None:
    run(root)
    package = (root / "dist" / "bank.apkg").read_bytes()
    (root / "dist" / "bank.apkg").unlink()
    run(root, Request(targets=("anki",)), clock=5000)
    assert (root / "dist" / "bank.apkg").read_bytes() == package


def test_in_release_mode_builds_leave_it_alone(root: Path) -> None:
    edit(root / "deckbuild.toml", "targets", 'lock = "release"\ntargets')
    assert run(root).published == ""
    assert not (root / FILE).exists()
    assert "lock-stale" not in codes(run(root, locked=True))


def test_locked_fails_where_it_would_change_and_makes_nothing(root: Path) -> None:
    outcome = run(root, locked=True)
    (found,) = (d for d in outcome.diagnostics if d.code == "lock-stale")
    assert found.message == "the lock does not know of what is published: 2 new"
    assert found.help == "run `deckbuild all` and commit `deckbuild.lock`"
    assert (outcome.outputs, (root / FILE).exists()) == ((), False)
    run(root)
    (root / "dist" / "bank.apkg").unlink()
    assert "lock-stale" not in codes(run(root, locked=True))
    assert (root / "dist" / "bank.apkg").exists()


def test_locked_takes_no_guesses(root: Path) -> None:
    edit(root / "deckbuild.toml", "targets", 'lock = "release"\ntargets')
    write(root / "decks" / "bank.yaml", "questions:\n  - {ask: Why dept?, answer: So.}\n")
    edit(root / "deckbuild.toml", 'lock = "release"', 'lock = "build"')
    run(root)
    edit(root / "decks" / "bank.yaml", "dept", "depth")
    severities = {str(d.code): d.severity.name for d in run(root, locked=True).diagnostics}
    assert severities["identity-guess"] == "ERROR"
    assert {str(d.code): d.severity.name for d in run(root).diagnostics}["identity-guess"] == "WARNING"


def test_a_lock_that_cannot_be_read_stops_everything_and_is_not_overwritten(root: Path) -> None:
    run(root)
    for text in ("", "lock 1\nnonsense\n", "\xff"):
        (root / FILE).write_bytes(text.encode("latin-1"))
        (root / "dist" / "bank.apkg").unlink(missing_ok=True)
        assert "lock-invalid" in codes(run(root))
        assert (root / FILE).read_bytes() == text.encode("latin-1")
        assert not (root / "dist" / "bank.apkg").exists()


def test_a_lost_lock_is_not_begun_anew_over_the_packages_it_can_be_rebuilt_from(root: Path) -> None:
    run(root)
    package = (root / "dist" / "bank.apkg").read_bytes()
    (root / FILE).unlink()
    edit(root / "decks" / "bank.yaml", "First.", "The first.")
    for request in (WHOLE, Request(targets=("anki",))):
        (found,) = (d for d in run(root, request, clock=2000).diagnostics if d.code == "lock-lost")
        assert "`deckbuild lock --from dist/bank.apkg`" in found.help
        assert (root / "dist" / "bank.apkg").read_bytes() == package
        assert not (root / FILE).exists()
    (root / "dist" / "bank.apkg").unlink()
    assert run(root, clock=2000).published == "2 new"


def test_packages_that_were_made_before_there_was_a_lock_ask_for_none(root: Path) -> None:
    run(root, Request(targets=("anki",)))
    assert (root / "dist" / "bank.apkg").exists()
    assert run(root).published == "2 new"


# What cannot be read is not gone ------------------------------------------------------------------


@pytest.fixture
def folder(root: Path) -> Path:
    """A project with a deck in a folder of two sections, published, beside another deck."""
    write(root / "decks" / "deep" / "_deck.yaml", "title: Deep\n")
    for name in ("a", "b"):
        write(root / "decks" / "deep" / f"{name}.yaml", BANK.replace("id: ", f"id: {name}-"))
    run(root)
    return root


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "a section that is no UTF-8": lambda decks: (decks / "deep" / "b.yaml").write_bytes(b"title: \xff\n"),
    "the head": lambda decks: (decks / "deep" / "_deck.yaml").write_bytes(b"title: \xff\n"),
    "a section whose link leads nowhere": lambda decks: relinked(decks / "deep" / "b.yaml", "nowhere.yaml"),
    "a section whose link leads out": lambda decks: relinked(decks / "deep" / "b.yaml", "/etc/hostname"),
    "a deck of one file": lambda decks: (decks / "bank.yaml").write_bytes(b"title: \xff\n"),
    "a deck whose link leads out": lambda decks: relinked(decks / "bank.yaml", "/etc/hostname"),
    "a folder whose link leads out": lambda decks: relinked(decks / "deep", "/etc"),
}


def relinked(path: Path, target: str) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    path.symlink_to(target)


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_cannot_be_read_retires_nothing(folder: Path, what: str) -> None:
    before = lock(folder)
    packages = {path.name: path.read_bytes() for path in (folder / "dist").glob("*.apkg")}
    UNREADABLE[what](folder / "decks")
    outcome = run(folder, clock=2000)
    assert {"file-unreadable", "file-encoding"} & set(codes(outcome))
    assert lock(folder) == before
    assert {path.name: path.read_bytes() for path in (folder / "dist").glob("*.apkg")} == packages
    project, _ = load_project(folder)
    compilation = compile_reading(project, read_decks(project), Publishing(2000, writes=True))
    assert compilation.new == compilation.old, "nor would it be in a release, or a diff"


def test_another_namespace_is_an_error_unless_it_is_meant(root: Path) -> None:
    run(root)
    before = lock(root)
    edit(root / "deckbuild.toml", "mine", "theirs")
    (found,) = (d for d in run(root).diagnostics if d.code == "lock-namespace")
    assert found.message == "the lock is of the project `mine`, and this one is `theirs`"
    assert [label.span.text for label in found.labels] == ['namespace = "theirs"', "namespace mine"]
    assert lock(root) == before
    run(root, new_identity=True)
    assert "namespace theirs" in lock(root)
    assert set(before.split()) & {w for w in lock(root).split() if w.startswith("guid=")} == set()


def test_a_deck_with_errors_keeps_its_lines_while_others_are_published(root: Path) -> None:
    write(root / "decks" / "other.yaml", "questions:\n  - {id: a, ask: A?, answer: B.}\n")
    run(root)
    edit(root / "decks" / "bank.yaml", "answer: First.", "anser: First.")
    edit(root / "decks" / "other.yaml", "B.", "C.")
    assert run(root, clock=2000).published == "1 updated"
    assert times(root) == {"bank/one": "1000", "bank/two": "1000", "other/a": "2000"}


def test_a_time_ahead_of_the_clock_is_an_error(root: Path) -> None:
    run(root, clock=200_000)
    (root / "dist" / "bank.apkg").unlink()
    assert set(codes(run(root, clock=100_000))) >= {"lock-time"}
    assert not (root / "dist" / "bank.apkg").exists()


def test_an_epoch_that_is_no_time_stops_everything(root: Path) -> None:
    assert "lock-time" in codes(run(root, epoch="yesterday"))
    assert not (root / FILE).exists()
    assert run(root, epoch="900").published == "2 new"
    assert times(root) == {"bank/one": "900", "bank/two": "900"}


def test_a_note_type_that_would_fork_stops_everything(root: Path) -> None:
    run(root)
    edit(root / FILE, " schema=", " schema=f")
    before = lock(root)
    edit(root / "decks" / "bank.yaml", "First.", "The first.")
    assert "note-type-fork" in codes(run(root))
    assert lock(root) == before


def test_a_template_overridden_later_stamps_its_note_type_and_no_note(root: Path) -> None:
    run(root)
    name = "anki/question/front.html"
    write(root / "templates" / name, f'[% include "deckbuild/{name}" %]\n<!-- mine -->\n')
    assert run(root, clock=2000).published == "1 new look"
    assert times(root) == {"bank/one": "1000", "bank/two": "1000"}


def test_a_build_in_another_place_at_another_time_changes_nothing(root: Path, tmp_path: Path) -> None:
    run(root)
    before = lock(root)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    command = [sys.executable, "-m", "deckbuild", "-C", str(root), "all", "-q", "-j", "1", "-t", "anki"]
    subprocess.run([*command, "--locked"], env=environment, check=True, cwd=tmp_path)
    assert lock(root) == before


def test_one_run_at_a_time(tmp_path: Path) -> None:
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        with one_at_a_time(tmp_path, lambda: order.append("waits")):
            order.append("second")

    other = threading.Thread(target=second)
    other.start()
    with one_at_a_time(tmp_path, lambda: None):
        inside.set()
        while "waits" not in order:
            pass
        order.append("first is done")
    other.join()
    assert order == ["waits", "first is done", "second"]
