"""What learners keep: import, study, edit the bank, rebuild, import again, in the official backend.

Each scenario publishes from source text on disk, as an author does, and holds in the newest version of
Anki and in the oldest of which updates are promised.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup

from deckbuild.build import build
from deckbuild.compiler import read_decks
from deckbuild.diagnostic import has_errors
from deckbuild.lock.text import FILE, render_lock
from deckbuild.planning import Request
from deckbuild.project import load_project
from deckbuild.rebuild import rebuild
from deckbuild.targets.anki.schema import SCHEMAS
from deckbuild.unpack import read_package
from support.anki_versions import BEFORE, NEWEST, OLDEST, python
from support.needs import lacking
from support.worlds import NOW, SETTINGS, World, learn

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.anki

BANK = """\
title: Deep Learning
sections:
  - title: Basics
    questions:
      - id: relu
        ask: What is ReLU?
        short: ReLU
        answer: A kink at zero.
        points: [must: Cheap, Keeps gradients alive]
        figure: {image: media/relu.svg, alt: Its curve}
        followups: [{id: dead, ask: What is a dead ReLU?, answer: One that never fires.}]
        cards:
          - {id: gaps, cloze: 'ReLU returns {{zero}} for {{negative}} inputs and {{the input}} else.'}
          - {id: both, basic: {ask: Range of ReLU?, answer: 'From zero up.', reverse: true}}
      - id: training
        ask: What is a training step?
        answer: Forward, loss, backward, update.
        cards:
          - {id: order, steps: {ask: In order, items: [Forward pass, Loss, Backward pass, Update]}}
          - {id: keras, typed: {ask: Keras class for a stack?, answer: Sequential}}
      - ask: Why does dept help?
        answer: It composes features.
  - title: Vision
    questions:
      - id: cnn
        ask: What is a CNN?
        answer: Shared local filters.
        cards:
          - id: parts
            occlusion:
              ask: What is where?
              image: media/cnn.svg
              alt: A network
              masks:
                - {label: convolution, rect: [0.1, 0.1, 0.2, 0.2]}
                - {label: pooling, rect: [0.4, 0.1, 0.2, 0.2]}
                - {label: dense layers, rect: [0.7, 0.1, 0.2, 0.2]}
          - id: heads
            choice: {ask: Which head for many labels?, options: [right: Sigmoids, wrong: A softmax]}
      - id: pool
        ask: Why pool?
        answer: To see further.
"""
OTHER = "title: Other\nquestions:\n  - {id: else, ask: Else?, answer: Nothing.}\n"
NOTES = 12


def svg(color: str) -> str:
    size = 'width="300" height="200"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size} fill="{color}"/></svg>'


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A project with two decks."""
    made = World(tmp_path)
    made.write("deckbuild.toml", SETTINGS)
    made.write(".gitattributes", f"{FILE} merge=union\n")
    made.write("decks/bank.yaml", BANK)
    made.write("decks/other.yaml", OTHER)
    made.write("decks/media/relu.svg", svg("teal"))
    made.write("decks/media/cnn.svg", svg("navy"))
    return made


@pytest.fixture(params=[NEWEST, OLDEST])
def anki(request: pytest.FixtureRequest) -> Path:
    """The interpreter of a version of Anki of which updates are promised."""
    return interpreter(request.param)


def interpreter(version: str) -> Path:
    reason = f"Anki {version} is not installed; `python tests/support/anki_versions.py` does so"
    return python(version) or lacking(reason)


SOUND = {"database": [], "missing": [], "empty": 0}


def answer(world: World) -> None:
    """Edit one answer: what every scenario does besides."""
    world.edit("To see further.", "To see further and cost less.")


# One edit, and what else may happen with it ------------------------------------------------------


