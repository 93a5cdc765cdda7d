"""Sources: files, folders, globs and standard input become text, whatever their format."""

from __future__ import annotations

import glob
import importlib
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from pathlib import Path

from policygraph.errors import SourceError
from policygraph.loaders.formats.encodings import REPLACED, decode_bytes
from policygraph.loaders.source_text import ReadingNote, SourceText
from policygraph.loaders.words.compiled import compiled

BUNDLED = Path(__file__).parent / "reports" / "hubei-2022.txt"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of files told by their first bytes: how a name ends, and the function that reads them.

    The function of a module of ``loaders/formats`` takes the bytes and a name for messages, and
    returns a SourceText; it raises SourceError.
    """

    suffix: str
    start: bytes
    module: str
    function: str


# Whatever begins otherwise is text: a page where it opens with a tag, else plain.
FORMATS = (
    FileFormat(".docx", b"PK\x03\x04", "docx", "read_word"),
    FileFormat(".pdf", b"%PDF-", "pdf", "read_pdf"),
)
SUFFIXES = (".txt", ".html", ".htm", *(each.suffix for each in FORMATS))
TABLES = frozenset((".csv", ".tsv", ".xlsx"))
LARGEST = 50 * 1024 * 1024  # bytes; the longest national report is below 200 KB of text
_UNREAD = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "is an old Word file (.doc) or protected by a password; save it as .docx without one",
    ),
    (b"{\\rtf", "is a rich text file (.rtf); save it as .docx"),
    (b"\x1f\x8b", "is compressed (gzip); unpack it first"),
    (b"Rar!", "is an archive (.rar); unpack it first"),
    (b"7z\xbc\xaf", "is an archive (.7z); unpack it first"),
    (b"\x89PNG", "is a picture; recognise its text (OCR) first"),
    (b"\xff\xd8\xff", "is a picture; recognise its text (OCR) first"),
)
_XML = compiled(r"\s*<\?xml\b", re.IGNORECASE)
_SAVED_PAGE = re.compile(rb"(?:From: <?Saved by|MIME-Version: ?1)", re.IGNORECASE)
_PAGE = compiled(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|link|base"
    r"|div|table|tr|td|p|h[1-6]|script|style|span|font|article|section|main|form|center|ul|ol|br|b|strong|a)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_table(path: Path) -> bool:
    """Whether a file is a table of statistics rather than a report, by its ending."""
    return path.suffix.lower() in TABLES


def find_sources(patterns: list[str]) -> list[Path]:
    """The files that paths, folders and globs name, sorted within each; raises SourceError."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        matching = list(_expand(pattern))
        if not matching:
            raise SourceError(
                _nothing_in(Path(pattern))
                or f"{pattern}: no such file or folder; give a {_formats()} file, "
                "a folder of them, or -"
            )
        found.update(dict.fromkeys(matching))
    return list(found)


def _nothing_in(folder: Path) -> str:
    """Why nothing of a folder is read: it holds tables alone, which are named one by one; empty where it is none."""
    if not folder.is_dir():
        return ""
    tables = sorted(path for path in folder.rglob("*") if is_table(path))
    if tables:
        example = tables[0].parent / f"*{tables[0].suffix}"
        return f"{folder}: no report in it, only tables of statistics ({len(tables)}), which are named themselves: {example}"
    return f"{folder}: no report in it; give a folder of {_formats()} files"


def _formats() -> str:
    """The endings of names for a message: .txt, .html, .docx or .pdf."""
    *others, last = (suffix for suffix in SUFFIXES if suffix != ".htm")
    return f"{', '.join(others)} or {last}"


def _expand(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    if path.is_dir():
        yield from sorted(_within(path))
    elif path.exists():
        yield path
    else:
        # The pattern may be absolute, which Path.glob refuses.
        yield from sorted(Path(p) for p in glob.glob(pattern, recursive=True))  # noqa: PTH207


def _within(folder: Path) -> Iterator[Path]:
    """The reports below a folder, and the folders there that cannot be looked into: reading them says why."""
    closed: list[OSError] = []
    for parent, _, names in os.walk(folder, onerror=closed.append):
        paths = (Path(parent, name) for name in names)
        yield from (p for p in paths if p.suffix.lower() in SUFFIXES and _may_be_file(p))
    yield from (Path(error.filename) for error in closed)


def passed_over(folder: Path) -> Counter[str]:
    """The endings of the files below a folder that are not read as reports, with how many; what is hidden does not count."""
    endings: Counter[str] = Counter()
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(parent, name) for name in names if not name.startswith("."))
        others = (p for p in paths if p.suffix.lower() not in SUFFIXES and _may_be_file(p))
        endings.update(path.suffix.lower() or path.name for path in others)
    return endings


def _may_be_file(path: Path) -> bool:
    """Whether a path is a file, as far as can be told: a link may lead nowhere, its folder may be closed."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def refuse_other(path: Path) -> None:
    """Refuse what is no file. Raises SourceError, and OSError for a folder that cannot be looked into."""
    if path.is_dir():
        os.scandir(path).close()
    if path.is_dir() or path.is_char_device() or path.is_block_device():
        raise SourceError(f"{path}: is not a file; give a report")


def read_text(path: Path) -> str:
    """The text of a file as offsets refer to it; raises SourceError with what to do."""
    return read_source(path).text


def read_source(path: Path) -> SourceText:
    """The text of a file with its tables and what was left out; raises SourceError."""
    try:
        refuse_other(path)
        size = path.stat().st_size
        if size > LARGEST:
            raise SourceError(
                f"{path.name}: {size // 2**20} MB is too large for a report "
                f"(at most {LARGEST // 2**20} MB); split it"
            )
        with path.open("rb") as file:  # a pipe has no size before it is read
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise SourceError(
                f"{path.name}: is larger than {LARGEST // 2**20} MB, too large for a report; split it"
            )
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read: {error.strerror}; check the path and its permissions"
        ) from error
    return extract_source(data, path.name)


def extract_source(data: bytes, name: str) -> SourceText:
    """What a report in any of the formats holds, told by its first bytes; raises SourceError."""
    head = data.lstrip()[:16]
    for each in FORMATS:
        if head.startswith(each.start):
            module = importlib.import_module(f"policygraph.loaders.formats.{each.module}")
            read: Callable[[bytes, str], SourceText] = getattr(module, each.function)
            return read(data, name)
    for start, said in _UNREAD:
        if data.startswith(start):
            raise SourceError(f"{name}: {said}")
    if _SAVED_PAGE.match(data):
        data = _page_within(data, name)
    decoded = decode_bytes(data, name)
    text = _plain_lines(decoded.text)
    if _XML.match(text) and not _PAGE.match(text[:4096]):
        raise SourceError(f"{name}: is an XML file, not a report; save it as .docx or .html")
    if _PAGE.match(text[:4096]):
        from policygraph.loaders.formats.html import read_page

        source = read_page(text, name)
    else:
        source = SourceText(text)
    notes = (*source.notes, *broken_characters(source.text))
    return replace(source, notes=notes)


def _page_within(data: bytes, name: str) -> bytes:
    """The HTML page in a web archive (.mht), as UTF-8."""
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return payload
    raise SourceError(f"{name}: is a web archive without a page; save the page as .html")


def broken_characters(text: str) -> list[ReadingNote]:
    """One note for the bytes that are no characters, at the first of them."""
    first = text.find(REPLACED)
    if first < 0:
        return []
    count = text.count(REPLACED)
    message = f"{count} place{'s' if count > 1 else ''} in the file where bytes are no character"
    return [ReadingNote(first, first + 1, "broken-bytes", message)]


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
