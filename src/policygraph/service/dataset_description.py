"""The description of the data: VoID counts, and a DCAT catalogue of the reports."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from policygraph.graph.formats import GRAPHS
from policygraph.ontology.iris import Minter
from policygraph.queries.catalogue import bundled
from policygraph.service.http_documents import document, negotiate, serialize
from policygraph.service.service_description import Description
from policygraph.service.settings import Settings
from policygraph.service.store_service import StoreService
from policygraph.service.streaming import send_run, unless_gone

_CATALOGUE = Path(__file__).parent / "sparql" / "catalogue.rq"


class Overview:
    """Answers at /.well-known/void and /catalogue."""

    def __init__(self, store_service: StoreService, settings: Settings) -> None:
        self._store_service, self._settings = store_service, settings

    async def void(self, request: Request) -> Response:
        """The service's own graph. Raises ServiceError."""
        form = negotiate(request, None, GRAPHS)
        counts = await unless_gone(self._store_service.described(), request)
        triples = Description(self._settings, bundled()).all(counts)
        body = serialize(triples, form)
        return document(request, body, form, self._store_service.snapshot.modified)

    async def catalogue(self, request: Request) -> Response:
        """The reports, each a dataset. Raises ServiceError."""
        form = negotiate(request, None, GRAPHS)
        bindings = {"catalogue": ox.NamedNode(Minter(self._settings.base).part("catalogue"))}
        run = self._store_service.query(_CATALOGUE.read_text("utf-8"), bindings, graph=form)
        return await send_run(run, request, self._settings)
