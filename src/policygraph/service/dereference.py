"""Every IRI of this project has an address here: things, the ontology, the vocabularies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import NoStoreError, ServiceError
from policygraph.graph.formats import BY_EXTENSION, GRAPHS, HTML, Format
from policygraph.graph.serialization import serialized
from policygraph.graph.stores import open_store
from policygraph.service import linksets
from policygraph.service.bundled_ontology import CONTEXT, ONTOLOGY, SHAPES, bundled_quads
from policygraph.service.http_documents import (
    alternates,
    document,
    negotiate,
    page_document,
    split_extension,
)
from policygraph.service.pages import page_routes
from policygraph.service.register_description import register_thing
from policygraph.service.resource_description import MOST_INCOMING, Thing, find_thing
from policygraph.service.settings import Settings
from policygraph.service.store_service import StoreService

OFFERS = (*GRAPHS, HTML)
_DOCUMENT = re.compile(r"(.+)id/document/[0-9a-f]{16}")


def find_base(location: Path | str) -> str:
    """The base of the IRIs of the reports in a store; empty where there is no report."""
    with suppress(NoStoreError), open_store(location, read_only=True) as store:
        for name in store.documents():
            if match := _DOCUMENT.fullmatch(name):
                return match[1]
    return ""


class ThingEndpoint:
    """Answers GET on the IRIs of things and concepts, as data or as a page."""

    def __init__(self, store_service: StoreService, settings: Settings) -> None:
        self._store_service, self._settings = store_service, settings

    async def thing(self, request: Request) -> Response:
        """The facts of an IRI from the store or a bundled vocabulary. Raises ServiceError."""
        path, given = split_extension(request.scope["path"], OFFERS)
        form = negotiate(request, given, OFFERS)
        iri = self._settings.base + path.removeprefix("/")
        thing = await self._find(iri, path)
        links = [*alternates(path, OFFERS), f'<{iri}>; rel="describes"']
        links += [f'<{path}.ttl>; rel="describedby"; type="{BY_EXTENSION["ttl"].media}"']
        modified = self._store_service.snapshot.modified
        if form == HTML:
            page = await page_routes.thing_page(request, thing)
            return page_document(request, page, modified, links)
        answer = document(request, thing.write(form), form, modified, links)
        if thing.more:
            answer.headers["X-Policygraph-More-Incoming"] = f"only {MOST_INCOMING} are shown"
        return answer

    async def _find(self, iri: str, path: str) -> Thing:
        try:
            thing = await find_thing(self._store_service, iri)
        except ValueError as error:
            raise ServiceError(404, f"{path}: not the address of a thing") from error
        if not thing.facts:
            thing = register_thing(self._settings.base, iri) or thing
        known = bundled_quads(self._settings.base).get(iri, ())
        thing = replace(thing, facts=(*thing.facts, *known))
        if not thing:
            raise ServiceError(404, f"{path}: nothing is known of <{iri}>")
        return thing

    async def linkset(self, request: Request) -> Response:
        """A set of links to the data of others. Raises ServiceError."""
        path, given = split_extension(request.scope["path"], GRAPHS)
        form = negotiate(request, given, GRAPHS)
        found = linksets.links(path.rpartition("/")[2], self._settings.base)
        if not found:
            names = ", ".join(each.name for each in linksets.LINKSETS)
            raise ServiceError(404, f"{path}: no such set of links; there are: {names}")
        modified = ONTOLOGY.stat().st_mtime
        return document(request, serialized(found, form), form, modified, alternates(path, GRAPHS))

    async def ontology(self, request: Request) -> Response:
        """The ontology as one document: every pg: term is a fragment of it. Raises ServiceError."""
        _, given = split_extension(request.scope["path"], OFFERS)
        if negotiate(request, given, OFFERS) != HTML:
            return _file(request, ONTOLOGY, OFFERS)
        page = await page_routes.ontology_page(request)
        links = alternates("/ontology", OFFERS)
        return page_document(request, page, ONTOLOGY.stat().st_mtime, links)

    async def shapes(self, request: Request) -> Response:
        """The SHACL shapes as one document. Raises ServiceError."""
        return _file(request, SHAPES, GRAPHS)

    async def context(self, request: Request) -> Response:
        """The JSON-LD context that JSON-LD is written in here."""
        form = BY_EXTENSION["jsonld"]
        return document(request, CONTEXT.read_bytes(), form, CONTEXT.stat().st_mtime)


def _file(request: Request, file: Path, offers: Sequence[Format]) -> Response:
    """A bundled Turtle file in the format that is asked for. Raises ServiceError."""
    path, given = split_extension(request.scope["path"], offers)
    form = negotiate(request, given, offers)
    body = file.read_bytes()
    if form.extension != "ttl":
        body = serialized(ox.parse(body, ox.RdfFormat.TURTLE), form)
    return document(request, body, form, file.stat().st_mtime, alternates(path, offers))
