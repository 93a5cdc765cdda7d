"""Where tables stand in the reading copy, and the numbers of running text without theirs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from policygraph.loaders.normalisation import ReadingCopy
from policygraph.loaders.numbers import Number, Skipped
from policygraph.loaders.source_text import Table


def tables_in_copy(copy: ReadingCopy, tables: Sequence[Table]) -> tuple[Table, ...]:
    """Tables of a text with their cells at the offsets of its reading copy."""
    if copy.pieces is None:
        return tuple(tables)
    stands = [original for _, original in copy.pieces]

    def copied(at: int) -> int:
        place = max(bisect_right(stands, at) - 1, 0)
        begin, original = copy.pieces[place] if copy.pieces else (0, 0)
        end = copy.pieces[place + 1][0] if copy.pieces and place + 1 < len(stands) else None
        moved = begin + at - original
        return moved if end is None else min(moved, end)

    return tuple(
        Table(
            tuple(
                replace(cell, start=copied(cell.start), end=copied(cell.end - 1) + 1)
                for cell in table.cells
            )
        )
        for table in tables
    )


def outside_tables(
    numbers: Sequence[Number], skipped: Sequence[Skipped], cells: Sequence[tuple[int, int]]
) -> tuple[list[Number], list[Skipped]]:
    """The numbers of running text: those that touch no cell which a table was read from."""
    starts = [start for start, _ in cells]

    def is_outside(found: Number | Skipped) -> bool:
        place = bisect_right(starts, found.end - 1) - 1
        return place < 0 or cells[place][1] <= found.start

    return [n for n in numbers if is_outside(n)], [s for s in skipped if is_outside(s)]
