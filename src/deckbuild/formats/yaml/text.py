"""What can be told of a YAML text before it is parsed: its size, and whether it is one document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckbuild.diagnostic import Code, Diagnostic, error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckbuild.formats.yaml.places import Document

MAX_NODES = 5_000_000

_DOCUMENT_MARK = re.compile(r"^(?:---|\.\.\.)(?=\s|$)", re.MULTILINE)
_CONTENT = re.compile(r"^(?![#%]|(?:---|\.\.\.)[ \t]*$)[^\n]*\S", re.MULTILINE)
"""A line that is no comment, directive or mark."""
_NODE_MARKS = (",", "\n", "[", "{", "- ")


def check_size(document: Document) -> Diagnostic | None:
    """Refuse what would take gigabytes: each mark of a list or line may make a node of 150 bytes."""
    text = document.text
    if len(text) < MAX_NODES or sum(map(text.count, _NODE_MARKS)) < MAX_NODES:
        return None
    message = f"more than {MAX_NODES:,} lines and list items"
    return error(Code.YAML_SYNTAX, message, document.span(0, 1), help="split the bank into several files")


def check_documents(document: Document) -> Iterator[Diagnostic]:
    """Report the mark between two documents; one in front of all, or behind all, separates nothing."""
    first = _CONTENT.search(document.text)
    mark = first and _DOCUMENT_MARK.search(document.text, first.start())
    if mark and _CONTENT.search(document.text, mark.end()):
        message = f"`{mark[0]}` starts a second document: a file is one deck or one section"
        help_text = "delete the line, or move what follows into a file of its own"
        yield error(Code.YAML_FEATURE, message, document.span(*mark.span()), help=help_text)
