"""Note types: the frozen schema with the look that the templates give it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from deckbuild.identity import note_type_id
from deckbuild.ledger import FIRST_TIME
from deckbuild.model import Direction
from deckbuild.package import CardTemplate, NoteType
from deckbuild.targets.anki.fields import MOST_POINTS
from deckbuild.targets.anki.schema import SCHEMAS
from deckbuild.targets.anki.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.plain import Kind
    from deckbuild.targets.anki.schema import Template
    from deckbuild.targets.anki.words import Language
    from deckbuild.targets.base import Job, Services
    from deckbuild.templates import Templates


@dataclass(frozen=True, slots=True)
class CardContext:
    """What `anki/<kind>/*.html` get. All else is in the fields of the note, as `{{Field}}`."""

    kind: Kind
    side: Literal["front", "back"]
    speech: Markup
    """What Anki reads aloud on this side, as its template; empty unless `[anki] tts` is set."""


@dataclass(frozen=True, slots=True)
class StyleContext:
    """What `anki/style.css` gets."""

    languages: tuple[Language, ...]
    """The words by language; the first holds where no other fits."""
    most_points: int
    """The largest number of key points that a grade is worked out for."""


def note_types(job: Job, services: Services, kinds: Iterable[Kind]) -> tuple[NoteType, ...]:
    """Return the note types of the given kinds.

    They are equal for all decks of a project, but for the writing direction in the editor.
    """
    languages = tuple(language(strings) for strings in services.languages or (job.strings,))
    css = services.templates.render("anki/style.css", StyleContext(languages, MOST_POINTS))
    return tuple(_note_type(job, services.templates, kind, css) for kind in kinds)


def _note_type(job: Job, templates: Templates, kind: Kind, css: str) -> NoteType:
    schema = SCHEMAS[kind]
    rtl = job.deck.direction is Direction.RTL
    return NoteType(
        note_type_id(job.namespace, kind),
        f"deckbuild {kind} · {job.namespace}" if job.namespace else f"deckbuild {kind}",
        tuple(replace(field, rtl=rtl) for field in schema.fields),
        tuple(_card_template(templates, kind, t, job.options.anki.tts) for t in schema.templates),
        css,
        job.ledger.note_types.get(kind, FIRST_TIME),
        schema.cloze,
        schema.original_stock_kind,
        schema.sort_field,
    )


def _card_template(templates: Templates, kind: Kind, template: Template, tts: str | None) -> CardTemplate:
    asked, told = _speech(template.speech, tts)
    front = templates.render(f"anki/{kind}/{template.front}.html", CardContext(kind, "front", asked))
    back = templates.render(f"anki/{kind}/{template.back}.html", CardContext(kind, "back", told))
    return CardTemplate(template.name, template.id, front, back)


def _speech(fields: tuple[str, str], tts: str | None) -> tuple[Markup, Markup]:
    """Return what front and back say. A back does not repeat the prompt; an empty field says nothing."""
    if tts is None:
        return Markup(), Markup()
    asked, told = (
        Markup("{{{{#{0}}}}}{{{{tts {1}:{2}}}}}{{{{/{0}}}}}").format(field.rpartition(":")[2], tts, field)
        if field
        else Markup()
        for field in fields
    )
    return asked, told
