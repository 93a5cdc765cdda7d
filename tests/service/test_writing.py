"""Updates, graphs, tokens: who may write, and what is there afterwards."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from policygraph import Graph

from .service_process import Service, service

TURTLE = {"Content-Type": "text/turtle"}
TOKEN = "a-long-secret"


@pytest.fixture
def empty(writing: Service) -> Service:
    assert writing.update("DROP ALL").status == 204
    return writing


def count(served: Service) -> str:
    """How much there is outside the service's own graph."""
    query = "SELECT ?s ?p ?o { { GRAPH ?g { ?s ?p ?o } } FILTER(!STRENDS(STR(?g), '/service')) }"
    return str(served.query(query, "text/csv").text.count("\r\n") - 1)


def test_an_update_is_seen_by_the_next_query(empty: Service) -> None:
    for number in range(5):
        assert (
            empty.update(f"INSERT DATA {{ GRAPH <a:g> {{ <a:a> <a:b> {number} }} }}").status == 204
        )
        assert count(empty) == str(number + 1)


def test_an_update_that_fails_changes_nothing(empty: Service) -> None:
    answer = empty.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } } ; CLEAR GRAPH <a:none>")
    assert answer.status >= 400
    assert count(empty) == "0"


@pytest.mark.parametrize(
    "update",
    [
        "DROP GRAPH <a:none>",
        "CLEAR GRAPH <a:none>",
        "MOVE <a:none> TO <a:other>",
        "CREATE GRAPH <a:g> ; CREATE GRAPH <a:g>",
    ],
)
def test_an_update_of_graphs_that_are_not_as_it_needs_is_the_clients_error(
    empty: Service, update: str
) -> None:
    answer = empty.update(update)
    assert answer.status == 400
    assert "exist" in answer.text
    assert "space" not in answer.text
    assert answer.text.count("\n") == 1
    assert (
        empty.update(update.replace("GRAPH", "SILENT GRAPH").replace("MOVE", "MOVE SILENT")).status
        == 204
    )
    assert count(empty) == "0"


def test_a_graph_is_put_read_added_to_and_deleted(empty: Service) -> None:
    path = "/store?graph=http%3A%2F%2Fe%2F%E4%B9%A1"
    assert empty.get(path).status == 404
    assert empty.ask("PUT", path, "<a:a> <a:b> '乡', [] .".encode(), TURTLE).status == 201
    assert empty.ask("PUT", path, "<a:a> <a:b> '村' .".encode(), TURTLE).status == 204
    nt = {"Content-Type": "application/n-triples"}
    assert empty.ask("POST", path, b"<a:a> <a:b> <a:c> .", nt).status == 204
    answer = empty.get(path, "application/n-triples")
    assert sorted(answer.text.splitlines()) == ['<a:a> <a:b> "村" .', "<a:a> <a:b> <a:c> ."]
    assert empty.ask("HEAD", path).status == 200
    assert empty.ask("DELETE", path).status == 204
    assert empty.ask("DELETE", path).status == 404
    assert empty.ask("HEAD", path).status == 404


def test_the_default_graph_is_a_graph_too(empty: Service) -> None:
    assert empty.ask("PUT", "/store?default", b"<a:a> <a:b> <x> .", TURTLE).status == 204
    assert empty.get("/store?default", "application/n-triples").text == (
        f"<a:a> <a:b> <{empty.address}x> .\n"
    )
    assert empty.ask("DELETE", "/store?default").status == 204
    assert empty.get("/store?default", "application/n-triples").text == ""


