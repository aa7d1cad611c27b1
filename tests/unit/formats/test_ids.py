"""Ids written into sources: where they go, and that nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from deckbuild.formats.ids import can_hold_ids, inserted, plan_ids, spots, with_new_ids
from deckbuild.formats.markdown.write import to_markdown
from deckbuild.formats.read import read_deck
from deckbuild.formats.yaml.write import to_yaml
from deckbuild.source import Source
from support.anydeck import decks

if TYPE_CHECKING:
    from deckbuild.model import Deck

YAML = """\
# A comment stays.
title:   Deep Learning   # so does this one
questions:
- ask: One?
  answer: "1"
  followups:
    - # of the follow-up {
      ask: Why?
      answer: Because
  cards: [{cloze: 'a {{b}}'}, { # of the card
    basic: {ask: c, answer: d}}]
-   'ask': Two?
    answer: 2
- {ask: Three?, answer: 3, cards: [cloze: '{{x}} y', cloze: "{{z}}"]}
- id: four
  ask: Four?
  answer: 4
"""

YAML_WITH_IDS = """\
# A comment stays.
title:   Deep Learning   # so does this one
questions:
- id: one
  ask: One?
  answer: "1"
  followups:
    - # of the follow-up {
      id: why
      ask: Why?
      answer: Because
  cards: [{id: a-b, cloze: 'a {{b}}'}, { # of the card
    id: c, basic: {ask: c, answer: d}}]
-   id: two
    'ask': Two?
    answer: 2
- {id: three, ask: Three?, answer: 3, cards: [{id: x-y, cloze: '{{x}} y'}, {id: z, cloze: "{{z}}"}]}
- id: four
  ask: Four?
  answer: 4
"""

MARKDOWN = """\
---
title: Deep Learning  # a comment
---

##   One?
1
## Two? {.easy}
2
## Three?
<!-- .hard
  tags=x -->
3
### Follow-ups
#### Why?
Because
### Cards
- a {{b}}
- c {{d}}
  over lines <!-- tags=x -->
- ```
  {{c1::code}}
  ```
#### e {.basic}
f
####
<!-- .cloze -->
g {{h}}
## Four? {#four}
4
"""

MARKDOWN_WITH_IDS = """\
---
title: Deep Learning  # a comment
---

##   One?
<!-- #one -->
1
## Two? {#two .easy}
2
## Three?
<!-- #three .hard
  tags=x -->
3
### Follow-ups
#### Why?
<!-- #why -->
Because
### Cards
- a {{b}} <!-- #a-b -->
- c {{d}}
  over lines <!-- #c-d-over-lines tags=x -->
- ```
  {{c1::code}}
  ```
  <!-- #code -->
#### e {#e .basic}
f
####
<!-- #g-h .cloze -->
g {{h}}
## Four? {#four}
4
"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [("decks/dl.yaml", YAML, YAML_WITH_IDS), ("decks/dl.md", MARKDOWN, MARKDOWN_WITH_IDS)],
)
def test_ids_are_written_and_nothing_else_changes(name: str, text: str, expected: str) -> None:
    assert with_ids(name, text) == expected
    assert with_ids(name, expected) == expected


@pytest.mark.parametrize("name", ["decks/dl.yaml", "decks/dl.md"])
def test_newlines_and_byte_order_mark_stay(name: str) -> None:
    text, expected = (YAML, YAML_WITH_IDS) if name.endswith("yaml") else (MARKDOWN, MARKDOWN_WITH_IDS)
    (plan,) = plan_ids(read(name, text), {})
    assert inserted("\ufeff" + text.replace("\n", "\r\n"), plan.insertions) == "\ufeff" + expected.replace(
        "\n", "\r\n"
    )


def test_ids_that_learners_have_are_written_instead_of_new_ones() -> None:
    deck = read("decks/dl.md", "## An edited prompt?\na\n")
    known = dict.fromkeys(spots(deck), "first-prompt")
    (plan,) = plan_ids(deck, known)
    assert plan.insertions == ((20, "\n<!-- #first-prompt -->"),)


def test_follow_ups_and_cards_are_named_with_their_question() -> None:
    (plan,) = plan_ids(read("decks/dl.md", MARKDOWN), {})
    refs = [new.ref for new in plan.ids]
    assert refs[:5] == ["one", "two", "three", "three/why", "three/a-b"]


def test_a_table_gets_no_ids() -> None:
    (plan,) = plan_ids(read("decks/dl.csv", "ask,answer\nWhy?,Because\n"), {})
    assert plan.insertions == ()
    assert not can_hold_ids(plan.source)


@settings(max_examples=50)
@given(decks())
def test_any_deck_reads_the_same_with_its_ids(deck: Deck) -> None:
    for name, text in (("decks/any.yaml", to_yaml(deck)), ("decks/any.md", to_markdown(deck))):
        expected = with_new_ids(deck, {})
        assert read(name, with_ids(name, text)) == expected


def with_ids(name: str, text: str) -> str:
    for plan in plan_ids(read(name, text), {}):
        text = inserted(text, plan.insertions)
    return text


def read(name: str, text: str) -> Deck:
    deck, diagnostics = read_deck("dl", None, (Source(name, text),))
    assert [found.message for found in diagnostics if found.severity == 0] == []
    assert deck is not None
    return deck
