"""The HTTP/1.1 connections of the service: uvicorn's, which also take addresses typed as they are read.

``curl 'localhost:8000/queries/money.csv?indicator=财政衔接资金'`` sends the UTF-8 bytes of the address
as they are, which HTTP does not allow; browsers and most programs percent-encode them first.
"""

from __future__ import annotations

import re
from typing import Any

import h11
from h11._connection import DEFAULT_MAX_INCOMPLETE_EVENT_SIZE
from uvicorn.protocols.http.h11_impl import H11Protocol

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
    """uvicorn's HTTP/1.1 protocol over a RequestLineConnection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        longest = self.config.h11_max_incomplete_event_size or DEFAULT_MAX_INCOMPLETE_EVENT_SIZE
        self.conn = RequestLineConnection(h11.SERVER, longest)
