"""The text of a table of statistics as tables: its cells with what was read of them, its head lines and notes beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from policygraph.loaders.statistics.sheets import Piece, pieces
from policygraph.service.pages.page_reader import PageReader
from policygraph.viz.markup import Child, Markup, join, tag

SHOWN = 500  # rows shown of one text

Shown = Callable[[int, int], Markup]


def sheet_text(body: str, shown: Shown, rest: str, reader: PageReader) -> Markup:
    """The rows of a table's text; ``shown`` makes a stretch of it with its marks, ``rest`` is where all figures are."""
    # The text of a workbook has tabs between its cells, whatever marks its cells hold.
    found = pieces(body, delimiter="\t" if "\t" in body else "")
    rows = [row for row in found if any(text.strip() for text, _ in row)]
    parts: list[Child] = []
    for grid, several in groupby(rows[:SHOWN], key=_is_grid):
        group = list(several)
        parts += [_grid(group, shown)] if grid else _lines(group, shown)
    if len(rows) > SHOWN:
        more = tag("a", reader.say("rows_more", count=len(rows) - SHOWN), href=rest)
        parts.append(tag("p", more, class_="note"))
    return tag("div", *parts, class_="sheet", lang="zh-Hans")


def _is_grid(row: Sequence[Piece]) -> bool:
    """Whether a row has cells beside each other: not a line of words over or under a table."""
    return sum(bool(text.strip()) for text, _ in row) > 1


def _lines(rows: Sequence[Sequence[Piece]], shown: Shown) -> Iterator[Markup]:
    """Head lines and notes."""
    for row in rows:
        yield tag("p", join(*(_cell(piece, shown) for piece in row)), class_="line")


def _grid(rows: Sequence[Sequence[Piece]], shown: Shown) -> Markup:
    """A table under its first row, each row under its first cell."""
    head, *body = rows
    width = max(map(len, rows))
    lines = (
        tag(
            "tr",
            tag("th", _cell(row[0], shown), scope="row"),
            *(tag("td", _cell(piece, shown), class_="number") for piece in row[1:]),
            *(tag("td") for _ in range(width - len(row))),
        )
        for row in body
    )
    first, *others = head
    top = tag(
        "tr",
        tag("th", _cell(first, shown), scope="col"),
        *(tag("th", _cell(piece, shown), scope="col", class_="number") for piece in others),
        *(tag("td") for _ in range(width - len(head))),
    )
    table = tag("table", tag("thead", top), tag("tbody", *lines))
    return tag("div", table, class_="scroll", tabindex="0")


def _cell(piece: Piece, shown: Shown) -> Markup:
    text, start = piece
    return shown(start, start + len(text)) if text else Markup("")
