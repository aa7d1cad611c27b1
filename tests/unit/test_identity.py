"""GUIDs and note-type ids. What is asserted here was published: it never changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckbuild.identity import digest, guid, note_type_id

NAME = st.text(max_size=12)


def test_published_guids_stay() -> None:
    assert guid("deckbuild", "deep-learning", "activation-functions", "") == "pAj1Ehtkfh6"
    assert guid("deckbuild", "deep-learning", "activation-functions", "dead-relu") == "FhXHFH2KW20"


def test_published_note_type_ids_stay() -> None:
    assert note_type_id("deckbuild", "question") == 1950131896106689


@given(NAME, NAME, NAME, NAME)
def test_a_guid_is_eleven_letters_and_digits(namespace: str, deck: str, question: str, item: str) -> None:
    made = guid(namespace, deck, question, item)
    assert len(made) == 11
    assert made.isascii()
    assert made.isalnum()


def test_names_do_not_run_into_one_another() -> None:
    assert guid("a", "bc", "d", "") != guid("ab", "c", "d", "")
    assert digest("a", "bc") != digest("ab", "c")


@given(NAME, NAME)
def test_note_type_ids_are_safe_for_anki_and_javascript(namespace: str, kind: str) -> None:
    assert 1 << 40 <= note_type_id(namespace, kind) < 1 << 52
