"""Where a picture lies: what an author wrote, to a path inside the project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import normpath

from deckbuild.diagnostic import Code

_HELP = "put the file into the project and write its path from here, like `media/name.svg`"
_REMOTE = re.compile(r"(?:https?|ftp|data|blob):|//", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_CONTROL = re.compile(r"[\0-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a path is none of the project, in the words of a diagnostic."""

    code: Code
    message: str
    help: str


SOUNDS = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav"}
"""Recordings, by the ending of their names."""


def is_sound(path: str) -> bool:
    """Tell whether a file is a recording, by its name."""
    return path.lower().endswith(tuple(SOUNDS))


def media_path(written: str, folder: str) -> str | Refused:
    """Return the path relative to the project of what was written in a file of `folder`.

    Nothing is looked up: whether the file exists, and whether a link leads out of the project, is
    for those who read it.
    """
    if not written.strip():
        return Refused(Code.MEDIA_INVALID, "the picture names no file", _HELP)
    if _CONTROL.search(written):
        return Refused(Code.MEDIA_INVALID, f"{written!r} has a control character in it", _HELP)
    if "\\" in written:
        slashes = written.replace("\\", "/")
        message = f"`{written}` has backslashes"
        return Refused(Code.MEDIA_INVALID, message, f"write `{slashes}`: folders are parted by `/`")
    if _REMOTE.match(written):
        shown = written if len(written) <= 60 else f"{written[:60]}…"
        return Refused(Code.MEDIA_REMOTE, f"`{shown}` is no file: a build never touches the network", _HELP)
    if _ADDRESS.match(written) or written.startswith("/"):
        return Refused(Code.MEDIA_OUTSIDE, f"`{written}` does not lie in the project", _HELP)
    path = normpath(f"{folder}/{written}" if folder else written)
    if path == ".." or path.startswith("../"):
        return Refused(Code.MEDIA_OUTSIDE, f"`{written}` leads out of the project", _HELP)
    return path
