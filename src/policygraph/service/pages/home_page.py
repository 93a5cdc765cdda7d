"""The first page of the service: the reports in the store and links to all other pages."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.queries.catalogue import Catalogue
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import main, page, section
from policygraph.service.pages.queries_page import listing
from policygraph.service.pages.report_list import ListedReport, current, list_reports
from policygraph.service.pages.search_page import search_box
from policygraph.service.pages.sparql_access import Row, Select, rows, text
from policygraph.viz.markup import Markup, join, tag
from policygraph.viz.site import CLASSES
from policygraph.viz.views import VIEWS

LISTED = 40  # reports listed by name


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


def _reports(reports: list[ListedReport], reader: PageReader) -> Markup:
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


def _report(report: ListedReport, reader: PageReader) -> Markup:
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
