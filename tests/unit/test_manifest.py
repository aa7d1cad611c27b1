"""The manifest of what was made."""

from __future__ import annotations

import pytest

from deckbuild.manifest import Made, Manifest, input_digest, parse_manifest, render_manifest
from deckbuild.targets.base import HtmlFile, PdfFile
from support.decks import picture

MANIFEST = (
    Manifest()
    .with_file("a.apkg", Made("in", "out"))
    .with_file("a.pdf", Made("in", "out", (("overflow", "too long", "shorten it", "a.pdf"),)))
    .with_run("request", "inputs", ("a.apkg", "a.pdf"))
)


def test_a_manifest_is_read_back_as_written() -> None:
    assert parse_manifest(render_manifest(MANIFEST)) == MANIFEST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"version": 99}',
        '{"version": 1, "files": {"a": []}}',
        '{"version": 2, "files": 3, "runs": {}}',
    ],
)
def test_one_that_cannot_be_read_is_empty(text: str) -> None:
    assert parse_manifest(text) == Manifest()


def test_another_version_still_says_which_files_are_ours() -> None:
    text = '{"version": 1, "files": {"a.pdf": ["in", "out", []]}, "runs": {"request": ["inputs", ["a.pdf"]]}}'
    assert parse_manifest(text) == Manifest({"a.pdf": Made("", "out")})


def test_a_claim_leaves_what_is_known_of_a_file() -> None:
    claimed = MANIFEST.claiming(["a.pdf", "b.pdf"])
    assert claimed.files == {**MANIFEST.files, "b.pdf": Made("", "")}


def test_a_file_is_fresh_if_input_and_output_are_as_they_were() -> None:
    assert MANIFEST.fresh("a.apkg", "in", "out") == Made("in", "out")
    assert MANIFEST.fresh("a.apkg", "other", "out") is None
    assert MANIFEST.fresh("a.apkg", "in", "edited by hand") is None
    assert MANIFEST.fresh("a.apkg", "in", None) is None
    assert MANIFEST.fresh("b.apkg", "in", "out") is None


def test_a_removed_file_takes_its_runs_along() -> None:
    assert MANIFEST.without({"a.pdf"}) == Manifest({"a.apkg": Made("in", "out")})


def test_the_input_of_a_writer_has_name_versions_text_and_media() -> None:
    first = input_digest(PdfFile("a.pdf", "<p>x</p>", (picture("m.svg"),)), "v1")
    assert first == input_digest(PdfFile("a.pdf", "<p>x</p>", (picture("m.svg"),)), "v1")
    others = [
        input_digest(PdfFile("b.pdf", "<p>x</p>", (picture("m.svg"),)), "v1"),
        input_digest(PdfFile("a.pdf", "<p>y</p>", (picture("m.svg"),)), "v1"),
        input_digest(PdfFile("a.pdf", "<p>x</p>", (picture("m.svg", color="red"),)), "v1"),
        input_digest(PdfFile("a.pdf", "<p>x</p>", (picture("m.svg"),)), "v2"),
        input_digest(HtmlFile("a.pdf", "<p>x</p>"), "v1"),
    ]
    assert first not in others
