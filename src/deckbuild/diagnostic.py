"""Diagnostics: what is wrong, where, and what to write instead. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckbuild.source import Span


class Severity(IntEnum):
    """How bad it is: an error keeps the deck from being built, a warning does not."""

    ERROR = 0
    WARNING = 1


class Code(StrEnum):
    """Every diagnostic code. A code never changes its meaning; a retired one is not reused."""

    # Files and settings
    FILE_UNREADABLE = "file-unreadable"
    FILE_ENCODING = "file-encoding"
    PROJECT_EMPTY = "project-empty"
    CONFIG_SYNTAX = "config-syntax"
    CONFIG_KEY = "config-key"
    CONFIG_VALUE = "config-value"
    TEMPLATE_SYNTAX = "template-syntax"
    TEMPLATE_FAILED = "template-failed"
    TEMPLATE_UNKNOWN = "template-unknown"
    STRINGS_INVALID = "strings-invalid"
    STRINGS_MISSING = "strings-missing"
    STRINGS_UNKNOWN = "strings-unknown"
    # YAML, Markdown and CSV as syntax
    YAML_SYNTAX = "yaml-syntax"
    YAML_DUPLICATE_KEY = "yaml-duplicate-key"
    YAML_FEATURE = "yaml-feature"
    YAML_TRAP = "yaml-trap"
    CONTROL_CHARACTER = "control-character"
    MARKDOWN_STRUCTURE = "markdown-structure"
    MARKDOWN_ATTRIBUTE = "markdown-attribute"
    CSV_SYNTAX = "csv-syntax"
    # The model
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_TYPE = "wrong-type"
    INVALID_VALUE = "invalid-value"
    DECK_EMPTY = "deck-empty"
    DUPLICATE_ID = "duplicate-id"
    UNKNOWN_REFERENCE = "unknown-reference"
    CARD_INVALID = "card-invalid"
    NOT_CONVERTIBLE = "not-convertible"
    # Text
    CLOZE_SYNTAX = "cloze-syntax"
    RAW_HTML = "raw-html"
    TEXT_LOST = "text-lost"
    HEADING_LEVEL = "heading-level"
    MATH_INVALID = "math-invalid"
    LINK_UNSAFE = "link-unsafe"
    MARKUP_DEPTH = "markup-depth"
    # Media
    MEDIA_MISSING = "media-missing"
    MEDIA_OUTSIDE = "media-outside"
    MEDIA_REMOTE = "media-remote"
    MEDIA_INVALID = "media-invalid"
    MEDIA_ALT = "media-alt"
    # Good cards
    ANSWER_LONG = "answer-long"
    SHORT_LONG = "short-long"
    SAME_PROMPT = "same-prompt"
    CLOZE_CONTEXT = "cloze-context"
    CHOICE_LENGTH = "choice-length"
    CARD_YES_NO = "card-yes-no"
    # Targets
    TARGET_UNAVAILABLE = "target-unavailable"
    PRINT_PROBLEM = "print-problem"
    GLYPH_MISSING = "glyph-missing"
    OVERFLOW = "overflow"
    DROPPED = "dropped"
    BLUEPRINT_SHORT = "blueprint-short"
    SHEET_FIT = "sheet-fit"
    # The folder of the outputs
    OUTPUT_TAKEN = "output-taken"
    OUTPUT_UNWRITABLE = "output-unwritable"
    # Selection
    SELECTION_EMPTY = "selection-empty"
    # What learners have
    LOCK_INVALID = "lock-invalid"
    LOCK_LOST = "lock-lost"
    LOCK_STALE = "lock-stale"
    LOCK_NAMESPACE = "lock-namespace"
    LOCK_TIME = "lock-time"
    IDENTITY_GUESS = "identity-guess"
    IDENTITY_LOST = "identity-lost"
    IDENTITY_CLASH = "identity-clash"
    NOTE_TYPE_FORK = "note-type-fork"


@dataclass(frozen=True, slots=True)
class Label:
    """A span with a few words that stand beside its carets."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. The first label is the place that is reported, further ones explain."""

    code: Code
    message: str
    labels: tuple[Label, ...] = ()
    help: str = ""
    severity: Severity = Severity.ERROR
    file: str = ""
    """The file it is about where there is no span (an unreadable file, say)."""

    @property
    def name(self) -> str:
        """Return the name of the file it is about, or an empty text."""
        return self.labels[0].span.source.name if self.labels else self.file


def error(code: Code, message: str, *at: Span | Label, help: str = "") -> Diagnostic:  # noqa: A002 - the word users read
    """Return an error at the given places, the first being where it is reported."""
    return Diagnostic(code, message, _labels(at), help)


def warning(code: Code, message: str, *at: Span | Label, help: str = "") -> Diagnostic:  # noqa: A002 - the word users read
    """Return a warning at the given places, the first being where it is reported."""
    return Diagnostic(code, message, _labels(at), help, Severity.WARNING)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return them without repetitions, by file, place, severity and text."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_order))


def _labels(at: tuple[Span | Label, ...]) -> tuple[Label, ...]:
    return tuple(place if isinstance(place, Label) else Label(place) for place in at)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    start = diagnostic.labels[0].span.start if diagnostic.labels else -1
    return (diagnostic.name, start, diagnostic.severity, diagnostic.code, diagnostic.message)
