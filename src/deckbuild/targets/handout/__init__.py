"""The handout: one HTML file to read, to be quizzed by and to be interviewed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckbuild.targets.base import HtmlFile
from deckbuild.targets.handout.page import page
from deckbuild.targets.handout.text import Writer
from deckbuild.targets.handout.views import sections

if TYPE_CHECKING:
    from deckbuild.targets.base import Job, Rendered, Services


def render(job: Job, services: Services) -> Rendered:
    """Return the handout of a deck."""
    writer = Writer(job)
    context = page(job, services.templates, writer, sections(job, writer))
    html = services.templates.render("handout/handout.html", context)
    return (HtmlFile(f"{job.stem}.html", html),), ()
