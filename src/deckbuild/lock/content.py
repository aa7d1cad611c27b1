"""The canonical content of a note: a digest of each part of it that its author wrote.

A note whose digests are as they were published keeps its time. So nothing enters that another version
of a library changes: texts enter as written, pictures by their bytes. A part that is empty has no digest;
thus deckbuild can learn new parts without stamping old notes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from deckbuild.markup.events import Image, Link, Sound, Start
from deckbuild.model import Basic, Card, Choice, Cloze, Followup, Occlusion, Question, Steps, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deckbuild.ledger import Named
    from deckbuild.markup.events import Events
    from deckbuild.markup.prose import Prose
    from deckbuild.media import Media
    from deckbuild.model import Body, Deck, Figure
    from deckbuild.plain import LearningItem

RENDER_EDITION = 1
"""How fields are written from texts. Raised only on purpose, when learners' notes must be written anew:
every note of every bank is then an update, which replaces the tags that learners gave it."""

_BLANKS_AT_END = re.compile(r"[^\S\n]+(?=\n)")

PROMPTS = frozenset({"ask", "text"})
FRAME = frozenset({"context", "tags", "frame", "order", "look"})
"""Parts that are not the note's own: what it stands in and how it is shown."""

Digests = dict[str, str]
"""Digest of each part by its name, in a fixed order."""

_Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What stands behind the names in a text: pictures by path, numbers of questions by id."""

    media: Mapping[str, Media]
    numbers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """What the lock gives to a note."""

    number: str
    section: Named
    section_number: int
    ordinals: tuple[int, ...]


def note_digests(deck: Deck, item: LearningItem, sight: Sight, given: Given) -> Digests:
    """Return the digests of a note."""
    section = (given.section.id, given.section.title, str(given.section_number))
    rest = {
        "context": _context(item, sight),
        "tags": tuple(sorted(_tags(deck, item))),
        "frame": (deck.lang, deck.direction, given.number, *section),
        "order": () if given.ordinals == (0,) else tuple(map(str, given.ordinals)),
        "look": (str(RENDER_EDITION),) if RENDER_EDITION > 1 else (),
    }
    return {**own_digests(item, sight), **_digests(rest)}


def own_digests(item: LearningItem, sight: Sight) -> Digests:
    """Return the digests of what the author wrote for this note alone."""
    match item.body:
        case Question() as question:
            values = _main(question, sight)
        case Followup(ask=ask, answer=answer):
            values = {"ask": _text(ask, sight), "answer": _text(answer, sight)}
        case Card(body=body):
            values = _body(body, sight)
        case _:
            assert_never(item.body)
    return _digests({**values, "hint": _text(item.hint, sight)})


def question_digests(question: Question, items: tuple[LearningItem, ...], sight: Sight) -> tuple[str, str]:
    """Return the digests of a question's prompt and of all else that its author wrote for it."""
    main = _digests({**_main(question, sight), "hint": _text(question.hint, sight)})
    ask = main.pop("ask")
    rest = [*main.values(), *_text(question.short, sight), *sorted({*_rated(question), *question.tags})]
    cards = (item for item in items if not isinstance(item.body, Question))
    rest += sorted(":".join((card.kind, *own_digests(card, sight).values())) for card in cards)
    return ask, _digest(tuple(rest))


def _main(question: Question, sight: Sight) -> dict[str, _Values]:
    return {
        "ask": _text(question.ask, sight),
        "answer": _text(question.answer, sight),
        "points": tuple(v for p in question.points for v in (str(p.must), *_text(p.text, sight))),
        "figure": _figure(question.figure, sight),
        "details": _text(question.details, sight),
        "pitfalls": tuple(v for text in question.pitfalls for v in _text(text, sight)),
        "sources": _sources(question),
    }