def reorder(world: World) -> None:
    head, basics, vision = re.split(r"^  - title: (?:Basics|Vision)\n", BANK, flags=re.MULTILINE)
    questions = re.split(r"^      - ", basics, flags=re.MULTILINE)[1:]
    listed = "".join(f"      - {question}" for question in reversed(questions))
    sections = f"  - title: Vision\n{vision}  - title: Basics\n    questions:\n{listed}"
    world.write("decks/bank.yaml", head + sections)


def rename_file(world: World) -> None:
    world.rename("decks/bank.yaml", "decks/deep.yaml")


def rename_id(world: World) -> None:
    world.edit("- id: training\n", "- id: train-step\n        was: [training]\n")


def change_template(world: World) -> None:
    name = "anki/style.css"
    world.write(f"templates/{name}", f'[% include "deckbuild/{name}" %]\n.of-the-project {{}}\n')


def lose_the_lock_and_rebuild_it(world: World) -> None:
    package = read_package((world.root / "dist" / "bank.apkg").read_bytes())
    other = read_package((world.root / "dist" / "other.apkg").read_bytes())
    assert not isinstance(package, str)
    assert not isinstance(other, str)
    (world.root / FILE).unlink()
    project = world.project()
    rebuilt, _ = rebuild(project, read_decks(project), [package, other])
    world.write(FILE, render_lock(rebuilt.lock))


STABLE: dict[str, Callable[[World], None]] = {
    "nothing else": lambda _: None,
    "reordering everything": reorder,
    "renaming the file": rename_file,
    "renaming the deck": lambda world: world.edit("title: Deep Learning", "title: Deep Learning II"),
    "renaming a section": lambda world: world.edit("title: Basics", "title: Fundamentals"),
    "renaming an id": rename_id,
    "changing a template": change_template,
    "rebuilding a lost lock": lose_the_lock_and_rebuild_it,
}


@pytest.mark.parametrize("change", STABLE)
def test_an_edit_is_one_update_and_no_card_changes(world: World, anki: Path, change: str) -> None:
    first = world.publish()
    STABLE[change](world)
    name = "deep" if change == "renaming the file" else "bank"
    world.edit("To see further.", "To see further and cost less.", f"decks/{name}.yaml")
    second = world.publish(name)
    log1, studied, before, decks, log2, after, changed, again, decks2, complaints, types = learn(
        anki,
        ["package", first],
        ["study", 20],
        ["cards"],
        ["decks"],
        ["package", second],
        ["cards"],
        ["fields", world.guid("bank/pool")],
        ["package", second],
        ["decks"],
        ["complaints"],
        ["note_types"],
    )
    assert log1 == {"new": NOTES}
    assert len(studied) == len(before) == 20
    assert {"new", "conflicting"} & log2.keys() == set()
    assert log2["updated"] == 1
    assert after == before
    assert changed["fields"]["Answer"] == "<p>To see further and cost less.</p>"
    assert again == {"duplicate": NOTES}
    assert decks2 == decks == ["Deep Learning"]
    assert complaints == SOUND
    assert len(types) == 8
    assert not [name for name in types if "+" in name]
    assert all((".of-the-project" in text) == (change == "changing a template") for text in types.values())


PROMPT = "      - ask: Why does dept help?\n        answer: It composes features.\n"


def move_to_another_section(world: World) -> None:
    world.edit(PROMPT + "  - title: Vision\n    questions:\n", "  - title: Vision\n    questions:\n" + PROMPT)


def lose_the_lock_and_the_packages(world: World) -> None:
    (world.root / FILE).unlink()
    for package in (world.root / "dist").glob("*.apkg"):
        package.unlink()


UPDATES: dict[str, tuple[Callable[[World], None], int]] = {
    "moving a question to another section": (move_to_another_section, 1),
    "editing a prompt without an id": (lambda world: world.edit("dept help", "depth help"), 1),
    "changing a picture": (lambda world: world.write("decks/media/cnn.svg", svg("olive")), 1),
    "losing the lock": (lose_the_lock_and_the_packages, NOTES - 1),
}


