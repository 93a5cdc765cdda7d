"""Limits that protect and speak, and an end that loses nothing."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from policygraph import Graph
from tests.processes import run_text

from .service_process import Service, service

# Every pair of triples of a report, then every pair of those pairs: it never ends.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c < ?f && ?f < ?i) }"
TOKEN = "secret-of-the-test"
ENDED = 60  # seconds until a process that was to end is called stuck
AGAIN = 0.02  # seconds until one asks again whether something has come
MANY = "SELECT ?s ?p ?o ?t { ?s ?p ?o . ?t a <https://w3id.org/policygraph/ontology#Figure> }"


@pytest.fixture(scope="module")
def strict(store: Path) -> Iterator[Service]:
    """A service with little of everything."""
    options = ("--seconds", "1", "--rows", "5", "--workers", "1", "--queue", "1")
    with service(store, *options) as served:
        yield served


@pytest.fixture(scope="module")
def patient(store: Path) -> Iterator[Service]:
    """A service that waits long and has no cap."""
    with service(
        store, "--seconds", "300", "--rows", "0", "--bytes", "0", "--workers", "2"
    ) as served:
        yield served


@pytest.fixture
def own(store: Path, tmp_path: Path) -> Path:
    """A store no other service reads, alone in its folder."""
    others = shutil.ignore_patterns("readers")
    return Path(shutil.copytree(store, tmp_path / "own" / "store", ignore=others))


def workers(served: Service) -> list[psutil.Process]:
    return psutil.Process(served.process.pid).children(recursive=True)


def computed(worker: psutil.Process) -> float:
    """The seconds of processor time it has used, none where it has ended."""
    with suppress(psutil.NoSuchProcess):
        return float(worker.cpu_times().user)
    return 0.0


def metric(served: Service, name: str) -> float:
    lines = served.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.split(" ")[0] == name)


def test_a_query_past_its_deadline_is_told_and_ended(strict: Service) -> None:
    before = metric(strict, "policygraph_queries_killed_total")
    assert strict.query("ASK {}").status == 200
    there = workers(strict)
    answer = strict.query(RUNAWAY)
    assert answer.status == 503
    assert "1 seconds" in answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert metric(strict, "policygraph_queries_killed_total") == before + 1
    assert metric(strict, "policygraph_queries_running") == 0
    while all(worker.is_running() for worker in there):
        time.sleep(AGAIN)
    assert strict.query("ASK {}").status == 200


def test_only_a_worker_reads_what_a_client_wrote(strict: Service) -> None:
    """A text that takes long to read stops nobody else: with its worker stopped, nothing reads it."""
    for query in ("SELECT nonsense", "ASK { SERVICE <http://127.0.0.1/> {} }"):
        stop_the_worker(strict)
        answer = strict.query(query)
        assert answer.status == 503
        assert "took longer than 1 seconds" in answer.text
        assert strict.get("/health").status == 200
    stop_the_worker(strict)
    answer = strict.get("/queries/system-evidence.json?system=x")
    assert (answer.status, "narrowed by document (e.g. http" in answer.text) == (503, True)


def stop_the_worker(served: Service) -> None:
    """Stop the one worker that answers queries, which alone has a limit of memory."""
    assert served.query("ASK {}").status == 200
    ended = (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE)  # the one stopped before
    living = [worker for worker in workers(served) if worker.status() not in ended]
    (worker,) = [each for each in living if each.cmdline()[-1:] not in ([], ["0"])]
    worker.suspend()


# Each wants gigabytes: a sort of all pairs with a long text, and text doubled thirty times.
HUNGRY = {
    "sort": "SELECT ?x { ?a ?b ?c . ?d ?e ?f "
    f"BIND (CONCAT(STR(?a), STR(?d), '{'long' * 3000}') AS ?x) }} ORDER BY ?f ?c",
    "text": "SELECT (STRLEN(?x30) AS ?n) { BIND (STR(<urn:x:0123456789>) AS ?x0) "
    + " ".join(f"BIND (CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
    + " }",
}


@pytest.fixture(scope="module")
def small(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A writable service whose processes may take little memory."""
    folder = tmp_path_factory.mktemp("small")
    own = shutil.copytree(store, folder / "store", ignore=shutil.ignore_patterns("readers"))
    token = folder / "token"
    token.write_text(TOKEN + "\n")
    token.chmod(0o600)
    limits = ("--seconds", "120", "--workers", "1", "--memory", str(200 << 20), "--rows", "0")
    with service(own, *limits, "--allow-update", "--token-file", str(token)) as served:
        yield served


