"""Reading `deckbuild.toml`."""

from __future__ import annotations

import pytest

from deckbuild.config import AnkiOptions, Blueprint, Config, PrinterOptions, PrintOptions, Selection
from deckbuild.settings import lay_over, parse_config
from deckbuild.source import Source


def read(text: str) -> Config:
    config, found = parse_config(Source("deckbuild.toml", text))
    assert found == ()
    return config


def findings(text: str) -> list[str]:
    _, found = parse_config(Source("deckbuild.toml", text))
    return [
        f"{line}:{column} {d.message} ({d.help})"
        for d in found
        for line, column in [d.labels[0].span.position]
    ]


def test_an_empty_file_gives_the_defaults() -> None:
    assert read("") == Config()


def test_tables_set_options() -> None:
    config = read('namespace = "me"\n[anki]\nsubdecks = true\n[print]\npaper = "letter"\n')
    assert config.namespace == "me"
    assert config.options.anki == AnkiOptions(subdecks=True)
    assert config.options.print == PrintOptions(paper=("letter",))


def test_a_deck_takes_the_project_options_and_lays_its_own_over_them() -> None:
    config = read('[print]\npaper = "letter"\n[deck.cv.print]\ntheme = "grey"\n')
    assert config.options_for("cv").print == PrintOptions(paper=("letter",), theme="grey")
    assert config.options_for("other").print == PrintOptions(paper=("letter",))


def test_a_single_value_stands_for_a_list_of_one() -> None:
    assert read('[[edition]]\nname = "x"\npriority = "must"\n').editions[0].selection == Selection(
        priority=("must",)
    )


def test_an_edition_lays_its_tables_over_the_deck() -> None:
    config = read('[[edition]]\nname = "big"\n[edition.print]\npaper = "a3"\n')
    assert lay_over(config.options, config.editions[0].overrides).print.paper == ("a3",)


def test_the_voice_is_the_project_s_for_decks_share_their_note_types() -> None:
    assert read('[anki]\ntts = "en_US"\n').options.anki.tts == "en_US"
    assert findings('[deck.a.anki]\ntts = "en_US"\n') == [
        "2:1 `tts` is for the whole project: its decks share their note types (write it in `[anki]`)"
    ]
    assert findings('[[edition]]\nname = "x"\n[edition.anki]\ntts = "en_US"\n') == [
        "4:1 `tts` is for the whole project: its decks share their note types (write it in `[anki]`)"
    ]


def test_an_unknown_key_is_reported_with_the_nearest_known_one() -> None:
    assert findings('namespce = "x"\n') == ["1:1 unknown key `namespce` (did you mean `namespace`?)"]


def test_an_unknown_key_of_a_table_names_the_table() -> None:
    assert findings("[anki]\nsubdeck = true\n") == [
        "2:1 unknown key `subdeck` in `[anki]` (did you mean `subdecks`?)"
    ]


def test_a_value_of_the_wrong_type_says_what_is_expected() -> None:
    assert findings("strict = 1\n") == [
        "1:10 `strict` should be true or false, not 1 (write `strict = true`)"
    ]


def test_a_value_outside_a_choice_lists_the_choice() -> None:
    assert findings('[print]\ntheme = "red"\n') == [
        '2:9 `theme` should be "color" or "grey", not "red" (write `theme = "color"`)'
    ]


def test_a_misspelled_value_names_the_nearest() -> None:
    assert findings('[print]\ntheme = "gray"\n') == [
        '2:9 `theme` should be "color" or "grey", not "gray" (did you mean `grey`?)'
    ]


def test_every_misfit_in_a_list_is_reported_at_its_place() -> None:
    assert findings('targets = [\n  "anki",\n  "quizz",\n  3,\n]\n') == [
        (
            '3:3 `targets` should hold "anki", "cheatsheet", "cards", "quiz" or "handout", not "quizz" '
            "(did you mean `quiz`?)"
        ),
        (
            '4:3 `targets` should hold "anki", "cheatsheet", "cards", "quiz" or "handout", not 3 '
            '(write `targets = ["anki"]`)'
        ),
    ]


