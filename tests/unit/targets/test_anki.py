from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from deckbuild.config import AnkiOptions, Options
from deckbuild.ledger import News
from deckbuild.model import Basic, Difficulty, Direction, Priority
from deckbuild.plain import Kind
from deckbuild.strings import Strings
from deckbuild.targets.anki import render
from deckbuild.targets.anki.schema import SCHEMAS
from deckbuild.targets.base import AnkiFile, TextFile
from support.decks import (
    basic,
    card,
    choice,
    cloze,
    deck,
    figure,
    followup,
    job,
    occlusion,
    picture,
    prose,
    question,
    republished,
    section,
    services,
    steps,
    typed,
)
from support.locks import publish

if TYPE_CHECKING:
    from deckbuild.media import Media
    from deckbuild.model import Card, Deck
    from deckbuild.package import Note, Package
    from deckbuild.targets.base import Job


def package(work: Job) -> Package:
    (artifact,), diagnostics = render(work, services())
    assert isinstance(artifact, AnkiFile)
    assert diagnostics == ()
    return artifact.package


def fields(made: Package, note: Note) -> dict[str, str]:
    """Return a note's fields that are not empty, by name."""
    [note_type] = [t for t in made.note_types if t.id == note.note_type]
    return {f.name: value for f, value in zip(note_type.fields, note.fields, strict=True) if value}


def card_fields(one: Card, *media: Media, short: str = "") -> dict[str, str]:
    """Return the fields of the only card of a question."""
    whole = question("Why?", short=short, cards=[one]) if short else question("Why?", cards=[one])
    made = package(job(deck(section("General", whole)), media=media))
    return fields(made, made.notes[0])


# What a note holds ------------------------------------------------------------------------------


def test_a_question_fills_a_field_for_every_part() -> None:
    whole = question(
        "Why *depth*?",
        answer="Because.",
        points=["!It adds power", "It costs"],
        figure=figure("media/net.svg", "A net", "Two layers"),
        details="More.",
        pitfalls=["Too deep"],
        hint="Think.",
        difficulty=Difficulty.HARD,
        sources=[("A book",), ("A page", "https://example.org/?a&b")],
        license="CC0",
        reviewed="2026-11-23",
    )
    made = package(job(deck(section("New graduates", whole)), media=[picture("media/net.svg")]))
    _, (image, _) = made.media
    assert fields(made, made.notes[0]) == {
        "Question": "Why <em>depth</em>?",
        "Answer": "<p>Because.</p>",
        "Points": (
            '<div class="points half-1">'
            '<input type="checkbox" id="point-1" class="must">'
            '<label for="point-1" class="tappable">It adds power</label>'
            '<input type="checkbox" id="point-2">'
            '<label for="point-2" class="tappable">It costs</label></div>'
        ),
        "Figure": (
            f'<img src="{image}" alt="A net" width="320" height="200"><figcaption>Two layers</figcaption>'
        ),
        "Details": "<p>More.</p>",
        "Pitfalls": "<ul><li>Too deep</li></ul>",
        "Hint": "<p>Think.</p>",
        "Sources": (
            '<ul><li>A book</li><li><a href="https://example.org/?a&amp;b">A page</a></li>'
            '<li class="license">CC0</li><li class="reviewed">2026-11-23</li></ul>'
        ),
        "Number": "1.1",
        "Section": "New graduates",
        "Level": "hard",
        "Hue": "blue",
        "Language": "en",
        "Direction": "ltr",
        "Id": "test/why-depth",
    }


def test_footnotes_of_answer_and_details_are_kept_apart() -> None:
    note = "So[^1].\n\n[^1]: A note."
    made = package(job(deck(question("Why?", answer=note, details=note))))
    found = fields(made, made.notes[0])
    assert 'id="answer-fn-1"' in found["Answer"]
    assert 'id="details-fn-1"' in found["Details"]


def test_a_followup_names_its_question() -> None:
    whole = question("Why `depth`?", followups=[followup("How deep?", "Very.")])
    made = package(job(deck(whole)))
    found = fields(made, made.notes[0])
    assert {name: found[name] for name in ("Question", "Answer", "Context", "Id")} == {
        "Question": "How deep?",
        "Answer": "<p>Very.</p>",
        "Context": "Why <code>depth</code>?",
        "Id": "test/why-depth/how-deep",
    }


