"""What a query fetches with SERVICE or LOAD goes through here, inside the worker that runs it.

The engine is given addresses of this relay on loopback instead of those in the query. The relay looks
the name up once, connects to the address that was checked, follows no redirect, and answers the engine
with results or triples it has read itself; what a server sends with an error goes nowhere.
"""

from __future__ import annotations

import http.client
import secrets
import socket
import ssl
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from policygraph.errors import ServiceError
from policygraph.service.outbound_addresses import OutboundAddress
from policygraph.service.request_analysis import fetched
from policygraph.version import __version__

SECONDS = 30.0  # for each pause in an answer
LARGEST = 256 << 20  # bytes of an answer
_ROWS = ("application/sparql-results+json", "application/sparql-results+xml")
_TRIPLES = ("application/n-triples", "text/turtle", "application/rdf+xml")


class Relay:
    """A server on loopback that only the engine in this process knows the addresses of."""

    def __init__(self) -> None:
        self._secret = secrets.token_urlsafe(16)
        self._iris: list[str] = []
        self.failure = ""  # why the last address could not be fetched
        relay = self

        class Handler(_Handler):
            fetcher = relay

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def through(self, sparql: str, *, update: bool) -> str:
        """A request with the relay's addresses in the place of those it fetches."""
        self._iris, self.failure = [], ""
        parts, done = [], 0
        for fetch in fetched(sparql, update=update):
            self._iris.append(fetch.iri)
            port = self._server.server_address[1]
            address = f"<http://127.0.0.1:{port}/{self._secret}/{len(self._iris) - 1}>"
            parts += [sparql[done : fetch.target.start], address]
            done = fetch.target.end
        return "".join([*parts, sparql[done:]])

    def fetch(self, path: str, query: bytes | None) -> tuple[str, bytes]:
        """The media type and body for the engine: rows for a query, else triples. Raises ServiceError."""
        _, secret, number = path.split("/", 2)
        if not secrets.compare_digest(secret, self._secret):
            raise ServiceError(404, "nothing is here")
        iri = self._iris[int(number)]
        try:
            return _fetch_rows(iri, query) if query is not None else _fetch_triples(iri)
        except ServiceError as error:
            keyword = "LOAD" if query is None else "SERVICE"
            self.failure = f"{keyword} <{iri}>: {error}"
            raise


class _Handler(BaseHTTPRequestHandler):
    """Requests of the engine."""

    fetcher: Relay

    def do_POST(self) -> None:
        """SERVICE: the engine sends the query for the other endpoint."""
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def do_GET(self) -> None:
        """LOAD."""
        self._answer(None)

    def _answer(self, query: bytes | None) -> None:
        try:
            media, body = self.fetcher.fetch(self.path, query)
            status = 200
        except (ServiceError, ValueError, IndexError):
            status, media, body = 502, "text/plain", b""
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Nothing."""


def _fetch_rows(iri: str, query: bytes) -> tuple[str, bytes]:
    # As a form: Virtuoso does not answer a query that is the body itself.
    headers = {"Accept": ", ".join(_ROWS), "Content-Type": "application/x-www-form-urlencoded"}
    media, body = _request(iri, "POST", urlencode({"query": query}).encode(), headers)
    form = ox.QueryResultsFormat.from_media_type(media)
    if form is None or media not in (*_ROWS, "application/json", "application/xml", "text/xml"):
        raise ServiceError(502, f"answers with {media}, not with SPARQL results in JSON or XML")
    try:
        answer = ox.parse_query_results(body, form)
        if isinstance(answer, ox.QuerySolutions):
            for _ in answer:
                pass
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise ServiceError(502, f"answers with broken SPARQL results ({media})") from error
    return form.media_type, body


def _fetch_triples(iri: str) -> tuple[str, bytes]:
    media, body = _request(iri, "GET", None, {"Accept": ", ".join(_TRIPLES)})
    form = ox.RdfFormat.from_media_type(media)
    if form is None or form.supports_datasets:
        raise ServiceError(502, f"answers with {media}, not with Turtle, N-Triples or RDF/XML")
    try:
        triples = [quad.triple for quad in ox.parse(body, form, base_iri=iri)]
        written = ox.serialize(triples, None, ox.RdfFormat.N_TRIPLES) or b""
    except (SyntaxError, ValueError) as error:
        raise ServiceError(502, f"answers with broken {form.name}") from error
    return ox.RdfFormat.N_TRIPLES.media_type, written


def _request(
    iri: str, method: str, body: bytes | None, headers: dict[str, str]
) -> tuple[str, bytes]:
    """The media type and body of an answer. Raises ServiceError with the reason in plain words."""
    target = OutboundAddress.parse(iri)
    connection = _connection(target)
    try:
        connection.request(
            method, target.path, body, {"User-Agent": f"policygraph/{__version__}", **headers}
        )
        response = connection.getresponse()
        if response.status != HTTPStatus.OK:
            raise ServiceError(502, _refusal(response.status))
        data = response.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ServiceError(502, f"its answer is larger than {LARGEST >> 20} MiB")
        return response.headers.get_content_type(), data
    except TimeoutError as error:
        raise ServiceError(502, f"no answer within {SECONDS:g} seconds") from error
    except ssl.SSLError as error:
        raise ServiceError(502, "its certificate or encryption is not accepted") from error
    except (OSError, http.client.HTTPException) as error:
        raise ServiceError(502, "no server answers there, or not with HTTP") from error
    finally:
        connection.close()


def _refusal(status: int) -> str:
    """A status in words; what the server wrote beside it is not repeated."""
    if 300 <= status < 400:
        return f"redirects ({status}), which is not followed; allow and ask the new address"
    phrase = next((known.phrase for known in HTTPStatus if known == status), "no known status")
    return f"answers {status} ({phrase})"


def _connection(target: OutboundAddress) -> http.client.HTTPConnection:
    """A connection to the address that was checked, whatever the name leads to a moment later."""
    ip = target.resolve()
    if target.scheme == "http":
        return _PinnedConnection(target.host, target.port, ip)
    return _PinnedTlsConnection(target.host, target.port, ip)


class _PinnedConnection(http.client.HTTPConnection):
    def __init__(self, host: str, port: int, ip: str) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._ip = ip

    def connect(self) -> None:
        self.sock = socket.create_connection((self._ip, self.port), SECONDS)


class _PinnedTlsConnection(_PinnedConnection):
    default_port = 443

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
