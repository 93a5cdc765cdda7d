"""The OpenAPI 3.1 description of the service, generated from the catalogue of named queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from policygraph.graph.formats import GRAPHS, HTML, ROWS, Format
from policygraph.graph.sparql.tokens import tokens
from policygraph.queries.arithmetic import OPERATIONS
from policygraph.queries.catalogue import Catalogue, NamedQuery, Parameter
from policygraph.queries.comparison import SLOTS
from policygraph.queries.search_index import FACETS
from policygraph.service import request_analysis
from policygraph.service.settings import Settings
from policygraph.version import __version__

Json = dict[str, Any]
_PLAIN = {"text/plain": {"schema": {"type": "string"}}}
_REFUSALS = {
    400: "The request is not understood; the reason in one line.",
    401: "Writing needs the token of this service.",
    403: "Not allowed here; the reason in one line.",
    404: "There is no such thing.",
    405: "The address does not take this method.",
    406: "None of the requested formats is available.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The media type of the body is not understood.",
    502: "An address the request fetches by SERVICE or LOAD gave no answer of use.",
    503: "Too much at once, or the query took too long; see Retry-After.",
}
_ALWAYS = (405, 414)
_TYPES: Mapping[str, Json] = {
    "iri": {"type": "string", "format": "iri"},
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
}
_RESULTS: Json = {
    "type": "object",
    "required": ["head"],
    "properties": {
        "head": {"type": "object"},
        "results": {"type": "object", "required": ["bindings"]},
        "boolean": {"type": "boolean"},
    },
}
_LISTED: Json = {"type": "object", "required": ["queries"]}


def describe(catalogue: Catalogue, settings: Settings, prefix: str = "") -> Json:
    """The whole description as JSON; ``prefix`` is the path the service stands under."""
    paths: Json = {
        "/queries/": {"get": _get("The named queries", {"application/json": _LISTED}, 406)},
        "/catalogue": {
            "get": _get("The reports as a DCAT catalogue", _media((*GRAPHS, HTML)), 406, 503)
        },
        "/shapes": {"get": _get("The SHACL shapes", _media(GRAPHS), 406)},
        "/.well-known/void": {"get": _get("Counts of the data (VoID)", _media(GRAPHS), 406, 503)},
        "/sparql": _sparql(settings),
        "/store": {"get": _store()},
        "/id/{path}": {"get": _thing()},
        "/search": {"get": _search()},
        "/network": {"get": _network()},
        "/map": {"get": _map()},
        "/compare": {"get": _compare()},
        "/derive": {"get": _derive()},
        **_reconciliation(),
        "/health": {"get": _get("Whether the service answers", {"application/json": {}})},
        "/metrics": {"get": _get("Counters for Prometheus", {"text/plain": {}})},
    }
    for query in catalogue:
        paths |= _named(query)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "policygraph",
            "version": __version__,
            "summary": "Government work reports as a graph: named queries, SPARQL, things",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": prefix or "/"}],
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _search() -> Json:
    """Full-text search; the same with the extension of a format is answered too."""
    texts = [
        {"name": name, "in": "query", "required": name == "q", "schema": {"type": "string"}}
        for name in ("q", "kind", *FACETS)
    ]
    found = _get("Names, statements and sentences that hold a text", _media(ROWS), 400, 406, 503)
    return found | {"parameters": texts}


def _compare() -> Json:
    """An indicator over reports; the same with the extension of a format is answered too."""
    names = {"type": "array", "items": _TYPES["string"], "minItems": 1}
    parameters = [
        {"name": "indicator", "in": "query", "required": True, "explode": True, "schema": names},
        {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["", *SLOTS]}},
        {"name": "planned", "in": "query", "schema": _TYPES["string"]},
    ]
    summary = "The figures of an indicator in every report, and the reports that lack it"
    return _get(summary, _media(ROWS), 400, 406, 503) | {"parameters": parameters}


def _derive() -> Json:
    """What follows from stated figures; the same with the extension of a format is answered too."""
    parameters = [
        {"name": "tray", "in": "query", "schema": _TYPES["string"]},
        {"name": "add", "in": "query", "schema": _TYPES["string"]},
        {
            "name": "operation",
            "in": "query",
            "schema": {"type": "string", "enum": ["", *OPERATIONS]},
        },
    ]
    summary = "What follows from stated figures, with its interval and what makes it doubtful"
    return _get(summary, _media(ROWS), 400, 406, 503) | {"parameters": parameters}


def _map() -> Json:
    """Areas with their points; the same with the extension of a format is answered too."""
    given = {"indicator": _TYPES["iri"], "document": _TYPES["iri"]} | dict.fromkeys(
        ("level", "kind"), _TYPES["string"]
    )
    found = _get("Areas with points, how often named or what is stated of an indicator", _media(ROWS), 400, 406, 503)  # fmt: skip
    return found | {
        "parameters": [{"name": name, "in": "query", "schema": s} for name, s in given.items()]
    }


def _network() -> Json:
    """What is around a thing in the network; /network.json answers the same."""
    parameters = [
        {"name": name, "in": "query", "required": name == "node", "schema": schema}
        for name, schema in (
            ("node", _TYPES["iri"]),
            ("relation", _TYPES["string"]),
            ("other", _TYPES["iri"]),
            ("to", _TYPES["iri"]),
            ("document", _TYPES["iri"]),
            ("most", {"type": "integer", "minimum": 1, "maximum": 2000}),
        )
    ]
    summary = "How a thing is connected; its neighbours by a relation; what connects it with another; a path"
    found = _get(summary, {"application/json": {}}, 400, 406, 503)
    return found | {"parameters": parameters}


def _reconciliation() -> Json:
    """The Reconciliation API, whose answers its own schemas describe."""

    def asked(
        summary: str, *names: str, media: str = "application/json", missing: int = 400
    ) -> Json:
        given = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
        found = _get(summary, {media: {}}, 400, 413, 503, missing)
        return {"get": found | {"parameters": given}}

    root = asked("Reconciliation: the manifest, or a batch of names or values", "queries", "extend")
    post = _get("Reconciliation: a batch of names or values", {"application/json": {}}, 400, 413, 415, 503)  # fmt: skip
    fields = {name: {"type": "string"} for name in ("queries", "extend")}
    body = {"schema": {"type": "object", "properties": fields}}
    post["requestBody"] = {"content": {"application/x-www-form-urlencoded": body}}
    shown = asked("A small page of one entity", "id", media="text/html", missing=404)
    typed = {
        f"/reconcile/suggest/{name}": asked(f"What a text that is typed may mean: {name}", "prefix", "cursor")
        for name in ("entity", "type", "property")
    }  # fmt: skip
    proposed = asked("The properties of a type whose values can be fetched", "type", "limit")
    return {
        "/reconcile": root | {"post": post},
        **typed,
        "/reconcile/preview": shown,
        "/reconcile/properties": proposed,
    }


def _named(query: NamedQuery) -> Json:
    """A named query under its name, and with the extension of each format."""
    offers = GRAPHS if request_analysis.makes(tokens(query.sparql)) == "graph" else ROWS
    parameters = [_parameter(parameter) for parameter in query.parameters]
    extension = {
        "name": "extension",
        "in": "path",
        "required": True,
        "schema": {"enum": [form.extension for form in offers]},
    }
    plain = _get(query.question[1], _media(offers), 400, 406, 503)
    plain |= {
        "operationId": query.name,
        "description": "".join((query.question[0], query.note[0])),
        "parameters": parameters,
    }
    given = _get(query.question[1], _media(offers), 400, 404, 503)
    given |= {"operationId": f"{query.name}-file", "parameters": [extension, *parameters]}
    return {
        f"/queries/{query.name}": {"get": plain},
        f"/queries/{query.name}.{{extension}}": {"get": given},
    }


def _parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "in": "query",
        "required": not parameter.optional,
        "description": f"{parameter.zh} {parameter.en}",
        "schema": _TYPES[parameter.type],
        "example": parameter.example,
    }


def _sparql(settings: Settings) -> Json:
    texts = [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in (
            ("query", {"type": "string"}),
            ("default-graph-uri", {"type": "array", "items": _TYPES["iri"]}),
            ("named-graph-uri", {"type": "array", "items": _TYPES["iri"]}),
        )
    ]
    refusals = (400, 403, 406, 413, 415, *((502,) if settings.services else ()), 503)
    get = _get(
        "A SPARQL query; without one, what the service is", _media((*ROWS, *GRAPHS)), *refusals
    )
    post = _get("A SPARQL query or update", _media((*ROWS, *GRAPHS)), 401, *refusals)
    post["responses"]["204"] = {"description": "The update is done."}
    post["requestBody"] = {
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/sparql-update": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {"schema": {"type": "object"}},
        }
    }
    if settings.token:
        post["security"] = [{}, {"token": []}]
    return {"get": {**get, "parameters": texts}, "post": post}


def _store() -> Json:
    operation = _get("One graph", _media(GRAPHS), 400, 404, 406, 503)
    operation["parameters"] = [
        {"name": "graph", "in": "query", "schema": _TYPES["iri"]},
        {"name": "default", "in": "query", "schema": {"type": "string"}},
    ]
    return operation


def _thing() -> Json:
    operation = _get("What is known of one thing", _media(GRAPHS), 400, 404, 406, 503)
    operation["parameters"] = [
        {"name": "path", "in": "path", "required": True, "schema": {"type": "string"}}
    ]
    return operation


def _get(summary: str, content: Mapping[str, Json], *refusals: int) -> Json:
    """An operation with its answer and its refusals."""
    found: Json = {
        "200": {
            "description": "The answer.",
            "content": {media: {"schema": schema} for media, schema in content.items()},
        }
    }
    for status in sorted({*refusals, *_ALWAYS}):
        found[str(status)] = {"description": _REFUSALS[status], "content": _PLAIN}
    return {"summary": summary, "responses": found}


def _media(offers: Sequence[Format]) -> dict[str, Json]:
    """Media type → schema of what is sent as it."""
    return {form.media: _RESULTS if form in ROWS[:1] else {} for form in offers}
