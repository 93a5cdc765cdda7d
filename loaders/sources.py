"""Sources: files, folders, globs and standard input become text, whatever their format."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator
from pathlib import Path

from policygraph.errors import SourceError

BUNDLED = Path(__file__).parent / "reports" / "hubei-2022.txt"
SUFFIXES = frozenset((".txt", ".html", ".htm", ".docx", ".pdf"))
LARGEST = 50 * 1024 * 1024  # bytes; the longest national report is below 200 KB of text
# A text has few control characters; noise has many.
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|table|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def find_sources(patterns: list[str]) -> list[Path]:
    """The files that paths, folders and globs name, sorted within each; raises SourceError."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        held = list(_expand(pattern))
        if not held:
            raise SourceError(
                f"{pattern}: no such file or folder; give a .txt, .html, .docx or .pdf file, "
                "a folder of them, or -"
            )
        found.update(dict.fromkeys(held))
    return list(found)


def _expand(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    if path.is_dir():
        yield from sorted(
            p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()
        )
    elif path.exists():
        yield path
    else:
        # The pattern may be absolute, which Path.glob refuses.
        yield from sorted(Path(p) for p in glob.glob(pattern, recursive=True))  # noqa: PTH207


def read_text(path: Path) -> str:
    """The text of a file as offsets refer to it; raises SourceError with what to do."""
    if path.is_dir() or path.is_char_device() or path.is_block_device():
        raise SourceError(f"{path}: is no file; give a report")
    try:
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
    return extract(data, path.name)


def extract(data: bytes, name: str) -> str:
    """The text of a report in any of the formats, told by its first bytes; raises SourceError."""
    if data.startswith(b"PK\x03\x04"):
        from policygraph.loaders.formats.docx import read_word

        return _plain_lines(read_word(data, name))
    if data.lstrip()[:5] == b"%PDF-":
        from policygraph.loaders.formats.pdf import read_pdf

        return _plain_lines(read_pdf(data, name))
    if data.startswith(_OLD_OFFICE):
        raise SourceError(
            f"{name}: is an old Word file (.doc) or protected by a password; "
            "save it as .docx without one"
        )
    text = decode(data, name)
    if _PAGE.match(text[:4096]):
        from policygraph.loaders.formats.html import read_page

        return _plain_lines(read_page(text, name))
    return text


def decode(data: bytes, name: str) -> str:
    """UTF-8 (with or without BOM), UTF-16 with BOM or GB18030 bytes as text with ``\\n`` line ends."""
    if not data.strip():
        raise SourceError(f"{name}: is empty; give a report with text in it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16", name)
    sample = data[:65536]
    if sum(byte in _CONTROLS for byte in sample) > len(sample) / 200:
        raise SourceError(
            f"{name}: is not text (control bytes, first at offset {_first_control(sample)}); "
            "give the report as UTF-8 or GB18030 text"
        )
    try:
        return _plain_lines(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _decoded(data, "gb18030", name)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return _plain_lines(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: is neither UTF-8 nor GB18030 text (byte offset {error.start}); "
            "save it as UTF-8"
        ) from error


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_control(sample: bytes) -> int:
    return next(place for place, byte in enumerate(sample) if byte in _CONTROLS)