@pytest.mark.parametrize("name", HUNGRY)
def test_a_query_past_its_memory_is_told_and_the_service_goes_on(small: Service, name: str) -> None:
    answer = small.query(HUNGRY[name])
    assert answer.status == 503
    assert "more memory than it may have" in answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert small.query("ASK {}").status == 200


def test_entities_that_grow_without_bound_take_no_more_than_the_memory(small: Service) -> None:
    doubled = [f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9)]
    entities = "".join(doubled)
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY e0 "0123456789">{entities}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
        '<rdf:Description rdf:about="urn:x:a"><x:b>&e9;</x:b></rdf:Description></rdf:RDF>'
    )
    headers = {"Content-Type": "application/rdf+xml", "Authorization": f"Bearer {TOKEN}"}
    answer = small.ask("PUT", "/store?graph=urn:x:g", bomb.encode(), headers)
    assert answer.status in (400, 503)
    assert "false" in small.query("ASK { GRAPH <urn:x:g> { ?s ?p ?o } }").text
    inserted = "INSERT DATA { GRAPH <urn:x:g> { <urn:x:a> <urn:x:b> 1 } }"
    assert small.update(inserted, TOKEN).status == 204


@pytest.mark.parametrize(
    "media", ["application/sparql-results+json", "text/csv", "application/sparql-results+xml"]
)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?nothing { ?s ?p ?o }",
        "SELECT ?nothing ?p { { ?s ?p ?o } UNION { ?s ?q ?o } }",
        """SELECT ("{},{}},{" AS ?text) ("a\\"},{\\\\" AS ?other) { ?s ?p ?o }""",
    ],
)
def test_rows_that_hold_nothing_or_look_like_several_are_counted(
    strict: Service, media: str, query: str
) -> None:
    answer = strict.query(query, media)
    assert answer.status == 200
    if media.endswith("json"):
        assert len(json.loads(answer.body)["results"]["bindings"]) == 5
    elif media.endswith("xml"):
        assert answer.text.count("<result>") == 5
        assert answer.text.endswith("</results></sparql>")
    else:
        assert answer.body.count(b"\n") == 6


def test_a_client_that_goes_away_frees_the_processor(patient: Service) -> None:
    before = {worker: computed(worker) for worker in workers(patient)}
    with socket.create_connection(patient.place) as connection:
        head = f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: x\r\n\r\n"
        connection.sendall(head.encode())
        computing: list[psutil.Process] = []
        while not computing:
            time.sleep(AGAIN)
            computing = [each for each in before if computed(each) > before[each] + 0.2]
    while metric(patient, "policygraph_queries_running"):
        time.sleep(AGAIN)
    computing[0].wait(ENDED)
    assert patient.query("ASK {}").status == 200


def test_a_client_that_stops_reading_in_the_middle_frees_the_worker(patient: Service) -> None:
    with socket.create_connection(patient.place) as connection:
        head = f"GET /sparql?query={quote(MANY)} HTTP/1.1\r\nHost: x\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200")
    while metric(patient, "policygraph_queries_running"):
        time.sleep(AGAIN)
    assert patient.query("ASK {}").status == 200


def test_when_the_queue_is_full_it_says_so(strict: Service) -> None:
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: strict.query(RUNAWAY), range(12)))
    assert {answer.status for answer in answers} == {503}
    assert any("too many queries are waiting" in answer.text for answer in answers)
    assert all("retry-after" in answer.headers for answer in answers)


def test_clients_that_ask_again_at_once_are_refused_slowly(strict: Service) -> None:
    """Refusals crowd nobody out: while others are answered, an impatient client is refused a few times."""
    with ThreadPoolExecutor(2) as threads:
        others = [threads.submit(strict.query, RUNAWAY) for _ in range(2)]
        while not metric(strict, "policygraph_queries_queued"):
            assert not others[0].done()
        refused = 0
        while not (others[0].done() and others[1].done()):
            answer = strict.query("ASK {}")
            refused += answer.status == 503
            assert answer.status == 200 or int(answer.headers["retry-after"]) > 0
    assert refused <= 3


