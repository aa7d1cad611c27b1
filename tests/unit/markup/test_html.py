"""Events as HTML."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markupsafe import Markup

from deckbuild.markup.events import Blank
from deckbuild.markup.highlight import highlight
from deckbuild.markup.html import Hooks, inline, render
from support.decks import prose


def html(text: str, hooks: Hooks | None = None, *, cloze: bool = False) -> str:
    return str(render(prose(text, cloze=cloze).events, hooks or Hooks()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* **c** ~~d~~", "<p>a <em>b</em> <strong>c</strong> <s>d</s></p>"),
        ("a\nb", "<p>a\nb</p>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("漢\n字", "<p>漢字</p>"),
        ("한\n글", "<p>한\n글</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("3. a", '<ol start="3"><li>a</li></ol>'),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("#### a", "<h4>a</h4>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ('a & "b"', "<p>a &amp; &#34;b&#34;</p>"),
    ],
)
def test_every_construct_has_its_element(text: str, expected: str) -> None:
    assert html(text) == expected


def test_tables_have_a_head_with_scope_and_alignment_as_classes() -> None:
    assert html("| a | b |\n|:-:|---|\n| 1 | 2 |") == (
        '<div class="table"><table><thead><tr><th scope="col" class="center">a</th>'
        '<th scope="col">b</th></tr>'
        '</thead><tbody><tr><td class="center">1</td><td>2</td></tr></tbody></table></div>'
    )


def test_tasks_say_their_state_in_words() -> None:
    assert 'aria-label="done">☑</span> a</li>' in html("- [x] a")


def test_footnotes_are_a_list_at_the_end_with_ids_of_the_text() -> None:
    made = html("a[^n]\n\n[^n]: note", Hooks(id_prefix="q1-"))
    assert made == (
        '<p>a<sup class="fnref"><a href="#q1-fn-1">1</a></sup></p>'
        '<ol class="footnotes"><li id="q1-fn-1"><p>note</p></li></ol>'
    )


def test_formulas_are_mathml_with_their_tex() -> None:
    assert '<annotation encoding="application/x-tex">x</annotation>' in html("$x$")
    assert '<math display="block">' in html("$$x$$")


def test_headings_can_be_moved_down_but_not_past_six() -> None:
    assert html("#### a\n\n###### b", Hooks(heading_shift=1)) == "<h5>a</h5><h6>b</h6>"


def test_links_tell_nobody_where_from() -> None:
    assert html("[a](https://example.org)") == (
        '<p><a href="https://example.org" rel="noopener noreferrer">a</a></p>'
    )
    assert html("[a](#other)") == '<p><a href="#other">a</a></p>'


def test_hooks_get_a_gap_with_its_content() -> None:
    hooks = Hooks(gap=lambda gap, inner: Markup("[{}:{}]").format(gap.number, inner))
    assert html("a {{b *c*}} d", hooks, cloze=True) == "<p>a [1:b <em>c</em>] d</p>"


def test_gaps_in_code_are_marked_inside_it() -> None:
    assert html("`f({{c1::x}})`", cloze=True) == (
        '<p><code>f(<mark class="gap" data-gap="1">x</mark>)</code></p>'
    )


def test_a_blank_is_read_as_blank_with_its_hint() -> None:
    assert 'aria-label="blank: a number"' in render((Blank(1, "a number", 3),))


def test_a_single_paragraph_is_unwrapped_inline() -> None:
    assert inline(prose("just *this*").events) == "just <em>this</em>"
    assert str(inline(prose("a\n\nb").events)) == "<p>a</p><p>b</p>"


def test_code_is_classed_and_neighbours_share_a_span() -> None:
    assert highlight("python", "return 1  # one") == (
        '<span class="k">return </span><span class="n">1  </span><span class="c"># one</span>'
    )


@pytest.mark.parametrize("lang", ["", "output", "text", "no-such-language"])
def test_code_of_no_known_language_is_plain(lang: str) -> None:
    assert highlight(lang, "for <b>\n\n") == "for &lt;b&gt;\n\n"


@pytest.mark.parametrize("lang", ["python", "cpp", "html", "bash", "sql"])
def test_code_keeps_every_character(lang: str) -> None:
    code = "\n\tvector<int> x = \"<b>\"; // 'é'\n\n"
    assert unescape(re.sub(r"<[^>]+>", "", highlight(lang, code))) == code


def test_a_break_beside_formatting_joins_cjk_characters_too() -> None:
    assert html("*漢*\n{字|じ}") == ("<p><em>漢</em><ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby></p>")


def test_a_break_beside_a_picture_is_a_blank() -> None:
    assert html("漢\n![字](a.svg)") == '<p>漢\n<img src="a.svg" alt="字"></p>'
