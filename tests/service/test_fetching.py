"""What SERVICE and LOAD may reach: only what the owner allows, wherever its name leads."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph.errors import ServiceError
from policygraph.service.client_operations import Client, prepare_query
from policygraph.service.outbound_addresses import AllowList, OutboundAddress
from policygraph.service.request_analysis import fetches

from .service_process import Service, service

ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
ANSWERS = {
    "/rows": (200, "application/sparql-results+json", ROWS),
    "/broken": (200, "application/sparql-results+json", b'{"head":{"vars":["x"]},"res SECRET'),
    "/csv": (200, "text/csv", b"x\r\nSECRET\r\n"),
    "/page": (200, "text/html", b"<p>SECRET</p>"),
    "/fault": (500, "text/plain", b"SECRET"),
    "/elsewhere": (307, "text/plain", b"SECRET"),
    "/triples": (200, "text/turtle", b"<here> <p> <#there> ."),
    "/broken-triples": (200, "text/turtle", b"<here> <p> SECRET"),
}


@dataclass
class OtherServer:
    """A server on loopback that remembers what was asked of it."""

    port: int
    visits: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[OtherServer]:
    visits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            visits.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, media, body = ANSWERS.get(self.path, ANSWERS["/rows"])
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            if status == 307:
                self.send_header("Location", "/rows")
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield OtherServer(server.server_address[1], visits)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def allowing(elsewhere: OtherServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A writable service whose owner allows everything of that server, and one address of it by another name."""
    path = tmp_path_factory.mktemp("allowing") / "store"
    one = elsewhere.address.replace("127.0.0.1", "localhost") + "/rows"
    allowed = ("--allow-service", elsewhere.address, "--allow-service", one)
    with service(path, "--allow-update", "--workers", "1", *allowed) as served:
        yield served


PIECES = (
    *(
        "SERVICE",
        "service",
        " ",
        "\n",
        "{",
        "}",
        ".",
        ";",
        "?x",
        "<a:b>",
        "'",
        '"',
        "'''",
        "#",
        "\\u",
    ),
    *(
        r"\u0053ERVICE",
        "SILENT",
        "x:",
        ":a",
        "service:a",
        "@en",
        "true",
        "1",
        "_",
        "\\",
        "à",
        "‿",
        "GRAPH",
    ),
    *(
        "<a:b#'>",
        r"<a:\u0041>",
        "FILTER(1<2)",
        "(",
        ")",
        "a",
        "^^",
        "/",
        "_:b",
        "%41",
        "\u00b7",
        ">",
        "<",
    ),
)


def test_what_the_engine_fetches_was_always_told_before(elsewhere: OtherServer) -> None:
    """Queries put together by chance: none reaches the server unless our own reading saw that it would."""
    chance, store = random.Random(7), ox.Store()
    store.update("INSERT DATA { <a:b> <a:b> 1 }")
    address = f"<{elsewhere.address}/rows>"
    reached = 0
    for _ in range(4000):
        inside = [chance.choice(PIECES) for _ in range(chance.randrange(8))]
        inside.insert(chance.randrange(len(inside) + 1), "SERVICE" if chance.random() < 0.6 else "")
        after = [chance.choice(PIECES) for _ in range(chance.randrange(3))]
        between = chance.choice(["", "", " ", "SILENT", "#\n"])
        target = chance.choice([address, ":rows", "x:rows"])
        prefixes = (
            f"PREFIX : <{elsewhere.address}/> PREFIX x: <{elsewhere.address}/> PREFIX service: <a:>"
        )
        query = f"{prefixes} ASK {{ ?s ?p ?o . {''.join(inside)}{between}{target}{{}} {''.join(after)} }}"
        before = len(elsewhere.visits)
        with contextlib.suppress(SyntaxError, OSError, RuntimeError, ValueError):
            store.query(query, prefixes={})
        if len(elsewhere.visits) > before:
            reached += 1
            assert fetches(query, AllowList(()).permits, update=False), query
    assert reached > 50


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://0/",
        ),
        *("http://[::ffff:127.0.0.1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/"),
        *("http://169.254.169.254/latest/", "http://[fe80::1]/", "http://0.0.0.0/", "http://[::]/"),
        *("http://user:word@example.org/", "ftp://example.org/", "http:example.org", "example.org"),
        *(
            "http://example.org:99999/",
            "http://exämple.org/",
            "http://a\\@b/",
            "http:///x",
            "file:///etc/passwd",
        ),
    ],
)
def test_an_address_in_an_unusual_form_or_of_no_use_is_never_fetched(address: str) -> None:
    with pytest.raises(ServiceError, match="cannot be allowed or fetched"):
        AllowList.of([address])
    assert not AllowList.of(["http://example.org"]).permits(address)


