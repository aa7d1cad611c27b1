"""Where the settings of a deck or an edition are written, for what turns out to be wrong only later."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Label
from deckbuild.source import Span
from deckbuild.toml_places import places_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.source import Source


@dataclass(frozen=True, slots=True)
class SettingPlaces:
    """The settings as a text, and the deck and edition that they are looked for."""

    source: Source | None = None
    deck: str = ""
    edition: str = ""
    """Empty for the whole deck."""

    def of(self, table: str, key: str) -> tuple[Label, ...]:
        """Return where a key is written, by whoever has the last word; nothing if it is nowhere."""
        if self.source is None:
            return ()
        places = places_of(self.source.text)
        written = ((*above, table, key) for above in self._tables(self.source.text))
        found = (places[path] for path in written if path in places)
        return tuple(Label(Span(self.source, place.start, place.end)) for place in found)[:1]

    def _tables(self, text: str) -> Iterator[tuple[str, ...]]:
        editions = tomllib.loads(text).get("edition", []) if self.edition else []
        names = [edition.get("name") for edition in editions]
        if self.edition in names:
            yield (f"edition#{names.index(self.edition)}",)
        yield ("deck", self.deck)
        yield ()
