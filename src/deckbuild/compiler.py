"""From source texts to checked decks: read, check, fetch media, look up what was published."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deckbuild.check import check_deck
from deckbuild.check.languages import check_languages
from deckbuild.check.overrides import check_templates
from deckbuild.check.settings import check_settings
from deckbuild.diagnostic import Code, Diagnostic, Label, Severity, error, has_errors
from deckbuild.formats.read import read_deck
from deckbuild.lock.entries import Lock
from deckbuild.lock.offer import Offer
from deckbuild.lock.plan import plan
from deckbuild.publishing import READ_ONLY, note_types_of, open_lock, stamps_of
from deckbuild.references import media_of
from deckbuild.selection import published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from deckbuild.ledger import Ledger
    from deckbuild.media import Media
    from deckbuild.model import Deck
    from deckbuild.project import DeckFiles, Project
    from deckbuild.publishing import Publishing


@dataclass(frozen=True, slots=True)
class Compiled:
    """A deck without errors, drafts taken out, with all that targets need to know of it."""

    deck: Deck
    media: Mapping[str, Media] = field(repr=False)
    ledger: Ledger = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sources say: the decks without errors, and everything noticed in all of them."""

    offers: tuple[Offer, ...]
    broken: frozenset[str]
    """Ids and file names of the decks with errors."""
    diagnostics: tuple[Diagnostic, ...]

    def without(self, decks: Iterable[str]) -> Reading:
        """Return what is left when some decks, by their ids, turn out to have errors."""
        failed = frozenset(decks)
        offers = tuple(offer for offer in self.offers if offer.deck.id not in failed)
        return replace(self, offers=offers, broken=self.broken | failed)


@dataclass(frozen=True, slots=True)
class Compilation:
    """The decks of a project, and its lock before and after they are published."""

    decks: tuple[Compiled, ...]
    diagnostics: tuple[Diagnostic, ...]
    old: Lock = field(default_factory=Lock, repr=False)
    new: Lock | None = field(default=None, repr=False)
    """None where the lock cannot be used: then nothing is built, and nothing written over it."""


def compile_decks(project: Project) -> tuple[tuple[Compiled, ...], tuple[Diagnostic, ...]]:
    """Return the decks of a project that have no errors, and everything noticed in all of them."""
    reading = read_decks(project)
    compilation = compile_reading(project, reading, READ_ONLY)
    return compilation.decks, (*reading.diagnostics, *compilation.diagnostics)


def read_decks(project: Project) -> Reading:
    """Read and check the decks of a project and fetch their media."""
    offers: list[Offer] = []
    found = list(check_templates(project.templates))
    broken = set(project.unread)
    by_id: dict[str, Deck] = {}
    for files in project.decks:
        offer, problems = _read(project, files)
        found += problems
        if offer is None:
            broken.add(files.stem)
            continue
        earlier = by_id.setdefault(offer.deck.id, offer.deck)
        if earlier is not offer.deck:
            found.append(_same_id(earlier, offer.deck))
            broken.add(files.stem)
        elif has_errors(problems) or files.stem in project.unread:
            broken |= {files.stem, offer.deck.id}
        else:
            offers.append(offer)
    sound = [offer.deck for offer in offers]
    found += check_languages(sound, project.words)
    if project.settings:
        found += check_settings(project.settings, project.config, sound, broken)
    return Reading(tuple(offers), frozenset(broken), tuple(found))


def compile_reading(project: Project, reading: Reading, run: Publishing) -> Compilation:
    """Return the decks that were read with what was published of them, and what is found about that."""
    old, found = open_lock(project, run)
    if old is None:
        return Compilation((), found)
    stamps, untimely = stamps_of(old, run)
    if untimely:
        return Compilation((), untimely)
    note_types, unmade = note_types_of(project, reading.offers)
    planned = plan(old, project.config.namespace, reading.offers, note_types, stamps, reading.broken)
    guesses = (_as_error(d) if run.locked else d for d in planned.diagnostics)
    noticed = (*unmade, *guesses)
    if any(d.code is Code.NOTE_TYPE_FORK for d in noticed):
        return Compilation((), noticed)
    decks = tuple(
        Compiled(planned.decks[offer.deck.id], offer.media, planned.ledgers[offer.deck.id])
        for offer in reading.offers
        if offer.deck.id in planned.ledgers
    )
    return Compilation(decks, noticed, old, planned.lock)


def _as_error(diagnostic: Diagnostic) -> Diagnostic:
    is_guess = diagnostic.code is Code.IDENTITY_GUESS
    return replace(diagnostic, severity=Severity.ERROR) if is_guess else diagnostic


def _read(project: Project, files: DeckFiles) -> tuple[Offer | None, Iterable[Diagnostic]]:
    deck, problems = read_deck(files.stem, files.head, files.parts, lang=project.config.lang)
    if deck is None:
        return None, problems
    media, missing = project.load_media(media_of(deck))
    # What a rule finds in a place that could not be read follows from that.
    told = {label.span for problem in problems for label in problem.labels[:1]}
    noticed = (d for d in check_deck(deck) if told.isdisjoint(label.span for label in d.labels[:1]))
    return Offer(published(deck), files.stem, media), (*problems, *noticed, *missing)


def _same_id(first: Deck, second: Deck) -> Diagnostic:
    return error(
        Code.DUPLICATE_ID,
        f"two decks have the id `{second.id}`",
        Label(second.at.span(0, 1), "the second"),
        Label(first.at.span(0, 1), "the first"),
        help="give one of them an `id` of its own",
    )
