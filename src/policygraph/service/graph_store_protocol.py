"""The SPARQL 1.1 Graph Store HTTP Protocol: one graph read, replaced, added to or removed."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import ServiceError
from policygraph.graph.formats import GRAPHS, TRIPLES
from policygraph.ontology.iris import Minter, is_absolute_iri
from policygraph.service import named_graphs
from policygraph.service.http_documents import negotiate
from policygraph.service.http_requests import endpoint_of, read_body
from policygraph.service.settings import Settings
from policygraph.service.sparql_protocol import read_form
from policygraph.service.store_service import StoreService
from policygraph.service.streaming import send_run
from policygraph.service.write_permission import permit

_WRITES = {"PUT": "put", "POST": "post", "DELETE": "delete"}


class GraphStore:
    """Answers at one address; ?graph=IRI or ?default says which graph is meant."""

    def __init__(self, store_service: StoreService, settings: Settings) -> None:
        self._store_service, self._settings = store_service, settings

    async def __call__(self, request: Request) -> Response:
        """Read or write one graph. Raises ServiceError."""
        graph = _graph(request)
        if request.method in _WRITES:
            return await self._write(request, graph)
        form = negotiate(request, None, GRAPHS)
        run = self._store_service.dump(graph, form)
        answer = await send_run(run, request, self._settings)
        answer.headers["Vary"] = "Accept"
        return answer

    async def _write(self, request: Request, graph: str) -> Response:
        permit(request, self._settings)
        if graph == Minter(self._settings.base).service():
            raise named_graphs.is_ours(graph)
        job: dict[str, Any] = {"do": _WRITES[request.method], "graph": graph}
        if request.method != "DELETE":
            media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            form = next((f for f in TRIPLES if media in (f.media, *f.aliases[:1])), None)
            if form is None:
                taken = ", ".join(f.media for f in TRIPLES)
                raise ServiceError(415, f"Content-Type {media or 'is missing'}: send {taken}")
            body = await read_body(request, self._settings.limits.upload)
            job |= {"form": form.extension, "base": endpoint_of(request)}
            try:
                job["data"] = body.decode("utf-8")
            except UnicodeDecodeError as error:
                raise ServiceError(400, f"the body is not UTF-8 at byte {error.start}") from error
        written = await self._store_service.write(job)
        return Response(status_code=201 if written.get("new") else 204)


def _graph(request: Request) -> str:
    """The graph a request is about, empty for the default graph. Raises ServiceError."""
    pairs = read_form(request.scope["query_string"], "the address")
    found = [(name, value) for name, value in pairs if name in ("graph", "default")]
    if len(found) != 1:
        raise ServiceError(400, "say which graph is meant by one of: ?graph=IRI, ?default")
    name, value = found[0]
    if name == "default":
        return ""
    if not is_absolute_iri(value):
        raise ServiceError(400, f"graph={value[:200]}: not an absolute IRI")
    return value
