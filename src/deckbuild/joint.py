"""One job for several decks: what an edition that puts its decks together is printed from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deckbuild.model import Section
from deckbuild.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from deckbuild.targets.base import Job

_BETWEEN = " · "


def joined(jobs: Sequence[Job]) -> Job:
    """Return a job for all decks, in which a section without questions says where each deck begins.

    Questions and sections keep their numbers: what the same question is called in other outputs.
    Ids, which several decks may have, begin with their deck's. Options, language and direction are
    those of the first deck.
    """
    first = jobs[0]
    decks = [job.deck for job in jobs]
    deck = replace(
        first.deck,
        title=_BETWEEN.join(deck.title for deck in decks),
        sections=tuple(section for job in jobs for section in _sections(job)),
        authors=_each_once(author for deck in decks for author in deck.authors),
        license=_BETWEEN.join(_each_once(deck.license for deck in decks if deck.license)),
    )
    questions = {_own(job, q): n for job in jobs for q, n in job.ledger.numbering.questions.items()}
    sections = {_own(job, s): n for job in jobs for s, n in job.ledger.numbering.sections.items()}
    beginnings = dict.fromkeys((job.deck.id for job in jobs), 0)
    return replace(
        first,
        deck=deck,
        stem=f"{'+'.join(deck.id for deck in decks)}@{first.stem.partition('@')[2]}",
        ledger=replace(first.ledger, numbering=Numbering(questions, sections | beginnings), notes={}),
        media={path: medium for job in jobs for path, medium in job.media.items()},
    )


def _sections(job: Job) -> Iterator[Section]:
    yield Section(job.deck.id, job.deck.title, (), job.deck.at)
    for section in job.deck.sections:
        questions = tuple(replace(question, id=_own(job, question.id)) for question in section.questions)
        yield replace(section, id=_own(job, section.id), questions=questions)


def _own(job: Job, name: str) -> str:
    return f"{job.deck.id}/{name}"


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
