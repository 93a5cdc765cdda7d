"""The SPARQL endpoint: one request in, one answer out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from policygraph.graph.formats import GRAPHS, ROWS
from policygraph.graph.serialization import serialized
from policygraph.graph.sparql.faults import unknown_terms
from policygraph.queries.catalogue import bundled
from policygraph.service.http_documents import VOID, document, negotiate
from policygraph.service.http_requests import endpoint_of, read_body
from policygraph.service.media_types import choose
from policygraph.service.service_description import Description
from policygraph.service.settings import Settings
from policygraph.service.sparql_protocol import Operation, read_operation
from policygraph.service.store_service import StoreService
from policygraph.service.streaming import send_run
from policygraph.service.write_permission import permit


class SparqlEndpoint:
    """Answers queries and updates by the SPARQL 1.1 Protocol."""

    def __init__(self, store_service: StoreService, settings: Settings) -> None:
        self._store_service, self._settings = store_service, settings

    async def __call__(self, request: Request) -> Response:
        """Answer one request; a GET without a query gets the service description."""
        body = await read_body(request, self._settings.limits.body)
        operation = read_operation(
            request.method,
            request.scope["query_string"],
            request.headers.get("content-type", ""),
            body,
        )
        if operation is None:
            return await self._describe(request)
        if operation.kind == "update":
            return await self._update(request, operation)
        return await self._query(request, operation)

    async def _describe(self, request: Request) -> Response:
        """The service description."""
        form = negotiate(request, None, GRAPHS)
        description = Description(self._settings, bundled()).at(endpoint_of(request))
        triples = description.service(self._store_service.counts)
        return document(
            request, serialized(triples, form), form, self._store_service.snapshot.modified, [VOID]
        )

    async def _query(self, request: Request, operation: Operation) -> Response:
        accept = request.headers.get("accept", "")
        run = self._store_service.query(
            operation.text,
            rows=choose(accept, ROWS),
            graph=choose(accept, GRAPHS),
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            sent_to=endpoint_of(request),
        )
        answer = await send_run(run, request, self._settings)
        if unknown := unknown_terms(operation.text):
            answer.headers["X-Policygraph-Unknown-Terms"] = ", ".join(unknown)
        return answer

    async def _update(self, request: Request, operation: Operation) -> Response:
        permit(request, self._settings)
        await self._store_service.update(
            operation.text,
            endpoint_of(request),
            operation.default_graphs,
            operation.named_graphs,
        )
        return Response(status_code=204)
