"""A project on disk that is published again and again, and learners who import what comes out."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deckbuild.build import build
from deckbuild.compiler import compile_reading, read_decks
from deckbuild.diagnostic import has_errors
from deckbuild.ledger import anki_search
from deckbuild.lock.text import FILE, parse_lock, render_lock, retired_of
from deckbuild.planning import Request
from deckbuild.project import load_project
from deckbuild.publishing import Publishing
from deckbuild.source import Source
from deckbuild.writers.files import write_atomically

if TYPE_CHECKING:
    from deckbuild.lock.entries import Lock
    from deckbuild.project import Project

NOW = int(time.time())
SETTINGS = 'namespace = "mine"\ntargets = ["anki"]\n\n[anki]\ntext = true\n'
_SCRIPT = Path(__file__).with_name("collection.py")


@dataclass
class World:
    """A project and the packages that were published of it."""

    root: Path
    start: int = NOW
    """The clock of the first publication; each that follows is a quarter of an hour later."""
    published: int = 0

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def edit(self, old: str, new: str, name: str = "decks/bank.yaml") -> None:
        """Replace a piece of a file, which must be in it once."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) == 1, (old, text.count(old))
        self.write(name, text.replace(old, new))

    def rename(self, old: str, new: str) -> None:
        """Rename a file of the project."""
        (self.root / old).rename(self.root / new)

    @property
    def clock(self) -> int:
        """The time of the next publication."""
        return self.start + 900 * self.published

    def publish(self, deck: str = "bank", change: Any = lambda project: project) -> str:
        """Build everything and return the path of a deck's package; `change` may alter what was read."""
        project, found = load_project(self.root)
        how = Publishing(self.clock, writes=True)
        out = self.root / "dist"
        outcome = build(
            change(project), found, Request(), out=out, jobs=1, progress=lambda _: None, publishing=how
        )
        assert not has_errors(outcome.diagnostics), outcome.diagnostics
        self.published += 1
        return self.keep(deck)

    def release(self) -> str:
        """Publish as `deckbuild release` does, then build."""
        project, _ = load_project(self.root)
        how = Publishing(self.clock, writes=True, alike=True)
        compilation = compile_reading(project, read_decks(project), how)
        assert compilation.new
        write_atomically(self.root / FILE, render_lock(compilation.new).encode())
        return self.publish()

    def keep(self, deck: str = "bank", suffix: str = ".apkg") -> str:
        """Keep a file of a deck as it is now, and return its path."""
        kept = self.root / "kept" / f"{self.published}-{deck}{suffix}"
        kept.parent.mkdir(exist_ok=True)
        shutil.copy(self.root / "dist" / f"{deck}{suffix}", kept)
        return str(kept)

    def lock(self) -> Lock:
        """Return the lock as it is now."""
        lock, problems = parse_lock(Source(FILE, (self.root / FILE).read_text("utf-8")))
        assert problems == ()
        return lock

    def guid(self, key: str) -> str:
        """Return the GUID of a note."""
        return next(note.guid for note in self.lock().notes if note.key == key)

    def search(self, deck: str = "bank") -> str:
        """Return the search that finds what is retired in a deck."""
        lock = self.lock()
        return anki_search(lock.namespace or "", retired_of(lock, deck))

    def project(self) -> Project:
        """Return the project as it is read."""
        return load_project(self.root)[0]


def learn(python: Path, *steps: list[Any]) -> list[Any]:
    """Return what the steps of one learner give in a version of Anki."""
    done = subprocess.run(
        [python, _SCRIPT], input=json.dumps(steps), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found
