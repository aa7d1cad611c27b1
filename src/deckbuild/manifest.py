"""The manifest: what the files in the output folder were made from, so that only stale ones are made.

Two gates. The first is one digest over every input and option of a run: equal, and the outputs as
they were left, means there is nothing to do. The second is the digest of all that a writer gets:
equal means that the file would come out the same. No dependency is tracked, so none can be wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from deckbuild import __version__
from deckbuild.identity import digest
from deckbuild.targets.base import AnkiFile, Artifact, HtmlFile, PdfFile, TextFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FILE = ".deckbuild-manifest.json"
_VERSION = 2


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: digests of what its writer got and of what it wrote."""

    input: str
    output: str
    warnings: tuple[tuple[str, str, str, str], ...] = ()
    """Code, message, help and file of what its writer noticed, to be said again while it is up to date."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was made, by file name, and the gates of the runs that made it."""

    files: Mapping[str, Made] = field(default_factory=dict)
    runs: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """By digest of the request: digest of the inputs, and the names of the files it made."""

    def with_file(self, name: str, made: Made) -> Manifest:
        """Return the manifest with one file more."""
        return replace(self, files={**self.files, name: made})

    def claiming(self, names: Iterable[str]) -> Manifest:
        """Return the manifest with files about to be made: if the run is killed, they are known as ours."""
        return replace(self, files={**{name: Made("", "") for name in names}, **self.files})

    def with_run(self, request: str, inputs: str, names: tuple[str, ...]) -> Manifest:
        """Return the manifest with the gate of a run."""
        return replace(self, runs={**self.runs, request: (inputs, names)})

    def without(self, names: set[str]) -> Manifest:
        """Return the manifest without some files and without the runs that made them."""
        files = {name: made for name, made in self.files.items() if name not in names}
        runs = {key: run for key, run in self.runs.items() if names.isdisjoint(run[1])}
        return Manifest(files, runs)

    def fresh(self, name: str, input_digest: str, output_digest: str | None) -> Made | None:
        """Return the entry of a file that was made from this input and is still as it was made."""
        made = self.files.get(name)
        return made if made and (made.input, made.output) == (input_digest, output_digest) else None


def parse_manifest(text: str) -> Manifest:
    """Return a manifest; one that cannot be read is empty, and everything is made anew.

    Of another version's it is known which files are ours, and nothing more.
    """
    try:
        data = json.loads(text)
        if data["version"] != _VERSION:
            return Manifest({name: Made("", str(entry[1])) for name, entry in data["files"].items()})
        files = {name: _made(entry) for name, entry in data["files"].items()}
        runs = {key: (str(inputs), tuple(names)) for key, (inputs, names) in data["runs"].items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Manifest()
    return Manifest(files, runs)


def _made(entry: tuple[str, str, list[list[str]]]) -> Made:
    warnings = ((str(code), str(said), str(advice), str(file)) for code, said, advice, file in entry[2])
    return Made(str(entry[0]), str(entry[1]), tuple(warnings))


def render_manifest(manifest: Manifest) -> str:
    """Return a manifest as text."""
    data = {
        "version": _VERSION,
        "files": {name: [m.input, m.output, m.warnings] for name, m in manifest.files.items()},
        "runs": {key: [inputs, names] for key, (inputs, names) in manifest.runs.items()},
    }
    return json.dumps(data, indent=1, sort_keys=True) + "\n"


def input_digest(artifact: Artifact, writer: str) -> str:
    """Return the digest of all that a writer gets; `writer` names the versions that take part."""
    return digest(__version__, writer, artifact.name, *_parts(artifact))


def _parts(artifact: Artifact) -> Iterator[str]:
    match artifact:
        case HtmlFile(html=html):
            yield html
        case TextFile(text=text):
            yield text
        case PdfFile(html=html, media=media, more=more):
            yield from (html, *more)
            for medium in media:
                yield from (medium.path, medium.digest)
        case AnkiFile(package=package):
            yield repr((package.decks, package.note_types, package.notes, package.preset))
            for kind in package.note_types:
                yield kind.css
                for template in kind.templates:
                    yield from (template.front, template.back)
            for name, medium in package.media:
                yield from (name, medium.digest)
        case _:
            assert_never(artifact)
