"""From trees to a deck: one file that is a deck, or a head and its section files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, error
from deckbuild.formats import keys
from deckbuild.formats.lower.fields import open_mapping
from deckbuild.formats.lower.lowering import Lowering, Name, place
from deckbuild.formats.lower.names import dangling, repeated
from deckbuild.formats.lower.question import lower_question
from deckbuild.formats.values import identifier, language, line, one_of, word
from deckbuild.markup.text import slug
from deckbuild.model import Deck, Direction, Question, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.formats.lower.fields import Fields
    from deckbuild.formats.tree import Node
    from deckbuild.source import Origin, Source

_NUMBER_IN_FRONT = re.compile(r"\d+[\s._-]+")
_RTL_LANGUAGES = frozenset(
    (
        *("ar", "arc", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "lrc"),
        *("mzn", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"),
    )
)
_RTL_SCRIPTS = frozenset(["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"])
_SCRIPT = 4
"""Letters of a script's tag."""


@dataclass(frozen=True, slots=True)
class Part:
    """A source and the tree it was read to; `partial` if not all of it could be read."""

    source: Source
    tree: Node | None
    partial: bool = False


def lower_deck(part: Part, stem: str, *, lang: str = "en") -> tuple[Deck | None, tuple[Diagnostic, ...]]:
    """Return the deck that a file is. `stem` names it and `lang` is its language unless it says otherwise."""
    lowering = Lowering(part.source.folder, part.partial)
    fields = open_mapping(part.tree, keys.DECK, lowering) if part.tree else None
    if fields is None:
        return None, tuple(lowering.found)
    sections = _lower_sections(fields)
    deck = _lower_head(fields, stem, lang, sections)
    return deck, _findings((lowering,), deck)


def lower_folder(
    head: Part | None, parts: Sequence[Part], stem: str, *, lang: str = "en"
) -> tuple[Deck | None, tuple[Diagnostic, ...]]:
    """Return the deck that a folder is: its head and, in the order of `parts`, its sections."""
    lowerings = [Lowering(part.source.folder, part.partial) for part in parts]
    named = [_lower_section_file(part, low) for part, low in zip(parts, lowerings, strict=True)]
    sections = tuple(section for section, _ in named if section)
    first = Lowering(head.source.folder, head.partial) if head else Lowering("")
    first.report(*repeated((name for _, name in named if name), "sections"))
    fields = open_mapping(head.tree, keys.HEAD, first) if head and head.tree else None
    deck = _lower_head(fields, stem, lang, sections) if fields else None
    first.partial = first.partial or any(part.tree is None for part in parts)
    return deck, _findings((first, *lowerings), deck)


def _findings(lowerings: Sequence[Lowering], deck: Deck | None) -> tuple[Diagnostic, ...]:
    """Return all findings, with those that only the whole deck shows."""
    names = [name for low in lowerings for name in low.questions]
    guids = (name for low in lowerings for name in low.guids)
    across = [*repeated(names, "questions"), *repeated(guids, "questions", "guid")]
    if not any(low.partial for low in lowerings):
        references = (reference for low in lowerings for reference in low.references)
        across += dangling(references, (name.text for name in names))
        if deck and not any(low.faults for low in lowerings):
            across += _empty(deck)
    return (*(found for low in lowerings for found in low.found), *across)


def _empty(deck: Deck) -> Iterator[Diagnostic]:
    # Built as it is, it would replace a deck whose questions were lost by one that retires them all.
    if not any(section.questions for section in deck.sections):
        help_text = "write the first one; what is not to be read yet gets a name that begins with `_`"
        yield error(Code.DECK_EMPTY, f"the deck `{deck.id}` has no question", deck.at.span(), help=help_text)


# Decks ------------------------------------------------------------------------------------------


def _lower_head(fields: Fields, stem: str, lang: str, sections: tuple[Section, ...]) -> Deck | None:
    deck_id, at = _identity(fields, slug(stem), "the file's name")
    own_lang = fields.value("lang", language) or lang
    deck = Deck(
        id=deck_id,
        title=fields.line("title") or _title(deck_id),
        sections=sections,
        at=at,
        description=fields.text("description"),
        version=fields.line("version"),
        lang=own_lang,
        direction=fields.value("direction", one_of(Direction)) or direction_of(own_lang),
        tags=fields.words("tags", word),
        authors=fields.words("authors", line),
        license=fields.line("license"),
    )
    return deck if deck_id else None


def direction_of(lang: str) -> Direction:
    """Return the direction a language is written in; its script, if named, has the last word."""
    first, *others = lang.lower().split("-")
    script = next((tag for tag in others if len(tag) == _SCRIPT and tag.isalpha()), None)
    rtl = script in _RTL_SCRIPTS if script else first in _RTL_LANGUAGES
    return Direction.RTL if rtl else Direction.LTR


# Sections ---------------------------------------------------------------------------------------


def _lower_sections(fields: Fields) -> tuple[Section, ...]:
    """Return the sections of a deck; without any, one that has neither id nor title."""
    loose = Section("", "", _lower_questions(fields), fields.node.origin)
    if "sections" not in fields:
        return (loose,)
    named = [_lower_section(node, fields.lowering) for node in fields.items("sections")]
    fields.lowering.report(*repeated((name for _, name in named if name), "sections"))
    sections = tuple(section for section, _ in named if section)
    # Questions beside sections are an error; what else is wrong with them is said in the same run.
    return (*sections, loose) if loose.questions else sections


def _lower_section(node: Node, lowering: Lowering) -> tuple[Section | None, Name | None]:
    fields = open_mapping(node, keys.SECTION, lowering)
    return _section_of(fields, "") if fields else (None, None)


def _lower_section_file(part: Part, lowering: Lowering) -> tuple[Section | None, Name | None]:
    """Return the section that a file of a folder deck is, named after the file."""
    fields = open_mapping(part.tree, keys.SECTION, lowering) if part.tree else None
    stem = part.source.name.rpartition("/")[2].rpartition(".")[0]
    return _section_of(fields, _NUMBER_IN_FRONT.sub("", stem, 1) or stem) if fields else (None, None)


def _section_of(fields: Fields, stem: str) -> tuple[Section | None, Name | None]:
    title = fields.line("title")
    section_id, at = _identity(fields, slug(stem or title), "its title")
    tags = fields.words("tags", word)
    questions = _lower_questions(fields)
    name = Name(section_id, at, written="id" in fields) if section_id else None
    return Section(section_id, title or _title(section_id), questions, at, tags), name


def _lower_questions(fields: Fields) -> tuple[Question, ...]:
    lowered = (lower_question(node, fields.lowering) for node in fields.items("questions"))
    return tuple(question for question in lowered if question)


def _identity(fields: Fields, made: str, maker: str) -> tuple[str, Origin]:
    """Return the id of a deck or section, and where it, or what stands for it, stands."""
    if "id" in fields:
        return fields.value("id", identifier) or made, fields.origin("id")
    at = fields.origin("title") if "title" in fields else fields.node.origin
    if not made:
        help_text = "add `id: …`" if "title" in fields else "add `title: …`"
        message = f"{fields.kind.name} needs an id: there is none, and none can be made from {maker}"
        fields.lowering.error(Code.MISSING_KEY, message, place(fields.node), help=help_text)
    return made, at


def _title(name: str) -> str:
    """Return what an id says, as a title."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]
