"""The network around things at /network: as a page for people, as JSON for its script and for programs.

``node`` alone answers how a thing is connected, by relation with counts; with ``relation`` its
neighbours by that relation; with ``other`` the statements that connect the two; with ``to`` a
shortest path there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import ServiceError
from policygraph.graph.formats import HTML, JSON
from policygraph.queries import neighbourhood
from policygraph.queries.neighbourhood import Link, Node
from policygraph.queries.stated_passages import Ask
from policygraph.service.http_documents import document, negotiate, page_document
from policygraph.service.pages import page_routes
from policygraph.service.pages.network_page import Starts
from policygraph.service.store_service import StoreService

ROOT = "/network"
_PARAMETERS = ("node", "relation", "other", "to", "document")
_MOST = 2_000  # neighbours of an answer at most
_FIRST = 30  # neighbours where the address does not say how many


class Network:
    """Answers what is around a thing."""

    def __init__(self, store_service: StoreService) -> None:
        self._store_service = store_service
        self._starts: tuple[str, Starts] | None = (
            None  # the state of the store, where to begin in it
        )

    async def answer(self, request: Request) -> Response:
        """The page, or what the parameters ask for as JSON. Raises ServiceError."""
        given = JSON if request.scope["path"] == f"{ROOT}.{JSON.extension}" else None
        form = negotiate(request, given, (JSON, HTML))
        modified = self._store_service.snapshot.modified
        if form == HTML:
            begin = None if request.query_params.get("node") else await self._begin(request)
            page = await page_routes.network_page(request, begin)
            return page_document(request, page, modified)
        asked = {name: request.query_params.get(name, "") for name in _PARAMETERS}
        most = _count(request.query_params.get("most", str(_FIRST)))
        found = await run_in_threadpool(answer, page_routes.select_of(request), asked, most)
        return document(request, json.dumps(found, ensure_ascii=False).encode(), form, modified)

    async def _begin(self, request: Request) -> Starts:
        """Where to begin, in all reports found once for a state of the store."""
        if document := request.query_params.get("document"):
            return await page_routes.network_starts(request, document)
        tag = self._store_service.tag
        if self._starts is None or self._starts[0] != tag:
            self._starts = (tag, await page_routes.network_starts(request))
        return self._starts[1]


def answer(ask: Ask, asked: Mapping[str, str], most: int = _FIRST) -> dict[str, Any]:
    """The JSON for parameters of the address; raises ServiceError where they are not understood."""
    if not asked["node"]:
        raise ServiceError(400, "node=… is missing: the IRI of the thing to start from")
    try:
        if asked["other"]:
            return _evidence(ask, asked["node"], asked["other"])
        if asked["to"]:
            way = neighbourhood.path(ask, asked["node"], asked["to"], asked["document"])
            return _network(ask, way, [asked["node"], asked["to"]])
        found = neighbourhood.links(ask, [asked["node"]], asked["document"])
    except ValueError as error:
        raise ServiceError(400, f"not an IRI: {error}") from error
    if not asked["relation"]:
        return _relations(ask, asked["node"], found)
    chosen = [link for link in found if link.relation == asked["relation"]]
    shown = _network(ask, chosen[:most], [asked["node"]])
    return shown | {"more": max(len(chosen) - most, 0)}


def _relations(ask: Ask, thing: str, found: Sequence[Link]) -> dict[str, Any]:
    """How a thing is connected, by relation."""
    counts: dict[str, list[int]] = {}
    for link in found:
        count = counts.setdefault(link.relation, [0, 0])
        count[0] += 1
        count[1] += link.times
    listed = [
        {"relation": relation, "others": others, "times": times}
        for relation, (others, times) in sorted(counts.items(), key=lambda item: (-item[1][0], item[0]))
    ]  # fmt: skip
    return {"nodes": _described(neighbourhood.nodes(ask, [thing])), "relations": listed}


def _network(ask: Ask, found: Sequence[Link], ends: Sequence[str]) -> dict[str, Any]:
    """Links with the things they join."""
    things = {*ends, *(iri for link in found for iri in (link.source, link.target))}
    return {
        "nodes": _described(neighbourhood.nodes(ask, things)),
        "links": [
            {"source": link.source, "relation": link.relation, "target": link.target}
            | {"times": link.times, "documents": list(link.documents)}
            for link in found
        ],
    }


def _evidence(ask: Ask, one: str, other: str) -> dict[str, Any]:
    """The statements that connect two things."""
    return {
        "statements": [
            {"iri": each.iri, "document": each.document, "title": each.title}
            | {"section": each.section, "words": each.words}
            for each in neighbourhood.evidence(ask, one, other)
        ]
    }


def _described(found: Mapping[str, Node]) -> list[dict[str, Any]]:
    return [
        {"iri": node.iri, "names": dict(node.names), "type": node.kind}
        for node in sorted(found.values(), key=lambda node: node.iri)
    ]


def _count(text: str) -> int:
    """How many neighbours are asked for; raises ServiceError."""
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= _MOST:
        raise ServiceError(400, f"most={text[:20]}: not a number from 1 to {_MOST}")
    return int(text)
