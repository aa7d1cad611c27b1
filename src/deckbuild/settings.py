"""Reading `deckbuild.toml` into a `Config`; whatever does not fit is a diagnostic with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from deckbuild.config import (
    TARGET_NAMES,
    Config,
    Edition,
    Options,
    PrinterOptions,
    Selection,
    TargetName,
    Written,
)
from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.source import Source, Span
from deckbuild.toml_places import Place, places_of, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.config import Between

FILE = "deckbuild.toml"
_TOP: dict[str, Any] = {
    "namespace": str,
    "decks": str,
    "out": str,
    "templates": str,
    "lang": str,
    "targets": tuple[TargetName, ...],
    "strict": bool,
    "lock": Literal["build", "release"],
}
_UNIONS = (UnionType, Union)
"""`int | None` is the one, `Literal[1, 2] | None` the other."""
_OPTION_TABLES = tuple(f.name for f in fields(Options))
_T = TypeVar("_T")


@dataclass
class _Reader:
    """The file being read and what was found wrong with it."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list)

    def report(self, code: Code, message: str, path: tuple[str, ...], help: str = "") -> None:  # noqa: A002 - as in `error`
        self.found.append(error(code, message, place_of(self.source, path), help=help))

    def unknown(self, path: tuple[str, ...], known: Iterable[str]) -> None:
        names = sorted(known)
        near = difflib.get_close_matches(path[-1], names, 1)
        where = f" in `[{'.'.join(path[:-1]).partition('#')[0]}]`" if path[:-1] else ""
        homes = [name for name in _OPTION_TABLES if path[-1] in _keys_of(name)]
        hint = f"did you mean `{near[0]}`?" if near else f"the keys are {_listed(names)}"
        if homes and not near:
            above = [part.partition("#")[0] for part in path[:-1]]
            tables = [f"`[{'.'.join((*above, name))}]`" for name in homes]
            hint = f"it belongs to {_listed(tables, 'or')}"
        self.report(Code.CONFIG_KEY, f"unknown key `{path[-1]}`{where}", path, hint)

    def value(self, kind: Any, value: object, path: tuple[str, ...]) -> object:
        """Return the value if it fits the type, else report it and return None."""
        converted = _fit(kind, value)
        if converted is not _MISFIT:
            return converted
        args = get_args(kind)
        if get_origin(kind) is Mapping and isinstance(value, dict):
            for key, item in value.items():
                self.value(args[1], item, (*path, key))
        elif Ellipsis in args and isinstance(value, list):
            for number, item in enumerate(value):
                if _fit(args[0], item) is _MISFIT:
                    words = f"`{path[-1]}` should hold {_expected(args[0])}"
                    self._misfit(kind, item, words, (*path[:-1], f"{path[-1]}#{number}"))
        else:
            self._misfit(kind, value, f"`{path[-1]}` should be {_expected(kind)}", path)
        return None

    def _misfit(self, kind: Any, value: object, words: str, path: tuple[str, ...]) -> None:
        key = path[-1].partition("#")[0]
        near = difflib.get_close_matches(value, _words(kind), 1) if isinstance(value, str) else []
        help_text = f"did you mean `{near[0]}`?" if near else _example(key, kind)
        place = value_of(self.source, path)
        self.found.append(error(Code.CONFIG_VALUE, f"{words}, not {_shown(value)}", place, help=help_text))

    def table(self, data: object, path: tuple[str, ...]) -> Mapping[str, object]:
        if isinstance(data, dict):
            return data
        self.report(Code.CONFIG_VALUE, f"`{path[-1]}` should be a table", path, f"write `[{'.'.join(path)}]`")
        return {}

    def options(self, base: _T, data: Mapping[str, object], path: tuple[str, ...]) -> _T:
        """Return a dataclass of options with the keys of a table laid over it, tables inside too."""
        hints = get_type_hints(type(base), include_extras=True)
        names = {name.replace("_", "-"): name for name in hints}
        changed: dict[str, object] = {}
        for key, value in data.items():
            name = names.get(key, key if key in hints else "")
            if not name:
                self.unknown((*path, key), names)
            elif is_dataclass(hints[name]):
                inner = self.table(value, (*path, key))
                changed[name] = self.options(getattr(base, name), inner, (*path, key))
            elif (fitted := self.value(hints[name], value, (*path, key))) is not None:
                changed[name] = fitted
        return cast("_T", replace(cast("Any", base), **changed))