def _body(body: Body, sight: Sight) -> dict[str, _Values]:
    match body:
        case Basic(ask, answer, reverse, figure):
            return {
                "ask": _text(ask, sight),
                "answer": _text(answer, sight),
                "figure": _figure(figure, sight),
                "reverse": ("reverse",) if reverse else (),
            }
        case Cloze(text):
            return {"text": _text(text, sight)}
        case Choice(ask, options, shuffle):
            listed = ((str(o.right), *_text(o.text, sight), "why", *_text(o.why, sight)) for o in options)
            return {
                "ask": _text(ask, sight),
                "options": tuple(value for option in listed for value in option),
                "shuffle": () if shuffle else ("fixed",),
            }
        case Steps(ask, steps):
            return {
                "ask": _text(ask, sight),
                "steps": tuple(v for step in steps for v in ("step", *_text(step, sight))),
            }
        case Typed(ask, answer, accept):
            return {"ask": _text(ask, sight), "answer": (_normal(answer),), "accept": accept}
        case Occlusion(ask, image, alt, masks):
            rects = (f"{value:.4f}" for mask in masks for value in mask.rect)
            return {
                "ask": _text(ask, sight),
                "image": (_medium(image, sight), alt),
                "masks": (*(_normal(mask.label) for mask in masks), *rects),
            }
        case _:
            assert_never(body)


def _context(item: LearningItem, sight: Sight) -> _Values:
    match item.body:
        case Question():
            return ()
        case Followup():
            return _text(item.question.ask, sight)
        case Card():
            return _text(item.question.short, sight)
        case _:
            assert_never(item.body)


def _figure(figure: Figure | None, sight: Sight) -> _Values:
    if figure is None:
        return ()
    return (_medium(figure.image, sight), _normal(figure.alt), *_text(figure.caption, sight))


def _sources(question: Question) -> _Values:
    links = (value for source in question.sources for value in (source.title, source.url))
    rest = (question.license, question.reviewed)
    return (*links, "license", *rest) if question.sources or any(rest) else ()


def _tags(deck: Deck, item: LearningItem) -> set[str]:
    return {*item.tags, *deck.tags, *_rated(item.question)}


def _rated(question: Question) -> set[str]:
    rated = {f"priority {question.priority}", *(f"role {role}" for role in question.roles)}
    return rated | ({f"difficulty {question.difficulty}"} if question.difficulty else set())


def _text(text: Prose | None, sight: Sight) -> _Values:
    """Return a text as written, what is in its pictures, and the numbers of questions that it names."""
    if text is None:
        return ()
    if "![" not in text.raw and "#" not in text.raw:
        return (_normal(text.raw),)
    return (_normal(text.raw), *_seen(text.events, sight))


def _seen(events: Events, sight: Sight) -> Iterator[str]:
    for event in events:
        match event:
            case Image(path=path) | Sound(path=path):
                yield _medium(path, sight)
            case Start(tag=Link(url=url)) if url[1:] in sight.numbers and url.startswith("#"):
                yield sight.numbers[url[1:]]


def _normal(text: str) -> str:
    """Return a text without what no output shows; Anki composes characters when it imports."""
    composed = (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    return _BLANKS_AT_END.sub(_break, composed) if _BLANKS_AT_END.search(composed) else composed


def _break(blanks: re.Match[str]) -> str:
    """Return what stays of the blanks at a line's end: two that break it, and nothing of an empty line."""
    breaks = blanks[0].endswith("  ") and blanks.start() > 0 and blanks.string[blanks.start() - 1] != "\n"
    return "  " if breaks else ""


def _medium(path: str, sight: Sight) -> str:
    return sight.media[path].digest if path in sight.media else ""


def _digests(values: Mapping[str, _Values]) -> Digests:
    return {name: _digest(parts) for name, parts in values.items() if parts}


def _digest(values: _Values) -> str:
    """Return 32 bits of the SHA-256 of length-prefixed values: an edit is missed once in four billion."""
    joined = "".join(f"{len(value)}:{value}" for value in values)
    return hashlib.sha256(joined.encode(errors="replace")).hexdigest()[:8]
