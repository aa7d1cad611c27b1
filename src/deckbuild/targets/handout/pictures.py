"""Pictures of a handout: each is embedded once and shown wherever it is used."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckbuild.media import Media

_OTHER_ENCODING = re.compile(rb"""\sencoding=["'](?!utf-?8)""", re.IGNORECASE)
_UNSEEN = re.compile(r"<!--.*?-->|<(title|desc|metadata)\b[^>]*(?<!/)>.*?</\1>", re.DOTALL)
"""What a drawing says to others than those who see it: `alt` says it here."""
_BLANKS = re.compile(r"\s+")
_BLANKS_COUNT = re.compile(r"xml:space|white-space")


@dataclass(frozen=True, slots=True)
class Pictures:
    """Gives out references to pictures and remembers which were asked for."""

    media: Mapping[str, Media]
    _played: list[str] = field(default_factory=list, init=False)
    _ids: dict[str, str] = field(default_factory=dict, init=False)

    def show(self, path: str, alt: str) -> Markup:
        """Return a picture. Without `alt` it is decoration."""
        media = self.media[path]
        width, height = f"{media.width:.0f}", f"{media.height:.0f}"
        id_ = self._ids.setdefault(path, f"_p{len(self._ids) + 1}")
        role = Markup('role=img aria-label="{}"').format(alt) if alt else Markup("aria-hidden=true")
        return Markup(
            '<svg viewBox="0 0 {w} {h}" width={w} height={h} {role}><use href="#{id_}"/></svg>'
        ).format(w=width, h=height, role=role, id_=id_)

    def play(self, path: str, alt: str) -> Markup:
        """Return a player for a recording."""
        self._played.append(path)
        player = Markup("<audio controls preload=none aria-label=\"{}\" src='{}'></audio>")
        return player.format(alt, _address(self.media[path]))

    @property
    def has_sounds(self) -> bool:
        """Tell whether there is a recording to play."""
        return bool(self._played)

    def store(self) -> Markup:
        """Return the pictures themselves, to stand once in the page."""
        return Markup("\n").join(
            Markup("<image id={} width={:.0f} height={:.0f} href='{}'/>").format(
                id_, self.media[path].width, self.media[path].height, _address(self.media[path])
            )
            for path, id_ in self._ids.items()
        )


def _address(media: Media) -> Markup:
    """Return the content as an address, ready for an attribute in single quotes.

    A drawing is text: percent signs for two characters make it a fifth smaller than base64 does. As
    an image it runs no script and loads nothing, whatever is in it.
    """
    if media.mime != "image/svg+xml" or _OTHER_ENCODING.search(media.data[:200]):
        data = base64.b64encode(media.data).decode()
        return Markup("data:{};base64,{}").format(media.mime, data)
    text = media.data.decode().removeprefix("\ufeff").strip()
    if "<![CDATA[" not in text:
        text = _UNSEEN.sub("", text)
    # Line breaks would be cut out of an address; SVG reads runs of blanks as one.
    text = re.sub(r"[\t\r\n]", " ", text) if _BLANKS_COUNT.search(text) else _BLANKS.sub(" ", text)
    escaped = text.replace("%", "%25").replace("#", "%23").replace("&", "&amp;").replace("'", "%27")
    return Markup(f"data:image/svg+xml,{escaped}")  # noqa: S704 - neither `&` nor `'` is left in it
