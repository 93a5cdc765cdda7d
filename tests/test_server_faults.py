"""What a user is told when a server is not there, refuses, breaks off, or answers something else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from policygraph.errors import PolicygraphError, QueryError, StoreError
from policygraph.graph.stores import open_store
from policygraph.graph.stores.http_client import PAUSES, Credentials
from policygraph.graph.stores.sparql_server import ServerStore

from .servers import PASSWORD, USER, Server, free_ports

YES = (200, {"Content-Type": "application/sparql-results+json"}, b'{"head":{},"boolean":true}')
NO = (200, {"Content-Type": "application/sparql-results+json"}, b'{"head":{},"boolean":false}')
ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
DONE = (204, {}, b"")
ASK = "ASK { ?s ?p ?o }"
INSERT = "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }"
QUADS = "<urn:s> <urn:p> <urn:o> <urn:g> .\n"
Told = tuple[int, dict[str, str], bytes]


class Scripted(ThreadingHTTPServer):
    """Answers each request with the next of its answers; None closes the connection at once."""

    def __init__(self, *answers: Told | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.got: list[tuple[str, dict[str, str], str]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}/sparql"
        self.stop = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.got.append((self.command, dict(self.headers), body))
        told = (
            self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        )
        if told is None:
            self.close_connection = True
            return
        status, headers, data = told
        if status == 0:  # slow: nothing until the test is over
            self.server.stop.wait()
            return
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(data))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = _do

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def scripted() -> Iterator[list[Scripted]]:
    servers: list[Scripted] = []
    yield servers
    for server in servers:
        server.stop.set()
        server.shutdown()
        server.server_close()


def serve(servers: list[Scripted], *answers: Told | None) -> Scripted:
    server = Scripted(*answers)
    servers.append(server)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


def store_of(server: Scripted, *, graphs: bool = False, timeout: float = 30) -> ServerStore:
    waited: list[float] = []
    store = ServerStore(
        server.url,
        graph_store_url=server.url if graphs else None,
        credentials=Credentials(),
        timeout=timeout,
        pause=waited.append,
    )
    store.waited = waited  # type: ignore[attr-defined]
    return store


def one_line(error: pytest.ExceptionInfo[PolicygraphError]) -> str:
    assert "\n" not in str(error.value)
    return str(error.value)


def test_an_address_where_nobody_listens() -> None:
    (port,) = free_ports(1)
    waited: list[float] = []
    store = ServerStore(f"http://127.0.0.1:{port}/sparql", pause=waited.append)
    with pytest.raises(StoreError, match="no server answers there") as caught:
        store.count()
    assert f"http://127.0.0.1:{port}/sparql" in one_line(caught)
    assert waited == list(PAUSES)


@pytest.mark.parametrize("given", ["http://", "https:///sparql"])
def test_an_address_that_is_none_is_refused_in_one_line(given: str) -> None:
    with pytest.raises(StoreError, match="not the address"):
        open_store(given)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="POLICYGRAPH_PASSWORD") as caught:
        open_store("http://me:hidden@127.0.0.1/sparql")
    assert "hidden" not in one_line(caught)


def test_credentials_come_from_the_environment(
    scripted: list[Scripted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYGRAPH_TOKEN", "abc")
    server = serve(scripted, YES)
    with open_store(server.url) as store:
        assert bool(store.query(ASK))
    assert server.got[0][1]["Authorization"] == "Bearer abc"
    monkeypatch.delenv("POLICYGRAPH_TOKEN")
    monkeypatch.setenv("POLICYGRAPH_USER", "me")
    monkeypatch.setenv("POLICYGRAPH_PASSWORD", "hidden")
    server = serve(scripted, (401, {"WWW-Authenticate": 'Basic realm="x"'}, b""), YES)
    with open_store(server.url) as store:
        assert bool(store.query(ASK))
    assert [headers.get("Authorization") for _, headers, _ in server.got] == [
        None,
        "Basic bWU6aGlkZGVu",
    ]
    assert "hidden" not in repr(Credentials.from_environment())


def test_a_wrong_password_for_virtuoso(virtuoso_server: Server) -> None:
    for password, right in ((PASSWORD, True), ("wrong", False)):
        store = ServerStore(virtuoso_server.query, credentials=Credentials(USER, password))
        if right:
            store.query(ASK)
            continue
        with pytest.raises(StoreError, match="POLICYGRAPH_PASSWORD") as caught:
            store.query(ASK)
        assert "wrong" not in one_line(caught)


def test_a_page_instead_of_an_answer(scripted: list[Scripted]) -> None:
    page = (200, {"Content-Type": "text/html"}, b"<html><head><title>Welcome</title></head></html>")
    server = serve(scripted, page)
    for query in (ASK, "SELECT ?s { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(StoreError, match=r"text/html.*Welcome.*SPARQL endpoint") as caught:
            store_of(server).query(query)
        one_line(caught)
    with pytest.raises(StoreError, match="SPARQL endpoint"):
        store_of(server).graphs()


@pytest.mark.parametrize(
    ("status", "said", "words"),
    [
        (404, b"Not here", "check the address"),
        (405, b"", "check the address"),
        (
            500,
            b"Virtuoso 40005 Error: it failed\nwith a long trace",
            "the server failed: 500.*it failed",
        ),
        (507, b"", "disk is full"),
        (500, b"IO error: No space left on device", "disk is full"),
        (503, b"", "too busy"),
        (400, b"SP030: syntax error\nSPARQL query:", "refuses the request: SP030: syntax error$"),
    ],
)
def test_a_status_of_a_server_is_told_by_what_it_means(
    scripted: list[Scripted], status: int, said: bytes, words: str
) -> None:
    store = store_of(serve(scripted, (status, {"Content-Type": "text/plain"}, said)))
    for work in (lambda: store.query(ASK), lambda: store.add("urn:g", QUADS)):
        with pytest.raises(PolicygraphError, match=words) as caught:
            work()
        assert "trace" not in one_line(caught)


def test_a_redirect_is_told_not_followed(scripted: list[Scripted]) -> None:
    server = serve(scripted, (302, {"Location": "http://127.0.0.1:1/login?next=x"}, b""))
    with pytest.raises(StoreError, match=r"give the new address: http://127\.0\.0\.1:1/login$"):
        store_of(server).query(ASK)


def test_a_busy_server_is_asked_again_when_it_says(scripted: list[Scripted]) -> None:
    server = serve(scripted, (503, {"Retry-After": "7"}, b""), (429, {}, b""), YES)
    store = store_of(server)
    assert bool(store.query(ASK))
    assert store.waited == [7.0, PAUSES[1]]  # type: ignore[attr-defined]


def test_a_connection_that_breaks_is_tried_again_where_nothing_is_written_twice(
    scripted: list[Scripted],
) -> None:
    # It is asked first whether the graph, or a standard profile of it, is there.
    server = serve(scripted, NO, NO, NO, None, DONE)
    store_of(server, graphs=True).add("urn:g", QUADS)
    assert [method for method, _, _ in server.got[3:]] == ["PUT", "PUT"]
    assert server.got[3][2] == server.got[4][2]
    server = serve(scripted, NO, NO, NO, None, DONE)
    store_of(server).add("urn:g", QUADS)
    sent = [parse_qs(body)["update"][0] for _, _, body in server.got[3:]]
    assert sent[0] == sent[1]
    assert sent[0].startswith("DROP SILENT GRAPH <urn:g>")


def test_an_update_that_may_have_run_is_not_sent_again(scripted: list[Scripted]) -> None:
    server = serve(scripted, None)
    with pytest.raises(StoreError, match="the connection broke") as caught:
        store_of(server).update(INSERT)
    one_line(caught)
    assert len(server.got) == 1
    for status, times in ((502, 1), (503, 1 + len(PAUSES))):
        server = serve(scripted, (status, {}, b""))
        with pytest.raises(StoreError, match="too busy"):
            store_of(server).update(INSERT)
        assert len(server.got) == times


def test_an_answer_that_breaks_off_gives_no_rows(scripted: list[Scripted]) -> None:
    kind = {"Content-Type": "application/sparql-results+json"}
    cut = (200, kind | {"Content-Length": str(len(ROWS) + 9)}, ROWS)
    for told, words in ((cut, "connection broke"), ((200, kind, ROWS[:-9]), "SPARQL results")):
        server = serve(scripted, told)
        with pytest.raises(StoreError, match=words):
            store_of(server).query("SELECT ?x { ?x ?p ?o }")


def test_an_answer_the_server_cut_short_is_no_answer(scripted: list[Scripted]) -> None:
    kind = {"Content-Type": "application/sparql-results+json"}
    for more in ({"X-SPARQL-MaxRows": "10000"}, {"X-SQL-State": "S1TAT"}):
        server = serve(scripted, (200, kind | more, ROWS))
        with pytest.raises(QueryError, match="ask for less"):
            store_of(server).query("SELECT ?x { ?x ?p ?o }")


def test_a_slow_server_is_given_up_at_the_deadline(scripted: list[Scripted]) -> None:
    server = serve(scripted, (0, {}, b""))
    with pytest.raises(StoreError, match=r"within 0\.2 seconds"):
        store_of(server, timeout=0.2).query(ASK)
    assert len(server.got) == 1


@pytest.mark.parametrize("given", ["soon", "0", "-1", "nan"])
def test_a_deadline_that_is_no_number_is_refused(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYGRAPH_TIMEOUT", given)
    with pytest.raises(StoreError, match="number of seconds"):
        open_store("http://127.0.0.1:1/sparql")


def test_what_is_open_for_reading_is_not_written(scripted: list[Scripted]) -> None:
    server = serve(scripted, DONE)
    store = ServerStore(server.url, read_only=True)
    for work in (
        lambda: store.add("urn:g", QUADS),
        lambda: store.drop("urn:g"),
        lambda: store.update(INSERT),
    ):
        with pytest.raises(StoreError, match="reading only"):
            work()
    assert server.got == []


def test_a_graph_that_comes_short_is_told(scripted: list[Scripted]) -> None:
    counts = (
        b'{"head":{"vars":["graph","count"]},"results":{"bindings":[{"graph":{"type":"uri",'
        b'"value":"urn:g"},"count":{"type":"literal","value":"2"}}]}}'
    )
    triples = (200, {"Content-Type": "application/n-triples"}, b"<urn:s> <urn:p> <urn:o> .\n")
    server = serve(scripted, (200, YES[1], counts), triples)
    with pytest.raises(StoreError, match="gave 1 of 2 quads of urn:g"):
        list(store_of(server).quads())


def test_comments_and_words_do_not_lead_the_request_astray(scripted: list[Scripted]) -> None:
    server = serve(scripted, YES)
    query = "# INSERT DATA\nPREFIX delete: <urn:insert#>\nASK { ?s delete:clear ?o }"
    assert isinstance(store_of(server).query(query), ox.QueryBoolean)
    assert parse_qs(server.got[0][2]) == {"query": [query]}