@pytest.mark.parametrize("change", UPDATES)
def test_what_changes_is_updated_and_no_card_changes(world: World, anki: Path, change: str) -> None:
    first = world.publish()
    edit, updated = UPDATES[change]
    edit(world)
    answer(world)
    second = world.publish()
    _, _, before, log, after, complaints = learn(
        anki, ["package", first], ["study_all"], ["cards"], ["package", second], ["cards"], ["complaints"]
    )
    assert log.get("updated") == updated + 1
    assert {"new", "conflicting"} & log.keys() == set()
    assert after == before
    assert complaints["database"] == complaints["missing"] == []


# What a card learns ------------------------------------------------------------------------------

GAPS = "ReLU returns {{zero}} for {{negative}} inputs and {{the input}} else."
STEPS = "[Forward pass, Loss, Backward pass, Update]"
MASKS = """\
                - {label: convolution, rect: [0.1, 0.1, 0.2, 0.2]}
                - {label: pooling, rect: [0.4, 0.1, 0.2, 0.2]}
                - {label: dense layers, rect: [0.7, 0.1, 0.2, 0.2]}
"""
NEW_MASK = "                - {label: input, rect: [0.1, 0.5, 0.2, 0.2]}\n"

PARTS: dict[str, tuple[str, str, str, list[int | None]]] = {
    # note, before, after, and where each card of before stands after it: ordinals of what is asked for
    "a gap put in front": ("relu/gaps", GAPS, "{{ReLU}} " + GAPS[5:], [3, 0, 1, 2]),
    "gaps swapped": (
        "relu/gaps",
        GAPS,
        "For {{negative}} inputs ReLU returns {{zero}} and {{the input}} else.",
        [1, 0, 2],
    ),
    "a gap removed": ("relu/gaps", GAPS, GAPS.replace("{{negative}}", "negative"), [0, 2]),
    "the words of a gap corrected": ("relu/gaps", GAPS, GAPS.replace("zero", "nothing"), [0, 1, 2]),
    "a step put in front": ("training/order", STEPS, "[Load, " + STEPS[1:], [4, 0, 1, 2, 3]),
    "steps swapped": ("training/order", STEPS, "[Loss, Forward pass, Update, Backward pass]", [1, 0, 3, 2]),
    "a step removed": ("training/order", STEPS, "[Forward pass, Backward pass, Update]", [0, 2, 3]),
    "the words of a step corrected": (
        "training/order",
        STEPS,
        STEPS.replace("Loss", "The loss"),
        [0, 1, 2, 3],
    ),
    "a mask put in front": ("cnn/parts", MASKS, NEW_MASK + MASKS, [3, 0, 1, 2]),
    "masks swapped": ("cnn/parts", MASKS, "".join(reversed(MASKS.splitlines(keepends=True))), [2, 1, 0]),
    "a mask removed": ("cnn/parts", MASKS, MASKS.partition("\n")[2], [1, 2]),
    "the words of a mask corrected": ("cnn/parts", MASKS, MASKS.replace("pooling", "max pooling"), [0, 1, 2]),
    "an answer asked the other way round no more": ("relu/both", ", reverse: true", "", [0]),
}


@pytest.mark.parametrize("change", PARTS)
def test_a_card_stays_with_what_it_learns(world: World, anki: Path, change: str) -> None:
    name, old, new, ordinals = PARTS[change]
    first = world.publish()
    world.edit(old, new)
    second = world.publish()
    guid = world.guid(f"bank/{name}")
    _, _, before, was, log, after, now, shown, complaints = learn(
        anki,
        ["package", first],
        ["study_all"],
        ["cards"],
        ["parts", guid],
        ["package", second],
        ["cards"],
        ["parts", guid],
        ["fields", guid],
        ["complaints"],
    )
    assert log == {"updated": 1, "duplicate": NOTES - 1}
    assert after == before, "no card that was studied is touched"
    added = {str(ordinal): 0 for ordinal in ordinals if str(ordinal) not in was}
    assert now == {**was, **added}
    assert complaints == {**SOUND, "empty": len(was.keys() - set(map(str, ordinals)))}
    asked = re.findall(
        r"\{\{c(\d+)::",
        "".join(shown["fields"][f] for f in ("Text", "Steps", "Labels") if f in shown["fields"]),
    )
    assert not asked or [int(number) - 1 for number in asked] == ordinals