def test_a_basic_card_says_whether_it_is_asked_both_ways() -> None:
    assert "Reverse" not in card_fields(basic("Range of tanh?", "$(-1, 1)$"))
    both = card_fields(basic("Range of tanh?", "$(-1, 1)$", reverse=True))
    assert (both["Question"], both["Answer"], both["Reverse"]) == ("Range of tanh?", r"\((-1, 1)\)", "1")


def test_a_choice_marks_its_options_and_gives_the_reasons() -> None:
    found = card_fields(choice("Which?", {"=A **sigmoid**": "Independent.", "Softmax": ""}, shuffle=False))
    assert found["Options"] == (
        '<div class="one fixed">'
        '<div class="option right"><input type="radio" name="option" id="option-1">'
        '<label for="option-1" class="tappable">A <strong>sigmoid</strong></label>'
        '<div class="why">Independent.</div></div>'
        '<div class="option wrong"><input type="radio" name="option" id="option-2">'
        '<label for="option-2" class="tappable">Softmax</label></div></div>'
    )


def test_several_right_options_are_boxes() -> None:
    found = card_fields(choice("Which?", {"=A": "", "=B": "", "C": ""}))
    assert found["Options"].startswith('<div class="many">')
    assert found["Options"].count('type="checkbox"') == 3


def test_options_are_shuffled_for_clients_without_scripts() -> None:
    texts = {("=" if n == 0 else "") + f"Option {n}": "" for n in range(5)}
    firsts = set()
    for ask in range(20):
        options = card_fields(choice(f"Which of {ask}?", texts), short="")["Options"]
        firsts.add(options[options.index("Option ") :][:8])
    assert len(firsts) > 2


def test_steps_are_gaps_of_one_note() -> None:
    found = card_fields(steps("One step", "Forward", "Loss $L$", "Backward"))
    assert found["Steps"] == (
        r"{{c1::<div>Forward</div>}}{{c2::<div>Loss \(L\)</div>}}{{c3::<div>Backward</div>}}"
    )


def test_a_typed_answer_is_plain_text() -> None:
    found = card_fields(typed("Which?", "vector<int>", "std::vector", "*v*"))
    assert found["Answer"] == "vector&lt;int&gt;"
    assert found["Accepted"] == "<li>std::vector</li><li>*v*</li>"


def test_masks_are_gaps_in_the_words_of_anki_with_their_labels_as_text() -> None:
    masks = {"pooling": (0.4, 0.1, 0.15, 0.6), "a::b": (0.0, 0.0, 1.0, 1.0)}
    found = card_fields(occlusion("Where?", "cnn.svg", masks, alt="A net"), picture("cnn.svg"))
    assert found["Occlusion"] == (
        "{{c1::image-occlusion:rect:left=.4000:top=.1000:width=.1500:height=.6000:oi=1}}<br>"
        "{{c2::image-occlusion:rect:left=.0000:top=.0000:width=1.0000:height=1.0000:oi=1}}"
    )
    assert found["Labels"] == "{{c1::pooling}} · {{c2::a&#58;:b}}"
    assert found["Header"] == "Where?"
    assert found["Image"].endswith('" alt="A net" width="320" height="200">')


def test_gaps_steps_and_masks_take_the_numbers_of_their_cards() -> None:
    parts = cloze("{{c1::a}} {{c2::b}} $x^{{c3::2}}$ `{{c4::f}}(x)`")
    work = republished(job(deck(question("Why?", cards=[parts]))), ordinals=(4, 0, 2, 6))
    made = package(work)
    assert fields(made, made.notes[0])["Text"] == (
        r"{{c5::a}} {{c1::b}} \(x^{{{c3::2}}}\) <code>{{c7::f}}(x)</code>"
    )
    assert made.notes[0].ordinals == (4, 0, 2, 6)


# The context line -------------------------------------------------------------------------------


def test_a_small_card_shows_what_its_question_is_about() -> None:
    assert card_fields(basic("Range?", "1"), short="The `tanh`")["Context"] == "The <code>tanh</code>"


