"""Cross tables of statistics offices: head lines, then areas, years or indicators against each other, then notes.

The download of 分省年度数据 has three head lines (数据库, 指标 or 地区, 时间), a row of headings, a grid, notes and
the source; several may follow each other in one file. Which side holds what is told from the headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from policygraph.loaders.statistics.observations import (
    Measured,
    TableReading,
    headings,
    is_heading,
    read_measured,
    year_of,
)
from policygraph.loaders.statistics.sheets import Row, SheetCell
from policygraph.loaders.words.compiled import compiled

_SIDES = {"area-column": "area", "year-column": "year", "label-column": "indicator"}
_COLONS = "：:"


@dataclass(slots=True)
class _Head:
    """What the lines above a grid say of all of it."""

    area: str = ""
    indicator: str = ""
    title: str = ""


@dataclass(slots=True)
class _Grid:
    """A grid that is being read: what its rows and its columns are, and the heading of each column."""

    head: _Head
    rows: str
    columns: str
    labels: list[SheetCell] = field(default_factory=list)


def read_cross_tables(rows: Sequence[Row]) -> TableReading | None:
    """What cross tables say; None where there is none with the head lines and headings of one."""
    reading, head, grid, found = TableReading(), _Head(), None, False
    for row in rows:
        filled = [cell for cell in row if cell.text.strip()]
        if not filled:
            continue
        said = _said(filled[0].text) if len(filled) == 1 else None
        if said is not None:
            if grid is not None:
                head, grid = (_Head(), None) if said[0] == "database" else (head, None)
            _take_line(said, filled[0], head, reading)
        elif grid is None and (grid := _headings(row, head)) is not None:
            found = True
            reading.titles.append(f"{head.title} {head.indicator or head.area}".strip())
        elif grid is not None and len(filled) == 1 and filled[0].column == 1:
            reading.notes.append(filled[0])  # a note goes on
        elif grid is not None:
            if not reading.is_overlong(row, tuple(grid.labels)):
                _take_row(row, grid, reading)
        elif len(filled) == 1 and reading.notes:
            reading.notes.append(filled[0])
    return reading if found else None


@cache
def _line(words: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
    return compiled(rf"\s*(?:{'|'.join(longest)})\s*[{_COLONS}](.*)", re.DOTALL)


def _said(text: str) -> tuple[str, str] | None:
    """Which of the lines around a grid a text is, and what it says."""
    for kind in ("database", "note", "source", *_SIDES):
        match = _line(headings()[kind]).fullmatch(text)
        if match:
            return kind, match[1].strip()
    return None


def _take_line(said: tuple[str, str], cell: SheetCell, head: _Head, reading: TableReading) -> None:
    kind, text = said
    if kind == "note":
        reading.notes.append(cell)
    elif kind == "source":
        reading.sources.append(text)
    elif kind == "database":
        head.title = text
    elif kind == "label-column":
        head.indicator = text
    elif kind == "area-column":
        head.area = text


def _headings(row: Row, head: _Head) -> _Grid | None:
    """The grid that a row of headings begins; None where it is none."""
    corner, labels = row[0].text, [cell for cell in row[1:] if cell.text.strip()]
    kind = next((kind for kind in _SIDES if is_heading(corner, kind)), None)
    if kind is None or not labels:
        return None
    rows = _SIDES[kind]
    years = sum(year_of(cell.text) is not None for cell in labels)
    if 2 * years > len(
        labels
    ):  # the others are mistyped, or sums; they are told with their numbers
        columns = "year"
    elif rows == "year":
        columns = "indicator" if not head.indicator else "area"
    else:
        return None
    said = {rows, columns, *(["indicator"] if head.indicator else []), *(["area"] if head.area else [])}  # fmt: skip
    complete = len(said) == 3 and rows != columns
    return _Grid(head, rows, columns, list(row)) if complete else None


def _take_row(row: Row, grid: _Grid, reading: TableReading) -> None:
    for cell in row[1:]:
        if cell.column <= len(grid.labels) and grid.labels[cell.column - 1].text.strip():
            said = {grid.rows: row[0].text, grid.columns: grid.labels[cell.column - 1].text}
            year = year_of(said.get("year", ""))
            measured = _measured(said.get("indicator") or grid.head.indicator)
            area = (said.get("area") or grid.head.area).strip()
            if year is not None and area:
                reading.take(cell, measured, area, year)
            else:
                by_row = grid.rows == ("year" if year is None else "area")
                reading.leave_out(row[0] if by_row else grid.labels[cell.column - 1], [cell])


@cache
def _measured(text: str) -> Measured:
    return read_measured(text)


def titles(reading: TableReading) -> str:
    """The titles of all tables, each once."""
    return "；".join(_unique(reading.titles))


def _unique(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