def parse_config(source: Source) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Return the settings of a project; what is wrong is left at its default and reported."""
    data = read_toml(Code.CONFIG_SYNTAX, source)
    if isinstance(data, Diagnostic):
        return Config(is_whole=False), (data,)
    reader = _Reader(source)
    top = {
        key: fitted
        for key, kind in _TOP.items()
        if key in data and (fitted := reader.value(kind, data[key], (key,))) is not None
    }
    known = (*_TOP, *_OPTION_TABLES, "deck", "edition", "printer")
    for key in sorted(data.keys() - set(known)):
        reader.unknown((key,), known)
    options = reader.options(Options(), {k: data[k] for k in _OPTION_TABLES if k in data}, ())
    decks = {
        name: reader.options(options, reader.table(table, ("deck", name)), ("deck", name))
        for name, table in reader.table(data.get("deck", {}), ("deck",)).items()
    }
    for path, table in _overriding(data):
        if isinstance(anki := table.get("anki"), dict) and "tts" in anki:
            message = "`tts` is for the whole project: its decks share their note types"
            reader.report(Code.CONFIG_VALUE, message, (*path, "anki", "tts"), "write it in `[anki]`")
    printers = {
        name: reader.options(PrinterOptions(), reader.table(table, ("printer", name)), ("printer", name))
        for name, table in reader.table(data.get("printer", {}), ("printer",)).items()
    }
    editions = _editions(reader, data, options)
    config = Config(
        **cast("Any", top),
        options=options,
        deck=decks,
        editions=editions,
        printers=printers,
        is_whole=not reader.found,
    )
    return config, tuple(reader.found)


def _overriding(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield the tables in which options stand for one deck or one edition, each with its path."""
    decks, editions = data.get("deck"), data.get("edition")
    if isinstance(decks, dict):
        yield from ((("deck", name), table) for name, table in decks.items() if isinstance(table, dict))
    if isinstance(editions, list):
        tables = ((f"edition#{place}", table) for place, table in enumerate(editions))
        yield from (((name,), table) for name, table in tables if isinstance(table, dict))


def lay_over(options: Options, overrides: Mapping[str, object]) -> Options:
    """Return options with the tables of an edition laid over them; they were checked when read."""
    return _Reader(Source(FILE, "")).options(options, overrides, ())