@pytest.mark.parametrize(
    "one",
    [
        cloze("{{Dropout}} drops units."),
        cloze("{{dropout layers}} drop units."),
        cloze("`nn.{{c1::Dropout}}(0.5)` drops units."),
        typed("What drops units?", "dropout"),
        typed("What drops units?", "Dropping", "Dropout"),
        choice("What drops units?", {"=Dropout": "", "Pooling": ""}),
        basic("What drops units?", "Dropout"),
        steps("In order", "Linear", "Dropout"),
        occlusion("What drops units?", "a.svg", {"dropout": (0, 0, 1, 1)}),
    ],
    ids=lambda one: type(one.body).__name__,
)
def test_the_context_line_does_not_give_the_answer_away(one: Card) -> None:
    assert "Context" not in card_fields(one, picture("a.svg"), short="Dropout")


def test_the_context_line_stays_where_an_answer_only_shares_letters_with_it() -> None:
    assert card_fields(cloze("{{drop}} it"), short="Dropout")["Context"] == "Dropout"


# What Anki would take for its own ---------------------------------------------------------------


def text_of(markdown: str) -> str:
    made = package(job(deck(question("Why?", answer=markdown))))
    return fields(made, made.notes[0])["Answer"]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("[sound:a.mp3]", "<p>&#91;sound:a.mp3]</p>"),
        ("`[latex]` `[/latex]`", "<p><code>&#91;latex]</code> <code>&#91;/latex]</code></p>"),
        ("`[$]x[/$]` `[$$]`", "<p><code>&#91;$]x&#91;/$]</code> <code>&#91;$$]</code></p>"),
        ("`[[type:Answer]]`", "<p><code>&#91;[type:Answer]]</code></p>"),
        ("`[anki:play:q:0]`", "<p><code>&#91;anki:play:q:0]</code></p>"),
        (
            r"`\(x\)` and `\[y\]`",
            r"<p><code>\<span>(</span>x\)</code> and <code>\<span>[</span>y\]</code></p>",
        ),
        ("`#include <iostream>`", "<p><code>#include &lt;iostream&gt;</code></p>"),
        ("`{{c1::x}}` costs 5 $", "<p><code>{{c1::x}}</code> costs 5 $</p>"),
        (r"$a < b$", r"<p>\(a &lt; b\)</p>"),
        ("$$a_{b_{c}}$$", r"\[a_{b_{c}}\]"),
    ],
)
def test_marks_of_anki_and_mathjax_stay_text(markdown: str, html: str) -> None:
    assert text_of(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("{{x}} in `a::b`", "{{c1::x}} in <code>a&#58;:b</code>"),
        ("`{{x}}` {{y}}", "<code>&#123;{x&#125;}</code> {{c1::y}}"),
        ("{{`{a}`}}", "{{c1::<code>{a}</code>}}"),
        ("{{a:::hint}}", "{{c1::a:::hint}}"),
        (r"{{$x_{i_{j}}$::what}}", r"{{c1::\(x_{i_{j} }\)::what}}"),
        (
            "{{a}} ![b::c](p.svg)",
            '{{c1::a}} <img src="p-%s.svg" alt="b&#58;:c" width="320" height="200">',
        ),
    ],
)
def test_in_cloze_notes_only_gaps_are_gaps(markdown: str, html: str) -> None:
    image = picture("p.svg")
    expected = html % image.digest[:8] if "%s" in html else html
    assert card_fields(cloze(markdown), image)["Text"] == expected


def test_a_link_to_a_question_names_its_number() -> None:
    other = question("What?", id="what", answer="See [why](#why) and [that](#nowhere).")
    made = package(job(deck(section("One", question("Why?", id="why", answer="So.")), section("Two", other))))
    assert fields(made, made.notes[1])["Answer"] == "<p>See why (1.1) and that.</p>"


# Decks, tags and order --------------------------------------------------------------------------


def two_sections() -> Deck:
    first = question(
        "A?", answer="a", priority=Priority.EXTRA, cards=[cloze("{{x}} {{y}}"), basic("B?", "b")]
    )
    second = question("C?", answer="c", priority=Priority.MUST, cards=[basic("D?", "d", reverse=True)])
    return deck(section("One", first), section("Two: a::b", second, id="two"), title="Both", tags=("t",))