@pytest.mark.parametrize(
    "media",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ],
)
@pytest.mark.parametrize("rows", [4, 5, 6, 4000])
def test_rows_above_the_cap_are_cut_and_told(strict: Service, media: str, rows: int) -> None:
    import pyoxigraph as ox

    text = "'}},{\\\"</result><result>\\n\\\"\\n'"
    query = (
        f"SELECT ?n ({text} AS ?x) {{ {{ SELECT ?s {{ ?s ?p ?o }} LIMIT {rows} }} BIND (1 AS ?n) }}"
    )
    answer = strict.query(query, media)
    assert answer.status == 200
    assert answer.headers["x-policygraph-row-limit"] == "5"
    assert answer.headers.get("x-policygraph-cut") == ("rows" if rows > 5 else None)
    if media == "text/csv":
        assert answer.text.count("\r\n1,") == min(rows, 5)
    else:
        solutions = ox.parse_query_results(
            answer.body, ox.QueryResultsFormat.from_media_type(media)
        )
        assert isinstance(solutions, ox.QuerySolutions)
        assert len(list(solutions)) == min(rows, 5)


def test_triples_above_the_cap_are_cut_and_told(strict: Service) -> None:
    answer = strict.query("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert answer.headers["x-policygraph-cut"] == "rows"
    assert len(answer.text.splitlines()) == 5


def test_an_answer_cut_after_it_began_does_not_look_whole(store: Path) -> None:
    with (
        service(store, "--bytes", str(3 << 20), "--workers", "1") as served,
        pytest.raises(http.client.IncompleteRead),
    ):
        served.query(MANY, "text/csv")


def test_a_large_answer_streams_in_small_memory(patient: Service) -> None:
    assert patient.query("ASK {}").status == 200
    everyone = [psutil.Process(patient.process.pid), *workers(patient)]
    before = {process.pid: process.memory_info().rss for process in everyone}
    connection = http.client.HTTPConnection(*patient.place)
    query = quote(MANY.replace("?t {", f"('{'long' * 200}' AS ?x) {{") + " LIMIT 60000")
    connection.request("GET", f"/sparql?query={query}", headers={"Accept": "text/csv"})
    response, size, most = connection.getresponse(), 0, 0
    while chunk := response.read(1 << 20):
        size += len(chunk)
        grown = max(p.memory_info().rss - before[p.pid] for p in everyone if p.is_running())
        most = max(most, grown)
    connection.close()
    assert size > 50 << 20
    assert most < 48 << 20


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """An address on loopback that remembers who came."""
    visits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            visits.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql", visits
        server.shutdown()
        thread.join()


def test_no_other_address_is_fetched(
    reading: Service, writing: Service, elsewhere: tuple[str, list[str]]
) -> None:
    address, visits = elsewhere
    for query in (
        f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT ?x {{ ?s ?p ?o }} VALUES ?x {{ <{address}> }} }}",
        f"SELECT * {{ ?s ?p trueSERVICE <{address}> {{ ?s ?p ?o }} }}",
    ):
        answer = reading.query(query)
        assert answer.status == 403
        assert "SERVICE" in answer.text
    assert writing.update(f"LOAD <{address}>").status == 403
    assert (
        writing.update(
            f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        ).status
        == 403
    )
    assert not visits


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_and_leaves_nothing_behind(own: Path, by: signal.Signals) -> None:
    with service(own, "--workers", "1") as served:
        left = workers(served)
        assert left
        assert served.end(by) == 0
    psutil.wait_procs(left, timeout=30)
    assert not [process for process in left if process.is_running()]
    assert [path.name for path in own.parent.iterdir()] == [own.name]


