"""From artifacts to bytes, printed ones in several processes when there are several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from deckbuild.targets.base import AnkiFile, Artifact, HtmlFile, PdfFile, TextFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.writers.pdf import WeasyTypesetter


@dataclass(frozen=True, slots=True)
class Produced:
    """The bytes of a file, and what its writer noticed."""

    data: bytes = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()


def produce_all(artifacts: Sequence[Artifact], typesetter: WeasyTypesetter | None) -> Iterator[Produced]:
    """Return the bytes of artifacts, in their order, each as soon as it is there."""
    files = [artifact for artifact in artifacts if isinstance(artifact, PdfFile)]
    assert typesetter or not files, "printed targets are planned only where there is a typesetter"
    printed = typesetter.pdfs(files) if typesetter else iter(())
    return (
        Produced(*next(printed)) if isinstance(artifact, PdfFile) else _produce(artifact)
        for artifact in artifacts
    )


def _produce(artifact: HtmlFile | TextFile | AnkiFile) -> Produced:
    match artifact:
        case HtmlFile(html=html):
            return Produced(html.encode())
        case TextFile(text=text):
            return Produced(text.encode())
        case AnkiFile(package=package):
            from deckbuild.writers.apkg import write_apkg

            return Produced(write_apkg(package))
        case _:
            assert_never(artifact)
