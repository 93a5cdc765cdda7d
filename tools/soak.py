"""Many clients at once over a real service, and whether it holds (make soak).

tools/soak.py [SECONDS] [CLIENTS] [COPIES]: a service over the bundled report and copies of it is asked named
queries, SPARQL, pages of things, VoID, queries that never end and requests that are refused; some clients
hang up in the middle of an answer. Every answer must be one the service announces: what was asked for, whole,
or a limit with its reason. The memory of the service and its workers must stay flat. Then 200 clients that ask again at once
when they are refused must get at least 80 % of the answers a second that 4 get. Status 1 where one of it does not hold.
"""

from __future__ import annotations

import http.client
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from soak_tasks import LIMITED, Task, lines, tasks

from policygraph import Graph, read
from policygraph.graph.writer import nquads
from policygraph.loaders.sources import BUNDLED
from policygraph.ontology.iris import Minter

SECONDS, CLIENTS, COPIES = 60, 32, 10
DEADLINE = 5  # seconds a query may take
GROWTH, SLACK = 1.1, 8 << 20  # how much memory may differ
WAIT = 120  # seconds for any answer
FEW, IMPATIENT, SHARE = 4, 200, 0.8  # clients, and the part of the few's answers the many must get
USEFUL = "/queries/money.csv"