# Questions that come, go and move ----------------------------------------------------------------


def test_a_question_added_and_one_removed(world: World, anki: Path) -> None:
    first = world.publish()
    world.edit("      - id: pool\n        ask: Why pool?\n        answer: To see further.\n", "")
    world.edit(
        "  - title: Vision\n    questions:\n",
        "  - title: Vision\n    questions:\n      - {id: stride, ask: Stride?, answer: A step.}\n",
    )
    gone = world.guid("bank/pool")
    second = world.publish()
    search = world.search()
    steps = [
        ["package", second],
        ["cards"],
        ["find", search],
        ["delete", gone],
        ["package", second],
        ["find", search],
    ]
    _, _, before, log, after, found, _, again, still = learn(
        anki, ["package", first], ["study_all"], ["cards"], *steps
    )
    assert log == {"new": 1, "duplicate": NOTES - 1}
    assert after == before, "what is retired stays with the learner"
    assert found == [gone]
    assert (again, still) == ({"duplicate": NOTES}, []), "and does not come back once it is deleted"
    fresh, none = learn(anki, ["package", second], ["find", search])
    assert (fresh, none) == ({"new": NOTES}, []), "a new learner never meets it"


def test_a_question_moved_to_another_deck(world: World, anki: Path) -> None:
    first, other = world.publish(), world.keep("other")
    moved = world.guid("bank/training"), world.guid("bank/training/order"), world.guid("bank/training/keras")
    start, end = BANK.index("      - id: training"), BANK.index("      - ask: Why does dept")
    text = BANK[start:end]
    world.edit(text, "")
    answer(world)
    world.edit(
        "questions:\n",
        "questions:\n"
        + text.replace(
            "        ask: What is a tr", "        was: [bank/training]\n        ask: What is a tr"
        )[4:].replace("\n    ", "\n"),
        "decks/other.yaml",
    )
    second, other2 = world.publish(), world.keep("other")
    assert {world.guid(f"bank/{name}") for name in ("training", "training/order", "training/keras")} == {
        *moved
    }
    _, _, _, before, log, log2, after, complaints = learn(
        anki,
        ["package", first],
        ["package", other],
        ["study_all"],
        ["cards"],
        ["package", second],
        ["package", other2],
        ["cards"],
        ["complaints"],
    )
    assert log == {"updated": 1, "duplicate": NOTES - 4}
    assert log2 == {"updated": 3, "duplicate": 1}
    assert after == before
    assert complaints == SOUND


def test_a_fresh_import_of_two_versions_of_a_bank_is_the_same_as_of_the_last(
    world: World, anki: Path
) -> None:
    """Who skips a version gets the same as who imports both."""
    versions = [world.publish()]
    for old, new in (
        (GAPS, "{{ReLU}} " + GAPS[5:]),
        ("zero.", "zero, one."),
        ("{{ReLU}} returns", "It returns"),
    ):
        world.edit(old, new)
        versions.append(world.publish())
    guid = world.guid("bank/relu/gaps")
    *_, through = learn(anki, *(["package", path] for path in versions), ["fields", guid])
    _, _, skipped = learn(anki, ["package", versions[0]], ["package", versions[-1]], ["fields", guid])
    _, fresh = learn(anki, ["package", versions[-1]], ["fields", guid])
    assert through == skipped == fresh


