"""Reading YAML: what comes out of it, where it stands, and what is said of what YAML would eat."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.formats.read import read_deck, read_tree
from deckbuild.formats.tree import Entry, Mapping, Node, Scalar, Sequence
from deckbuild.formats.yaml.read import read_yaml
from deckbuild.source import Source
from support.messages import cases, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent

BANK = """\
# A bank with a scalar of every style, letters of several bytes in front of each.
id: résumé
title: plain text é
description: plain é
  over lines

  and paragraphs
'quoted ''key''': 'it''s é
  folded

  twice'
"escaped \\"key\\"": "é \\u00e9 \\"x\\" \\
  joined
  folded \\ud83d\\ude00 end"
literal: |
  é first
    deeper

  last
stripped: |-
  é
indented: |2
    é two
  back
folded: >
  é folded
  text

    more indented
  back


  end
kept: >+
  é

empty:
nothing: ''
flow: {a: é, "b": 'c d', list: [x, "y", 'z z'], none: }
brackets: []
braces: {}
points:
  - must: é
  - plain
  -
  - - nested
    - list
"""


def test_scalars_are_kept_as_they_were_written() -> None:
    words = "1.10 0x1F 1e3 007 1_000 null ~ yes No true .inf 2026-11-23 1:30 a:b x#y C++ ]"
    node, diagnostics = read("\n".join(f"- {word}" for word in words.split()))
    assert diagnostics == ""
    assert texts(node) == words.split()


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "---\n", "---\n...\n"])
def test_a_text_that_says_nothing_is_an_empty_mapping(text: str) -> None:
    node, diagnostics = read(text)
    assert (node, diagnostics) == (Mapping((), node.origin), "") if node else pytest.fail("no tree")


def test_halves_of_a_character_in_json_escapes_are_joined() -> None:
    node, diagnostics = read('{"ask": "\\ud83d\\ude00"}')
    assert (texts(node), diagnostics) == (["😀"], "")


def test_half_a_character_is_an_error() -> None:
    assert "`\\ud83d` in double quotes is half a character" in read('ask: "\\ud83d"')[1]


def test_a_part_of_a_source_is_read_with_its_places_in_the_whole() -> None:
    text = "---\ntitle: Dé: ep\ntags: [a]\n---\n# Heading\n"
    source = Source("decks/dl.md", text)
    node, diagnostics = read_yaml(source, start=4, end=text.index("---\n#"))
    assert printed(diagnostics).startswith("2:10 yaml-trap")
    assert [scalar.origin.span().position for scalar in scalars(node)] == [(3, 8)]


def test_keys_and_values_stand_where_they_were_written() -> None:
    node, diagnostics = read(BANK)
    assert diagnostics == ""
    assert [key.origin.span().text for key in keys(node)] == [
        *("id", "title", "description", "quoted ''key''", 'escaped \\"key\\"', "literal"),
        *(
            "stripped",
            "indented",
            "folded",
            "kept",
            "empty",
            "nothing",
            "flow",
            "brackets",
            "braces",
            "points",
        ),
        *("a", "b", "list", "none", "must"),
    ]
    for scalar in scalars(node):
        assert [*misplaced(scalar)] == []


def test_a_value_that_grew_as_it_was_read_stands_behind_its_key() -> None:
    node, _ = read('a: "\\L\\P"\nb:\n  - "\\L\\P"\n')
    assert [scalar.origin.span().position for scalar in scalars(node)] == [(1, 4), (3, 5)]


def test_mappings_and_lists_stand_from_their_first_key_to_their_last_value() -> None:
    node, _ = read("a: b\nlist:\n  - x: 1\n    y: 2\n  - z\n")
    assert isinstance(node, Mapping)
    assert node.origin.span().text == "a: b\nlist:\n  - x: 1\n    y: 2\n  - z"
    assert node.entries[1].value.origin.span().text == "x: 1\n    y: 2\n  - z"


def test_what_has_no_characters_stands_where_they_would() -> None:
    node, _ = read("a:\nb: []\nc:\n  - x\n  -\n  - y\n")
    places = [node.origin.span().position for node in nodes(node) if not isinstance(node, Mapping)]
    assert places == [(1, 3), (2, 4), (4, 5), (4, 5), (5, 4), (6, 5)]


@given(st.lists(st.text("ab \n'\"\\:#-é漢😀", max_size=30), min_size=1, max_size=4))
def test_quoted_text_comes_back_with_every_character_in_its_place(values: list[str]) -> None:
    lines = [value.replace("\n", " ") for value in values]
    node, diagnostics = read(
        "".join(f"- '{single(line)}'\n" for line in lines)
        + "".join(f'- "{double(value)}"\n' for value in values)
    )
    assert (texts(node), diagnostics) == ([*lines, *values], "")
    for scalar in scalars(node):
        assert [*misplaced(scalar)] == []


@given(st.lists(st.text("ab :#-é漢😀'", min_size=1, max_size=12), min_size=1, max_size=6))
def test_block_text_comes_back_with_every_character_in_its_place(lines: list[str]) -> None:
    text = "\n".join(line.rstrip() or "x" for line in ("first", *lines))
    node, diagnostics = read("a: |-\n" + "".join(f"    {line}\n" for line in text.split("\n")) + "b: c\n")
    assert (texts(node), diagnostics) == ([text, "c"], "")
    for scalar in scalars(node):
        assert [*misplaced(scalar)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, expected, id=title) for title, text, expected in cases(HERE / "fixtures/yaml.txt")],
)
def test_what_yaml_would_eat_is_reported(text: str, expected: str) -> None:
    assert printed(read_tree(Source("bank.yaml", text))[1]) == expected


def test_questions_beside_broken_ones_are_read() -> None:
    node, _ = read("questions:\n  - ask: A: b\n  - ask: right\n  - ask: 'open\n  - ask: right too\n")
    assert texts(node) == ["right", "right too"]


def test_more_lines_than_memory_is_good_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deckbuild.formats.yaml.text.MAX_NODES", 10)
    assert read("- a\n" * 10) == (None, "1:1 yaml-syntax more than 10 lines and list items\n" + HELP_SPLIT)


HELP_SPLIT = "  help: split the bank into several files"


@pytest.mark.parametrize("seed", range(8))
def test_any_damage_to_a_bank_gives_diagnostics_and_no_exception(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    for _ in range(40):
        text = damaged(BANK, chance)
        source = Source("bank.yaml", text)
        node, diagnostics = read_yaml(source)
        spans = [label.span for found in diagnostics for label in found.labels]
        spans += [scalar.origin.span() for scalar in scalars(node)]
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        assert node is not None or diagnostics


def read(text: str) -> tuple[Node | None, str]:
    node, diagnostics = read_yaml(Source("bank.yaml", text))
    return node, printed(diagnostics)


def nodes(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    yield node
    match node:
        case Mapping(entries=entries):
            for entry in entries:
                yield from nodes(entry.value)
        case Sequence(items=items):
            for item in items:
                yield from nodes(item)


def scalars(node: Node | None) -> Iterator[Scalar]:
    return (found for found in nodes(node) if isinstance(found, Scalar))


def keys(node: Node | None) -> Iterator[Entry]:
    for found in nodes(node):
        if isinstance(found, Mapping):
            yield from found.entries


def texts(node: Node | None) -> list[str]:
    return [scalar.text for scalar in scalars(node)]


def misplaced(scalar: Scalar) -> Iterator[tuple[str, str]]:
    """Yield the characters that do not stand where their origin says, with what stands there."""
    for offset, character in enumerate(scalar.text):
        written = scalar.origin.span(offset, offset + 1).text
        folded = character in " \n" and not written.strip()
        escaped = written == "''" or written.startswith("\\")
        if written != character and not folded and not escaped:
            yield character, written


def single(text: str) -> str:
    return text.replace("'", "''")


def double(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def damaged(text: str, chance: random.Random) -> str:
    """Return a text with a few characters changed, put in, taken out or copied elsewhere."""
    marks = [*" \n\t-:#,{}[]'\"|>&*!%@`?\\$~é\0\a\ufeff\ud800", "\n---\n", "\n  ", ": ", " #", "<<: ", "{{"]
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(text))
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(marks) + text[at + 1 :]
            case 1:
                text = text[:at] + chance.choice(marks) + text[at:]
            case 2:
                text = text[:at] + text[at + chance.choice((1, 2, 5, 50)) :] or "x"
            case _:
                start = chance.randrange(len(text))
                text = text[:at] + text[start : start + chance.randrange(60)] + text[at:]
    return text


def test_places_stay_where_they_are_around_parts_that_overlap() -> None:
    text = """\
sections:
 - id: one
    title: Too far in
    questions:
      - ask: Why?
         answer: Too far in
  - id: two
    title: Second
    questions:
      - {ask: What?, answer: x}
"""
    _, found = read_deck("bank", None, (Source("decks/bank.yaml", text),))
    assert [diagnostic.labels[0].span.text for diagnostic in found] == ["answer", "title", "ask"]
