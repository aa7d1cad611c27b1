"""Cheat sheets as PDFs: every text once and inside its column, pages full, files that last."""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deckbuild.config import CheatsheetOptions, Options, PrintOptions
from deckbuild.diagnostic import Code
from deckbuild.model import Direction
from deckbuild.targets.base import PdfFile, Services
from deckbuild.targets.cheatsheet import render
from deckbuild.targets.cheatsheet_layout import Frame, frames_of
from deckbuild.targets.printing import MM
from deckbuild.templates import Templates
from deckbuild.writers.missing import in_words
from deckbuild.writers.pdf import WeasyTypesetter, load_typesetter
from support.decks import deck, figure, job, picture, question, section
from support.needs import needed, program
from support.prints import ReadPage, printed, read_pages, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deckbuild.media import Media
    from deckbuild.model import Deck, Question

pytestmark = pytest.mark.pdf

FILLER = "every word of this line has a number of its own"
HEBREW = "/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf"
CJK = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def marked(question_number: int, *, points: int = 3) -> Question:
    """Return a question whose every text has a mark that is nowhere else."""
    n = question_number
    return question(
        f"Prompt{n}x: {FILLER}?",
        id=f"q-{n}",
        answer=f"Answer{n}x: {FILLER}, **key{n}x** and `code{n}x` with $x_{{{n}}}^2$ in it.",
        points=[f"{'!' if place == 0 else ''}Point{n}x{place}x {FILLER}" for place in range(points)],
    )


def marks(count: int, points: int = 3) -> Counter[str]:
    """Return every mark of so many questions."""
    found: Counter[str] = Counter()
    for n in range(count):
        found.update([f"Prompt{n}x:", f"Answer{n}x:", f"key{n}x", f"code{n}x"])
        found.update(f"Point{n}x{place}x" for place in range(points))
    return found


def options(**settings: Any) -> Options:
    prints = {key: settings.pop(key) for key in ("paper", "orientation", "theme", "large") if key in settings}
    return Options(print=PrintOptions(**prints), cheatsheet=CheatsheetOptions(**settings))


def sheet(content: Deck, media: tuple[Media, ...] = (), **settings: Any) -> bytes:
    (file,), _ = rendered(render, job(content, options=options(**settings), media=media))
    return printed(file)


@cache
def small_sheet(**settings: Any) -> bytes:
    return sheet(SMALL, **settings)


def columns_of(content: Deck, **settings: Any) -> Frame:
    (paper,) = options(**settings).print.paper
    return frames_of(options(**settings), paper, content.direction)[0]


def words_in(pages: tuple[ReadPage, ...], pattern: str) -> Counter[str]:
    return Counter(word.text for page in pages for word in page.words if word.text.startswith(pattern))


