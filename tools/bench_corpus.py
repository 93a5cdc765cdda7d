"""What many reports cost, at several sizes: make bench-corpus SIZES="100 1000 10000".

tools/bench_corpus.py [SIZE…] [--texts FOLDER] [--kills N] [--virtuoso-buffers N]. The reports are made by corpus.py, once
under .policygraph/corpus/SIZE; all else is made anew. A column a size, a row a measure:

- seconds a report of reading into shards (build --shards), by one process, by two, by two workers of a local Dask
  cluster that waits for them; of loading the shards into embedded Oxigraph (load) and into Virtuoso (its ld_dir).
  What one report alone takes is taken off, and one report off the count: the start of the program is no cost a report.
- the most memory a process that reads has had; the digest of all lines, which must be one for all three ways.
- bytes a report of the shards and the stores; milliseconds of the named queries for one report, the median and the longest
  of their medians, and of five searches; the seconds the index of these took.

--kills N kills a worker, the build, the loader, a worker of Dask and its scheduler in turn, N times in all
(corpus_kills.py), and says how many were held. The exit status says nothing of times; it is 1 where bytes differ.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import corpus
import corpus_kills
import psutil
from bench_queries import library, named
from corpus_kills import alive, children, start, work_until

from policygraph import Graph
from policygraph.graph.shards import read_shards, whole_digest
from policygraph.graph.stores import Store
from policygraph.graph.stores.http_client import Credentials
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.stores.sparql_server import ServerStore
from policygraph.queries.catalogue import bundled
from policygraph.queries.search_index import SearchIndex
from tests import servers

FOLDER = Path(".policygraph/corpus").absolute()
SIZES = (100, 1000, 10_000)
SEARCHES = ("衔接资金", "高标准农田", "地区生产总值 增长", "农村居民人均可支配收入", "乡村振兴局")
ENOUGH = 500  # reports from which on the start of Dask's workers is a small part
TOO_FEW = "too few to tell: what its workers read first counts as their start"
LONG = 5000.0  # ms of a query that is asked once
KILLED = 24  # reports of the corpus that is read while something is killed
Rows = dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--texts", type=Path, default=corpus.SHARED)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--virtuoso-buffers", type=int, default=100_000)  # 8 kB each
    options = parser.parse_args()
    if options.kills:
        sys.exit(count_lost_kills(options.kills, options.texts))
    found: dict[int, Rows] = {}
    for size in options.sizes or SIZES:
        found[size] = measure_size(size, options)
        print(table(found), flush=True)
    sys.exit(any(rows["same bytes"] != "yes" for rows in found.values()))


def table(found: Mapping[int, Rows]) -> str:
    names = dict.fromkeys(name for rows in found.values() for name in rows)
    lines = [["", *(f"{size:,} reports" for size in found)], ["---"] * (len(found) + 1)]
    lines += [[name, *(rows.get(name, "") for rows in found.values())] for name in names]
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + f"\n{load}\n"


def measure_size(size: int, options: argparse.Namespace) -> Rows:
    """All rows of one size."""
    folder = FOLDER / str(size)
    texts = corpus.given(options.texts)
    corpus.build(folder / "reports", size, texts)
    for made in ("one", "two", "dask", "store", "virtuoso", "single"):
        shutil.rmtree(folder / made, ignore_errors=True)
    rows: Rows = {"texts they are made of": str(len(texts))}
    read(folder, size, rows)
    with embedded(folder, size, rows) as graph:
        time_queries(graph, "Oxigraph", rows)
        time_searches(graph.store, folder / "store", rows)
    if shutil.which("virtuoso-t"):
        with virtuoso(folder, size, options.virtuoso_buffers, rows) as graph:
            time_queries(graph, "Virtuoso", rows)
    return rows


def read(folder: Path, size: int, rows: Rows) -> None:
    """Read into shards three ways."""
    reports, took = folder / "reports", {}
    with corpus_kills.cluster(folder) as dask:
        ways = {"one": (), "two": ("--workers", 2), "dask": ("--scheduler", dask.address)}
        for way, how in ways.items():
            pid = dask.process.pid if way == "dask" else None
            begin = run_and_measure(
                "build", "--shards", folder / "single", *how, reports / "000000.txt"
            )
            shutil.rmtree(folder / "single")
            whole = run_and_measure("build", "--shards", folder / way, *how, reports, beside=pid)
            took[way] = whole.per_report(begin, size - 1)
    shards = {way: read_shards(folder / way) for way in took}
    digests = {whole_digest(each) for each in shards.values()}
    quads = sum(shard.quads for shard in shards["one"])
    one, two, dask_two = (took[way].seconds for way in took)
    rows["quads a report in its shard"] = f"{quads / size:.0f}"
    rows["processor seconds a report, one process"] = f"{took['one'].processor:.4f}"
    rows["seconds a report, one process"] = f"{one:.4f}"
    rows["two processes"] = f"{two:.4f} ({one / two:.2f} ×)"
    told = f"{dask_two:.4f} ({one / dask_two:.2f} ×)" if size >= ENOUGH else TOO_FEW
    rows["two Dask workers"] = told
    peaks = ", ".join(f"{each.most:.0f}" for each in took.values())
    rows["a worker's most memory, MB: one, two, Dask"] = peaks
    rows["same bytes"] = "yes" if len(digests) == 1 else "NO"
    rows["digest of all lines"] = min(digests)[:16]
    rows["shards, kB a report"] = f"{bytes_in(folder / 'one') / size / 1000:.1f}"


@dataclass(frozen=True)
class Cost:
    """Seconds a command took, those of the processors, and the most MB one process that reads has had."""

    seconds: float
    processor: float
    most: float

    def per_report(self, begin: Cost, count: int) -> Cost:
        """What each of so many cost beyond the beginning."""
        seconds = (self.seconds - begin.seconds) / count
        return Cost(seconds, (self.processor - begin.processor) / count, self.most)


def run_and_measure(*arguments: object, beside: int | None = None) -> Cost:
    """Run a command to its end; of Dask, the workers are ``beside`` it."""
    began, before, most = time.perf_counter(), processor(), 0.0
    process = start(*arguments)
    while alive(process):
        work_until(process, 0.2)
        workers = children(beside or process.pid, "spawn_main")
        for pid in [each.pid for each in workers] or [process.pid]:
            most = max(most, peak(pid))
    took = time.perf_counter() - began
    said = corpus_kills.finish(process)
    if process.returncode:
        raise RuntimeError(said)
    return Cost(took, processor() - before, most)


def processor() -> float:
    """Seconds the processors have worked for the commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak(pid: int) -> float:
    """The most memory a process has had, in MB."""
    try:
        found = re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())
    except (OSError, psutil.NoSuchProcess):
        return 0.0
    return int(found[1]) / 1000 if found else 0.0


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def embedded(folder: Path, size: int, rows: Rows) -> Iterator[Graph]:
    """The store loaded from the shards."""
    store = folder / "store"
    took = run_and_measure("load", "--store", store, folder / "one")
    rows["processor seconds a report, load into Oxigraph"] = f"{took.processor / size:.4f}"
    rows["seconds a report, load into Oxigraph"] = f"{took.seconds / size:.4f}"
    rows["the loader's most memory, MB"] = f"{took.most:.0f}"
    rows["store of Oxigraph, kB a report"] = f"{bytes_in(store) / size / 1000:.1f}"
    with OxigraphStore(store, read_only=True) as reader:
        rows["documents, quads"] = f"{len(reader.documents()):,}, {reader.count():,}"
        yield Graph(reader)


