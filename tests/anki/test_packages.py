from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup

from deckbuild.config import AnkiOptions, Options, PresetOptions
from deckbuild.media import Media
from deckbuild.model import Difficulty, Direction, Priority
from deckbuild.targets.anki import render
from deckbuild.targets.anki.polite import polite_update
from deckbuild.targets.base import AnkiFile
from deckbuild.writers.apkg import write_apkg
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
    republished,
    section,
    services,
    steps,
    typed,
)

if TYPE_CHECKING:
    from deckbuild.model import Card, Deck, Question
    from deckbuild.package import NoteType, Package
    from deckbuild.targets.base import Job
    from support.learner import Learner

pytestmark = pytest.mark.anki

PICTURES = (picture("media/a.svg"), picture("media/ネット (1).svg", color="#0b6b64"))
MASKS = {"conv": (0.1, 0.1, 0.2, 0.2), "pool": (0.5, 0.1, 0.2, 0.2), "dense": (0.7, 0.5, 0.2, 0.2)}


def bare_question() -> Question:
    """Return a question of every kind, with nothing that may be left out."""
    return question("Bare?", answer="So.", cards=small_cards(), followups=[followup("How?", "Thus.")])


def small_cards(hint: str = "") -> list[Card]:
    rest: dict[str, Any] = {"hint": hint}
    return [
        basic("One way?", "Yes.", **rest),
        basic("Both ways?", "Yes.", reverse=True, **rest),
        cloze("{{c1::One}} and {{c2::two::hint}} and $x^{{c3::2}}$ and `{{c4::code}}`.", **rest),
        choice("Which?", {"=A": "Because.", "B": ""}, **rest),
        choice("Which ones?", {"=A": "", "=B": "", "C": ""}, shuffle=False, **rest),
        steps("In order", "One", "Two `x`", "Three $y$", **rest),
        typed("Type", "vector<int>", **rest),
        typed("Type again", "it", "this", "that", **rest),
        occlusion("Where?", "media/a.svg", MASKS, **rest),
    ]


def full_question() -> Question:
    """Return a question of every kind, with everything that may be there."""
    return question(
        "Full? `[sound:a.mp3]` {{c1::x}}",
        short="Full",
        answer=r"**So** that `\(x\)` [latex] $a<b$.",
        points=["!Must", "May $x$"],
        figure=figure("media/ネット (1).svg", "A net", "Caption"),
        details="```python\nprint('{{c1::x}}')\n```\n\n| a | b |\n|---|---|\n| 1 | [^1] |\n\n[^1]: A note.",
        pitfalls=["Not so"],
        hint="Think.",
        difficulty=Difficulty.HARD,
        priority=Priority.MUST,
        roles=["new grad"],
        tags=["cv", "über-tag"],
        sources=[("A book",), ("A page", "https://example.org/?a&b")],
        license="CC0",
        reviewed="2026-11-23",
        cards=small_cards(hint="A hint."),
        followups=[followup("How?", "Thus.")],
    )


def whole_deck() -> Deck:
    return deck(section("Bare", bare_question()), section("Full", full_question()), id="whole", title="Whole")


def package(work: Job) -> Package:
    (artifact,), _ = render(work, services())
    assert isinstance(artifact, AnkiFile)
    return artifact.package


def whole() -> Job:
    return job(whole_deck(), media=PICTURES)


def test_a_package_imports_without_a_complaint(learner: Learner) -> None:
    made = package(whole())
    log = learner.import_package(write_apkg(made))
    assert (log.new, log.updated, log.duplicate, log.conflicting) == (len(made.notes), 0, 0, 0)
    assert learner.complaints() == []


def test_importing_again_updates_nothing(learner: Learner) -> None:
    data = write_apkg(package(whole()))
    count = learner.import_package(data).new
    assert learner.import_package(data) == (0, 0, count, 0)


