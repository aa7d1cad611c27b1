"""Formulas: what is converted, what is refused and where, and what gaps make of them."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckbuild.drawing import draw
from deckbuild.markup.events import Math
from deckbuild.markup.parse import parse
from deckbuild.mathml import STYLE, MathML, check_math, tex_anki, tex_hidden, to_mathml
from deckbuild.mathrules import MAX_LENGTH, MAX_NESTING, MathError
from deckbuild.source import SliceOrigin, Source

COMMANDS = (Path(__file__).parent / "math_commands.txt").read_text(encoding="utf-8").split()


def formula(text: str) -> Math:
    """Return the formula of a cloze text."""
    source = Source("a.md", text)
    prose, problems = parse(text, SliceOrigin(source, 0, len(text)), folder="", cloze=True)
    assert problems == ()
    return next(event for event in prose.events if isinstance(event, Math))


def problems(text: str) -> list[tuple[str, str, str]]:
    """Return place, message and help of each problem of a cloze text's formulas."""
    source = Source("a.md", text)
    prose, _ = parse(text, SliceOrigin(source, 0, len(text)), folder="", cloze=True)
    return [(found.labels[0].span.text, found.message, found.help) for found in check_math(prose)]


def converted(tex: str, *, display: bool = False) -> MathML:
    result = to_mathml(tex, display=display)
    assert isinstance(result, MathML)
    return result


def test_a_formula_becomes_mathml_with_its_tex() -> None:
    assert converted("x<y").html == (
        "<math><semantics><mrow><mi>x</mi><mo>&lt;</mo><mi>y</mi></mrow>"
        '<annotation encoding="application/x-tex">x&lt;y</annotation></semantics></math>'
    )


def test_what_is_drawn_has_no_annotation() -> None:
    assert converted("x", display=True).xml == '<math display="block"><mi>x</mi></math>'


def test_no_inline_style_comes_out() -> None:
    lines = r"\begin{aligned} a &= b \\ c &= d \end{aligned}"
    cases = r"\begin{cases} 1 & x \\ 0 \end{cases}"
    made = converted(rf"{lines} {cases} \color{{red}}{{x}} a\!b").html
    assert " style=" not in made
    assert 'columnalign="right" class="tight"' in made
    assert 'mathcolor="#FF0000"' in made


def test_every_attribute_that_stands_for_a_style_has_its_rule() -> None:
    for rule in ('[columnalign="right"]', ".tight", ".case", 'notation="box"', "-0.16666667em"):
        assert rule in STYLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$a + \foo$", (r"\foo", r"unknown command `\foo`")),
        (r"$\frac{a$", (r"a", "")),
        (r"$a & b$", ("&", "found `&`, which may only appear in a table-like environment")),
        (r"$x^a^b$", ("^", "duplicate subscript or superscript")),
        (r"$\bm{x}$", (r"\bm", r"`\bm` cannot be used here")),
        (r"$\ce{H2O}$", (r"\ce", r"`\ce` cannot be used here")),
        (r"$50%$", ("%", "`%` makes a comment of the rest of the line, which is not shown")),
        (r"$a \\ b$", (r"\\", r"`\\` breaks no line here")),
        (r"$\begin{align} a \end{align}$", (r"\begin{align}", r"`\begin{align}` cannot be used here")),
        (
            r"$\begin{array}{c|c} a & b \end{array}$",
            ("|", "rules between columns are not drawn on paper"),
        ),
        (
            r"$\begin{matrix} a \\[2pt] b \end{matrix}$",
            ("[2pt]", r"`[2pt]` behind `\\` is shown as text"),
        ),
        (r"$\quad$", (r"\quad", "this formula shows nothing")),
    ],
)
def test_a_formula_that_cannot_be_used_is_reported_at_its_place(text: str, expected: tuple[str, str]) -> None:
    found = problems(text)
    if not expected[1]:
        assert found == []  # Markdown sees no formula here
        return
    assert [(place, message) for place, message, _ in found] == [expected]


