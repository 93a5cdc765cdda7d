"""The SPARQL endpoint: one request in, one answer out."""

from __future__ import annotations

import re
from contextlib import AbstractAsyncContextManager

from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import ServiceError
from policygraph.graph.formats import GRAPHS, ROWS, Format
from policygraph.graph.sparql.faults import unknown_terms
from policygraph.graph.sparql.predeclared import declarations
from policygraph.graph.sparql.tokens import Token, tokens
from policygraph.queries.catalogue import bundled
from policygraph.service import request_analysis
from policygraph.service.http_documents import VOID, document, negotiate, serialize
from policygraph.service.http_requests import endpoint_of, read_body
from policygraph.service.media_types import choose
from policygraph.service.service_description import Description
from policygraph.service.settings import Settings
from policygraph.service.sparql_protocol import Operation, read_operation
from policygraph.service.store_service import StoreService
from policygraph.service.streaming import Flow, send_run
from policygraph.service.worker_pool import Run
from policygraph.service.write_permission import permit

_PLACE = re.compile(r"error at (\d+):")


class Endpoint:
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
            request, serialize(triples, form), form, self._store_service.snapshot.modified, [VOID]
        )

    async def _query(self, request: Request, operation: Operation) -> Response:
        found = tokens(operation.text)
        self._refuse_fetching(operation.text)
        rows, graph = _negotiate(request.headers.get("accept", ""), request_analysis.makes(found))
        text, lines = _based(operation.text, found, endpoint_of(request))
        run = self._store_service.query(
            text,
            rows=rows,
            graph=graph,
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
        )
        answer = await _answer(run, request, self._settings, lines)
        if unknown := unknown_terms(operation.text):
            answer.headers["X-Policygraph-Unknown-Terms"] = ", ".join(unknown)
        return answer

    async def _update(self, request: Request, operation: Operation) -> Response:
        permit(request, self._settings)
        found = tokens(operation.text)
        self._refuse_fetching(operation.text)
        text = _with_dataset(operation, found)
        text, lines = _based(text, found, endpoint_of(request))
        try:
            await self._store_service.update(text)
        except ServiceError as error:
            raise _moved(error, lines) from error
        return Response(status_code=204)

    def _refuse_fetching(self, sparql: str) -> None:
        refused = request_analysis.fetches(sparql, self._settings.services)
        if refused:
            raise ServiceError(
                403,
                f"{refused}: this service fetches only addresses that were allowed when it was started "
                "(policygraph serve --allow-service ADDRESS)",
            )


async def _answer(
    run: AbstractAsyncContextManager[Run], request: Request, settings: Settings, lines: int
) -> Flow:
    try:
        return await send_run(run, request, settings)
    except ServiceError as error:
        raise _moved(error, lines) from error


def _negotiate(accept: str, wanted: str) -> tuple[Format, Format]:
    """The formats of rows and of a graph; raises ServiceError where there is none for the kind wanted."""
    rows, graph = choose(accept, ROWS), choose(accept, GRAPHS)
    for kind, form, offers in (("rows", rows, ROWS), ("graph", graph, GRAPHS)):
        if wanted == kind and form is None:
            media = ", ".join(offer.media for offer in offers)
            raise ServiceError(406, f"this query is answered as one of: {media}")
    return rows or ROWS[0], graph or GRAPHS[0]


def _based(text: str, found: list[Token], base: str) -> tuple[str, int]:
    """The text with a base for its relative IRIs and the prefixes it lacks, and how many lines that adds."""
    lines = [f"BASE <{base}>"] if request_analysis.is_relative(found) else []
    lines += filter(None, [declarations(text)])
    return "\n".join([*lines, text]), len(lines)


def _moved(error: ServiceError, lines: int) -> ServiceError:
    """The error with its line number in the text as it was sent."""
    message = _PLACE.sub(lambda match: f"error at {int(match[1]) - lines}:", str(error))
    return ServiceError(error.status, message, error.headers)


def _with_dataset(operation: Operation, found: list[Token]) -> str:
    """The update with the graphs of the request as its USING clauses. Raises ServiceError."""
    if operation.default_graphs is None and operation.named_graphs is None:
        return operation.text
    if request_analysis.names_dataset(found):
        raise ServiceError(
            400, "the request names graphs and the update has WITH or USING; use one of them"
        )
    clauses = [f"USING <{graph}>" for graph in operation.default_graphs or ()]
    clauses += [f"USING NAMED <{graph}>" for graph in operation.named_graphs or ()]
    return request_analysis.using(operation.text, found, " ".join(clauses))
