"""Finding the line of a setting that turned out to be wrong only when it was used."""

from __future__ import annotations

import pytest

from deckbuild.setting_places import SettingPlaces
from deckbuild.source import Source

SETTINGS = Source(
    "deckbuild.toml",
    """\
[cards]
size = "a6"
[deck.cv.cards]
size = "a7"
[[edition]]
name = "big"
cards = {size = "a5"}
[[edition]]
name = "plain"
[quiz.blueprint]
easy = 3
""",
)


@pytest.mark.parametrize(
    ("deck", "edition", "line"),
    [("other", "", 2), ("cv", "", 4), ("cv", "big", 7), ("cv", "plain", 4), ("other", "unknown", 2)],
)
def test_whoever_has_the_last_word_is_reported(deck: str, edition: str, line: int) -> None:
    (label,) = SettingPlaces(SETTINGS, deck, edition).of("cards", "size")
    assert (label.span.text, label.span.position[0]) == ("size", line)


def test_a_table_is_found_too() -> None:
    (label,) = SettingPlaces(SETTINGS, "cv").of("quiz", "blueprint")
    assert label.span.position[0] == 10


def test_what_is_not_written_is_nowhere() -> None:
    assert SettingPlaces(SETTINGS, "cv").of("cards", "duplex") == ()
    assert SettingPlaces().of("cards", "size") == ()
