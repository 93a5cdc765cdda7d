"""The service as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from policygraph.errors import PolicygraphError, ServiceError
from policygraph.queries.catalogue import bundled
from policygraph.service import metrics, openapi
from policygraph.service.dataset_description import Overview
from policygraph.service.dereference import Addresses, ThingPage
from policygraph.service.graph_store_protocol import GraphStore
from policygraph.service.middleware import SecurityMiddleware
from policygraph.service.named_queries import ListPage, Named, QueryPage
from policygraph.service.settings import Settings
from policygraph.service.sparql_endpoint import Endpoint
from policygraph.service.store_service import StoreService
from policygraph.version import __version__


@dataclass(frozen=True, slots=True)
class Pages:
    """What a layer above hands in for people: of a thing, the ontology, a named query, the list."""

    thing: ThingPage | None = None
    ontology: ListPage | None = None
    query: QueryPage | None = None
    queries: ListPage | None = None


def application(
    store: Path | str,
    settings: Settings | None = None,
    *,
    pages: Pages | None = None,
    extra_routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """The service over a folder or a server; routes handed in come after its own.

    A page or a route finds the store's store_service at ``request.app.state.store_service``, which answers
    queries, and the settings at ``request.app.state.settings``.
    """
    settings, pages = settings or Settings(), pages or Pages()
    counted = metrics.Metrics()
    store_service = StoreService(store, settings, counted)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await store_service.start()
        try:
            yield
        finally:
            await store_service.close()

    app = Starlette(
        routes=[*_routes(store_service, settings, counted, pages), *extra_routes],
        lifespan=lifespan,
        middleware=[Middleware(SecurityMiddleware, settings=settings, metrics=counted)],
        exception_handlers={PolicygraphError: _say, HTTPException: _say_plain},
    )
    app.state.store_service, app.state.settings, app.state.metrics = (
        store_service,
        settings,
        counted,
    )
    return app


def _routes(
    store_service: StoreService, settings: Settings, counted: metrics.Metrics, pages: Pages
) -> list[BaseRoute]:
    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", "version": __version__, "store": store_service.tag})

    async def count(request: Request) -> Response:
        return Response(counted.text(), media_type=metrics.MEDIA)

    async def describe_api(request: Request) -> Response:
        return JSONResponse(openapi.describe(bundled(), settings))

    async def list_vocabularies(request: Request) -> Response:
        return RedirectResponse("/ontology#vocabularies", 303)

    endpoint = Endpoint(store_service, settings)
    catalogue = Overview(store_service, settings)
    graphs = GraphStore(store_service, settings)
    addresses = Addresses(store_service, settings, pages.thing, pages.ontology)
    named = Named(store_service, settings, bundled(), pages.query, pages.queries)
    return [
        Route("/sparql", endpoint.__call__, methods=["GET", "POST"]),
        Route("/sparql/", endpoint.__call__, methods=["GET", "POST"]),
        Route("/.well-known/void", catalogue.void),
        Route("/service", catalogue.void),
        Route("/catalogue", catalogue.catalogue),
        Route("/store", graphs.__call__, methods=["GET", "PUT", "POST", "DELETE"]),
        Route("/id/{path:path}", addresses.thing),
        Route("/vocabulary", list_vocabularies),
        Route("/vocabulary/", list_vocabularies),
        Route("/vocabulary/{path:path}", addresses.thing),
        Route("/ontology", addresses.ontology),
        Route("/ontology.{extension}", addresses.ontology),
        Route("/openapi.json", describe_api),
        Route("/queries/", named.list),
        Route("/queries", named.list),
        Route("/queries/{name}", named.answer),
        Route("/health", health),
        Route("/metrics", count),
    ]


async def _say(request: Request, error: Exception) -> Response:
    """An error of ours in one line, with the status it carries."""
    status = error.status if isinstance(error, ServiceError) else 500
    headers = error.headers if isinstance(error, ServiceError) else {}
    return PlainTextResponse(f"{' '.join(str(error).split())}\n", status, headers)


async def _say_plain(request: Request, error: Exception) -> Response:
    """What the router says, as one line."""
    assert isinstance(error, HTTPException)
    said = f"{request.method} {request.url.path}: {error.detail.lower()}\n"
    return PlainTextResponse(said, error.status_code, error.headers)
