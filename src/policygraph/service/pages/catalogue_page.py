"""The page of the catalogue: every report of the store as a dataset, with its files and its licence."""

from __future__ import annotations

from urllib.parse import quote

from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import main, page, section
from policygraph.service.pages.report_list import ListedReport, list_reports
from policygraph.service.pages.sparql_access import Select, rows
from policygraph.service.settings import Settings
from policygraph.viz.markup import Markup, join, tag

_WHOLE = (
    ("Turtle", "/catalogue.ttl"),
    ("JSON-LD", "/catalogue.jsonld"),
    ("RDF/XML", "/catalogue.rdf"),
)


def catalogue_page(select: Select, settings: Settings, reader: PageReader) -> str:
    """The datasets, who publishes them, under which licence, and where they are asked."""
    reports = list_reports(rows(select, "reports"))
    facts = (
        ("publisher", settings.publisher),
        ("licence", tag("a", settings.licence, href=settings.licence, rel="license")),
        ("endpoint", tag("a", "/sparql", href=reader.path("/sparql"))),
        (
            "as_data",
            join(*(join(tag("a", name, href=reader.path(path)), " ") for name, path in _WHOLE)),
        ),
    )
    return page(
        reader,
        reader.say("catalogue"),
        reader.path("/catalogue"),
        main(
            tag("h1", reader.say("catalogue")),
            tag("p", reader.say("catalogue_lead"), class_="lead"),
            tag(
                "dl",
                *(
                    tag("div", tag("dt", reader.say(name)), " ", tag("dd", said))
                    for name, said in facts
                ),
                class_="about",
            ),
            section(
                reader.say("many_reports", count=len(reports)),
                tag("ul", *(_dataset(report, reader) for report in reports), class_="reports"),
                id="datasets",
            ),
        ),
    )


def _dataset(report: ListedReport, reader: PageReader) -> Markup:
    about = " · ".join(filter(None, (reader.best(report.area), report.period, report.issued)))
    where = reader.local(report.iri) or report.iri
    graph = reader.path(f"/store?graph={quote(report.iri, safe='')}")
    return tag(
        "li",
        tag("a", report.title, href=where, lang="zh-Hans"),
        tag("span", about, " ", tag("a", reader.say("whole_graph"), href=graph)),
    )
