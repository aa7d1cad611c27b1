"""Finding out what a recording is: kind by name, and whether the bytes agree."""

from __future__ import annotations

from deckbuild.markup.media import SOUNDS
from deckbuild.media import Media

_BEGINNINGS = {
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "audio/ogg": (b"OggS",),
    "audio/wav": (b"RIFF",),
}


def describe_sound(path: str, data: bytes) -> Media | str:
    """Return the recording as media, or in words why it is none."""
    mime = SOUNDS["." + path.rpartition(".")[2].lower()]
    begins = data[4:8] == b"ftyp" if mime == "audio/mp4" else data.startswith(_BEGINNINGS[mime])
    return Media(path, data, mime) if begins else f"`{path}` does not hold what its name says: {mime}"
