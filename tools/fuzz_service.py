"""Random and mutated requests against a read-only and a writable service (make fuzz).

tools/fuzz_service.py [SECONDS] [REQUESTS]: two services on loopback get requests that are made up byte by byte out of right
ones, and then those schemathesis makes up from the OpenAPI description. It ends when the time is up or enough was sent.
There must be no 5xx but the 503 the service announces, no request left without an answer for longer than the service
announces, no traceback, no connection elsewhere, no growing memory, and the read-only store must be what it was. Status 1
where it is not so.
"""

from __future__ import annotations

import hashlib
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil

from policygraph import Graph, read
from policygraph.loaders.sources import BUNDLED

SECONDS, REQUESTS, CLIENTS = 600, 100_000, 16
DEADLINE = 2  # seconds a query may take
WAIT = 60  # seconds without a byte after which a client says that the service hangs
GROWTH, SLACK = 1.1, 16 << 20  # how much the memory of a service may differ
LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
PG = "PREFIX pg: <https://w3id.org/policygraph/ontology#> "
QUERIES = (
    f"{PG}SELECT * {{ ?f a pg:Figure ; ?p ?o }} LIMIT 3",
    f"{PG}CONSTRUCT {{ ?f ?p ?o }} {{ ?f a pg:Measure ; ?p ?o }} LIMIT 3",
    "ASK { ?s ?p ?o }",
    "DESCRIBE <https://w3id.org/policygraph/id/area/420000>",
    "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY DESC(?n) ?s LIMIT 5",
    "SELECT * { { ?s ?p ?o } UNION { ?o ?p ?s } OPTIONAL { ?s a ?t } FILTER (REGEX(STR(?o), '财政')) } LIMIT 2",
    "SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }",
)
UPDATES = (
    "INSERT DATA { GRAPH <urn:x:g> { <urn:x:a> <urn:x:b> 1 } }",
    "DELETE WHERE { GRAPH <urn:x:g> { ?s ?p ?o } }",
    "DROP ALL",
    "LOAD <http://192.0.2.1/x>",
    "COPY GRAPH <urn:x:g> TO GRAPH <https://w3id.org/policygraph/service>",
)
PATHS = (
    *(
        "/",
        "/sparql",
        "/store?default",
        "/store?graph=urn:x:g",
        "/queries/",
        "/queries/money.csv?indicator=财政",
    ),
    *(
        "/queries/documents",
        "/id/area/420000.ttl",
        "/id/nothing",
        "/vocabulary/verbs",
        "/ontology.rdf",
        "/search?q=财政",
    ),
    *(
        "/search.csv?q=a&kind=figure",
        "/openapi.json",
        "/.well-known/void",
        "/catalogue",
        "/health",
        "/metrics",
        "/query",
    ),
    *("/views/actors", "/assets/page.css", "/files/context.jsonld", "/queries/people.json?name=王"),
)
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "FOO")
TYPES = (
    *("application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded"),
    *(
        "text/turtle",
        "application/rdf+xml",
        "application/ld+json",
        "text/plain",
        "multipart/form-data; boundary=x",
        "",
    ),
)
HEADERS = (
    *(
        "Accept: text/html",
        "Accept: text/csv;q=0.5, */*;q=0.1",
        "Accept: ,;q=2/*",
        "Accept-Language: zh;q=x, en",
    ),
    *(
        "If-None-Match: *",
        "If-Modified-Since: yesterday",
        "Origin: null",
        "Connection: close",
        "Expect: 100-continue",
    ),
    *(
        "Content-Encoding: gzip",
        "Range: bytes=0-",
        "X-Forwarded-Prefix: /a/../b",
        "Forwarded: proto=https;;",
        "Cookie: a",
    ),
    *(
        "Content-Length: 5",
        "Content-Length: -1",
        "Transfer-Encoding: chunked",
        "Upgrade: h2c",
        "Authorization: Bearer x",
    ),
)
PIECES = (
    *(
        b"\0",
        b"\r\n",
        b"\n",
        b"%",
        b"%00",
        b"%ff",
        b"%E8",
        b"\xff\xfe",
        "财政".encode(),
        b"../",
        b"//",
        b"?",
        b"#",
        b"&",
    ),
    *(
        b"\\u0041",
        b"\\",
        b"'",
        b'"',
        b'"""',
        b"<",
        b">",
        b"{",
        b"}",
        b"(" * 300,
        b"a." * 200,
        b"-",
        b"9" * 40,
        b"1e9999",
    ),
    *(
        b"SERVICE",
        b"LOAD",
        b"<urn:x:y>",
        b"?x",
        b"LIMIT",
        b"OFFSET 99999999999999999999",
        b";",
        b"\xed\xa0\x80",
        b"\xf0\x9f",
    ),
)