def test_anki_makes_the_cards_that_the_package_says(learner: Learner) -> None:
    made = package(whole())
    learner.import_package(write_apkg(made))
    for note in made.notes:
        imported = learner.note(note.guid)
        assert tuple(card.ord for card in learner.cards(imported)) == note.ordinals
        assert learner.generated(imported) == note.ordinals


def test_no_other_field_makes_or_takes_away_a_card(learner: Learner) -> None:
    made = package(whole())
    learner.import_package(write_apkg(made))
    for note in made.notes:
        imported = learner.note(note.guid)
        for name in set(imported.keys()) - {"Text", "Steps", "Occlusion", "Reverse"}:
            for value in ("", "something"):
                original, imported[name] = imported[name], value
                assert learner.generated(imported) == note.ordinals, name
                imported[name] = original


def test_gaps_keep_the_cards_that_they_were_given(learner: Learner) -> None:
    work = republished(job(deck(question("Why?", cards=[cloze("{{a}} {{b}}")]))), ordinals=(6, 2))
    made = package(work)
    learner.import_package(write_apkg(made))
    imported = learner.only_note()
    assert learner.generated(imported) == (2, 6)
    assert learner.complaints() == []


def test_new_cards_wait_in_the_order_of_the_package(learner: Learner) -> None:
    made = package(whole())
    learner.import_package(write_apkg(made))
    for note in made.notes:
        imported = learner.note(note.guid)
        assert tuple(card.due for card in learner.cards(imported)) == note.due


def test_names_fields_tags_and_decks_arrive_as_they_are(learner: Learner) -> None:
    made = package(whole())
    learner.import_package(write_apkg(made))
    for note in made.notes:
        imported = learner.note(note.guid)
        [note_type] = [t for t in made.note_types if t.id == note.note_type]
        assert imported.note_type()["name"] == note_type.name
        assert tuple(imported.fields) == note.fields
        assert sorted(imported.tags) == sorted(note.tags)
        assert {learner.col.decks.name(card.did) for card in learner.cards(imported)} == {"Whole"}
    whole_id = learner.col.decks.id_for_name("Whole")
    assert whole_id is not None
    described = learner.col.decks.get(whole_id)
    assert described is not None
    assert (described["desc"], described["md"]) == (made.decks[0].description, True)


def test_sections_become_subdecks(learner: Learner) -> None:
    work = replace(whole(), options=Options(anki=AnkiOptions(subdecks=True)))
    learner.import_package(write_apkg(package(work)))
    names = {deck.name for deck in learner.col.decks.all_names_and_ids()}
    assert names == {"Default", "Whole", "Whole::Bare", "Whole::Full"}


def test_anki_sees_no_media_but_ours_and_no_sound_or_formula_in_code(learner: Learner) -> None:
    made = package(whole())
    learner.import_package(write_apkg(made))
    report = learner.col.media.check()
    assert (list(report.missing), list(report.unused)) == ([], [])
    for note in made.notes:
        for card in learner.cards(learner.note(note.guid)):
            shown = card.render_output()
            assert (list(shown.question_av_tags), list(shown.answer_av_tags)) == ([], [])
            assert ".png" not in shown.question_text + shown.answer_text


def test_templates_render_without_an_error_on_both_sides(learner: Learner) -> None:
    made = package(whole())
    learner.import_package(write_apkg(made))
    for note in made.notes:
        for card in learner.cards(learner.note(note.guid)):
            shown = card.render_output()
            assert shown.question_text.count("<div") == shown.question_text.count("</div>")
            assert "{{" not in shown.question_text.replace("{{c1::x}}", "")
            assert shown.question_text != shown.answer_text


