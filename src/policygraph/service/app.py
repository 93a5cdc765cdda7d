"""The service as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from policygraph.errors import FormatError, FullError, PolicygraphError, ServiceError
from policygraph.graph.formats import HTML, Format
from policygraph.queries.catalogue import bundled
from policygraph.service import area_map, comparisons, derivations, metrics, openapi
from policygraph.service.dataset_description import DatasetEndpoint
from policygraph.service.dereference import ThingEndpoint
from policygraph.service.graph_store_protocol import GraphStore
from policygraph.service.media_types import choose
from policygraph.service.middleware import SecurityMiddleware
from policygraph.service.named_queries import NamedQueries
from policygraph.service.network import Network
from policygraph.service.pages import page_routes
from policygraph.service.reconciliation.endpoint import Reconciliation
from policygraph.service.reverse_proxy import ReverseProxyMiddleware, prefix_of
from policygraph.service.search import Search
from policygraph.service.settings import Settings
from policygraph.service.sparql_endpoint import SparqlEndpoint
from policygraph.service.store_service import StoreService
from policygraph.version import __version__

TEXT = Format("txt", "text/plain")


def application(store: Path | str, settings: Settings | None = None) -> Starlette:
    """The service over a store's folder or a server's address.

    A handler finds the StoreService, which answers queries, at ``request.app.state.store_service``
    and the settings at ``request.app.state.settings``.
    """
    settings = settings or Settings()
    counted = metrics.Metrics()
    store_service = StoreService(store, settings, counted)
    search = Search(store_service)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await store_service.start()
        try:
            yield
        finally:
            await store_service.close()

    app = Starlette(
        routes=[
            *_own_routes(store_service, settings, counted),
            *_data_routes(store_service, settings),
            *_tool_routes(store_service, search, settings),
            *page_routes.routes(),
        ],
        lifespan=lifespan,
        middleware=[
            Middleware(ReverseProxyMiddleware, settings=settings),
            Middleware(SecurityMiddleware, settings=settings, metrics=counted),
        ],
        exception_handlers={
            PolicygraphError: _error_response,
            HTTPException: _router_error_response,
            Exception: _mistake_response,
        },
    )
    app.state.store_service, app.state.settings = store_service, settings
    app.state.metrics, app.state.search = counted, search
    return app


def _data_routes(store_service: StoreService, settings: Settings) -> list[BaseRoute]:
    """The addresses of the data: protocols, things, named queries."""
    endpoint = SparqlEndpoint(store_service, settings)
    datasets = DatasetEndpoint(store_service, settings)
    graphs = GraphStore(store_service, settings)
    addresses = ThingEndpoint(store_service, settings)
    named = NamedQueries(store_service, settings, bundled())
    return [
        Route("/sparql", endpoint.__call__, methods=["GET", "POST"]),
        Route("/sparql/", endpoint.__call__, methods=["GET", "POST"]),
        Route("/.well-known/void", datasets.void),
        Route("/service", datasets.void),
        Route("/catalogue", datasets.catalogue),
        Route("/catalogue.{extension}", datasets.catalogue),
        Route("/store", graphs.__call__, methods=["GET", "PUT", "POST", "DELETE"]),
        Route("/id/{path:path}", addresses.thing),
        Route("/linksets/{name}", addresses.linkset),
        Route("/vocabulary/{path:path}", addresses.thing),
        Route("/ontology", addresses.ontology),
        Route("/ontology.{extension}", addresses.ontology),
        Route("/shapes", addresses.shapes),
        Route("/shapes.{extension}", addresses.shapes),
        Route("/context.jsonld", addresses.context),
        Route("/queries/", named.list),
        Route("/queries", named.list),
        Route("/queries/{name}", named.answer),
    ]


def _tool_routes(
    store_service: StoreService, search: Search, settings: Settings
) -> list[BaseRoute]:
    """The addresses of what works on the data: search, network, arithmetic, reconciliation."""
    network = Network(store_service)
    return [
        Route("/search", search.answer),
        Route("/search.{extension}", search.answer),
        Route("/network", network.answer),
        Route("/network.json", network.answer),
        Route("/map", area_map.answer),
        Route("/map.{extension}", area_map.answer),
        *Reconciliation(store_service, search, settings).routes(),
        Route("/compare", comparisons.answer),
        Route("/compare.{extension}", comparisons.answer),
        Route("/derive", derivations.answer),
        Route("/derive.{extension}", derivations.answer),
    ]


def _own_routes(
    store_service: StoreService, settings: Settings, counted: metrics.Metrics
) -> list[BaseRoute]:
    """The addresses that tell of the service itself, and the list of vocabularies, which is no thing."""

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", "version": __version__, "store": store_service.tag})

    async def count(request: Request) -> Response:
        return Response(counted.text(), media_type=metrics.MEDIA)

    async def describe_api(request: Request) -> Response:
        return JSONResponse(openapi.describe(bundled(), settings, prefix_of(request)))

    async def list_vocabularies(request: Request) -> Response:
        return RedirectResponse("/ontology#vocabularies", 303)

    return [
        Route("/vocabulary", list_vocabularies),
        Route("/vocabulary/", list_vocabularies),
        Route("/openapi.json", describe_api),
        Route("/health", health),
        Route("/metrics", count),
    ]


async def _error_response(request: Request, error: Exception) -> Response:
    """A PolicygraphError as one line of text, or as a page, with the status and headers it carries."""
    status, headers = 500, {}
    if isinstance(error, ServiceError):
        status, headers = error.status, error.headers
    elif isinstance(error, FormatError):
        status = 406
    elif isinstance(error, FullError):
        status, headers = 503, {"Retry-After": "60"}
    return _told(request, status, " ".join(str(error).split()), headers)


async def _router_error_response(request: Request, error: Exception) -> Response:
    """A routing error (404, 405) as one line of text, or as a page."""
    assert isinstance(error, HTTPException)
    text = f"{request.method} {request.url.path}: {error.detail.lower()}"
    return _told(request, error.status_code, text, dict(error.headers or {}))


async def _mistake_response(request: Request, error: Exception) -> Response:
    """A mistake of ours: its traceback is logged, and no part of it told."""
    return _told(request, 500, "the service has made a mistake, which is in its log", {})


def _told(request: Request, status: int, line: str, headers: dict[str, str]) -> Response:
    """One line of text; for a browser a page."""
    wanted = choose(request.headers.get("accept", ""), (TEXT, HTML))
    if request.method == "GET" and wanted == HTML:
        return page_routes.error_page(request, status, line, headers)
    return PlainTextResponse(f"{line}\n", status, headers)
