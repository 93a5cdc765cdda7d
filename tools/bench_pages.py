"""What pages cost in a store of many reports: tools/bench_pages.py [REPORTS] (make bench-pages REPORTS=500).

The store holds synthetic reports (see synthetic.py; made once under .policygraph/bench-pages-REPORTS and kept).
For each page: how many queries it asked, milliseconds of the first time and the least of four, and its bar.
"""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import synthetic

from policygraph.graph.stores import open_store
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string
from policygraph.ontology.iris import Minter

REPORTS = 500
TOGETHER = 8
THING, VIEW, QUERY = 100.0, 300.0, 1000.0  # ms a page may take
# One thing of each kind: the pattern that finds it.
THINGS = (
    "GRAPH ?g { ?x a pg:Report }",
    "GRAPH ?g { ?x a pg:Figure }",
    "GRAPH ?g { ?x a pg:Measure }",
    "GRAPH ?g { ?r pg:area ?x }",
    "GRAPH ?g { ?s pg:indicator ?x }",
    "GRAPH ?g { ?s pg:unit ?x }",
    "GRAPH ?g { ?s pg:topic ?x }",
    "GRAPH pg:things { ?x a pg:Programme }",
    "GRAPH pg:things { ?x a pg:Person }",
    "GRAPH pg:things { ?x a pg:Period }",
)
VIEWS = ("actors", "responsibility", "programmes", "places")
PREFIX = "PREFIX pg: <https://w3id.org/policygraph/ontology#> "


class Client:
    """One connection to a service that is kept."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def get(self, path: str, accept: str = "text/html") -> tuple[float, str]:
        """Milliseconds until the whole answer is there, and the answer."""
        began = time.perf_counter()
        self._connection.request("GET", path, headers={"Accept": accept})
        body = self._connection.getresponse().read()
        return (time.perf_counter() - began) * 1000, body.decode()

    def asked(self) -> int:
        """How many queries the service has answered."""
        found = re.search(r"^policygraph_query_seconds_count (\S+)", self.get("/metrics")[1], re.M)
        return int(float(found[1])) if found else 0

    def first(self, pattern: str) -> str:
        """The first thing of a pattern."""
        query = urlencode({"query": f"{PREFIX} SELECT ?x {{ {pattern} }} LIMIT 1"})
        _, body = self.get(f"/sparql?{query}", "application/sparql-results+json")
        iri: str = json.loads(body)["results"]["bindings"][0]["x"]["value"]
        return iri


def build(folder: Path, reports: int) -> None:
    """Fill a store with so many reports; what is there is kept."""
    with open_store(folder) as store:
        texts = islice(synthetic.texts(), len(store.documents()), reports)
        while some := [read_string(text) for text in islice(texts, TOGETHER)]:
            store.add_all([(Minter().document(each.version), nquads(each)) for each in some])


@contextmanager
def served(folder: Path) -> Iterator[Client]:
    """A client of a service over a store."""
    command = [sys.executable, "-m", "policygraph", "serve", "--port", "0", "--store", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield Client(urlsplit(process.stdout.readline().strip()).port or 0)
    finally:
        process.terminate()
        process.wait()


def pages(client: Client) -> Iterator[tuple[str, float]]:
    """Addresses with the milliseconds each may take."""
    report = client.first(THINGS[0])
    for pattern in THINGS:
        yield urlsplit(client.first(pattern)).path.removeprefix("/policygraph"), THING
    yield "/", VIEW
    for name in VIEWS:
        yield f"/views/{name}", VIEW
        yield f"/views/{name}?document={quote(report, safe='')}", VIEW
    for query in json.loads(client.get("/queries/", "application/json")[1])["queries"]:
        needed = {p["name"]: p["example"] for p in query["parameters"] if p["required"]}
        yield f"{query['href']}?{urlencode(needed)}", QUERY


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    folder = Path(f".policygraph/bench-pages-{reports}")
    build(folder, reports)
    above: list[str] = []
    print(f"{reports} made-up reports (tools/synthetic.py)")
    with served(folder) as client:
        client.get("/search?q=x")  # makes the search index
        every = list(pages(client))
        for path, bar in every:
            before = client.asked()
            first, _ = client.get(path)
            asked = client.asked() - before
            least = min(first, *(client.get(path)[0] for _ in range(3)))
            verdict = "within" if least < bar else "above"
            above += [path[:60]] * (least >= bar)
            print(
                f"{path[:60]:60} {asked:3} queries {first:8.0f} ms, then {least:8.0f} ms   "
                f"{verdict} {bar:.0f}",
                flush=True,
            )
    print(
        f"of {len(every)} pages {len(every) - len(above)} within; not: {', '.join(above) or 'none'}"
    )


if __name__ == "__main__":
    main()
