"""A lost lock, from packages that were made under it: what their notes say of themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deckbuild.identity import note_type_id
from deckbuild.lock.entries import (
    DeckEntry,
    KindEntry,
    LearnedPart,
    Lock,
    NoteEntry,
    QuestionEntry,
    SectionEntry,
    home_of,
    name_of,
)
from deckbuild.lock.kinds import look_digest, schema_digest
from deckbuild.lock.merge import merged
from deckbuild.lock.parts import shortened
from deckbuild.markup.text import slug
from deckbuild.numbering import HUES
from deckbuild.plain import Kind
from deckbuild.unpack import learned, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckbuild.lock.entries import Entry
    from deckbuild.package import Note, NoteType, Package

_PROMPTS = ("Question", "Text", "Header")


@dataclass(frozen=True, slots=True)
class _Found:
    """A note of the project's, read from a package."""

    note: Note
    kind: Kind
    fields: Mapping[str, str]
    """As plain words, by name."""
    html: Mapping[str, str]

    @property
    def key(self) -> str:
        return self.fields["Id"]

    @property
    def made(self) -> tuple[str, ...]:
        """The id that its prompt gives: the one to recognize it by, if its author wrote none."""
        prompt = next((self.fields[name] for name in _PROMPTS if self.fields.get(name)), "")
        return (slug(prompt),) if slug(prompt) else ()


def recover(namespace: str, packages: Iterable[Package]) -> Lock:
    """Return the lock of a project as far as packages tell. Digests are not known: they are empty."""
    entries: list[Entry] = []
    for package in packages:
        types = _types(namespace, package.note_types)
        found = [one for note in package.notes if (one := _read(note, types))]
        if found:
            entries += _deck(found)
            used = {one.kind for one in found}
            entries += (_kind(kind, t) for t, kind in types.values() if kind in used)
    return merged(namespace, entries)


def adopted(recovered: Lock, planned: Lock, same: frozenset[str]) -> Lock:
    """Return a recovered lock with what a plan over it says of the same notes.

    `same` are the GUIDs of notes that would be published now as they were then. The others keep no
    digest, so that the next publication stamps them.
    """
    times = {note.key: note.time for note in recovered.notes}
    keys = {entry.key for entry in recovered.entries()}
    notes = (
        replace(note, time=times[note.key], digests=note.digests if note.guid in same else {})
        for note in planned.notes
        if note.key in times
    )
    return Lock(
        recovered.namespace,
        recovered.kinds,
        tuple(deck for deck in planned.decks if deck.key in keys),
        tuple(section for section in planned.sections if section.key in keys),
        tuple(question for question in planned.questions if question.key in keys),
        tuple(notes),
    )


def _types(namespace: str, note_types: Iterable[NoteType]) -> dict[int, tuple[NoteType, Kind]]:
    kinds = {note_type_id(namespace, kind): kind for kind in Kind}
    return {t.id: (t, kinds[t.id]) for t in note_types if t.id in kinds}


def _read(note: Note, types: Mapping[int, tuple[NoteType, Kind]]) -> _Found | None:
    if note.note_type not in types:
        return None
    note_type, kind = types[note.note_type]
    names = (field.name for field in note_type.fields)
    html = dict(zip(names, note.fields, strict=False))
    fields = {name: plain_words(value) for name, value in html.items()}
    return _Found(note, kind, fields, html) if fields.get("Id", "").count("/") in {1, 2} else None


def _kind(kind: Kind, note_type: NoteType) -> KindEntry:
    schema, look = schema_digest(note_type), look_digest(note_type)
    return KindEntry(kind, note_type.id, schema, look, max(note_type.modified, 1))


# The entries of one deck ------------------------------------------------------------------------


def _deck(found: list[_Found]) -> Iterator[Entry]:
    key = _deck_key(found)
    newest = max(one.note.modified for one in found)
    yield DeckEntry(key, key, key, _title(found), newest)
    yield from _sections(key, found)
    by_question: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        by_question[home_of(one.key)].append(one)
        yield _note(one)
    for name, notes in by_question.items():
        yield _question(key, name, notes)


def _deck_key(found: list[_Found]) -> str:
    """Return the deck that most notes say they are of: by their Ids, and by the tags of their places."""
    names = (
        one.key.partition("/")[0] for one in found if _section(one, one.key.partition("/")[0]) is not None
    )
    return Counter(names).most_common(1)[0][0] if found else ""


def _section(one: _Found, deck: str) -> str | None:
    """Return the key of a note's section within its deck, if its tags say so."""
    for tag in one.note.tags:
        head, _, rest = tag.partition("::")
        if head == deck and bool(rest) == bool(one.fields.get("Section")):
            return rest
    return None


def _title(found: list[_Found]) -> str:
    names: Counter[str] = Counter()
    for one in found:
        section = one.fields.get("Section", "").replace("::", ":")
        names[one.note.deck.removesuffix(f"::{section}") if section else one.note.deck] += 1
    return names.most_common(1)[0][0]


def _sections(deck: str, found: list[_Found]) -> Iterator[SectionEntry]:
    members: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        members[_section(one, deck) or ""].append(one)
    for name, notes in members.items():
        time = min(one.note.modified for one in notes)
        title = notes[0].fields.get("Section", "")
        yield SectionEntry(f"{deck}/{name}", name, _section_number(notes), title, time, time)


def _section_number(notes: list[_Found]) -> int:
    """Return the number that most of its questions begin with, if its hue agrees, else the hue's."""
    hue = HUES.index(notes[0].fields["Hue"]) if notes[0].fields.get("Hue") in HUES else 0
    heads = Counter(
        one.fields.get("Number", "").partition(".")[0] for one in notes if "." in one.fields["Number"]
    )
    for head, _ in heads.most_common():
        if head.isdigit() and (int(head) - 1) % len(HUES) == hue:
            return int(head)
    return hue + 1


def _question(deck: str, key: str, notes: list[_Found]) -> QuestionEntry:
    main = next((one for one in notes if not name_of(one.key)), None)
    time = max(one.note.modified for one in notes)
    since = min(one.note.modified for one in notes)
    section = _section(notes[0], deck) or ""
    made = main.made if main else ()
    number = notes[0].fields.get("Number", "")
    return QuestionEntry(key, deck, key.partition("/")[2], number, section, "", "", since, time, made)


def _note(one: _Found) -> NoteEntry:
    time = max(one.note.modified, 1)
    parts = tuple(LearnedPart(o, shortened(words), time) for o, words in _words(one).items())
    name = name_of(one.key)
    made = one.made if name else ()
    return NoteEntry(one.key, home_of(one.key), name, one.kind, one.note.guid, {}, time, time, parts, made)


def _words(one: _Found) -> dict[int, str]:
    match one.kind:
        case Kind.BASIC:
            return learned(one.html) or {0: "forward"}
        case Kind.CLOZE | Kind.STEPS | Kind.OCCLUSION:
            return {o: " ".join(words.split()) for o, words in learned(one.html).items()}
        case _:
            return {}
