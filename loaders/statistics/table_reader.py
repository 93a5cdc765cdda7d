"""A file of statistics becomes a Document: every number a figure with its cell, all else accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from policygraph.errors import SourceError
from policygraph.graph.reconciliation.column_linking import Name, link_names
from policygraph.graph.statements import (
    Document,
    Entity,
    Exclusion,
    Figure,
    FigureKind,
    Finding,
    Header,
    Reference,
    Span,
    TableSource,
)
from policygraph.loaders.entities import area_entity
from policygraph.loaders.reading_digest import table_digest
from policygraph.loaders.statistics.cross_tables import read_cross_tables, titles
from policygraph.loaders.statistics.mapped_tables import (
    METADATA,
    mapping_of_file,
    mapping_of_metadata,
    read_long_table,
    read_mapped,
)
from policygraph.loaders.statistics.observations import Observation, TableReading, year_of
from policygraph.loaders.statistics.sheets import Sheets, read_sheets
from policygraph.loaders.words.characters import DIGITS, HAN_NUMERALS
from policygraph.loaders.words.compiled import compiled
from policygraph.ontology.register import Area, Register
from policygraph.ontology.rules import rule_name

LARGEST = 50 * 1024 * 1024  # bytes of a file
LEFT_OUT = "its numbers were left out"  # how a finding ends about what should head numbers
NO_AREA = "is no area of the register; its numbers are told of it in its own words"
_NAMESAKES = 4  # areas that a finding names
_NUMBER = compiled(rf"[{DIGITS}]+(?:[.,][{DIGITS}]+)*|[{HAN_NUMERALS}]+")
_HOW = (
    "give it the head lines of the statistics office, columns of area and year with units in brackets, "
    "CSVW metadata, or --mapping FILE (docs/statistics.md)"
)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file of statistics: where it is, what it holds, the digest of that."""

    path: Path
    data: bytes
    sha256: str