# Teams, projects and versions --------------------------------------------------------------------


def test_two_branches_merged(world: World, anki: Path) -> None:
    first = world.publish()

    def git(*words: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *words], cwd=world.root, check=True, capture_output=True)

    world.write(".gitignore", "/dist/\n/.cache/\n/kept/\n")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    git("checkout", "-q", "-b", "branch")
    world.edit(GAPS, "{{ReLU}} " + GAPS[5:])
    answer(world)
    world.publish()
    git("commit", "-q", "-a", "-m", "there")
    git("checkout", "-q", "main")
    world.edit("A kink at zero.", "A corner at zero.")
    world.edit("Cheap, Keeps", "Very cheap, Keeps")
    world.publish()
    git("commit", "-q", "-a", "-m", "here")
    git("merge", "-q", "branch")
    second = world.publish()
    _, _, before, log, after, shown, complaints = learn(
        anki,
        ["package", first],
        ["study_all"],
        ["cards"],
        ["package", second],
        ["cards"],
        ["fields", world.guid("bank/relu/gaps")],
        ["complaints"],
    )
    assert log == {"updated": 3, "duplicate": NOTES - 3}
    assert after == before
    assert "{{c4::ReLU}} returns {{c1::zero}}" in shown["fields"]["Text"]
    assert complaints == SOUND


def test_a_second_project_with_equal_ids_and_another_template(
    world: World, anki: Path, tmp_path: Path
) -> None:
    first = world.publish()
    other = World(tmp_path / "theirs")
    for name, text in (("decks/bank.yaml", BANK), ("deckbuild.toml", SETTINGS.replace("mine", "theirs"))):
        other.write(name, text)
    for name in ("relu", "cnn"):
        other.write(f"decks/media/{name}.svg", svg("grey"))
    change_template(other)
    theirs = other.publish()
    world.edit("      - id: pool\n        ask: Why pool?\n        answer: To see further.\n", "")
    world.edit("A kink at zero.", "A corner at zero.")
    pool = world.guid("bank/pool")
    second = world.publish()
    _, _, before, log, log2, after, types, found = learn(
        anki,
        ["package", first],
        ["study_all"],
        ["cards"],
        ["package", theirs],
        ["package", second],
        ["cards"],
        ["note_types"],
        ["find", world.search()],
    )
    assert log == {"new": NOTES}
    assert log2 == {"updated": 1, "duplicate": NOTES - 2}
    assert after == before
    assert len(types) == 16
    assert all((".of-the-project" in text) == name.endswith("· theirs") for name, text in types.items())
    assert found == [pool], "not the note of the other project that has the same Id"


def test_an_upgrade_that_changes_only_looks(world: World, anki: Path) -> None:
    def upgraded(project: Any) -> Any:
        packaged = dict(project.templates.packaged)
        packaged["anki/style.css"] += "\n.of-the-project {}\n"
        return replace(project, templates=replace(project.templates, packaged=packaged))

    first = world.publish()
    notes = world.lock().notes
    (world.root / "dist" / "bank.apkg").unlink()
    second = world.publish(change=upgraded)
    assert world.lock().notes == notes
    _, _, before, log, after, types = learn(
        anki, ["package", first], ["study_all"], ["cards"], ["package", second], ["cards"], ["note_types"]
    )
    assert (log, after) == ({"duplicate": NOTES}, before)
    assert all(".of-the-project" in text for text in types.values())


