"""The HTTP/1.1 connections of the service: uvicorn's, bounded in time and number.

They also take addresses typed as they are read:
``curl 'localhost:8000/queries/money.csv?indicator=财政衔接资金'`` sends the UTF-8 bytes of the address
as they are, which HTTP does not allow; browsers and most programs percent-encode them first.
"""

from __future__ import annotations

import asyncio
import re
from http import HTTPStatus
from typing import Any

import h11
from h11._connection import DEFAULT_MAX_INCOMPLETE_EVENT_SIZE
from uvicorn.protocols.http.h11_impl import H11Protocol

from policygraph.service.settings import Limits

_FOREIGN = re.compile(rb"[\x80-\xff]")


class RequestLineConnection(h11.Connection):
    """A server's connection that percent-encodes bytes beyond ASCII in the first line of each request.

    Only of a request whose first bytes arrive after the one before was answered: what a client sends
    ahead of an answer is taken as it is.
    """

    _line_is_whole = False

    def receive_data(self, data: bytes) -> None:
        """Take bytes from the client; empty at the end of its stream."""
        if self._line_is_whole or self.their_state is not h11.IDLE:
            super().receive_data(data)
            return
        line, end, rest = data.partition(b"\n")
        self._line_is_whole = bool(end)
        super().receive_data(_FOREIGN.sub(_percent_encode, line) + end + rest)

    def start_next_cycle(self) -> None:
        """Begin the next request and answer on this connection."""
        super().start_next_cycle()
        self._line_is_whole = b"\n" in self.trailing_data[0]


def _percent_encode(byte: re.Match[bytes]) -> bytes:
    return b"%%%02X" % byte[0][0]


class HttpProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol over a RequestLineConnection, with limits for slow and many clients.

    A client that does not send the rest of its request in time is answered 408, one that has too many
    connections open 503.
    """

    def __init__(self, limits: Limits, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        longest = self.config.h11_max_incomplete_event_size or DEFAULT_MAX_INCOMPLETE_EVENT_SIZE
        self.conn = RequestLineConnection(h11.SERVER, longest)
        self._limits = limits
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, unless the client has too many connections already."""
        super().connection_made(transport)
        most = self._limits.connections
        if most and self.client and self._connections_of(self.client[0]) > most:
            self._refuse(503, f"more than {most} connections are open; close some and try again")
        else:
            self._wait_for_rest()

    def _connections_of(self, host: str) -> int:
        clients = (getattr(other, "client", None) for other in self.connections)
        return sum(1 for client in clients if client and client[0] == host)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes of a request; the time for its head counts from its first byte."""
        super().data_received(data)
        if self.conn.their_state is h11.SEND_BODY:
            self._stop_waiting()
            self._wait_for_rest()
        elif self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._timer is None:
            self._wait_for_rest()

    def _wait_for_rest(self) -> None:
        if self._limits.request_seconds and not self.transport.is_closing():
            self._timer = self.loop.call_later(self._limits.request_seconds, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        begun = self.conn.their_state is h11.SEND_BODY or self.conn.trailing_data[0]
        if begun and self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            seconds = self._limits.request_seconds
            self._refuse(408, f"the rest of the request did not come within {seconds:g} seconds")
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuse bytes that are no request; they may come while a request before them is answered."""
        self._refuse(400, msg)

    def _refuse(self, status: int, message: str) -> None:
        """Answer with one line of text, where no answer has begun, and close the connection.

        Whoever works on an answer is told that its client is gone.
        """
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._send_refusal(status, message)
        self.transport.close()

    def _send_refusal(self, status: int, message: str) -> None:
        headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers.append(("retry-after", "5"))
        asked_for_head = self.conn.our_state is h11.SEND_RESPONSE and self.scope["method"] == "HEAD"
        reason = HTTPStatus(status).phrase
        events: list[h11.Event] = [h11.Response(status_code=status, headers=headers, reason=reason)]
        if not asked_for_head:
            events.append(h11.Data(data=f"{message}\n".encode()))
        for event in (*events, h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