def test_a_gap_is_hidden_in_front_and_shown_behind(learner: Learner) -> None:
    text = cloze("{{c1::One}} {{c2::two::which}} $x^{{c3::2}}$ `{{c4::a::b}}`")
    learner.import_package(write_apkg(package(job(deck(question("Why?", cards=[text]))))))
    shown = [card.render_output() for card in learner.cards(learner.only_note())]
    assert [side(card.question_text) for card in shown] == [
        r"[...] two \(x^{2}\) a::b",
        r"One [which] \(x^{2}\) a::b",
        r"One two \(x^{[...]}\) a::b",
        r"One two \(x^{2}\) [...]",
    ]
    assert {side(card.answer_text) for card in shown} == {r"One two \(x^{2}\) a::b"}


def test_image_occlusion_is_ankis_own(learner: Learner) -> None:
    one = occlusion("Where?", "media/a.svg", MASKS)
    learner.import_package(write_apkg(package(job(deck(question("Why?", cards=[one])), media=PICTURES))))
    found = learner.col.get_image_occlusion_note(learner.only_note().id).note
    assert found.header == "Where?"
    assert found.image_file_name.startswith("a-")
    shapes = [occlusion.shapes[0] for occlusion in found.occlusions]
    rects = [tuple(float(prop.value) for prop in shape.properties[:4]) for shape in shapes]
    assert sorted(rects) == sorted(MASKS.values())


def test_the_twin_of_a_masked_picture_asks_in_words(learner: Learner) -> None:
    one = occlusion("Where?", "media/a.svg", MASKS)
    learner.import_package(write_apkg(package(job(deck(question("Why?", cards=[one])), media=PICTURES))))
    shown = [card.render_output() for card in learner.cards(learner.only_note())]
    twins = [side(card.question_text.split('class="twin">')[1].split("</div>")[0]) for card in shown]
    assert twins == ["[...] · pool · dense", "conv · [...] · dense", "conv · pool · [...]"]
    answers = [side(card.answer_text.split('class="answer">')[1].split("</section>")[0]) for card in shown]
    assert answers == ["conv", "pool", "dense"]


def test_decks_of_two_languages_share_their_note_types(learner: Learner) -> None:
    other = replace(whole_deck(), id="other", title="آخر", lang="ar", direction=Direction.RTL)
    learner.import_package(write_apkg(package(whole())))
    log = learner.import_package(write_apkg(package(job(other, media=PICTURES))))
    assert (log.updated, log.conflicting) == (0, 0)
    ours = [t.name for t in learner.col.models.all_names_and_ids() if t.name.startswith("deckbuild")]
    assert ours == sorted(f"deckbuild {kind} · tests" for kind in KINDS)


KINDS = ("question", "followup", "basic", "cloze", "choice", "steps", "typed", "occlusion")


def published(made: Package, seconds: int) -> Package:
    """Return the package with all its note types published at that time."""
    return replace(made, note_types=tuple(replace(t, modified=seconds) for t in made.note_types))


def renamed(note_type: NoteType) -> NoteType:
    """Return the note type with a spare field put to use."""
    fields = (replace(f, name="Audio") if f.name == "Spare 1" else f for f in note_type.fields)
    return replace(note_type, fields=tuple(fields), css=note_type.css + "\n.new {}")


def test_another_look_and_a_spare_field_put_to_use_arrive_without_a_second_note_type(
    learner: Learner,
) -> None:
    made = package(whole())
    count = learner.import_package(write_apkg(published(made, 1000))).new
    later = replace(made, note_types=tuple(renamed(t) for t in made.note_types))
    assert learner.import_package(write_apkg(published(later, 2000))) == (0, 0, count, 0)
    ours = [t for t in learner.col.models.all() if t["name"].startswith("deckbuild")]
    assert len(ours) == len(KINDS)
    assert all(t["css"].endswith(".new {}") for t in ours)
    assert all("Audio" in {f["name"] for f in t["flds"]} for t in ours)


