"""The preset of a package: options of the deck that suit how it is made, and the days there are."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from deckbuild.identity import note_type_id
from deckbuild.package import Preset
from deckbuild.studyplan import days_of_rest

if TYPE_CHECKING:
    from deckbuild.targets.base import Job

_NEW_A_DAY, _RETENTION = 20, 0.9
"""Anki's own defaults."""


def preset(job: Job, cards: int) -> Preset | None:
    """Return the preset of a package with that many cards; None if the settings ask for none."""
    options = job.options.anki.preset
    if options.days is None and options.retention is None:
        return None
    new_days = max(1, options.days - days_of_rest(options.days)) if options.days else 0
    return Preset(
        # Ids of presets are made as those of note types are, and never meet them.
        int(note_type_id(job.namespace, f"preset {job.stem}")),
        f"{job.ledger.deck.title} (deckbuild)",
        ceil(cards / new_days) if new_days else _NEW_A_DAY,
        options.retention or _RETENTION,
    )
