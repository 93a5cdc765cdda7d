"""What clients send that is not quite HTTP, and connections that stay open."""

from __future__ import annotations

import socket
from http.client import HTTPResponse

import pytest

from .service_process import Service

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
