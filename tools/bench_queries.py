"""How long queries take, four ways side by side in one run: make bench-queries [SIZE=10000000].

tools/bench_queries.py [QUADS] [NAME…]: on a store of synthetic reports (see synthetic.py; made once under
.policygraph/bench and kept), the named queries of one report, some of them over all reports, and typical
queries. For each, milliseconds as median and 95th percentile of interleaved runs, and two bars:

- library: ``Graph.query``, rows as Python values, within 1.2 × of *raw rows*: pyoxigraph asked the same
  text with the same values, each row made a dict of the same columns and values, the plain way.
- HTTP: a warm ``policygraph serve`` asked on one connection that is kept, the whole answer read as JSON, within
  3 ms + 1.3 × of *raw JSON*: pyoxigraph asked the same, its answer serialised to JSON in memory.
- rdflib has only the first few reports (it would take minutes and gigabytes to hold all of them) and
  SECONDS a query; values are in its text by VALUES, as for any server. What takes longer is shown as that.

A query that makes a graph or says yes or no has no rows: its library is the store's own ``query`` and N-Triples
or the answer on both sides. What misses a bar is measured once more, and the second time counts:
the machine may have been busy. The exit status says nothing: timings are no test.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

import pyoxigraph as ox
import rdflib
import synthetic

from policygraph import Graph
from policygraph.graph.sparql.data import Term
from policygraph.graph.stores.bindings import bind
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.stores.rdflib_dataset import RdflibStore
from policygraph.queries.catalogue import NamedQuery, bundled
from policygraph.queries.columns import HIDDEN

FOLDER = Path(".policygraph/bench")
SECONDS = 2.0  # a query may take in rdflib; also what all runs of one query take together, about
RUNS = (3, 40)  # at least and at most, of each way
SLICE = 4  # reports rdflib holds
LIBRARY, HTTP = 1.2, (3.0, 1.3)  # the bars
UNFILTERED = ("documents", "systems", "units", "indicators", "money", "programmes", "people")
INTEGERS = frozenset(f"{rdflib.XSD}{name}" for name in ("integer", "int", "long"))
PREFIXES = """PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# What people ask a store of reports beside the named queries.
TYPICAL = {
    "one resource": "SELECT ?p ?o WHERE { <{area}> ?p ?o }",
    "who points at it": "SELECT ?s ?p WHERE { ?s ?p <{area}> } LIMIT 100",
    "describe": "DESCRIBE <{area}>",
    "is there": "ASK { ?unit skos:prefLabel '亿元'@zh . ?figure a pg:Figure ; pg:unit ?unit }",
    "count": "SELECT (COUNT(*) AS ?n) WHERE { ?figure a pg:Figure }",
    "exact label": "SELECT DISTINCT ?thing WHERE { ?thing rdfs:label '通城县'@zh }",
    "label search": "SELECT DISTINCT ?thing ?label WHERE { ?thing rdfs:label ?label "
    "FILTER (CONTAINS(STR(?label), '振兴')) } LIMIT 50",
    "group by": "SELECT ?unit (COUNT(*) AS ?n) WHERE { ?figure a pg:Figure ; pg:unit ?unit } "
    "GROUP BY ?unit ORDER BY DESC(?n)",
    "sum by report": "SELECT ?document (SUM(?value) AS ?sum) WHERE { GRAPH ?document { "
    "?figure pg:kind ?kind ; pg:value ?value } GRAPH pg:things { ?kind skos:prefLabel 'amount'@en } } "
    "GROUP BY ?document",
    "path join": "SELECT ?measure ?action ?title WHERE { GRAPH <{document}> { ?measure a pg:Measure ; "
    "pg:action ?action ; pg:inSection ?section . ?section pg:number ?title } }",
    "property path": "SELECT DISTINCT ?wider WHERE { GRAPH <{document}> { ?mention a pg:Mention ; "
    "pg:topic ?topic } GRAPH pg:things { ?topic skos:broader* ?wider } }",
    "wide optional": "SELECT ?m ?actor ?object ?target ?place ?period WHERE { GRAPH <{document}> { "
    "?m a pg:Measure OPTIONAL { ?m pg:actor ?actor } OPTIONAL { ?m pg:objectText ?object } "
    "OPTIONAL { ?m pg:target ?target } OPTIONAL { ?m pg:place ?place } "
    "OPTIONAL { ?m pg:refPeriod ?period } } }",
    "top ten": "SELECT ?figure ?value WHERE { ?figure a pg:Figure ; pg:value ?value } "
    "ORDER BY DESC(?value) LIMIT 10",
    "one report whole": "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <{document}> { ?s ?p ?o } }",
}


@dataclass(frozen=True)
class Case:
    """One query with its values, and its address of the service."""

    name: str
    sparql: str
    bindings: Mapping[str, Term]
    query: str
    values: Mapping[str, str]
    address: str


