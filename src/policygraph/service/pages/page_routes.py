"""HTTP handlers that answer with pages for people, and the routes that have nothing but pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from policygraph.errors import ServiceError, ViewError
from policygraph.graph.formats import BY_EXTENSION, Format
from policygraph.graph.sparql.data import Term
from policygraph.ontology.prefixes import expand
from policygraph.queries.catalogue import NamedQuery, bundled
from policygraph.queries.search_index import SearchResult
from policygraph.service.bundled_ontology import bundled_quads
from policygraph.service.http_documents import document, page_document
from policygraph.service.pages import (
    assets,
    home_page,
    page_shell,
    reference_page,
    resource_page,
    sparql_page,
    view_page,
)
from policygraph.service.pages import query_page as named_query_page
from policygraph.service.pages import search_page as _search_page
from policygraph.service.pages.page_reader import PageReader, language_of
from policygraph.service.pages.sparql_access import Row, Select, source
from policygraph.service.resource_description import Thing

KEPT = 64  # networks kept as pages
OWN_POLICY = "frame-ancestors 'none'"  # of a page that says in itself which scripts it runs
_LABELS = frozenset(map(expand, ("rdfs:label", "skos:prefLabel")))


def routes() -> list[Route]:
    """The addresses that are pages only: /, /query, the networks, and the files all pages load."""
    return [
        Route("/", _home_page),
        Route("/query", _sparql_page),
        Route("/views/{name}", _NetworkPages().__call__),
        Route("/assets/{name}", _asset),
        Route(reference_page.FILES + "{name:path}", _ontology_file),
    ]


async def ontology_page(request: Request) -> Response:
    """The page of the ontology."""
    return _html(await run_in_threadpool(reference_page.ontology_page), request, OWN_POLICY)


async def thing_page(request: Request, thing: Thing) -> Response:
    """The page of a vocabulary, or of another thing with its facts."""
    scheme = request.scope["path"].removeprefix("/vocabulary/").removesuffix(".html")
    page = await run_in_threadpool(reference_page.vocabulary_page, scheme)
    if page is not None:
        return _html(page, request, OWN_POLICY)
    facts: list[Row] = [
        {"property": triple.predicate, "value": triple.object}
        for triple in dict.fromkeys(quad.triple for quad in thing.facts)
        if not isinstance(triple.object, ox.Triple)
    ]
    reader = _reader(request)
    labels = _labels_of(thing) | _concept_labels(reader.base, facts)
    return await _render(
        request,
        lambda select: resource_page.resource_page(select, thing, facts, reader, labels),
    )


async def query_page(request: Request, query: NamedQuery, values: dict[str, str]) -> Response:
    """The page of a named query; status 400 where a value is not of its parameter's type."""
    reader = _reader(request)
    page = await _render(
        request,
        lambda select: named_query_page.named_page(select, bundled(), query.name, values, reader),
    )
    if named_query_page.wrong(query, values, reader):
        page.status_code = 400
    return page


def queries_page(request: Request) -> Response:
    """The page that lists the named queries."""
    return _html(home_page.queries_page(bundled(), _reader(request)), request)


def search_page(request: Request, found: SearchResult) -> Response:
    """The page of a search by the parameters of the address."""
    text, kind = (request.query_params.get(name, "") for name in ("q", "kind"))
    return _html(_search_page.search_page(text, kind, found, _reader(request)), request)


async def _home_page(request: Request) -> Response:
    reader = _reader(request)
    page = await _render(request, lambda select: home_page.home_page(select, bundled(), reader))
    return _document(request, page)


async def _sparql_page(request: Request) -> Response:
    page = sparql_page.sparql_page(bundled(), _reader(request))
    return _document(request, _html(page, request, sparql_page.POLICY))


