"""Shell completion, colors and progress: what a terminal gets and a pipe does not."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from deckbuild.scaffold import project_files

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = [
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'deckbuild'; from deckbuild.cli import main; main()",
]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A project with a mistake."""
    for name, text in project_files("Bank", "bank", "bank-1", "yaml").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text.replace("answer:", "anser:", 1), "utf-8")
    return tmp_path


def completions(words: str, shell: str = "bash") -> str:
    """What a shell is offered for the last of some words."""
    listed = words.split(" ")
    environment = {**os.environ, "_DECKBUILD_COMPLETE": f"{shell}_complete", "COMP_WORDS": words}
    environment["COMP_CWORD"] = listed[-1] if shell == "fish" else str(len(listed) - 1)
    done = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_told_how_to_complete(shell: str) -> None:
    environment = {**os.environ, "_DECKBUILD_COMPLETE": f"{shell}_source"}
    done = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=True)
    assert "_DECKBUILD_COMPLETE" in done.stdout


def test_commands_are_completed() -> None:
    assert completions("deckbuild re").split() == ["plain,release", "plain,renumber"]


def test_options_and_their_values_are_completed() -> None:
    assert "plain,--printer" in completions("deckbuild all --pri").split()
    assert completions("deckbuild all -t ca").split() == ["plain,cards"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(("settings", "is_colored"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colors_unless_it_says_no(
    broken: Path, settings: dict[str, str], *, is_colored: bool
) -> None:
    assert ("\x1b[1;31m" in on_a_terminal(broken, "check", settings)) is is_colored


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_progress_is_shown_on_a_terminal_alone(broken: Path) -> None:
    assert "reading the decks …" in on_a_terminal(broken, "all", {})
    assert "reading the decks …" not in on_a_terminal(broken, "all -q", {})
    done = subprocess.run([*COMMAND, "all"], cwd=broken, capture_output=True, text=True, check=False)
    assert "\x1b" not in done.stdout + done.stderr


def on_a_terminal(folder: Path, arguments: str, settings: dict[str, str]) -> str:
    """What a command prints to standard error, if that is a terminal."""
    import pty

    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment |= {"TERM": "xterm", **settings}
    running = subprocess.Popen(
        [*COMMAND, *arguments.split()], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    printed = b""
    try:
        while piece := os.read(ours, 1024):
            printed += piece
    except OSError:
        # This is how Linux says that the other end is closed.
        pass
    os.close(ours)
    running.wait()
    return printed.decode()