def test_the_learners_style_sheet_outlives_updates(learner: Learner) -> None:
    made = package(whole())
    learner.import_package(write_apkg(made))
    own = Path(learner.col.media.dir(), "_deckbuild-user.css")
    assert own.read_text("utf-8").startswith("/* Your own look")
    own.write_text(".card { font-size: 30px }", "utf-8")
    later = replace(made, notes=tuple(replace(note, modified=2000) for note in made.notes))
    assert learner.import_package(write_apkg(published(later, 2000))).updated == len(made.notes)
    assert own.read_text("utf-8") == ".card { font-size: 30px }"
    assert learner.complaints() == []


# The polite update ------------------------------------------------------------------------------


def test_the_polite_update_keeps_tags_own_notes_and_decks(learner: Learner) -> None:
    made = package(whole())
    learner.import_package(write_apkg(made))
    for note in made.notes:
        imported = learner.note(note.guid)
        imported["My notes"] = "mine"
        imported.tags.append("marked")
        learner.col.update_note(imported)
        elsewhere = learner.col.decks.id("Elsewhere")
        assert elsewhere is not None
        learner.col.set_deck([card.id for card in learner.cards(imported)], elsewhere)
    edited = replace(made, notes=tuple(replace(note, fields=corrected(note.fields)) for note in made.notes))
    assert learner.import_text(polite_update(edited)) == (0, len(made.notes), 0, 0)
    for note in edited.notes:
        imported = learner.note(note.guid)
        assert tuple(imported.fields) == (*note.fields[:-1], "mine")
        assert sorted(imported.tags) == sorted([*note.tags, "marked"])
        cards = learner.cards(imported)
        assert {learner.col.decks.name(card.did) for card in cards} == {"Elsewhere"}
        assert tuple(card.ord for card in cards) == note.ordinals
    assert learner.complaints() == []


def test_the_polite_update_leaves_unchanged_notes_alone_and_brings_new_ones(learner: Learner) -> None:
    made = package(whole())
    *old, new = made.notes
    learner.import_package(write_apkg(replace(made, notes=tuple(old))))
    assert learner.import_text(polite_update(made)) == (1, 0, len(old), 0)
    assert [card.ord for card in learner.cards(learner.note(new.guid))] == list(new.ordinals)


