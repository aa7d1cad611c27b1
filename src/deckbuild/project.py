"""Reading a project: the only module that opens input files.

Nothing outside the project's folder is read, not through `..` and not through a symbolic link.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from deckbuild import resources
from deckbuild.config import Config
from deckbuild.diagnostic import Code, Diagnostic, error
from deckbuild.images import describe_image
from deckbuild.lock.text import FILE as LOCK
from deckbuild.markup.media import is_sound
from deckbuild.media import Media
from deckbuild.settings import FILE, parse_config
from deckbuild.sounds import describe_sound
from deckbuild.source import Source, Span
from deckbuild.strings import parse_strings
from deckbuild.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SUFFIXES = (".yaml", ".yml", ".md", ".csv", ".tsv")
_EXPORT = b"#separator:"
"""A text file is a bank if it begins as Anki's export of notes does."""
HEAD = "_deck.yaml"
_MAX_SOURCE = 64 << 20
_MAX_MEDIA = 32 << 20


@dataclass(frozen=True, slots=True)
class DeckFiles:
    """The files of one deck: a single file, or the sections of a folder with its `_deck.yaml`."""

    stem: str
    """Name of the file or folder, without suffix: the deck's id unless it says otherwise."""
    head: Source | None
    parts: tuple[Source, ...]


@dataclass(frozen=True)
class Project:
    """Everything that was read, before any of it is understood."""

    root: Path
    config: Config
    settings: Source | None
    lock: Source | None
    """`deckbuild.lock`: what learners have."""
    decks: tuple[DeckFiles, ...]
    unread: frozenset[str]
    """Stems of the decks of which a file is there and could not be read: what it holds is not gone."""
    templates: Templates
    words: Mapping[str, Mapping[str, str]] = field(repr=False)
    """Words by language, the project's laid over the packaged."""
    fonts: Mapping[str, bytes] = field(repr=False)
    """Fonts of the project's own, by file name."""

    def load_media(self, wanted: Mapping[str, Span]) -> tuple[dict[str, Media], tuple[Diagnostic, ...]]:
        """Return the media files by project path; `wanted` says where each is first referred to."""
        loaded: dict[str, Media] = {}
        found: list[Diagnostic] = []
        for path, span in sorted(wanted.items(), key=lambda entry: entry[0]):
            media = self._load_medium(path, span)
            if isinstance(media, Media):
                loaded[path] = media
            else:
                found.append(media)
        return loaded, tuple(found)

    def packages(self) -> Iterator[tuple[str, bytes]]:
        """Yield project path and content of every package of a whole deck that was built before."""
        for path in sorted((self.root / self.config.out).glob("*.apkg")):
            if "@" not in path.name and path.is_file() and _is_inside(path, self.root):
                yield path.relative_to(self.root).as_posix(), path.read_bytes()

    def _load_medium(self, path: str, span: Span) -> Media | Diagnostic:
        file = self.root / path
        if not _is_inside(file, self.root):
            message = f"`{path}` is not inside the project"
            return error(
                Code.MEDIA_OUTSIDE, message, span, help="copy the file into the project, beside the deck"
            )
        if not file.is_file():
            return error(Code.MEDIA_MISSING, f"there is no file `{path}`", span, help=_near(file, self.root))
        if file.stat().st_size > _MAX_MEDIA:
            message = f"`{path}` is larger than {_MAX_MEDIA >> 20} MB"
            return error(Code.MEDIA_INVALID, message, span, help="a picture for a card needs some hundred KB")
        try:
            data = file.read_bytes()
        except OSError as problem:
            return error(Code.MEDIA_INVALID, f"`{path}` cannot be read: {problem.strerror}", span)
        described = (describe_sound if is_sound(path) else describe_image)(path, data)
        return described if isinstance(described, Media) else error(Code.MEDIA_INVALID, described, span)


def load_project(root: Path) -> tuple[Project, tuple[Diagnostic, ...]]:
    """Read settings, sources, templates, words and fonts of a project."""
    root = root.resolve()
    found: list[Diagnostic] = []
    settings = _read(root, root / FILE, found) if (root / FILE).is_file() else None
    config, problems = parse_config(settings) if settings else (Config(is_whole=not found), ())
    found += problems
    # A lock that cannot be read is not the same as none: a new one would be written over it.
    lock = _read(root, root / LOCK, found) or Source(LOCK, "") if (root / LOCK).is_file() else None
    unread: set[str] = set()
    decks = tuple(_decks(root, root / config.decks, found, unread))
    templates = Templates(resources.templates(), _overrides(root, config, found), config.templates)
    project = Project(
        root,
        config,
        settings,
        lock,
        decks,
        frozenset(unread),
        templates,
        _words(root, templates, found),
        _fonts(root, found),
    )
    if not decks and not found:
        message = f"there is no deck in `{config.decks}/`"
        help_text = "write a bank there (*.yaml, *.md or *.csv), or start with `deckbuild new`"
        found.append(Diagnostic(Code.PROJECT_EMPTY, message, (), help_text, file=config.decks))
    return project, tuple(found)


