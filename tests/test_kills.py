"""Killed at any moment, a build or a service leaves a store with every document whole."""

from __future__ import annotations

import http.client
import os
import pty
import random
import re
import subprocess
import threading
import time
from bisect import bisect
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import pyoxigraph as ox
import pytest

from policygraph import read
from policygraph.errors import NoStoreError
from policygraph.graph.check import check
from policygraph.graph.stores.locked_dir import LOCK
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.stores.reader_snapshot import FOLDER
from policygraph.graph.writer import nquads
from policygraph.loaders.sources import BUNDLED
from policygraph.ontology.iris import Minter
from policygraph.ontology.terms import THINGS

from . import processes
from .processes import Process
from .service.service_process import Service

KILLS = 5  # of builds, and as many of services
AREAS = ("湖北省", "湖南省")
WRITERS, GRAPHS, TRIPLES = 2, 3, 200
END = 60  # seconds anything may take to end

BAR = re.compile(rb"\r\S+ (\d+)/\d+ ")
Triples = frozenset[bytes]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Small reports with the bundled one among them, in the order they are built."""
    folder = tmp_path_factory.mktemp("reports")
    made = []
    for number in range(18):
        path = folder / f"{number}.txt"
        path.write_text(
            f"湖北省2022年工作总结\n\n2022年，全省投入财政衔接资金{number + 3}.5亿元，"
            f"省乡村振兴局帮扶37个脱贫县，新建高标准农田{number + 20}万亩。\n",
            "utf-8",
        )
        made.append(path)
    return [*made[:9], BUNDLED, *made[9:]]


@pytest.fixture(scope="module")
def lines(reports: list[Path]) -> dict[str, dict[str, str]]:
    """Area → document → what is written of it."""
    found: dict[str, dict[str, str]] = {area: {} for area in AREAS}
    for area in AREAS:
        for path in reports:
            document = read(path, area=area)
            found[area][Minter().document(document.version)] = nquads(document)
    return found


@pytest.fixture(scope="module")
def versions(lines: dict[str, dict[str, str]]) -> dict[str, dict[str, Triples]]:
    """Area → document → its triples as a store keeps them."""
    return {area: contents_of(documents) for area, documents in lines.items()}


def contents_of(documents: dict[str, str]) -> dict[str, Triples]:
    """What a new store of some documents holds."""
    with OxigraphStore() as store:
        for name, written in documents.items():
            store.add(name, written)
        return contents(store)


def contents(store: OxigraphStore) -> dict[str, Triples]:
    return {name: triples(store, name) for name in store.graphs()}


def triples(store: OxigraphStore, name: str) -> Triples:
    form = ox.RdfFormat.N_TRIPLES
    dumped = store.oxigraph.dump(format=form, from_graph=ox.NamedNode(name)) or b""
    return frozenset(dumped.splitlines())


def contents_on_disk(path: Path) -> dict[str, Triples]:
    """What a store holds, opened to read and, which needs its lock, to write."""
    found: dict[str, Triples] = {}
    with suppress(NoStoreError), OxigraphStore(path, read_only=True) as reader:
        found = contents(reader)
    with OxigraphStore(path) as writer:
        assert contents(writer) == found
    assert not list((path / FOLDER).glob(f"*/{LOCK}"))
    return found


class Terminal:
    """What a process writes on a terminal of its own, read as it comes."""

    def __init__(self) -> None:
        self._mine, self.its = pty.openpty()
        self.text = b""
        self._told = threading.Condition()
        self._reader = threading.Thread(target=self._read)

    def start(self) -> None:
        os.close(self.its)
        self._reader.start()

    def _read(self) -> None:
        with suppress(OSError):  # what a terminal says when nobody holds its other end
            while chunk := os.read(self._mine, 1 << 12):
                with self._told:
                    self.text += chunk
                    self._told.notify_all()
        os.close(self._mine)

    @property
    def done(self) -> int:
        """How many documents the progress bar has told of."""
        return max(map(int, BAR.findall(self.text)), default=0)

    def wait(self, done: int, process: Process) -> None:
        with self._told:
            self._told.wait_for(lambda: self.done >= done or process.poll() is not None, END)

    def close(self) -> None:
        self._reader.join(END)


@contextmanager
def building(store: Path, reports: list[Path], area: str) -> Iterator[tuple[Terminal, Process]]:
    terminal = Terminal()
    options = ("--store", store, "--area", area)
    process = processes.start("build", *options, *reports, stderr=terminal.its)
    terminal.start()
    try:
        yield terminal, process
    finally:
        process.kill()
        process.wait(END)
        terminal.close()


def pause(process: Process, seconds: float) -> None:
    """Let a process work on, so long or until it ends."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def measure(store: Path, reports: list[Path]) -> list[float]:
    """Seconds after which a build tells of each document."""
    began, moments = time.perf_counter(), []
    with building(store, reports, AREAS[0]) as (terminal, process):
        for place in range(len(reports)):
            terminal.wait(place + 1, process)
            moments.append(time.perf_counter() - began)
        assert process.wait(END) == 0
    assert terminal.done == len(reports)
    return moments


