"""The first gate of a build: one digest over everything that can change what comes out."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from deckbuild import __version__, resources
from deckbuild.identity import digest
from deckbuild.writers.files import file_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.planning import Request
    from deckbuild.project import Project

_LIBRARIES = ("genanki", "jinja2", "math-core", "pikepdf", "pygments", "pyromark", "weasyprint", "ziamath")


def request_digest(request: Request) -> str:
    """Return the digest of what is asked for."""
    return digest(repr(request))


def inputs_digest(project: Project) -> str:
    """Return the digest of every input's name and content, and of the versions that take part."""
    return digest(*_inputs(project))


def writer_versions() -> str:
    """Return the versions that an output's bytes may depend on."""
    return " ".join([f"deckbuild {__version__}", *(f"{name} {version(name)}" for name in _LIBRARIES)])


def fonts_digest(project: Project) -> str:
    """Return the digest of the project's own fonts, which every printed page depends on."""
    return digest(*(part for name, font in sorted(project.fonts.items()) for part in (name, font)))


def _inputs(project: Project) -> Iterator[str | bytes]:
    yield writer_versions()
    if project.settings:
        yield from ("settings", project.settings.text)
    if project.lock:
        yield from ("lock", project.lock.text)
    for files in project.decks:
        for source in filter(None, (files.head, *files.parts)):
            yield from (source.name, source.text)
    for texts in (project.templates.project, resources.templates(), *project.words.values()):
        for name, text in sorted(texts.items()):
            yield from (name, text)
    for name, font in sorted(project.fonts.items()):
        yield from (name, font)
    # Which media are referred to is known only after reading, so every file beside the decks counts.
    for path in sorted((project.root / project.config.decks).rglob("*")):
        if path.is_file():
            yield from (path.relative_to(project.root).as_posix(), file_digest(path) or "")
