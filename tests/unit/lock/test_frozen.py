"""What is published is frozen: a bank of every kind has the lock it had when deckbuild published first.

If this fails, learners are about to get notes they have again, or new times on notes that did not change.
The ways out: put the change into a part of the content that old banks leave empty; or, if every learner's
notes must be written anew, raise `RENDER_EDITION`. The file is never rewritten to make the test pass.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from deckbuild.lock.text import FILE, parse_lock, render_lock
from deckbuild.model import Deck, Difficulty, Priority
from deckbuild.source import Source
from support.decks import (
    basic,
    choice,
    cloze,
    deck,
    figure,
    followup,
    occlusion,
    picture,
    prose,
    question,
    section,
    steps,
    typed,
)
from support.locks import publish, reread, unwritten

FIRST = Path(__file__).parent / "every-kind.lock"
MEDIA = [picture("media/relu.svg"), picture("media/cnn.svg", color="#802020")]


def bank() -> Deck:
    """A deck with every kind of card, and every part of a question filled."""
    relu = figure("media/relu.svg", "Curve of ReLU", "Zero, then *linear*")
    rich = question(
        "What are activation functions?",
        id="activation-functions",
        short="Activation functions",
        answer="Non-linear functions applied to each unit's weighted sum.",
        points=["!Without them depth is one linear map: $W_2(W_1x)$", "ReLU is cheap"],
        figure=relu,
        details="Two lines,\nwith `code`, ![a curve](media/relu.svg) and ruby {漢字|かんじ}.",
        followups=[followup("What is a dead ReLU?", "One that is never active.", id="dead")],
        pitfalls=["Softmax in hidden layers"],
        hint="Think of depth.",
        difficulty=Difficulty.EASY,
        priority=Priority.MUST,
        roles=("new-grad", "engineer"),
        tags=("activations",),
        minutes=3.0,
        sources=[("Deep Learning, ch. 6", "https://www.deeplearningbook.org"), ("A book",)],
        license="CC BY 4.0",
        reviewed="2026-11-23",
        cards=[
            basic("Range of tanh?", "$(-1, 1)$", id="tanh", reverse=True, figure=relu, tags=["ranges"]),
            cloze("ReLU returns {{zero}} for {{negative}} inputs, {{c4::$x$::what}} else.", id="relu"),
            choice(
                "Which head suits multi-label classification?",
                {"=One sigmoid per class": "labels are independent", "One softmax": ""},
                id="head",
                shuffle=False,
            ),
            steps("One training step", "Forward pass", "Loss", "Backward pass", id="step", hint="Four."),
            typed("Keras class for a stack of layers?", "Sequential", "keras.Sequential", id="keras"),
            occlusion(
                "Where is pooling?",
                "media/cnn.svg",
                {"pooling": (0.4, 0.1, 0.15, 0.6), "dense layers": (0.7, 0.1, 0.15, 0.6)},
                id="pooling",
            ),
        ],
    )
    plain = unwritten(question("Why depth?", points=["It composes"], cards=[basic("A or b?", "a")]))
    return deck(
        section("New graduates", rich, id="new-grad", tags=["basics"]),
        section("Engineers", plain),
        id="dl",
        title="Deep Learning",
        description=prose("A bank."),
        tags=("deep-learning",),
        license="MIT",
    )


def test_the_lock_of_a_bank_is_as_it_was_first() -> None:
    assert render_lock(publish(bank(), now=1_790_000_000, media=MEDIA).lock) == FIRST.read_text("utf-8")


def test_publishing_it_again_changes_nothing() -> None:
    lock, problems = parse_lock(Source(FILE, FIRST.read_text("utf-8")))
    again = publish(bank(), over=lock, now=1_800_000_000, media=MEDIA)
    assert (problems, again.lock, again.diagnostics) == ((), lock, ())


def test_what_no_output_shows_changes_nothing() -> None:
    lock = reread(publish(bank(), now=5, media=MEDIA).lock)
    [first, second] = bank().sections
    [rich] = first.questions
    assert rich.details
    spaced = replace(
        rich,
        details=prose(rich.details.raw.replace("lines,", "lines, ") + "\n"),
        tags=("activations", "activations"),
        roles=rich.roles[::-1],
        minutes=5.0,
        see=("why-depth",),
    )
    again = replace(bank(), sections=(replace(first, questions=(spaced,)), second), version="2")
    assert publish(again, over=lock, now=9, media=MEDIA).lock == lock
