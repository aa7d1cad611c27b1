"""What a target gets and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from deckbuild.setting_places import SettingPlaces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckbuild.config import Options
    from deckbuild.diagnostic import Diagnostic
    from deckbuild.ledger import Ledger
    from deckbuild.media import Media
    from deckbuild.model import Deck
    from deckbuild.package import Package
    from deckbuild.strings import Strings
    from deckbuild.templates import Templates


@dataclass(frozen=True, slots=True)
class Job:
    """One deck to be made into one target's files."""

    deck: Deck
    """The deck, drafts and unselected questions taken out."""
    stem: str
    """The files' name before suffix: the deck's id, or `<deck>@<selection>`."""
    options: Options
    namespace: str
    ledger: Ledger
    strings: Strings
    media: Mapping[str, Media] = field(repr=False)
    """Every media file the deck refers to, by project path."""
    back_offset: tuple[float, float] = (0.0, 0.0)
    """How far the printer wants the backs of cards moved, to the right and down, in millimetres."""
    places: SettingPlaces = field(default=SettingPlaces(), repr=False)
    """Where the options are written."""


@dataclass(frozen=True, slots=True)
class HtmlFile:
    """An HTML file, complete."""

    name: str
    html: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF, as the HTML that the typesetter makes it from. Media are referred to as `media:<path>`."""

    name: str
    html: str = field(repr=False)
    media: tuple[Media, ...] = ()
    more: tuple[str, ...] = field(default=(), repr=False)
    """Documents whose pages follow. Each is typeset by itself: in little memory, and in its own process."""

    @property
    def parts(self) -> tuple[PdfFile, ...]:
        """Return the documents it is joined from."""
        return tuple(PdfFile(self.name, html, self.media) for html in (self.html, *self.more))


@dataclass(frozen=True, slots=True)
class AnkiFile:
    """An Anki package, as values."""

    name: str
    package: Package = field(repr=False)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of plain text, complete."""

    name: str
    text: str = field(repr=False)


Artifact = HtmlFile | PdfFile | AnkiFile | TextFile


@dataclass(frozen=True, slots=True)
class Box:
    """Where an element came to stand: from the top left of its fragment, in CSS pixels."""

    x: float
    y: float
    width: float
    height: float


class Typesetter(Protocol):
    """Lays out print HTML with the fonts that travel with the package. Pure but for its caches."""

    def measure(
        self, head: str, fragments: Sequence[str], media: Sequence[Media]
    ) -> tuple[Mapping[str, Box], ...]:
        """Return, for each fragment, the boxes of its elements with an id; `""` is all of it.

        `head` is the document up to and with its `<body>` tag; its page must be high enough for all
        fragments, one below the other. Ids are unique among the fragments.
        """
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """What targets may call on: templates, and the typesetter if this machine has one."""

    templates: Templates
    typesetter: Typesetter | None
    languages: tuple[Strings, ...] = ()
    """The words of every language there are words for, English first: for what decks share."""


Rendered = tuple[tuple[Artifact, ...], tuple["Diagnostic", ...]]
Render = Callable[[Job, Services], Rendered]
"""A target: the files of a deck, and what was noticed while making them."""
