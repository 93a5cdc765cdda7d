"""Where what a question asks for is listed, compared or worked out: of no single figure alone."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.queries.catalogue import NamedQuery, bundled
from policygraph.queries.question_requests import (
    ABSENT,
    AT_ODDS,
    COMPARED,
    DIFFICULTIES,
    DOING,
    EACH,
    PLANNED,
    RANK,
    Request,
)
from policygraph.queries.search_index import SearchResult

_LACKING = "indicator-missing"  # the query of reports that lack an indicator
_EACH = "unit-costs"  # the query of money for each
# What is asked for → the query that has all of it.
_ANSWERING = {
    frozenset((PLANNED, DOING)): "plans",
    frozenset((AT_ODDS,)): "contradictions",
    frozenset((DIFFICULTIES,)): "difficulties",
    frozenset((RANK,)): "ranks",
}


@dataclass(frozen=True, slots=True)
class Door:
    """A named query with the values of its parameters."""

    query: NamedQuery
    values: dict[str, str]


def compared_indicator(text: str, found: SearchResult) -> str:
    """The indicator whose values over reports a question asks for, empty where it asks for none."""
    return _indicator(text, found) if COMPARED in Request.of(text).sought else ""


def doors(text: str, found: SearchResult) -> list[Door]:
    """The named queries that have what a question asks for, of the one report that it asks of where there is one."""
    sought = Request.of(text).sought
    given = {"document": found.reports[0]} if len(found.reports) == 1 else {}
    chosen = []
    if ABSENT in sought and (indicator := _indicator(text, found)):
        chosen.append(Door(bundled().named(_LACKING), {"indicator": indicator}))
    chosen += [
        Door(bundled().named(name), given) for asked, name in _ANSWERING.items() if asked <= sought
    ]
    if EACH in sought:
        chosen.append(Door(bundled().named(_EACH), given))
    return chosen


def _indicator(text: str, found: SearchResult) -> str:
    """The indicator of the closest figure, or where one report alone has it that of most reports, else the closest indicator.

    Of an English question, which names it otherwise, the closest indicator is first.
    """
    reports: dict[str, set[str]] = {}
    for entry in found.entries:
        if entry.kind == "figure" and entry.named:
            reports.setdefault(entry.named, set()).add(entry.document)
    of_figures = list(reports)
    if of_figures and len(reports[of_figures[0]]) == 1:
        of_figures.sort(key=lambda name: -len(reports[name]))
    named = [entry.text for entry in found.entries if entry.kind == "Indicator"]
    return next(iter([*named, *of_figures] if text.isascii() else [*of_figures, *named]), "")
