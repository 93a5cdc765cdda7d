"""Answers written while the engine finds them, in any format, up to a limit of rows and bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, cast

import pyoxigraph as ox

from policygraph.graph.formats import Format
from policygraph.graph.stores import Answer
from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.columns import HIDDEN

CHUNK = 1 << 16
ROWS, BYTES = "rows", "bytes"


@dataclass(frozen=True, slots=True)
class _Seam:
    """How the engine separates rows, how many separators precede the first row, and the last bytes."""

    pattern: re.Pattern[bytes]
    row_end: int
    before: int
    tail: bytes


# Each is looked for in what the engine wrote, where quotes and angle brackets of values are escaped.
_SEAMS = {
    "json": _Seam(re.compile(rb'\}\},\{"[^},]'), 2, 0, b"]}}"),
    "xml": _Seam(re.compile(rb"</result><result>"), 9, 0, b"</results></sparql>"),
    "tsv": _Seam(re.compile(rb"\n(?=.)", re.DOTALL), 1, 1, b""),
    "csv": _Seam(re.compile(rb'"[^"]*(?:"|\Z)|\n(?=.)', re.DOTALL), 1, 1, b""),
}
_MARGIN = 32  # bytes kept back so that no seam is cut in two


class Full(Exception):
    """The limit is reached: what was written is well-formed, but not the whole answer."""


class Sink:
    """Gathers what is written into chunks and counts the bytes."""

    def __init__(self, emit: Callable[[bytes], None]) -> None:
        self._emit = emit
        self._parts: list[bytes] = []
        self._size = 0
        self.total = 0

    def write(self, data: bytes) -> int:
        """Take bytes; pass on a chunk when there is enough for one."""
        self._parts.append(bytes(data))
        self._size += len(data)
        self.total += len(data)
        if self._size >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Pass on the bytes gathered so far."""
        if self._size:
            self._emit(b"".join(self._parts))
            self._parts, self._size = [], 0


class _Gate:
    """Lets rows the engine writes through until a cap is reached, and closes them well there."""

    def __init__(self, sink: Sink, seam: _Seam, rows: int, most: int) -> None:
        self._sink, self._seam = sink, seam
        self._left = rows + seam.before if rows else -1
        self._most = most
        self._pending = b""
        self.cut = ""

    def write(self, data: bytes) -> int:
        """Take bytes; raises Full at the first row too many."""
        if self.cut:  # the engine empties its buffer all the same
            return len(data)
        pending, done = self._pending + bytes(data), 0
        keep = max(0, len(pending) - _MARGIN)
        for match in self._seam.pattern.finditer(pending):
            if match.start() >= keep:
                break
            if match[0][:1] != b'"':
                self._count(pending, match.start() + self._seam.row_end)
            elif match.end() == len(pending):  # a quoted value that may go on
                done = match.start()
                keep = done
                break
            done = match.end()
        keep = max(done, keep)
        self._sink.write(pending[:keep])
        self._pending = pending[keep:]
        return len(data)

    def _count(self, pending: bytes, end: int) -> None:
        self._left -= 1
        if self._left == 0 or (self._most and self._sink.total + end > self._most):
            self.cut = ROWS if self._left == 0 else BYTES
            self._sink.write(pending[:end] + self._seam.tail)
            raise Full

    def flush(self) -> None:
        """The engine has written all it has."""

    def close(self) -> None:
        """Let the last bytes through."""
        self._sink.write(self._pending)


def write(answer: Answer, form: Format, sink: Sink, rows: int, most: int) -> str:
    """Write an answer; returns which cap cut it, rows or bytes, or nothing where it is whole."""
    if isinstance(answer, ox.QueryTriples):
        cut = write_graph(answer, form, sink, rows, most)
    elif isinstance(answer, ox.QueryBoolean):
        sink.write(answer.serialize(format=form.rows) or b"")
        cut = ""
    else:
        cut = _write_rows(_shown(answer), form, sink, rows, most)
    sink.flush()
    return cut


def _write_rows(answer: ox.QuerySolutions, form: Format, sink: Sink, rows: int, most: int) -> str:
    gate = _Gate(sink, _SEAMS[form.extension], rows, most)
    try:
        answer.serialize(cast(IO[bytes], gate), format=form.rows)
        gate.close()
    except Full:
        pass
    return gate.cut


def write_graph(
    triples: Iterator[ox.Triple], form: Format, sink: Sink, rows: int, most: int
) -> str:
    """Write triples; returns which cap cut them, rows or bytes, or nothing where they are whole."""
    cut = ""

    def capped() -> Iterator[ox.Triple]:
        nonlocal cut
        for triple in islice(triples, rows or None):
            yield triple
            if most and sink.total > most:
                cut = BYTES
                return
        if not cut and rows and next(triples, None) is not None:
            cut = ROWS

    prefixes = PREFIXES if form.prefixes else None
    ox.serialize(capped(), cast(IO[bytes], sink), form.graph, prefixes=prefixes)
    sink.flush()
    return cut


def _shown(answer: ox.QuerySolutions) -> ox.QuerySolutions:
    """The same rows without the columns that only take a parameter."""
    columns = [variable.value for variable in answer.variables]
    shown = [place for place, name in enumerate(columns) if not name.endswith(HIDDEN)]
    if len(shown) == len(columns):
        return answer
    names = [f"?{columns[place]}" for place in shown]
    lines = cast(IO[bytes], _Lines(answer, names, shown))
    return cast(ox.QuerySolutions, ox.parse_query_results(lines, ox.QueryResultsFormat.TSV))


class _Lines:
    """Chosen columns of rows as a TSV file the engine reads back."""

    def __init__(self, answer: ox.QuerySolutions, names: list[str], shown: list[int]) -> None:
        self._rows, self._shown = answer, shown
        self._ready = ("\t".join(names) + "\n").encode()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, none at the end."""
        if not self._ready:
            lines = [
                "\t".join("" if row[p] is None else str(row[p]) for p in self._shown)
                for row in islice(self._rows, 64)
            ]
            self._ready = "".join(f"{line}\n" for line in lines).encode()
        out, self._ready = self._ready[:size], self._ready[size:]
        return out
