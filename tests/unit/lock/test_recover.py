"""A lost lock from the package: what it says again, and what the next publication does over it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deckbuild.lock.recover import adopted, recover
from deckbuild.targets.anki import render
from deckbuild.targets.base import AnkiFile
from support.banks import MEDIA, bank
from support.decks import cloze, deck, job, prose, question, section, services, steps
from support.locks import NOTHING, guids, ordinals, publish, times, unwritten

if TYPE_CHECKING:
    from deckbuild.lock.entries import Lock
    from deckbuild.lock.plan import Plan
    from deckbuild.model import Deck
    from deckbuild.package import Package


def package(planned: Plan) -> Package:
    [(name, whole)] = planned.decks.items()
    one = replace(job(whole, namespace="tests", media=MEDIA), ledger=planned.ledgers[name])
    (artifact,), _ = render(one, services())
    assert isinstance(artifact, AnkiFile)
    return artifact.package


def rebuilt(old: Plan, now: Deck) -> Lock:
    """Do what `deckbuild lock --from` does."""
    was = package(old)
    recovered = recover("tests", [was])
    planned = publish(now, over=recovered, media=MEDIA)
    before = {n.guid: (n.fields, set(n.tags), n.ordinals) for n in was.notes}
    is_now = {n.guid: (n.fields, set(n.tags), n.ordinals) for n in package(planned).notes}
    return adopted(recovered, planned.lock, frozenset(g for g in is_now if is_now[g] == before.get(g)))


def test_of_an_unchanged_bank_everything_comes_back_but_when_lines_changed() -> None:
    first = publish(bank(), now=5, media=MEDIA)
    found = rebuilt(first, bank())
    assert found.notes == first.lock.notes
    assert [(s.key, s.number, s.title) for s in found.sections] == [
        ("dl/engineers", 2, "Engineers"),
        ("dl/new-grad", 1, "New graduates"),
    ]
    assert [(d.key, d.title) for d in found.decks] == [("dl", "Deep Learning")]
    assert [(q.key, q.number, q.ask) for q in found.questions] == [
        (q.key, q.number, q.ask) for q in first.lock.questions
    ]
    assert publish(bank(), over=found, now=9, media=MEDIA).lock.notes == first.lock.notes


def test_what_changed_since_is_stamped_by_the_next_publication_alone() -> None:
    first = publish(bank(), now=5, media=MEDIA)
    [one, two] = bank().sections
    edited = replace(one, questions=(replace(one.questions[0], answer=prose("Else.")),))
    now = replace(bank(), sections=(edited, two))
    then = publish(now, over=rebuilt(first, now), now=9, media=MEDIA)
    assert {ref for ref, time in times(then, "dl").items() if time == 9} == {"activation-functions"}


def test_cards_stay_with_what_they_learn() -> None:
    def gaps(text: str) -> Deck:
        many = [cloze(text, id="c"), steps("Order", "Forward *pass*", "Loss", id="s")]
        return deck(section("A", question("Q?", id="q", answer="a", cards=many)))

    first = publish(gaps("{{zero}} and $x^{{c2::n}}$ left"), now=5)
    swapped = publish(gaps("{{one}} and {{c3::zero}} and $x^{{c2::n}}$ left"), over=first.lock, now=6)
    assert ordinals(swapped, "q/c") == (2, 1, 0)
    found = rebuilt(swapped, gaps("{{one}} and {{c3::zero}} and $x^{{c2::n}}$ left"))
    again = publish(gaps("{{one}} and {{c3::zero}} and $x^{{c2::n}}$ left"), over=found, now=7)
    assert (ordinals(again, "q/c"), ordinals(again, "q/s")) == ((2, 1, 0), (0, 1))
    assert set(times(again).values()) == {5, 6}


def test_renamed_and_remembered_questions_are_found() -> None:
    first = publish(
        deck(question("A?", id="a", answer="1"), unwritten(question("Why dept?", answer="2"))), now=5
    )
    now = deck(question("A?", id="b", was=("a",), answer="1"), unwritten(question("Why depth?", answer="2")))
    second = publish(now, over=first.lock, now=6)
    found = rebuilt(second, now)
    assert guids(publish(now, over=found, now=7)) == guids(second)


def test_notes_of_other_projects_do_not_count() -> None:
    assert recover("another", [package(publish(bank(), now=5, media=MEDIA))]) == replace(
        NOTHING, namespace="another"
    )
