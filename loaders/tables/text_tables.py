"""Tables that stand in plain text: cells parted by bars, tabs or spaces, or each on its own line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policygraph.loaders.source_text import Cell, Table
from policygraph.loaders.structure import trimmed
from policygraph.loaders.tables.cell_values import is_blank, is_number
from policygraph.loaders.words.compiled import compiled

_LONGEST_CELL = 30  # characters above which a piece of a line is no cell
_LONGEST_ROW = 400
_FEWEST_ROWS = {"bars": 2, "tabs": 2, "spaces": 2, "words": 3}
_BARS = compiled(r"[|｜│┃]")
_PARTED = compiled(r"[|｜│┃\t\u3000 ]")
_RULE = compiled(r"[-:=+─━┬┴┼├┤┌┐└┘|｜│┃ \t]+$")
_TABS = compiled(r"[ 　]*\t[ \t　]*")
_SPACES = compiled(r"[ \u3000]{2,}|[ ]?\u3000[ ]?")
_WORDS = compiled(r"[ \u3000]+")
_SENTENCE = compiled(r"[。！？；]|，.*，")
_MOST_PERIOD = 8

Piece = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that may be a row: how its cells are parted and where they stand."""

    style: str
    cells: tuple[Piece, ...]
    numbers: int


def find_text_tables(text: str) -> tuple[Table, ...]:
    """The tables of a plain text, in reading order."""
    lines = _lines(text)
    stacked = _cells_as_lines(text, lines)
    found: list[Table] = []
    at = 0
    while at < len(lines):
        end, table = _rows_from(text, lines, at)
        if table is None and at in stacked:
            end, table = stacked[at]
        if table is not None:
            found.append(table)
        at = end
    return tuple(found)


def _lines(text: str) -> list[Piece]:
    """Each line that holds something, without the white space around it."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        line = match[0].strip(" \u3000\r")
        if line.strip():
            start = match.start() + match[0].index(line[0])
            found.append((start, start + len(line)))
    return found


def _rows_from(text: str, lines: Sequence[Piece], at: int) -> tuple[int, Table | None]:
    """A run of lines that are rows of as many cells each; where it ends, and the table."""
    first = _row(text, lines[at])
    if first is None:
        return at + 1, None
    rows = [first]
    end = at + 1
    while end < len(lines):
        line = text[slice(*lines[end])]
        if _RULE.match(line):
            end += 1
            continue
        row = _row(text, lines[end], first)
        if row is None:
            break
        rows.append(row)
        end += 1
    if len(rows) < _FEWEST_ROWS[first.style] or not _holds_numbers(text, rows):
        return end if len(rows) > 1 and first.style == "bars" else at + 1, None
    cells = [
        Cell(start, stop, place, column)
        for place, row in enumerate(rows)
        for column, (start, stop) in enumerate(row.cells)
        if start < stop
    ]
    return end, Table(tuple(cells))


def _row(text: str, line: Piece, like: _Row | None = None) -> _Row | None:
    """A line as a row; of a table that has begun, only one of as many cells."""
    start, end = line
    if end - start > _LONGEST_ROW or not _PARTED.search(text, start, end):
        return None
    first = like.style if like is not None else ""
    for style, split in sorted(_SPLITTERS, key=lambda style_and_split: style_and_split[0] != first):
        pieces = split(text, start, end)
        if len(pieces) < 2 or (like is not None and len(pieces) != len(like.cells)):
            continue
        words = [text[slice(*piece)] for piece in pieces]
        if any(len(word) > _LONGEST_CELL or _SENTENCE.search(word) for word in words):
            continue
        numbers = sum(map(is_number, words))
        if style == "words" and like is None and len(pieces) < 3:
            continue
        return _Row(style, tuple(pieces), numbers)
    return None


def _holds_numbers(text: str, rows: Sequence[_Row]) -> bool:
    """Whether, below its headings, most cells beside the labels are numbers or empty."""
    body = [row for row in rows if row.numbers]
    if len(body) < (1 if rows[0].style == "bars" and len(rows) > len(body) else 2):
        return False
    beside = [text[slice(*cell)] for row in body for cell in row.cells[1:]]
    return 2 * sum(is_number(word) or is_blank(word) for word in beside) >= len(beside)


def _by(pattern: re.Pattern[str]) -> Callable[[str, int, int], list[Piece]]:
    def split(text: str, start: int, end: int) -> list[Piece]:
        pieces = []
        at = start
        for match in pattern.finditer(text, start, end):
            pieces.append(trimmed(text, at, match.start()))
            at = match.end()
        pieces.append(trimmed(text, at, end))
        return pieces

    return split


def _by_bars(text: str, start: int, end: int) -> list[Piece]:
    pieces = _by(_BARS)(text, start, end)
    if len(pieces) < 3:
        return []
    if pieces[0][0] == pieces[0][1] and not is_blank(text[start:end]):
        pieces = pieces[1:]
    if pieces and pieces[-1][0] == pieces[-1][1]:
        pieces = pieces[:-1]
    return pieces


_SPLITTERS = (
    ("bars", _by_bars),
    ("tabs", _by(_TABS)),
    ("spaces", _by(_SPACES)),
    ("words", _by(_WORDS)),
)


def _cells_as_lines(text: str, lines: Sequence[Piece]) -> dict[int, tuple[int, Table]]:
    """Tables of headings, then a label and its numbers again and again, each on its own line.

    By the place of their first line: the place after their last, and the table.
    """
    found: dict[int, tuple[int, Table]] = {}
    numeric = [end - start <= _LONGEST_CELL and is_number(text[start:end]) for start, end in lines]
    after = 0
    for first in range(1, len(lines)):
        if not numeric[first] or numeric[first - 1] or first < after:
            continue
        label = first - 1  # the first label; as many headings as cells of a row stand before it
        width = 1
        while label + width < len(lines) and width <= _MOST_PERIOD and numeric[label + width]:
            width += 1
        at = label - width
        if not 2 <= width <= _MOST_PERIOD or at < after:
            continue
        if not all(_is_label(text, line) for line in lines[at : label + 1]):
            continue
        end = label
        while _is_group(text, lines[end : end + width], width):
            end += width
        if end - label >= 2 * width:
            found[at] = (end, _table_of(lines[at:end], width))
            after = end
    return found


def _table_of(lines: Sequence[Piece], width: int) -> Table:
    """Lines as the cells of a table of some columns."""
    return Table(
        tuple(
            Cell(start, end, place // width, place % width)
            for place, (start, end) in enumerate(lines)
        )
    )


def _is_label(text: str, line: Piece) -> bool:
    words = text[slice(*line)]
    return len(words) <= _LONGEST_CELL and not _SENTENCE.search(words) and not is_number(words)


def _is_group(text: str, lines: Sequence[Piece], width: int) -> bool:
    return (
        len(lines) == width
        and _is_label(text, lines[0])
        and all(is_number(text[slice(*line)]) or is_blank(text[slice(*line)]) for line in lines[1:])
    )
