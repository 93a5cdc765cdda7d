"""Requests to a SPARQL server: credentials, deadlines, retries, and what went wrong in one line.

SPARQLWrapper writes the requests of the SPARQL 1.1 protocol. They are sent from here, because its own
opener installs credentials for the whole process, follows redirects with them, and sends the body before
the server has asked for credentials.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO

from policygraph.errors import PolicygraphError, QueryError, StoreError

PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds before the second, third … try
_LONGEST = 30.0  # seconds of Retry-After that are waited for at most
_IN_MEMORY = 8 << 20  # bytes of an answer before it goes to a temporary file
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_PASSING = (*_BUSY, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)
_FULL = re.compile(r"no space left|disk (?:is )?full|out of disk|insufficient storage", re.I)
_MARKUP = re.compile(r"<[^>]{1,200}>")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token. Never shown."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls) -> Credentials:
        """POLICYGRAPH_USER with POLICYGRAPH_PASSWORD, or POLICYGRAPH_TOKEN."""
        names = ("POLICYGRAPH_USER", "POLICYGRAPH_PASSWORD", "POLICYGRAPH_TOKEN")
        return cls(*(os.environ.get(name, "") for name in names))


class Body(tempfile.SpooledTemporaryFile[bytes]):
    """An answer in memory, or in a temporary file when it is large; removed after the last row."""

    def __del__(self) -> None:
        """Close it: the rows are read as long as someone wants them, and nobody says when."""
        self.close()


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer of a server."""

    kind: str
    headers: http.client.HTTPMessage
    body: Body


