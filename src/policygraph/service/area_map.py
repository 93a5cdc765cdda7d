"""Areas on a map at /map: as a page for people, as rows for programs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from policygraph.graph.formats import HTML, ROWS
from policygraph.queries.results import write
from policygraph.service.http_documents import document, form_at, page_document
from policygraph.service.pages import page_routes

OFFERS = (*ROWS, HTML)


async def answer(request: Request) -> Response:
    """Where the areas lie that are named, or that an indicator is stated of. Raises ServiceError."""
    form = form_at(request, "/map", OFFERS)
    modified = request.app.state.store_service.snapshot.modified
    asked, found = await page_routes.map_content(request)
    if form == HTML:
        page = page_routes.map_page(request, asked, found)
        return page_document(request, page, modified)
    rows = page_routes.map_rows(request, found)
    return document(request, write(rows, form.extension), form, modified)