def test_a_build_killed_at_any_moment_leaves_every_document_whole(
    tmp_path: Path,
    reports: list[Path],
    lines: dict[str, dict[str, str]],
    versions: dict[str, dict[str, Triples]],
) -> None:
    chance = random.Random(5)
    before: dict[str, Triples] = {}
    names = [Minter().document(read(path).version) for path in reports]
    moments = measure(tmp_path / "measured", reports)
    for kill in range(KILLS):
        store = tmp_path / f"store{kill // 5}"
        new = kill % 5 == 0  # and then mostly before the first document is there
        before = {} if new else before
        area = AREAS[kill % 2]
        at = chance.uniform(0, moments[1]) if new else chance.uniform(moments[0], moments[-1])
        told = bisect(moments, at)
        with building(store, reports, area) as (terminal, process):
            terminal.wait(told, process)
            pause(process, at - (moments[told - 1] if told else 0))
            process.kill()
            process.wait(END)
        stored = contents_on_disk(store)
        for place, name in enumerate(names):
            allowed = [versions[area][name]]
            if place >= terminal.done:
                allowed.append(before.get(name, frozenset()))
            assert stored.get(name, frozenset()) in allowed, (kill, place, terminal.done)
        assert set(stored) <= {*names, THINGS}
        of = {
            name: area
            for name in names
            for area in AREAS
            if stored.get(name) == versions[area][name]
        }
        anew = contents_of({name: lines[area][name] for name, area in of.items()})
        assert stored.get(THINGS) == anew.get(THINGS)  # none left over, none missing
        before = stored
        with OxigraphStore(store, read_only=True) as reader:
            assert kill % 5 < 4 or all(verdict.holds for verdict in check(reader))


@pytest.fixture
def null() -> Iterator[IO[bytes]]:
    """What nobody reads is written there."""
    with Path(os.devnull).open("wb") as found:
        yield found


@dataclass
class Client:
    """Writes the graphs that are its own, one version after the other; knows what was answered."""

    number: int
    version: int = 0
    sent: dict[str, int] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)

    def write(self, service: Service) -> None:
        """Until the service is gone: a graph is put, or replaced by an update."""
        with suppress(OSError, http.client.HTTPException):
            while True:
                self.version += 1
                graph = f"urn:graph:{self.number}:{self.version % GRAPHS}"
                self.sent[graph] = self.version
                triples = body(self.version)
                if self.version % 2:
                    path = f"/store?graph={quote(graph, safe='')}"
                    turtle = {"Content-Type": "text/turtle"}
                    answer = service.ask("PUT", path, triples.encode(), turtle)
                else:
                    inserted = f"INSERT DATA {{ GRAPH <{graph}> {{ {triples} }} }}"
                    answer = service.update(f"CLEAR SILENT GRAPH <{graph}> ; {inserted}")
                assert answer.status in (201, 204), answer.text
                self.answered[graph] = self.version

    def check(self, stored: dict[str, Triples]) -> None:
        """Each graph is what was last answered, or what was sent after that, and nothing else."""
        mine = {name for name in stored if name.startswith(f"urn:graph:{self.number}:")}
        assert mine <= set(self.sent)
        for graph, version in self.sent.items():
            allowed = [whole(graph, version)]
            if self.answered.get(graph) != version:
                last = self.answered.get(graph)
                allowed.append(whole(graph, last) if last else frozenset())
            found = stored.get(graph, frozenset())
            assert found in allowed, (graph, version, self.answered.get(graph), len(found))
            self.answered[graph] = self.sent[graph] = version if found == allowed[0] else last or 0


