"""The schema and lowering must agree: an editor that is content means a bank that builds, by its keys."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from deckbuild.diagnostic import has_errors
from deckbuild.formats import keys
from deckbuild.formats.keys import KINDS, Atom, Kind, ListOf, OneOf, TextOr
from deckbuild.formats.read import read_deck
from deckbuild.formats.schema import json_schema
from deckbuild.formats.tree import Mapping, Node, Scalar, Sequence
from deckbuild.formats.yaml.read import read_yaml
from deckbuild.source import Source
from support.messages import cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.formats.keys import Type

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
VALIDATOR = Draft202012Validator(json_schema())
BANKS = sorted((ROOT / "decks").rglob("*.yaml"))
ATOMS: dict[Atom, object] = {
    **dict.fromkeys((Atom.TEXT, Atom.LINE, Atom.WORD, Atom.ID, Atom.OLD_ID), "x"),
    Atom.NUMBER: 3,
    Atom.FLAG: True,
    Atom.DATE: "2026-11-23",
    Atom.LANG: "en",
    Atom.URL: "https://example.org",
    Atom.IMAGE: "a.svg",
    Atom.FRACTION: 0.25,
}
WRONG: tuple[object, ...] = ([["x"]], {"x": "y"}, "not at all")


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_the_schema_is_the_same_every_time() -> None:
    assert json.dumps(json_schema()) == json.dumps(json_schema())


@pytest.mark.parametrize("file", BANKS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_shipped_banks_fit_the_schema(file: Path) -> None:
    node, _ = read_yaml(Source(file.name, file.read_text(encoding="utf-8")))
    assert [error.message for error in VALIDATOR.iter_errors(as_json(node))] == []


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=title) for title, text, _ in cases(Path(__file__).parent / "fixtures/lower.txt")],
)
def test_what_the_schema_refuses_lowering_refuses(text: str) -> None:
    node, _ = read_yaml(Source("bank.yaml", text))
    if not VALIDATOR.is_valid(as_json(node)):
        assert has_errors(read_deck("bank", None, (Source("bank.yaml", text),))[1])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_both_accept_every_key_of_a_kind(kind: Kind) -> None:
    for name in kind.one_of or ("",):
        assert verdicts(kind, sample(kind, name)) == (True, True)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_both_refuse_a_key_that_is_none(kind: Kind) -> None:
    assert verdicts(kind, {**sample(kind), "nonsense": "x"}) == (False, False)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_both_refuse_a_kind_without_a_key_that_it_needs(kind: Kind) -> None:
    for name in needed(kind):
        left = {key: value for key, value in sample(kind).items() if key != name}
        assert verdicts(kind, left) == (False, False), name


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.one_of], ids=lambda kind: kind.name)
def test_both_refuse_two_keys_that_exclude_each_other(kind: Kind) -> None:
    first, second = kind.one_of[:2]
    assert verdicts(kind, sample(kind, first) | sample(kind, second)) == (False, False)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_both_refuse_values_of_another_type(kind: Kind) -> None:
    for key in kind.keys:
        chosen = key.name if key.name in kind.one_of else ""
        for wrong in WRONG:
            if not fits(wrong, key.type):
                value = {**sample(kind, chosen), key.name: wrong}
                assert verdicts(kind, value) == (False, False), (key.name, wrong)


def verdicts(kind: Kind, value: object) -> tuple[bool, bool]:
    """Return whether the schema and lowering accept a bank with that value in it."""
    bank = inside(kind, value)
    name = {keys.HEAD: "head-deck", keys.SECTION: "section"}.get(kind, "deck")
    schema = {"$ref": f"#/$defs/{name}", "$defs": json_schema()["$defs"]}
    if name == "deck":
        found = read_deck("x", None, (source("x", bank),))[1]
    else:
        head = bank if kind is keys.HEAD else {}
        part = bank if kind is keys.SECTION else {"questions": [{"ask": "One?", "answer": "x"}]}
        found = read_deck("x", source("_deck", head), (source("a", part),))[1]
    # A sample mentions what is not there; only the structure is compared.
    problems = [error for error in found if error.code != "unknown-reference"]
    return Draft202012Validator(schema).is_valid(bank), not problems


def source(name: str, value: object) -> Source:
    """Return a source of JSON, which is YAML."""
    return Source(f"{name}.yaml", json.dumps(value, indent=1))


def inside(kind: Kind, value: object) -> Any:
    """Return a bank that has the value where such a kind stands."""
    if kind in {keys.DECK, keys.HEAD, keys.SECTION}:
        return value
    if kind is keys.QUESTION:
        return {"questions": [value]}
    return inside(*holder(kind, value))


def holder(kind: Kind, value: object) -> tuple[Kind, dict[str, Any]]:
    """Return the kind of mapping that holds such a value, with the value in it."""
    question, card = sample(keys.QUESTION), {"id": "c"}
    match kind.name.split()[1:]:
        case ["card"]:
            return keys.QUESTION, {**question, "cards": [value]}
        case [name, "card"]:
            return keys.CARD, {**card, name: value}
        case ["option"]:
            others = [{"right": "r"}, {"wrong": "w"}]
            return keys.CHOICE, {**sample(keys.CHOICE), "options": [*others, value]}
        case ["mask"]:
            return keys.OCCLUSION, {**sample(keys.OCCLUSION), "masks": [value]}
        case ["figure"]:
            return keys.QUESTION, {**question, "figure": value}
        case [name]:
            plural = {"point": "points", "follow-up": "followups", "source": "sources"}[name]
            return keys.QUESTION, {**question, plural: [value]}
    raise AssertionError(kind.name)


def sample(kind: Kind, chosen: str = "") -> dict[str, Any]:
    """Return a mapping with every key of a kind; of those that exclude each other, the chosen one."""
    chosen = chosen or next(iter(kind.one_of), "")
    left = [key for key in kind.keys if key.name not in kind.one_of or key.name == chosen]
    values = {key.name: value_of(key.type) for key in left}
    if kind is keys.CHOICE:
        values["options"] = [{"right": "a"}, {"wrong": "b"}]
    if kind is keys.CARD and chosen == "cloze":
        values["cloze"] = "{{x}}"
    if kind is keys.QUESTION:
        values |= {
            "followups": [{"ask": "Why?", "answer": "x"}],
            "cards": [{"cloze": "{{y}}"}],
            "draft": False,
        }
    return values


def value_of(kind: Type) -> Any:
    match kind:
        case Atom():
            return ATOMS[kind]
        case OneOf(words=words):
            return words[0]
        case ListOf(item=Atom.FRACTION):
            return [0.1, 0.2, 0.3, 0.4]
        case ListOf(item=item, least=least):
            return [value_of(item) for _ in range(least or 1)]
        case TextOr(kind=inner) | (Kind() as inner):
            return sample(inner)


def fits(value: object, kind: Type) -> bool:
    """Tell whether one of the wrong values is a right one here."""
    if isinstance(kind, ListOf) and kind.alone:
        return fits(value, kind.item)
    return isinstance(value, str) and kind in {Atom.TEXT, Atom.LINE, Atom.IMAGE}


def needed(kind: Kind) -> Iterator[str]:
    yield from (key.name for key in kind.keys if key.required)
    if kind.one_of:
        yield next(iter(kind.one_of))


def as_json(node: Node | None) -> object:
    """Return a tree as an editor sees it: plain scalars are numbers and words of YAML 1.2."""
    match node:
        case Mapping(entries=entries):
            return {entry.key: as_json(entry.value) for entry in entries}
        case Sequence(items=items):
            return [as_json(item) for item in items]
        case Scalar(text="true" | "false" as text):
            return text == "true"
        case Scalar(text="" | "null" | "~") | None:
            return None
        case Scalar(text=text):
            return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text
