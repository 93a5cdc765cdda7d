"""Long tables, a row an area and year; what each column is stands in its heading, in CSVW metadata or in a mapping."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policygraph.errors import SourceError, reason
from policygraph.loaders.statistics.observations import (
    Measured,
    TableReading,
    is_heading,
    read_measured,
    year_of,
)
from policygraph.loaders.statistics.sheets import Row
from policygraph.loaders.tables.cell_values import read_unit
from policygraph.ontology.prefixes import PREFIXES

METADATA = "-metadata.json"  # what CSVW's metadata beside a file is called after it
_SLOTS = ("area", "year", "indicator", "unit", "value")
_PROPERTIES = {
    PREFIXES["pg"] + local: slot
    for local, slot in (("scope", "area"), ("scopeText", "area"), ("refPeriod", "year"), ("period", "year"),
                        ("indicator", "indicator"), ("unit", "unit"), ("unitText", "unit"), ("value", "value"), ("kind", "kind"))
}  # fmt: skip
_KEYS = {*_SLOTS, "columns", "heading_row"}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column holds what: a slot's column (from 0) or, for all rows, its value; columns of numbers."""

    columns: Mapping[str, int]
    fixed: Mapping[str, str]
    measured: Mapping[int, Measured]
    heading_row: int = 0


def read_long_table(rows: Sequence[Row]) -> TableReading | None:
    """What a long table with self-explaining headings says; None where it has not."""
    for number, row in enumerate(rows[:5]):
        texts = [cell.text for cell in row]
        columns = {
            slot: place
            for place, text in reversed(list(enumerate(texts)))
            for slot, kind in (("area", "area-column"), ("year", "year-column"), ("indicator", "label-column"),
                               ("unit", "unit-column"), ("value", "value"))
            if is_heading(text, kind)
        }  # fmt: skip
        if not {"area", "year"} <= set(columns):
            continue
        if {"indicator", "value"} <= set(columns):
            return read_mapped(rows, ColumnMapping(columns, {}, {}, number))
        taken = set(columns.values())
        measured = {
            place: told
            for place, text in enumerate(texts)
            if place not in taken and (told := read_measured(text)).unit is not None
        }
        if measured:
            return read_mapped(rows, ColumnMapping(columns, {}, measured, number))
    return None


def read_mapped(rows: Sequence[Row], mapping: ColumnMapping) -> TableReading:
    """What a table says by a mapping."""
    reading = TableReading()
    for row in rows[mapping.heading_row + 1 :]:
        said = dict(mapping.fixed)
        for slot, place in mapping.columns.items():
            if place < len(row):
                said[slot] = row[place].text.strip()
        year, area = year_of(said.get("year", "")), said.get("area", "")
        if year is None or not area:
            _without_head(row, mapping, reading, "year" if year is None else "area")
            continue
        if reading.is_overlong(row, rows[mapping.heading_row]):
            continue
        if "value" in mapping.columns and mapping.columns["value"] < len(row):
            named = read_measured(said.get("indicator", ""))
            unit = read_unit(said["unit"], known=False) if said.get("unit") else named.unit
            change = named.change or said.get("kind") == "change"
            measured = Measured(named.indicator, unit, change)
            reading.take(row[mapping.columns["value"]], measured, area, year)
        for place, measured in mapping.measured.items():
            if place < len(row):
                reading.take(row[place], measured, area, year)
    return reading


def _without_head(row: Row, mapping: ColumnMapping, reading: TableReading, slot: str) -> None:
    """A row without a year or an area is a note; where it has numbers, one that was mistyped."""
    places = {*mapping.measured, *(mapping.columns[s] for s in ("value",) if s in mapping.columns)}
    numbers = [
        row[place] for place in sorted(places) if place < len(row) and row[place].text.strip()
    ]
    filled = [cell for cell in row if cell.text.strip()]
    place = mapping.columns.get(slot, len(row))
    if numbers and len(filled) > 1:
        told = row[place] if place < len(row) and row[place].text.strip() else numbers[0]
        reading.leave_out(told, numbers)
    else:
        reading.notes.extend(filled)


