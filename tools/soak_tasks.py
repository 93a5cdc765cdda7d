"""What the clients of tools/soak.py ask a service, and how much a whole answer holds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from policygraph.graph.stores import Store
from policygraph.queries.catalogue import answer

LIMITED = 503
PG = "PREFIX pg: <https://w3id.org/policygraph/ontology#> "
FIGURES = PG + "SELECT ?d ?f { GRAPH ?d { ?f a pg:Figure } }"
VALUES = PG + "SELECT ?f ?p ?o { GRAPH ?d { ?f a pg:Figure ; ?p ?o } }"
NETWORK = PG + "CONSTRUCT { ?m pg:reports ?o } { GRAPH ?d { ?m a pg:Measure ; pg:reports ?o } }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c < ?f && ?f < ?i) }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@dataclass(frozen=True)
class Task:
    """Something a client asks: how often, which statuses are right, and how much a whole answer holds."""

    name: str
    path: str
    accept: str = "*/*"
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    statuses: tuple[int, ...] = (200,)
    size: Callable[[bytes], int] = len
    wanted: int | None = None  # as the answer was when nobody else asked, where it is not known
    weight: int = 10
    hangs_up: bool = False


def csv_rows(body: bytes) -> int:
    return len(list(csv.reader(io.StringIO(body.decode())))) - 1


def json_rows(body: bytes) -> int:
    return len(json.loads(body)["results"]["bindings"])


def lines(body: bytes) -> int:
    return body.count(b"\n") if body.endswith(b"\n") else -1


def turtle(body: bytes) -> int:
    return len(list(ox.parse(body, ox.RdfFormat.TURTLE)))


def page(body: bytes) -> int:
    """A page is whole to its last tag; what stands in it may differ from one answer to the next."""
    return 1 if body.rstrip().endswith(b"</html>") else -1


JSON, CSV, TURTLE = "application/sparql-results+json", "text/csv", "text/turtle"


def tasks(store: Store) -> list[Task]:
    """What is asked; how many rows it has is counted in the store itself."""
    report = store.documents()[0]
    return [*_named(store), *_sparql(store), *_addresses(report), *REFUSED]


def _rows(store: Store, query: str) -> int:
    return sum(1 for _ in answer(store, query))


def _get(query: str) -> str:
    return f"/sparql?query={quote(query)}"


def _named(store: Store) -> list[Task]:
    """Named queries as addresses."""
    return [
        Task(f"/queries/{name}", f"/queries/{name}.{kind}", size=size, wanted=_rows(store, name))
        for name, kind, size in (
            ("documents", "csv", csv_rows),
            ("people", "json", json_rows),
            ("shares", "json", json_rows),
            ("money", "csv", csv_rows),
        )
    ]


def _sparql(store: Store) -> list[Task]:
    """Queries over the SPARQL protocol, some of which the client breaks off."""
    form = urlencode({"query": FIGURES}).encode()
    figures, values = _rows(store, FIGURES), _rows(store, VALUES)
    return [
        Task("SPARQL by GET", _get(FIGURES), JSON, size=json_rows, wanted=figures),
        Task("SPARQL by form", "/sparql", CSV, "POST", FORM, form, (200,), csv_rows, figures),
        Task("SPARQL as body", "/sparql", CSV, "POST", DIRECT, VALUES.encode(), (200,), csv_rows, values),
        Task("CONSTRUCT", _get(NETWORK), "application/n-triples", size=lines),
        Task("endless", _get(ENDLESS), statuses=(LIMITED,), weight=1),
        Task("hung up while asking", _get(ENDLESS), hangs_up=True, weight=2),
        Task("hung up while reading", _get(VALUES), CSV, hangs_up=True, weight=4),
    ]  # fmt: skip


def _addresses(report: str) -> list[Task]:
    """Pages and descriptions."""
    area, html = "/id/area/420000-1980", "text/html"
    path = urlsplit(report).path.removeprefix("/policygraph")
    return [
        Task("thing as page", area, html, size=page),
        Task("thing as Turtle", area, TURTLE, size=turtle),
        Task("report as page", path, html, size=page),
        Task("graph", f"/store?graph={quote(report, safe='')}", TURTLE, size=turtle, weight=3),
        Task("VoID", "/.well-known/void", TURTLE, size=turtle, weight=5),
        Task("health", "/health"),
        Task("metrics", "/metrics", size=lambda body: 1, weight=2),
    ]


# Requests that must be refused, and how.
REFUSED = [
    Task("unknown thing", "/id/area/none", statuses=(404,), weight=2),
    Task("no SPARQL", _get("SELECT"), statuses=(400,), weight=2),
    Task("update", "/sparql", method="POST", headers={"Content-Type": "application/sparql-update"}, body=b"DROP ALL", statuses=(403,), weight=2),
    Task("no such format", _get(FIGURES), "image/png", statuses=(406,), weight=2),
    Task("long address", "/sparql?query=" + "x" * (17 << 10), statuses=(414,), weight=2),
    Task("long body", "/sparql", method="POST", headers=DIRECT, body=b" " * (2 << 20), statuses=(413,), weight=1),
]  # fmt: skip