def test_until_24_11_updates_are_promised_for_releases(world: World) -> None:
    """Anki up to 24.11 gives an updated note the time of the import: the next has to be later."""
    world.start = NOW - 3 * 900
    world.edit('namespace = "mine"\n', 'namespace = "mine"\nlock = "release"\n', "deckbuild.toml")
    versions = [world.release()]
    world.edit("To see further.", "To see more.")
    versions.append(world.release())
    world.edit(GAPS, "{{ReLU}} " + GAPS[5:])
    versions.append(world.release())
    world.start += 3 * 900  # the learner has imported the last one, and later on a fourth comes out
    world.edit("To see more.", "To see most.")
    versions.append(world.release())
    _, _, before, *logs, shown, after, complaints = learn(
        interpreter(BEFORE),
        ["package", versions[0]],
        ["study_all"],
        ["cards"],
        *(["package", path] for path in versions[1:]),
        ["fields", world.guid("bank/pool")],
        ["cards"],
        ["complaints"],
    )
    assert logs == [{"updated": 1, "duplicate": NOTES - 1}] * 3
    assert shown["fields"]["Answer"] == "<p>To see most.</p>"
    assert after == before
    assert complaints == SOUND


# What learners add -------------------------------------------------------------------------------


def test_unchanged_questions_keep_what_learners_added_over_a_package(world: World, anki: Path) -> None:
    first = world.publish()
    answer(world)
    second = world.publish()
    kept, lost = world.guid("bank/relu"), world.guid("bank/pool")
    *_, log, unchanged, changed = learn(
        anki,
        ["package", first],
        ["mark", kept, "mine", "marked", "exam"],
        ["mark", lost, "mine", "marked", "exam"],
        ["package", second],
        ["fields", kept],
        ["fields", lost],
    )
    assert log["updated"] == 1
    assert unchanged["fields"]["My notes"] == "mine"
    assert {"marked", "exam"} <= {*unchanged["tags"]}
    assert changed["fields"]["Answer"] == "<p>To see further and cost less.</p>"
    assert (changed["fields"]["My notes"], {"marked", "exam"} & {*changed["tags"]}) == ("", set())


def test_changed_questions_keep_it_over_a_polite_update(world: World, anki: Path) -> None:
    first = world.publish()
    answer(world)
    world.edit(GAPS, "{{ReLU}} " + GAPS[5:])
    world.publish()
    second = world.keep(suffix=".txt")
    guid = world.guid("bank/pool")
    _, _, before, _, log, after, shown, complaints = learn(
        anki,
        ["package", first],
        ["study_all"],
        ["cards"],
        ["mark", guid, "mine", "marked", "exam"],
        ["text", second],
        ["cards"],
        ["fields", guid],
        ["complaints"],
    )
    assert log == {"updated": 2, "duplicate": NOTES - 2}
    assert after == before
    assert shown["fields"]["Answer"] == "<p>To see further and cost less.</p>"
    assert shown["fields"]["My notes"] == "mine"
    assert {"marked", "exam"} <= {*shown["tags"]}
    assert complaints == SOUND


ROUTES: dict[str, tuple[list[str], dict[str, bool]]] = {
    "package": (["package"], {"unchanged kept": True, "changed kept": False, "pictures": True, "look": True}),
    "package, always": (
        ["package_always"],
        {"unchanged kept": False, "changed kept": False, "pictures": True, "look": True},
    ),
    "text": (["text"], {"unchanged kept": True, "changed kept": True, "pictures": False, "look": False}),
    "package, never, and text": (
        ["package_never", "text"],
        {"unchanged kept": True, "changed kept": True, "pictures": False, "look": True},
    ),
}


