"""Cheat sheets: what is shown, on which pages, and what is said if it does not fit.

The typesetter here is a ruler: lines are counted by characters. What real type does is tested in
`tests/pdf`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest

from deckbuild import resources
from deckbuild.config import CheatsheetOptions, Options, PrintOptions
from deckbuild.joint import joined
from deckbuild.markup.events import CodeBlock, Paragraph, Start
from deckbuild.model import Direction, Priority
from deckbuild.targets.base import Box, PdfFile, Services
from deckbuild.targets.cheatsheet import render
from deckbuild.targets.cheatsheet_blocks import sentences_of
from deckbuild.targets.cheatsheet_layout import frames_of
from deckbuild.targets.cheatsheet_search import estimated_size, fewest_to_drop, first_to_go, largest_size
from deckbuild.targets.printing import MM
from deckbuild.templates import Templates
from support.decks import basic, choice, cloze, deck, figure, job, picture, prose, question, section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckbuild.diagnostic import Diagnostic
    from deckbuild.media import Media
    from deckbuild.model import Deck, Question

WORDS = "Words that fill a line or two of a column, so that an item has some height to be packed with. "


@dataclass
class Ruler:
    """Measures by counting characters; `tried` are the sizes it was asked for."""

    tried: list[float] = field(default_factory=list)

    def measure(
        self, head: str, fragments: Sequence[str], _media: Sequence[Media]
    ) -> tuple[Mapping[str, Box], ...]:
        size = float(re.findall(r"html { font-size: ([\d.]+)pt", head)[0])
        width = float(re.findall(r"size: ([\d.]+)px", head)[0])
        self.tried.append(size)
        return tuple(self._boxes(fragment, size, width) for fragment in fragments)

    def _boxes(self, fragment: str, size: float, width: float) -> dict[str, Box]:
        line, y, boxes = size * 5 / 3, 0.0, {}
        for piece in re.split(r'(?=<(?:div|li|figure)[^>]*? id=")', fragment):
            height = line * ceil(len(re.sub(r"<[^>]*>", "", piece)) * size * 0.6 / width)
            if name := re.match(r'<(?:div|li|figure)[^>]*? id="([^"]*)"', piece):
                boxes[name[1]] = Box(0, y, width, height)
            y += height
        return {"": Box(0, 0, width, y), **boxes}


def sheets(
    content: Deck, *, ruler: Ruler | None = None, media: Sequence[Media] = (), **settings: Any
) -> tuple[tuple[PdfFile, ...], tuple[Diagnostic, ...]]:
    """Return the files; settings of `[print]` and `[cheatsheet]` may be mixed."""
    prints = {key: settings.pop(key) for key in ("paper", "orientation", "theme", "large") if key in settings}
    options = Options(print=PrintOptions(**prints), cheatsheet=CheatsheetOptions(**settings))
    services = Services(Templates(resources.templates(), {}), ruler or Ruler())
    files, found = render(job(content, options=options, media=media), services)
    return tuple(file for file in files if isinstance(file, PdfFile)), found


def sheet(content: Deck, **settings: Any) -> str:
    """Return the HTML of the one file."""
    (file,), _ = sheets(content, **settings)
    return file.html


def said(content: Deck, **settings: Any) -> list[str]:
    """Return what was said, each with its help."""
    _, found = sheets(content, **settings)
    return [f"{diagnostic.message} ({diagnostic.help})" for diagnostic in found]


def many(count: int, *, words: int = 1, priority: Priority = Priority.SHOULD) -> list[Question]:
    return [
        question(f"What {priority} be {n}?", answer=WORDS * words, priority=priority)
        for n in range(1, count + 1)
    ]


def pages(html: str) -> int:
    return html.count('<div class="sheet">')


def numbers(html: str) -> list[str]:
    return re.findall(r'<h3><span class="number">([\d.]+)</span>', html)


def size(html: str) -> float:
    return float(re.findall(r"html { font-size: ([\d.]+)pt", html)[0])


def test_an_item_has_its_number_and_term_then_answer_and_points() -> None:
    html = sheet(deck(question("What is x?", short="The x", answer="An answer.", points=["!Must", "May"])))
    shown = re.sub(r"\s*<[^>]+>\s*", "|", html[html.index("<article") : html.index("</article>")])
    assert [part for part in shown.split("|") if part] == ["1", "The x", "An answer.", "Must", "May"]


def test_without_a_term_the_prompt_stands_there() -> None:
    assert "What is x?" in sheet(deck(question("What is x?", answer="An answer.")))


def test_a_question_that_is_only_cards_shows_them_in_short() -> None:
    cards = [
        cloze("ReLU returns {{zero}} for {{negative}} inputs."),
        basic("Range of tanh?", "From -1 to 1"),
        choice("Which head?", {"=A sigmoid": "", "A softmax": ""}),
    ]
    html = sheet(deck(question("What does ReLU do?", cards=cards)))
    shown = re.findall(r"<li>(.*?)</li>", re.sub(r"\s*<(?:/?p|/?i|/?strong)>\s*", " ", html))
    assert [" ".join(line.split()) for line in shown] == [
        "ReLU returns zero for negative inputs.",
        "Range of tanh? From -1 to 1",
        "Which head? A sigmoid",
    ]


def test_cards_are_not_shown_beside_an_answer() -> None:
    assert "tanh" not in sheet(deck(question("What?", answer="This.", cards=[basic("tanh?", "Yes")])))


def test_musts_are_marked() -> None:
    html = sheet(deck(question("What?", points=["!This", "That"])))
    assert '<li class="must">This</li>' in html
    assert "<li>That</li>" in html


def test_parts_are_shown_in_the_order_of_the_setting() -> None:
    content = deck(question("What?", answer="Said.", points=["Listed"], pitfalls=["Wrong"]))
    html = sheet(content, parts=("pitfalls", "answer"))
    assert html.index("Wrong") < html.index("Said.")
    assert "Listed" not in html


def test_items_have_the_numbers_of_the_deck() -> None:
    html = sheet(deck(section("One", *many(2)), section("Two", question("Last?", answer="Yes."))))
    assert numbers(html) == ["1.1", "1.2", "2.1"]


def test_a_band_opens_each_section_in_its_hue() -> None:
    html = sheet(deck(section("One", *many(1)), section("Two", question("Last?", answer="Yes."))))
    assert re.findall(r'<h2 class="band (hue-\w+)"', html) == ["hue-blue", "hue-teal"]


def test_a_band_repeats_where_its_section_runs_on() -> None:
    html = sheet(deck(section("One", *many(80))), columns=2)
    assert html.count("(continued)") == 2 * pages(html) - 1


def joint(*contents: Deck, **settings: Any) -> tuple[str, list[str]]:
    """Return the HTML of one sheet of several decks, and what was said."""
    options = Options(cheatsheet=CheatsheetOptions(**settings))
    together = joined([job(content, options=options) for content in contents])
    (file,), found = render(together, Services(Templates(resources.templates(), {}), Ruler()))
    assert isinstance(file, PdfFile)
    return file.html, [diagnostic.message for diagnostic in found]


def test_on_a_sheet_of_several_decks_each_begins_under_its_title() -> None:
    one = deck(section("Basics", *many(2)), id="one", title="Deck one")
    html, _ = joint(one, deck(*many(2), id="two", title="Deck two"))
    bands = re.findall(r'<h2 class="band( deck|) hue-\w+"[^>]*>(?:<span[^>]*>(\d)</span> )?([^<]*)', html)
    assert bands == [(" deck", "", "Deck one"), ("", "1", "Basics"), (" deck", "", "Deck two")]
    assert numbers(html) == ["1.1", "1.2", "1", "2"]
    assert '"4 questions' in html


def test_what_a_sheet_of_several_decks_leaves_out_is_said_with_their_titles() -> None:
    must = many(16, words=6, priority=Priority.MUST)
    one = deck(section("Basics", *must, *many(9, words=6)), id="one", title="Deck one")
    html, said_ = joint(one, deck(section("Basics", *many(3, words=6)), id="two", title="Deck two"), fit=1)
    assert said_ == ["left out to fit on 1 page: Deck one 1.25; Deck two 1.1, 1.2, 1.3"]
    assert "left out: Deck one 1.25; Deck two 1.1, 1.2, 1.3" in html
    assert "Deck two</h2>" not in html, "a deck of which nothing is left has no title"


def test_a_small_deck_stands_in_one_column_under_one_band() -> None:
    html = sheet(deck(section("One", *many(3))))
    assert html.count('<div class="column"') == 1
    assert "(continued)" not in html
    assert '<div class="rule"' not in html


def test_what_takes_but_one_page_is_set_in_larger_type() -> None:
    assert size(sheet(deck(section("One", *many(3))))) == 9.5
    assert size(sheet(deck(section("One", *many(3))), size=7.6)) == 7.6
    assert size(sheet(deck(*many(400)))) == 7.6


def test_items_that_fit_into_a_column_are_whole() -> None:
    content = deck(section("One", *[question(f"{n}?", points=[WORDS * 3] * 9) for n in range(20)]))
    for settings in ({}, {"fit": 3}, {"orientation": "landscape", "fit": 4}):
        assert "…</span></p>" not in sheet(content, **settings)


def test_a_sheet_stands_where_items_stay_whole_only_so() -> None:
    lies, stands = "size: 1122.52px 793.701px", "size: 793.701px 1122.52px"
    assert lies in sheet(deck(*many(60)))
    tall = [question(f"{n}?", points=[WORDS * 3] * 6) for n in range(16)]
    assert stands in sheet(deck(*tall))
    assert lies in sheet(deck(*tall), orientation="landscape")


def test_a_deck_without_sections_has_no_bands() -> None:
    assert '<h2 class="band' not in sheet(deck(*many(80)), columns=2)


def test_every_question_is_shown_once() -> None:
    assert numbers(sheet(deck(*many(90)))) == [str(n) for n in range(1, 91)]


def test_a_long_item_runs_on_between_its_points() -> None:
    points = [f"{WORDS}{n}." for n in range(40)]
    html = sheet(deck(section("One", question("What?", points=points))), columns=3, paper=("a5",))
    assert html.count("<h3>") == 1
    assert [f"{n}." in html for n in range(40)] == [True] * 40
    assert html.count("· 1.1 …") > 0


def test_the_first_and_the_last_two_points_stay_together() -> None:
    points = [f"{WORDS * 3}{n}." for n in range(20)]
    html = sheet(deck(question("What?", points=points)), columns=3, paper=("a5",))
    lists = re.findall(r'<ul class="part points">(.*?)</ul>', html, re.DOTALL)
    assert min(entries.count("<li") for entries in lists) >= 2


def test_a_text_that_is_higher_than_a_column_is_cut_between_sentences() -> None:
    sentences = [f"{WORDS.strip(' .')} {n}." for n in range(60)]
    html = sheet(deck(question("What?", answer=" ".join(sentences))), columns=3, paper=("a5",))
    assert [html.count(f" {n}.</p>") for n in range(60)] == [1] * 60


def test_what_no_column_can_hold_is_left_out_and_said_with_its_place() -> None:
    too_long = question("Huge?", id="huge", answer=WORDS.replace(".", ",") * 100)
    (file,), found = sheets(deck(*many(2), too_long), columns=5, paper=("a5",))
    assert "Words" in file.html
    assert numbers(file.html) == ["1", "2"]
    assert [d.message for d in found] == ["3 is left out: a part of it is higher than a column"]


def test_fit_gives_the_largest_type_that_fits() -> None:
    content = deck(*many(60, words=2))
    found = size(sheet(content, fit=2, columns=4))
    assert 6.5 < found < 9.5
    assert pages(sheet(content, size=found, columns=4)) == 2
    assert pages(sheet(content, size=round(found + 0.1, 2), columns=4)) == 3


def test_the_size_that_was_found_is_printed() -> None:
    html = sheet(deck(*many(60, words=2)), fit=2)
    assert f"set in {size(html):g} pt" in html


def test_fit_tries_other_columns_if_none_are_set() -> None:
    content = deck(*many(14, words=8))
    assert size(sheet(content, fit=1)) >= size(sheet(content, fit=1, columns=4))


def test_fit_needs_few_layouts() -> None:
    ruler = Ruler()
    sheet(deck(*many(300)), fit=5, ruler=ruler)
    assert len(ruler.tried) <= 10


def test_extras_go_first_if_not_even_the_smallest_type_fits() -> None:
    must, extra = many(30, words=3, priority=Priority.MUST), many(40, words=3, priority=Priority.EXTRA)
    content = deck(section("Must", *must), section("Extra", *extra))
    html = sheet(content, fit=1)
    assert pages(html) == 1
    assert size(html) == 6.5
    shown = numbers(html)
    assert [n for n in shown if n.startswith("1.")] == [f"1.{n}" for n in range(1, 31)]
    assert 0 < len([n for n in shown if n.startswith("2.")]) < 40


def test_what_was_left_out_is_printed_and_said() -> None:
    content = deck(*many(30, words=3), *many(30, words=3, priority=Priority.EXTRA))
    (file,), (about, *_) = sheets(content, fit=1)
    listed = re.search(r"left out: ([\d, ]+)", file.html)
    assert listed
    assert about.message == f"left out to fit on 1 page: {listed[1]}"
    assert set(listed[1].split(", ")).isdisjoint(numbers(file.html))


def test_a_long_list_of_what_was_left_out_is_shortened_on_paper_but_not_where_it_is_said() -> None:
    content = deck(*many(30, words=3), *many(300, words=3, priority=Priority.EXTRA))
    (file,), (about, *_) = sheets(content, fit=1, paper=("a5",), columns=2)
    printed = re.search(r"left out: ([\d, ]+)", file.html.replace("\\2026 ", "…"))
    assert printed
    assert len(printed[1]) < 220
    assert about.message.count(",") > 200


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Deep Learning", "Deep Learning"),
        ("a title of many words " * 9, "a title of many words " * 3 + "a title of many …"),
        ("字" * 200, "字" * 40 + " …"),
    ],
)
def test_a_title_has_one_line(title: str, shown: str) -> None:
    (file, *_), _ = sheets(deck(*many(3, words=3), title=title), paper=("a5",))
    assert re.findall("<h1>(.*)</h1>", file.html) == [shown]
    assert f"<title>{title}" in file.html


def test_musts_stay_even_if_they_need_more_pages() -> None:
    content = deck(*many(60, words=8, priority=Priority.MUST))
    assert len(numbers(sheet(content, fit=1))) == 60
    (remark,) = said(content, fit=1)
    assert remark.startswith("what must stay takes 3 pages, not 1, even in the smallest type")
    assert remark.endswith("(write `fit = 3`, or mark fewer questions as `must`)")


def test_too_many_pages_are_said_too() -> None:
    assert said(deck(*many(2)), fit=3) == [
        "it fills 1 page, not 3, even in the largest type (9.5 pt) (write `fit = 1`, or raise `max-size`)"
    ]


def test_a_formula_that_shrinks_too_much_is_reported_where_it_stands() -> None:
    wide = "$a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + b_1 + b_2 + b_3 + b_4 + b_5 + b_6 + b_7$"
    _, (about, *_) = sheets(deck(question("What?", answer=f"It is {wide}.")), columns=5)
    assert about.message.startswith("this formula is too wide for a column: it shrinks to ")
    assert about.labels[0].span.start == len("It is ")


def test_there_is_a_file_for_each_paper() -> None:
    files, _ = sheets(deck(*many(2)), paper=("a4", "letter"))
    assert [file.name for file in files] == ["test-cheatsheet.pdf", "test-cheatsheet-letter.pdf"]


@pytest.mark.parametrize(
    ("paper", "orientation"), [("a4", "portrait"), ("letter", None), ("a3", None), ("a5", None)]
)
def test_columns_suit_the_paper(paper: Any, orientation: Any) -> None:
    options = Options(print=PrintOptions(paper=(paper,), orientation=orientation))
    usual = frames_of(options, paper, Direction.LTR)[0]
    assert 60 <= usual.column_width / MM <= 80


def test_columns_of_a_right_to_left_deck_start_at_the_right() -> None:
    frame = frames_of(Options(), "a4", Direction.RTL)[0]
    assert frame.lefts == tuple(sorted(frame.lefts, reverse=True))


def test_large_print_stands_in_one_column() -> None:
    html = sheet(deck(*many(3)), large=True, fit=1)
    assert size(html) == 18
    assert html.count('<div class="column"') == pages(html)


def test_a_figure_grows_to_fill_its_column() -> None:
    picture_ = picture("decks/a.svg", 360, 240)
    content = deck(*[question(f"{n}?", answer=WORDS, figure=figure("decks/a.svg", "A")) for n in range(3)])
    (file,), _ = sheets(content, media=[picture_], columns=4)
    assert re.findall(r"--small:(\d+)\.\d+%; --large:(\d+)\.", file.html)[0] == ("63", "100")
    assert file.media == (picture_,)


# Searching ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [5.0, 6.5, 7.3, 7.6, 8.94, 9.5, 12.0])
def test_the_largest_size_is_found(limit: float) -> None:
    found = largest_size(lambda size: 8 if size <= limit else 9, 8, 6.5, 9.5)
    assert found == (None if limit < 6.5 else min(int(limit * 10 + 1e-6) / 10, 9.5))


def test_a_size_is_estimated_from_two_layouts() -> None:
    tried: list[float] = []

    def height(size: float) -> float:
        tried.append(size)
        return 100.0 * float(size**1.5)

    assert estimated_size(height, 100 * 8.3**1.5, 6.5, 9.5) == pytest.approx(8.3, abs=0.05)
    assert len(tried) == 2


def test_extra_goes_before_should_and_the_last_before_the_first() -> None:
    questions = [
        question("a", id="a", answer="A", priority=Priority.SHOULD),
        question("b", id="b", answer="B", priority=Priority.EXTRA),
        question("c", id="c", answer="C", priority=Priority.MUST),
        question("d", id="d", answer="D", priority=Priority.EXTRA),
    ]
    assert first_to_go(questions) == ["d", "b", "a"]


def test_no_more_is_dropped_than_needed() -> None:
    rank = dict.fromkeys("abcdef", Priority.EXTRA)
    assert fewest_to_drop(list("abcdef"), lambda dropped: 10 - len(dropped), 7, rank) == frozenset("abc")


def test_what_is_short_stays_where_something_long_goes_but_never_before_what_matters_more() -> None:
    length = {"a": 1, "b": 1, "c": 4, "d": 4}

    def kept(*extras: str) -> frozenset[str]:
        rank = {name: Priority.EXTRA if name in extras else Priority.SHOULD for name in length}
        return fewest_to_drop(
            list("abcd"), lambda gone: sum(length[n] for n in length if n not in gone), 6, rank
        )

    assert kept("a", "b", "c", "d") == frozenset("c")
    assert kept("a", "b") == frozenset("abc")
    assert kept("a") == frozenset("ac")


# Cutting texts --------------------------------------------------------------------------------------


def test_sentences_become_paragraphs() -> None:
    cut = list(sentences_of(prose("One is **here. Still** here. Two.").events))
    assert len(cut) == 2
    assert all(block[0] == Start(Paragraph()) for block in cut)


def test_code_is_cut_between_lines() -> None:
    code = "\n".join(f"line {n}" for n in range(30))
    (first, *others) = sentences_of(prose(f"```\n{code}\n```").events)
    assert isinstance(first[0], CodeBlock)
    texts = [block[0].text for block in (first, *others) if isinstance(block[0], CodeBlock)]
    assert "".join(texts).strip() == code


def test_the_head_of_a_table_stays_with_its_first_row() -> None:
    cut = list(sentences_of(prose("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |").events))
    assert [sum(isinstance(event, Start) for event in block) for block in cut] == [7, 4]


def test_list_items_keep_their_numbers() -> None:
    cut = list(sentences_of(prose("3. three\n4. four").events))
    assert [str(block[0]) for block in cut] == [
        "Start(tag=OrderedList(start=3))",
        "Start(tag=OrderedList(start=4))",
    ]
