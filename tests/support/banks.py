"""A bank that has everything: every kind of card, and every part of a question filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.model import Difficulty, Priority
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
from support.locks import unwritten

if TYPE_CHECKING:
    from deckbuild.model import Deck

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
