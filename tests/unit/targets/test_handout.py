from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from deckbuild.config import HandoutOptions, Options
from deckbuild.images import describe_image
from deckbuild.media import Media
from deckbuild.model import Difficulty, Priority
from deckbuild.targets.base import HtmlFile
from deckbuild.targets.handout import render
from support.decks import (
    basic,
    choice,
    cloze,
    deck,
    figure,
    followup,
    job,
    occlusion,
    picture,
    question,
    section,
    services,
    steps,
    typed,
)

if TYPE_CHECKING:
    from deckbuild.model import Deck, Question


def html_of(made: Deck, *media: Media, options: Options | None = None) -> str:
    (file,), problems = render(job(made, media=media, options=options), services())
    assert isinstance(file, HtmlFile)
    assert problems == ()
    return file.html


def article(made: Question, *media: Media) -> str:
    """The HTML of one question, on one line."""
    html = html_of(deck(section("Basics", made)), *media)
    found = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert found
    return re.sub(r"\s*\n\s*", "", found[0])


def test_the_file_is_named_after_the_deck() -> None:
    (file,), _ = render(job(deck(question("Why?", answer="Because."), id="first")), services())
    assert file.name == "first.html"


def test_language_and_direction_are_those_of_the_deck() -> None:
    from deckbuild.model import Direction

    made = deck(question("لماذا؟", answer="لأن."), lang="ar", direction=Direction.RTL)
    assert '<html lang="ar" dir="rtl">' in html_of(made)


def test_a_question_is_found_under_its_id_and_shows_its_number() -> None:
    made = article(question("Why?", id="why", answer="Because."))
    assert '<article class=question id="why"' in made
    assert '<h3><a class=number href="#why">1.1</a><span class=prompt>Why?</span></h3>' in made


def test_the_heading_stands_outside_the_button_and_the_button_names_the_question() -> None:
    made = article(question("Why?", answer="Because."))
    assert made.index("</h3>") < made.index("<details")
    assert "<summary>Show answer<i> 1.1</i></summary>" in made


def test_what_follows_the_first_line_of_a_prompt_stands_below_the_heading() -> None:
    made = article(question("What does it print?\n\n```python\nprint(1)\n```", answer="1"))
    assert "<span class=prompt>What does it print?</span></h3>" in made
    assert '<div class="rest text"><pre>' in made


def test_points_are_boxes_to_tick() -> None:
    made = article(question("Why?", points=["!First", "Second"]))
    assert "<li class=must><label><input type=checkbox>First</label>" in made
    assert "<li><label><input type=checkbox>Second</label>" in made
    assert "<p class=said data-of=2>" in made


def test_blocks_of_a_point_stand_outside_its_label() -> None:
    made = article(question("Why?", points=["First\n\n- a\n- b"]))
    assert "<label><input type=checkbox>First</label><ul>" in made


def test_a_point_that_is_all_code_has_a_label_that_can_be_read_aloud() -> None:
    made = article(question("Why?", points=["```python\nx = 1\n```"]))
    assert "<label><input type=checkbox><i>x = 1</i></label><pre>" in made


def test_facts_of_a_question_are_listed() -> None:
    made = question(
        "Why?",
        answer="Because.",
        difficulty=Difficulty.HARD,
        priority=Priority.MUST,
        minutes=2.5,
        roles=("new-grad",),
        tags=("basics",),
    )
    listed = "<li class=hard>hard<li>must<li>2.5 min<li class=role>new-grad<li class=tag>basics"
    assert f"<ul class=facts>{listed}</ul>" in article(made)


def test_related_questions_are_linked_by_number_and_name() -> None:
    made = deck(
        section("One", question("Why?", id="why", short="Reason", answer="Because.", see=("how",))),
        section("Two", question("How?", id="how", answer="So.")),
    )
    assert '<li><a href="#how">2.1 How?</a>' in html_of(made)


def test_a_link_to_a_question_that_was_not_selected_is_plain_text() -> None:
    made = article(question("Why?", answer="See [how](#how)."))
    assert "<p>See how.</div>" in made


def test_sources_lead_out_without_saying_where_from() -> None:
    made = article(
        question("Why?", answer="Because.", sources=[("A book",), ("A page", "https://a.example")])
    )
    assert '<li>A book<li><a href="https://a.example" rel=noopener>A page</a>' in made