@dataclass
class Tally:
    """What was answered to whom, how long it took, and what was wrong."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)  # of the service, time after time
    at_rest: tuple[int, int] = (0, 0)  # of the service and its workers, before and after
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, said: str, fault: str, seconds: float) -> None:
        """Count one answer."""
        with self.lock:
            self.answers[name, said] += 1
            self.seconds[name].append(seconds)
            if fault:
                self.faults.append(f"{name}: {said}: {fault}")


class Client:
    """One connection at a time, kept open between requests or not."""

    def __init__(self, address: str, tally: Tally, deadline: float, *, keeps: bool) -> None:
        self._place = urlsplit(address).netloc
        self._tally, self._deadline, self._keeps = tally, deadline, keeps
        self._connection = http.client.HTTPConnection(self._place, timeout=WAIT)

    def do(self, task: Task) -> None:
        """Ask for one thing, count its answer and tell what is wrong with it."""
        began = time.perf_counter()
        try:
            said, wrong = self._ask(task)
        except (OSError, http.client.HTTPException) as error:
            said, wrong = type(error).__name__, f"{error!r}"
            late = time.perf_counter() - began > self._deadline
            if late and isinstance(error, http.client.IncompleteRead):
                said, wrong = "broken off at the deadline", ""  # as is announced
            self._connection.close()
        self._tally.add(task.name, said, wrong, time.perf_counter() - began)
        if task.hangs_up or not self._keeps:
            self._connection.close()

    def _ask(self, task: Task) -> tuple[str, str]:
        headers = {"Accept": task.accept, **task.headers}
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before it was sent
            self._connection.request(task.method, task.path, task.body, headers)
        if task.hangs_up:
            return self._hang_up()
        response = self._connection.getresponse()
        body = response.read()
        if response.will_close:
            self._connection.close()
        return str(response.status), fault(task, response.status, response.headers, body)

    def _hang_up(self) -> tuple[str, str]:
        """Go away after the first bytes, or soon where there are none."""
        assert self._connection.sock
        self._connection.sock.settimeout(0.2)
        with suppress(TimeoutError):
            self._connection.sock.recv(1 << 10)
        return "–", ""

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def fault(task: Task, status: int, headers: Mapping[str, str], body: bytes) -> str:
    """What is wrong with an answer; nothing where it is what the service announces."""
    said = lines(body) == 1 or body.startswith(b"<!doctype html>")  # a reader gets a page
    if status == LIMITED and "Retry-After" in headers and said:
        return ""
    if status not in task.statuses:
        return body[:200].decode(errors="replace")
    if status != 200:
        return "" if lines(body) == 1 else "not one line that says why"
    try:
        size = task.size(body)
    except (ValueError, KeyError, SyntaxError) as error:
        return f"broken: {error}"
    wanted = size if task.wanted is None else task.wanted
    return "" if size == wanted else f"{size} of {wanted}"


def learn(address: str, asked: list[Task]) -> list[Task]:
    """The tasks with the size of each answer as it is when nobody else asks."""
    return [
        replace(task, wanted=task.size(alone(address, task)))
        if task.statuses == (200,) and task.wanted is None and not task.hangs_up
        else task
        for task in asked
    ]


def alone(address: str, task: Task) -> bytes:
    """A whole answer; what the service has yet to count is waited for."""
    while True:
        with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=WAIT)) as one:
            one.request(task.method, task.path, task.body, {"Accept": task.accept, **task.headers})
            response = one.getresponse()
            body = response.read()
        if response.status == 200:
            return body
        assert response.status == LIMITED, f"{task.name}: {body!r}"


def run(
    address: str,
    asked: list[Task],
    clients: int,
    goes_on: Callable[[int], bool],
    deadline: float = DEADLINE,
) -> Tally:
    """Let clients ask at once, each as long as it is to go on after so many requests.

    Between them they ask each thing once, and then what chance has them ask.
    """
    tally, weights = Tally(), [task.weight for task in asked]

    def work(number: int) -> None:
        chance = random.Random(number)
        done, first = 0, asked[number::clients]
        with closing(Client(address, tally, deadline, keeps=number % 2 == 0)) as client:
            while goes_on(done):
                (task,) = first[done : done + 1] or chance.choices(asked, weights)
                client.do(task)
                done += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def goodput(address: str, clients: int, seconds: float) -> float:
    """Answers a second that clients get who ask again at once whether they are answered or refused."""
    answered, until = [0] * clients, time.monotonic() + seconds

    def work(number: int) -> None:
        with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=WAIT)) as one:
            while time.monotonic() < until:
                one.request("GET", USEFUL)
                response = one.getresponse()
                response.read()
                assert response.status in (200, LIMITED)
                assert response.status == 200 or "Retry-After" in response.headers
                answered[number] += response.status == 200

    began = time.monotonic()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / (time.monotonic() - began)


def holds_under_impatience(address: str, seconds: float) -> bool:
    """Print how many answers a second few and many impatient clients get; whether the many get enough."""
    few, many = (goodput(address, clients, seconds) for clients in (FEW, IMPATIENT))
    print(f"{FEW} clients get {few:.1f} answers a second, {IMPATIENT} impatient ones {many:.1f}")
    return many >= SHARE * few


def memory_of_all(service: psutil.Process) -> int:
    """Resident bytes of the service and its workers."""
    sizes = [service.memory_info().rss]
    for worker in service.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            sizes.append(worker.memory_info().rss)
    return sum(sizes)


def growth(sizes: list[int]) -> tuple[float, float]:
    """The median of the second quarter, and of the last."""
    quarter = max(len(sizes) // 4, 1)
    return statistics.median(sizes[quarter : 2 * quarter]), statistics.median(sizes[-quarter:])


@contextmanager
def serving(store: Path) -> Iterator[tuple[str, psutil.Process]]:
    """A service over a store: its address and its process."""
    options = ["--store", str(store), "--port", "0", "--seconds", str(DEADLINE)]
    command = [sys.executable, "-m", "policygraph", "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip(), psutil.Process(process.pid)
        finally:
            process.terminate()


def fill(store: Path, copies: int) -> None:
    """The bundled report, so many times, each under a name of its own."""
    document = read(BUNDLED)
    name = Minter().document(document.version)
    text = nquads(document)
    with Graph.open(store) as graph:
        for number in range(copies):
            other = Minter().document(f"{number:064x}"[::-1]) if number else name
            graph.store.add(other, text.replace(name, other))


def report(tally: Tally, seconds: float) -> bool:
    """Print what was answered; returns whether all of it is as announced and memory is flat."""
    print(f"{'asked':24}{'answers':>9}{'median ms':>11}{'p95 ms':>8}  by status")
    for name in sorted(tally.seconds):
        times = sorted(tally.seconds[name])
        by = ", ".join(f"{n} × {s}" for (t, s), n in sorted(tally.answers.items()) if t == name)
        middle, late = statistics.median(times) * 1000, times[len(times) * 95 // 100] * 1000
        print(f"{name:24}{len(times):9}{middle:11.0f}{late:8.0f}  {by}")
    total = sum(tally.answers.values())
    print(f"{total} answers in {seconds:.0f} s, {total / seconds:.0f} a second")
    flat = True
    # A worker may take what it likes until its query's deadline: all of them are looked at when at rest.
    kinds = (("service", growth(tally.memory)), ("service and workers at rest", tally.at_rest))
    for who, (early, late) in kinds:
        print(f"memory of the {who}: {early / 2**20:.0f} MiB, then {late / 2**20:.0f} MiB")
        flat = flat and late <= early * GROWTH + SLACK
    for said, times in Counter(tally.faults).most_common(20):
        print(f"{times} × {said}")
    print("flat memory" if flat else "memory grows", f"{len(tally.faults)} faults", sep=", ")
    return flat and not tally.faults


def main() -> int:
    given = [int(text) for text in sys.argv[1:]]
    seconds, clients, copies = [*given, *(SECONDS, CLIENTS, COPIES)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        fill(store, copies)
        with Graph.open(store, read_only=True) as graph:
            asked = tasks(graph.store)
        with serving(store) as (address, service):
            asked = learn(address, asked)
            before = memory_of_all(service)
            sizes: list[int] = []
            over = threading.Event()

            def watch() -> None:
                while not over.wait(0.5):
                    sizes.append(service.memory_info().rss)

            watcher = threading.Thread(target=watch)
            watcher.start()
            began = time.monotonic()
            tally = run(address, asked, clients, lambda _: time.monotonic() < began + seconds)
            over.set()
            watcher.join()
            tally.memory, tally.at_rest = sizes, (before, memory_of_all(service))
            holds = report(tally, time.monotonic() - began)
            holds &= holds_under_impatience(address, max(seconds / 6, 5))
            return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
