"""Names that must be unique, and mentions that must lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, Label, error
from deckbuild.formats.wording import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckbuild.formats.lower.lowering import Name, Reference


def repeated(names: Iterable[Name], what: str, kind: str = "id") -> Iterator[Diagnostic]:
    """Report names that are given twice; `what` is the plural of what has them."""
    first: dict[str, Name] = {}
    for name in names:
        earlier = first.setdefault(name.text, name)
        if earlier is not name:
            yield _repetition(earlier, name, what, kind)


def dangling(references: Iterable[Reference], known: Iterable[str]) -> Iterator[Diagnostic]:
    """Report mentions of questions that the deck does not have."""
    ids = dict.fromkeys(known)
    for reference in references:
        if reference.target not in ids:
            message = f"no question of this deck has the id `{reference.target}`"
            meant = suggestion(reference.target, tuple(ids))
            help_text = meant or "write the id of a question, or delete the mention"
            yield error(Code.UNKNOWN_REFERENCE, message, reference.span(), help=help_text)


def _repetition(first: Name, again: Name, what: str, kind: str) -> Diagnostic:
    made = not (first.written and again.written)
    message = f"two {what} {'get' if made else 'have'} the {kind} `{again.text}`"
    labels = [
        Label(name.at.span(), _role(name, place)) for name, place in ((again, "again"), (first, "first"))
    ]
    help_text = f"give one of them {_written(kind, again)}" if made else "give one of them another"
    return error(Code.DUPLICATE_ID, message, *labels, help=help_text)


def _written(kind: str, name: Name) -> str:
    """Return how a name of a kind is written in the format of the source."""
    match name.at.span().source.name.rpartition(".")[2]:
        case "md":
            return f"an {kind}: `{{#{name.text}-2}}`"
        case "csv" | "tsv":
            return f"an {kind} of its own, in a column `{kind}`"
        case _:
            return f"a line `{kind}: {name.text}-2`"


def _role(name: Name, place: str) -> str:
    return place if name.written else f"{place}, made from this"
