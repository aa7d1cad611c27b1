"""Tables: a row of keys and a question a row, or notes that Anki exported as text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.formats.read import read_deck
from deckbuild.formats.table.rows import parse_rows
from deckbuild.markup.text import to_text
from deckbuild.model import Cloze, Deck, Link, Priority, Question
from deckbuild.source import Source
from support.messages import cases, printed

FIXTURE = Path(__file__).parent / "fixtures/table.txt"


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, expected, id=title) for title, text, expected in cases(FIXTURE)]
)
def test_what_is_wrong_with_a_table_is_said(text: str, expected: str) -> None:
    _, diagnostics = read_deck("bank", None, (Source("decks/bank.csv", text),))
    assert printed(diagnostics) == expected


@given(
    st.lists(st.lists(st.text('ab "\n,;é', max_size=8), min_size=2, max_size=3), min_size=1, max_size=4),
    st.sampled_from([",", ";", "\t"]),
)
def test_rows_come_back_as_a_spreadsheet_wrote_them(rows: list[list[str]], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    source = Source("x.csv", out.getvalue())
    read, diagnostics = parse_rows(source, 0, separator)
    said = [row for row in rows if any(cell.strip() for cell in row)]
    assert (diagnostics, [[cell.text for cell in row] for row in read]) == ((), said)
    for cell in (cell for row in read for cell in row):
        for at, character in enumerate(cell.text):
            assert cell.origin.span(at, at + 1).text.startswith(character)


def test_a_row_is_a_question_and_a_list_has_an_item_a_line() -> None:
    question = only_question("""\
ask;short;answer;points;pitfalls;tags;roles;difficulty;priority;minutes;sources;followups;cards;figure;draft
What is ReLU?;ReLU;A *function*.;"!Zero below zero
! cheap
\\!x";"One
Two";basics, nlp;"new-grad
research";easy;must;2;"Deep Learning, https://www.deeplearningbook.org
https://example.org
A book";"Why?
It is cheap.
Very.

How?
Like this.";"ReLU of {{c1::-1}} is {{c2::0}}.
{{ReLU}} is cheap.";"relu.svg
Its curve
The *curve*";FALSE
""")
    assert [(point.text.raw, point.must) for point in question.points] == [
        ("Zero below zero", True),
        ("! cheap", False),
        ("\\!x", False),
    ]
    assert [pitfall.raw for pitfall in question.pitfalls] == ["One", "Two"]
    assert (question.tags, question.roles) == (("basics", "nlp"), ("new-grad", "research"))
    assert (question.priority, question.minutes, question.draft) == (Priority.MUST, 2.0, False)
    assert question.sources == (
        Link("Deep Learning", "https://www.deeplearningbook.org"),
        Link("https://example.org", "https://example.org"),
        Link("A book"),
    )
    assert [(f.id, f.answer.raw) for f in question.followups] == [
        ("why", "It is cheap.\nVery."),
        ("how", "Like this."),
    ]
    assert all(isinstance(card.body, Cloze) for card in question.cards)
    assert question.figure
    assert question.figure.caption
    assert (question.figure.alt, question.figure.caption.raw) == ("Its curve", "The *curve*")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_told_from_the_row_of_keys(separator: str) -> None:
    question = only_question(f"ask{separator}answer\nWhat?{separator}x\n")
    assert question.answer
    assert question.answer.raw == "x"


def test_rows_follow_the_section_above() -> None:
    found = deck("section,ask,answer\nBasics,One?,x\n,Two?,x\nMore,Three?,x\nBasics,Four?,x\n")
    assert [(section.id, [q.id for q in section.questions]) for section in found.sections] == [
        ("basics", ["one", "two", "four"]),
        ("more", ["three"]),
    ]


def test_a_table_may_be_a_section_of_a_folder_deck() -> None:
    found, diagnostics = read_deck(
        "dl", Source("dl/_deck.yaml", ""), (Source("dl/1-basics.tsv", "ask\tanswer\nWhat?\tx\n"),)
    )
    assert printed(diagnostics) == ""
    assert found
    assert [section.title for section in found.sections] == ["Basics"]


def test_exported_notes_become_questions_with_guid_and_tags() -> None:
    found = deck(
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
        'k}R#a\tBasic\tDL::CNN\tWhat is <b>pooling</b>?\t"A <i>summary</i> of \\(x_1\\)"\tcnn layers\n'
        "b]Qzz\tCloze\tDL::CNN\tReLU of {{c1::-1::number}} is {{c2::0}}\tcheap\t\n"
    )
    assert (found.title, [section.title for section in found.sections]) == ("CNN", [""])
    first, second = found.sections[0].questions
    assert (first.guid, first.tags, first.ask.raw) == (
        "k}R#a",
        ("cnn", "layers"),
        "What is **pooling**?",
    )
    assert first.answer
    assert first.answer.raw == "A *summary* of $x_1$"
    assert (second.guid, second.ask.raw) == ("b]Qzz", "ReLU of … is …")
    assert isinstance(second.cards[0].body, Cloze)
    assert to_text(second.cards[0].body.text.events) == "ReLU of -1 is 0"
    assert second.details
    assert second.details.raw == "cheap"


def test_decks_of_an_export_become_sections() -> None:
    found = deck(
        "#separator:tab\n#html:false\n#deck column:1\n"
        "DL::CNN\tOne?\tx\nDL::RNN\tTwo?\tx\nML::CNN\tThree?\tx\nDL::CNN\tFour?\tx\n"
    )
    assert [(section.title, len(section.questions)) for section in found.sections] == [
        ("DL: CNN", 2),
        ("RNN", 1),
        ("ML: CNN", 1),
    ]


def test_plain_fields_of_an_export_are_shown_as_they_are() -> None:
    question = only_question("#separator:tab\n#html:false\nWhat is a*b*c?\t<b>\n")
    assert question.answer
    assert (to_text(question.ask.events), to_text(question.answer.events)) == ("What is a*b*c?", "<b>")


def test_names_of_fields_tell_what_they_are() -> None:
    question = only_question(
        "#separator:comma\n#columns:Back,Front,Hint,Remarks,Tags\n#tags column:5\n#tags:all\n"
        "x,What?,y,z,a b\n"
    )
    assert question.answer
    assert question.hint
    assert question.details
    assert (question.ask.raw, question.answer.raw, question.hint.raw, question.details.raw) == (
        *("What?", "x", "y", "z"),
    )
    assert question.tags == ("a", "b")


def test_columns_may_have_our_keys() -> None:
    question = only_question("#separator:comma\n#columns:ask,answer,difficulty\nWhat *is* it?,x,hard\n")
    assert (question.ask.raw, str(question.difficulty)) == ("What *is* it?", "hard")


def test_remarks_among_notes_are_left_out() -> None:
    found = deck('#separator:tab\n#html:false\nOne?\tx\n#a remark\ty\n"#two"\tx\n')
    assert [question.id for _, question in found.questions()] == ["one", "two"]


def deck(text: str) -> Deck:
    found, diagnostics = read_deck("bank", None, (Source("decks/bank.csv", text),))
    assert printed(diagnostics) == ""
    assert found
    return found


def only_question(text: str) -> Question:
    (section,) = deck(text).sections
    (question,) = section.questions
    return question
