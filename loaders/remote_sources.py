"""Sources on other machines, by fsspec: s3://…, hdfs://…, https://…; brought here to be read like any file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from policygraph.errors import SourceError
from policygraph.loaders.sources import SUFFIXES, find_sources

_MARK = "://"


def find_anywhere(patterns: list[str]) -> list[str]:
    """The files that paths, folders and globs name, here or elsewhere, sorted within each.

    Raises SourceError.
    """
    found: dict[str, None] = {}
    for pattern in patterns:
        here = _MARK not in pattern
        names = map(str, find_sources([pattern])) if here else _find(pattern)
        found.update(dict.fromkeys(names))
    return list(found)


def _find(pattern: str) -> list[str]:
    """What one address, folder or glob elsewhere names."""
    try:
        files, path = _fsspec(pattern).core.url_to_fs(pattern)
        if files.isdir(path):
            matching = [each for each in files.find(path) if each.lower().endswith(SUFFIXES)]
        else:
            matching = files.glob(path) if "*" in path else [path] * files.exists(path)
        names = sorted(map(str, map(files.unstrip_protocol, matching)))
    except (OSError, ValueError, ImportError) as error:
        raise SourceError(f"{pattern}: cannot be reached: {error}") from error
    if not names:
        raise SourceError(f"{pattern}: no such file or folder")
    return names


@contextmanager
def at_hand(place: str) -> Iterator[Path]:
    """The file at a path, or a copy of that at an address, under its own name. Raises SourceError."""
    if _MARK not in place:
        yield Path(place)
        return
    # Imported for an address: it takes a while, and most sources are files.
    import tempfile

    with tempfile.TemporaryDirectory(prefix="policygraph-") as folder:
        path = Path(folder) / PurePosixPath(place).name
        try:
            files, there = _fsspec(place).core.url_to_fs(place)
            files.get_file(there, str(path))
        except (OSError, ValueError, ImportError) as error:
            raise SourceError(f"{place}: cannot be read: {error}") from error
        yield path


def _fsspec(place: str) -> Any:
    """The library that knows addresses. Raises SourceError where it is not installed."""
    try:
        import fsspec
    except ImportError as error:
        raise SourceError(
            f"{place}: addresses need fsspec: pip install 'policygraph[dask]'"
        ) from error
    return fsspec
