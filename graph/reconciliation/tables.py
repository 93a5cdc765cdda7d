"""A table of somebody else's as rows of cells, and the same with what its names were linked to."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import SourceError, UsageError, reason
from policygraph.graph.reconciliation.candidates import describe
from policygraph.graph.reconciliation.proposals import Proposal

LINKED = ("score", "match", "reasons", "candidates")  # added after what the entity is
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;|"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one line of headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of one column by its heading; raises UsageError where there is none."""
        if name not in self.headings:
            raise UsageError(f"{name}: no such column; there are: {', '.join(self.headings)}")
        place = self.headings.index(name)
        return tuple(row[place].strip() if place < len(row) else "" for row in self.rows)


def read_table(path: Path) -> Table:
    """A CSV or TSV file in UTF-8 or GB18030; raises SourceError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {reason(error)}") from error
    text = _decoded(data, path)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=lambda mark: (first.count(mark), mark == ","))
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SourceError(f"{path}: cannot be read as a table: {error}") from error
    rows = [tuple(row) for row in lines if any(cell.strip() for cell in row)]
    if not rows:
        raise SourceError(f"{path}: holds no rows")
    return Table(tuple(cell.strip() for cell in rows[0]), tuple(rows[1:]), delimiter)


def _decoded(data: bytes, path: Path) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(f"{path}: is neither UTF-8 nor GB18030")


def write_linked(
    table: Table,
    linked: Sequence[tuple[Proposal, ...]],
    columns: Sequence[str],
    delimiter: str,
) -> bytes:
    """The table with these columns and those of LINKED after its own, its cells parted by a delimiter.

    Raises UsageError where it has one of them already.
    """
    added = (*columns, *LINKED)
    doubled = [name for name in added if name in table.headings]
    if doubled:
        raise UsageError(f"{', '.join(doubled)}: the table has this column already; rename it")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow((*table.headings, *added))
    width = len(table.headings)
    for row, proposals in zip(table.rows, linked, strict=True):
        padded = (*row, *[""] * (width - len(row)))
        writer.writerow((*padded, *_cells(proposals, len(columns))))
    return out.getvalue().encode()


def _cells(proposals: tuple[Proposal, ...], width: int) -> tuple[str, ...]:
    """What is added to a row: the entity where it is certain, else only what it may be."""
    empty = ("",) * width
    if not proposals:
        return (*empty, "0", "no", "", "")
    best = proposals[0]
    others = "; ".join(f"{p.short} {p.name} ({p.score})" for p in proposals[best.match :])
    told = (str(best.score), "yes" if best.match else "no", describe(best.reasons), others)
    return (*(best.cells if best.match else empty), *told)
