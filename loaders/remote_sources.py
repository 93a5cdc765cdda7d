"""Sources on other machines, by fsspec: s3://…, hdfs://…, https://…; brought here to be read like any file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from policygraph.errors import SourceError
from policygraph.loaders.sources import LARGEST, SUFFIXES, find_sources, is_table

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
    except SourceError:
        raise
    except Exception as error:  # each kind of address has errors of its own
        raise SourceError(f"{pattern}: cannot be reached: {_said(error)}") from error
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

    with ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="policygraph-"))
            path = Path(folder) / PurePosixPath(place).name
            _bring(place, path)
        except SourceError:
            raise
        except Exception as error:  # each kind of address has errors of its own
            raise SourceError(f"{place}: cannot be read: {_said(error)}") from error
        yield path


def _bring(place: str, path: Path) -> None:
    """Copy a file to a path, with the metadata beside a table, unless it is too large to be read."""
    # Imported for an address, as fsspec is.
    from policygraph.loaders.statistics.mapped_tables import METADATA

    files, there = _fsspec(place).core.url_to_fs(place)
    size = files.size(there) or 0
    if size > LARGEST:
        raise SourceError(
            f"{place}: {size // 2**20} MB is too large for a report (at most {LARGEST // 2**20} MB); split it"
        )
    files.get_file(there, str(path))
    if is_table(path) and files.exists(f"{there}{METADATA}"):
        files.get_file(f"{there}{METADATA}", f"{path}{METADATA}")


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _fsspec(place: str) -> Any:
    """The library that knows addresses. Raises SourceError where it is not installed."""
    try:
        import fsspec
    except ImportError as error:
        raise SourceError(
            f"{place}: addresses need fsspec: pip install 'policygraph[dask]'"
        ) from error
    return fsspec
