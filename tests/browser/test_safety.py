"""Decks of strangers: nothing of theirs runs, everything of theirs shows as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.decks import basic, choice, cloze, deck, figure, job, question, section, typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    from deckbuild.targets.base import Job

    Open = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

EVIL = """<script>window.hit = 1</script><img src=x onerror="window.hit = 2"><svg onload='window.hit = 3'>"""
CODE = f"```html\n</code></pre>{EVIL}</script></style></title><!--\n```\n\n`{EVIL}</script>`"
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="window.hit = 4">
<script>window.hit = 5; parent.hit = 6</script>
<image href="https://evil.example/x.png" width="9" height="9"/>
<foreignObject width="9" height="9">
<img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="parent.hit = 7"/></foreignObject>
</svg>"""


def attacked() -> Job:
    from deckbuild.images import describe_image
    from deckbuild.media import Media

    media = describe_image("media/evil.svg", DRAWING)
    assert isinstance(media, Media)
    made = question(
        "Is `</title><script>window.hit = 8</script>` safe?",
        id="evil",
        answer=CODE,
        points=["`' onclick='window.hit = 9`"],
        details=CODE,
        figure=figure("media/evil.svg", '" onload="window.hit = 10'),
        roles=('"><img src=x onerror="window.hit = 11">',),
        tags=("'><script>window.hit = 12</script>",),
        license=EVIL,
        sources=[
            (EVIL, 'https://x.example/"onmouseover="window.hit=13'),
            ("Bad", "javascript:window.hit=14"),
        ],
        cards=[
            basic("Q?", CODE),
            cloze("A {{`</b><script>window.hit = 15</script>`::hint}}."),
            typed("T?", EVIL, EVIL),
            choice("C?", {f"=`{EVIL}`": CODE, "Two": ""}),
        ],
    )
    title = f"</title>{EVIL}</h1>"
    return job(
        deck(section(f"</h2>{EVIL}", made), title=title, version=EVIL, authors=(EVIL,), license=EVIL),
        media=[media],
        namespace=EVIL,
    )


@pytest.mark.parametrize("script", [True, False])
def test_nothing_of_a_source_runs(handout: Open, script: bool) -> None:
    with handout(attacked(), java_script_enabled=script) as page:
        for summary in page.locator("summary:visible").all():
            summary.click()
        page.mouse.move(300, 300)
        page.wait_for_timeout(300)
        if script:
            assert page.evaluate("window.hit") is None


def test_nothing_of_a_source_runs_in_the_modes(handout: Open) -> None:
    with handout(attacked()) as page:
        page.get_by_role("link", name="Quiz", exact=True).click()
        page.locator("#_quiz [value=all]").check()
        page.get_by_role("button", name="Start the quiz").click()
        for _ in range(30):
            buttons = page.locator(
                "#_quiz .stage .actions [data-do]:visible:not([data-do=undo], [data-do=stop])"
            )
            if not buttons.count():
                break
            for option in page.locator("#_quiz .front .right input:not(:disabled)").all():
                if option.is_visible():
                    option.check()
            buttons.last.click()
        page.get_by_role("link", name="Interview", exact=True).click()
        page.locator("#_interview [type=submit]").click()
        page.locator("#_interview [data-do=answered]").click()
        page.locator("#_interview [data-do=stop]").click()
        page.locator("#_find").fill("<script>")
        page.wait_for_timeout(200)
        assert page.evaluate("window.hit") is None


def test_hostile_code_shows_as_text(handout: Open) -> None:
    with handout(attacked()) as page:
        page.locator("#evil > .show > summary").click()
        assert EVIL in (page.locator("#evil .answer pre code").text_content() or "")


def test_an_address_that_runs_something_is_no_link(handout: Open) -> None:
    with handout(attacked()) as page:
        addresses = page.locator("a").evaluate_all("(all) => all.map((each) => each.protocol)")
        assert set(addresses) <= {"file:", "https:"}


def test_a_drawing_is_an_image_not_a_part_of_the_page(handout: Open) -> None:
    with handout(attacked()) as page:
        assert page.locator("svg script, svg foreignObject").count() == 0


def test_the_hostile_bank_is_shown_word_for_word(handout: Open) -> None:
    with handout("hostile") as page:
        assert page.title() == '<script>alert("title")</script>'
        page.locator("#q > .show > summary").click()
        text = page.locator("#q .answer").inner_text()
        assert text == (
            "Text with <img src=x onerror=alert(1)> and [[ 7*7 ]] and [sound:x.mp3] and "
            "[latex]x[/latex] and {{Front}}."
        )


def test_even_a_script_that_got_in_would_not_run(handout: Open) -> None:
    refused = pytest.raises(AssertionError, match="Content Security Policy")
    with refused, handout("kinds") as page:
        page.evaluate("document.body.innerHTML = '<i onclick=\"window.hit = 1\">x</i>'")
        page.locator("i").click()
        assert page.evaluate("window.hit") is None
