"""The first page of the service: the reports in the store and links to all other pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from policygraph.graph.sparql.data import Term
from policygraph.queries.catalogue import Catalogue
from policygraph.service.pages.examples import grouped
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import main, page, section
from policygraph.service.pages.search_page import search_box
from policygraph.service.pages.sparql_access import Row, Select, rows, text
from policygraph.viz.markup import Markup, join, tag
from policygraph.viz.site import CLASSES
from policygraph.viz.views import VIEWS

LISTED = 40  # reports listed by name


@dataclass(slots=True)
class Report:
    """A report as the first page lists it; the area by its labels. Replaced: another version is current."""

    iri: str
    title: str
    issued: str
    period: str
    area: list[Term] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    replaced: bool = False


def home_page(select: Select, catalogue: Catalogue, reader: PageReader) -> str:
    """Counts, reports, networks and named queries of the store."""
    reports = current(list_reports(rows(select, "reports")))
    return page(
        reader,
        reader.say("home_title"),
        reader.path("/"),
        main(
            tag("h1", reader.say("home_title")),
            tag("p", reader.say("home_lead"), class_="lead"),
            search_box(reader, hint=reader.say("ask_here")),
            tag("p", tag("a", reader.say("query_lead"), href=reader.at("/query")), class_="ways"),
            _counts(rows(select, "counts"), reader) if reports else None,
            _reports(reports, reader),
            _views(reader) if reports else None,
            section(
                reader.say("queries"),
                tag("p", reader.say("queries_hint")),
                listing(catalogue, reader),
                id="queries",
            ),
        ),
    )


def list_reports(found: Iterable[Row]) -> list[Report]:
    """The reports, the newest first, with the labels of their areas put together."""
    by_iri: dict[str, Report] = {}
    for row in found:
        iri = text(row, "document")
        title, issued, period = (text(row, name) for name in ("title", "issued", "period"))
        report = by_iri.setdefault(iri, Report(iri, title or iri, issued, period))
        report.replaced = report.replaced or "newer" in row
        if "label" in row:
            report.area.append(row["label"])
        if "area" in row and text(row, "area") not in report.areas:
            report.areas.append(text(row, "area"))
    by_name = sorted(by_iri.values(), key=lambda report: (report.title, report.iri))
    return sorted(by_name, key=lambda report: report.issued or report.period, reverse=True)


def current(reports: Iterable[Report]) -> list[Report]:
    """The reports that no other version replaces."""
    return [report for report in reports if not report.replaced]


def listing(catalogue: Catalogue, reader: PageReader, level: str = "h3") -> Markup:
    """The named queries in groups, each with its question, under headings of a level."""
    groups = []
    for group in grouped(catalogue):
        items = (
            tag(
                "li",
                tag("a", reader.pick(query.title), href=reader.at(f"/queries/{query.name}")),
                tag("span", reader.pick(query.question)),
            )
            for query in group.queries
        )
        groups.append(
            tag("div", tag(level, reader.pick(group.label), class_="theme"), tag("ul", *items))
        )
    return tag("div", *groups, class_="catalogue")


def queries_page(catalogue: Catalogue, reader: PageReader) -> str:
    """All named queries."""
    return page(
        reader,
        reader.say("queries"),
        reader.path("/queries/"),
        main(
            tag("h1", reader.say("queries")),
            tag("p", reader.say("queries_hint"), class_="lead"),
            listing(catalogue, reader, "h2"),
        ),
    )


def _counts(found: Iterable[Row], reader: PageReader) -> Markup:
    counts = {text(row, "class").rpartition("#")[2]: int(text(row, "count")) for row in found}
    return tag(
        "div",
        *(
            tag("div", tag("b", f"{counts[name]:,}"), reader.pick(CLASSES[name]))
            for name in sorted(counts, key=lambda name: (-counts[name], name))
        ),
        class_="counts",
    )


def _reports(reports: list[Report], reader: PageReader) -> Markup:
    if not reports:
        hint = tag("p", reader.say("no_reports"), tag("code", "policygraph build"))
        return section(reader.say("reports"), hint, id="reports")
    items = [tag("li", _report(report, reader)) for report in reports[:LISTED]]
    if len(reports) > LISTED:
        more = reader.say("more_reports", count=len(reports) - LISTED)
        items.append(tag("li", tag("a", more, href=reader.at("/queries/documents"))))
    return section(
        reader.say("many_reports", count=len(reports)),
        tag("ul", *items, class_="reports"),
        id="reports",
    )


def _report(report: Report, reader: PageReader) -> Markup:
    about = " · ".join(filter(None, (reader.best(report.area), report.period, report.issued)))
    where = reader.local(report.iri) or report.iri
    return join(tag("a", report.title, href=where, lang="zh-Hans"), tag("span", about))


def _views(reader: PageReader) -> Markup:
    cards = (
        tag(
            "a",
            tag("div", tag("b", reader.pick(question.title)), reader.pick(question.question)),
            href=reader.at(f"/views/{name}"),
        )
        for name, question in VIEWS.items()
    )
    hint = tag("p", reader.say("views_hint"))
    return section(reader.say("views"), hint, tag("div", *cards, class_="cards"), id="views")