def test_places_are_found_in_the_second_edition() -> None:
    found = findings('[[edition]]\nname = "a"\n[[edition]]\nname = "b"\ndeks = "x"\n')
    assert found == ["5:1 unknown key `deks` in `[edition]` (did you mean `decks`?)"]


def test_an_edition_without_a_usable_name_is_reported() -> None:
    assert findings('[[edition]]\nname = "week 3"\n')[0].startswith("2:1 an edition needs a `name`")


def test_a_priority_that_there_is_not_is_reported() -> None:
    assert findings('[[edition]]\nname = "a"\npriority = ["must", "shuold"]\n') == [
        '3:21 `priority` should hold "must", "should" or "extra", not "shuold" (write `priority = ["must"]`)'
    ]


def test_two_editions_of_one_name_are_reported() -> None:
    assert findings('[[edition]]\nname = "a"\n[[edition]]\nname = "a"\n') == [
        "4:1 two editions are named `a` ()"
    ]


def test_broken_toml_is_one_finding_at_its_place() -> None:
    assert findings("a = \n")[0].startswith("1:5 this is not TOML: ")


def test_every_mistake_is_reported_in_one_run() -> None:
    assert len(findings('strict = 1\nfoo = 2\n[anki]\nsubdecks = "x"\n[quiz]\nseed = 1.5\n')) == 4


def test_a_text_that_is_not_written_as_it_should_be_says_how() -> None:
    assert findings('[quiz]\nvariants = ["A", "group B"]\n') == [
        (
            '2:18 `variants` should hold one to three letters or digits, not "group B" '
            '(write `variants = ["A"]`)'
        )
    ]


def test_a_card_may_have_a_size_of_ones_own() -> None:
    assert read('[cards]\nsize = "90x60"\n').options.cards.size == "90x60"


def test_a_number_out_of_bounds_names_them() -> None:
    assert findings("[cards]\nmin-size = 2\n") == [
        "2:12 `min-size` should be a number from 5 to 12, not 2 (write `min-size = 5`)"
    ]


def test_a_table_may_have_keys_of_the_authors() -> None:
    blueprint = read("[quiz.blueprint]\neasy = 3\nsections = {basics = 2}\n").options.quiz.blueprint
    assert blueprint == Blueprint(easy=3, sections={"basics": 2})


def test_values_under_the_authors_keys_are_checked() -> None:
    assert findings("[quiz.blueprint]\nsections = {basics = true}\n") == [
        "2:22 `basics` should be a whole number, not true (write `basics = 3`)"
    ]


def test_a_printer_has_a_name_and_an_offset() -> None:
    assert read("[printer.school]\noffset = [0.4, -0.3]\n").printers == {
        "school": PrinterOptions(offset=(0.4, -0.3))
    }


def test_an_offset_is_a_pair() -> None:
    assert findings("[printer.school]\noffset = [0.4]\n") == [
        (
            "2:10 `offset` should be a list of a number and a number, not a list with 0.4 "
            "(write `offset = [0.5, 0.5]`)"
        )
    ]


def test_a_key_without_its_table_names_the_table() -> None:
    assert findings('[deck.a]\npaper = "a4"\n[[edition]]\nname = "e"\nfit = 2\n') == [
        "2:1 unknown key `paper` in `[deck.a]` (it belongs to `[deck.a.print]`)",
        "5:1 unknown key `fit` in `[edition]` (it belongs to `[edition.cheatsheet]`)",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "[print]\npaper = letter # x\n",
            '2:9 this is not TOML: `letter` is no value (write `paper = "letter"`)',
        ),
        ("strict = yes\n", "1:10 this is not TOML: `yes` is no value (write `strict = true`)"),
        ("namespace = “x”\n", '1:13 this is not TOML: `“x”` is no value (write `namespace = "x"`)'),
        ("namespace: x\n", "1:10 this is not TOML: a colon stands behind the key (write `namespace = …`)"),
        (
            'out = "a"\nout = "b"\n',
            "2:1 this is not TOML: `out` stands here twice (keep one of them)",
        ),
        ("[print]\n[print]\n", "2:1 this is not TOML: `[print]` stands here twice (join the two tables)"),
    ],
)
def test_slips_in_toml_are_told_with_what_to_write(text: str, found: str) -> None:
    assert findings(text) == [found]
