"""The figures of tables: a cell with the unit, indicator, period and area of its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.graph.statements import Figure, FigureKind, Finding, Reference, Span
from policygraph.loaders.entities import area_named
from policygraph.loaders.numbers import Skipped
from policygraph.loaders.report_context import ReportContext
from policygraph.loaders.source_text import Cell, Table
from policygraph.loaders.tables.cell_values import (
    CellNumber,
    Unit,
    is_year,
    read_number,
    read_unit,
)
from policygraph.loaders.tables.grid import Grid
from policygraph.loaders.tables.headings import (
    Heading,
    heading_words,
    is_column,
    read_heading,
    said_units,
)
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern, closing, opening
from policygraph.ontology.register import Register

_CAPTION_LINES = 2
_LONGEST_CAPTION = 60
_SENTENCE_END = compiled(r"[。；;！？]$")
_CAPTION_EDGES = WordPattern(
    r"^[\s:：]*{table-mark}\s*[\d一二三四五六七八九十]*(?:[-—.]\d+)?[\s:：、.]*|^(?:19|20)\d{2}年(?:度)?"
)
_EACH = WordPattern(r"^.{0,10}?[各分][\u4e00-\u9fff、（）()]{0,6}?{areas-listed}")
# （单位：万元） above a table, and all else in brackets.
_ASIDE = WordPattern(r"[（(][^（）()]*[）)]|{unit-label}?{unit-caption}[:：].*")
_TOWN = WordPattern(r"[\u4e00-\u9fff]{1,10}{town-end}$")
_WHOLE = WordPattern(r"全[省市县区州盟旗国镇乡]{grand-total}?")


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables of a report say.

    ``figures`` are their cells that state something, ``skipped`` the numbers that do not and why,
    ``findings`` the tables that were not understood.
    """

    figures: tuple[Figure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    findings: tuple[Finding, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """One cell of data and what its headings say."""

    cell: Cell
    number: CellNumber
    heading: Heading
    indicator: str
    scope: str
    unit: Unit | None
    unit_filled: bool
    level: int | None  # the column of the level that a change is about


def read_tables(
    text: str, tables: Sequence[Table], context: ReportContext, body_start: int
) -> TableReading:
    """The figures of tables in reading order, with the numbers that are none."""
    figures: list[Figure] = []
    skipped: list[Skipped] = []
    findings: list[Finding] = []
    before = 0
    for table in tables:
        above, before = before, table.end
        if table.start < body_start or table.cells[0].row == table.cells[-1].row:
            continue  # what stands in one row is read as running text
        reader = _TableReader(text, table, context, above)
        found = reader.figures()
        unread = [cell for cell in reader.number_cells if cell.start not in reader.read_cells]
        figures += found
        skipped += [Skipped(cell.start, cell.end, reader.reason(cell)) for cell in unread]
        lost = [cell for cell in unread if reader.reason(cell) == "table-cell"]
        if lost:
            span = Span(lost[0].start, lost[0].end, text[lost[0].start : lost[0].end])
            message = f"{len(lost)} numbers of a table: {reader.reproach}"
            findings.append(Finding(span, "table-unread", message))
    figures.sort(key=lambda figure: (figure.span.start, figure.span.end))
    spans = [*((f.span.start, f.span.end) for f in figures), *((s.start, s.end) for s in skipped)]
    return TableReading(tuple(figures), tuple(skipped), tuple(findings), tuple(sorted(spans)))


class _TableReader:
    """One table: its caption, its headings, then its cells row by row."""

    def __init__(self, text: str, table: Table, context: ReportContext, above: int) -> None:
        self.text = text
        self.context = context
        self.grid = Grid(text, table)
        self.passage = context.passage_at(table.start)
        self.year = self.passage.period[:4]
        self.read_cells: set[int] = set()
        self.reproach = "its headings do not say what they count or in which unit"
        caption = [*_caption_lines(text, table.start, above)]
        caption += [
            self.grid.words(row[0]) for row in self.grid.rows if row[0].row in self.grid.bands
        ]
        caption += [self.grid.heading(column) for column in self.grid.columns("label")]
        self.units = next((units for units in map(said_units, reversed(caption)) if units), [])
        self.caption = read_heading(_caption_words(caption), self.year)
        self.columns = [self._column(column) for column in range(self.grid.width)]
        self.number_cells = [
            cell
            for cell in table.cells
            if read_number(self.grid.words(cell)) is not None or is_year(self.grid.words(cell))
        ]

    def reason(self, cell: Cell) -> str:
        """Why a number of the table is no figure."""
        role = self.grid.roles[cell.column]
        if is_year(self.grid.words(cell)) and (
            cell.row in self.grid.heading_rows or role == "year"
        ):
            return "year"
        return "heading" if role == "serial" else "table-cell"

    def figures(self) -> list[Figure]:
        """The figures of the table, row by row."""
        found: list[Figure] = []
        above: dict[int, Figure] = {}
        for row in self.grid.data_rows:
            places = [place for place in self._places(row) if place is not None]
            twice = Counter(map(_identity, places))
            made: dict[int, Figure] = {}
            for place in places:
                if twice[_identity(place)] > 1:
                    self.reproach = "its headings do not tell its columns apart"
                    continue
                figure = make_table_figure(
                    self.text, place, self.context, self._period(place), self._row(row)
                )
                about = made.get(place.level) if place.level is not None else None
                if place.heading.part and about is None and figure.kind in ("count", "amount"):
                    about = above.get(place.cell.column)
                figure = replace(figure, of=about.span.start if about else None)
                made[place.cell.column] = figure
                if not place.heading.part:
                    above[place.cell.column] = figure
                found.append(figure)
                self.read_cells.add(place.cell.start)
        return found

    def _column(self, column: int) -> Heading:
        heading = Heading()
        for cell in self.grid.heading_cells(column):
            heading = read_heading(self.grid.words(cell), self.year).within(heading)
        return heading

    def _row(self, row: int) -> tuple[int, int]:
        cells = self.grid.cells_of[row]
        return cells[0].start, cells[-1].end

    def _places(self, row: int) -> Iterator[_Place | None]:
        """The cells of data of a row that their headings explain."""
        label, scope = self._label(row)
        unit_said = self._unit_column(row)
        level: int | None = None
        for column in self.grid.columns("data"):
            cell = self.grid.at.get((row, column))
            if cell is None or cell.row != row or cell.column != column:
                continue
            number = read_number(self.grid.words(cell))
            heading = self.columns[column].within(Heading(
                unit=label.unit, period=label.period, kind=label.kind, total=label.total,
                part=label.part, share=label.share,
            ))  # fmt: skip
            changes = heading.kind in ("change", "rank", "completion")
            if not changes and not self._is_base(column, level):
                level = column
            if number is None:
                continue
            words = self._indicator(label, self.columns[column], level if changes else None)
            unit, filled = self._unit(number, heading, unit_said, changes=changes)
            if words and (
                unit is not None or heading.kind == "rank" or closing("index").search(words)
            ):
                yield _Place(
                    cell, number, heading, words, scope or self.context.area_name, unit, filled,
                    level if changes else None,
                )  # fmt: skip

    def _is_base(self, column: int, level: int | None) -> bool:
        """Whether a column is of an earlier time than the level before it: 本年完成 | 上年同期."""
        said = self.columns[column].period
        told = self.columns[level].period if level is not None else ""
        return bool(said) and level is not None and said < (told or self.passage.period)

    def _label(self, row: int) -> tuple[Heading, str]:
        """The innermost label of a row, and the area it is where it is one."""
        label, scope = Heading(), ""
        for column in self.grid.columns("year"):
            cell = self.grid.at.get((row, column))
            if cell is not None and is_year(self.grid.words(cell)):
                label = replace(label, period=self.grid.words(cell)[:4])
        for column in self.grid.columns("label"):
            cell = self.grid.at.get((row, column))
            if cell is None:
                continue
            words = self.grid.words(cell)
            heading = read_heading(words, self.year)
            area = self._area(
                heading.words, areal=is_column(self.grid.heading(column), "area-column")
            )
            if area:
                scope = area
                label = replace(label, total=label.total or heading.total)
            elif heading.total and (label.words or len(self.grid.columns("label")) == 1):
                label = replace(label, total=True)
            else:
                label = replace(
                    heading, period=heading.period or label.period, unit=heading.unit or label.unit
                )
        return label, scope

    def _area(self, words: str, *, areal: bool) -> str:
        """The full name of an area; a town as it is called, where the column is one of areas."""
        register = Register.load()
        if _WHOLE.fullmatch(words) or (areal and read_heading(words, "").total):
            return self.context.area_name
        if words in register.forms() and (areal or register.is_full(words)):
            area = register.resolve(words, within=self.context.area, year=self.context.year)
            if area is not None:
                return area.name
        return words if _TOWN.fullmatch(words) or (areal and words) else ""

    def _unit_column(self, row: int) -> Unit | None:
        for column in self.grid.columns("unit"):
            cell = self.grid.at.get((row, column))
            if cell is not None:
                return read_unit(self.grid.words(cell), known=False)
        return None

    def _unit(
        self, number: CellNumber, heading: Heading, said: Unit | None, *, changes: bool
    ) -> tuple[Unit | None, bool]:
        """The unit of a cell: its own, its column's or row's, the caption's; whether filled in."""
        ratio = next((unit for unit in self.units if unit.dimension in ("ratio", "points")), None)
        other = next((unit for unit in self.units if unit is not ratio), None)
        if heading.kind == "rank":
            return None, False
        if number.unit is not None or heading.unit is not None:
            return number.unit or heading.unit, False
        if changes and not heading.by_amount:
            return ratio or Unit(Decimal(1), "%"), ratio is None
        if heading.share:
            return ratio or said or Unit(Decimal(1), "%"), ratio is None and said is None
        return said or other or ratio, False

    def _indicator(self, label: Heading, column: Heading, level: int | None) -> str:
        """What is counted: the row's label and the column's heading, else what the caption says."""
        words = column.words
        if level is not None and not words:
            words = self.columns[level].words
        said = words if words == label.words else label.words + words
        return said or self.caption.words

    def _period(self, place: _Place) -> str:
        said = place.heading.period or self.caption.period
        if said:
            return said
        if place.level is not None and self.columns[place.level].period:
            return self.columns[place.level].period
        return self.passage.period


def make_table_figure(
    text: str, place: _Place, context: ReportContext, period: str, row: tuple[int, int]
) -> Figure:
    """The figure of a cell; the only place where tables make figures."""
    heading, unit = place.heading, place.unit
    value = place.number.value * (unit.multiplier if unit and place.number.unit is None else 1)
    kind = _kind_of(heading, unit)
    qualifiers = {
        "cumulative": heading.cumulative,
        "total": heading.total,
        "planned": heading.planned,
        "part": heading.part,
        "unit-missing": place.unit_filled,
    }
    return Figure(
        span=Span(place.cell.start, place.cell.end, text[place.cell.start : place.cell.end]),
        value=-abs(value) if heading.falls else value,
        unit=unit.name if unit else "",
        kind=kind,
        indicator=place.indicator,
        scope=_area(place.scope, context),
        period=period,
        of=None,
        qualifier=tuple(name for name, on in qualifiers.items() if on),
        rule=f"figure/{kind}/table",
        clause=row,
    )


def _area(name: str, context: ReportContext) -> Reference:
    return Reference(name, (area_named(name, context),)) if name else Reference()


def _kind_of(heading: Heading, unit: Unit | None) -> FigureKind:
    dimension = unit.dimension if unit else ""
    if heading.kind is not None:
        return heading.kind
    if dimension == "points":
        return "change"
    if dimension == "ratio":
        return "rate"
    return "count" if dimension == "count" else "amount"


def _identity(place: _Place) -> tuple[object, ...]:
    return (place.indicator, place.scope, place.heading.period, place.heading.kind, place.unit,
            place.heading.planned, place.heading.cumulative, place.level)  # fmt: skip


def _caption_lines(text: str, start: int, above: int) -> list[str]:
    """The short lines above a table that end no sentence, the uppermost first; ``above`` ends the table before."""
    found: list[str] = []
    end = start
    while end > above and len(found) < _CAPTION_LINES:
        begin = text.rfind("\n", 0, end - 1 if text[end - 1] == "\n" else end) + 1
        line = text[begin:end].strip()
        end = begin
        if begin < above:
            break
        if not line:
            if begin == 0:
                break
            continue
        if len(line) > _LONGEST_CAPTION or _SENTENCE_END.search(line):
            break
        found.append(line)
        if begin == 0:
            break
    return found[::-1]


def _caption_words(lines: Sequence[str]) -> str:
    """表3：2023年各乡镇资金安排情况（单位：万元） → 2023年资金安排."""
    line = next(
        (line for line in lines if not opening("unit-caption").match(line.lstrip("（("))), ""
    )
    year = re.search(r"(?:19|20)\d{2}年", line)
    words = _ASIDE.sub("", line)
    for _ in range(3):
        words = _CAPTION_EDGES.sub("", words).strip()
    words = _EACH.sub("", words)
    shorter = True
    while shorter:
        shorter = False
        for word in heading_words("caption"):
            if words.endswith(word) and len(words) > len(word):
                words, shorter = words.removesuffix(word), True
    return (year[0] if year else "") + words
