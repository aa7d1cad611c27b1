"""The bank that benchmarks are measured on: the same bytes for the same number of questions.

Each question has a prompt of nine words, a term, an answer of 28 words with a key term and a word of
code, and a key point that in every third question ends with a formula. Every eighth question has a block of
four lines of code in its details, and one small card of each kind stands in every fourth.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20261123
PER_SECTION = 25
_WORDS = (
    "model data weight layer gradient loss batch rate feature label value sample error mean noise score depth "
    "width network kernel filter token vector matrix signal input output training test validation prediction "
    "cluster margin tree forest split leaf prior entropy variance bias penalty"
).split()
_GLUE = "the a of in on with for from under over each every one that which when while and or than".split()
_CODE = ("fit()", "x.shape", "np.dot", "eval()", "step()", "keys[0]", "loss.item()")
_FORMULAS = (
    r"y = Wx + b",
    r"\sigma(z) = 1/(1 + e^{-z})",
    r"\frac{TP}{TP+FP}",
    r"\sum_i w_i x_i",
    r"\lVert g \rVert_2 \le c",
    r"\hat\beta = (X^\top X)^{-1}X^\top y",
    r"\theta \leftarrow \theta - \eta \nabla L(\theta)",
    r"O(n^2 d)",
)
_PRIORITIES = ("must", "should", "should", "extra")


def bank(count: int) -> str:
    """Return a bank of so many questions as YAML."""
    chance = random.Random(SEED)  # noqa: S311 - nothing here is a secret
    lines = ["id: benchmark", "title: Benchmark", "lang: en", "sections:"]
    for number in range(count):
        if number % PER_SECTION == 0:
            section = number // PER_SECTION + 1
            lines += [f"  - id: part-{section}", f"    title: Part {section}", "    questions:"]
        lines += _question(chance, number)
    return "\n".join(lines) + "\n"


def _question(chance: random.Random, number: int) -> Iterator[str]:
    yield f"      - id: q-{number}"
    yield f"        ask: '{_sentence(chance, 9)[:-1]}?'"
    yield f"        short: {_term(chance)}"
    answer = _sentence(chance, 26, bold=True)[:-1]
    yield f"        answer: '{answer} with `{chance.choice(_CODE)}`.'"
    yield "        points:"
    yield f"          - must: '{_sentence(chance, 9)[:-1]}{_formula(chance, number)}'"
    yield f"        priority: {_PRIORITIES[number % len(_PRIORITIES)]}"
    if number % 8 == 0:
        yield "        details: |"
        yield f"          {_sentence(chance, 30)}"
        yield ""
        yield "          ```python"
        for name in "abcd":
            yield f"          {name} = {chance.choice(_WORDS)}({chance.randrange(100)})  # {_term(chance).lower()}"
        yield "          ```"
    if number % 4 == 0:
        yield "        cards:"
        yield f"          - {{id: c-1, basic: {{ask: '{_sentence(chance, 6)}', answer: {_term(chance)}}}}}"
        yield f"          - {{id: c-2, cloze: 'The {{{{{chance.choice(_WORDS)}}}}} {_sentence(chance, 6).lower()}'}}"
        yield f"          - {{id: c-3, typed: {{ask: '{_sentence(chance, 6)}', answer: {chance.choice(_WORDS)}}}}}"
        yield f"          - {{id: c-4, steps: {{ask: {_term(chance)}, items: [{', '.join(chance.sample(_WORDS, 3))}]}}}}"


def _formula(chance: random.Random, number: int) -> str:
    return f": ${chance.choice(_FORMULAS)}$" if number % 3 == 0 else ""


def _term(chance: random.Random) -> str:
    return " ".join(chance.sample(_WORDS, 2)).capitalize()


def _sentence(chance: random.Random, words: int, *, bold: bool = False) -> str:
    chosen = [chance.choice(_WORDS if place % 3 else _GLUE) for place in range(words)]
    if bold:
        chosen[4] = f"**{chosen[4]}**"
    return " ".join(chosen).capitalize() + "."