COUNT = 30
SMALL = deck(
    section("First part", *[marked(n) for n in range(COUNT // 2)]),
    section("Second part", *[marked(n) for n in range(COUNT // 2, COUNT)]),
    title="A sheet",
    authors=("An author",),
    license="CC BY 4.0",
)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"fit": 1},
        {"fit": 2, "orientation": "portrait"},
        {"paper": ("letter",), "columns": 5},
        {"paper": ("a3",), "size": 9.0},
        {"paper": ("a5",), "columns": 2},
        {"theme": "grey", "columns": 1},
        {"large": True},
    ],
    ids=str,
)
def test_every_text_is_there_once(settings: dict[str, Any]) -> None:
    pages = read_pages(small_sheet(**settings))
    shown = Counter(word.text.rstrip(",") for page in pages for word in page.words)
    expected = marks(COUNT)
    assert {mark: shown[mark] for mark in expected} == dict(expected)


@pytest.mark.parametrize("settings", [{"columns": 4}, {"paper": ("a5",), "columns": 2, "size": 9.0}], ids=str)
def test_every_word_is_inside_a_column(settings: dict[str, Any]) -> None:
    frame = columns_of(SMALL, **settings)
    sides = [(frame.side + left, frame.side + left + frame.column_width) for left in frame.lefts]
    for page in read_pages(small_sheet(**settings)):
        for word in page.words:
            top, bottom = word.y * MM, word.bottom * MM
            if frame.top <= (top + bottom) / 2 <= frame.height - frame.bottom:
                assert bottom <= frame.height - frame.bottom + 3
                assert any(word.x * MM >= x - 1 and word.right * MM <= right + 1 for x, right in sides), word


def test_a_long_title_of_a_section_has_its_room_wherever_it_is_repeated() -> None:
    title = "A title that takes more than one line of a narrow column"
    content = deck(section(title, *[marked(n, points=8) for n in range(20)]))
    frame = columns_of(content, columns=5)
    for page in read_pages(sheet(content, columns=5)):
        assert all(_end(page, frame, left) <= 1.005 for left in frame.lefts)


def test_no_two_words_overlap() -> None:
    for page in read_pages(small_sheet(fit=1)):
        words = sorted(page.words, key=lambda word: word.y)
        for place, word in enumerate(words):
            for other in words[place + 1 : place + 200]:
                wide = min(word.right, other.right) - max(word.x, other.x)
                high = min(word.bottom, other.bottom) - max(word.y, other.y)
                assert wide < 0.3 or high < 1.2, (word, other)


@pytest.mark.parametrize("fit", [1, 2, 3])
def test_it_fits_the_pages_it_is_allowed(fit: int) -> None:
    assert len(read_pages(small_sheet(fit=fit))) == fit


def test_long_sheets_are_joined_from_several_documents() -> None:
    content = deck(section("One", *[marked(n) for n in range(40)]), title="A long sheet")
    (file,), _ = rendered(render, job(content, options=options(paper=("a5",), columns=1, size=10.0)))
    assert isinstance(file, PdfFile)
    assert len(file.parts) > 1
    data = printed(file)
    pages = read_pages(data)
    feet = [max(page.words, key=lambda word: (round(word.y), word.x)).text for page in pages]
    assert feet == [str(len(pages))] * len(pages)
    assert [f"{n} / {len(pages)}" in page.text for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert Counter(kind for kind, _ in _elements(data))["/H1"] == 1
    assert [page.text.count("A long sheet") for page in pages] == [1] * len(pages)


def test_all_pages_but_the_last_are_full_and_the_last_is_even() -> None:
    content = deck(section("One", *[marked(n) for n in range(70)]))
    frame = columns_of(content, columns=4)
    pages = read_pages(sheet(content, columns=4))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        ends = [_end(page, frame, left) for left in frame.lefts]
        assert max(ends) - min(ends) < 0.2, "an item is a fifth of a column"
        if number < len(pages):
            assert sum(ends) / len(ends) > 0.9


def _end(page: ReadPage, frame: Frame, left: float) -> float:
    """Return how far down a column is filled."""
    inside = [
        word.bottom * MM
        for word in page.words
        if left - 1 <= word.x * MM - frame.side <= left + frame.column_width
        and word.y * MM < frame.height - frame.bottom + 8  # the foot begins below
    ]
    return (max(inside, default=frame.top) - frame.top) / frame.column_height


def test_a_heading_is_never_the_last_in_a_column() -> None:
    content = deck(*[section(f"Part{n}", marked(2 * n), marked(2 * n + 1)) for n in range(24)])
    frame = columns_of(content, columns=4)
    for page in read_pages(sheet(content, columns=4)):
        for left in frame.lefts:
            column = [
                word
                for word in page.words
                if left - 1 <= word.x * MM - frame.side <= left + frame.column_width
                and word.bottom * MM < frame.height - frame.bottom + 3
            ]
            last = max(word.y for word in column)
            assert not any(word.text.startswith("Part") for word in column if word.y > last - 1)


def test_columns_of_a_right_to_left_sheet_are_read_from_the_right() -> None:
    content = deck(
        section("חלק", *[marked(n) for n in range(20)]), lang="he", direction=Direction.RTL, title="דף"
    )
    (page, *_) = _with_fonts(content, {"NotoSansHebrew-Regular.ttf": _font(HEBREW)})
    first = next(word for word in page.words if "Prompt0x" in word.text)
    last = next(word for word in page.words if "Prompt15x" in word.text)
    assert first.x > page.width / 2 > last.x


def test_a_cjk_sheet_is_set_with_a_font_of_the_project() -> None:
    content = deck(section("基礎", *[_japanese(n) for n in range(12)]), lang="ja", title="深層学習")
    (page,) = _with_fonts(content, {"NotoSansCJK-Regular.ttc": _font(CJK)})
    text = "".join(word.text for word in page.words)
    assert text.count("機械学習の一分野である") == 12
    assert "漢字(かんじ)" in text


def _japanese(n: int) -> Question:
    return question(
        f"深層学習とは何ですか {n}",
        id=f"q-{n}",
        answer="データで訓練する機械学習の一分野である。{漢字|かんじ}を読む。",
    )


def _font(path: str) -> bytes:
    return needed(Path(path), f"{Path(path).name} is not installed").read_bytes()


def _with_fonts(content: Deck, fonts: Mapping[str, bytes]) -> tuple[ReadPage, ...]:
    from deckbuild import resources

    typesetter = load_typesetter(fonts)
    assert isinstance(typesetter, WeasyTypesetter)
    (file,), _ = render(
        job(content, options=options(size=7.6)), Services(Templates(resources.templates(), {}), typesetter)
    )
    assert isinstance(file, PdfFile)
    data, found = typesetter.pdf(file)
    typesetter.close()
    assert found == ()
    return read_pages(data)


def test_a_character_without_a_font_is_a_finding_that_names_one() -> None:
    content = deck(question("What is 漢?", answer="A 字, ok 😀."))
    (file,), _ = rendered(render, job(content, options=options()))
    from support.prints import typesetter

    assert isinstance(file, PdfFile)
    _, found = typesetter().pdf(file)
    assert {(d.code, d.help) for d in in_words(found)} == {
        (Code.GLYPH_MISSING, "put the free font Noto Sans CJK into the project's `fonts/`"),
        (Code.GLYPH_MISSING, "put the free font Noto Emoji into the project's `fonts/`"),
    }


def test_footnotes_of_many_questions_are_numbers() -> None:
    content = deck(
        *[question(f"What {n}?", id=f"fragment-{n}", answer=f"Yes[^a].\n\n[^a]: Note{n}.") for n in range(3)]
    )
    (page,) = read_pages(sheet(content))
    assert [page.text.count(f"Note{n}.") for n in range(3)] == [1, 1, 1]


# The file -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> bytes:
    drawn = picture("decks/a.svg", 360, 240)
    content = deck(
        section(
            "First part",
            marked(0),
            question("With a figure?", answer="Yes.", figure=figure("decks/a.svg", "A box", "A box")),
        ),
        section(
            "Second part", question("With a table?", details="| a | b |\n|---|---|\n| 1 | 2 |", answer="Yes.")
        ),
        title="A sheet & more",
        authors=("An author",),
        lang="en",
    )
    return sheet(content, media=(drawn,), parts=("answer", "points", "figure", "details"))


def test_qpdf_finds_no_fault(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made)
    checked = subprocess.run(
        [program("qpdf"), "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_it_says_its_title_language_and_author(made: bytes) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "A sheet & more"
        assert str(pdf.docinfo["/Author"]) == "An author"
        assert str(pdf.Root["/Lang"]) == "en"
        assert bool(pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"])
        assert "/CreationDate" not in pdf.docinfo


def test_all_fonts_are_embedded_with_their_characters(made: bytes) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        fonts = [font for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
        assert fonts
        for font in fonts:
            assert "/ToUnicode" in font
            assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


def test_the_outline_holds_the_sections(made: bytes) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["1 First part", "2 Second part"]


def test_its_tags_make_an_accessible_document(made: bytes) -> None:
    elements = list(_elements(made))
    kinds = Counter(kind for kind, _ in elements)
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == 2
    assert kinds["/H3"] == 3
    levels = [int(kind[2:]) for kind, _ in elements if kind[:2] == "/H" and kind[2:].isdigit()]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [alt for kind, alt in elements if kind == "/Figure"] == ["x_{0}^2", "A box"]
    assert kinds["/L"] == 1
    assert kinds["/LI"] == 3
    assert kinds["/TH"] == kinds["/TD"] == 2


def _elements(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield kind and alternative text of every tag, in reading order."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert bool(pdf.Root["/MarkInfo"]["/Marked"])
        pending: list[Any] = [pdf.Root["/StructTreeRoot"]]
        while pending:
            element = pending.pop()
            if not isinstance(element, pikepdf.Dictionary):
                continue
            if "/S" in element:
                yield str(element["/S"]), str(element.get("/Alt", ""))
            kids: Any = element.get("/K", [])
            pending += reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])


def test_nothing_of_the_machine_is_inside(made: bytes) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    for trace in (b"file:", b"/tmp", str(Path(__file__).parents[2]).encode(), b"media:"):
        assert trace not in plain.getvalue()


def test_no_text_is_set_smaller_than_the_smallest_size() -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(small_sheet(fit=1))) as pdf:
        sizes = Counter(round(char["size"], 1) for page in pdf.pages for char in page.chars)
    assert min(sizes) >= 6.5


_TWICE = """
import sys
sys.path.insert(0, sys.argv[1])
from test_cheatsheet import SMALL, sheet
import hashlib
if sys.argv[2] == "after-another":
    sheet(SMALL, columns=2)
print(hashlib.sha256(sheet(SMALL, fit=1)).hexdigest())
"""


@pytest.mark.slow
def test_bytes_are_equal_in_other_surroundings(tmp_path: Path) -> None:
    here = str(Path(__file__).parent)
    tests = str(Path(__file__).parents[1])

    def digest(which: str, **environment: str) -> str:
        made = subprocess.run(
            [sys.executable, "-c", _TWICE, here, which],
            env={"PYTHONPATH": tests, "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **environment},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.strip()

    first = digest("alone", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    other = digest(
        "after-another", TZ="Asia/Tokyo", LC_ALL="ja_JP.UTF-8", LANG="ja_JP.UTF-8", PYTHONHASHSEED="2"
    )
    assert first == other
