"""What a table of statistics says, before it is a document: each number with its headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal

from policygraph.loaders.statistics.sheets import Row, SheetCell
from policygraph.loaders.tables.cell_values import Unit, is_year, read_number, read_unit
from policygraph.loaders.words.compiled import compiled
from policygraph.ontology.vocabulary import vocabulary, word_cache

_BRACKETED = compiled(r"^(?P<words>.*?)\s*[（(](?P<unit>[^（）()]*)[）)]\s*$")
_YEAR = compiled(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a heading says its numbers are: the indicator, the unit, and whether they are changes."""

    indicator: str
    unit: Unit | None
    change: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """A number of a table: its cell, its value in the unit, what it measures, where and in which year."""

    cell: SheetCell
    value: Decimal
    measured: Measured
    area: str
    year: int


@dataclass(slots=True)
class TableReading:
    """The numbers of one or several tables, and what stands around them.

    ``unread`` are cells among the data that are neither a number nor empty; ``unheaded`` head numbers, but are no
    year, or stand where an area should; ``overlong`` are the first cells beyond the headings of their rows.
    """

    observations: list[Observation] = field(default_factory=list)
    unread: list[SheetCell] = field(default_factory=list)
    unheaded: list[SheetCell] = field(default_factory=list)
    overlong: list[SheetCell] = field(default_factory=list)
    notes: list[SheetCell] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def leave_out(self, heading: SheetCell, headed: Iterable[SheetCell]) -> None:
        """Keep what heads numbers and does not say where or when they hold."""
        numbers = any(read_number(cell.text.strip()) for cell in headed)
        if numbers and heading not in self.unheaded:
            self.unheaded.append(heading)

    def is_overlong(self, row: Row, headings: Row) -> bool:
        """Whether a row of text has more cells than headings: 2021,50,091.2 is no 50; it is kept to be told."""
        width = max((cell.column for cell in headings if cell.text.strip()), default=0)
        beyond = [cell for cell in row[width:] if cell.text.strip() and not cell.sheet]
        if beyond:
            self.overlong.append(beyond[0])
        return bool(beyond)

    def add(self, other: TableReading) -> None:
        """Take in what another table of the same file says."""
        for each in fields(self):
            getattr(self, each.name).extend(getattr(other, each.name))

    def take(self, cell: SheetCell, measured: Measured, area: str, year: int) -> None:
        """Read one cell of the data; what is empty says nothing."""
        text = cell.text.strip()
        if not text or not any(c.isalnum() for c in text):
            return
        number = read_number(text)
        unit = (number.unit if number else None) or measured.unit
        if number is None or unit is None:
            self.unread.append(cell)
            return
        told = Measured(measured.indicator, unit, measured.change)
        self.observations.append(
            Observation(cell, number.value * unit.multiplier, told, area, year)
        )


@word_cache
def headings() -> dict[str, frozenset[str]]:
    """Kind of heading → its words: area-column, year-column, label-column, unit-column, value …"""
    return {c.key: frozenset(c.labels) for c in vocabulary("table-headings")}


def is_heading(text: str, *kinds: str) -> bool:
    """Whether a text is a heading of one of the kinds and nothing else."""
    words = "".join(unicodedata.normalize("NFKC", text).split()).rstrip(":")
    return any(words in headings()[kind] for kind in kinds)


def read_measured(text: str) -> Measured:
    """地区生产总值(亿元) → 地区生产总值 in 亿元; …_比上年增长(%) is a change; without a unit, unit is None."""
    words = unicodedata.normalize("NFKC", text).strip()
    match = _BRACKETED.match(words)
    unit = read_unit(match["unit"]) if match else None
    if match and unit is not None:
        words = match["words"]
    head, mark, tail = words.rpartition("_")
    change = bool(mark) and is_heading(tail, "change")
    return Measured((head if change else words).strip(), unit, change)


def year_of(text: str) -> int | None:
    """The year a heading is, 2024 or 2024年; None for all else."""
    return int(match[0]) if is_year(text) and (match := _YEAR.search(text)) else None
