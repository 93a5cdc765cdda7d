"""The reports of the store as pages list them: with their areas, the newest first, older versions marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from policygraph.graph.sparql.data import Term
from policygraph.service.pages.sparql_access import Row, Select, rows, text


@dataclass(slots=True)
class ListedReport:
    """A report as pages list it; the area by its labels. Replaced: another version is current."""

    iri: str
    title: str
    issued: str
    period: str
    area: list[Term] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    replaced: bool = False


def list_reports(found: Iterable[Row]) -> list[ListedReport]:
    """The reports, the newest first, with the labels of their areas put together."""
    by_iri: dict[str, ListedReport] = {}
    for row in found:
        iri = text(row, "document")
        title, issued, period = (text(row, name) for name in ("title", "issued", "period"))
        report = by_iri.setdefault(iri, ListedReport(iri, title or iri, issued, period))
        report.replaced = report.replaced or "newer" in row
        if "label" in row:
            report.area.append(row["label"])
        if "area" in row and text(row, "area") not in report.areas:
            report.areas.append(text(row, "area"))
    by_name = sorted(by_iri.values(), key=lambda report: (report.title, report.iri))
    return sorted(by_name, key=lambda report: report.issued or report.period, reverse=True)


def current(reports: Iterable[ListedReport]) -> list[ListedReport]:
    """The reports that no other version replaces."""
    return [report for report in reports if not report.replaced]


class StoreReports:
    """The reports of the store of one page, asked of it once, when they are first needed."""

    def __init__(self, select: Select) -> None:
        self._select = select

    @cached_property
    def listed(self) -> list[ListedReport]:
        """All reports, the newest first."""
        return list_reports(rows(self._select, "reports"))

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of the reports, by IRI."""
        return {report.iri: report.title for report in self.listed}
