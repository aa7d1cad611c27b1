"""Printed cards: where they are on the paper, what stands on them, and what does not fit."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from deckbuild.config import CardsOptions, Options, PrintOptions
from deckbuild.diagnostic import Code, Severity
from deckbuild.imposition import (
    EIGHTH,
    SIZE_NAMES,
    STOCKS,
    Axis,
    Duplex,
    Grid,
    Size,
    card_size,
    flip_axis,
    fold_lines,
    grid_for,
    mirrored,
    single,
)
from deckbuild.model import Difficulty, Direction, Priority
from deckbuild.targets.cards import render
from deckbuild.targets.cards.design import design
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
    steps,
    typed,
)
from support.prints import PT, Found, ReadPage, printed, read_lines, read_pages, rendered

if TYPE_CHECKING:
    from pathlib import Path

    from deckbuild.config import PaperName
    from deckbuild.media import Media
    from deckbuild.model import Deck
    from deckbuild.targets.base import Job

pytestmark = pytest.mark.pdf
PAPERS: dict[PaperName, Size] = {"a4": Size(210, 297), "letter": Size(215.9, 279.4)}


def make(
    content: Deck, *, paper: PaperName = "a4", media: tuple[Media, ...] = (), **options: object
) -> tuple[bytes, tuple[str, ...]]:
    """Return the cards of a deck and what was said of them."""
    artifacts, found = rendered(render, job_of(content, paper=paper, media=media, **options))
    return printed(artifacts[0]), tuple(d.message for d in found)


def job_of(
    content: Deck, *, paper: PaperName = "a4", media: tuple[Media, ...] = (), **options: object
) -> Job:
    cards = replace(CardsOptions(), **options)  # type: ignore[arg-type]  # as the tests spell them
    return job(content, options=Options(cards=cards, print=PrintOptions(paper=(paper,))), media=media)


def numbered(count: int) -> Deck:
    """Return a deck whose cards say which they are: `ask3` and `reply3`."""
    return deck(section("S", *(question(f"ask{n}", answer=f"reply{n}") for n in range(count))))


def outlines(page: ReadPage, card: Size) -> list[Found]:
    """Return the borders of the cards of a page, row by row."""
    size = pytest.approx((card.width, card.height), abs=0.05)
    found = [rect for rect in page.rects if (rect.right - rect.x, rect.bottom - rect.y) == size]
    return sorted(found, key=lambda rect: (round(rect.y), rect.x))


def places(page: ReadPage, card: Size, word: str) -> dict[str, Found]:
    """Return the borders of the cards of a page by the one word that stands on each."""
    named: dict[str, Found] = {}
    for outline in outlines(page, card):
        inside = [w.text for w in page.words if w.is_inside(outline) and w.text.startswith(word)]
        named |= {text.removeprefix(word): outline for text in inside}
        assert len(inside) <= 1, "each card has its text, once"
    return named


EIGHTH_CARD = card_size(EIGHTH, PAPERS["a4"]) or Size(0, 0)


# Front and back ---------------------------------------------------------------------------------


SIZES = (*SIZE_NAMES, "90x60", "2.25x3.5in")
"""Every size by name, and two of one's own."""
SHEETS = (*PAPERS, "card")
"""Every paper, and a page for each card."""


def grid_of(size: str, sheet: str, *, fold: bool = False) -> Grid:
    """Return the grid that cards of a size are expected on."""
    if sheet == "card":
        card = card_size(size, PAPERS["a4"])
        return single(card or Size(0, 0), fold=fold)
    grid = grid_for(size, PAPERS[cast("PaperName", sheet)], fold=fold)
    assert grid
    return grid


