"""What a learner's next import will do, and the words for it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from deckbuild import resources
from deckbuild.compiler import Compilation, Compiled
from deckbuild.diff import Diff, NoteDiff, diff_lock, diff_package
from deckbuild.diff_text import render_diff, shortened_pair, summary
from deckbuild.identity import NoteTypeId
from deckbuild.lock.changes import Change
from deckbuild.lock.entries import KindEntry
from deckbuild.release import release_text
from deckbuild.source import Source
from deckbuild.strings import parse_strings
from deckbuild.targets.anki import render
from deckbuild.targets.base import AnkiFile
from support.decks import basic, cloze, deck, job, prose, question, section, services
from support.locks import publish, reread

if TYPE_CHECKING:
    from deckbuild.lock.entries import Lock
    from deckbuild.lock.plan import Plan
    from deckbuild.model import Deck
    from deckbuild.package import Package

WORDS = {lang: parse_strings(Source(lang, text))[0] for lang, text in resources.strings().items()}
X, Y = "x" * 24, "y" * 24
OLD = deck(
    section(
        "Basics",
        question("What is ReLU?", id="relu", answer="A kink at zero.", cards=[
            cloze("ReLU returns {{zero}} for {{negative}} inputs.", id="gaps"),
        ]),
        question("What is tanh?", id="tanh", answer="A curve."),
    ),
    id="dl",
    title="Deep Learning",
)  # fmt: skip
NEW = deck(
    section(
        "Basics",
        question("What is ReLU?", id="relu", answer="A corner at zero.", tags=("fun",), cards=[
            cloze("ReLU returns {{nothing}} for {{negative}} inputs below {{zero}}.", id="gaps"),
            basic("Who *named* it?", "Nair and Hinton.", id="who"),
        ]),
        question("What is GELU?", id="gelu", answer="A smooth kink."),
    ),
    id="dl",
    title="Deep Learning",
)  # fmt: skip


def compiled(bank: Deck, over: Lock, now: int | None) -> tuple[Compilation, Plan]:
    planned = publish(bank, over=over, now=now)
    one = Compiled(planned.decks["dl"], {}, planned.ledgers["dl"])
    return Compilation((one,), planned.diagnostics, over, reread(planned.lock)), planned


def package(planned: Plan) -> Package:
    (made,), _ = render(replace(job(planned.decks["dl"]), ledger=planned.ledgers["dl"]), services())
    assert isinstance(made, AnkiFile)
    return made.package


@pytest.fixture
def against_the_lock() -> Diff:
    return diff_lock(compiled(NEW, publish(OLD, now=100).lock, None)[0])


@pytest.fixture
def against_a_package() -> Diff:
    first = publish(OLD, now=100)
    return diff_package("old.apkg", package(first), [package(publish(NEW, over=first.lock))])


def test_against_the_lock_parts_are_named(against_the_lock: Diff) -> None:
    assert render_diff(against_the_lock, "text") == (
        "Against the lock: 2 new, 2 updated, 1 retired.\n"
        "\n"
        "New (2)\n"
        "  dl/gelu  What is GELU?\n"
        "  dl/relu/who  Who named it?\n"
        "\n"
        "Updated (2)\n"
        "  dl/relu  What is ReLU?\n"
        "      answer, tags\n"
        "  dl/relu/gaps  ReLU returns ____ for ____ inputs below ____.\n"
        "      text, tags, which card learns what\n"
        "      new cards: “nothing”\n"
        "\n"
        "Retired: no longer in the package; learners keep theirs until they delete them (1)\n"
        "  dl/tanh\n"
    )


def test_against_a_package_texts_are_compared(against_a_package: Diff) -> None:
    assert render_diff(against_a_package, "markdown") == (
        "### Learners’ next import, against old.apkg\n"
        "\n"
        "**2 new, 2 updated, 1 retired**\n"
        "\n"
        "#### New (2)\n"
        "\n"
        "- `dl/relu/who` Who named it?\n"
        "- `dl/gelu` What is GELU?\n"
        "\n"
        "#### Updated (2)\n"
        "\n"
        "- `dl/relu` What is ReLU?\n"
        "  - Answer: “A kink at zero.” → “A corner at zero.”\n"
        "  - Tags\n"
        "- `dl/relu/gaps` ReLU returns \\_\\_\\_\\_ for \\_\\_\\_\\_ inputs below \\_\\_\\_\\_.\n"
        "  - Text: “ReLU returns {{c1::zero}} for {{c2::negative}} inputs.” →"
        " “ReLU returns {{c3::nothing}} for {{c2::negative}} inputs below {{c1::zero}}.”\n"
        "  - Tags\n"
        "  - new cards: “nothing”\n"
        "\n"
        "#### Retired: no longer in the package; learners keep theirs until they delete them (1)\n"
        "\n"
        "- `dl/tanh` What is tanh?\n"
    )


def test_as_json_everything_is_there(against_a_package: Diff) -> None:
    found = json.loads(render_diff(against_a_package, "json"))
    assert found["counts"] == {"new": 2, "updated": 2, "retired": 1, "back": 0}
    [answer] = [n["fields"] for n in found["notes"] if n["id"] == "dl/relu"]
    assert answer == [{"name": "Answer", "old": "A kink at zero.", "new": "A corner at zero."}]


def test_cards_that_become_empty_are_named() -> None:
    first = publish(NEW, now=100)
    compilation, planned = compiled(OLD, first.lock, None)
    for diff in (diff_lock(compilation), diff_package("old.apkg", package(first), [package(planned)])):
        [gaps] = [note for note in diff.notes if note.id == "dl/relu/gaps"]
        assert gaps.cards_emptied == ("nothing",)


def test_an_update_that_is_not_newer_is_said_not_to_arrive() -> None:
    """Somebody published from a lock that was older than the package."""
    first = publish(OLD, now=100)
    diff = diff_package("old.apkg", package(first), [package(publish(NEW, now=50))])
    assert [note.id for note in diff.of(Change.UPDATED) if not note.arrives] == ["dl/relu", "dl/relu/gaps"]
    assert "does not arrive: it is not newer than what learners have" in render_diff(diff, "text")


def test_looks_and_forks_are_told_apart() -> None:
    first = package(publish(OLD, now=100))
    restyled = replace(first, note_types=tuple(replace(t, css="x") for t in first.note_types))
    wider = replace(first, note_types=tuple(replace(t, fields=t.fields[:-1]) for t in first.note_types))
    names = ("deckbuild question · tests", "deckbuild cloze · tests")
    assert (diff_package("", first, [restyled]).looks, diff_package("", first, [restyled]).forks) == (
        names,
        (),
    )
    assert diff_package("", first, [wider]).forks == names
    assert "FORK" in render_diff(diff_package("", first, [wider]), "text")


def test_nothing_changes() -> None:
    first = package(publish(OLD, now=100))
    diff = diff_package("old.apkg", first, [first])
    assert (diff.is_empty, summary(diff)) == (True, "nothing changes")


def test_packages_of_other_decks_are_not_compared() -> None:
    first = package(publish(OLD, now=100))
    other = package(publish(deck(question("Q?", id="x", answer="a"), id="dl"), now=100))
    assert diff_package("old.apkg", first, [first, other]).is_empty


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a kink", "a corner", ("a kink", "a corner")),
        ("same", "same", ("same", "same")),
        ("", "new", ("", "new")),
        (f"{X}{X}a{Y}{Y}", f"{X}{X}b{Y}{Y}", (f"…{X}a{Y}…", f"…{X}b{Y}…")),
        ("aa", "aaa", ("aa", "aaa")),
    ],
)
def test_what_is_equal_around_a_difference_is_cut(old: str, new: str, expected: tuple[str, str]) -> None:
    assert shortened_pair(old, new) == expected


def test_what_markdown_reads_is_escaped() -> None:
    note = NoteDiff(Change.NEW, "dl/a", "`vector<int>` and *more*")
    text = render_diff(Diff("x", (note,), (), ()), "markdown")
    assert r"\`vector\<int\>\` and \*more\*" in text


def test_the_text_of_a_release() -> None:
    first = publish(OLD, now=100)
    assert (
        release_text(compiled(NEW, first.lock, 200)[0], WORDS)
        == (
            "## Deep Learning\n"
            "\n"
            "### New\n"
            "\n"
            "- 1.1\u2002What is ReLU? (1 small card)\n"
            "- 1.3\u2002What is GELU?\n"
            "\n"
            "### Changed\n"
            "\n"
            "- 1.1\u2002What is ReLU? (Answer, 1 small card)\n"
            "\n"
            "### Taken out (1)\n"
            "\n"
            "- `dl/tanh`\n"
            "\n"
            "Anki deletes nothing by itself. To find them, search for:\n"
            "\n"
            '    "note:deckbuild *· tests" "Id:dl/tanh"\n'
            "\n"
        )
        + WORDS["en"]["release.how"]
        + "\n"
    )


def test_what_is_back_is_new_to_those_who_read_of_it() -> None:
    first = publish(OLD, now=100)
    second = publish(NEW, over=first.lock, now=200)
    text = release_text(compiled(OLD, second.lock, 300)[0], WORDS)
    assert "### New\n\n- 1.2\u2002What is tanh?\n" in text
    assert [n.id for n in diff_lock(compiled(OLD, second.lock, 300)[0]).of(Change.BACK)] == ["dl/tanh"]


def test_a_release_of_another_look_says_so() -> None:
    planned = publish(OLD, now=100)
    kind = KindEntry("question", NoteTypeId(1 << 41), "schema", "look", 100)
    old = replace(planned.lock, kinds=(kind,))
    new = replace(planned.lock, kinds=(replace(kind, look="other", time=200),))
    release_ = replace(compiled(OLD, planned.lock, None)[0], old=old, new=new)
    assert release_text(release_, WORDS).startswith("The cards have another look.\n")


def test_a_release_speaks_the_language_of_each_deck() -> None:
    german = {"release.new": "Neu", "release.how": "Wie beim ersten Mal.", "common.answer": "Antwort"}
    first = publish(replace(OLD, lang="de"), now=100)
    text = release_text(compiled(replace(NEW, lang="de"), first.lock, 200)[0], {**WORDS, "de": german})
    assert "### Neu\n" in text
    assert "(Antwort, 1 small card)" in text
    assert text.endswith("\nWie beim ersten Mal.\n")


def test_a_release_of_nothing_has_no_text() -> None:
    first = publish(OLD, now=100)
    assert release_text(compiled(OLD, first.lock, 200)[0], WORDS) == ""
    assert release_text(compiled(replace(OLD, description=prose("x")), first.lock, 200)[0], WORDS) == ""
