"""What pages cost in a store of many reports: tools/bench_pages.py [REPORTS] (make bench-pages REPORTS=500).

The store holds synthetic reports (see synthetic.py; made once under .policygraph/bench-pages-REPORTS and kept).
For each page: how many queries it asked, milliseconds of the first time, the median of five and the median of the
processor time that the service took for it, which has the bar: on a machine that does nothing else the last two are alike.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import psutil
import synthetic

from policygraph.graph.stores import open_store
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string
from policygraph.ontology.iris import Minter

REPORTS = 500
TOGETHER = 8
TIMES = 5
PAGE, SEARCH = 300.0, 100.0  # ms a page may take
# Pages beside those of things, views and queries; what is typed into the box, a name, a question and one to be worked out.
OTHERS = ("/", "/map", "/compare", "/network", "/catalogue", "/derive", "/queries/")
COMPARED = "农村居民人均可支配收入"
ASKED = (
    "脱贫",
    "通城县",
    "脱贫人口人均纯收入是多少",
    "平均每座光伏电站挣了多少钱",
    "哪个省农村卫生厕所普及率最高",
    "income",
)
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

    def __init__(self, port: int, process: int = 0) -> None:
        self._process = process
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def get(self, path: str, accept: str = "text/html") -> tuple[float, str]:
        """Milliseconds until the whole answer is there, and the answer."""
        began = time.perf_counter()
        self._connection.request("GET", path, headers={"Accept": accept})
        body = self._connection.getresponse().read()
        return (time.perf_counter() - began) * 1000, body.decode()

    def taken(self, path: str) -> tuple[float, float]:
        """Milliseconds until an answer is there, and of the processor time that the service took."""
        before = self._processor_time()
        passed, _ = self.get(path)
        return passed, (self._processor_time() - before) * 1000

    def _processor_time(self) -> float:
        service = psutil.Process(self._process)
        times = [each.cpu_times() for each in (service, *service.children(recursive=True))]
        return sum(time.user + time.system for time in times)

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
        yield Client(urlsplit(process.stdout.readline().strip()).port or 0, process.pid)
    finally:
        process.terminate()
        process.wait()


def pages(client: Client) -> Iterator[tuple[str, float]]:
    """Addresses with the milliseconds each may take."""
    report = client.first(THINGS[0])
    for pattern in THINGS:
        yield urlsplit(client.first(pattern)).path.removeprefix("/policygraph"), PAGE
    for path in OTHERS:
        yield path, PAGE
    yield f"/compare?{urlencode({'indicator': COMPARED})}", PAGE
    for text in ASKED:
        yield f"/search?{urlencode({'q': text})}", SEARCH
    for name in VIEWS:
        yield f"/views/{name}", PAGE
        yield f"/views/{name}?document={quote(report, safe='')}", PAGE
    for query in json.loads(client.get("/queries/", "application/json")[1])["queries"]:
        needed = {p["name"]: p["example"] for p in query["parameters"] if p["required"]}
        yield f"{query['href']}?{urlencode(needed)}", PAGE


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
            times = [client.taken(path) for _ in range(TIMES)]
            median, worked = (statistics.median(each) for each in zip(*times, strict=True))
            verdict = "within" if worked <= bar else "above"
            above += [path[:60]] * (worked > bar)
            print(
                f"{path[:60]:60} {asked:3} queries {first:6.0f} ms, then {median:6.0f}, of work {worked:6.0f} ms   "
                f"{verdict} {bar:.0f}",
                flush=True,
            )
    print(
        f"of {len(every)} pages {len(every) - len(above)} within; not: {', '.join(above) or 'none'}"
    )


if __name__ == "__main__":
    main()
