"""The description of the data: VoID counts, and a DCAT catalogue of the reports."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from policygraph.graph.formats import GRAPHS, HTML
from policygraph.graph.serialization import serialized
from policygraph.graph.sparql.data import Term
from policygraph.ontology.iris import Minter
from policygraph.queries.catalogue import bundled
from policygraph.service.http_documents import (
    alternates,
    document,
    negotiate,
    page_document,
    split_extension,
)
from policygraph.service.pages import page_routes
from policygraph.service.service_description import Description
from policygraph.service.settings import Settings
from policygraph.service.store_service import StoreService
from policygraph.service.streaming import send_run, unless_gone

OFFERS = (*GRAPHS, HTML)
_CATALOGUE = Path(__file__).parent / "sparql" / "catalogue.rq"


class DatasetEndpoint:
    """Answers at /.well-known/void and /catalogue."""

    def __init__(self, store_service: StoreService, settings: Settings) -> None:
        self._store_service, self._settings = store_service, settings

    async def void(self, request: Request) -> Response:
        """The service's own graph. Raises ServiceError."""
        form = negotiate(request, None, GRAPHS)
        counts = await unless_gone(self._store_service.described(), request)
        description = Description(self._settings, bundled()).at(endpoint(request))
        body = serialized(description.all(counts), form)
        return document(request, body, form, self._store_service.snapshot.modified)

    async def catalogue(self, request: Request) -> Response:
        """The reports, each a dataset: data or a page. Raises ServiceError."""
        _, given = split_extension(request.scope["path"], OFFERS)
        form = negotiate(request, given, OFFERS)
        if form == HTML:
            page = await page_routes.catalogue_page(request)
            links = alternates("/catalogue", OFFERS)
            return page_document(request, page, self._store_service.snapshot.modified, links)
        run = self._store_service.query(
            _CATALOGUE.read_text("utf-8"), self._terms(request), graph=form, described=True
        )
        return await send_run(run, request, self._settings)

    def _terms(self, request: Request) -> dict[str, Term]:
        """What the query for the catalogue does not find in the store."""
        minter = Minter(self._settings.base)
        parts = {name: minter.part(name) for name in ("catalogue", "publisher", "endpoint")}
        addresses = {"licence": self._settings.licence, "address": endpoint(request)}
        return {
            "publisherName": ox.Literal(self._settings.publisher),
            **{name: ox.NamedNode(iri) for name, iri in (parts | addresses).items()},
        }


def endpoint(request: Request) -> str:
    """The address of the SPARQL endpoint, as this client reaches it."""
    return f"{request.base_url}sparql"
