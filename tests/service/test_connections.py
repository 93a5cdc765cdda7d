"""What clients send that is not quite HTTP, and connections that stay open."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPResponse
from itertools import product
from pathlib import Path

import pytest

from .service_process import Service, service
from .test_limits import RUNAWAY

ROWS = "/queries/money.csv?indicator=财政衔接资金"


def send(connection: socket.socket, *parts: bytes) -> tuple[int, str]:
    """Send the parts of one request one after the other; returns status and body of the answer."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for part in parts:
        connection.sendall(part)
    with HTTPResponse(connection) as answer:
        answer.begin()
        return answer.status, answer.read().decode()


def request(target: str, encoding: str = "utf-8") -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(encoding)


def test_an_address_is_answered_as_it_is_typed(reading: Service) -> None:
    encoded = reading.get("/queries/money.csv", indicator="财政衔接资金")
    assert "239.82亿元" in encoded.text or "23982000000" in encoded.text
    with socket.create_connection(reading.place, timeout=60) as connection:
        assert send(connection, request(ROWS)) == (200, encoded.text)
        again = request(ROWS)  # on the same connection, byte by byte
        assert send(connection, *(again[n : n + 1] for n in range(len(again)))) == (
            200,
            encoded.text,
        )


def test_a_path_may_be_typed_as_it_is_read(reading: Service) -> None:
    with socket.create_connection(reading.place, timeout=60) as connection:
        status, text = send(connection, request("/queries/没有这个"))
    assert status == 404
    assert "没有这个" in text


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_an_address_in_another_encoding_is_refused(reading: Service, encoding: str) -> None:
    target = "/queries/money.csv?indicator=財政"
    with socket.create_connection(reading.place, timeout=60) as connection:
        status, text = send(connection, request(target, encoding))
    assert status == 400
    assert "UTF-8" in text


def test_a_body_is_left_as_it_is(reading: Service) -> None:
    body = 'SELECT ("湖北" AS ?x) {}'.encode()
    head = (
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection(reading.place, timeout=60) as connection:
        for parts in ((head + body,), (head, body[:16], body[16:])):
            assert send(connection, *parts) == (200, "x\r\n湖北\r\n")


@pytest.fixture(scope="module")
def bounded(store: Path) -> Iterator[Service]:
    """A service that waits half a second for the rest of a request, and one for a query."""
    with service(store, "--request-seconds", "0.5", "--seconds", "1", "--workers", "1") as served:
        yield served


POST = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 6\r\n\r\n"
)


HALVES = (b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", POST, POST + b"ASK")


def test_half_a_request_is_answered_and_closed(bounded: Service) -> None:
    """All at once, as each waits half a second; the last follows on a whole request."""

    def told(half: bytes) -> tuple[int, str, bytes]:
        with socket.create_connection(bounded.place, timeout=60) as connection:
            if half == b"GET /hea":
                assert send(connection, request("/health"))[0] == 200
            return *send(connection, half), connection.recv(1)

    halves = (*HALVES, b"GET /hea")
    with ThreadPoolExecutor(len(halves)) as threads:
        for status, text, left in threads.map(told, halves):
            assert (status, left) == (408, b"")
            assert "0.5 seconds" in text


@pytest.mark.parametrize("host", ["%0.0.1", "", "a b", "a/b", "<>", "a:b", "[::1", "名", "a@b"])
@pytest.mark.parametrize("path", ["/sparql", "/", "/id/area/420000", "/health"])
def test_a_host_that_is_none_is_refused(reading: Service, host: str, path: str) -> None:
    answer = reading.ask("GET", path, headers={"Host": host.encode().decode("latin1")})
    assert answer.status == 400
    assert answer.text == "Host: holds no name of a server\n"


@pytest.mark.parametrize(
    "host", ["example.org", "a-b.c:80", "127.0.0.1:1", "[::1]:8000", "localhost"]
)
def test_a_host_of_any_form_is_answered(reading: Service, host: str) -> None:
    described = reading.ask("GET", "/sparql", headers={"Host": host, "Accept": "text/turtle"})
    assert described.status == 200
    assert f"<http://{host}/sparql>" in described.text


def test_a_body_that_does_not_come_closes_the_connection(
    bounded: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    """And a request that does not come; all at once, as each waits half a second."""

    def told(head: str) -> bytes:
        with socket.create_connection(bounded.place, timeout=60) as connection:
            connection.sendall(head.encode())
            return connection.makefile("rb").read()  # to its end

    methods = ("GET", "HEAD", "POST", "DELETE", "FOO")
    framings = ("Transfer-Encoding: chunked", "Content-Length: 80")
    line = "{} /sparql HTTP/1.1\r\nHost: localhost\r\n{}\r\n\r\n"
    heads = [line.format(*each) for each in product(methods, framings)]
    with ThreadPoolExecutor(len(heads) + 1) as threads:
        silence = threads.submit(told, "")
        for head, answer in zip(heads, threads.map(told, heads), strict=True):
            assert answer.startswith(b"HTTP/1.1 4"), head
            bare = answer.index(b"\r\n\r\n") + 4 == len(answer)
            assert bare == head.startswith("HEAD"), head
        assert silence.result() == b""
    assert "Traceback" not in capfd.readouterr().err


def test_a_slow_query_is_not_taken_for_a_slow_client(bounded: Service) -> None:
    answer = bounded.query(RUNAWAY)
    assert answer.status == 503
    assert "1 seconds" in answer.text


def test_one_address_has_a_bounded_number_of_connections(store: Path) -> None:
    with service(store, "--connections", "10", "--workers", "1") as served, ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(socket.create_connection(served.place, timeout=60))
        with socket.create_connection(served.place, timeout=60) as one_more:
            status, text = send(one_more)
        assert status == 503
        assert "10 connections" in text
        stack.close()
        while served.get("/health").status == 503:  # until the service has seen them close
            assert served.process.poll() is None
