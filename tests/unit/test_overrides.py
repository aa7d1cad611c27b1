"""Templates and words of a project: what of them leads nowhere, and what goes wrong when they run."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from deckbuild import resources
from deckbuild.check.overrides import check_templates, check_words
from deckbuild.source import Source
from deckbuild.strings import Strings, parse_strings
from deckbuild.templates import TemplateError, Templates
from support.messages import printed

PACKAGED = {
    "base.html": "{% block body %}{% block inner %}{% endblock %}{% endblock %}",
    "page.html": '{% extends "base.html" %}{% block body %}{{ title }}{% endblock %}',
    "anki/style.css": "[% block look %][% endblock %]",
    "handout/page.css": "a{{",
}
WORDS = {"index.days": "{count} days", "index.days.one": "{count} day", "index.title": "Your decks"}


@dataclass(frozen=True)
class Context:
    """What the templates of these tests can use."""

    title: str
    words: Strings


CONTEXT = Context("T", Strings("en", WORDS))


def problems(**project: str) -> list[str]:
    """What is said of a project's templates, `__` standing for `/` and `_` for the dot."""
    names = {name.replace("__", "/").replace("_", "."): text for name, text in project.items()}
    found = check_templates(Templates(PACKAGED, names))
    return [f"{d.name}: {d.message} ({d.help})" for d in found]


def failure(text: str) -> str:
    """What is said when a template fails, with its place."""
    with pytest.raises(TemplateError) as raised:
        Templates(PACKAGED, {"page.html": text}).render("page.html", CONTEXT)
    return printed([raised.value.diagnostic])


def words(text: str, name: str = "strings/en.toml", *templates: str) -> str:
    source = Source(name, text)
    own, found = parse_strings(source)
    return printed([*found, *check_words(source, own, WORDS, templates)])


# Templates --------------------------------------------------------------------------------------


def test_what_overrides_a_template_is_not_mentioned() -> None:
    text = '{% extends "deckbuild/page.html" %}{% block inner %}{% block own %}x{% endblock %}{% endblock %}'
    assert problems(page_html=text, anki__style_css="[% block look %]a{}[% endblock %]") == []


def test_a_template_of_the_project_that_another_includes_is_not_mentioned() -> None:
    assert problems(page_html='{% include "mine/part.html" %}', mine__part_html="x") == []


def test_a_template_that_nothing_uses_names_the_nearest() -> None:
    assert problems(pag_html="x") == [
        (
            "templates/pag.html: nothing uses the template `pag.html`: "
            "there is none of this name to override (did you mean `page.html`?)"
        )
    ]


def test_a_block_that_there_is_not_names_the_nearest() -> None:
    (found,) = check_templates(
        Templates(PACKAGED, {"page.html": '{% extends "base.html" %}\n{% block bodi %}x{% endblock %}'})
    )
    assert printed([found]) == (
        "2:10 warning template-unknown there is no block `bodi` to override\n  help: did you mean `body`?"
    )


def test_syntax_is_checked_before_a_template_is_used() -> None:
    assert problems(page_html="{% if %}") == [
        "templates/page.html: expected an expression, got 'end of statement block' ()"
    ]