def open_table(path: Path) -> TableFile:
    """A file of statistics, read and digested once. Raises SourceError."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise SourceError(f"{path.name}: is larger than {LARGEST // 2**20} MB; split it")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    return TableFile(path, data, hashlib.sha256(data).hexdigest())


def read_table(path: Path, mapping: Path | None = None, title: str = "") -> Document:
    """Read a table of statistics, under a title where one is given.

    Raises SourceError where nothing says what its cells are.
    """
    return read_opened(open_table(path), mapping, title)


def read_opened(file: TableFile, mapping: Path | None = None, title: str = "") -> Document:
    """Read a table of statistics as ``read_table`` does. Raises SourceError."""
    name = file.path.name
    sheets = read_sheets(file.data, name)
    reading = _read(sheets, file.path, mapping)
    if not reading.observations:
        raise SourceError(f"{name}: no cell of this table was understood; {_HOW}")
    document = _document(sheets, reading, name, file.sha256)
    if title:
        document = replace(document, header=replace(document.header, title=title))
    return replace(document, reading_digest=digest_of_table(file, mapping, title))


def digest_of_table(file: TableFile, mapping: Path | None = None, title: str = "") -> str:
    """What a table is read with, as ``Document.reading_digest``. Raises SourceError."""
    metadata = file.path.with_name(file.path.name + METADATA)
    beside = [each for each in (mapping, metadata) if each is not None and each.exists()]
    try:
        return table_digest(file.path.name, file.sha256, beside, title)
    except OSError as error:
        raise SourceError(f"{error.filename}: cannot be read: {error.strerror}") from error


def _read(sheets: Sheets, path: Path, mapping: Path | None) -> TableReading:
    if mapping is not None:
        return read_mapped(sheets.rows, mapping_of_file(mapping, sheets.rows))
    metadata = path.with_name(path.name + METADATA)
    if metadata.exists():
        told = mapping_of_metadata(metadata)
        if told is not None:
            return read_mapped(sheets.rows, told)
    whole = TableReading()
    for _, rows in groupby(filter(None, sheets.rows), key=lambda row: row[0].sheet):
        sheet = list(rows)
        found = read_cross_tables(sheet) or read_long_table(sheet)
        if found is not None:
            whole.add(found)
    return whole


def _document(sheets: Sheets, reading: TableReading, name: str, digest: str) -> Document:
    ordered = sorted(reading.observations, key=lambda o: o.cell.start)
    areas, namesakes = _areas(ordered)
    unknown = _unknown(sheets, ordered, areas, namesakes)
    figures = tuple(_figure(each, areas.get((each.area, each.year))) for each in ordered)
    years = sorted({each.year for each in ordered})
    period = str(years[0]) if len(years) == 1 else f"{years[0]}/{years[-1]}"
    homes = {areas.get((each.area, each.year)) for each in ordered}
    home = homes.pop() if len(homes) == 1 else None
    title = titles(reading) or Path(name).stem
    notes = tuple(cell.text.strip() for cell in reading.notes)
    return Document(
        sheets.text,
        Header(title=title),
        area_entity(home) if home is not None else None,
        period,
        figures=figures,
        findings=tuple(sorted((*_findings(reading), *unknown), key=lambda each: each.span.start)),
        exclusions=tuple(_exclusions(sheets, ordered, reading)),
        source=name,
        table=TableSource(
            digest,
            tuple(each.cell.place for each in ordered),
            notes,
            "；".join(dict.fromkeys(reading.sources)),
        ),
    )


def _areas(
    observations: Iterable[Observation],
) -> tuple[dict[tuple[str, int], Area], dict[str, list[Area]]]:
    """Name and year → the area that is certain; name → the areas it may be where that stays open.

    The other names of a year help the ambiguous ones.
    """
    found: dict[tuple[str, int], Area] = {}
    namesakes: dict[str, list[Area]] = {}
    register = Register.load()
    told = list(observations)
    names = list(dict.fromkeys(each.area for each in told))
    for year in sorted({each.year for each in told}):
        asked = [Name(text, year) for text in names]
        for name, candidates in zip(asked, link_names(asked, register), strict=True):
            if candidates and candidates[0].match:
                found[name.text, year] = candidates[0].area
            elif len(candidates) > 1:
                namesakes[name.text] = [candidate.area for candidate in candidates]
    return found, namesakes


def _unknown(
    sheets: Sheets,
    observations: Iterable[Observation],
    areas: Mapping[tuple[str, int], Area],
    namesakes: Mapping[str, Sequence[Area]],
) -> Iterator[Finding]:
    """The names that are no area for certain, where each stands first: 合计, or 朝阳区 of two cities."""
    names = {each.area for each in observations if (each.area, each.year) not in areas}
    for cell in (cell for row in sheets.rows for cell in row):
        name = cell.text.strip()
        if name not in names:
            continue
        names.remove(name)
        span = Span(cell.start, cell.end, cell.text)
        if may_be := namesakes.get(name):
            told = "、".join(dict.fromkeys(map(_with_province, may_be[:_NAMESAKES])))
            yield Finding(span, "namesake-open", f"may be {told}")
        else:
            yield Finding(span, "table-unread", f"{cell.place}: {name} {NO_AREA}")


def _with_province(area: Area) -> str:
    above = Register.load().by_code(f"{area.code[:2]}0000")
    return f"{above.name if above and above != area else ''}{area.name}"


def _figure(observation: Observation, area: Area | None) -> Figure:
    unit, cell = observation.measured.unit, observation.cell
    assert unit is not None  # without a unit it is no observation
    kind = _kind(observation)
    entities: tuple[Entity, ...] = (area_entity(area),) if area is not None else ()
    return Figure(
        Span(cell.start, cell.end, cell.text),
        observation.value,
        unit.name,
        kind,
        observation.measured.indicator,
        Reference(area.name if area is not None else observation.area, entities),
        str(observation.year),
        None,
        (),
        rule_name("figure-statistics", kind=kind),
        (cell.start, cell.end),
    )


def _kind(observation: Observation) -> FigureKind:
    unit = observation.measured.unit
    if observation.measured.change:
        return "change"
    dimension = unit.dimension if unit is not None else ""
    if dimension in ("ratio", "points"):
        return "rate"
    return "count" if dimension == "count" else "amount"


def _findings(reading: TableReading) -> Iterator[Finding]:
    """What among the data was not understood, in the order of the file."""
    said = [(cell, "is no number, or nothing says its unit") for cell in reading.unread]
    said += [
        (cell, f"{cell.text.strip()} is no year or area; {LEFT_OUT}") for cell in reading.unheaded
    ]
    said += [
        (cell, f"the row has more cells than its heading; {LEFT_OUT}") for cell in reading.overlong
    ]
    for cell, why in sorted(said, key=lambda pair: pair[0].start):
        yield Finding(Span(cell.start, cell.end, cell.text), "table-unread", f"{cell.place}: {why}")


def _exclusions(
    sheets: Sheets, observations: Sequence[Observation], reading: TableReading
) -> Iterator[Exclusion]:
    """Every other number of the file: years of headings, numbers in notes, and what was not understood."""
    taken = {each.cell.start for each in observations}
    notes = {cell.start for cell in reading.notes}
    for cell in (cell for row in sheets.rows for cell in row):
        if cell.start in taken:
            continue
        year = year_of(cell.text.strip()) is not None
        reason = "note" if cell.start in notes else "year" if year else "table-cell"
        for match in _NUMBER.finditer(cell.text):
            start, end = cell.start + match.start(), cell.start + match.end()
            yield Exclusion(Span(start, end, match[0]), reason)
