"""What a file holds: its text, where its tables stand in that text, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text ``[start, end)`` and its place in the grid, both counted from 0.

    ``rows`` and ``columns`` are how many rows and columns it covers.
    """

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in the text: the cells that hold something, in reading order."""

    cells: tuple[Cell, ...]

    @property
    def start(self) -> int:
        """Where its first cell begins."""
        return self.cells[0].start

    @property
    def end(self) -> int:
        """Where its last cell ends."""
        return max(cell.end for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """Something of a file that did not reach its text: where, a code of findings.ttl, a message."""

    start: int
    end: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file as offsets refer to it, its tables and what could not be read of it.

    ``tables`` is None where the format knows no tables (plain text): they are then looked for in
    the text itself.
    """

    text: str
    tables: tuple[Table, ...] | None = None
    notes: tuple[ReadingNote, ...] = ()


@dataclass(slots=True)
class Line:
    """A line of text to be, and its cells: start, end, column, rows, columns, within the line.

    ``table`` tells the tables of a file apart; None for running text.
    """

    text: str
    table: int | None = None
    row: int = 0
    cells: list[tuple[int, int, int, int, int]] = field(default_factory=list)


def assemble(lines: Sequence[Line], notes: Sequence[ReadingNote] = ()) -> SourceText:
    """Lines as one text, with the cells of each table at their offsets in it."""
    gathered: dict[int, list[Cell]] = {}
    at = 0
    for line in lines:
        if line.table is not None:
            gathered.setdefault(line.table, []).extend(
                Cell(at + start, at + end, line.row, column, rows, columns)
                for start, end, column, rows, columns in line.cells
            )
        at += len(line.text) + 1
    tables = tuple(Table(tuple(cells)) for cells in gathered.values() if len(cells) > 1)
    ordered = tuple(sorted(tables, key=lambda table: table.start))
    return SourceText("\n".join(line.text for line in lines), ordered, tuple(notes))
