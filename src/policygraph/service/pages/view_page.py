"""The networks of the service: of one report, or of the newest of an area; else a page to choose one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from policygraph.errors import ServiceError, ViewError
from policygraph.graph.sparql.data import Term
from policygraph.ontology.terms import THINGS
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import main, page, section
from policygraph.service.pages.report_list import ListedReport, current
from policygraph.service.pages.sparql_access import Select
from policygraph.viz.markup import Markup, tag
from policygraph.viz.network_page import render
from policygraph.viz.views import NAMES, VIEWS, view

CHOICES = ("document", "area")  # the parameters of the address
DRAWN = 4  # reports of an area drawn together
LISTED = 200  # reports to choose from


def chosen(reports: Sequence[ListedReport], document: str, area: str) -> list[ListedReport] | None:
    """The reports that are meant, the newest first; None where one has to choose.

    The only report of a store need not be chosen. Raises ServiceError where there is no such.
    """
    if document or area:
        among = reports if document else current(reports)
        found = [r for r in among if document in ("", r.iri) and (not area or area in r.areas)]
        if not found:
            raise ServiceError(404, f"{document or area}: the store has no such report")
        return found
    found = current(reports)
    return found if len(found) < 2 else None


def network_page(
    select: Select, name: str, reports: Sequence[ListedReport], home: str = "/"
) -> str:
    """The page of a view of some reports, which says whose it is and what was left out, and leads ``home``.

    Raises ViewError on an unknown name.
    """
    drawn = reports[:DRAWN]
    graphs = [*(report.iri for report in drawn), THINGS]
    network = view(name, lambda sparql: [_plain(row) for row in select(sparql, {}, 0, graphs)])
    titles = "、".join(report.title for report in drawn)
    left = len(reports) - len(drawn)
    chinese, english = network.question.question
    question = replace(
        network.question,
        question=(
            f"{chinese}　{titles}" + (f"（另有 {left} 份报告未画出）" if left else ""),
            f"{english} {titles}" + (f" ({left} more reports are not drawn)" if left else ""),
        ),
    )
    return render(replace(network, question=question), home)


def choose_page(name: str, reports: Sequence[ListedReport], reader: PageReader) -> str:
    """The page that asks of which report or area. Raises ViewError on an unknown name."""
    if name not in NAMES:
        raise ViewError(f"{name}: no such view; choose one of {', '.join(NAMES)}")
    question, reports = VIEWS[name], current(reports)
    where = f"/views/{name}"
    areas: dict[str, Sequence[Term]] = {area: r.area for r in reports for area in r.areas}
    by_area = sorted((reader.best(labels) or iri, iri) for iri, labels in areas.items())
    return page(
        reader,
        reader.pick(question.title),
        reader.path(where),
        main(
            tag("h1", reader.pick(question.title)),
            tag("p", reader.pick(question.question), class_="lead"),
            tag("p", reader.say("choose_view")),
            section(
                reader.say("choose_area"),
                _links((label, reader.at(where, area=iri)) for label, iri in by_area),
                id="areas",
            ),
            section(
                reader.say("choose_report"),
                _links((r.title, reader.at(where, document=r.iri)) for r in reports[:LISTED]),
                id="reports",
            ),
        ),
    )


def _links(links: Iterable[tuple[str, str]]) -> Markup:
    """Texts with their addresses as a list."""
    items = (tag("li", tag("a", text, href=address)) for text, address in links)
    return tag("ul", *items, class_="links")


def _plain(row: Mapping[str, Term | None]) -> dict[str, str | None]:
    return {name: getattr(term, "value", None) for name, term in row.items()}