def _editions(reader: _Reader, data: Mapping[str, object], options: Options) -> tuple[Edition, ...]:
    tables = data.get("edition", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        reader.report(
            Code.CONFIG_VALUE, "`edition` should be a list of tables", ("edition",), "write `[[edition]]`"
        )
        return ()
    editions: list[Edition] = []
    for place, table in enumerate(tables):
        path = (f"edition#{place}",)
        edition = _edition(reader, table, options, path)
        if edition and edition.name in {other.name for other in editions}:
            reader.report(Code.CONFIG_VALUE, f"two editions are named `{edition.name}`", (*path, "name"))
        elif edition:
            editions.append(edition)
    return tuple(editions)


def _edition(
    reader: _Reader, table: Mapping[str, object], options: Options, path: tuple[str, ...]
) -> Edition | None:
    selections = get_type_hints(Selection, include_extras=True)
    own = {"name", "decks", "targets", "together", *selections, *_OPTION_TABLES}
    for key in sorted(table.keys() - own):
        reader.unknown((*path, key), own)
    overrides = {k: table[k] for k in _OPTION_TABLES if k in table}
    reader.options(options, overrides, path)
    name = reader.value(str, table.get("name", ""), (*path, "name"))
    if not isinstance(name, str) or not re.fullmatch(r"[\w-]+", name):
        reader.report(
            Code.CONFIG_VALUE,
            "an edition needs a `name` of letters, digits and `-`",
            (*path, "name"),
            'write `name = "week-3"`: it becomes part of the file names',
        )
        return None
    listed = {
        key: reader.value(kind, table[key], (*path, key)) or ()
        for key, kind in {**selections, "decks": tuple[str, ...]}.items()
        if key in table
    }
    decks = cast("tuple[str, ...]", listed.pop("decks", ()))
    targets = reader.value(
        tuple[TargetName, ...], table.get("targets", list(TARGET_NAMES)), (*path, "targets")
    )
    chosen = cast("tuple[TargetName, ...]", targets or TARGET_NAMES)
    together = bool(reader.value(bool, table.get("together", False), (*path, "together")))
    return Edition(name, decks, Selection(**cast("Any", listed)), chosen, together, overrides)


def _keys_of(table: str) -> set[str]:
    """Return the keys that an option table has."""
    hints = get_type_hints(get_type_hints(Options)[table])
    return {name.replace("_", "-") for name in hints}


_MISFIT = object()


def _fit(kind: Any, value: object) -> object:
    """Return the value as the type wants it, or `_MISFIT`."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in _UNIONS:
        arms = (_fit(arm, value) for arm in args if arm is not NoneType)
        return next((v for v in arms if v is not _MISFIT), _MISFIT)
    if origin is Annotated:
        fitted = _fit(args[0], value)
        return fitted if fitted is not _MISFIT and _keeps(args[1], fitted) else _MISFIT
    if origin is Literal:
        return value if value in args and not isinstance(value, bool) else _MISFIT
    if origin is Mapping:
        entries = (
            {k: _fit(args[1], v) for k, v in value.items()} if isinstance(value, dict) else {"": _MISFIT}
        )
        return _MISFIT if _MISFIT in entries.values() else entries
    if origin is tuple:
        listed = value if isinstance(value, list) else [value]
        kinds = args if Ellipsis not in args else (args[0],) * len(listed)
        if len(kinds) != len(listed):
            return _MISFIT
        items = tuple(_fit(one, item) for one, item in zip(kinds, listed, strict=True))
        return _MISFIT if _MISFIT in items else items
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value if type(value) is kind else _MISFIT


def _keeps(rule: Written | Between, value: Any) -> bool:
    """Tell whether a value of the right type is also one that is meant."""
    if isinstance(rule, Written):
        return re.fullmatch(rule.pattern, value) is not None
    return bool(rule.least <= value <= rule.most)


def _expected(kind: Any) -> str:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        rule = args[1]
        if isinstance(rule, Written):
            return rule.words
        return f"{_expected(args[0])} from {rule.least:g} to {rule.most:g}"
    if origin in _UNIONS:
        return " or ".join(_expected(arm) for arm in args if arm is not NoneType)
    if origin is Literal:
        return _listed([_shown(arg) for arg in args], "or")
    if origin is Mapping:
        return f"a table with {_expected(args[1])} for each key"
    if origin is tuple and Ellipsis not in args:
        return f"a list of {_listed([_expected(arg) for arg in args])}"
    if origin is tuple:
        return f"a list of {_expected(args[0])}"
    return {str: "a text", bool: "true or false", int: "a whole number", float: "a number"}[kind]


def _example(key: str, kind: Any) -> str:
    origin, args = get_origin(kind), get_args(kind)
    if origin in _UNIONS:
        return _example(key, args[0])
    if origin is Annotated:
        rule = args[1]
        sample = _shown(rule.example) if isinstance(rule, Written) else f"{rule.least:g}"
        return f"write `{key} = {sample}`"
    if origin is Literal:
        return f"write `{key} = {_shown(args[0])}`"
    if origin is Mapping:
        return f"write `{key} = {{name = 3}}`"
    if origin is tuple and Ellipsis not in args:
        return f"write `{key} = [{', '.join('0.5' for _ in args)}]`"
    if origin is tuple:
        return _example(key, args[0]).replace("= ", "= [").removesuffix("`") + "]`"
    samples = {str: '"…"', bool: "true", int: "3", float: "2.5"}
    return f"write `{key} = {samples[kind]}`"


def _words(kind: Any) -> list[str]:
    """Return the words that a type allows, also inside a list or beside others."""
    if get_origin(kind) is Literal:
        return [word for word in get_args(kind) if isinstance(word, str)]
    return [word for arg in get_args(kind) for word in _words(arg)]


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case dict():
            return "a table"
        case list():
            return "a list with " + (_listed([_shown(v) for v in value[:3]]) or "nothing in it")
        case _:
            return str(value)


def _listed(names: Iterable[str], word: str = "and") -> str:
    *head, last = (*names,) or ("",)
    return f"{', '.join(head)} {word} {last}" if head else last


def place_of(source: Source, path: tuple[str, ...]) -> Span:
    """Return where a key stands; one that is missed stands for its table, at the top for the file."""
    place = _place(source, path)
    return Span(source, place.start, place.end)


def value_of(source: Source, path: tuple[str, ...], text: str = "") -> Span:
    """Return where a key's value stands, or a text within it; where the key itself does, if it has none."""
    place = _place(source, path)
    found = source.text.find(text, place.value, place.value_end) if text else -1
    if found >= 0:
        return Span(source, found, found + len(text))
    return Span(source, place.value, place.value_end)


def _place(source: Source, path: tuple[str, ...]) -> Place:
    places = places_of(source.text)
    known = (path[:length] for length in range(len(path), 0, -1))
    return next((places[name] for name in known if name in places), Place(0, 0, 0, 0))
