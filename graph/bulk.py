"""The whole store in parts that every server's bulk loader reads, with the loaders' commands."""

from __future__ import annotations

import gzip
import logging
import shutil
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO

from policygraph.errors import StoreError
from policygraph.graph.export import Quads, quad_lines, write_file
from policygraph.graph.timing import timed

log = logging.getLogger(__name__)
PART = 1_000_000  # quads in a file
LOADERS = Path(__file__).parent / "loading"


def write_parts(
    store: Quads, folder: Path, *, compress: bool = False, size: int = PART
) -> list[Path]:
    """Write sorted N-Quads of ``size`` lines a file, and the loaders beside them; returns the files.

    The same store gives the same bytes, compressed or not. Raises StoreError when the folder holds
    anything already, or cannot be written.
    """
    _make(folder)
    ending = ".nq.gz" if compress else ".nq"
    written = []
    for number, lines in enumerate(_parts(quad_lines(store), size), 1):
        path = folder / f"part-{number:05}{ending}"
        with timed(log, "wrote part %d", number):
            write_file(path, partial(write_lines, lines, compress))
        written.append(path)
    for loader in sorted(LOADERS.iterdir()):
        shutil.copy(loader, folder / loader.name)
    return written


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise StoreError(f"{folder}: holds files already; give an empty or new folder")
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made: {error.strerror}; give a folder") from error


def _parts(lines: Iterator[str], size: int) -> Iterator[Iterator[str]]:
    """The lines in parts of a size, each to be read before the next."""
    for first in lines:
        yield chain([first], islice(lines, size - 1))


def write_lines(lines: Iterator[str], compress: bool, out: IO[bytes]) -> None:
    """Lines into a file; a compressed one says neither its name nor when it was written."""
    if not compress:
        out.writelines(line.encode() for line in lines)
        return
    with gzip.GzipFile("", "wb", 6, out, mtime=0) as packed:
        packed.writelines(line.encode() for line in lines)
