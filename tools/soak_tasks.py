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


def tasks(store: Store) -> list[Task]:
    """What is asked; how many rows it has is counted in the store itself."""

    def rows(query: str) -> int:
        return sum(1 for _ in answer(store, query))

    def sparql(query: str) -> str:
        return f"/sparql?query={quote(query)}"

    csv_, json_, ttl = "text/csv", "application/sparql-results+json", "text/turtle"
    area, html = "/id/area/420000-1980", "text/html"
    report = urlsplit(store.documents()[0]).path.removeprefix("/policygraph")
    form = urlencode({"query": FIGURES}).encode()
    named = [
        Task(f"/queries/{name}", f"/queries/{name}.{kind}", size=size, wanted=rows(name))
        for name, kind, size in (
            ("documents", "csv", csv_rows),
            ("people", "json", json_rows),
            ("shares", "json", json_rows),
            ("money", "csv", csv_rows),
        )
    ]
    return [
        *named,
        Task("SPARQL by GET", sparql(FIGURES), json_, size=json_rows, wanted=rows(FIGURES)),
        Task("SPARQL by form", "/sparql", csv_, "POST", FORM, form, (200,), csv_rows, rows(FIGURES)),
        Task("SPARQL as body", "/sparql", csv_, "POST", DIRECT, VALUES.encode(), (200,), csv_rows, rows(VALUES)),
        Task("CONSTRUCT", sparql(NETWORK), "application/n-triples", size=lines),
        Task("thing as page", area, html, size=page),
        Task("thing as Turtle", area, ttl, size=turtle),
        Task("report as page", report, html, size=page),
        Task("graph", f"/store?graph={quote(store.documents()[0], safe='')}", ttl, size=turtle, weight=3),
        Task("VoID", "/.well-known/void", ttl, size=turtle, weight=5),
        Task("health", "/health"),
        Task("metrics", "/metrics", size=lambda body: 1, weight=2),
        Task("endless", sparql(ENDLESS), statuses=(LIMITED,), weight=1),
        Task("hung up while asking", sparql(ENDLESS), hangs_up=True, weight=2),
        Task("hung up while reading", sparql(VALUES), csv_, hangs_up=True, weight=4),
        Task("unknown thing", "/id/area/none", statuses=(404,), weight=2),
        Task("no SPARQL", sparql("SELECT"), statuses=(400,), weight=2),
        Task("update", "/sparql", method="POST", headers={"Content-Type": "application/sparql-update"}, body=b"DROP ALL", statuses=(403,), weight=2),
        Task("no such format", sparql(FIGURES), "image/png", statuses=(406,), weight=2),
        Task("long address", "/sparql?query=" + "x" * (17 << 10), statuses=(414,), weight=2),
        Task("long body", "/sparql", method="POST", headers=DIRECT, body=b" " * (2 << 20), statuses=(413,), weight=1),
    ]  # fmt: skip