@pytest.mark.parametrize(
    ("tex", "instead"),
    [
        (r"\bm{x}", r"write `\boldsymbol`"),
        (r"\argmax_x", r"write `\operatorname*{arg\,max}`"),
        (r"\R", r"write `\mathbb{R}`"),
        (r"\SI{3}{m}", r"write `3\,\mathrm{m}`"),
        (r"\textbf{a}", r"write `\mathbf`"),
        (r"\tag{1}", "leave it out: formulas are not numbered"),
        (r"\newcommand{\d}{x}", "write the formula out: definitions would go on to other cards"),
        (r"\begin{gather} a \end{gather}", r"write `\begin{gathered}` and `\end{gathered}`"),
        (r"\rarr", "Anki does not know it: write the character itself, or `\\operatorname{name}`"),
    ],
)
def test_what_is_refused_names_what_to_write_instead(tex: str, instead: str) -> None:
    result = to_mathml(tex, display=False)
    assert isinstance(result, MathError)
    assert result.help == instead


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("$$\n  a + \\foo\n$$", r"\foo"),
        ("> so $a +\n> \\foo$", r"\foo"),
        ("| a |\n|---|\n| $b\\|\\foo$ |", r"\foo"),
        ("$漢 \\foo$", r"\foo"),
        ("${{c1::x}} + {{c2::y}}^\\foo$", r"\foo"),
        ("$x^{{c1::y \\foo}}$", r"\foo"),
    ],
)
def test_the_place_is_found_through_what_markdown_took_out(text: str, place: str) -> None:
    assert [found[0] for found in problems(text)] == [place]


def test_a_gap_where_no_box_can_stand_is_reported() -> None:
    assert problems(r"$a + \text{{c1::word}}$") == [
        (
            "w",
            "no box can be drawn in the place of this gap",
            r"put the gap around a whole command with its braces: `{{c1::\text{word}}}`",
        )
    ]


def test_gaps_are_drawn_as_empty_boxes_about_as_wide() -> None:
    math = formula(r"$a^{{c1::b+c}} = \frac{{c2::\alpha}}{d}$")
    assert math.tex == r"a^{b+c} = \frac{\alpha}{d}"
    assert tex_hidden(math) == r"a^{\boxed{\phantom{000}}} = \frac{\boxed{\phantom{00}}}{d}"
    assert tex_hidden(math, {2}) == r"a^{b+c} = \frac{\boxed{\phantom{00}}}{d}"
    converted(tex_hidden(math))


def test_anki_gets_its_marks_and_nothing_that_ends_them_early() -> None:
    math = formula(r"$x_{{c1::\frac{a}{{b}}}} < {{c2::\text{p::q}}}$")
    assert tex_anki(math) == (r"x_{{{c1::\frac{a}{{b} } }}} &lt; {{{c2::\text{p&#58;&#58;q} }}}")


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 5000 + "}" * 5000,
        "{" * (MAX_NESTING + 1) + "x" + "}" * (MAX_NESTING + 1),
        "(" * 40 + "x",
        r"(\hat)" * 40,
        "x" * (MAX_LENGTH + 1),
        r"\frac{1}{1+" * 20 + "x" + "}" * 20,
        r"\begin{pmatrix}" * 8 + "x" + r"\end{pmatrix}" * 8,
        r"\sqrt " * 600 + "x",
    ],
)
def test_what_would_keep_a_build_busy_is_refused_at_once(tex: str) -> None:
    started = time.monotonic()
    assert isinstance(to_mathml(tex, display=True), MathError)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "tex",
    [
        r"\phi = 1+\cfrac{1}{1+\cfrac{1}{1+\cfrac{1}{1+\cdots}}}",
        r"\left(\left(\left(\left(x+1\right)^2+1\right)^2+1\right)^2+1\right)",
        " + ".join(r"p(x_i\mid\theta)" for _ in range(40)),
        "x^{" * 20 + "x" + "}" * 20,
    ],
)
def test_deep_but_sensible_formulas_are_converted(tex: str) -> None:
    converted(tex)


def test_no_markup_gets_out_of_a_formula() -> None:
    for tex in (r"\operatorname<", r"\operatorname{<b>}", r"\text{<script>}", r"\fbox{<i>}"):
        result = to_mathml(tex, display=False)
        assert isinstance(result, MathError) or re.search(r"<(?:b|i|script)>", result.html) is None


@pytest.mark.slow
def test_every_command_that_is_not_refused_can_be_drawn() -> None:
    forms = (r"\{}", r"\{} x", r"\{}{{x}}", r"\{}{{x}}{{y}}", r"\text{{\{}}}")
    bad = []
    for tex in (form.format(command) for command in COMMANDS for form in forms):
        result = to_mathml(tex, display=True)
        drawing = draw(result.xml, display=True) if isinstance(result, MathML) else None
        if isinstance(result, MathML) and (drawing is None or drawing.height < 0):
            bad.append(tex)
    assert bad == []


@given(st.text(max_size=60) | st.text(r"\{}^_&%$#~ ()[]<>xyz1+=", max_size=60))
@example("\\")
@example("\x00")
@example("\ud800")
def test_any_text_gives_valid_mathml_or_an_error_inside_it(tex: str) -> None:
    result = to_mathml(tex, display=False)
    if isinstance(result, MathError):
        assert 0 <= result.start <= result.end <= max(len(tex), 1)
        assert result.message
        assert result.help
    else:
        for markup in (result.xml, result.html):
            ET.fromstring(markup)  # noqa: S314 - made here