class _NetworkPages:
    """The pages of the networks, the last ones kept while the store stays the same."""

    def __init__(self) -> None:
        self._tag = ""
        self._pages: dict[tuple[str, ...], Response] = {}

    async def __call__(self, request: Request) -> Response:
        name, chosen = request.path_params["name"], request.query_params
        key = (name, *(chosen.get(each, "") for each in view_page.CHOICES), _reader(request).tag)
        tag = request.app.state.store_service.tag
        if self._tag != tag or len(self._pages) == KEPT:
            self._tag, self._pages = tag, {}
        if key not in self._pages:
            self._pages[key] = await self._render(request, name)
        return _document(request, self._pages[key])

    async def _render(self, request: Request, name: str) -> Response:
        reader, chosen = _reader(request), request.query_params
        found = await request.app.state.store_service.select(source("reports"))
        bound = [{k: term for k, term in row.items() if term is not None} for row in found]
        reports = home_page.list_reports(bound)
        documents = view_page.chosen(reports, *(chosen.get(e, "") for e in view_page.CHOICES))
        try:
            if documents is None:
                return _html(view_page.choose_page(name, reports, reader), request)
            return await _render(
                request, lambda select: view_page.network_page(select, name, documents), OWN_POLICY
            )
        except ViewError as error:
            raise ServiceError(404, f"/views/{error}") from error


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    asset = await run_in_threadpool(assets.asset, name)
    if asset is None:
        raise ServiceError(404, f"/assets/{name}: no such file")
    body, media = asset
    return _file_document(request, body, Format(name.rpartition(".")[2], media))


async def _ontology_file(request: Request) -> Response:
    name = request.path_params["name"]
    body = await run_in_threadpool(reference_page.file, name)
    if body is None:
        raise ServiceError(404, f"{reference_page.FILES}{name}: no such file; /ontology lists them")
    return _file_document(request, body, BY_EXTENSION[name.rpartition(".")[2]])


def _file_document(request: Request, body: bytes, form: Format) -> Response:
    return document(request, body, form, request.app.state.store_service.snapshot.modified)


async def _render(
    request: Request, render_page: Callable[[Select], str], policy: str = page_shell.POLICY
) -> Response:
    """A page rendered in a thread; its queries are run by the service's event loop."""
    store_service, loop = request.app.state.store_service, asyncio.get_running_loop()

    def select(
        sparql: str,
        bindings: Mapping[str, Term],
        most: int = 0,
        graphs: Sequence[str] | None = None,
    ) -> Sequence[Mapping[str, Any]]:
        work = store_service.select(sparql, bindings, most=most, named_graphs=graphs)
        future = asyncio.run_coroutine_threadsafe(work, loop)
        rows: Sequence[Mapping[str, Any]] = future.result()
        return rows

    return _html(await run_in_threadpool(render_page, select), request, policy)


def _html(page: str, request: Request, policy: str = page_shell.POLICY) -> Response:
    headers = {
        "Content-Security-Policy": policy,
        "Content-Language": _reader(request).language,
    }
    return HTMLResponse(page, headers=headers)


def _document(request: Request, page: Response) -> Response:
    """A page tagged by its content, answered 304 where the reader has it."""
    return page_document(request, page, request.app.state.store_service.snapshot.modified)


def _reader(request: Request) -> PageReader:
    accepted = request.headers.get("accept-language", "")
    language = language_of(accepted, request.query_params.get("lang", ""))
    return PageReader(language, request.app.state.settings.base)


def _labels_of(thing: Thing) -> dict[str, list[Term]]:
    """The labels of what a thing is linked with, by IRI."""
    labels: dict[str, list[Term]] = {}
    for quad in thing.labels:
        if isinstance(quad.object, ox.Literal):
            labels.setdefault(str(getattr(quad.subject, "value", "")), []).append(quad.object)
    return labels


def _concept_labels(base: str, facts: Sequence[Row]) -> dict[str, list[Term]]:
    """The labels of the bundled concepts among the values of facts, by IRI."""
    quads = bundled_quads(base)
    labels: dict[str, list[Term]] = {}
    for fact in facts:
        for quad in quads.get(getattr(fact["value"], "value", ""), ()):
            if quad.predicate.value in _LABELS and isinstance(quad.object, ox.Literal):
                concept = str(getattr(quad.subject, "value", ""))
                labels.setdefault(concept, []).append(quad.object)
    return labels