@pytest.mark.parametrize("route", ROUTES)
def test_which_route_keeps_what(world: World, anki: Path, route: str) -> None:
    """The table of docs/anki.md."""
    steps, expected = ROUTES[route]
    first = world.publish()
    answer(world)
    change_template(world)
    world.write("decks/media/cnn.svg", svg("olive"))
    world.edit("      - id: cnn\n", "      - {id: new, ask: New?, answer: News.}\n      - id: cnn\n")
    package = world.publish()
    files = {"text": world.keep(suffix=".txt")}
    relu, pool = world.guid("bank/relu"), world.guid("bank/pool")
    found = learn(
        anki,
        ["package", first],
        ["study_all"],
        ["mark", relu, "mine", "exam"],
        ["mark", pool, "mine", "exam"],
        ["cards"],
        *([step, files.get(step, package)] for step in steps),
        ["cards"],
        ["find", '"Id:bank/new"'],
        ["fields", relu],
        ["fields", pool],
        ["note_types"],
        ["complaints"],
    )
    before, (after, new, unchanged, changed, types, complaints) = found[4], found[-6:]
    assert after == before
    assert new == [world.guid("bank/new")]
    assert changed["fields"]["Answer"] == "<p>To see further and cost less.</p>"
    assert expected == {
        "unchanged kept": "exam" in unchanged["tags"] and unchanged["fields"]["My notes"] == "mine",
        "changed kept": "exam" in changed["tags"] and changed["fields"]["My notes"] == "mine",
        "pictures": complaints["missing"] == [],
        "look": all(".of-the-project" in text for text in types.values()),
    }


def test_a_fix_released_after_a_leech_arrives(world: World, anki: Path) -> None:
    first = world.publish()
    answer(world)
    second = world.publish()
    guid = world.guid("bank/pool")
    _, tags, log, shown = learn(
        anki, ["package", first], ["fail", guid], ["package", second], ["fields", guid]
    )
    assert "leech" in tags
    assert log["updated"] == 1
    assert shown["fields"]["Answer"] == "<p>To see further and cost less.</p>"


@pytest.mark.parametrize("route", ["package_always", "text"])
def test_a_note_of_another_deck_moves_over_with_its_reviews(world: World, anki: Path, route: str) -> None:
    """Import, Browse → Change Note Type, import again: the GUID is what it is recognized by.

    The change makes the note newer than the package, so the second import is one that does not mind.
    """
    world.edit("- id: pool\n", "- id: pool\n        guid: theirs\n")
    package = world.publish()
    again = world.keep(suffix=".txt") if route == "text" else package
    _, before, log, _, log2, after, shown = learn(
        anki,
        ["add", "theirs", "Why pool?"],
        ["cards"],
        ["package", package],
        ["convert", "theirs", "deckbuild question · mine"],
        [route, again],
        ["cards"],
        ["fields", "theirs"],
    )
    assert (log["new"], log["conflicting"]) == (NOTES - 1, 1)
    assert log2 == {"updated": 1, "duplicate": NOTES - 1}
    assert after["theirs 0"][2:4] == before["theirs 0"][2:4]
    assert shown["fields"]["Answer"] == "<p>To see further.</p>"


def test_a_whole_deck_moves_over_from_its_export(world: World, anki: Path) -> None:
    """Export in Anki, put the text among the decks as it is, build, and follow the steps of docs/anki.md."""
    (world.root / "decks").joinpath("bank.yaml").unlink()
    (world.root / "decks").joinpath("other.yaml").unlink()
    mine = [["add", "a", "What is a <b>kink</b>?"], ["add", "b", "Why pool?"]]
    learn(anki, *mine, ["export", str(world.root / "decks" / "mine.txt")])
    package = world.publish("mine")
    [name] = [f"deckbuild {kind.key} · mine" for kind in world.lock().kinds]
    *_, before, log, _, _, log2, after, shown, complaints = learn(
        anki,
        *mine,
        ["cards"],
        ["package", package],
        ["convert", "a", name],
        ["convert", "b", name],
        ["package_always", package],
        ["cards"],
        ["fields", "a"],
        ["complaints"],
    )
    assert (log, log2) == ({"conflicting": 2}, {"updated": 2})
    assert {key: card[2:4] for key, card in after.items()} == {key: card[2:4] for key, card in before.items()}
    assert shown["fields"]["Question"] == "What is a <strong>kink</strong>?"
    assert complaints == SOUND