@contextmanager
def virtuoso(folder: Path, size: int, buffers: int, rows: Rows) -> Iterator[Graph]:
    """Virtuoso with the shards loaded by its own loader."""
    allowed = (folder / "one",)
    with servers.virtuoso(folder / "virtuoso", buffers=buffers, allowed=allowed) as server:
        isql, where, *_ = server.isql
        names = {"POLICYGRAPH_USER": server.user, "POLICYGRAPH_PASSWORD": server.password}
        command = ["sh", str(folder / "one" / "virtuoso.sh"), where, isql]
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=os.environ | names)
        rows["seconds a report, load into Virtuoso"] = f"{(time.perf_counter() - began) / size:.4f}"
        database = (folder / "virtuoso" / "virtuoso.db").stat().st_size
        rows["database of Virtuoso, kB a report"] = f"{database / size / 1000:.1f}"
        yield Graph(ServerStore(server.query, credentials=Credentials(*names.values())))


def time_queries(graph: Graph, where: str, rows: Rows) -> None:
    """Every named query for one report."""
    document, took, failed = graph.store.documents()[0], {}, []
    for query in bundled():
        takes = {parameter.name for parameter in query.parameters}
        case = named(query, {"document": document} if "document" in takes else {})
        try:
            took[query.name] = median(partial(library, graph, case))
        except Exception as error:  # noqa: BLE001 (a server may give up on one)
            failed.append(f"{query.name} ({' '.join(str(error).split())[-60:]})")
    longest = max(took, key=lambda name: took[name])
    told = f"{statistics.median(took.values()):.1f}; {longest} {took[longest]:.0f}"
    failures = f"; no answer: {', '.join(failed)}" if failed else ""
    rows[f"named queries on {where}, ms: median; longest"] = told + failures


def median(ask: Callable[[], object]) -> float:
    """Milliseconds, the median of five times after one; of a long one, the first."""
    first = timed(ask)
    return first if first > LONG else statistics.median(timed(ask) for _ in range(5))


def timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def time_searches(store: Store, folder: Path, rows: Rows) -> None:
    """Some searches, and the index they need."""
    began = time.perf_counter()
    with SearchIndex.of(store, str(folder)) as index:
        rows["seconds a report, index of the search"] = (
            f"{(time.perf_counter() - began) / len(store.documents()):.4f}"
        )
        took = [median(partial(index.search, text)) for text in SEARCHES]
    rows["search, ms: median; longest"] = f"{statistics.median(took):.1f}; {max(took):.1f}"


def count_lost_kills(count: int, texts: Path) -> int:
    """Kill so many times; how many were not held."""
    folder = FOLDER / "killed"
    shutil.rmtree(folder, ignore_errors=True)
    corpus.build(folder / "reports", KILLED, corpus.given(texts))
    kills = corpus_kills.Kills(folder / "reports", folder, corpus.SEED)
    held: Counter[str] = Counter()
    for number in range(count):
        kind = corpus_kills.KINDS[number % len(corpus_kills.KINDS)]
        whole = kills.kill(kind)
        held[kind] += whole
        print(f"{number + 1:3} {kind:12} {'the same' if whole else 'NOT THE SAME'}", flush=True)
    print(f"{held.total()} of {count} left what an undisturbed run leaves: {dict(held)}")
    return count - held.total()


if __name__ == "__main__":
    main()
