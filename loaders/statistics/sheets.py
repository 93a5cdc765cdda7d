"""A file of cells as text in which every cell has its place: CSV, TSV and the sheets of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.errors import SourceError
from policygraph.loaders.formats.encodings import decode_bytes
from policygraph.loaders.formats.workbook import read_workbook
from policygraph.loaders.words.compiled import compiled

DELIMITERS = ",\t;"
LARGEST = 2_000_000  # cells of one file
_QUOTED = compiled(r'"((?:[^"]|"")*)"')
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell holds, where that stands in the text, and its row and column, counted from 1."""

    text: str
    start: int
    row: int
    column: int
    sheet: str = ""

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.start + len(self.text)

    @property
    def place(self) -> str:
        """Its place in the file: cell=5,2 (RFC 7111) of a CSV file, Sheet1!B5 of a workbook."""
        if not self.sheet:
            return f"cell={self.row},{self.column}"
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, _LETTERS)
            letters = chr(ord("A") + rest) + letters
        return f"{self.sheet}!{letters}{self.row}"


Row = tuple[SheetCell, ...]
Piece = tuple[str, int]  # what a cell holds, and where that stands in the text


@dataclass(frozen=True, slots=True)
class Sheets:
    """The text of a file and its rows; rows of one sheet follow each other."""

    text: str
    rows: tuple[Row, ...]


def read_sheets(data: bytes, name: str) -> Sheets:
    """The cells of a file; raises SourceError where it holds none or cannot be read."""
    found = _of_workbook(data, name) if data.startswith(b"PK\x03\x04") else _of_text(data, name)
    if not any(cell.text.strip() for row in found.rows for cell in row):
        raise SourceError(f"{name}: holds no cells")
    return found


def _of_text(data: bytes, name: str) -> Sheets:
    text = decode_bytes(data, name).text.replace("\r\n", "\n").replace("\r", "\n")
    rows = []
    cells = 0
    for number, row in enumerate(pieces(text, name), 1):
        cells += len(row)
        if cells > LARGEST:
            raise SourceError(f"{name}: has more than {LARGEST} cells; split it")
        placed = (SheetCell(text, at, number, place) for place, (text, at) in enumerate(row, 1))
        rows.append(tuple(placed))
    return Sheets(text, tuple(rows))


def pieces(text: str, name: str = "", delimiter: str = "") -> Iterator[list[Piece]]:
    """The rows of a table written as text; what separates its cells is found out where it is not given.

    Raises SourceError where a quote is not closed.
    """
    if not delimiter:
        sample = text[:4096].split("\n")
        delimiter = max(DELIMITERS, key=lambda mark: (sum(line.count(mark) for line in sample), mark == ","))  # fmt: skip
    return _records(text, delimiter, name)


def _records(text: str, delimiter: str, name: str) -> Iterator[list[Piece]]:
    """The rows of CSV as cells with their offsets; a quoted cell begins after its quote."""
    row: list[Piece] = []
    place, ends = 0, compiled(f"[{re.escape(delimiter)}\n]")
    while True:
        after = place
        if text.startswith('"', place):
            match = _QUOTED.match(text, place)
            if match is None:
                raise SourceError(f"{name}: a quote at character {place} is not closed")
            row.append((match[1], match.start(1)))
            after = match.end()
        end = ends.search(text, after)
        if after == place:
            row.append((text[place : end.start() if end else len(text)], place))
        if end is None:
            yield row
            return
        if end[0] == "\n":
            yield row
            row = []
        place = end.end()


def _of_workbook(data: bytes, name: str) -> Sheets:
    """The sheets of a workbook as text: a line a row, a tab between cells."""
    parts: list[str] = []
    rows: list[Row] = []
    at = 0
    for sheet, grid in read_workbook(data, name):
        for number, texts in grid:
            cells = []
            for column, text in enumerate(texts, 1):
                cells.append(SheetCell(text, at, number, column, sheet))
                parts.append(text + ("\t" if column < len(texts) else "\n"))
                at += len(parts[-1])
            if not texts:
                parts.append("\n")
                at += 1
            rows.append(tuple(cells))
    return Sheets("".join(parts), tuple(rows))
