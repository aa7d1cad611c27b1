"""What the settings name must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.check.settings import check_settings
from deckbuild.formats.read import read_deck
from deckbuild.settings import parse_config
from deckbuild.source import Source
from support.messages import printed

if TYPE_CHECKING:
    from deckbuild.model import Deck

BANK = """\
title: T
sections:
  - id: basics
    questions:
      - {id: first, ask: First?, answer: x, tags: [cnn], priority: must}
  - id: more
    questions:
      - {id: second, ask: Second?, answer: x, roles: [new-grad], difficulty: easy}
"""


def findings(settings: str, broken: tuple[str, ...] = ()) -> str:
    """What is said of settings beside a bank of two questions."""
    source = Source("deckbuild.toml", settings)
    config, problems = parse_config(source)
    assert problems == ()
    return printed(check_settings(source, config, [bank()], broken))


def bank() -> Deck:
    deck, problems = read_deck("bank", None, [Source("decks/bank.yaml", BANK)])
    assert deck is not None
    assert problems == ()
    return deck


def test_what_is_there_is_not_mentioned() -> None:
    assert (
        findings(
            '[deck.bank.print]\ntheme = "grey"\n[[edition]]\nname = "e"\ndecks = ["bank"]\n'
            'section = ["basics"]\ntag = "cnn"\npriority = ["must"]\nid = ["first"]\n'
        )
        == ""
    )


def test_settings_of_an_unknown_deck_name_the_nearest() -> None:
    assert findings('[deck.bnak.print]\ntheme = "grey"\n') == (
        "1:7 warning unknown-reference there is no deck `bnak`\n  help: did you mean `bank`?"
    )


def test_each_unknown_name_of_an_edition_is_reported_where_it_stands() -> None:
    assert findings(
        '[[edition]]\nname = "e"\nsection = ["basics", "mroe"]\ntag = ["rnn"]\n'
        'role = "newgrad"\nid = "frist"\n'
    ) == (
        "3:23 warning unknown-reference no question has the section `mroe`\n"
        "  help: did you mean `more`?\n"
        "4:9 warning unknown-reference no question has the tag `rnn`\n"
        "  help: did you mean `cnn`?\n"
        "5:9 warning unknown-reference no question has the role `newgrad`\n"
        "  help: did you mean `new-grad`?\n"
        "6:7 warning unknown-reference no question has the id `frist`\n"
        "  help: did you mean `first`?"
    )


def test_an_edition_of_an_unknown_deck_is_reported_once() -> None:
    assert findings('[[edition]]\nname = "e"\ndecks = ["nowhere"]\ntag = ["nope"]\n') == (
        "3:11 warning unknown-reference there is no deck `nowhere`\n  help: there is `bank`"
    )


def test_values_that_meet_in_no_question_are_reported_together() -> None:
    assert findings('[[edition]]\nname = "e"\nsection = "basics"\nrole = "new-grad"\n') == (
        "2:8 warning selection-empty the edition `e` has no question: none has all that it asks for\n"
        "  help: values of one key mean or, different keys mean and"
    )


def test_what_a_broken_deck_may_hold_is_not_missed() -> None:
    settings = '[deck.other.print]\ntheme = "grey"\n[[edition]]\nname = "e"\ntag = ["rnn"]\n'
    assert findings(settings, broken=("other",)) == ""
