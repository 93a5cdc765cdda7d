"""HTTP handlers that answer with pages for people, and the routes that have nothing but pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
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
from policygraph.queries import neighbourhood
from policygraph.queries.arithmetic import derivations
from policygraph.queries.catalogue import NamedQuery, bundled
from policygraph.queries.comparison import Comparison
from policygraph.queries.heat_table import HeatTable
from policygraph.queries.search_index import FACETS, SearchIndex, SearchResult
from policygraph.queries.stated_passages import Report
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
from policygraph.service.pages import catalogue_page as _catalogue_page
from policygraph.service.pages import compare_page as _compare_page
from policygraph.service.pages import derive_page as _derive_page
from policygraph.service.pages import error_page as _error_page
from policygraph.service.pages import map_page as _map_page
from policygraph.service.pages import network_page as _network_page
from policygraph.service.pages import queries_page as _queries_page
from policygraph.service.pages import query_page as named_query_page
from policygraph.service.pages import search_page as _search_page
from policygraph.service.pages.derive_page import Tray
from policygraph.service.pages.map_page import Asked, MapContent
from policygraph.service.pages.network_page import Neighbourhood, Starts
from policygraph.service.pages.page_reader import PageReader, language_of
from policygraph.service.pages.report_list import list_reports
from policygraph.service.pages.sparql_access import Row, Select, rows, source, text
from policygraph.service.pages.table_view import TableView
from policygraph.service.pages.tray import TRAY, references, with_tray
from policygraph.service.resource_description import Thing
from policygraph.service.reverse_proxy import prefix_of

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
        lambda select: resource_page.resource_page(
            select, thing, facts, reader, labels, _saying(request)
        ),
    )


def _saying(request: Request) -> resource_page.Saying:
    """The reports whose texts have some words, where the search index of the store as it is has been made."""

    def saying(words: str) -> frozenset[str] | None:
        index = SearchIndex.fresh(request.app.state.store_service.location)
        if index is None:
            return None
        with index:
            return index.reports_saying(words)

    return saying


async def query_page(request: Request, query: NamedQuery, values: dict[str, str]) -> Response:
    """The page of a named query; status 400 where a value is not of its parameter's type."""
    reader, view = _reader(request), TableView.of(request.query_params.multi_items())
    page = await _render(
        request,
        lambda select: named_query_page.named_page(
            select, bundled(), query.name, values, reader, view
        ),
    )
    if named_query_page.wrong(query, values, reader):
        page.status_code = 400
    return page


def queries_page(request: Request) -> Response:
    """The page that lists the named queries."""
    return _html(_queries_page.queries_page(bundled(), _reader(request)), request)


def search_page(request: Request, found: SearchResult) -> Response:
    """The page of a search by the parameters of the address."""
    asked = request.query_params
    only = {name: asked[name] for name in ("kind", *FACETS) if asked.get(name)}
    page = _search_page.search_page(asked.get("q", ""), only, found, _reader(request))
    return _html(page, request)


async def network_page(request: Request, begin: Starts | None) -> Response:
    """The page of the network around the thing of the address, else of where to begin. Raises ServiceError."""
    reader, node = _reader(request), request.query_params.get("node", "")
    report = request.query_params.get("document", "")
    question = request.query_params.get("question", "")

    def draw(select: Select) -> str:
        reports = neighbourhood.nodes(
            select, (text(row, "document") for row in rows(select, "reports"))
        )
        around = _network_page.around(select, node, report) if node else Neighbourhood()
        return _network_page.network_page(
            around, begin or Starts(), list(reports.values()), reader, question, report
        )

    try:
        return await _render(request, draw, _network_page.POLICY)
    except ValueError as error:
        raise ServiceError(400, f"node: not an IRI: {error}") from error


async def map_content(request: Request) -> tuple[Asked, MapContent]:
    """What the address asks the map for, and what it shows. Raises ServiceError."""
    given = request.query_params
    asked = Asked(*(given.get(name, "") for name in ("indicator", "document", "level", "kind")))
    try:
        return asked, await run_in_threadpool(_map_page.content, select_of(request), asked)
    except ValueError as error:
        raise ServiceError(400, f"not an IRI: {error}") from error


def map_page(request: Request, asked: Asked, found: MapContent) -> Response:
    """The page of the map."""
    return _html(_map_page.map_page(found, asked, _reader(request)), request)


def map_rows(request: Request, found: MapContent) -> ox.QuerySolutions:
    """The places of the map as rows, named in the reader's language."""
    return found.solutions(_reader(request))


async def network_starts(request: Request, document: str = "") -> Starts:
    """Where a walk through the network may begin, in one report or all. Raises ServiceError."""
    return await run_in_threadpool(_network_page.starts, select_of(request), document)


def derive_page(request: Request, tray: Tray, operation: str) -> Response:
    """The page of a tray and of what an operation, or each of them, makes of it."""
    made = [found for found in derivations(tray.figures) if operation in ("", found.operation)]
    return _html(_derive_page.derive_page(tray, made, _reader(request), operation), request)


def compare_page(
    request: Request, names: Sequence[str], found: Comparison, sort: tuple[str, bool]
) -> Response:
    """The page of an indicator over reports."""
    return _html(_compare_page.compare_page(names, found, sort, _reader(request)), request)


def heat_page(request: Request, found: HeatTable, known: Sequence[Report], total: int) -> Response:
    """The page of indicators × reports, these of so many."""
    return _html(_compare_page.heat_page(found, known, total, _reader(request)), request)


def tray_address(request: Request, references: Sequence[str]) -> str:
    """The address of a tray with these figures, for the reader of a request; redirects get the prefix later."""
    return with_tray(replace(_reader(request), prefix=""), references)


async def catalogue_page(request: Request) -> Response:
    """The page of the catalogue."""
    reader, settings = _reader(request), request.app.state.settings
    return await _render(
        request, lambda select: _catalogue_page.catalogue_page(select, settings, reader)
    )


def error_page(request: Request, status: int, message: str, headers: Mapping[str, str]) -> Response:
    """The page of a request that cannot be answered."""
    page = _error_page.error_page(status, message, request.url.path, _reader(request))
    response = _html(page, request)
    response.status_code = status
    response.headers.update(headers)
    return response


async def _home_page(request: Request) -> Response:
    request.app.state.search.prepare()
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
        key = (
            name,
            *(chosen.get(each, "") for each in view_page.CHOICES),
            _reader(request).tag,
            prefix_of(request),
        )
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
        reports = list_reports(bound)
        documents = view_page.chosen(reports, *(chosen.get(e, "") for e in view_page.CHOICES))
        try:
            if documents is None:
                return _html(view_page.choose_page(name, reports, reader), request)
            return await _render(
                request,
                lambda select: view_page.network_page(select, name, documents, reader.path("/")),
                OWN_POLICY,
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
    return _html(await run_in_threadpool(render_page, select_of(request)), request, policy)


def select_of(request: Request) -> Select:
    """What answers a SELECT in a thread; the query is run by the service's event loop."""
    store_service, loop = request.app.state.store_service, asyncio.get_running_loop()

    def select(
        sparql: str,
        bindings: Mapping[str, Term],
        most: int = 0,
        graphs: Sequence[str] | None = None,
    ) -> Sequence[Mapping[str, Any]]:
        work = store_service.select(sparql, bindings, most=most, named_graphs=graphs)
        future = asyncio.run_coroutine_threadsafe(work, loop)
        found: Sequence[Mapping[str, Any]] = future.result()
        return found

    return select


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
    kept = references(request.query_params.getlist(TRAY))
    return PageReader(language, request.app.state.settings.base, kept, prefix_of(request))


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
