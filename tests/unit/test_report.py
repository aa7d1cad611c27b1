"""Diagnostics as text, JSON and annotations."""

from __future__ import annotations

import json

from deckbuild.diagnostic import Code, Label, error, in_order, warning
from deckbuild.report import Style, render_diagnostics, summary
from deckbuild.source import Source, Span

SOURCE = Source("decks/a.yaml", "title: A\nansr: 漢字 x\n")
UNKNOWN = error(Code.UNKNOWN_KEY, "unknown key `ansr`", Span(SOURCE, 9, 13), help="did you mean `answer`?")


def test_the_full_form_shows_the_line_with_carets_and_help() -> None:
    assert render_diagnostics([UNKNOWN], "full") == (
        "error[unknown-key]: unknown key `ansr`\n"
        " --> decks/a.yaml:2:1\n"
        "  |\n"
        "2 | ansr: 漢字 x\n"
        "  | ^^^^\n"
        "  = help: did you mean `answer`?\n"
        "\n"
    )


def test_carets_stand_under_wide_characters() -> None:
    finding = error(Code.RAW_HTML, "x", Span(SOURCE, 18, 19))
    assert render_diagnostics([finding], "full").splitlines()[4] == "  |            ^"


def test_a_second_label_explains_with_dashes() -> None:
    finding = error(
        Code.DUPLICATE_ID, "twice", Label(Span(SOURCE, 9, 13), "again"), Label(Span(SOURCE, 0, 5), "first")
    )
    lines = render_diagnostics([finding], "full").splitlines()
    assert "  | ^^^^ again" in lines
    assert "  | ----- first" in lines


def test_a_long_line_is_cut_around_its_label() -> None:
    source = Source("a.md", "x" * 300 + "HERE" + "y" * 300)
    shown = render_diagnostics([error(Code.RAW_HTML, "x", Span(source, 300, 304))], "full").splitlines()
    assert "HERE" in shown[3]
    assert len(shown[3]) < 120
    assert shown[4].index("^^^^") == shown[3].index("HERE")


def test_control_characters_of_a_source_do_not_reach_the_terminal() -> None:
    source = Source("a.md", "a\x1b[31mb\n")
    shown = render_diagnostics([error(Code.CONTROL_CHARACTER, "x", Span(source, 1, 2))], "full")
    assert "\x1b" not in shown
    assert "␛" in shown


def test_color_is_only_added_by_a_style() -> None:
    assert "\x1b" not in render_diagnostics([UNKNOWN], "full")
    assert "\x1b[1;31m" in render_diagnostics([UNKNOWN], "full", Style(color=True))


def test_the_concise_form_is_one_line() -> None:
    assert render_diagnostics([UNKNOWN], "concise") == (
        "decks/a.yaml:2:1: error[unknown-key] unknown key `ansr`\n"
    )


def test_the_json_form_has_all_of_it() -> None:
    data = json.loads(render_diagnostics([UNKNOWN], "json"))
    assert data[0]["code"] == "unknown-key"
    assert data[0]["labels"][0] == {
        "file": "decks/a.yaml",
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 5,
        "text": "",
    }


def test_annotations_escape_what_would_end_them() -> None:
    finding = error(Code.RAW_HTML, "50% \n off", Span(SOURCE, 0, 1))
    assert render_diagnostics([finding], "github") == (
        "::error file=decks/a.yaml,line=1,col=1,title=raw-html::50%25 %0A off\n"
    )


def test_diagnostics_are_ordered_by_place_and_said_once() -> None:
    first = warning(Code.RAW_HTML, "first", Span(SOURCE, 0, 1))
    assert in_order([UNKNOWN, first, UNKNOWN]) == (first, UNKNOWN)


def test_the_summary_counts() -> None:
    assert summary([UNKNOWN, UNKNOWN, warning(Code.RAW_HTML, "x")]) == "2 errors, 1 warning"