def due(order: str) -> dict[str, tuple[int, ...]]:
    options = Options(anki=AnkiOptions(order=order))  # type: ignore[arg-type] # the parameter of the test
    made = package(job(two_sections(), options=options))
    return {fields(made, note)["Id"].removeprefix("test/"): note.due for note in made.notes}


def test_new_cards_come_in_rounds_the_most_important_question_first() -> None:
    assert due("rounds") == {"a": (2,), "a/x-y": (4, 6), "a/b": (7,), "c": (1,), "c/d": (3, 5)}


def test_new_cards_come_in_source_order_for_courses() -> None:
    assert due("source") == {"a": (1,), "a/x-y": (2, 3), "a/b": (4,), "c": (5,), "c/d": (6, 7)}


def test_sections_are_tags_of_one_deck() -> None:
    made = package(job(two_sections()))
    assert [d.name for d in made.decks] == ["Both"]
    assert {note.deck for note in made.notes} == {"Both"}
    assert made.notes[0].tags == ("test::one", "priority::extra", "t")


def test_sections_are_subdecks_if_asked_for() -> None:
    made = package(job(two_sections(), options=Options(anki=AnkiOptions(subdecks=True))))
    assert [d.name for d in made.decks] == ["Both", "Both::One", "Both::Two: a:b"]
    assert [bool(d.description) for d in made.decks] == [True, False, False]


def test_tags_say_where_a_note_stands_and_what_its_author_says() -> None:
    whole = question(
        "Why?",
        difficulty=Difficulty.EASY,
        roles=["new grad"],
        tags=["cv"],
        cards=[basic("B?", "b", tags=["own"])],
    )
    made = package(job(deck(section("One", whole, tags=["s"]), tags=("t",))))
    assert made.notes[0].tags == (
        "test::one",
        "difficulty::easy",
        "priority::should",
        "role::new-grad",
        "own",
        "cv",
        "s",
        "t",
    )


def test_the_description_says_what_the_last_publication_brought() -> None:
    many = [question(f"Q {number}?", id=f"q{number}", answer="a") for number in range(12)]
    old, fixed, *new = many
    first = publish(deck(old, fixed), now=5)
    days = 200_000
    edited = deck(old, replace(fixed, answer=prose("b")), *new)
    second = publish(edited, over=first.lock, now=days)
    lines = (
        package(replace(job(second.decks["test"]), ledger=second.ledgers["test"]))
        .decks[0]
        .description.split("\n")
    )
    start = lines.index("New since the last version:")
    assert lines[start + 2 : start + 4] == ["- 3 Q 2?", "- 4 Q 3?"]
    assert lines[start + 10] == "- and 2 more"
    assert lines[start + 12 : start + 15] == ["Changed since the last version:", "", "- 2 Q 1?"]
    assert first.ledgers["test"].news == News(), "of the first publication everything is new"
    third = publish(edited, over=second.lock, now=2 * days)
    assert third.ledgers["test"].news == second.ledgers["test"].news, (
        "a build that publishes nothing is no news"
    )


def test_the_description_says_what_the_deck_holds_and_how_to_study_it() -> None:
    work = job(replace(two_sections(), description=prose("About *both*."), version="1.2", license="CC0"))
    about, holds, advice, colophon = package(work).decks[0].description.split("\n\n")
    assert (about, holds, colophon) == (
        "About *both*.",
        "**2 questions, 7 cards** · One · Two: a::b",
        "1.2 · CC0",
    )
    assert [line[:40] for line in advice.splitlines()] == [
        "- Say your answer aloud before you turn ",
        "- New cards come in rounds: first every ",
        "- To study a part, search for tags: `tag",
    ]


def test_subdecks_in_rounds_need_a_setting_of_the_learner() -> None:
    made = package(job(two_sections(), options=Options(anki=AnkiOptions(subdecks=True))))
    assert "*Ascending position*" in made.decks[0].description


# Note types and media ---------------------------------------------------------------------------