def test_a_preset_harms_nobody_and_arrives_if_it_is_ticked(world: World, anki: Path) -> None:
    first = world.publish()
    world.edit("[anki]\n", "[anki]\npreset = {days = 5, retention = 0.93}\n", "deckbuild.toml")
    second = world.publish()
    _, _, before, log, after, default = learn(
        anki,
        ["package", first],
        ["study_all"],
        ["cards"],
        ["package", second],
        ["cards"],
        ["preset", "Deep Learning"],
    )
    assert (log, after) == ({"duplicate": NOTES}, before)
    assert default == ["Default", 20, False, 0, 0, 0.9]
    # 20 cards on the first three of five days; the last two bring nothing new.
    log, ticked, others, complaints = learn(
        anki, ["package_presets", second], ["preset", "Deep Learning"], ["preset", "Default"], ["complaints"]
    )
    assert log == {"new": NOTES}
    assert ticked == ["Deep Learning (deckbuild)", 7, True, 1, 1, 0.93]
    assert others == default
    assert complaints == SOUND


# What is in a package ----------------------------------------------------------------------------


def test_anki_makes_the_cards_that_the_package_says(world: World, anki: Path) -> None:
    """Of every kind, with each optional field empty or full: no field but those meant for it makes a card."""
    path = world.publish()
    package = read_package(Path(path).read_bytes())
    assert not isinstance(package, str)
    log, generated, complaints = learn(anki, ["package", path], ["generated"], ["complaints"])
    assert log == {"new": NOTES}
    assert generated == {note.guid: [list(note.ordinals)] for note in package.notes}
    assert len({note.note_type for note in package.notes}) == len(SCHEMAS)
    assert complaints == SOUND


# Order and repetition ----------------------------------------------------------------------------


def test_rebuilding_without_a_change_gives_the_same_bytes_and_updates_nothing(
    world: World, anki: Path
) -> None:
    first = world.publish()
    (world.root / "dist" / "bank.apkg").unlink()
    lock = (world.root / FILE).read_bytes()
    second = world.publish()
    assert Path(first).read_bytes() == Path(second).read_bytes()
    assert (world.root / FILE).read_bytes() == lock
    _, again, types = learn(anki, ["package", first], ["package", second], ["note_types"])
    assert again == {"duplicate": NOTES}
    assert not [name for name in types if "+" in name]


def test_the_first_day_of_the_flagship_meets_twenty_questions(anki: Path, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    project, _ = load_project(root)
    outcome = build(
        project,
        (),
        Request(targets=("anki",), decks=("deep-learning",)),
        out=tmp_path,
        jobs=1,
        progress=lambda _: None,
    )
    assert not has_errors(outcome.diagnostics)
    package = read_package((tmp_path / "deep-learning.apkg").read_bytes())
    assert not isinstance(package, str)
    questions = {note.guid: note.fields[-6] for note in package.notes}
    _, queue = learn(anki, ["package", str(tmp_path / "deep-learning.apkg")], ["queue", 20])
    assert len({questions[guid].split("/")[1] for guid in queue}) == 20


def test_a_highlighter_that_changes_its_classes(
    world: World, anki: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of a library writes other HTML: old notes stay as they are, new learners get it."""
    world.edit(
        "        answer: Shared local filters.\n",
        "        answer: |\n          ```python\n          x = 1\n          ```\n",
    )
    first = world.publish()
    lock = (world.root / FILE).read_bytes()
    (world.root / "dist" / "bank.apkg").unlink()
    monkeypatch.setattr(
        "deckbuild.targets.anki.text.highlight", lambda _, text: Markup("<u>{}</u>").format(text)
    )
    second = world.publish()
    assert (world.root / FILE).read_bytes() == lock
    guid = world.guid("bank/cnn")
    _, log, _ = learn(anki, ["package", first], ["package", second], ["fields", guid])
    _, shown = learn(anki, ["package", second], ["fields", guid])
    assert log == {"duplicate": NOTES}
    assert "<u>x = 1" in shown["fields"]["Answer"]