def test_a_follow_up_is_asked_first() -> None:
    made = article(question("Why?", answer="Because.", followups=[followup("How so?", "So.", id="how")]))
    asked = '<li data-id="how"><p>How so?<details><summary>Show answer<i> 1.1 1</i></summary><p>So.</details>'
    assert asked in made


# Kinds of card ----------------------------------------------------------------------------------


def drill(made: str) -> str:
    return made[made.index("<details class=practice>") :]


def test_a_basic_card_shows_its_answer_on_demand() -> None:
    made = article(question("Why?", answer="A.", cards=[basic("Q?", "A", id="q", reverse=True)]))
    shown = (
        '<li class=basic data-id="q" data-reverse><p>Q?<details><summary>Show answer</summary><p>A</details>'
    )
    assert shown in drill(made)


def test_a_gap_is_a_box_that_reads_blank_until_it_is_ticked() -> None:
    made = article(question("Why?", answer="A.", cards=[cloze("{{c2::Paris::a city}} is it.")]))
    gap = "<label data-gap=2><input type=checkbox><i>blank </i><s>a city</s><b>Paris</b></label>"
    assert f"<p>{gap} is it." in drill(made)


def test_a_gap_in_code_opens_by_itself() -> None:
    made = drill(article(question("Why?", answer="A.", cards=[cloze("`a = {{c1::1}}`")])))
    assert "<code>a = <label data-gap=1>" in made
    assert "<b>1</b></label></code>" in made


def test_a_gap_in_a_formula_is_an_empty_box_until_it_is_opened() -> None:
    made = drill(article(question("Why?", answer="A.", cards=[cloze("$y = {{c1::x^2}}$")])))
    blank, opened = made.split("</s><b>")
    assert "<mphantom>" in blank
    assert "<msup>" not in blank
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in opened


def test_options_of_a_choice_say_why() -> None:
    made = article(question("Why?", answer="A.", cards=[choice("Which?", {"=One": "It is.", "Two": ""})]))
    assert "<div class=right><label><input type=radio name=c1>One</label><p>It is.</div>" in drill(made)
    assert "<div><label><input type=radio name=c1>Two</label><p></div>" in drill(made)


def test_a_choice_with_several_right_options_has_boxes() -> None:
    made = article(
        question("Why?", answer="A.", cards=[choice("Which?", {"=One": "", "=Two": "", "Three": ""})])
    )
    assert drill(made).count("<input type=checkbox name=c1>") == 3


def test_options_stand_in_an_order_that_tells_nothing_unless_the_author_wants_theirs() -> None:
    options = {f"{'=' if n == 0 else ''}Option {n}": "" for n in range(8)}
    places = []
    for shuffle in (True, False):
        made = article(question("Why?", answer="A.", cards=[choice("Which?", options, shuffle=shuffle)]))
        places.append([int(n) for n in re.findall(r"Option (\d)", drill(made))])
        assert ("data-ordered" in drill(made)) is not shuffle
    assert places[0] != sorted(places[0])
    assert places[1] == sorted(places[1])


def test_steps_are_numbered() -> None:
    made = article(question("Why?", answer="A.", cards=[steps("In order", "One", "Two")]))
    assert "<ol><li>One<li>Two</ol>" in drill(made)


def test_a_typed_answer_lists_what_else_counts() -> None:
    made = article(question("Why?", answer="A.", cards=[typed("Which?", "<b>", "bold")]))
    assert "<p><b>&lt;b&gt;</b><p class=quiet>also accepted: <q>bold</q>" in drill(made)


def test_answers_that_differ_in_capitals_are_listed_once() -> None:
    made = article(
        question("Why?", answer="A.", cards=[typed("Which?", "ReLU", "relu", "Rectifier", "rectifier")])
    )
    assert "<q>Rectifier</q> </details>" in made.replace("\n", "")
    assert "<q>relu</q>" not in made


def test_cells_and_rows_need_no_end() -> None:
    made = article(question("Why?", answer="| | b |\n|-|-|\n| c | d |"))
    assert "<thead><tr><td><th scope=col>b<tbody><tr><td>c<td>d</table>" in made


def test_masks_lie_on_the_picture_by_style_alone() -> None:
    shown = picture("media/net.svg")
    card = occlusion("Where?", "media/net.svg", {"pooling": (0.4, 0.1, 0.15, 0.6)})
    html = html_of(deck(question("Why?", answer="A.", cards=[card])), shown)
    assert "<label class=m1><input type=checkbox>1</label>" in html
    assert ".m1{inset:10% 45% 30% 40%}" in html
    assert "<ol><li>pooling</ol>" in html


