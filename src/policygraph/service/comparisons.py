"""Indicators compared over reports: /compare?indicator=… as a page for people, as rows for programs."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import ServiceError
from policygraph.graph.formats import HTML, ROWS
from policygraph.queries.comparison import SLOTS, Comparison, compare, comparison_table
from policygraph.queries.heat_table import HeatTable, heat_table
from policygraph.queries.results import write
from policygraph.queries.stated_passages import (
    Ask,
    Report,
    lookup,
    period_of,
    reports,
    text_of,
)
from policygraph.service.http_documents import document, form_at, page_document
from policygraph.service.pages import page_routes

OFFERS = (*ROWS, HTML)
_REPORTS = 40  # of the table of indicators × reports


async def answer(request: Request) -> Response:
    """An indicator over reports; without one, a page for people to choose from. Raises ServiceError."""
    form = form_at(request, "/compare", OFFERS)
    names = [name.strip() for name in request.query_params.getlist("indicator") if name.strip()]
    sort = request.query_params.get("sort", "")
    if sort and sort not in SLOTS:
        raise ServiceError(400, f"sort={sort}: choose one of {', '.join(SLOTS)}")
    ask, modified = (
        page_routes.select_of(request),
        request.app.state.store_service.snapshot.modified,
    )
    if form != HTML:
        if not names:
            raise ServiceError(
                400, "indicator: is missing; e.g. /compare.csv?indicator=地区生产总值"
            )
        found = await run_in_threadpool(compare, ask, names)
        return document(request, write(comparison_table(found), form.extension), form, modified)
    if not names:
        heat = await run_in_threadpool(_heat, ask)
        return page_document(request, page_routes.heat_page(request, *heat), modified)
    comparison: Comparison = await run_in_threadpool(compare, ask, names)
    order = sort, bool(request.query_params.get("planned"))
    page = page_routes.compare_page(request, comparison.names, comparison, order)
    return page_document(request, page, modified)


def _heat(ask: Ask) -> tuple[HeatTable, list[Report], int]:
    """The table, its reports and how many there are: those of the latest period are shown, by area.

    A table of many areas has no column.
    """
    told = {
        text_of(row, "document"): period_of(text_of(row, "period"))
        for row in ask(lookup("reports-told"), {})
        if row.get("area") or not row.get("file")
    }
    latest = sorted(told, key=lambda iri: told[iri], reverse=True)[:_REPORTS]
    shown = sorted(reports(ask, latest).values(), key=lambda r: (r.area, r.period, r.iri))
    return heat_table(ask, [report.iri for report in shown]), shown, len(told)