@dataclass
class Findings:
    """What was answered, and what was wrong."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, said: str, fault: str = "") -> None:
        """Count one request."""
        with self.lock:
            self.answers[said] += 1
            if fault:
                self.faults.append(fault)

    @property
    def requests(self) -> int:
        """How many there were."""
        return sum(self.answers.values())


@dataclass
class Served:
    """A running service: its address and process, the file of its messages, its memory time after time."""

    address: str
    process: psutil.Process
    messages: Path
    memory: list[int] = field(default_factory=list)

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.address)
        return parts.hostname or "", parts.port or 0


def request(chance: random.Random) -> bytes:
    """A request: made of right parts, most of them mutated afterwards."""
    path = chance.choice(PATHS)
    method = chance.choice(
        METHODS if chance.random() < 0.15 else ("GET", "GET", "POST", "POST", "PUT", "DELETE")
    )
    if method in ("POST", "PUT", "DELETE") and chance.random() < 0.8:
        path = "/store?graph=urn:x:g"
    body = b""
    kind = chance.choice(TYPES)
    if chance.random() < 0.5:
        text = chance.choice((*QUERIES, *UPDATES)).encode()
        text = mutated(text, chance) if chance.random() < 0.7 else text
        path = "/sparql" if chance.random() < 0.8 else path
        if method == "GET":
            path += f"?query={quote(text)}"
        elif "form" in kind:
            body = chance.choice((b"query=", b"update=")) + quote(text).encode()
        else:
            body = text
    elif method in ("POST", "PUT"):
        body = chance.choice((b"<urn:x:a> <urn:x:b> 2 .", b"<rdf:RDF/>", b"{}", b"\0\xff", b""))
    lines = [
        f"{method} {path} HTTP/1.{chance.choice('1110')}",
        "Host: 127.0.0.1",
        "Connection: close",
    ]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"Content-Length: {len(body)}"] if body or method in ("POST", "PUT") else []
    lines += chance.sample(HEADERS, chance.randrange(4))
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return mutated(whole, chance) if chance.random() < 0.5 else whole


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them removed, doubled, replaced or put in."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 1, 4, 16)))
        part = chance.choice((b"", data[start:end] * 2, chance.choice(PIECES), chance.randbytes(2)))
        data = data[:start] + part + data[end:]
    return data


def send(served: Served, data: bytes, findings: Findings) -> None:
    """Send one request by itself and look at its answer, up to the end of the connection."""
    try:
        answer = exchange(served.place, data, goes=len(data) % 8 == 0)
    except TimeoutError:
        findings.count("no answer", f"hangs: {data[:300]!r}")
    except OSError as error:
        findings.count("no connection", f"{error}: {data[:300]!r}")
    else:
        status = (
            bytes(answer[9:12]).decode("latin1") if answer.startswith(b"HTTP/1.1 ") else "closed"
        )
        findings.count(status, fault(status, bytes(answer), data))


def exchange(place: tuple[str, int], data: bytes, *, goes: bool = False) -> bytes:
    """The beginning of what a service answers to bytes, read to its end; ``goes``: as a client that goes away.

    Raises OSError.
    """
    answer = bytearray()
    with socket.create_connection(place, WAIT) as connection:
        with suppress(OSError):
            connection.sendall(data)
            if goes:
                connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := connection.recv(1 << 16):
                answer += part if len(answer) < 1 << 16 else b""
    return bytes(answer)


def fault(status: str, answer: bytes, data: bytes) -> str:
    """What is wrong with an answer; nothing where the service announces it."""
    if not status.startswith("5") or (status == "503" and b"\r\nretry-after:" in answer.lower()):
        return ""
    return f"{answer[:300]!r} to {data[:400]!r}"


@contextmanager
def serving(store: Path, *options: str, messages: Path) -> Iterator[Served]:
    """A service over a store, which writes its messages into a file."""
    command = [sys.executable, "-m", "policygraph", "serve", "--store", str(store), "--port", "0"]
    command += ["--seconds", str(DEADLINE), "--request-seconds", "1", *options]
    with (
        messages.open("w") as file,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file, text=True) as process,
    ):
        assert process.stdout
        try:
            yield Served(process.stdout.readline().strip(), psutil.Process(process.pid), messages)
        finally:
            process.terminate()


def digest(store: Path) -> str:
    """A digest of all quads of a store, in whatever order."""
    with Graph.open(store, read_only=True) as graph:
        lines = sorted(str(quad) for quad in graph.store.quads())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def run(
    services: list[Served], goes_on: Callable[[Findings], bool], clients: int, seed: int = 0
) -> Findings:
    """Let clients send made-up requests to the services as long as it is to go on."""
    findings = Findings()

    def work(number: int) -> None:
        chance = random.Random(seed * 1000 + number)
        while goes_on(findings):
            send(chance.choice(services), request(chance), findings)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return findings


def observe(served: Served, findings: Findings) -> None:
    """Remember the memory of a service, and tell of connections that leave the machine."""
    with suppress(psutil.NoSuchProcess):
        served.memory.append(served.process.memory_info().rss)
        for process in (served.process, *served.process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                for connection in process.net_connections("inet"):
                    if connection.raddr and connection.raddr.ip not in LOOPBACK:
                        findings.faults.append(f"a connection to {connection.raddr.ip}")


def faults_of(served: Served) -> Iterator[str]:
    """What is wrong with a service after all: it has ended, said too much, or grown."""
    if not served.process.is_running() or served.process.status() == psutil.STATUS_ZOMBIE:
        yield f"{served.address} has ended"
    said = served.messages.read_text("utf-8", "replace")
    if "Traceback" in said:
        yield f"{said.count('Traceback')} tracebacks, the last ends: {said[said.rindex('Traceback') :][:6000][-1500:]}"
    quarter = max(len(served.memory) // 4, 1)
    if len(served.memory) >= 8:
        early = statistics.median(served.memory[quarter : 2 * quarter])
        late = statistics.median(served.memory[-quarter:])
        print(f"{served.address}: {early / 2**20:.0f} MiB, then {late / 2**20:.0f} MiB")
        if late > early * GROWTH + SLACK:
            yield f"the memory of {served.address} grows"


def by_schemathesis(served: Served, seconds: float) -> str:
    """What schemathesis finds wrong with a service; most often nothing."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        f"{served.address}openapi.json",
    ]
    command += [
        "--checks",
        "not_a_server_error",
        "--max-examples",
        "30",
        "--no-color",
        "--seed",
        "1",
    ]
    command += ["--suppress-health-check", "all", "--generation-database", "none"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=seconds, cwd=folder
            )
        except subprocess.TimeoutExpired:
            print(f"schemathesis found nothing in {seconds:.0f} s")
            return ""
    print(
        *re.findall(r"^ *\d+ generated.*$|.*[Tt]est cases.*$", done.stdout, re.MULTILINE), sep="\n"
    )
    return "" if done.returncode == 0 else done.stdout[-3000:]


