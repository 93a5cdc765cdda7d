"""Answers written while the engine finds them, in any format, up to a limit of rows and bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Generic, TypeVar, cast

import pyoxigraph as ox

from policygraph.graph.formats import Format
from policygraph.graph.serialization import serialize
from policygraph.graph.stores import Answer
from policygraph.graph.xml_text import XmlOutput
from policygraph.queries.columns import HIDDEN
from policygraph.queries.results import cell_text, encoded, row_writer, yes_or_no

Item = TypeVar("Item")
CHUNK = 1 << 16
ROWS, BYTES = "rows", "bytes"


@dataclass(frozen=True, slots=True)
class _Separator:
    """How the engine separates rows, how many separators precede the first row, and the last bytes.

    ``plain`` finds the same separators without passing over quoted values, in what does not hold ``unless``.
    """

    pattern: re.Pattern[bytes]
    row_end: int
    before: int
    tail: bytes
    plain: re.Pattern[bytes] | None = None
    unless: bytes = b""


# Each is looked for in what the engine wrote; quoted values, which may hold anything, are passed over whole.
_SEPARATORS = {
    "json": _Separator(
        re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[{}]\},(?=\{)', re.DOTALL),
        2,
        0,
        b"]}}",
        # No quoted value holds a bare quote, and one that ends in }},{ is followed by } or a comma. Rows that bind
        # nothing are {}.
        re.compile(rb'[{}]\},(?=\{"[^},])'),
        b",{}",
    ),
    "xml": _Separator(re.compile(rb"</result><result>"), 9, 0, b"</results></sparql>"),
    "tsv": _Separator(re.compile(rb"\n(?=.)", re.DOTALL), 1, 1, b""),
    "csv": _Separator(re.compile(rb'"[^"]*(?:"|\Z)|\n(?=.)', re.DOTALL), 1, 1, b""),
}
_MARGIN = 32  # bytes kept back so that no separator is cut in two


class CapReached(Exception):
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


class _CappedWriter:
    """Lets rows the engine writes through until a cap is reached, and closes them well there."""

    def __init__(self, sink: Sink, separator: _Separator, rows: int, most: int) -> None:
        self._sink, self._separator = sink, separator
        self._left = rows + separator.before if rows else -1
        self._most = most
        self._pending = b""
        self.cut = ""

    def write(self, data: bytes) -> int:
        """Take bytes; raises CapReached at the first row too many."""
        if self.cut:  # the engine empties its buffer all the same
            return len(data)
        pending, done = self._pending + bytes(data), 0
        keep = max(0, len(pending) - _MARGIN)
        plain = self._separator.plain
        if plain is not None and self._separator.unless not in pending:
            return self._write_plain(plain, pending, len(data))
        for match in self._separator.pattern.finditer(pending):
            if match.start() >= keep:
                break
            if match[0][:1] != b'"':
                self._count(pending, match.start() + self._separator.row_end)
            elif match.end() == len(pending):  # a quoted value that may go on
                done = match.start()
                keep = done
                break
            done = match.end()
        keep = max(done, keep)
        self._sink.write(pending[:keep])
        self._pending = pending[keep:]
        return len(data)

    def _write_plain(self, plain: re.Pattern[bytes], pending: bytes, size: int) -> int:
        """Let whole rows through: what is kept back begins a row, outside of quoted values."""
        done = 0
        for match in plain.finditer(pending):
            self._count(pending, match.start() + self._separator.row_end)
            done = match.end()
        self._sink.write(pending[:done])
        self._pending = pending[done:]
        return size

    def _count(self, pending: bytes, end: int) -> None:
        self._left -= 1
        if self._left == 0 or (self._most and self._sink.total + end > self._most):
            self.cut = ROWS if self._left == 0 else BYTES
            self._sink.write(pending[:end] + self._separator.tail)
            raise CapReached

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
        sink.write(
            (answer.serialize(format=form.rows) or b"")
            if form.rows
            else yes_or_no(answer, form.extension)
        )
        cut = ""
    else:
        write_rows = _write_rows if form.rows else _write_own_rows
        cut = write_rows(_shown(answer), form, sink, rows, most)
    sink.flush()
    return cut


def _write_rows(answer: ox.QuerySolutions, form: Format, sink: Sink, rows: int, most: int) -> str:
    writer = _CappedWriter(sink, _SEPARATORS[form.extension], rows, most)
    engine_writes_to = XmlOutput(writer) if form.rows == ox.QueryResultsFormat.XML else writer
    try:
        answer.serialize(cast(IO[bytes], engine_writes_to), format=form.rows)
        engine_writes_to.close()
        if engine_writes_to is not writer:
            writer.close()
    except CapReached:
        pass
    return writer.cut


def _write_own_rows(
    answer: ox.QuerySolutions, form: Format, sink: Sink, rows: int, most: int
) -> str:
    """Write rows in a format that only this program writes. Raises QueryError where it does not."""
    columns = [variable.value for variable in answer.variables]
    capped = _Capped(answer, sink, rows, most)
    cells = ([cell_text(solution[column]) for column in columns] for solution in capped)
    for piece in row_writer(form)(columns, cells):
        sink.write(encoded(piece))
    return capped.cut


def write_graph(
    triples: Iterator[ox.Triple], form: Format, sink: Sink, rows: int, most: int
) -> str:
    """Write triples; returns which cap cut them, rows or bytes, or nothing where they are whole."""
    capped = _Capped(triples, sink, rows, most)
    serialize(capped, cast(IO[bytes], sink), form)
    sink.flush()
    return capped.cut


class _Capped(Generic[Item]):
    """Rows or triples on their way to a writer, up to a cap; ``cut`` says which cap ended them."""

    def __init__(self, items: Iterator[Item], sink: Sink, rows: int, most: int) -> None:
        self._items, self._sink, self._rows, self._most = items, sink, rows, most
        self.cut = ""

    def __iter__(self) -> Iterator[Item]:
        """The items; none after one whose bytes passed the cap."""
        for item in islice(self._items, self._rows or None):
            yield item
            if self._most and self._sink.total > self._most:
                self.cut = BYTES
                return
        if self._rows and next(self._items, None) is not None:
            self.cut = ROWS


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