# Pictures and formulas --------------------------------------------------------------------------


def test_a_picture_is_embedded_once_however_often_it_is_shown() -> None:
    shown = picture("media/net.svg")
    made = question(
        "Why?",
        answer="A.",
        figure=figure("media/net.svg", "A net", "The net"),
        cards=[occlusion("Where?", "media/net.svg", {"pooling": (0.4, 0.1, 0.15, 0.6)}, alt="Masked")],
    )
    html = html_of(deck(made), shown)
    assert html.count("<image id=_p1 ") == 1
    assert 'role=img aria-label="A net"><use href="#_p1"/></svg><figcaption>The net</figcaption>' in html
    assert 'role=img aria-label="Masked"><use href="#_p1"/>' in html


def test_a_drawing_cannot_leave_its_attribute() -> None:
    drawn = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\n"
        "\t<text>50% #1 &amp; <![CDATA['/><script>]]></text></svg>"
    )
    shown = describe_image("media/net.svg", drawn.encode())
    assert isinstance(shown, Media)
    html = html_of(deck(question("Why?", answer="A.", figure=figure("media/net.svg", "A net"))), shown)
    address = re.search(r"href='(data:[^']*)'/>", html)
    assert address
    assert address[1].endswith("<text>50%25 %231 &amp;amp; <![CDATA[%27/><script>]]></text></svg>")
    assert "\n" not in address[1]


def test_what_a_picture_says_to_nobody_who_sees_it_is_left_out() -> None:
    data = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><!-- made by hand -->'
        b"<title>A net</title><desc>Long</desc><metadata/><rect width='4' height='4'/></svg>"
    )
    shown = describe_image("media/net.svg", data)
    assert isinstance(shown, Media)
    html = html_of(deck(question("Why?", answer="![A net](media/net.svg)")), shown)
    assert 'height="4"><metadata/><rect' in html


def test_other_pictures_are_embedded_as_they_are() -> None:
    shown = Media("media/dot.png", b"\x89PNG", "image/png", 3.0, 2.0)
    html = html_of(deck(question("Why?", answer="A.", figure=figure("media/dot.png", "A dot"))), shown)
    assert "href='data:image/png;base64,iVBORw=='" in html


def test_a_formula_carries_its_tex_where_that_says_more_than_its_letters() -> None:
    made = article(question("Why?", answer="Since $a + b$ is $x^2$."))
    assert "<math><mi>a</mi><mo>+</mo><mi>b</mi></math>" in made
    assert "<annotation>x^2</annotation></semantics></math>" in made


def test_the_math_font_comes_only_with_formulas() -> None:
    assert "@font-face" in html_of(deck(question("Why?", answer="$x$")))
    assert "@font-face" not in html_of(deck(question("Why?", answer="x")))


# The page ---------------------------------------------------------------------------------------


def test_only_our_style_and_script_are_allowed() -> None:
    html = html_of(deck(question("Why?", answer="$x$")))
    stated = re.search(r'http-equiv=Content-Security-Policy content="([^"]*)"', html)
    assert stated
    rules = dict(rule.split(" ", 1) for rule in stated[1].replace("&#39;", "'").split("; "))
    for name in ("style", "script"):
        body = html.split(f"<{name}>")[1].split(f"</{name}>")[0]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert rules[f"{name}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert "style=" not in re.sub(r"<(style|script).*?</\1>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize(("mode", "other"), [("quiz", "interview"), ("interview", "quiz")])
def test_a_mode_that_is_switched_off_is_not_in_the_page(
    mode: str, other: Literal["quiz", "interview"]
) -> None:
    options = replace(Options(), handout=HandoutOptions(modes=(other,)))
    html = html_of(deck(question("Why?", answer="A.")), options=options)
    assert f"id=_{mode} " not in html
    assert f"id=_{other} " in html


def test_words_cannot_end_the_element_they_stand_in() -> None:
    made = job(deck(question("Why?", answer="A.")))
    words = {**made.strings.words, "handout.live.found": "</script><script>", "common.blank": '"</style>\\'}
    (file,), _ = render(replace(made, strings=replace(made.strings, words=words)), services())
    assert isinstance(file, HtmlFile)
    assert file.html.count("</script>") == 2
    assert file.html.count("</style>") == 1


def test_equal_decks_give_equal_files() -> None:
    made = deck(question("Why $x^2$?", answer="A.", cards=[choice("Which?", {"=One": "", "Two": ""})]))
    assert html_of(made) == html_of(made)