def read_cards(size: str, sheet: str, duplex: Duplex, grid: Grid, count: int) -> tuple[ReadPage, ...]:
    """Return the pages of so many numbered cards; every text must stand in a safe zone."""
    how: dict[str, Any] = {"sheet": "card"} if sheet == "card" else {"paper": sheet}
    data, said = make(numbered(count), size=size, duplex=duplex.value, marks="border", **how)
    assert said == ()
    safe = design(grid, CardsOptions(sheet="card" if sheet == "card" else "paper")).safe
    pages = read_pages(data)
    for page in pages:
        assert (page.width, page.height) == pytest.approx((grid.page.width, grid.page.height), abs=0.1)
        found = outlines(page, grid.card)
        for word in page.words:
            near = [outline for outline in found if word.touches(outline)]
            assert len(near) <= 1, "no text reaches into another card"
            # The boxes of words include the descent of letters they do not have.
            assert all(word.is_inside(outline, safe - 0.3) for outline in near), word
    texts = [w.text for page in pages for w in page.words if w.text.startswith(("ask", "reply"))]
    assert len(texts) == len(set(texts)), "every text is there once"
    return pages


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("duplex", [Duplex.LONG_EDGE, Duplex.SHORT_EDGE])
def test_a_back_lies_exactly_behind_its_front(size: str, sheet: str, duplex: Duplex) -> None:
    grid = grid_of(size, sheet)
    axis = flip_axis(grid.page, duplex)
    pages = read_cards(size, sheet, duplex, grid, grid.count + 1)
    seen: list[str] = []
    for recto, verso in zip(pages[::2], pages[1::2], strict=True):
        fronts, backs = places(recto, grid.card, "ask"), places(verso, grid.card, "reply")
        assert fronts.keys() == backs.keys()
        seen += fronts
        for name, front in fronts.items():
            x, y = backs[name].center
            behind = (verso.width - x, y) if axis is Axis.VERTICAL else (x, verso.height - y)
            assert front.center == pytest.approx(behind, abs=0.1)
    assert sorted(map(int, seen)) == list(range(grid.count + 1))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_folded_card_has_its_back_behind_its_front(size: str, sheet: str) -> None:
    grid = grid_of(size, sheet, fold=True)
    (page,) = read_cards(size, sheet, Duplex.FOLD, grid, grid.count)
    fronts, backs = places(page, grid.card, "ask"), places(page, grid.card, "reply")
    assert sorted(map(int, fronts)) == sorted(map(int, backs)) == list(range(grid.count))
    for line, name in zip(fold_lines(grid), map(str, range(grid.count)), strict=True):
        x, y = backs[name].center
        behind = (2 * line.x - x, y) if grid.fold is Axis.VERTICAL else (x, 2 * line.y - y)
        assert fronts[name].center == pytest.approx(behind, abs=0.1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(("duplex", "word"), [(Duplex.FRONTS, "ask"), (Duplex.BACKS, "reply")])
def test_one_side_alone_stands_where_it_would_with_the_other(
    size: str, sheet: str, duplex: Duplex, word: str
) -> None:
    grid = grid_of(size, sheet)
    (page,) = read_cards(size, sheet, duplex, grid, grid.count)
    axis = flip_axis(grid.page, Duplex.LONG_EDGE)
    named = places(page, grid.card, word)
    assert sorted(map(int, named)) == list(range(grid.count))
    for name, found in named.items():
        place = grid.place(int(name))
        place = mirrored(place, grid.page, axis) if duplex is Duplex.BACKS else place
        assert found.center == pytest.approx((place.x + place.width / 2, place.y + place.height / 2), abs=0.1)


@pytest.mark.parametrize("size", [name for name in SIZE_NAMES if name not in STOCKS])
def test_a_card_a_page_fills_its_page(size: str) -> None:
    card = card_size(size, PAPERS["a4"])
    assert card
    data, _ = make(numbered(2), size=size, sheet="card")
    pages = read_pages(data)
    assert [(page.width, page.height) for page in pages] == [
        pytest.approx((card.width, card.height), abs=0.1)
    ] * 4
    assert [page.text.split()[2] for page in pages] == ["Question", "Answer"] * 2


def test_a_bleed_is_paper_around_the_trimmed_card() -> None:
    import pikepdf

    data, _ = make(numbered(1), size="a7", sheet="card", bleed=3.0)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        trim, media = ([float(side) * PT for side in box] for box in (page.trimbox, page.mediabox))
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((105, 74), abs=0.1)
    assert (media[2] - media[0], media[3] - media[1]) == pytest.approx((111, 80), abs=0.1)


def test_a_bleed_on_a_sheet_keeps_cards_apart() -> None:
    data, _ = make(numbered(2), size="a7", bleed=3.0, marks="border")
    first, second = outlines(read_pages(data)[0], Size(105, 74))
    assert max(second.y - first.bottom, second.x - first.right) == pytest.approx(6, abs=0.1)


@pytest.mark.parametrize(("duplex", "pages"), [("fronts", "ask"), ("backs", "reply")])
def test_one_side_alone_is_printed_alone(duplex: str, pages: str) -> None:
    data, _ = make(numbered(9), duplex=duplex)
    first, second = read_pages(data)
    assert sum(word.text.startswith(pages) for word in (*first.words, *second.words)) == 9
    assert "Question" in first.text or duplex == "backs"


def test_backs_move_by_the_offset_of_the_printer() -> None:
    here, moved = (
        read_pages(printed(rendered(render, replace(job_of(numbered(1)), back_offset=offset))[0][0]))
        for offset in ((0.0, 0.0), (0.5, -1.0))
    )
    fronts, backs = zip(here, moved, strict=True)
    assert fronts[0] == fronts[1]
    for before, after in zip(backs[0].words, backs[1].words, strict=True):
        assert (after.x - before.x, after.y - before.y) == pytest.approx((0.5, -1.0), abs=0.02)


def test_piles_that_were_cut_and_stacked_are_in_order() -> None:
    data, _ = make(numbered(10), stack=True, duplex="fronts", marks="border")
    pages = [places(page, EIGHTH_CARD, "ask") for page in read_pages(data)]
    first, second = (
        {(round(place.y), round(place.x)): int(name) for name, place in page.items()} for page in pages
    )
    piles = [[pile[spot] for pile in (first, second) if spot in pile] for spot in sorted(first)]
    assert [card for pile in piles for card in pile] == list(range(10))


def test_two_papers_make_two_files() -> None:
    options = Options(print=PrintOptions(paper=("a4", "letter")))
    artifacts, _ = rendered(render, job(numbered(1), options=options))
    assert [artifact.name for artifact in artifacts] == ["test-cards.pdf", "test-cards-letter.pdf"]
    widths = [round(read_pages(printed(artifact))[0].width) for artifact in artifacts]
    assert widths == [210, 216]


def test_stock_brings_its_own_paper() -> None:
    options = Options(
        print=PrintOptions(paper=("a4", "letter")), cards=CardsOptions(size="avery-5371", marks="border")
    )
    (artifact,), _ = rendered(render, job(numbered(1), options=options))
    (recto, _verso) = read_pages(printed(artifact))
    (place,) = places(recto, STOCKS["avery-5371"].cell, "ask").values()
    assert (round(recto.width), place.x / 25.4, place.y / 25.4) == pytest.approx((216, 0.75, 0.5), abs=0.01)


# What stands on them ----------------------------------------------------------------------------

PICTURE = picture("media/net.svg", 360, 240)
EVERY_KIND = (
    basic("BASICASK", "BASICREPLY", figure=figure("media/net.svg", "A net", "CAPTION")),
    cloze("CLOZEOPEN {{c1::CLOZEHIDDEN}} end"),
    choice("CHOICEASK", {"=RIGHTONE": "BECAUSE", "WRONGONE": "", "WRONGTWO": ""}),
    steps("STEPSASK", "STEPONE", "STEPTWO"),
    typed("TYPEDASK", "TYPEDREPLY", "TYPEDALSO"),
    occlusion("OCCLUSIONASK", "media/net.svg", {"LABELONE": (0.1, 0.1, 0.3, 0.2)}),
)


def every_kind() -> Deck:
    return deck(
        section(
            "SECTION",
            question(
                "MAINASK",
                answer="MAINREPLY",
                points=["!MUSTPOINT", "OTHERPOINT"],
                hint="HINT",
                followups=[followup("FOLLOWASK", "FOLLOWREPLY")],
                cards=list(EVERY_KIND),
                difficulty=Difficulty.EASY,
            ),
        ),
        title="DECKTITLE",
    )


def words_by_card(data: bytes, card: Size) -> tuple[list[list[str]], list[list[str]]]:
    """Return the words of the fronts and of the backs, card by card as numbered on the sheet."""
    recto, verso = read_pages(data)
    found = outlines(recto, card)
    fronts = [[w.text for w in recto.words if w.is_inside(o)] for o in found]
    flipped = [Found("", verso.width - o.right, o.y, verso.width - o.x, o.bottom) for o in found]
    backs = [[w.text for w in verso.words if w.is_inside(o)] for o in flipped]
    return fronts, backs


def test_every_kind_of_card_has_a_printed_form() -> None:
    data, said = make(every_kind(), media=(PICTURE,), include="all", marks="border")
    assert said == ()
    fronts, backs = words_by_card(data, EIGHTH_CARD)
    expected = {
        "MAINASK": ["MAINREPLY", "MUSTPOINT", "OTHERPOINT"],
        "BASICASK": ["BASICREPLY"],
        "CLOZEOPEN": ["CLOZEOPEN", "CLOZEHIDDEN"],
        "CHOICEASK": ["RIGHTONE", "BECAUSE"],
        "STEPSASK": ["STEPONE", "STEPTWO"],
        "TYPEDASK": ["TYPEDREPLY", "TYPEDALSO"],
        "OCCLUSIONASK": ["LABELONE"],
        "FOLLOWASK": ["FOLLOWREPLY"],
    }
    for (ask, replies), front, back in zip(expected.items(), fronts, backs, strict=True):
        assert front.count(ask) == 1
        assert [back.count(reply) for reply in replies] == [1] * len(replies)
        assert not set(replies) & set(front) - {ask, "RIGHTONE"}


def test_a_front_gives_nothing_away() -> None:
    data, _ = make(every_kind(), media=(PICTURE,), include="all")
    front = read_pages(data)[0].text
    for secret in ("HINT", "CLOZEHIDDEN", "LABELONE", "BECAUSE", "TYPEDREPLY", "STEPONE"):
        assert secret not in front


def test_options_have_letters_and_the_back_names_the_right_one() -> None:
    data, _ = make(every_kind(), media=(PICTURE,), include="all", marks="border")
    fronts, backs = words_by_card(data, EIGHTH_CARD)
    front = next(words for words in fronts if "CHOICEASK" in words)
    back = next(words for words in backs if "BECAUSE" in words)
    assert [word for word in front if len(word) == 1 and word.isalpha()] == ["A", "B", "C"]
    letter = front[front.index("RIGHTONE") - 1]
    assert back[back.index("RIGHTONE") - 1] == letter


def test_head_and_foot_say_where_a_card_belongs() -> None:
    data, _ = make(every_kind(), media=(PICTURE,), marks="border")
    ((front,), (back,)) = words_by_card(data, EIGHTH_CARD)
    assert front[:3] == ["1.1", "SECTION", "Question"]
    assert back[:3] == ["1.1", "SECTION", "Answer"]
    assert front[-4:] == ["DECKTITLE", "·", "●○○", "easy"]


def test_a_small_card_names_the_question_it_belongs_to() -> None:
    small = deck(section("SECTION", question("Why?", short="SHORT", cards=[basic("ASK", "REPLY")])))
    data, _ = make(small)
    assert "1.1 SHORT Question" in read_pages(data)[0].text


def in_rows(page: ReadPage) -> list[Found]:
    return sorted(page.words, key=lambda word: (round(word.y), word.x))


def test_cards_come_by_priority_unless_asked_otherwise() -> None:
    content = deck(
        section(
            "S",
            question("extra!", answer="a", priority=Priority.EXTRA),
            question("should!", answer="a"),
            question("must!", answer="a", priority=Priority.MUST),
        )
    )
    by_priority, as_written = (
        [word.text for word in in_rows(read_pages(make(content, order=order)[0])[0]) if word.text[-1] == "!"]
        for order in ("priority", "source")
    )
    assert by_priority == ["must!", "should!", "extra!"]
    assert as_written == ["extra!", "should!", "must!"]


def test_a_question_of_small_cards_alone_is_not_lost() -> None:
    data, _ = make(deck(section("S", question("Why?", cards=[basic("ASK", "REPLY")]))))
    assert "ASK" in read_pages(data)[0].text


def test_the_sheet_says_how_to_print_it() -> None:
    data, _ = make(numbered(1))
    assert read_pages(data)[0].text.endswith(
        "Sheet 1 of 1 · Print at 100 %, on both sides, flip on the long edge."
    )


# What fits --------------------------------------------------------------------------------------

LONG = " ".join(["A sentence that goes on for a while so that it needs a line."] * 9)


def type_sizes(data: bytes, page: int) -> list[float]:
    """Return the sizes of type of the words of a text (not of head, foot and notes), in points."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        words = pdf.pages[page].extract_words(extra_attrs=["size"])
    return [round(float(word["size"]), 1) for word in words if word["text"] in {"sentence", "Short"}]


def test_a_short_text_has_the_size_of_the_design() -> None:
    data, _ = make(deck(section("S", question("Short?", answer="Short"))))
    assert type_sizes(data, 1) == [10.5]


def test_a_long_answer_shrinks_until_it_fits_and_not_below_the_minimum() -> None:
    data, said = make(deck(section("S", question("Why?", answer=f"{LONG} {LONG}"))))
    assert said == ()
    assert 7.0 <= min(type_sizes(data, 1)) < 10.5


def test_all_text_stays_in_the_safe_zone() -> None:
    content = deck(section("S", question("Why?", answer=LONG, points=[LONG[:200], "!" + LONG[:100]])))
    data, _ = make(content, size="business", marks="border")
    card = card_size("business", PAPERS["a4"])
    assert card
    for page in read_pages(data):
        (outline,) = outlines(page, card)
        words = [word for word in page.words if word.is_inside(outline)]
        assert len(words) >= 5
        assert all(word.is_inside(outline, 3.0) for word in words)


def test_points_that_are_no_musts_give_way_first_and_the_card_says_so() -> None:
    points = ["!MUST " + LONG[:80], *(f"OTHER{n} " + LONG[:120] for n in range(12))]
    data, said = make(deck(section("S", question("Why?", answer=LONG, points=points))))
    assert said == ()
    back = read_pages(data)[1].text
    assert "MUST" in back
    assert "OTHER" not in back
    assert "and 12 more points" in back


def test_a_figure_that_only_illustrates_gives_way_before_any_point() -> None:
    points = [LONG[:100] for _ in range(6)]
    content = question(
        "Why?", answer=LONG[:250], points=points, figure=figure("media/net.svg", "A net", "CAPTION")
    )
    data, _ = make(deck(section("S", content)), media=(PICTURE,))
    back = read_pages(data)[1].text
    assert "CAPTION" not in back
    assert "more points" not in back


def test_a_figure_stands_beside_the_answer_where_there_is_room() -> None:
    content = question("Why?", answer=LONG[:120], figure=figure("media/net.svg", "A net", "CAPTION"))
    data, _ = make(deck(section("S", content)), media=(PICTURE,))
    back = read_pages(data)[1]
    caption = next(word for word in back.words if word.text == "CAPTION")
    sentence = next(word for word in back.words if word.text == "sentence")
    assert caption.x > sentence.right


def test_what_fits_on_no_card_is_left_out_and_reported_with_its_place() -> None:
    content = deck(section("S", question("Why?", answer=LONG * 4), question("ask0", answer="reply0")))
    artifacts, found = rendered(render, job_of(content))
    (problem,) = found
    assert (problem.code, problem.severity) == (Code.OVERFLOW, Severity.WARNING)
    assert problem.message.startswith("1.1 gets no card: at 7 pt its answer needs ")
    assert problem.message.endswith(" mm; there are 51.2 on 99 × 71 mm")
    assert problem.labels[0].span.text == "Why?"
    recto, verso = read_pages(printed(artifacts[0]))
    assert "left out: 1.1" in recto.text
    assert "sentence" not in verso.text


def test_a_size_that_fits_on_no_paper_is_an_error_of_the_settings() -> None:
    artifacts, (problem,) = rendered(render, job_of(numbered(1), size="300x300"))
    assert artifacts == ()
    assert problem.message == "no card of size `300x300` fits on a4"


def test_a_card_too_small_to_hold_is_an_error_of_the_settings() -> None:
    _, (problem,) = rendered(render, job_of(numbered(1), size="20x20"))
    assert problem.message == "`20x20` is no size for a card: its sides may have 30 to 400 mm"


# The file ---------------------------------------------------------------------------------------


def test_the_calibration_sheet_has_a_bar_of_50_mm_and_scales_behind_its_crosses() -> None:
    artifacts, _ = rendered(render, job_of(numbered(1), calibration=True))
    assert [artifact.name for artifact in artifacts] == ["test-cards.pdf", "test-cards-calibration.pdf"]
    front, back = read_lines(printed(artifacts[1]))
    across = max(front, key=lambda line: line.right - line.x)
    assert across.right - across.x == pytest.approx(50, abs=0.05)
    crosses = {line.center for line in front if line.right - line.x == pytest.approx(24, abs=0.05)}
    scales = {
        round(210 - line.center[0], 1) for line in back if line.right - line.x == pytest.approx(10, abs=0.05)
    }
    assert {round(x, 1) for x, _ in crosses} == scales


@pytest.mark.parametrize(
    ("duplex", "expected"),
    [("long-edge", "/DuplexFlipLongEdge"), ("short-edge", "/DuplexFlipShortEdge"), ("fold", "/Simplex")],
)
def test_the_print_dialog_begins_with_actual_size_and_the_right_sides(duplex: str, expected: str) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(make(numbered(1), duplex=duplex)[0])) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert (str(preferences.Duplex), str(preferences.PrintScaling)) == (expected, "/None")


def test_the_file_is_sound(tmp_path: Path) -> None:
    data, _ = make(every_kind(), media=(PICTURE,), include="all")
    path = tmp_path / "cards.pdf"
    path.write_bytes(data)
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_equal_input_gives_equal_bytes() -> None:
    assert make(every_kind(), media=(PICTURE,))[0] == make(every_kind(), media=(PICTURE,))[0]


# Other scripts ----------------------------------------------------------------------------------


def test_text_that_runs_from_right_to_left_stays_in_the_safe_zone() -> None:
    content = replace(every_kind(), direction=Direction.RTL, lang="he")
    data, _ = make(content, media=(PICTURE,), include="all", marks="border")
    for page in read_pages(data):
        for word in page.words:
            inside = [outline for outline in outlines(page, EIGHTH_CARD) if word.is_inside(outline, 4.7)]
            assert inside or word.y > 290


@pytest.mark.parametrize(("lang", "expected"), [("de", ["Bevölkerungs\u2010"]), ("xx", [])])
def test_words_are_hyphenated_by_the_rules_of_their_language(lang: str, expected: list[str]) -> None:
    content = deck(section("S", question("Wer?", answer="Jede Bevölkerungsschicht.")), lang=lang)
    data, _ = make(content, size="40x60", min_size=9.0)
    assert [word.text for word in read_pages(data)[1].words if word.text.endswith("\u2010")] == expected


def test_code_is_never_hyphenated() -> None:
    content = deck(section("S", question("Why?", answer="Call `representation_learning.configuration` now.")))
    data, _ = make(content, size="40x60", min_size=9.0)
    assert not any(word.text.endswith("\u2010") for word in read_pages(data)[1].words)