def test_only_the_note_types_in_use_are_shipped() -> None:
    made = package(job(two_sections(), namespace="mine"))
    assert [(t.name, t.cloze) for t in made.note_types] == [
        ("deckbuild question · mine", False),
        ("deckbuild basic · mine", False),
        ("deckbuild cloze · mine", True),
    ]


def test_decks_of_a_project_share_note_types_whatever_they_hold_and_speak() -> None:
    words = job(two_sections()).strings.words
    both = Strings("en", words), Strings("de", {**words, "common.hint": 'Wink "1" \\'})
    shared = replace(services(), languages=both)
    first, second = (
        render(work, shared)[0][0]
        for work in (job(two_sections()), job(replace(two_sections(), id="other", lang="de", title="Other")))
    )
    assert isinstance(first, AnkiFile)
    assert isinstance(second, AnkiFile)
    assert first.package.note_types == second.package.note_types
    css = first.package.note_types[0].css
    assert r'--word-hint: "Wink \22 1\22  \5c ";' in css[css.index(":lang(de)") :]


def test_fields_of_a_deck_from_right_to_left_are_written_so() -> None:
    made = package(job(replace(two_sections(), direction=Direction.RTL)))
    assert {f.rtl for t in made.note_types for f in t.fields} == {True}
    assert fields(made, made.notes[0])["Direction"] == "rtl"


def test_templates_refer_to_fields_of_their_kind_only() -> None:
    for note_type in package(job(every_kind())).note_types:
        names = {f.name for f in note_type.fields}
        for template in note_type.templates:
            for side in (template.front, template.back):
                used = {part.split("}}")[0].strip("#/").split(":")[-1] for part in side.split("{{")[1:]}
                assert used <= names


def every_kind() -> Deck:
    return deck(
        question(
            "Why?",
            answer="So.",
            followups=[followup("How?", "Thus.")],
            cards=[
                basic("B?", "b"),
                cloze("{{x}}"),
                choice("Which?", {"=A": "", "B": ""}),
                steps("Steps", "one", "two"),
                typed("Type", "it"),
                occlusion("Where?", "a.svg", {"a": (0, 0, 1, 1)}),
            ],
        )
    )


def test_every_kind_has_templates() -> None:
    made = package(job(every_kind(), media=[picture("a.svg")]))
    assert len(made.note_types) == len(SCHEMAS)


def test_media_get_names_that_change_with_their_content() -> None:
    images = picture("media/_a b?.svg"), picture("other/ネット.svg", color="#000000")
    cards = [
        card(Basic(prose("B?"), prose("b"), figure=figure(image.path, "")), id=str(n))
        for n, image in enumerate(images)
    ]
    made = package(job(deck(question("Why?", cards=cards)), media=images))
    assert [name for name, _ in made.media] == [
        "_deckbuild-user.css",
        f"a-b-{images[0].digest[:8]}.svg",
        f"ネット-{images[1].digest[:8]}.svg",
    ]


def test_a_template_of_the_project_replaces_the_packaged_one() -> None:
    own = services(**{"anki/question/front.html": "[[ kind ]] {{Question}}"})
    (artifact,), _ = render(job(deck(question("Why?", answer="So."))), own)
    assert isinstance(artifact, AnkiFile)
    assert artifact.package.note_types[0].templates[0].front == "question {{Question}}"


def test_the_polite_update_has_every_field_but_the_learners_own() -> None:
    whole = question("Why so?", answer="Because.", points=["One"])
    work = job(deck(whole), options=Options(anki=AnkiOptions(text=True)), namespace="mine")
    (_, update), _ = render(work, services())
    assert isinstance(update, TextFile)
    head, row = update.text.rstrip("\n").rsplit("\n", 1)
    assert update.name == "test.txt"
    assert head.splitlines() == [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
    ]
    guid = work.ledger.notes["why-so"].guid
    cells = row.split("\t")
    assert cells[:5] == [
        f'"{guid}"',
        '"deckbuild question · mine"',
        '"Test"',
        '"Why so?"',
        '"<p>Because.</p>"',
    ]
    assert cells[5].startswith('"<div class=""points half-1"">')
    assert len(cells) == 3 + len(SCHEMAS[Kind.QUESTION].fields) - 1
