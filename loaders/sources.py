"""Sources: files, folders, globs and standard input become text."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path

from policygraph.errors import SourceError

BUNDLED = Path(__file__).parent / "reports" / "hubei-2022.txt"
LARGEST = 20 * 1024 * 1024  # bytes; the longest national report is below 200 KB
# A text has few control characters; noise has many.
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def find_sources(patterns: list[str]) -> list[Path]:
    """The files that paths, folders and globs name, sorted within each; raises SourceError."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        held = list(_expand(pattern))
        if not held:
            raise SourceError(
                f"{pattern}: no such file or folder; give a .txt file, a folder of them, or -"
            )
        found.update(dict.fromkeys(held))
    return list(found)


def _expand(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    if path.is_dir():
        yield from sorted(p for p in path.rglob("*.txt") if p.is_file())
    elif path.exists():
        yield path
    else:
        # The pattern may be absolute, which Path.glob refuses.
        yield from sorted(Path(p) for p in glob.glob(pattern, recursive=True))  # noqa: PTH207


def read_text(path: Path) -> str:
    """The text of a file as offsets refer to it; raises SourceError with what to do."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise SourceError(
                f"{path.name}: {size // 2**20} MB is too large for a report "
                f"(at most {LARGEST // 2**20} MB); split it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read: {error.strerror}; check the path and its permissions"
        ) from error
    return decode(data, path.name)


def decode(data: bytes, name: str) -> str:
    """UTF-8 (with or without BOM) or GB18030 bytes as text with ``\\n`` line ends."""
    if not data.strip():
        raise SourceError(f"{name}: is empty; give a report with text in it")
    sample = data[:65536]
    if sum(byte in _CONTROLS for byte in sample) > len(sample) / 200:
        raise SourceError(
            f"{name}: is not text (control bytes, first at offset {_first_control(sample)}); "
            "give the report as UTF-8 or GB18030 text"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise SourceError(
                f"{name}: is neither UTF-8 nor GB18030 text (byte offset {error.start}); "
                "save it as UTF-8"
            ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_control(sample: bytes) -> int:
    return next(place for place, byte in enumerate(sample) if byte in _CONTROLS)
