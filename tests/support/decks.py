"""Decks for tests, in a few words: texts are written as Markdown and parsed for real.

`deck(question("Why?", answer="Because.", cards=[cloze("{{c1::This}} is hidden.")]))` is a whole deck.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deckbuild import resources
from deckbuild.config import Options
from deckbuild.images import describe_image
from deckbuild.ledger import first_ledger
from deckbuild.markup.events import Mask
from deckbuild.markup.parse import parse
from deckbuild.markup.text import slug
from deckbuild.media import Media
from deckbuild.model import (
    Basic,
    Body,
    Card,
    Choice,
    Cloze,
    Deck,
    Figure,
    Followup,
    Link,
    Occlusion,
    Option,
    Point,
    Question,
    Section,
    Steps,
    Typed,
)
from deckbuild.source import SliceOrigin, Source
from deckbuild.strings import parse_strings, strings_for
from deckbuild.targets.base import Job, Services
from deckbuild.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckbuild.markup.prose import Prose
    from deckbuild.plain import LearningItem

NOWHERE = SliceOrigin(Source("decks/test.yaml", ""), 0, 0)


def prose(text: str, *, cloze: bool = False) -> Prose:
    """Return a parsed text; it must parse without a finding."""
    parsed, problems = parse(
        text, SliceOrigin(Source("decks/test.yaml", text), 0, len(text)), folder="", cloze=cloze
    )
    assert problems == ()
    return parsed


# Questions --------------------------------------------------------------------------------------


def question(ask: str, *, id: str = "", points: Sequence[str] = (), **parts: Any) -> Question:  # noqa: A002 - the model's word
    """Return a question. Texts may be given as strings; a point that begins with `!` is a must."""
    values: dict[str, Any] = {"points": tuple(point(text) for text in points)}
    for name, value in parts.items():
        match name, value:
            case "short" | "answer" | "details" | "hint", str():
                values[name] = prose(value)
            case "pitfalls", _:
                values[name] = tuple(prose(text) for text in value)
            case "sources", _:
                values[name] = tuple(Link(*source) for source in value)
            case _, list():
                values[name] = tuple(value)
            case _:
                values[name] = value
    return Question(id or slug(ask), prose(ask), NOWHERE, **values)


def point(text: str) -> Point:
    """Return a key point; `!` in front makes it a must."""
    return Point(prose(text.removeprefix("!")), must=text.startswith("!"))


def followup(ask: str, answer: str, *, id: str = "") -> Followup:  # noqa: A002 - the model's word
    """Return a follow-up."""
    return Followup(id or slug(ask), prose(ask), prose(answer), written=True, at=NOWHERE)


def figure(image: str, alt: str, caption: str = "") -> Figure:
    """Return a figure."""
    return Figure(image, alt, prose(caption) if caption else None, NOWHERE)


# Cards ------------------------------------------------------------------------------------------


def card(body: Body, *, id: str = "card", hint: str = "", tags: Sequence[str] = ()) -> Card:  # noqa: A002 - the model's word
    """Return a card of any kind."""
    return Card(id, body, tuple(tags), prose(hint) if hint else None, written=True, at=NOWHERE)


def basic(ask: str, answer: str, *, reverse: bool = False, figure: Figure | None = None, **rest: Any) -> Card:
    """Return a basic card."""
    return card(Basic(prose(ask), prose(answer), reverse, figure), **{"id": slug(ask), **rest})


def cloze(text: str, **rest: Any) -> Card:
    """Return a cloze card."""
    return card(Cloze(prose(text, cloze=True)), **{"id": slug(text), **rest})


def choice(ask: str, options: Mapping[str, str], *, shuffle: bool = True, **rest: Any) -> Card:
    """Return a choice. Options map texts to the reason why, empty for none; `=` in front makes one right."""
    made = tuple(
        Option(prose(text.removeprefix("=")), text.startswith("="), prose(why) if why else None)
        for text, why in options.items()
    )
    return card(Choice(prose(ask), made, shuffle), **{"id": slug(ask), **rest})


def steps(ask: str, *items: str, **rest: Any) -> Card:
    """Return a card of steps."""
    return card(Steps(prose(ask), tuple(prose(item) for item in items)), **{"id": slug(ask), **rest})


def typed(ask: str, answer: str, *accept: str, **rest: Any) -> Card:
    """Return a card to type."""
    return card(Typed(prose(ask), answer, accept), **{"id": slug(ask), **rest})


def occlusion(
    ask: str,
    image: str,
    masks: Mapping[str, tuple[float, float, float, float]],
    *,
    alt: str = "A picture",
    **rest: Any,
) -> Card:
    """Return an occlusion card; masks map labels to rectangles."""
    rects = tuple(Mask(label, rect) for label, rect in masks.items())
    return card(Occlusion(prose(ask), image, alt, rects, NOWHERE), **{"id": slug(ask), **rest})


# Decks, jobs and media --------------------------------------------------------------------------


def section(title: str, *questions: Question, id: str = "", tags: Sequence[str] = ()) -> Section:  # noqa: A002 - the model's word
    """Return a section."""
    return Section(id or slug(title), title, questions, NOWHERE, tuple(tags))


def deck(*parts: Section | Question, id: str = "test", title: str = "Test", **rest: Any) -> Deck:  # noqa: A002 - the model's word
    """Return a deck of sections, or of questions without sections."""
    sections = tuple(part for part in parts if isinstance(part, Section))
    questions = tuple(part for part in parts if isinstance(part, Question))
    if questions:
        sections = (*sections, Section("", "", questions, NOWHERE))
    return Deck(id, title, sections, NOWHERE, **rest)


def item(part: Question | Followup | Card) -> LearningItem:
    """Return one thing to learn by itself, in a question and section around it."""
    from deckbuild.plain import LearningItem

    whole = part if isinstance(part, Question) else question("A question?", answer="An answer.")
    return LearningItem(section("A section", whole), whole, part)


def job(
    deck: Deck, *, options: Options | None = None, namespace: str = "tests", media: Sequence[Media] = ()
) -> Job:
    """Return a job for a deck that was never published, in the words of its language."""
    words = {lang: parse_strings(Source(lang, text))[0] for lang, text in resources.strings().items()}
    return Job(
        deck,
        deck.id,
        options or Options(),
        namespace,
        first_ledger(namespace, deck),
        strings_for(deck.lang, words),
        {medium.path: medium for medium in media},
    )


def services(**overrides: str) -> Services:
    """Return services without a typesetter; overrides are templates by name."""
    return Services(Templates(resources.templates(), overrides), None)


def picture(path: str, width: int = 320, height: int = 200, color: str = "#1d5b9f") -> Media:
    """Return an SVG of one colored rectangle."""
    size = f'width="{width}" height="{height}"'
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size} fill="{color}"/></svg>'
    media = describe_image(path, data.encode())
    assert isinstance(media, Media)
    return media


def republished(job: Job, **published: Any) -> Job:
    """Return the job with values of `Published` changed for every note."""
    notes = {ref: replace(note, **published) for ref, note in job.ledger.notes.items()}
    return replace(job, ledger=replace(job.ledger, notes=notes))
