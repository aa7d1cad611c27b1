"""The `anki` target: a deck as an Anki package, one note for everything there is to learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.media import Media
from deckbuild.package import AnkiDeck, Note, Package
from deckbuild.plain import Kind, items
from deckbuild.references import media_of
from deckbuild.targets.anki.description import description
from deckbuild.targets.anki.fields import fields_of
from deckbuild.targets.anki.names import deck_name, media_name, tags
from deckbuild.targets.anki.note_types import note_types
from deckbuild.targets.anki.order import places
from deckbuild.targets.anki.polite import polite_update
from deckbuild.targets.anki.preset import preset
from deckbuild.targets.anki.schema import SCHEMAS
from deckbuild.targets.anki.text import Html
from deckbuild.targets.base import AnkiFile, TextFile

if TYPE_CHECKING:
    from deckbuild.identity import NoteTypeId
    from deckbuild.plain import LearningItem
    from deckbuild.targets.base import Job, Rendered, Services

_USER_STYLE = "_deckbuild-user.css"


def render(job: Job, services: Services) -> Rendered:
    """Return the package of a deck, and its polite update if asked for."""
    package = _package(job, services)
    made = AnkiFile(f"{job.stem}.apkg", package)
    if not job.options.anki.text:
        return (made,), ()
    return (made, TextFile(f"{job.stem}.txt", polite_update(package))), ()


def _package(job: Job, services: Services) -> Package:
    learned = tuple(items(job.deck))
    kinds = [kind for kind in Kind if any(item.kind is kind for item in learned)]
    types = note_types(job, services, kinds)
    queue = places(job.deck, job.options.anki.order)
    ids = {kind: note_type.id for kind, note_type in zip(kinds, types, strict=True)}
    pages = {cloze: Html(job, cloze=cloze) for cloze in (False, True)}
    notes = tuple(
        _note(job, item, ids[item.kind], queue[item.ref], pages[SCHEMAS[item.kind].cloze]) for item in learned
    )
    cards = sum(len(note.ordinals) for note in notes)
    media = tuple(sorted(_media(job, services).items()))
    return Package(_decks(job, notes, cards), types, notes, media, preset(job, cards))


def _note(job: Job, item: LearningItem, note_type: NoteTypeId, due: tuple[int, ...], html: Html) -> Note:
    published = job.ledger.notes[item.ref]
    return Note(
        published.guid,
        note_type,
        deck_name(job.ledger, item.section, subdecks=job.options.anki.subdecks),
        fields_of(job, item, html),
        tags(job.ledger, job.deck, item),
        published.modified,
        published.ordinals,
        due,
    )


def _media(job: Job, services: Services) -> dict[str, Media]:
    """Return the media of the deck by their names in the collection, and the learner's style sheet.

    Anki never replaces a file whose name begins with an underscore: what the learner writes into
    that style sheet stays.
    """
    found = {media_name(job.media[path]): job.media[path] for path in media_of(job.deck) if path in job.media}
    own = services.templates.text(f"anki/{_USER_STYLE}")
    return {**found, _USER_STYLE: Media(_USER_STYLE, own.encode(), "text/css")}


def _decks(job: Job, notes: tuple[Note, ...], cards: int) -> tuple[AnkiDeck, ...]:
    """Return the deck with its description, and the sub-decks in use."""
    text = description(job, cards)
    title = job.ledger.deck.title
    names = dict.fromkeys(note.deck for note in notes if note.deck != title)
    return (AnkiDeck(title, text), *(AnkiDeck(name) for name in names))
