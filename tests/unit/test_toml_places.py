"""Where the keys of a TOML text stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckbuild.toml_places import places_of

TEXT = '''\
# [not.a.table]
top = "x = [y]"          # x = 1
dotted.inner . "the key" = 3
list = [
  "a", # "b"
  ["c", {d = 1}],
]
when = 2026-11-24 10:00:00
long = """
[no]
no = "table" """
plain = \'\'\'it''s\'\'\'
[table."quoted name"]
key = { one = 1, two.three = 'x' }
[[edition]]
name = "a"
[edition.print]
paper = "a4"
[[edition]]
name = "b"
[edition.print]
paper = "a3"
'''


def shown(path: tuple[str, ...]) -> tuple[str, str]:
    """The key and the value at a path, as they are written."""
    place = places_of(TEXT)[path]
    return TEXT[place.start : place.end], TEXT[place.value : place.value_end]


def test_keys_and_values_are_found_as_they_are_written() -> None:
    assert shown(("top",)) == ("top", '"x = [y]"')
    assert shown(("when",)) == ("when", "2026-11-24 10:00:00")
    assert shown(("plain",)) == ("plain", "'''it''s'''")


def test_dotted_keys_have_a_place_each() -> None:
    assert shown(("dotted", "inner"))[0] == "inner"
    assert shown(("dotted", "inner", "the key")) == ("the key", "3")


def test_headers_name_their_tables() -> None:
    assert shown(("table", "quoted name"))[0] == "quoted name"
    assert shown(("table", "quoted name", "key", "two", "three")) == ("three", "'x'")


def test_items_have_a_number() -> None:
    assert shown(("list#0",)) == ('"a"', '"a"')
    assert shown(("list#1#1", "d")) == ("d", "1")


def test_tables_of_an_array_are_told_apart() -> None:
    assert shown(("edition#0", "name"))[1] == '"a"'
    assert shown(("edition#1", "print", "paper"))[1] == '"a3"'


def test_what_looks_like_a_key_in_a_text_or_a_comment_is_none() -> None:
    assert {path[0].partition("#")[0] for path in places_of(TEXT)} == {
        *("top", "dotted", "list", "when", "long", "plain", "table", "edition")
    }


KEYS = st.text("ab-_1", min_size=1, max_size=3)
VALUES = st.sampled_from(
    ["1", "true", '"x"', "'y'", '"""a\nb = 1"""', '"\\""', "[]", "[1, [2],\n 3,]", "{}", "{a = 1, b.c = []}"]
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    KEYS.map(lambda key: f"[{key}]"),
    KEYS.map(lambda key: f"[[{key}]]"),
    st.just("# a = ["),
)


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_whatever_is_toml_is_scanned_to_its_end(text: str) -> None:
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = {path[0] for path in places_of(text)}
    assert data.keys() <= found