def test_an_update_that_runs_when_it_is_told_to_end_is_done(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with service(path, "--allow-update", "--seconds", "300", "--workers", "1") as served:
        values = " ".join(f"<a:s{n}> <a:p> {n} ." for n in range(4_000))
        with ThreadPoolExecutor(1) as threads:
            update = threads.submit(served.update, f"INSERT DATA {{ GRAPH <a:g> {{ {values} }} }}")
            while not metric(served, "policygraph_updates_running"):
                assert not update.done()
            served.process.send_signal(signal.SIGTERM)
            assert update.result().status == 204
        assert served.process.wait(60) == 0
    with Graph.open(path, read_only=True) as graph:
        assert graph.store.count() == 4_000


# As RUNAWAY, but written: it would take longer than any test waits.
RUNAWAY_UPDATE = f"""
INSERT {{ GRAPH <a:g> {{ <a:a> <a:b> ?n }} }}
WHERE {{ {RUNAWAY.replace("{ ?a", "{ GRAPH ?x { ?a").replace(". FILTER", "} FILTER")} }}
"""


@pytest.mark.parametrize("kind", ["query", "update"])
def test_a_second_interrupt_ends_at_once_what_the_first_waits_for(
    own: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        service(own, "--allow-update", "--seconds", "300", "--workers", "1") as served,
        ThreadPoolExecutor(1) as threads,
    ):
        sent = served.query if kind == "query" else served.update
        answer = threads.submit(sent, RUNAWAY if kind == "query" else RUNAWAY_UPDATE)
        running = (
            "policygraph_queries_running" if kind == "query" else "policygraph_updates_running"
        )
        while not metric(served, running):
            assert not answer.done()
        left = workers(served)
        served.process.send_signal(signal.SIGINT)
        while is_listening(served):
            assert served.process.poll() is None
        assert not answer.done()
        assert served.end(signal.SIGINT) == 0
        assert answer.result().status == 503
    _, alive = psutil.wait_procs(left, timeout=30)
    assert not alive
    assert [path.name for path in own.parent.iterdir()] == [own.name]
    told = capfd.readouterr().err
    assert re.search(r"waiting for \d running request", told)  # the look at the metrics may be one
    assert "Traceback" not in told


def is_listening(served: Service) -> bool:
    try:
        socket.create_connection(served.place).close()
    except ConnectionError:
        return False
    return True


def test_workers_end_when_the_service_is_killed(own: Path) -> None:
    with service(own, "--workers", "1") as served:
        left = workers(served)
        served.process.kill()
        served.process.wait()
        _, alive = psutil.wait_procs(left, timeout=30)
        assert not alive
    # The next one clears away what it left beside the store.
    with service(own, "--workers", "1"):
        mine = [path for path in own.parent.iterdir() if path.name != own.name]
        assert len(mine) == 1


def test_a_store_that_is_not_there_is_told_or_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store"
    path.parent.mkdir()
    done = run_text("serve", "--store", path, "--port", "0")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "policygraph build" in done.stderr
    assert "--allow-update" in done.stderr
    assert not path.exists()
    with service(path, "--allow-update", "--workers", "1") as served:
        assert served.query("ASK { ?s a <a:b> }", "text/csv").text == "false"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0", "--allow-update"], "--token-file"),
        (["--base", "http://other.example/"], "https://w3id.org/policygraph/"),
        (["--base", "nonsense"], "IRI"),
        (["--allow-update", "--token-file", "/nowhere"], "token"),
        (["--queue", "-1"], "--queue -1: give queries that may wait (32); 0 or more"),
        (["--seconds", "nan"], "--seconds nan"),
        (["--workers", "0"], "--workers 0"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_line(
    store: Path, options: list[str], said: str
) -> None:
    done = run_text("serve", "--store", store, "--port", "0", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_health_and_metrics_tell_of_requests_and_queries(reading: Service) -> None:
    assert json.loads(reading.get("/health").body)["status"] == "ok"
    assert reading.query("ASK {}").status == 200
    text = reading.get("/metrics").text
    assert 'policygraph_requests_total{method="GET",route="/sparql",status="200"}' in text
    assert "policygraph_query_seconds_bucket" in text


def test_what_is_counted_does_not_grow_with_what_clients_invent(reading: Service) -> None:
    def counters() -> set[str]:
        lines = reading.get("/metrics").text.splitlines()
        return {
            line.split("}")[0] for line in lines if line.startswith("policygraph_requests_total")
        }

    reading.ask("BREW", "/invented")
    reading.ask("BREW", "/id/invented")
    counters()  # is counted itself
    before = counters()
    for number in range(30):
        reading.ask(f"BREW{number}", f"/invented{number}")
        reading.ask(f"BREW{number}", f"/id/invented{number}")
    assert counters() == before
