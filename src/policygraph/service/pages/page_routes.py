"""The pages as the service takes them: handlers that ask its store_service, and routes of their own."""

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
from policygraph.graph.sparql.data import Term
from policygraph.ontology.prefixes import expand
from policygraph.queries.catalogue import NamedQuery, bundled
from policygraph.service import dereference
from policygraph.service.app import Pages
from policygraph.service.describe import Thing
from policygraph.service.http_documents import document
from policygraph.service.media_types import HTML, Format
from policygraph.service.pages import (
    assets,
    home_page,
    page_shell,
    query_page,
    reference_page,
    resource_page,
    sparql_page,
)
from policygraph.service.pages.reader import Reader, language_of
from policygraph.service.pages.sparql_access import Ask, Row
from policygraph.viz.network_page import render
from policygraph.viz.views import view

OWN_POLICY = "frame-ancestors 'none'"  # of a page that says in itself which scripts it runs
_LABELS = frozenset(map(expand, ("rdfs:label", "skos:prefLabel")))


def pages() -> Pages:
    """The pages of things, the ontology and the named queries, as the service takes them."""
    return Pages(thing=_thing, ontology=_ontology, query=_query, queries=_queries)


def routes() -> list[Route]:
    """The addresses that are pages only: /, /query, the networks, and what all of them load."""
    return [
        Route("/", _home),
        Route("/query", _sparql),
        Route("/views/{name}", _Views().__call__),
        Route("/assets/{name}", _asset),
        Route(reference_page.FILES + "{name:path}", _file),
    ]


async def _ontology(request: Request) -> Response:
    return _html(await run_in_threadpool(reference_page.ontology_page), request, OWN_POLICY)


async def _thing(request: Request, thing: Thing) -> Response:
    scheme = request.scope["path"].removeprefix("/vocabulary/").removesuffix(".html")
    whole = await run_in_threadpool(reference_page.vocabulary_page, scheme)
    if whole is not None:
        return _html(whole, request, OWN_POLICY)
    known: list[Row] = [
        {"property": held.predicate, "value": held.object}
        for held in dict.fromkeys(quad.triple for quad in thing.facts)
        if not isinstance(held.object, ox.Triple)
    ]
    reader = _reader(request)
    labels = _concepts(reader.base, known)
    return await _made(
        request, lambda ask: resource_page.resource_page(ask, thing.iri, known, reader, labels)
    )


async def _query(request: Request, held: NamedQuery, values: dict[str, str]) -> Response:
    reader = _reader(request)
    made = await _made(
        request, lambda ask: query_page.named_page(ask, bundled(), held.name, values, reader)
    )
    if query_page.wrong(held, values, reader):
        made.status_code = 400
    return made


async def _queries(request: Request) -> Response:
    return _html(home_page.queries_page(bundled(), _reader(request)), request)


async def _home(request: Request) -> Response:
    reader = _reader(request)
    made = await _made(request, lambda ask: home_page.home_page(ask, bundled(), reader))
    return _document(request, made)


async def _sparql(request: Request) -> Response:
    page = sparql_page.sparql_page(bundled(), _reader(request))
    return _document(request, _html(page, request, sparql_page.POLICY))


class _Views:
    """The networks, each laid out once for a state of the store."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, Response]] = {}

    async def __call__(self, request: Request) -> Response:
        name, tag = request.path_params["name"], request.app.state.store_service.tag
        if self._made.get(name, ("",))[0] != tag:
            self._made[name] = (tag, await self._make(request, name))
        return _document(request, self._made[name][1])

    async def _make(self, request: Request, name: str) -> Response:
        def make(ask: Ask) -> str:
            return render(view(name, lambda sparql: [_plain(row) for row in ask(sparql, {})]), "/")

        try:
            return await _made(request, make, OWN_POLICY)
        except ViewError as error:
            raise ServiceError(404, f"/views/{error}") from error


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    found = await run_in_threadpool(assets.asset, name)
    if found is None:
        raise ServiceError(404, f"/assets/{name}: no such file; the pages have all they need")
    body, media = found
    modified = request.app.state.store_service.snapshot.modified
    return document(request, body, Format(name.rpartition(".")[2], media), modified)


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    body = await run_in_threadpool(reference_page.file, name)
    if body is None:
        raise ServiceError(404, f"{reference_page.FILES}{name}: no such file; /ontology lists them")
    extension = name.rpartition(".")[2]
    modified = request.app.state.store_service.snapshot.modified
    return document(request, body, Format(extension, reference_page.MEDIA[extension]), modified)


async def _made(
    request: Request, make: Callable[[Ask], str], policy: str = page_shell.POLICY
) -> Response:
    """A page made in a thread, which waits for the answers that the service's loop brings."""
    store_service, loop = request.app.state.store_service, asyncio.get_running_loop()

    def ask(
        sparql: str, bindings: Mapping[str, Term], most: int = 0
    ) -> Sequence[Mapping[str, Any]]:
        work = store_service.select(sparql, bindings, most=most)
        asked = asyncio.run_coroutine_threadsafe(work, loop)
        answer: Sequence[Mapping[str, Any]] = asked.result()
        return answer

    return _html(await run_in_threadpool(make, ask), request, policy)


def _html(page: str, request: Request, policy: str = page_shell.POLICY) -> Response:
    headers = {
        "Content-Security-Policy": policy,
        "Content-Language": _reader(request).language,
    }
    return HTMLResponse(page, headers=headers)


def _document(request: Request, made: Response) -> Response:
    """A page of ours tagged by its content, answered 304 where the reader has it."""
    modified = request.app.state.store_service.snapshot.modified
    held = document(request, bytes(made.body), HTML, modified)
    for name in ("content-security-policy", "content-language"):
        held.headers[name] = made.headers[name]
    return held


def _reader(request: Request) -> Reader:
    accepted = request.headers.get("accept-language", "")
    language = language_of(accepted, request.query_params.get("lang", ""))
    return Reader(language, request.app.state.settings.base)


def _plain(row: Mapping[str, Term | None]) -> dict[str, str | None]:
    return {name: getattr(term, "value", None) for name, term in row.items()}


def _concepts(base: str, known: Sequence[Row]) -> dict[str, list[Term]]:
    """The labels of bundled concepts that a thing points at."""
    held = dereference.bundled(base)
    found: dict[str, list[Term]] = {}
    for quad in (q for row in known for q in held.get(getattr(row["value"], "value", ""), ())):
        if quad.predicate.value in _LABELS and isinstance(quad.object, ox.Literal):
            found.setdefault(str(getattr(quad.subject, "value", "")), []).append(quad.object)
    return found