def cases(document: str, area: str) -> Iterator[Case]:
    """What is asked."""
    for query in bundled():
        takes = {parameter.name for parameter in query.parameters}
        yield named(query, {"document": document} if "document" in takes else {})
    for name in UNFILTERED:
        yield named(bundled().named(name), {}, " of all")
    for name, text in TYPICAL.items():
        text = PREFIXES + text.replace("{area}", area).replace("{document}", document)
        yield Case(f"({name})", text, {}, text, {}, "/sparql")


def named(query: NamedQuery, values: dict[str, str], note: str = "") -> Case:
    """A named query with the values it must have, those of its example."""
    for parameter in query.parameters:
        if not parameter.optional:
            example = parameter.example
            values[parameter.name] = example.replace(
                f"{'0' * 16}", values.get("document", "")[-16:]
            )
    address = f"/queries/{query.name}?" + urllib.parse.urlencode(values)
    bindings = query.bindings(values)
    return Case(query.name + note, query.text(bindings), bindings, query.name, values, address)


def ask_raw(store: ox.Store, case: Case) -> Any:
    return store.query(
        case.sparql,
        use_default_graph_as_union=True,
        substitutions={ox.Variable(name): term for name, term in case.bindings.items()},
    )


def value(term: Any) -> Any:
    """A term as a Python value, the plain way."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        if kind in INTEGERS:
            return int(term.value)
        return Decimal(term.value) if kind == str(rdflib.XSD.decimal) else term.value
    return term.value


def raw_rows(store: ox.Store, case: Case) -> int:
    """Pyoxigraph's answer as rows; how many."""
    answer = ask_raw(store, case)
    if isinstance(answer, ox.QueryTriples):
        return len(list(answer))
    if isinstance(answer, ox.QueryBoolean):
        return int(bool(answer))
    columns = [v.value for v in answer.variables if not v.value.endswith(HIDDEN)]
    rows = [{column: value(row[column]) for column in columns} for row in answer]
    return len(rows)


def raw_json(store: ox.Store, case: Case) -> int:
    """Pyoxigraph's answer as bytes; how many."""
    answer = ask_raw(store, case)
    form = ox.RdfFormat.N_TRIPLES if isinstance(answer, ox.QueryTriples) else None
    data = answer.serialize(format=form or ox.QueryResultsFormat.JSON)
    return len(data)


def library(graph: Graph, case: Case) -> int:
    """The library's answer as rows; how many."""
    if re.search(r"^(CONSTRUCT|DESCRIBE|ASK)\b", case.sparql, re.MULTILINE):
        answer = graph.store.query(case.sparql, case.bindings)
        return len(list(answer)) if isinstance(answer, ox.QueryTriples) else int(bool(answer))
    return len(graph.query(case.query, **case.values))


def over_http(connection: http.client.HTTPConnection, case: Case) -> int:
    """The service's answer as bytes; how many. A connection left idle by a slow way is made anew."""
    try:
        return _fetch(connection, case)
    except ConnectionError:
        connection.close()
        return _fetch(connection, case)


def _fetch(connection: http.client.HTTPConnection, case: Case) -> int:
    accept = {"Accept": "application/sparql-results+json, application/n-triples;q=0.9"}
    if case.values or not case.address.startswith("/sparql"):
        connection.request("GET", case.address, headers=accept)
    else:
        headers = accept | {"Content-Type": "application/sparql-query"}
        connection.request("POST", case.address, case.sparql.encode(), headers)
    answer = connection.getresponse()
    data = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{case.name}: {answer.status} {data[:300].decode()}")
    return len(data)


class Late(Exception):
    """A query took its time."""


def in_rdflib(dataset: rdflib.Dataset, case: Case) -> float:
    """Milliseconds of one run in rdflib, infinite where it was given up."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Late

    text = bind(case.sparql, case.bindings)
    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return timed(lambda: list(dataset.query(text)))
    except Late:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def timed(run: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def measure(ways: list[Callable[[], object]]) -> list[tuple[float, float]]:
    """Median and 95th percentile of each way, run in turn and in turned order."""
    first = sum(timed(way) for way in ways)  # warm
    runs = max(RUNS[0], min(RUNS[1], int(SECONDS * 1000 / max(first, 0.1))))
    took: list[list[float]] = [[] for _ in ways]
    for turn in range(runs):
        for place in range(len(ways)):
            at = (place + turn) % len(ways)
            took[at].append(timed(ways[at]))
    return [(statistics.median(times), _late(times)) for times in took]


def misses(took: list[tuple[float, float]]) -> str:
    """Which bars are missed: L the library's, H that of HTTP."""
    plain, ours, data, web = (middle for middle, _ in took)
    return "L" * (ours > LIBRARY * plain) + "H" * (web > HTTP[0] + HTTP[1] * data)