def main() -> int:
    given = [int(text) for text in sys.argv[1:]]
    seconds, requests = [*given, *(SECONDS, REQUESTS)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        whole, other = Path(folder) / "read", Path(folder) / "written"
        with Graph.open(whole) as graph:
            graph.add(read(BUNDLED))
        before = digest(whole)
        said = [Path(folder) / f"{name}.messages" for name in ("read", "written")]
        with (
            serving(whole, messages=said[0]) as reading,
            serving(other, "--allow-update", messages=said[1]) as writing,
        ):
            services, began = [reading, writing], time.monotonic()

            def goes_on(so_far: Findings) -> bool:
                return so_far.requests < requests and time.monotonic() < began + seconds

            over, looked = threading.Event(), Findings()

            def watch() -> None:
                while not over.wait(1):
                    for served in services:
                        observe(served, looked)

            watcher = threading.Thread(target=watch)
            watcher.start()
            findings = run(services, goes_on, CLIENTS)
            spent = time.monotonic() - began
            found = [by_schemathesis(served, max(seconds / 10, 30)) for served in services]
            over.set()
            watcher.join()
            faults = [*findings.faults, *looked.faults, *filter(None, found)]
            faults += [fault for served in services for fault in faults_of(served)]
        if digest(whole) != before:
            faults.append("the read-only store has changed")
    tell(findings, faults, spent)
    print(f"{len(faults)} faults; the read-only store is {before[:16]}")
    return 1 if faults else 0


def tell(findings: Findings, faults: list[str], seconds: float) -> None:
    """Print how requests were answered and the most frequent faults, each with its number."""
    by = ", ".join(f"{count} × {said}" for said, count in sorted(findings.answers.items()))
    print(f"{findings.requests} requests in {seconds:.0f} s: {by}")
    for text, times in Counter(faults).most_common(20):
        print(f"{times} × {text}")


if __name__ == "__main__":
    sys.exit(main())