def _decks(root: Path, folder: Path, found: list[Diagnostic], unread: set[str]) -> Iterable[DeckFiles]:
    """Yield the decks below a folder: by name, folders without a head being looked into."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.startswith(("_", ".")):
            continue
        if path.is_dir() and not _is_inside(path, root):
            found.append(_leads_out(path.relative_to(root).as_posix()))
            unread.add(path.name)
        elif path.is_dir() and (path / HEAD).is_file():
            yield _folder_deck(root, path, found, unread)
        elif path.is_dir():
            yield from _decks(root, path, found, unread)
        elif _is_bank(path):
            source = _read(root, path, found)
            if source:
                yield DeckFiles(path.stem, None, (source,))
            else:
                unread.add(path.stem)


def _folder_deck(root: Path, folder: Path, found: list[Diagnostic], unread: set[str]) -> DeckFiles:
    paths = [path for path in sorted(folder.iterdir(), key=lambda p: p.name) if _is_bank(path)]
    head, *parts = (_read(root, path, found) for path in (folder / HEAD, *paths))
    if head is None or None in parts:
        unread.add(folder.name)
    return DeckFiles(folder.name, head, tuple(source for source in parts if source))


def _is_bank(path: Path) -> bool:
    """Tell whether a file holds questions. A README explains a folder to people."""
    is_readme = path.stem.lower() == "readme"
    return (
        (path.suffix.lower() in SUFFIXES or _is_export(path))
        and not is_readme
        and not path.name.startswith(("_", "."))
        # A link that leads nowhere stands for a bank too, one that cannot be read.
        and not path.is_dir()
    )


def _is_export(path: Path) -> bool:
    if path.suffix.lower() != ".txt" or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_EXPORT) + 3).removeprefix(b"\xef\xbb\xbf").startswith(_EXPORT)
    except OSError:
        return True  # it may be one: reading it says what is wrong


def _overrides(root: Path, config: Config, found: list[Diagnostic]) -> dict[str, str]:
    """Return the project's own templates; where its folder is the packaged one nothing is overridden."""
    folder = root / config.templates
    if not folder.is_dir() or not _is_inside(folder, root):
        return {}
    texts = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if (
            path.is_file()
            and not any(part.startswith(".") for part in name.parts)
            and (source := _read(root, path, found))
        ):
            texts[name.as_posix()] = source.text
    return {} if texts == resources.templates() else texts


def _words(root: Path, templates: Templates, found: list[Diagnostic]) -> dict[str, dict[str, str]]:
    """Return the words by language, the project's laid over the packaged."""
    words: dict[str, dict[str, str]] = {}
    for lang, text in resources.strings().items():
        words[lang], problems = parse_strings(Source(f"strings/{lang}.toml", text))
        found += problems
    packaged = {key: word for known in words.values() for key, word in known.items()}
    for path in sorted((root / "strings").glob("*.toml")) if (root / "strings").is_dir() else ():
        if source := _read(root, path, found):
            from deckbuild.check.overrides import check_words

            own, problems = parse_strings(source)
            found += (*problems, *check_words(source, own, packaged, templates.project.values()))
            words[path.stem] = words.get(path.stem, {}) | own
    return words


def _fonts(root: Path, found: list[Diagnostic]) -> dict[str, bytes]:
    folder = root / "fonts"
    if not folder.is_dir():
        return {}
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in {".ttf", ".otf", ".ttc"})
    return {path.name: data for path in paths if (data := _read_bytes(root, path, found)) is not None}


def _read(root: Path, path: Path, found: list[Diagnostic]) -> Source | None:
    r"""Return a text file with `\n` as its only newline and no byte order mark."""
    data = _read_bytes(root, path, found)
    name = path.relative_to(root).as_posix()
    if data is None:
        return None
    try:
        return Source(name, _with_newlines(data.decode("utf-8-sig")))
    except UnicodeDecodeError as problem:
        found.append(_not_utf8(name, data, problem.start))
        return None


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_bytes(root: Path, path: Path, found: list[Diagnostic]) -> bytes | None:
    name = path.relative_to(root).as_posix()
    if not _is_inside(path, root):
        found.append(_leads_out(name))
        return None
    try:
        status = path.stat()
        if S_ISREG(status.st_mode) and status.st_size <= _MAX_SOURCE:
            return path.read_bytes()
        # A pipe, say, would keep the build waiting for ever.
        is_large = S_ISREG(status.st_mode)
        message = f"it is larger than {_MAX_SOURCE >> 20} MB" if is_large else "it is not an ordinary file"
    except OSError as problem:
        message = f"cannot be read: {(problem.strerror or str(problem)).lower()}"
    found.append(Diagnostic(Code.FILE_UNREADABLE, message, file=name))
    return None


def _leads_out(name: str) -> Diagnostic:
    message = f"`{name}` leads out of the project"
    return Diagnostic(Code.FILE_UNREADABLE, message, (), "put a copy in its place", file=name)


def _not_utf8(name: str, data: bytes, at: int) -> Diagnostic:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return Diagnostic(Code.FILE_ENCODING, "the file is UTF-16", (), "save it as UTF-8", file=name)
    source = Source(name, _with_newlines(data.decode("utf-8-sig", "replace")))
    start = len(_with_newlines(data[:at].decode("utf-8-sig")))
    message = f"the byte 0x{data[at]:02x} is not UTF-8"
    return error(Code.FILE_ENCODING, message, Span(source, start, start + 1), help="save the file as UTF-8")


def _is_inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root)


def _near(file: Path, root: Path) -> str:
    """Return what was probably meant: the same name elsewhere beside it, or another case."""
    folder = file.parent
    if not folder.is_dir():
        return f"there is no folder `{folder.relative_to(root).as_posix()}`"
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    same = [name for name in names if name.lower() == file.name.lower() or Path(name).stem == file.stem]
    return f"did you mean `{same[0]}`?" if same else "paths are relative to the file that names them"
