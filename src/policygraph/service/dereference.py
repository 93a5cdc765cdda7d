"""Every IRI of ours has an address here: things, the ontology, the vocabularies."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from policygraph import ontology
from policygraph.errors import NoStoreError, ServiceError
from policygraph.graph.stores import open_store
from policygraph.ontology.iris import Minter
from policygraph.service.describe import Thing, find_thing
from policygraph.service.http_documents import (
    alternates,
    document,
    negotiate,
    page,
    split_extension,
)
from policygraph.service.media_types import GRAPHS, HTML, Format
from policygraph.service.settings import Settings
from policygraph.service.store_service import StoreService

ThingPage = Callable[[Request, Thing], Awaitable[Response]]
OntologyPage = Callable[[Request], Awaitable[Response]]
_DOCUMENT = re.compile(r"(.+)id/document/[0-9a-f]{16}")
_ROOM = Path(ontology.__file__).parent


def find_base(store: Path | str) -> str:
    """What the IRIs of the reports in a store start with; empty where there is no report."""
    with suppress(NoStoreError), open_store(store, read_only=True) as held:
        for name in held.graphs():
            if match := _DOCUMENT.fullmatch(name):
                return match[1]
    return ""


class Addresses:
    """Answers GET on the IRIs of things and concepts, with a page where one is handed in."""

    def __init__(
        self,
        store_service: StoreService,
        settings: Settings,
        page: ThingPage | None,
        ontology_page: OntologyPage | None = None,
    ) -> None:
        self._keeper, self._settings, self._page = store_service, settings, page
        self._ontology_page = ontology_page
        self._offers: tuple[Format, ...] = (*GRAPHS, HTML) if page else GRAPHS

    async def thing(self, request: Request) -> Response:
        """What the store, or a bundled vocabulary, says of an IRI. Raises ServiceError."""
        path, given = split_extension(request.scope["path"], self._offers)
        form = negotiate(request, given, self._offers)
        iri = self._settings.base + path.removeprefix("/")
        thing = await self._find(iri, path)
        links = [*alternates(path, self._offers), f'<{iri}>; rel="describes"']
        links += [f'<{path}.ttl>; rel="describedby"; type="text/turtle"']
        modified = self._keeper.snapshot.modified
        if form == HTML and self._page:
            return await page(request, self._page(request, thing), modified, links)
        answer = document(request, thing.write(form), form, modified, links)
        if thing.more:
            answer.headers["X-Policygraph-More-Incoming"] = f"only {len(thing.incoming)} are shown"
        return answer

    async def _find(self, iri: str, path: str) -> Thing:
        try:
            thing = await find_thing(self._keeper, iri)
        except ValueError as error:
            raise ServiceError(404, f"{path}: is no address of a thing") from error
        known = bundled(self._settings.base).get(iri, ())
        thing = Thing(iri, (*thing.facts, *known), thing.incoming, thing.labels, thing.more)
        if not thing:
            raise ServiceError(404, f"{path}: nothing is known of <{iri}>")
        return thing

    async def ontology(self, request: Request) -> Response:
        """The ontology as one document: every pg: term is a fragment of it. Raises ServiceError."""
        offers = (*GRAPHS, HTML) if self._ontology_page else GRAPHS
        path, given = split_extension(request.scope["path"], offers)
        form = negotiate(request, given, offers)
        file = _ROOM / "policygraph.ttl"
        links = alternates(path, offers)
        if form == HTML and self._ontology_page:
            return await page(request, self._ontology_page(request), file.stat().st_mtime, links)
        body = file.read_bytes()
        if form.extension != "ttl":
            triples = ox.parse(body, ox.RdfFormat.TURTLE)
            body = ox.serialize(triples, None, form.graph) or b""
        return document(request, body, form, file.stat().st_mtime, links)


@cache
def bundled(base: str) -> dict[str, tuple[ox.Quad, ...]]:
    """IRI → what the bundled vocabularies say of it, under one base."""
    minter = Minter(base)

    def here(term: ox.NamedNode) -> ox.NamedNode:
        return ox.NamedNode(minter.rebased(term.value))

    found: dict[str, list[ox.Quad]] = {}
    for file in sorted((_ROOM / "vocabularies").glob("*.ttl")):
        for quad in ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode):
                subject = here(quad.subject)
                value = quad.object
                value = here(value) if isinstance(value, ox.NamedNode) else value
                graph = ox.NamedNode(minter.scheme(file.stem))
                made = ox.Quad(subject, quad.predicate, value, graph)
                found.setdefault(subject.value, []).append(made)
    return {iri: tuple(quads) for iri, quads in found.items()}
