"""The named queries as plain addresses: /queries/ lists them, /queries/NAME?parameter=… answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import QueryError, ServiceError, SlowQueryError
from policygraph.graph.formats import GRAPHS, HTML, JSON, ROWS
from policygraph.queries.catalogue import Catalogue, NamedQuery
from policygraph.queries.results import has_no_rows, with_links
from policygraph.queries.suggestions import suggest
from policygraph.service.http_documents import document, negotiate, page_document, split_extension
from policygraph.service.pages import page_routes
from policygraph.service.pages.table_view import MARK
from policygraph.service.reverse_proxy import prefix_of
from policygraph.service.settings import Settings
from policygraph.service.sparql_protocol import read_form
from policygraph.service.store_service import StoreService
from policygraph.service.streaming import Flow, send_run

ROOT = "/queries/"
READERS = (
    "lang",
    "tray",
)  # of an address a page gave: what the reader carries on, no parameter of a query


class NamedQueries:
    """Answers the queries of a catalogue, as data or as pages."""

    def __init__(
        self, store_service: StoreService, settings: Settings, catalogue: Catalogue
    ) -> None:
        self._store_service, self._settings, self._catalogue = store_service, settings, catalogue

    async def list(self, request: Request) -> Response:
        """All queries with their questions, parameters and addresses. Raises ServiceError."""
        form = negotiate(request, None, (JSON, HTML))
        modified = self._store_service.snapshot.modified
        if form == HTML:
            return page_document(request, page_routes.queries_page(request), modified)
        listed = [describe(query, prefix_of(request)) for query in self._catalogue]
        body = json.dumps({"queries": listed}, ensure_ascii=False, indent=1).encode()
        return document(request, body, form, modified)

    async def answer(self, request: Request) -> Response:
        """One query with the parameters of the address. Raises ServiceError."""
        path, given = split_extension(request.scope["path"], (*ROWS, *GRAPHS, HTML))
        query = self._query(path.removeprefix(ROOT))
        offers = (*(GRAPHS if query.makes_graph else ROWS), HTML)
        form = negotiate(request, given if given in offers else None, offers)
        if given and given not in offers:
            raise ServiceError(404, f"{request.url.path}: no such format of this query")
        values = self._values(request, query)
        if form == HTML:
            page = await page_routes.query_page(request, query, values)
            return page_document(request, page, self._store_service.snapshot.modified)
        bindings = self._bind(query, values)
        run = self._store_service.query(query.text(bindings), bindings, rows=form, graph=form)
        try:
            answer = await send_run(run, request, self._settings)
        except SlowQueryError as error:
            raise _narrowed(error, query, values) from error
        if form.extension == "json" and values:
            await self._add_suggestions(answer, request, query, values)
        name = f"{query.name}.{form.extension}"
        answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["Vary"] = "Accept"
        return answer

    async def _add_suggestions(
        self, answer: Flow, request: Request, query: NamedQuery, values: dict[str, str]
    ) -> None:
        """Where a JSON answer has no rows, name in its head the addresses that were maybe meant."""
        body = answer.whole
        if body is None or not has_no_rows(body, "json"):
            return
        ask = page_routes.select_of(request)
        likely = await run_in_threadpool(suggest, ask, query, values)
        links = [
            f"{ROOT}{query.name}.json?{urlencode({**values, parameter: name})}"
            for parameter, names in likely.items()
            for name in names
        ]
        if links:
            answer.replace(with_links(body, links))

    def _query(self, name: str) -> NamedQuery:
        try:
            return self._catalogue.named(name)
        except QueryError as error:
            raise ServiceError(404, f"{name}: no such query; {ROOT} lists them") from error

    @staticmethod
    def _values(request: Request, query: NamedQuery) -> dict[str, str]:
        """The parameters of an address; one left empty is one not given."""
        pairs = read_form(request.scope["query_string"], "the address")
        pairs = [(name, value) for name, value in pairs if not name.startswith(MARK)]
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                raise ServiceError(400, f"{query.name}: {name} is given more than once")
        return {name: value for name, value in pairs if value and name not in READERS}

    @staticmethod
    def _bind(query: NamedQuery, values: dict[str, str]) -> dict[str, Any]:
        try:
            return query.bindings(values)
        except (QueryError, ValueError) as error:
            raise ServiceError(400, str(error).replace("-p ", "")) from error


def _narrowed(error: SlowQueryError, query: NamedQuery, values: Mapping[str, str]) -> ServiceError:
    """The error with the parameters that make a query of many reports one of a part of them."""
    others = [p for p in query.parameters if p.name not in values]
    if not others:
        return error
    named = ", ".join(f"{parameter.name} (e.g. {parameter.example})" for parameter in others)
    return ServiceError(
        error.status, f"{query.name}: {error}; it is narrowed by {named}", error.headers
    )


def describe(query: NamedQuery, prefix: str) -> dict[str, Any]:
    """One query for a list that programs read; ``prefix`` is the path the service stands under."""
    return {
        "name": query.name,
        "href": prefix + ROOT + query.name,
        "title": {"zh": query.title[0], "en": query.title[1]},
        "question": {"zh": query.question[0], "en": query.question[1]},
        **({"note": {"zh": query.note[0], "en": query.note[1]}} if any(query.note) else {}),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": not parameter.optional,
                "example": parameter.example,
                "zh": parameter.zh,
                "en": parameter.en,
            }
            for parameter in query.parameters
        ],
    }
