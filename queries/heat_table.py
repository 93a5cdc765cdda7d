"""Indicators × reports: for each the figure that stands for it, and how high its growth is among the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.graph.sparql.data import kept_of, one_of
from policygraph.queries.arithmetic import is_bare, unit_of_heading
from policygraph.queries.comparability import LOOSE
from policygraph.queries.stated_figures import figures_of
from policygraph.queries.stated_passages import Ask, Row, filled, lookup, node, period_of, text_of

_LEVELS = ("amount", "count", "rate")
GRADES = 4  # shades of growth


@dataclass(frozen=True, slots=True)
class Cell:
    """The figure of an indicator in a report; ``grade`` from 1 to GRADES says how high its growth is, 0 where it is none.

    ``loose`` are the qualifiers that soften or stretch it: over, approx. ``unit`` is that of the heading
    where the number stands alone in a table, ``period`` its own where that is not the report's.
    """

    figure: str
    quote: str
    value: Decimal
    growth: bool
    planned: bool
    grade: int = 0
    loose: tuple[str, ...] = ()
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Indicator → report → cell, the indicators of the most reports first."""

    rows: Mapping[str, Mapping[str, Cell]]


def heat_table(ask: Ask, reports: Sequence[str] = (), most: int = 25) -> HeatTable:
    """The indicators that the most reports have, at least two; results before targets, the report's own period
    before others, growth before level. The cells are of ``reports`` where some are given, else of all."""
    named = [
        (text_of(row, "indicator"), text_of(row, "label"))
        for row in ask(lookup("indicator-names"), {})
        if int(text_of(row, "reports")) > 1
    ][:most]
    iris = [iri for iri, _ in named]
    if not iris:
        return HeatTable({})
    qualified: dict[str, set[str]] = {}
    for row in ask(_of("heat-qualifiers", iris, reports), {}):
        key = text_of(row, "qualifier").rpartition("/")[2]
        qualified.setdefault(text_of(row, "figure"), set()).add(key)
    cells: dict[str, dict[str, Cell]] = {}
    for row in ask(_of("heat", iris, reports), {}):
        by = cells.setdefault(text_of(row, "indicator"), {})
        cell = _cell(row, qualified.get(text_of(row, "figure"), set()))
        if cell:
            document = text_of(row, "document")
            by[document] = min(by.get(document, cell), cell, key=_weight)
    bare = [c.figure for by in cells.values() for c in by.values() if is_bare(c.quote)]
    units = {figure.iri: unit_of_heading(figure) for figure in figures_of(ask, bare)}
    shown = {
        iri: {
            document: replace(cell, unit=units.get(cell.figure, ""))
            for document, cell in by.items()
        }
        for iri, by in cells.items()
    }
    return HeatTable({label: _graded(shown.get(iri, {})) for iri, label in named})


def _of(name: str, indicators: Sequence[str], reports: Sequence[str]) -> str:
    """A look-up of these indicators in these reports, in all where none are given."""
    asked = list(map(node, indicators))
    if not reports:
        return filled(name, chosen=one_of("indicator", asked))
    within = one_of("document", map(node, reports))
    return filled(name, chosen=f"{within} {kept_of('indicator', asked)}")


def _cell(row: Row, qualifiers: set[str]) -> Cell | None:
    kind, figure = text_of(row, "kind").rpartition("/")[2], text_of(row, "figure")
    if kind not in ("change", *_LEVELS):
        return None
    value = Decimal(text_of(row, "value"))
    loose = tuple(sorted(qualifiers & LOOSE))
    growth, planned = kind == "change", "planned" in qualifiers
    period, own = (period_of(text_of(row, name)) for name in ("period", "own"))
    other = period if period != own else ""
    return Cell(figure, text_of(row, "quote"), value, growth, planned, loose=loose, period=other)


def _weight(cell: Cell) -> tuple[bool, bool, bool]:
    return cell.planned, bool(cell.period), not cell.growth


def _graded(by_report: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells with the grade of those that are growth already reached."""
    grown = sorted({c.value for c in by_report.values() if c.growth and not c.planned})
    return {document: _grade(cell, grown) for document, cell in by_report.items()}


def _grade(cell: Cell, grown: Sequence[Decimal]) -> Cell:
    if cell.planned or not cell.growth:
        return cell
    grade = grown.index(cell.value) * GRADES // len(grown) + 1
    return replace(cell, grade=grade)
