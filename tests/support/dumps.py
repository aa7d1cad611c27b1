"""Outputs as text, for golden files: what a reader of a diff wants to see, and nothing that varies."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def dump_handout(html: str) -> str:
    """Return a handout without what is the same in all: style and script, their hashes, embedded bytes."""
    short = re.sub(r"(<style>).*?(</style>)", r"\1…\2", html, flags=re.DOTALL)
    short = re.sub(r"(<script>).*?(</script>)", r"\1…\2", short, flags=re.DOTALL)
    short = re.sub(r"sha256-[\w+/=]+", "sha256-…", short)
    return re.sub(r"(data:[\w/+.-]+;base64),[\w+/=]+", r"\1,…", short)


def dump_package(data: bytes) -> str:
    """Return decks, note types, notes with their cards, and media of an Anki package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        path.write_bytes(archive.read("collection.anki2"))
        media = json.loads(archive.read("media"))
        sizes = {name: len(archive.read(number)) for number, name in media.items()}
        connection = sqlite3.connect(path)
        try:
            lines = [*_collection(connection), "", "media", *(f"  {n} {sizes[n]}" for n in sorted(sizes))]
        finally:
            connection.close()
    return "\n".join(lines) + "\n"


def _collection(connection: sqlite3.Connection) -> Iterator[str]:
    models_text, decks_text = connection.execute("select models, decks from col").fetchone()
    models = {int(key): model for key, model in json.loads(models_text).items()}
    decks = {int(key): deck for key, deck in json.loads(decks_text).items()}
    yield "decks"
    for deck in sorted(decks.values(), key=lambda d: str(d["name"])):
        yield f"  {deck['name']}"
        yield from _indented(str(deck.get("desc", "")), "    ")
    for model in sorted(models.values(), key=lambda m: str(m["name"])):
        yield ""
        yield from _model(model)
    yield ""
    yield "notes"
    rows = connection.execute("select id, guid, mid, mod, tags, flds from notes order by id").fetchall()
    for note, guid, mid, mod, tags, fields in rows:
        cards = connection.execute(
            "select ord, due, did from cards where nid = ? order by ord", (note,)
        ).fetchall()
        shown = ", ".join(f"{ordinal} due {due} in {decks[did]['name']}" for ordinal, due, did in cards)
        yield f"  {guid} {models[mid]['name']} mod {mod}"
        yield f"    cards: {shown}"
        yield f"    tags: {tags.strip()}"
        names = [field["name"] for field in models[mid]["flds"]]
        for name, value in zip(names, fields.split("\x1f"), strict=True):
            if value:
                yield from _indented(f"{name}: {value}", "    ")


def _model(model: dict[str, Any]) -> Iterator[str]:
    kind = "cloze" if model["type"] else "standard"
    yield f"note type {model['name']} [{model['id']}] {kind} mod {model['mod']}"
    for field in model["flds"]:
        extra = {
            key: field[key] for key in ("rtl", "tag", "collapsed") if field.get(key) not in (None, False)
        }
        yield f"  field {field['name']} [{field.get('id')}] {extra or ''}".rstrip()
    for template in model["tmpls"]:
        yield f"  template {template['name']} [{template.get('id')}]"


def _indented(text: str, indent: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"{indent}{line}".rstrip()


def dump_pdf(data: bytes) -> str:
    """Return title, language, outline, fonts, and each page's size and lines of text with their places."""
    import pdfplumber
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        lines = [
            f"title {pdf.docinfo.get('/Title', '')}",
            f"lang {pdf.Root.get('/Lang', '')}",
            f"tagged {'/MarkInfo' in pdf.Root and bool(pdf.Root.MarkInfo.Marked)}",
            *(f"outline {item.title}" for item in outline.root),
        ]
    fonts: set[str] = set()
    pages: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            fonts |= {str(c["fontname"]).partition("+")[2] or str(c["fontname"]) for c in page.chars}
            pages += ["", f"page {number} {page.width:.1f} x {page.height:.1f} pt"]
            words = page.extract_words(extra_attrs=["size"], keep_blank_chars=True, use_text_flow=True)
            pages += [f"  {w['x0']:6.1f} {w['top']:6.1f} {w['size']:4.1f} {w['text']}" for w in words]
    return "\n".join([*lines, *(f"font {name}" for name in sorted(fonts)), *pages]) + "\n"