def _late(times: list[float]) -> float:
    return sorted(times)[round(0.95 * (len(times) - 1))]


@contextmanager
def service(store: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to a service of the store, its counting done."""
    command = [sys.executable, "-m", "policygraph", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout
            place = urllib.parse.urlsplit(process.stdout.readline().decode().strip()).netloc
            connection = http.client.HTTPConnection(place)
            connection.request("GET", "/.well-known/void")
            connection.getresponse().read()
            yield connection
            connection.close()
        finally:
            process.terminate()


def slice_in_rdflib() -> rdflib.Dataset:
    """The first reports in rdflib."""
    from policygraph.graph.writer import nquads
    from policygraph.loaders.reader import read_string
    from policygraph.ontology.iris import Minter

    store = RdflibStore()
    for text in islice(synthetic.texts(), SLICE):
        document = read_string(text)
        store.add(Minter().document(document.version), nquads(document))
    return store.dataset


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else synthetic.SIZE
    only = sys.argv[2:]
    folder = FOLDER / str(size)
    quads = synthetic.build(folder, size)
    dataset = slice_in_rdflib()
    print(f"{quads} quads in {folder}; rdflib holds {len(dataset)} of them. Milliseconds.")
    print(f"{_busy()}\n")
    with (
        OxigraphStore(folder, read_only=True) as raw,
        Graph.open(folder, read_only=True) as graph,
        service(folder) as connection,
    ):
        first = next(synthetic.texts())
        document = _document(first)
        area = "https://w3id.org/policygraph/id/area/420000"
        asked = [case for case in cases(document, area) if not only or case.name in only]
        report(asked, raw.oxigraph, graph, connection, dataset)


def _busy() -> str:
    """How busy the machine is with whatever else it does."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def _document(text: str) -> str:
    from policygraph.loaders.reader import read_string
    from policygraph.ontology.iris import Minter

    return Minter().document(read_string(text).version)


def report(
    asked: list[Case],
    store: ox.Store,
    graph: Graph,
    connection: http.client.HTTPConnection,
    dataset: rdflib.Dataset,
) -> None:
    """One line a query, then which bars were met."""
    print(
        f"{'':26}{'rows':>7} |{'raw rows':>9}{'library':>9}{'p95':>8}{'×':>6} |"
        f"{'raw JSON':>9}{'HTTP':>9}{'p95':>8}{'bar':>8} |{'rdflib':>8}"
    )
    slow, far, ahead = [], [], []
    ratios: dict[str, float] = {}
    for case in asked:
        rows = raw_rows(store, case)
        assert library(graph, case) == rows, case.name
        ways: list[Callable[[], object]] = [
            partial(raw_rows, store, case),
            partial(library, graph, case),
            partial(raw_json, store, case),
            partial(over_http, connection, case),
        ]
        took = measure(ways)
        if misses(took):
            took = measure(ways)
        plain, ours, data, web = took
        missed = misses(took)
        pure = in_rdflib(dataset, case)
        ratios[case.name], bar = ours[0] / plain[0], HTTP[0] + HTTP[1] * data[0]
        slow += [case.name] * ("L" in missed)
        far += [case.name] * ("H" in missed)
        ahead += [case.name] * (pure > ours[0])
        said = f"{pure:8.0f}" if pure < float("inf") else f">{SECONDS * 1000:7.0f}"
        print(
            f"{case.name:26}{rows:7} |{plain[0]:9.2f}{ours[0]:9.2f}{ours[1]:8.2f}{ratios[case.name]:6.2f} |"
            f"{data[0]:9.2f}{web[0]:9.2f}{web[1]:8.2f}{bar:8.2f} |{said}  {missed}",
            flush=True,
        )
    conclude(ratios, slow, far, ahead)


def conclude(
    ratios: Mapping[str, float], slow: list[str], far: list[str], ahead: list[str]
) -> None:
    """Which bars were met in how many of the queries, and the names of those that missed one."""
    count, worst = len(ratios), max(ratios, key=lambda name: ratios[name])
    print(f"\nlibrary × raw pyoxigraph: median {statistics.median(ratios.values()):.2f},", end=" ")
    print(f"worst {ratios[worst]:.2f} ({worst})")
    print(f"of {count}: the library within {LIBRARY} × of raw pyoxigraph in", end=" ")
    print(f"{count - len(slow)}; not: {', '.join(slow) or 'none'}")
    print(f"HTTP within {HTTP[0]} ms + {HTTP[1]} × in {count - len(far)}; not:", end=" ")
    print(", ".join(far) or "none")
    print(f"the library on all reports quicker than rdflib on {SLICE} in {len(ahead)}")
    print(_busy())


if __name__ == "__main__":
    main()
