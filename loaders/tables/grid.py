"""A table as a grid: which rows are headings, which columns hold labels, which cells are data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from policygraph.loaders.source_text import Cell, Table
from policygraph.loaders.tables.cell_values import is_blank, is_number, is_year
from policygraph.loaders.tables.headings import is_column

_MOST_HEADINGS = 5
_MOST_CELLS = 200_000  # of a grid, spans included; a table of a report has a hundredth


@dataclass
class Grid:
    """The cells of a table by row and column; a cell that spans stands in each place it covers."""

    text: str
    table: Table
    at: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put every cell where it stands and where it reaches."""
        last = self.table.cells[-1].row
        filled = 0
        for cell in self.table.cells:
            rows = range(cell.row, min(cell.row + cell.rows, last + 1))
            filled += len(rows) * cell.columns
            if filled > _MOST_CELLS:
                break
            for row in rows:
                for column in range(cell.column, cell.column + cell.columns):
                    self.at.setdefault((row, column), cell)

    def words(self, cell: Cell) -> str:
        """What a cell says."""
        return self.text[cell.start : cell.end]

    @cached_property
    def cells_of(self) -> dict[int, list[Cell]]:
        """The cells that begin in each row, left to right, by the row."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.table.cells:
            by_row.setdefault(cell.row, []).append(cell)
        return by_row

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells that begin in each row, row by row."""
        return tuple(tuple(self.cells_of[row]) for row in sorted(self.cells_of))

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return max(cell.column + cell.columns for cell in self.table.cells)

    @cached_property
    def bands(self) -> frozenset[int]:
        """Rows of one cell of words that is wide or stands alone: captions and group headings."""
        return frozenset(
            row[0].row
            for row in self.rows
            if len(row) == 1
            and not is_number(self.words(row[0]))
            and (row[0].columns > 1 or self.width > 1)
            and not any(
                (row[0].row, column) in self.at and self.at[row[0].row, column] is not row[0]
                for column in range(self.width)
            )
        )

    @cached_property
    def heading_rows(self) -> tuple[int, ...]:
        """The rows above the data: none of their cells is a number, but for years."""
        found: list[int] = []
        for row in self.rows:
            if row[0].row in self.bands:
                continue
            words = [self.words(cell) for cell in row]
            plain = [word for word in words if is_number(word) and not is_year(word)]
            years = [word for word in words if is_year(word)]
            of_a_year = found and is_year(words[0]) and row[0].column == 0 and len(years) < len(row)
            if plain or of_a_year or len(found) >= _MOST_HEADINGS:
                break
            found.append(row[0].row)
        return tuple(found) if len(found) < len(self.rows) - len(self.bands) else ()

    @cached_property
    def data_rows(self) -> tuple[int, ...]:
        """The rows below the headings that are no group headings."""
        above = set(self.heading_rows) | self.bands
        return tuple(row[0].row for row in self.rows if row[0].row not in above)

    def heading_cells(self, column: int) -> Iterator[Cell]:
        """The headings above a column, the uppermost first, each once."""
        seen: set[int] = set()
        for row in self.heading_rows:
            cell = self.at.get((row, column))
            if cell is not None and cell.start not in seen:
                seen.add(cell.start)
                yield cell

    def heading(self, column: int) -> str:
        """The headings of a column in one."""
        return "".join(self.words(cell) for cell in self.heading_cells(column))

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """What each column is: label, serial, unit, year or data."""
        return tuple(self._role(column) for column in range(self.width))

    def _role(self, column: int) -> str:
        named = self.heading(column)
        for key, role in (
            ("unit-column", "unit"),
            ("serial-column", "serial"),
            ("year-column", "year"),
        ):
            if is_column(named, key):
                return role
        cells_of_row = [
            self.words(self.at[row, column]) for row in self.data_rows if (row, column) in self.at
        ]
        filled = [word for word in cells_of_row if not is_blank(word)]
        if column == 0 and len(filled) > 1 and all(map(is_year, filled)):
            return "year"
        if column == 0 and not named and filled == [str(n + 1) for n in range(len(filled))]:
            return "serial"
        numbers = sum(map(is_number, filled))
        return "data" if numbers and 2 * numbers >= len(filled) else "label"

    def columns(self, role: str) -> Sequence[int]:
        """The columns of one role, left to right."""
        return [column for column, has in enumerate(self.roles) if has == role]