def corrected(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields with another section name."""
    return tuple("Corrected" if value in {"Bare", "Full"} else value for value in fields)


def side(html: str) -> str:
    """Return the words of a card without its frame."""
    return Markup(html.rpartition("</header>")[2]).striptags()  # noqa: S704 - tags are taken out


# Recordings -------------------------------------------------------------------------------------

SPOKEN = Media("media/Tōkyō (1).mp3", b"ID3 a recording", "audio/mpeg")


def test_a_recording_is_played_and_lies_in_the_collection(learner: Learner) -> None:
    """On the side where it stands, also inside a gap; code that looks like one stays code."""
    heard = "![Tokyo, spoken](media/Tōkyō%20(1).mp3)"
    cards = [
        basic(f"Say 東京 `[sound:a.mp3]` {heard}", "Tōkyō"),
        cloze(f"Tokyo is {{{{said {heard}}}}} like this."),
    ]
    made = package(job(deck(question("Why?", answer="So.", cards=cards)), media=[SPOKEN]))
    learner.import_package(write_apkg(made))
    [name] = [name for name, medium in made.media if medium is SPOKEN]
    assert Path(learner.col.media.dir(), name).read_bytes() == SPOKEN.data
    played = {
        card.note().note_type()["name"].split()[1]: (
            [tag.filename for tag in card.render_output().question_av_tags],
            [tag.filename for tag in card.render_output().answer_av_tags],
        )
        for note in made.notes
        for card in learner.cards(learner.note(note.guid))
    }
    assert played == {"question": ([], []), "basic": ([name], [name]), "cloze": ([], [name])}
    assert learner.complaints() == []


# Reading aloud ----------------------------------------------------------------------------------


def test_anki_reads_prompts_and_answers_aloud_if_asked_to(learner: Learner) -> None:
    cards = [
        basic("Both **ways**?", "Yes.", reverse=True),
        cloze("{{One}} and {{two}}."),
        choice("Which?", {"=A": "", "B": ""}),
        steps("In order", "First", "Second"),
        typed("Type", "it"),
        occlusion("Where?", "media/a.svg", MASKS),
    ]
    whole_one = question("Why?", answer="So.", cards=cards, followups=[followup("How?", "Thus.")])
    silent = question("Points only?", points=["This"])
    options = Options(anki=AnkiOptions(tts="en_US"))
    made = package(job(deck(whole_one, silent), media=PICTURES, options=options))
    learner.import_package(write_apkg(made))
    said: dict[str, list[tuple[str, str]]] = {}
    for note in made.notes:
        imported = learner.note(note.guid)
        assert learner.generated(imported) == note.ordinals
        for card in learner.cards(imported):
            sides = card.render_output()
            tags = (sides.question_av_tags, sides.answer_av_tags)
            assert {tag.lang for side in tags for tag in side} <= {"en_US"}
            asked, told = (" / ".join(tag.field_text.strip() for tag in side) for side in tags)
            said.setdefault(imported.note_type()["name"].split()[1], []).append((asked, told))
    assert said == {
        "question": [("Why?", "So."), ("Points only?", "")],
        "followup": [("How?", "Thus.")],
        "basic": [("Both ways?", "Yes."), ("Yes.", "Both ways?")],
        "cloze": [("blank and two.", "One"), ("One and blank.", "two")],
        "choice": [("Which?", "")],
        "steps": [("In order", "First"), ("In order", "Second")],
        "typed": [("Type", "it")],
        "occlusion": [("Where?", "")] * 3,
    }


# The preset -------------------------------------------------------------------------------------


def test_no_preset_comes_with_a_package_that_asks_for_none() -> None:
    assert package(whole()).preset is None


def test_a_preset_is_there_for_those_who_tick_it_and_changes_nothing_for_others(tmp_path: Path) -> None:
    """New cards a day come from the days there are; the last fifth of them brings nothing new."""
    options = Options(anki=AnkiOptions(subdecks=True, preset=PresetOptions(days=10, retention=0.93)))
    from support.learner import Learner

    made = package(replace(whole(), options=options))
    cards = sum(len(note.ordinals) for note in made.notes)
    for number, ticked in enumerate((False, True)):
        (tmp_path / str(number)).mkdir()
        someone = Learner(tmp_path / str(number))
        assert someone.import_package(write_apkg(made), presets=ticked).new == len(made.notes)
        names = {"Default"} if not ticked else {"Default", "Whole (deckbuild)"}
        assert {preset["name"] for preset in someone.col.decks.all_config()} == names
        assert someone.preset("Default")["new"]["perDay"] == 20
        for deck_name in ("Whole", "Whole::Bare", "Whole::Full"):
            found = someone.preset(deck_name)
            asked = (found["new"]["perDay"], found["new"]["bury"], found["rev"]["bury"])
            assert asked == ((-(-cards // 8), True, True) if ticked else (20, False, False))
            assert found["desiredRetention"] == pytest.approx(0.93 if ticked else 0.9)
            assert (found["newGatherPriority"], found["newSortOrder"]) == ((1, 1) if ticked else (0, 0))
        assert someone.complaints() == []
        someone.close()


def test_what_learners_make_of_a_preset_stays(learner: Learner) -> None:
    made = package(replace(whole(), options=Options(anki=AnkiOptions(preset=PresetOptions(days=10)))))
    learner.import_package(write_apkg(made), presets=True)
    own = learner.preset("Whole")
    own["new"]["perDay"] = 3
    learner.col.decks.update_config(own)
    later = replace(made, preset=replace(made.preset, new_a_day=99)) if made.preset else made
    learner.import_package(write_apkg(later), presets=True)
    assert learner.preset("Whole")["new"]["perDay"] == 3
