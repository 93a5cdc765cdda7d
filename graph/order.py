"""Any number of lines in order, in bounded memory."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

AT_ONCE = 200_000  # lines sorted in memory
_FILES = 64  # temporary files open at a time


def in_order(lines: Iterable[str], at_once: int = AT_ONCE) -> Iterator[str]:
    """The lines sorted by code point; more than ``at_once`` go through temporary files.

    Each line ends in a line feed and has no other.
    """
    coming = iter(lines)
    with ExitStack() as runs:
        first = sorted(islice(coming, at_once))
        if len(first) < at_once:
            yield from first
            return
        held = [runs.enter_context(_run(first))]
        while more := sorted(islice(coming, at_once)):
            held.append(runs.enter_context(_run(more)))
            if len(held) == _FILES:
                whole = _run(heapq.merge(*held))
                runs.close()
                held = [runs.enter_context(whole)]
        yield from heapq.merge(*held)


def _run(lines: Iterable[str]) -> IO[str]:
    """A temporary file of sorted lines, at its beginning."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
    file.writelines(lines)
    file.seek(0)
    return file
