"""From artifacts to bytes, printed ones in several processes when there are several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from deckbuild.targets.base import AnkiFile, Artifact, HtmlFile, PdfFile, TextFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.writers.pdf import WeasyTypesetter

_worker: WeasyTypesetter | None = None
"""The typesetter of a worker process, set once when it starts."""


@dataclass(frozen=True, slots=True)
class Produced:
    """The bytes of a file, and what its writer noticed."""

    data: bytes = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()


def produce_all(
    artifacts: Sequence[Artifact], typesetter: WeasyTypesetter | None, jobs: int
) -> Iterator[Produced]:
    """Yield the bytes of artifacts, in their order, each as soon as it is there."""
    parts = [part for artifact in artifacts if isinstance(artifact, PdfFile) for part in artifact.parts]
    if typesetter is None or jobs < 2 or len(parts) < 2:
        yield from (_produce(artifact, typesetter) for artifact in artifacts)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Spawned, not forked: fontconfig and Pango keep threads and locks that a fork would copy.
    context = multiprocessing.get_context("spawn")
    workers = min(jobs, len(parts))
    with ProcessPoolExecutor(workers, context, initializer=_start, initargs=(typesetter,)) as pool:
        pending = {
            artifact.name: [pool.submit(_typeset, part) for part in artifact.parts]
            for artifact in artifacts
            if isinstance(artifact, PdfFile)
        }
        for artifact in artifacts:
            made = pending.get(artifact.name)
            yield _joined([part.result() for part in made]) if made else _produce(artifact, None)


def _joined(parts: Sequence[Produced]) -> Produced:
    from deckbuild.writers.pdf_join import join_pdfs

    found = dict.fromkeys(diagnostic for part in parts for diagnostic in part.diagnostics)
    return Produced(join_pdfs([part.data for part in parts]), tuple(found))


def _produce(artifact: Artifact, typesetter: WeasyTypesetter | None) -> Produced:
    match artifact:
        case HtmlFile(html=html):
            return Produced(html.encode())
        case TextFile(text=text):
            return Produced(text.encode())
        case AnkiFile(package=package):
            from deckbuild.writers.apkg import write_apkg

            return Produced(write_apkg(package))
        case PdfFile():
            assert typesetter is not None, "printed targets are planned only where there is a typesetter"
            return Produced(*typesetter.pdf(artifact))
        case _:
            assert_never(artifact)


def _start(typesetter: WeasyTypesetter) -> None:
    global _worker  # noqa: PLW0603 - one a process, set before any work
    _worker = typesetter


def _typeset(artifact: PdfFile) -> Produced:
    return _produce(artifact, _worker)
