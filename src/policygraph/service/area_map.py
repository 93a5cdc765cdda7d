"""Areas on a map at /map: as a page for people, as rows for programs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import ServiceError
from policygraph.graph.formats import HTML, ROWS
from policygraph.queries.results import write
from policygraph.service.http_documents import document, negotiate, page_document, split_extension
from policygraph.service.pages import page_routes

OFFERS = (*ROWS, HTML)


async def answer(request: Request) -> Response:
    """Where the areas lie that are named, or that an indicator is stated of. Raises ServiceError."""
    path, given = split_extension(request.scope["path"], OFFERS)
    if path != "/map":
        raise ServiceError(404, f"{request.url.path}: no such address")
    form = negotiate(request, given, OFFERS)
    modified = request.app.state.store_service.snapshot.modified
    page, found = await page_routes.map_page(request)
    if form == HTML:
        return page_document(request, page, modified)
    return document(request, write(found, form.extension), form, modified)
