"""The addresses below /reconcile: manifest, batches, suggestions, previews, values."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from policygraph.errors import ServiceError
from policygraph.graph.reconciliation.entity_schema import both, properties, types
from policygraph.ontology.prefixes import PREFIXES
from policygraph.service.http_requests import read_body
from policygraph.service.reconciliation import extension, preview
from policygraph.service.reconciliation.manifest import ROOT, manifest
from policygraph.service.reconciliation.matches import Match
from policygraph.service.reconciliation.questions import (
    Question,
    read_batch,
    read_fetch,
    read_single,
)
from policygraph.service.reconciliation.reconciler import Reconciler, listed
from policygraph.service.search import Search
from policygraph.service.settings import Settings
from policygraph.service.sparql_protocol import FORM, read_form
from policygraph.service.store_service import StoreService

_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST_CALLBACK = 100
_JOBS = ("queries", "query", "extend")
_MOST_PROPOSED = 100

Parameters = dict[str, str]


class Reconciliation:
    """Answers the reconciliation API for one store and the register."""

    def __init__(self, store_service: StoreService, search: Search, settings: Settings) -> None:
        self._store, self._settings = store_service, settings
        self._reconciler = Reconciler(store_service, search, settings)

    def routes(self) -> list[Route]:
        """The addresses."""
        both_ways = ["GET", "POST"]
        return [
            Route(ROOT, self.answer, methods=both_ways),
            Route(f"{ROOT}/", self.answer, methods=both_ways),
            Route(f"{ROOT}/suggest/entity", self.suggest_entity),
            Route(f"{ROOT}/suggest/type", self.suggest_type),
            Route(f"{ROOT}/suggest/property", self.suggest_property),
            Route(f"{ROOT}/flyout/{{kind:str}}", self.flyout),
            Route(f"{ROOT}/preview", self.preview),
            Route(f"{ROOT}/properties", self.propose),
        ]

    async def answer(self, request: Request) -> Response:
        """A batch of names, of values, or the manifest where nothing is asked. Raises ServiceError."""
        asked = await self._parameters(request)
        given = [name for name in _JOBS if asked.get(name, "").strip()]
        if len(given) > 1:
            raise ServiceError(400, f"send one of {', '.join(_JOBS)}; this request has {' and '.join(given)}")  # fmt: skip
        if not given:
            if request.method == "POST" or any(name in asked for name in _JOBS):
                raise ServiceError(400, f"send {', '.join(_JOBS[:-1])} or {_JOBS[-1]}")
            return _json(manifest(_address(request), self._settings.base), asked)
        (job,) = given
        if job == "extend":
            fetch = read_fetch(asked[job])
            found = await extension.answer(
                fetch, self._reconciler, self._store, self._settings.base
            )
            return _json(found, asked)
        if job == "query":
            answers = await self._answers({"": read_single(asked[job])})
            return _json(answers[""], asked)
        return _json(await self._answers(read_batch(asked[job])), asked)

    async def _answers(self, questions: dict[str, Question]) -> dict[str, Any]:
        found = await self._reconciler.candidates(questions)
        return {key: {"result": [m.candidate() for m in found[key]]} for key in questions}

    async def suggest_entity(self, request: Request) -> Response:
        """The entities a person who types may mean. Raises ServiceError."""
        asked = await self._parameters(request)
        wanted = asked.get("type", "").removeprefix(PREFIXES["pg"])
        found = await self._reconciler.suggestions(
            asked.get("prefix", "")[:200], (wanted,) if wanted else (), _cursor(asked)
        )
        return _json({"result": [match.suggestion() for match in found]}, asked)

    async def suggest_type(self, request: Request) -> Response:
        """The types whose name holds what is typed. Raises ServiceError."""
        asked = await self._parameters(request)
        return _json({"result": listed(types(), asked.get("prefix", ""), _cursor(asked))}, asked)

    async def suggest_property(self, request: Request) -> Response:
        """The properties one can ask by whose name holds what is typed. Raises ServiceError."""
        asked = await self._parameters(request)
        wanted = asked.get("type", "").removeprefix(PREFIXES["pg"])
        known = {
            name: each
            for name, each in properties().items()
            if each.asked and (not wanted or not each.types or wanted in each.types)
        }
        return _json({"result": listed(known, asked.get("prefix", ""), _cursor(asked))}, asked)

    async def propose(self, request: Request) -> Response:
        """The properties of a type whose values can be fetched. Raises ServiceError."""
        asked = await self._parameters(request)
        name = asked.get("type", "").removeprefix(PREFIXES["pg"])
        most = _whole(asked, "limit", _MOST_PROPOSED)
        found = [
            {"id": each.id, "name": both(each.label), "description": both(each.comment)}
            for each in properties().values()
            if each.fetched and (not name or not each.types or name in each.types)
        ]
        answer: dict[str, Any] = {"properties": found[:most], "limit": most}
        return _json(answer | ({"type": name} if name else {}), asked)

    async def preview(self, request: Request) -> Response:
        """A small page of one entity. Raises ServiceError."""
        entity, address = await self._entity(request)
        page = preview.page(entity, address)
        return HTMLResponse(page, headers={"Content-Security-Policy": preview.POLICY})

    async def flyout(self, request: Request) -> Response:
        """A small part of a page of an entity, a type or a property. Raises ServiceError."""
        asked, kind = await self._parameters(request), request.path_params["kind"]
        if kind in ("type", "property"):
            part = preview.of_schema(kind, asked.get("id", ""))
            if part is None:
                raise ServiceError(404, f"{asked.get('id', '')[:80]}: no such {kind}")
        elif kind == "entity":
            part = preview.part(*await self._entity(request))
        else:
            raise ServiceError(404, f"{request.url.path}: no such address")
        return _json({"id": asked.get("id", ""), "html": part}, asked)

    async def _entity(self, request: Request) -> tuple[Match, str]:
        """The entity the address names by id, and where its page is. Raises ServiceError."""
        name = (await self._parameters(request)).get("id", "")
        entity = await self._reconciler.entity(name) if name else None
        if entity is None:
            raise ServiceError(404, f"{name[:200]}: no such entity")
        return entity, f"{_address(request)}/{quote(entity.id)}"

    async def _parameters(self, request: Request) -> Parameters:
        """The parameters of the address and of a form. Raises ServiceError."""
        pairs = read_form(request.scope["query_string"], "the address")
        if request.method == "POST":
            media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media != FORM:
                raise ServiceError(415, f"Content-Type {media[:80]}: send {FORM}")
            body = await read_body(request, self._settings.limits.body)
            pairs = [*pairs, *read_form(body, "the body")]
        asked = dict(pairs)
        if len(asked) < len(pairs):
            raise ServiceError(400, "a parameter is given more than once")
        callback = asked.get("callback", "")
        if callback and (len(callback) > _LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback)):
            raise ServiceError(400, "callback: is not the name of a function")
        return asked


def _cursor(asked: Parameters) -> int:
    return _whole(asked, "cursor", 0)


def _whole(asked: Parameters, name: str, default: int) -> int:
    """A whole number among the parameters; raises ServiceError."""
    text = asked.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ServiceError(400, f"{name}: a whole number is needed")
    return int(text)


def _address(request: Request) -> str:
    """Where the service is reached: https://example.org."""
    return f"{request.url.scheme}://{request.url.netloc}"


def _json(answer: dict[str, Any], asked: Parameters) -> Response:
    """An answer as JSON, or as a call of the function a client of version 0.1 names."""
    text = json.dumps(answer, ensure_ascii=False)
    headers = {"Cache-Control": "no-cache"}
    if callback := asked.get("callback", ""):
        # The comment keeps what follows from being read as anything but a script.
        script = f"/**/{callback}({text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')});"
        return Response(script, media_type="application/javascript", headers=headers)
    return Response(text, media_type="application/json", headers=headers)
