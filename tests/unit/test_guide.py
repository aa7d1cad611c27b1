from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckbuild import resources
from deckbuild.build import Output
from deckbuild.compiler import Compiled
from deckbuild.config import Config
from deckbuild.guide import render_guide
from deckbuild.ledger import first_ledger
from deckbuild.project import Project
from deckbuild.source import Source
from deckbuild.strings import parse_strings
from deckbuild.templates import Templates
from support.decks import basic, deck, question, section

if TYPE_CHECKING:
    from deckbuild.config import TargetName
    from deckbuild.model import Deck

NETS = deck(
    section("Basics", question("Why?", answer="Because.", minutes=2, cards=[basic("Q?", "A")])),
    id="nets",
    title="Neural nets",
)


def guide(*files: Output, decks: tuple[Deck, ...] = (NETS,), retired: tuple[str, ...] = ()) -> str:
    words = {lang: parse_strings(Source(lang, text))[0] for lang, text in resources.strings().items()}
    project = Project(
        root=Path(),
        config=Config("tests"),
        settings=None,
        lock=None,
        decks=(),
        unread=frozenset(),
        templates=Templates(resources.templates(), {}),
        words=words,
        fonts={},
    )
    ledgers = (replace(first_ledger("tests", made), retired=retired) for made in decks)
    compiled = [Compiled(made, {}, ledger) for made, ledger in zip(decks, ledgers, strict=True)]
    file = render_guide(project, compiled, files)
    assert file.name == "index.html"
    return file.html


def output(name: str, target: TargetName, size: int = 12_345, deck: str = "nets") -> Output:
    return Output(name, deck, target, size, written=True)


def rows(html: str) -> list[list[str]]:
    """The words of every row of every table body."""
    found = re.findall(r"<tr>(.*?)</tr>", html.replace("\n", ""))
    return [re.findall(r"<t[hd][^>]*>(?:<a [^>]*>)?([^<]*)", row) for row in found]


def test_a_deck_says_what_is_in_it_and_how_long_it_takes() -> None:
    html = guide(output("nets.apkg", "anki"))
    assert ">Neural nets</h2>" in html
    assert "1 question · 2 cards · about 5 min to learn" in html


def test_full_hours_are_said_without_minutes() -> None:
    questions = (question(f"Why {n}?", id=f"q{n}", answer="A.", minutes=15.0) for n in range(2))
    html = guide(output("nets.apkg", "anki"), decks=(replace(NETS, sections=deck(*questions).sections),))
    assert "2 questions · 2 cards · about 1 h to learn" in html


def test_a_file_is_linked_with_its_size() -> None:
    html = guide(output("nets.apkg", "anki"), output("nets.html", "handout", 1_250_000))
    assert '<a href="nets.apkg">nets.apkg</a>' in html
    assert ["nets.apkg", "Cards for Anki, for every day", "12 KB"] in rows(html)
    assert [row[2] for row in rows(html) if row[0] == "nets.html"] == ["1.2 MB"]


@pytest.mark.parametrize("part", ["quiz-key", "quiz-teacher", "interview", "quiz-key-letter", "interview-a5"])
def test_no_file_with_answers_to_a_quiz_is_linked(part: str) -> None:
    html = guide(output("nets-quiz.pdf", "quiz"), output(f"nets-{part}.pdf", "quiz"))
    assert 'href="nets-quiz.pdf"' in html
    assert f"nets-{part}.pdf" in html
    assert f'href="nets-{part}' not in html


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("nets@week-3.apkg", "anki"),
        ("nets@week-3-cheatsheet.pdf", "cheatsheet"),
        ("nets@week-3-cards-letter.pdf", "cards"),
    ],
)
def test_a_file_of_an_edition_names_it(name: str, target: TargetName) -> None:
    html = guide(output(name, target))
    assert f'<a href="{name.replace("@", "%40")}">' in html
    assert next(row[1] for row in rows(html) if row[0] == name).startswith("week-3: ")


def test_a_plan_for_each_length_stands_in_the_table() -> None:
    plans = [row for row in rows(guide(output("nets.apkg", "anki"))) if "days" in row[0]]
    assert [row[0] for row in plans] == ["3 days", "5 days", "7 days", "14 days", "30 days"]
    assert plans[0] == ["3 days", "all 2 cards", "1 a day until day 2", "5 min", "day 2", "day 3"]


def test_only_what_was_built_is_explained() -> None:
    html = guide(output("nets.html", "handout"))
    assert "choose Interview" in html
    assert "AnkiDroid" not in html
    assert "Cheat sheet:" not in html


def test_anki_is_explained_in_three_steps_for_every_system() -> None:
    html = guide(output("nets.apkg", "anki"))
    lists = re.findall(r"<ol>(.*?)</ol>", html, re.DOTALL)
    assert [listed.count("<li>") for listed in lists] == [3, 3, 3]


def test_what_was_retired_is_found_by_a_search() -> None:
    html = guide(output("nets.apkg", "anki"), retired=("nets/old",))
    assert "<code>&#34;note:deckbuild *· tests&#34; &#34;Id:nets/old&#34;</code>" in html
    assert "<code>" not in guide(output("nets.apkg", "anki"))


def test_several_decks_have_a_hue_each() -> None:
    other = replace(NETS, id="other", title="Other")
    html = guide(output("nets.apkg", "anki"), output("other.apkg", "anki", deck="other"), decks=(NETS, other))
    assert '<section class="deck blue"' in html
    assert '<section class="deck teal"' in html
    assert "<title>Your decks</title>" in html


def test_a_deck_in_another_language_says_so() -> None:
    made = replace(NETS, lang="ja")
    assert '<h2 class="band" id="deck-1" lang="ja" dir="ltr">' in guide(
        output("nets.apkg", "anki"), decks=(made,)
    )


def test_nothing_runs_in_the_guide() -> None:
    html = guide(output("nets.apkg", "anki"))
    assert "<script" not in html
    assert "script-src" not in html
    assert "default-src &#39;none&#39;" in html
