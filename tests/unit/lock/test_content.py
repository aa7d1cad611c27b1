"""Digests and fields of a note change together: what learners would see is stamped, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from deckbuild.model import Basic, Choice, Cloze, Difficulty, Direction, Occlusion, Priority, Steps, Typed
from deckbuild.targets.anki import render
from deckbuild.targets.base import AnkiFile
from support.banks import MEDIA, bank
from support.decks import cloze, figure, job, picture, point, prose, question, section, services, steps
from support.locks import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckbuild.lock.plan import Plan
    from deckbuild.media import Media
    from deckbuild.model import Card, Deck, Question


def notes(planned: Plan, media: list[Media]) -> dict[str, tuple[object, int]]:
    """Return what a package says of each note, by GUID: its fields and tags, and its time."""
    [name] = planned.decks
    one = replace(job(planned.decks[name], namespace="tests", media=media), ledger=planned.ledgers[name])
    (artifact,), _ = render(one, services())
    assert isinstance(artifact, AnkiFile)
    return {n.guid: ((n.fields, sorted(n.tags)), n.modified) for n in artifact.package.notes}


def changed(edit: Callable[[Deck], Deck], media: list[Media]) -> tuple[set[str], set[str]]:
    """Return the notes that differ after an edit, and those with another time, as Ids."""
    first = publish(bank(), now=5, media=MEDIA)
    then = publish(edit(bank()), over=first.lock, media=media)
    before, after = notes(first, MEDIA), notes(then, media)
    ids: dict[str, str] = {note.guid: note.key for note in then.lock.notes}
    both = before.keys() & after.keys()
    return (
        {ids[guid] for guid in both if before[guid][0] != after[guid][0]},
        {ids[guid] for guid in both if before[guid][1] != after[guid][1]},
    )


# Edits ------------------------------------------------------------------------------------------


def rich(**parts: Any) -> Callable[[Deck], Deck]:
    """Change parts of the question that has all of them."""

    def edit(deck: Deck) -> Deck:
        first, second = deck.sections
        [one] = first.questions
        return replace(deck, sections=(replace(first, questions=(replace(one, **parts),)), second))

    return edit


def body(kind: type, **parts: Any) -> Callable[[Deck], Deck]:
    """Change parts of the body of the card of a kind."""

    def change(card: Card) -> Card:
        return replace(card, body=replace(card.body, **parts)) if isinstance(card.body, kind) else card

    return lambda deck: rich(cards=tuple(map(change, the_rich(deck).cards)))(deck)


def beside(kind: type, **parts: Any) -> Callable[[Deck], Deck]:
    """Change what stands beside the body of the card of a kind."""
    return lambda deck: rich(
        cards=tuple(replace(c, **parts) if isinstance(c.body, kind) else c for c in the_rich(deck).cards)
    )(deck)


def follow(**parts: Any) -> Callable[[Deck], Deck]:
    return lambda deck: rich(followups=tuple(replace(f, **parts) for f in the_rich(deck).followups))(deck)


def the_rich(deck: Deck) -> Question:
    return deck.sections[0].questions[0]


def of_deck(**parts: Any) -> Callable[[Deck], Deck]:
    return lambda deck: replace(deck, **parts)


NEW = question("First?", answer="1")
SWAPPED = "ReLU returns {{negative}} for {{zero}} inputs, {{c4::$x$::what}} else."
EDITS: dict[str, Callable[[Deck], Deck]] = {
    "nothing": lambda deck: deck,
    "ask": rich(ask=prose("What are they?")),
    "short": rich(short=prose("Activations")),
    "answer": rich(answer=prose("Functions.")),
    "no answer": rich(answer=None),
    "points": rich(points=(point("!ReLU is cheap"),)),
    "a must": rich(points=tuple(replace(p, must=not p.must) for p in the_rich(bank()).points)),
    "figure": rich(figure=figure("media/cnn.svg", "A network")),
    "alt": rich(figure=figure("media/relu.svg", "Another text", "Zero, then *linear*")),
    "caption": rich(figure=figure("media/relu.svg", "Curve of ReLU")),
    "details": rich(details=prose("Short.")),
    "pitfalls": rich(pitfalls=(prose("Softmax"), prose("Sigmoid"))),
    "hint": rich(hint=prose("Think.")),
    "difficulty": rich(difficulty=Difficulty.HARD),
    "priority": rich(priority=Priority.EXTRA),
    "roles": rich(roles=("engineer",)),
    "tags": rich(tags=("others",)),
    "minutes": rich(minutes=9.0),
    "sources": rich(sources=()),
    "license": rich(license="CC0"),
    "reviewed": rich(reviewed="2027-01-01"),
    "see": rich(see=("why-depth",)),
    "follow-up": follow(ask=prose("And dead ReLUs?")),
    "its answer": follow(answer=prose("Stuck.")),
    "basic ask": body(Basic, ask=prose("Range?")),
    "basic answer": body(Basic, answer=prose("$(0, 1)$")),
    "reverse": body(Basic, reverse=False),
    "basic figure": body(Basic, figure=None),
    "cloze": body(Cloze, text=cloze("ReLU returns {{nought}} for {{negative}} inputs.").body.text),  # type: ignore[union-attr]
    "swapped gaps": body(Cloze, text=cloze(SWAPPED).body.text),  # type: ignore[union-attr]
    "choice": body(Choice, ask=prose("Which?")),
    "options": body(Choice, options=(), shuffle=True),
    "shuffle": body(Choice, shuffle=True),
    "steps": body(Steps, items=steps("x", "Loss", "Forward pass", "Backward pass").body.items),  # type: ignore[union-attr]
    "typed": body(Typed, answer="keras"),
    "accept": body(Typed, accept=()),
    "occlusion": body(Occlusion, alt="Another"),
    "card tags": beside(Basic, tags=()),
    "card hint": beside(Steps, hint=None),
    "title": of_deck(title="Another"),
    "version": of_deck(version="2"),
    "authors": of_deck(authors=("A",)),
    "deck license": of_deck(license="CC0"),
    "description": of_deck(description=prose("Another.")),
    "deck tags": of_deck(tags=("dl",)),
    "lang": of_deck(lang="de"),
    "direction": of_deck(direction=Direction.RTL),
    "section tags": lambda d: replace(d, sections=(replace(d.sections[0], tags=()), d.sections[1])),
    "section title": lambda d: replace(d, sections=(replace(d.sections[0], title="Juniors"), d.sections[1])),
    "section id": lambda d: replace(d, sections=(replace(d.sections[0], id="juniors"), d.sections[1])),
    "order": lambda d: replace(d, sections=d.sections[::-1]),
    "another section": lambda d: replace(
        d, sections=(replace(d.sections[0], questions=(*d.sections[0].questions, *d.sections[1].questions)),)
    ),
    "a question before": lambda d: replace(
        d, sections=(replace(d.sections[0], questions=(NEW, *d.sections[0].questions)), d.sections[1])
    ),
    "card order": lambda d: rich(cards=the_rich(d).cards[::-1])(d),
    "id": rich(id="activations", was=("activation-functions",)),
    "deck id": of_deck(id="deep-learning"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_differs_for_learners_is_stamped_and_nothing_else(edit: str) -> None:
    differ, stamped = changed(EDITS[edit], MEDIA)
    assert differ == stamped


def test_another_picture_is_stamped_where_it_is_shown() -> None:
    relu, cnn = MEDIA
    repainted = [replace(relu, data=picture("media/relu.svg", color="#00aa00").data), cnn]
    differ, stamped = changed(EDITS["nothing"], repainted)
    assert differ == stamped == {"dl/activation-functions", "dl/activation-functions/tanh"}


def test_a_picture_that_only_moves_is_not_stamped() -> None:
    moved = [MEDIA[0], picture("media/sub/cnn.svg", color="#802020")]
    assert changed(body(Occlusion, image="media/sub/cnn.svg"), moved) == (set(), set())


def test_renumbering_is_seen_where_a_text_names_a_question() -> None:
    def bank_with(number: str) -> Plan:
        named = section("A", question("One?", answer="See [two](#two)."), question("Two?", answer="2"))
        first = publish(replace(bank(), sections=(named,)), now=5)
        questions = tuple(replace(q, number=number) if q.id == "two" else q for q in first.lock.questions)
        return publish(
            replace(bank(), sections=(named,)), over=replace(first.lock, questions=questions), now=9
        )

    assert {n.key for n in bank_with("1.2").lock.notes if n.time == 9} == set()
    assert {n.key for n in bank_with("1.7").lock.notes if n.time == 9} == {"dl/one", "dl/two"}


def test_the_parts_that_changed_are_named() -> None:
    first = publish(bank(), now=5, media=MEDIA)
    then = publish(rich(answer=prose("Functions."), tags=())(bank()), over=first.lock, media=MEDIA)
    before = {note.key: note.digests for note in first.lock.notes}
    after = next(note for note in then.lock.notes if note.key == "dl/activation-functions")
    names = [name for name in after.digests if after.digests[name] != before[after.key].get(name)]
    assert names == ["answer", "tags"]