def test_styles_that_are_not_rendered_may_have_any_brace() -> None:
    assert problems(handout__page_css="b{{") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n  {{ titel }}", "2:6 template-failed 'titel' is undefined\n  help: did you mean `title`?"),
        ("{{ nothing }}", "1:4 template-failed 'nothing' is undefined\n  help: there is `title`, `words`"),
        (
            '{% include "nope.html" %}',
            (
                "1:13 template-failed there is no template `nope.html`\n"
                "  help: `deckbuild templates list` lists them"
            ),
        ),
        (
            '{% extends "page.html" %}',
            (
                "1:1 template-failed it calls, includes or extends itself without end\n"
                "  help: write `deckbuild/…` for what it overrides"
            ),
        ),
        ("{{ title.__class__ }}", "1:10 template-failed a template may not use `__class__`"),
        (
            '{{ words("index.day") }}',
            "1:11 template-failed there is no word `index.day`\n  help: did you mean `index.days`?",
        ),
        (
            '{{ words("index.days") }}',
            (
                "1:11 template-failed the word `index.days` needs a value for `count`\n"
                '  help: write `words("index.days", count=…)`'
            ),
        ),
        ("{{ 1 / 0 }}", "1:1 template-failed division by zero"),
    ],
)
def test_what_goes_wrong_in_a_template_is_said_where_it_stands(text: str, expected: str) -> None:
    assert failure(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'x' * 10**12 }}",
        "{{ 10**9 * [1] }}",
        "{{ 2 ** 9999999999 }}",
        "{{ '%099999999d' % 1 }}",
        "{{ '%*d' % (999999999, 1) }}",
        "{{ 'x'.ljust(10**11) }}",
        "{{ 'x' | center(10**11) }}",
        "{{ range(10**9) | list }}",
        "{{ lipsum(10**9) }}",
    ],
)
def test_a_few_characters_do_not_fill_the_memory(text: str) -> None:
    assert failure(text).startswith("1:")


def test_small_sums_and_repetitions_are_as_ever() -> None:
    text = "{{ 'ab' * 3 }} {{ 2 ** 10 }} {{ '%03d' % 7 }} {{ 7 % 4 }} {{ 'x'.upper() }}"
    assert Templates(PACKAGED, {"page.html": text}).render("page.html", CONTEXT) == "ababab 1024 007 3 X"


# Words ------------------------------------------------------------------------------------------


def test_words_that_override_are_not_mentioned() -> None:
    assert words('[index]\ndays = "{count} Tage"\n"days.one" = "ein Tag"\ntitle = "Stapel"\n') == ""


def test_a_word_that_nothing_uses_names_the_nearest() -> None:
    assert words('[index]\ntitel = "Stapel"\n') == (
        "2:1 warning strings-unknown nothing uses the word `index.titel`\n  help: did you mean `index.title`?"
    )


def test_words_of_ones_own_templates_are_not_mentioned() -> None:
    assert words('own.word = "x"\n', "strings/en.toml", '{{ words("own.word") }}') == ""


def test_a_value_that_a_word_does_not_get_is_said() -> None:
    assert words('index.days = "{cuont} days"\n') == (
        "1:7 strings-invalid `index.days`: there is no value `{cuont}`; there is `{count}`"
    )


def test_words_cannot_look_into_values() -> None:
    assert words('index.days = "{count.__class__}"\n').startswith("1:7 strings-invalid")


def test_a_brace_without_partner_is_said() -> None:
    assert words('index.title = "{"\n') == (
        "1:7 strings-invalid `index.title`: "
        "a brace has no partner; a brace that is to be shown is written twice"
    )


def test_what_is_no_text_and_what_is_no_toml_have_a_place() -> None:
    assert words("[index]\ntitle = 3\n") == "2:1 strings-invalid `index.title` is not a text"
    assert (
        words("[index\n")
        == "1:7 strings-invalid this is not TOML: expected ']' at the end of a table declaration"
    )


def test_a_file_that_is_named_after_no_language_is_said() -> None:
    source = Source("strings/english.toml", "")
    assert [d.message for d in check_words(source, {}, WORDS, ())] == ["`english` is no language"]


def test_every_count_of_english_has_words_for_one() -> None:
    english, _ = parse_strings(Source("strings/en.toml", resources.strings()["en"]))
    after = {key: word.partition("{count} ")[2] for key, word in english.items()}
    plural = {key for key, words in after.items() if "s" in words}
    # "1 of 20 questions" and "1 a day" are right; the line about topics is there for several alone.
    alike = {"handout.live.found", "index.new-a-day", "cheatsheet.topics"}
    without = {key for key in plural if not key.endswith(".one") and f"{key}.one" not in english}
    assert without - alike == set()