class Connection:
    """Sends requests to one server, again where that cannot write twice."""

    def __init__(
        self,
        credentials: Credentials,
        *,
        timeout: float,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.timeout = timeout
        self._credentials = credentials
        self._pause = pause
        self._challenges: dict[str, str] = {}

    def send(self, request: urllib.request.Request, *, repeatable: bool) -> Reply:
        """The answer to a request. Raises StoreError, and QueryError where the server refuses it.

        A repeatable request has the same outcome once or twice. Another one is sent again only
        when the server was not reached, or said that it did nothing (429, 503).
        """
        for pause in PAUSES:
            try:
                return self._once(request)
            except urllib.error.HTTPError as error:
                seconds = _retry_after(error)
                if error.code not in (_PASSING if repeatable else _BUSY):
                    raise _refused(request, error) from error
                error.close()
                self._pause(max(pause, seconds))
            except (OSError, http.client.HTTPException) as error:
                if not (repeatable or _unreached(error)) or _timed_out(error):
                    raise self._failed(request, error) from error
                self._pause(pause)
        try:
            return self._once(request)
        except urllib.error.HTTPError as error:
            raise _refused(request, error) from error
        except (OSError, http.client.HTTPException) as error:
            raise self._failed(request, error) from error

    def _once(self, request: urllib.request.Request) -> Reply:
        """Send and read the whole answer before the deadline; raises OSError, HTTPException."""
        until = time.monotonic() + self.timeout
        self._authorize(request)
        with _OPENER.open(request, timeout=self.timeout) as answer:
            body = Body(max_size=_IN_MEMORY)
            while data := answer.read1(1 << 16):
                body.write(data)
                if time.monotonic() > until:
                    body.close()
                    raise TimeoutError("the answer takes too long")
            if answer.length:
                body.close()
                raise http.client.IncompleteRead(b"", answer.length)
        body.seek(0)
        return Reply(answer.headers.get_content_type(), answer.headers, body)

    def _authorize(self, request: urllib.request.Request) -> None:
        """Add the credentials in the scheme the server wants.

        A request without a body finds the scheme first: a server that refuses closes the connection
        on a large body.
        """
        credentials = self._credentials
        if credentials.token:
            request.add_unredirected_header("Authorization", f"Bearer {credentials.token}")
        elif credentials.user:
            challenge = self._challenge(request)
            scheme = challenge.partition(" ")[0].lower()
            if scheme == "digest":
                request.add_unredirected_header(
                    "Authorization", _digest(credentials, request, challenge)
                )
            elif scheme == "basic":
                pair = base64.b64encode(
                    f"{credentials.user}:{credentials.password}".encode()
                ).decode()
                request.add_unredirected_header("Authorization", f"Basic {pair}")

    def _challenge(self, request: urllib.request.Request) -> str:
        """The server's WWW-Authenticate challenge; a digest challenge is new each time."""
        where = place(request)
        if where not in self._challenges:
            try:
                with _OPENER.open(where, timeout=self.timeout):
                    challenge = ""
            except urllib.error.HTTPError as error:
                challenge = _wanted(error.headers.get_all("WWW-Authenticate", []))
                error.close()
            if challenge.lower().startswith("digest"):
                return challenge
            self._challenges[where] = challenge
        return self._challenges[where]

    def _failed(self, request: urllib.request.Request, error: Exception) -> StoreError:
        where = place(request)
        if _timed_out(error):
            return StoreError(
                f"{where}: no complete answer within {self.timeout:g} seconds; ask for less, "
                "or set a longer time in POLICYGRAPH_TIMEOUT"
            )
        reason = getattr(error, "reason", None) or error
        if _unreached(error):
            return StoreError(
                f"{where}: no server answers there ({reason}); check the address and that it runs"
            )
        text = str(reason) or type(reason).__name__
        return StoreError(f"{where}: the connection broke ({text}); try again")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would lose the body, or carry credentials elsewhere."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        """Raise StoreError with the new address."""
        raise StoreError(
            f"{place(req)}: redirects ({code}); give the new address: {newurl.partition('?')[0]}"
        )


_OPENER = urllib.request.build_opener(_NoRedirect())


def _wanted(challenges: list[str]) -> str:
    """Digest where it is offered, else basic, else nothing that can be answered."""
    offered = {challenge.partition(" ")[0].lower(): challenge for challenge in challenges}
    return offered.get("digest", offered.get("basic", ""))


def _digest(who: Credentials, request: urllib.request.Request, challenge: str) -> str:
    """The answer to a digest challenge, worked out by urllib."""
    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    known.add_password(None, request.full_url, who.user, who.password)
    challenge_fields = urllib.request.parse_keqv_list(
        urllib.request.parse_http_list(challenge.partition(" ")[2])
    )
    handler = urllib.request.HTTPDigestAuthHandler(known)
    return f"Digest {handler.get_authorization(request, challenge_fields)}"


def place(request: urllib.request.Request) -> str:
    """The address without its query string."""
    return request.full_url.partition("?")[0]


def first_line(data: bytes) -> str:
    """The first line of a server's message, without markup."""
    text = _MARKUP.sub(" ", data.decode("utf-8", "replace"))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return next((line for line in lines if line), "")[:300]


def _refused(request: urllib.request.Request, error: urllib.error.HTTPError) -> PolicygraphError:
    """The error for the user that an HTTP status means."""
    with error:
        text = first_line(error.read(4096))
    where, code = place(request), error.code
    description = f"{code} {error.reason}" + (f": {text}" if text else "")
    if code == HTTPStatus.INSUFFICIENT_STORAGE or _FULL.search(text):
        return StoreError(
            f"{where}: the server's disk is full ({description}); free some space there"
        )
    if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return StoreError(
            f"{where}: refused ({code} {error.reason}); set POLICYGRAPH_USER and "
            "POLICYGRAPH_PASSWORD, or POLICYGRAPH_TOKEN, to a user who may do this"
        )
    if code == HTTPStatus.BAD_REQUEST:
        return QueryError(f"{where}: the server refuses the request: {text or error.reason}")
    if code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE):
        return StoreError(f"{where}: does not take this request ({description}); check the address")
    if code in _PASSING:
        return StoreError(f"{where}: the server is too busy ({description}); try again later")
    return StoreError(f"{where}: the server failed: {description}")


def _retry_after(error: urllib.error.HTTPError) -> float:
    """The seconds a server asks for; a date is not waited for."""
    seconds = error.headers.get("Retry-After", "")
    return min(float(seconds), _LONGEST) if seconds.isascii() and seconds.isdigit() else 0.0


def _unreached(error: Exception) -> bool:
    """Whether no byte of the request can have arrived."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionRefusedError) or type(reason).__name__ == "gaierror"


def _timed_out(error: Exception) -> bool:
    return isinstance(getattr(error, "reason", error), TimeoutError)