@pytest.mark.parametrize(
    ("path", "body", "media", "status"),
    [
        ("/store", b"", "text/turtle", 400),
        ("/store?default&graph=a:b", b"", "text/turtle", 400),
        ("/store?graph=here", b"", "text/turtle", 400),
        ("/store?default", b"<a:a> <a:b>", "text/turtle", 400),
        ("/store?default", b"\xff", "text/turtle", 400),
        ("/store?default", b"a,b", "text/csv", 415),
    ],
)
def test_a_graph_that_is_none_is_refused(
    empty: Service, path: str, body: bytes, media: str, status: int
) -> None:
    assert empty.ask("PUT", path, body, {"Content-Type": media}).status == status
    assert count(empty) == "0"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},  # a sandboxed frame, or a page with no-referrer
        {"Origin": ""},
        {"Host": "elsewhere.example"},
        {},
    ],
)
def test_a_page_elsewhere_does_not_write(empty: Service, headers: dict[str, str]) -> None:
    """A browser on the same machine sends a form anywhere without asking."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"update=INSERT+DATA+%7B+GRAPH+%3Ca:g%3E+%7B+%3Ca:a%3E+%3Ca:b%3E+1+%7D+%7D"
    assert empty.ask("POST", "/sparql", body, {**form, **headers}).status == 403
    assert count(empty) == "0"
    for media in ("text/plain", "multipart/form-data; boundary=x", ""):
        sent = {"Content-Type": media, **headers} if media else headers
        assert empty.ask("POST", "/sparql?update=DROP%20ALL", body, sent).status >= 400
    update = {"Content-Type": "application/sparql-update", **headers}
    if headers:
        assert empty.ask("POST", "/sparql", b"DROP ALL", update).status == 403
    assert count(empty) == "0"
    own = {"Origin": empty.address.rstrip("/")}
    assert empty.ask("POST", "/sparql", body, {**form, **own}).status == 204
    assert count(empty) == "1"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("guarded")
    token = folder / "token"
    token.write_text(TOKEN + "\n")
    token.chmod(0o600)
    options = ("--allow-update", "--token-file", str(token), "--workers", "1")
    with service(folder / "store", *options) as served:
        yield served


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", TOKEN[:-1]])
def test_without_the_token_nothing_is_written(guarded: Service, token: str) -> None:
    update = guarded.update("INSERT DATA { <a:a> <a:b> <a:c> }", token)
    headers = {**TURTLE, "Authorization": f"Bearer {token}"}
    put = guarded.ask("PUT", "/store?graph=a:g", b"<a:a> <a:b> <a:c> .", headers)
    for answer in (update, put):
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert guarded.query("ASK { <a:a> ?p ?o }", "text/csv").text == "false"


def test_what_comes_with_the_token_is_written(guarded: Service) -> None:
    assert guarded.update("INSERT DATA { <a:t> <a:b> <a:c> }", TOKEN).status == 204
    assert guarded.query("ASK { <a:t> ?p ?o }", "text/csv").text == "true"
    assert guarded.update("DELETE DATA { <a:t> <a:b> <a:c> }", TOKEN).status == 204


def test_what_is_built_beside_a_reading_service_is_seen(tmp_path: Path) -> None:
    """Polled, because the service looks at the store every so often."""
    path = tmp_path / "store"
    with Graph.open(path) as graph, service(path, "--workers", "1") as served:
        graph.store.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> <a:c> } }")
        while count(served) == "0":
            assert served.process.poll() is None
        assert count(served) == "1"


def test_clients_that_hang_up_take_nothing_from_those_who_stay(empty: Service) -> None:
    """The first query after an update makes a snapshot; its client does not wait for it."""
    for number in range(10):
        update = f"INSERT DATA {{ GRAPH <a:g> {{ <a:a> <a:b> {number} }} }}"
        assert empty.update(update).status == 204
        with socket.create_connection(empty.place, timeout=0.001 * (number + 1)) as connection:
            connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
            with suppress(TimeoutError):
                connection.recv(1)
        assert empty.update(update.replace("a:a", "a:c")).status == 204
        assert count(empty) == str(2 * number + 2)


def test_a_writer_that_is_killed_is_replaced(tmp_path: Path) -> None:
    values = " ".join(f"<a:s{n}> <a:p> {n} ." for n in range(8_000))
    options = ("--allow-update", "--workers", "1")
    with service(tmp_path / "store", *options) as served, ThreadPoolExecutor(1) as threads:
        for number in range(3):
            update = f"INSERT DATA {{ GRAPH <a:g{number}> {{ {values} }} }}"
            told = threads.submit(served.update, update)
            while "policygraph_updates_running 1.0" not in served.get("/metrics").text:
                assert not told.done()
            writer(served, tmp_path / "store").kill()
            answer = told.result()
            # Whole or not at all, and every query sees at once how it is in the store.
            assert answer.status == 503
            assert "as a whole or not at all" in answer.text
            assert count(served) in ("0", "8000")
            assert served.update("DROP ALL").status == 204
            assert count(served) == "0"


def writer(served: Service, store: Path) -> psutil.Process:
    """The one process of a service that is started with the store."""
    children = psutil.Process(served.process.pid).children()
    alive = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
    (found,) = [child for child in alive if str(store) in child.cmdline()]
    return found


def test_an_address_says_which_methods_it_takes(reading: Service, writing: Service) -> None:
    def allowed(served: Service, path: str) -> set[str]:
        answer = served.ask("OPTIONS", path)
        assert answer.status == 204
        return set(answer.headers["allow"].split(", "))

    only_read = {"GET", "HEAD", "OPTIONS"}
    assert allowed(writing, "/store?default") == {*only_read, "PUT", "POST", "DELETE"}
    assert allowed(reading, "/store?default") == only_read
    assert allowed(reading, "/sparql") == allowed(writing, "/sparql") == {*only_read, "POST"}
    for path in ("/queries/money", "/id/area/420000-1980", "/none"):
        assert allowed(writing, path) - {"GET", "HEAD"} == {"OPTIONS"}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_what_the_service_says_of_itself_is_not_written_to(empty: Service, method: str) -> None:
    before = description(empty)
    assert before
    answer = empty.ask(method, f"/store?graph={OURS}", b"<a:a> <a:b> <a:c> .", TURTLE)
    assert answer.status == 403
    assert answer.text.count("\n") == 1
    assert description(empty) == before


def description(served: Service) -> list[str]:
    """What a service says of itself, without its counts and prefixes, which follow the data when they are counted."""
    lines = served.get("/store", "application/n-triples", graph=OURS).text.splitlines()
    return sorted(line for line in lines if "/void#" not in line and "#prefix-" not in line)


OURS = "https://w3id.org/policygraph/service"


@pytest.mark.parametrize(
    "update",
    [
        f"INSERT DATA {{ GRAPH <a:g> {{ <a:a> <a:b> 2 }} }} ; INSERT DATA {{ GRAPH <{OURS}> {{ <a:a> <a:b> 1 }} }}",
        f"INSERT DATA {{ GRAPH <{OURS}> {{ <a:a> <a:b> 1 }} }} ; # and no more",
        f"INSERT {{ GRAPH ?g {{ <a:a> <a:b> 1 }} }} WHERE {{ BIND (IRI(CONCAT('{OURS[:-4]}', 'vice')) AS ?g) }}",
        f"COPY GRAPH <a:g> TO GRAPH <{OURS}>",
        "PREFIX p: <https://w3id.org/policygraph/> CREATE SILENT GRAPH p:service",
    ],
)
def test_no_update_writes_what_the_service_says_of_itself(empty: Service, update: str) -> None:
    assert empty.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }").status == 204
    answer = empty.update(update)
    assert answer.status == 403
    assert "what the service says of itself" in answer.text
    assert count(empty) == "1"
    assert "false" in empty.query(f"ASK {{ GRAPH <{OURS}> {{ <a:a> ?p ?o }} }}").text
    assert "true" in empty.query(f"ASK {{ GRAPH <{OURS}> {{ ?s ?p ?o }} }}").text


@pytest.mark.parametrize(
    ("update", "said"),
    [
        ("INSERT DATA {", "error at 1:13: { is not closed"),
        ("\nDROP", "error at 2:5"),
        ("", ""),
        ("PREFIX a: <a:>", ""),
    ],
)
def test_an_update_that_is_broken_is_told_as_it_was_written(
    empty: Service, update: str, said: str
) -> None:
    answer = empty.update(update)
    assert answer.status == (400 if said else 204), answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    ("path", "media", "text"),
    [
        ("/store?default", "text/turtle", b"<a:a> <a:b> <a:c> ."),
        ("/sparql", "application/sparql-update", b"INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }"),
        ("/sparql", "application/sparql-query", b"SELECT ?x { }"),
    ],
)
def test_a_compressed_body_is_refused_and_one_that_is_not_is_taken(
    empty: Service, path: str, media: str, text: bytes
) -> None:
    headers = {"Content-Type": media, "Content-Encoding": "gzip"}
    answer = empty.ask("POST", path, gzip.compress(text), headers)
    assert answer.status == 415
    assert answer.headers["accept-encoding"] == "identity"
    assert answer.text.count("\n") == 1
    assert count(empty) == "0"
    plain = empty.ask("POST", path, text, {**headers, "Content-Encoding": "identity"})
    assert plain.status < 300