def mapping_of_file(path: Path, rows: Sequence[Row]) -> ColumnMapping:
    """The mapping a JSON file says, its columns found by their headings. Raises SourceError."""
    said = _json(path)
    unknown = sorted(set(said) - _KEYS)
    if unknown:
        raise SourceError(
            f"{path.name}: {unknown[0]}: no key; there are {', '.join(sorted(_KEYS))}"
        )
    number = said.get("heading_row", 1)
    if type(number) is not int or not 1 <= number <= len(rows):
        raise SourceError(f"{path.name}: heading_row: the number of the row of headings, from 1")
    places = {cell.text.strip(): place for place, cell in enumerate(rows[number - 1])}
    columns, fixed = {}, {}
    for slot in (slot for slot in _SLOTS if slot in said):
        value = said[slot]
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            fixed[slot] = value["value"]
        else:
            columns[slot] = _place(value, places, path)
    measured = {}
    described = said.get("columns", {})
    if not isinstance(described, dict):
        raise SourceError(f"{path.name}: columns: an object of JSON is needed, a key a heading")
    for heading, told in described.items():
        measured[_place(heading, places, path)] = _told(told, f"{path.name}: columns: {heading}")
    return _complete(ColumnMapping(columns, fixed, measured, number - 1), path)


def _told(said: object, where: str) -> Measured:
    """What a mapping says of a column of numbers; raises SourceError where a value is of another type."""
    told = said if isinstance(said, dict) else {}
    indicator, unit, change = (
        told.get("indicator", ""),
        told.get("unit", ""),
        told.get("change", False),
    )
    for key, value in (("indicator", indicator), ("unit", unit)):
        if not isinstance(value, str):
            raise SourceError(f"{where}: {key}: a text is needed")
    if not isinstance(change, bool):
        raise SourceError(f"{where}: change: true or false is needed")
    read = read_unit(unit, known=False)
    if read is None or not indicator.strip():
        raise SourceError(f"{where}: needs indicator and unit")
    return Measured(indicator, read, change)


def mapping_of_metadata(path: Path) -> ColumnMapping | None:
    """The mapping that CSVW metadata says by the propertyUrl of its columns; None where they say none of ours."""
    said = _json(path)
    tables = said.get("tables") or [said]
    schema = tables[0].get("tableSchema") if isinstance(tables[0], dict) else None
    described = schema.get("columns", []) if isinstance(schema, dict) else []
    slots = {
        slot: place
        for place, column in enumerate(described)
        if isinstance(column, dict)
        and (slot := _PROPERTIES.get(str(column.get("propertyUrl")).replace("pg:", PREFIXES["pg"])))
    }
    if not {"area", "year", "value"} <= set(slots):
        return None
    return ColumnMapping(slots, {}, {}, 0)


def _complete(mapping: ColumnMapping, path: Path) -> ColumnMapping:
    known = set(mapping.columns) | set(mapping.fixed)
    missing = [slot for slot in ("area", "year") if slot not in known]
    if not mapping.measured:
        missing += [slot for slot in ("indicator", "value") if slot not in known]
    if missing:
        raise SourceError(f"{path.name}: says nothing of {', '.join(missing)}")
    return mapping


def _place(heading: object, places: Mapping[str, int], path: Path) -> int:
    if not isinstance(heading, str) or heading not in places:
        known = ", ".join(name for name in places if name)
        raise SourceError(f"{path.name}: {heading}: the table has no such column; it has {known}")
    return places[heading]


def _json(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{path}: cannot be read as JSON: {reason(error)}") from error
    if not isinstance(said, dict):
        raise SourceError(f"{path.name}: an object of JSON is needed")
    return said
