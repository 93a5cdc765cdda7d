"""A table of somebody else's as rows of cells, and the same with what its names were linked to."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph.errors import SourceError, UsageError, reason
from policygraph.graph.reconciliation.candidates import Candidate, describe
from policygraph.ontology.iris import Minter
from policygraph.ontology.register import Register

ADDED = ("area_iri", "area_name", "area_code", "area_level", "score", "match", "reasons", "candidates")  # fmt: skip
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
        raise SourceError(f"{path}: is no table: {error}") from error
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
    table: Table, linked: Sequence[tuple[Candidate, ...]], register: Register
) -> bytes:
    """The table with the columns of ADDED after its own; raises UsageError where it has them already."""
    doubled = [name for name in ADDED if name in table.headings]
    if doubled:
        raise UsageError(f"{', '.join(doubled)}: the table has this column already; rename it")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\n")
    writer.writerow((*table.headings, *ADDED))
    width = len(table.headings)
    for row, candidates in zip(table.rows, linked, strict=True):
        padded = (*row, *[""] * (width - len(row)))
        writer.writerow((*padded, *_cells(candidates, register)))
    return out.getvalue().encode()


def _cells(candidates: tuple[Candidate, ...], register: Register) -> tuple[str, ...]:
    """What is added to a row: the area where it is certain, else only what it may be."""
    if not candidates:
        return ("", "", "", "", "0", "no", "", "")
    best = candidates[0]
    others = "; ".join(
        f"{register.local_id(c.area)} {c.area.name} ({c.score})" for c in candidates[best.match :]
    )
    if not best.match:
        return ("", "", "", "", str(best.score), "no", describe(best.reasons), others)
    area = best.area
    iri = Minter().area(register.local_id(area))
    reasons = describe(best.reasons)
    return (iri, area.name, area.code, area.level, str(best.score), "yes", reasons, others)
