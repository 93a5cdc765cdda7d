"""Paragraphs and tables, as a reader of a format meets them, as lines of text.

A row of short cells is one line, its cells parted by a space, and stays a row of its table. A row
whose cells hold sentences or other tables is layout: each of its paragraphs is a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from policygraph.loaders.formats.superscripts import subscript
from policygraph.loaders.source_text import Line
from policygraph.loaders.words.compiled import compiled

_SENTENCE = compiled(r"[。！？；]")
_LONGEST_CELL = 60  # characters above which a cell of several paragraphs is running text
_MOST_COLUMNS = 400  # above which a grid is no table of a report
_MOST_ROWS = 2000  # the furthest a cell is believed to reach down


@dataclass(slots=True)
class _OpenCell:
    """A cell being read: its finished lines and whether another table stands in it."""

    columns: int
    rows: int
    continues: bool
    lines: list[Line] = field(default_factory=list)
    layout: bool = False


@dataclass(slots=True)
class _OpenTable:
    """A table being read: its rows so far, and which columns cells above reach into."""

    number: int
    row: int = -1
    cells: list[_OpenCell] = field(default_factory=list)
    reaching: dict[int, int] = field(default_factory=dict)  # column → rows still covered
    above: dict[int, tuple[Line, int]] = field(default_factory=dict)  # column → its last cell
    lines: list[Line] = field(default_factory=list)


class LineLayout:
    """Takes text, line breaks and the marks of tables in reading order; ``lines`` is what stands."""

    def __init__(self, *, blank_lines: bool = False) -> None:
        self.lines: list[Line] = []
        self._blank_lines = blank_lines
        self._open: list[str] = []
        self._lowered = False
        self._tables: list[_OpenTable] = []
        self._count = 0

    def write(self, text: str) -> None:
        """Go on in the line that is open."""
        if self._lowered and text[:1].isdigit():
            below = self._open[-1]
            lowered = subscript(below)
            self._open[-1] = lowered if lowered != below else f"{below} "  # PM2.5 35微克
        self._lowered = self._lowered and not text
        self._open.append(text)

    def write_lowered(self, text: str) -> None:
        """Go on with what stands below the line: the 2 of CO2, a subscript only before another digit."""
        self.write(text)
        self._lowered = bool(text)

    def line_break(self) -> None:
        """End the line that is open; an empty one is kept only where blank lines are wanted."""
        parts = "".join(self._open).split("\n")
        self._open.clear()
        self._lowered = False
        for part in parts:
            text = part.strip()
            if text or (self._blank_lines and not self._cell()):
                self._target().append(Line(text))

    def add(self, line: Line) -> None:
        """A finished line."""
        self._target().append(line)

    def open_table(self) -> None:
        """A table begins."""
        self._end_text()
        cell = self._cell()
        if cell is not None:
            cell.layout = True
        self._tables.append(_OpenTable(self._count))
        self._count += 1

    def open_row(self) -> None:
        """A row of the table begins."""
        if self._tables:
            self._end_text()
            self.close_row()
            self._tables[-1].row += 1

    def open_cell(self, columns: int = 1, rows: int = 1, *, continues: bool = False) -> None:
        """A cell begins; one that ``continues`` belongs to the cell above it."""
        if self._tables:
            self._end_text()
            columns = min(max(columns, 1), _MOST_COLUMNS)
            cell = _OpenCell(columns, min(max(rows, 1), _MOST_ROWS), continues)
            self._tables[-1].cells.append(cell)

    def close_cell(self) -> None:
        """The text of a cell ends."""
        self._end_text()

    def close_row(self) -> None:
        """A row ends: one line, or the lines of its cells where it is layout."""
        if not self._tables:
            return
        self._end_text()
        table = self._tables[-1]
        cells, table.cells = table.cells, []
        if not cells:
            return
        placed = _placed(table, cells)
        if any(_is_layout(cell) for cell in cells):
            for cell in cells:
                _extend(table, cell.lines)
        else:
            line = _row_line(table, placed)
            _grow(table, placed)
            if line.text:
                table.lines.append(line)

    def close_table(self) -> None:
        """A table ends: its lines go to what holds it."""
        if self._tables:
            self.close_row()
            table = self._tables.pop()
            target = self._target()
            target.extend(table.lines)

    def finish(self) -> list[Line]:
        """Every line, once all is closed."""
        self._end_text()
        while self._tables:
            self.close_table()
        return self.lines

    def _end_text(self) -> None:
        if self._open:
            self.line_break()

    def _cell(self) -> _OpenCell | None:
        return self._tables[-1].cells[-1] if self._tables and self._tables[-1].cells else None

    def _target(self) -> list[Line]:
        cell = self._cell()
        if cell is not None:
            return cell.lines
        return self._tables[-1].lines if self._tables else self.lines


def _extend(table: _OpenTable, lines: list[Line]) -> None:
    """Add lines to a table; a table inside tables to any depth is moved, not copied."""
    if table.lines:
        table.lines.extend(lines)
    else:
        table.lines = lines


def _is_layout(cell: _OpenCell) -> bool:
    if cell.layout:
        return True
    words = [line.text for line in cell.lines]
    return len(words) > 1 and (
        any(_SENTENCE.search(text) for text in words) or sum(map(len, words)) > _LONGEST_CELL
    )


def _placed(table: _OpenTable, cells: list[_OpenCell]) -> list[tuple[int, _OpenCell]]:
    """Each cell with its column: cells that reach down from above take theirs first."""
    taken = {column: rows - 1 for column, rows in table.reaching.items() if rows > 1}
    covered = {column for column, rows in table.reaching.items() if rows > 0}
    placed = []
    column = 0
    for cell in cells:
        while column in covered:
            column += 1
        placed.append((column, cell))
        if cell.rows > 1:
            reach = range(column, min(column + cell.columns, _MOST_COLUMNS))
            taken.update(dict.fromkeys(reach, cell.rows - 1))
        column += cell.columns
    table.reaching = taken
    return placed


def _row_line(table: _OpenTable, placed: list[tuple[int, _OpenCell]]) -> Line:
    line = Line("", table.number, table.row, [])
    for column, cell in placed:
        words = " ".join(line.text for line in cell.lines if line.text)
        if not words:
            continue
        line.text += " " if line.text else ""
        start = len(line.text)
        table.above[column] = (line, len(line.cells))
        line.cells.append((start, start + len(words), column, cell.rows, cell.columns))
        line.text += words
    return line


def _grow(table: _OpenTable, placed: list[tuple[int, _OpenCell]]) -> None:
    """A cell that continues the one above it makes that one reach a row further down."""
    for column, cell in placed:
        if cell.continues and column in table.above:
            line, place = table.above[column]
            start, end, _, _, columns = line.cells[place]
            rows = table.row - line.row + 1
            line.cells[place] = (start, end, column, rows, columns)