def body(version: int) -> str:
    return " .\n".join(f"<urn:s:{n}> <urn:p> {version}" for n in range(TRIPLES)) + " ."


def whole(graph: str, version: int) -> Triples:
    """The triples of a version, none where there is none."""
    with OxigraphStore() as store:
        if version:
            store.update(f"INSERT DATA {{ GRAPH <{graph}> {{ {body(version)} }} }}")
        return triples(store, graph)


def ask(service: Service, faults: list[str]) -> None:
    """Until the service is gone: every graph that is seen is one version of all its triples."""
    query = "SELECT ?g ?v (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:p> ?v } } GROUP BY ?g ?v"
    with suppress(OSError, http.client.HTTPException):
        while True:
            answer = service.query(query, "text/csv")
            rows = [line.split(",") for line in answer.text.splitlines()[1:]]
            graphs = [graph for graph, _, _ in rows]
            if answer.status != 200 or len(set(graphs)) < len(graphs):
                faults.append(answer.text)
            faults.extend(str(row) for row in rows if row[2] != str(TRIPLES))


def snapshot_dirs(store: Path) -> list[str]:
    return sorted(path.name for path in store.parent.glob(f".{store.name}.serving-*"))


def kill_with_its_workers_alive(process: Process) -> list[psutil.Process]:
    """Kill a service; returns the workers it had, which nobody tells to end."""
    service = psutil.Process(process.pid)
    service.suspend()  # so that it starts none meanwhile
    workers = service.children(recursive=True)
    process.kill()
    process.wait(END)
    return workers


def wait_for(worker: psutil.Process) -> None:
    """Wait until a process that is no child of ours computes no more, reaped or not."""
    deadline = time.monotonic() + END
    with suppress(psutil.NoSuchProcess):
        while worker.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline, worker
            with suppress(psutil.TimeoutExpired):
                worker.wait(0.02)


def write_and_kill(
    process: Process,
    service: Service,
    clients: list[Client],
    faults: list[str],
    chance: random.Random,
) -> list[psutil.Process]:
    """Kill a service while clients write to it and somebody reads; its workers, still alive."""
    threads = [threading.Thread(target=c.write, args=(service,)) for c in clients]
    threads += [threading.Thread(target=ask, args=(service, faults))]
    for thread in threads:
        thread.start()
    writes, began = sum(c.version for c in clients), time.perf_counter()
    wanted = writes + chance.randrange(1, 9)
    while sum(c.version for c in clients) < wanted:
        pause(process, 0.005)
    a_write = (time.perf_counter() - began) / (wanted - writes)
    pause(process, chance.random() * a_write * 2)
    assert process.poll() is None
    workers = kill_with_its_workers_alive(process)
    for thread in threads:
        thread.join(END)
    return workers


def test_a_service_killed_at_any_moment_loses_no_answered_write(
    tmp_path: Path, null: IO[bytes]
) -> None:
    chance = random.Random(6)
    store = tmp_path / "store"
    clients = [Client(number) for number in range(WRITERS)]
    start = 0.5
    command = ("serve", "--store", store, "--port", "0", "--allow-update", "--workers", "1")
    faults: list[str] = []
    for kill in range(KILLS):
        began = time.perf_counter()
        process = processes.start(*command, stdout=subprocess.PIPE, stderr=null)
        assert process.stdout
        with process.stdout:
            if kill % 6 == 0:  # while it starts; the first of all, while it makes the store
                pause(process, chance.random() * start)
                workers = kill_with_its_workers_alive(process)
            else:
                service = Service(process.stdout.readline().strip(), process)
                assert service.address
                start = time.perf_counter() - began
                assert len(snapshot_dirs(store)) == 1  # what killed ones left is gone
                workers = write_and_kill(process, service, clients, faults, chance)
        for worker in workers:
            wait_for(worker)
        stored = contents_on_disk(store)
        for client in clients:
            client.check(stored)
        assert all(name.startswith("urn:graph:") for name in stored)
        assert not faults
    assert sum(client.version for client in clients) > KILLS
