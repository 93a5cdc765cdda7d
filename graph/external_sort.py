"""Any number of lines in order, in bounded memory."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

AT_ONCE = 50_000  # lines sorted in memory
_FILES = 64  # temporary files open at a time


def in_order(lines: Iterable[str], at_once: int = AT_ONCE) -> Iterator[str]:
    """The lines sorted by code point; more than ``at_once`` go through temporary files.

    Each line ends in a line feed and has no other.
    """
    parts = _parts(iter(lines), at_once)
    first = next(parts, [])
    if len(first) < at_once:
        yield from first
        return
    with ExitStack() as runs:
        files = [runs.enter_context(_run(first))]
        first.clear()
        for part in parts:
            files.append(runs.enter_context(_run(part)))
            part.clear()
            if len(files) == _FILES:
                whole = _run(heapq.merge(*files))
                runs.close()
                files = [runs.enter_context(whole)]
        yield from heapq.merge(*files)


def _parts(lines: Iterator[str], size: int) -> Iterator[list[str]]:
    """Parts of the lines, each in order."""
    while part := list(islice(lines, size)):
        part.sort()
        yield part


def _run(lines: Iterable[str]) -> IO[str]:
    """A temporary file of sorted lines, at its beginning."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
    file.writelines(lines)
    file.seek(0)
    return file