def test_an_allowed_address_is_one_host_and_port_however_it_is_written() -> None:
    allowed = AllowList.of(["https://Example.org", "http://127.0.0.1:8001/sparql"])
    assert allowed.permits("https://example.org:443/any/path?x=1")
    assert allowed.permits("https://EXAMPLE.org./")
    assert allowed.permits("http://127.0.0.1:8001/sparql")
    for other in (
        *("http://example.org/", "https://example.org:444/", "https://example.org.evil/"),
        *(
            "http://127.0.0.1:8001/sparql?x",
            "http://127.0.0.1:8001/",
            "http://localhost:8001/sparql",
        ),
    ):
        assert not allowed.permits(other)


def test_a_name_that_leads_into_the_own_network_is_not_followed() -> None:
    # What the system resolves to 127.0.0.1 without being its number.
    with pytest.raises(ServiceError, match="not on the public internet"):
        OutboundAddress("http", "127.1", 80, "/").resolve()
    assert OutboundAddress.parse("http://127.0.0.1/").resolve() == "127.0.0.1"
    assert OutboundAddress.parse("http://localhost/").resolve() in ("127.0.0.1", "::1")


def test_an_address_that_cannot_be_allowed_is_told_at_the_start(
    store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AssertionError), service(store, "--allow-service", "http://2130706433/"):
        pass
    said = capfd.readouterr().err
    assert "http://2130706433/: cannot be allowed" in said
    assert said.count("\n") == 1


def test_what_is_allowed_is_fetched_and_answers(allowing: Service, elsewhere: OtherServer) -> None:
    query = f"SELECT ?x {{ SERVICE <{elsewhere.address}/rows> {{ ?s ?p ?x }} }}"
    assert allowing.query(query, "text/csv").text == "x\r\n1\r\n"
    assert allowing.update(f"LOAD <{elsewhere.address}/triples> INTO GRAPH <a:g>").status == 204
    rows = allowing.query(
        "SELECT ?s ?p ?o { GRAPH <a:g> { ?s ?p ?o } }", "text/tab-separated-values"
    ).text
    base = elsewhere.address
    assert rows.splitlines()[1:] == [f"<{base}/here>\t<{base}/p>\t<{base}/triples#there>"]


def test_where_one_address_is_allowed_its_neighbours_are_not(
    allowing: Service, elsewhere: OtherServer
) -> None:
    one = elsewhere.address.replace("127.0.0.1", "localhost") + "/rows"
    query = f"SELECT ?x {{ SERVICE <{one}> {{ ?s ?p ?x }} }}"
    assert allowing.query(query, "text/csv").text == "x\r\n1\r\n"
    before = len(elsewhere.visits)
    assert allowing.query(f"ASK {{ SERVICE <{one}2> {{ ?s ?p ?x }} }}").status == 403
    assert len(elsewhere.visits) == before


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/csv", "answers with text/csv, not with SPARQL results"),
        ("/page", "answers with text/html, not with SPARQL results"),
        ("/broken", "broken SPARQL results"),
        ("/fault", "answers 500 (Internal Server Error)"),
        ("/elsewhere", "redirects (307)"),
    ],
)
def test_a_failed_answer_is_told_in_plain_words_and_not_repeated(
    allowing: Service, elsewhere: OtherServer, path: str, said: str
) -> None:
    address = f"{elsewhere.address}{path}"
    answer = allowing.query(f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}")
    assert answer.status == 502
    assert answer.text.startswith(f"SERVICE <{address}>: ")
    assert said in answer.text
    assert "SECRET" not in answer.text
    assert answer.text.count("\n") == 1
    silent = allowing.query(f"ASK {{ SERVICE SILENT <{address}> {{ ?s ?p ?x }} }}")
    assert silent.status == 200


@pytest.mark.parametrize("path", ["/fault", "/elsewhere", "/page", "/csv", "/broken-triples"])
def test_a_failed_load_is_told_in_plain_words_and_writes_nothing(
    allowing: Service, elsewhere: OtherServer, path: str
) -> None:
    address = f"{elsewhere.address}{path}"
    answer = allowing.update(
        f"INSERT DATA {{ GRAPH <a:g> {{ <a:s> <a:p> 5 }} }} ; LOAD <{address}>"
    )
    assert answer.status == 502
    assert answer.text.startswith(f"LOAD <{address}>: ")
    assert "SECRET" not in answer.text
    assert "false" in allowing.query("ASK { ?s ?p 5 }").text


def test_a_server_behind_fetches_by_no_way_of_its_own(elsewhere: OtherServer) -> None:
    client = Client("http://127.0.0.1/sparql", (), remote=True)
    for query in (
        f'DEFINE get:soft "replace" SELECT * FROM <{elsewhere.address}> {{ ?s ?p ?o }}',
        f'SELECT (bif:http_get("{elsewhere.address}") AS ?x) {{}}',
        f'SELECT (<bif:http_get>("{elsewhere.address}") AS ?x) {{}}',
    ):
        with pytest.raises(ServiceError, match="fetches only addresses"):
            prepare_query(query, client, "json", "ttl")
