"""The description that Anki shows above a deck: what it holds and how to study it, as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.config import PresetOptions
from deckbuild.ledger import anki_search
from deckbuild.markup.text import to_text
from deckbuild.targets.anki.names import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.targets.base import Job

_MOST_NEWS = 8
_MARKS = re.compile(r"([\\`*_\[\]<>#~|])")


def description(job: Job, cards: int) -> str:
    """Return the description of a deck with that many cards."""
    deck, strings = job.deck, job.strings
    questions = sum(len(section.questions) for section in deck.sections)
    counts = strings("anki.questions", count=questions), strings("anki.cards", count=cards)
    titles = [_plain(section.title) for section in deck.sections if section.title]
    paragraphs = (
        deck.description.raw if deck.description else "",
        " · ".join((f"**{', '.join(counts)}**", *titles)),
        _listed(job, "anki.fresh", job.ledger.news.new),
        _listed(job, "anki.fixed", job.ledger.news.changed),
        "\n".join(f"- {advice}" for advice in _advice(job)),
        _retired(job),
        " · ".join(_plain(text) for text in (deck.version, *deck.authors, deck.license) if text),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _listed(job: Job, head: str, ids: tuple[str, ...]) -> str:
    """Return questions under a head, by number and prompt: what the last publication brought."""
    prompts = {question.id: question.ask for _, question in job.deck.questions()}
    here = [name for name in ids if name in prompts]
    words = {name: " ".join(to_text(prompts[name].events).split()) for name in here[:_MOST_NEWS]}
    lines = [f"- {job.ledger.numbering.questions[name]} {_plain(text)}" for name, text in words.items()]
    lines += [f"- {job.strings('anki.more', count=left)}"] if (left := len(here) - _MOST_NEWS) > 0 else []
    return "\n".join((job.strings(head), "", *lines)) if lines else ""


def _advice(job: Job) -> Iterator[str]:
    strings, options = job.strings, job.options.anki
    yield strings("anki.study_aloud")
    if options.order == "rounds":
        yield strings("anki.study_rounds")
    if options.order == "rounds" and options.subdecks:
        # By default Anki takes new cards deck by deck, and a learner would meet the first only.
        yield strings("anki.study_gather")
    if options.preset != PresetOptions():
        yield strings("anki.study_preset")
    yield strings("anki.study_tags", place=place(job.ledger, job.deck.sections[0]))


def _retired(job: Job) -> str:
    """Return how to find what learners have and the deck has no more: Anki never deletes by itself."""
    retired = job.ledger.retired
    return f"{job.strings('index.retired')} `{anki_search(job.namespace, retired)}`" if retired else ""


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
