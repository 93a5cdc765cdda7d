"""Requests to a SPARQL server: credentials, deadlines, retries, and what went wrong in one line.

SPARQLWrapper writes the requests of the SPARQL 1.1 protocol. They are sent by an opener of our own: it
keeps credentials to this server, follows no redirects with them, and asks digest and basic as it is asked.
"""

from __future__ import annotations

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
_LONGEST = 30.0  # seconds a server may ask us to wait
_IN_MEMORY = 8 << 20  # bytes of an answer before it goes to a temporary file
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_PASSING = (*_BUSY, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)
_FULL = re.compile(r"no space left|disk (?:is )?full|out of disk|insufficient storage", re.I)
_MARKUP = re.compile(r"<[^>]{1,200}>")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password, or a token. Never shown."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls) -> Credentials:
        """POLICYGRAPH_USER with POLICYGRAPH_PASSWORD, or POLICYGRAPH_TOKEN."""
        names = ("POLICYGRAPH_USER", "POLICYGRAPH_PASSWORD", "POLICYGRAPH_TOKEN")
        return cls(*(os.environ.get(name, "") for name in names))


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer of a server."""

    kind: str
    headers: http.client.HTTPMessage
    body: IO[bytes]


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

    def send(self, request: urllib.request.Request, *, repeatable: bool) -> Reply:
        """The answer to a request. Raises StoreError, and QueryError where the server refuses it.

        A repeatable request has the same outcome once or twice. Another one is sent again only
        when the server was not reached, or said that it did nothing (429, 503).
        """
        if self._credentials.token:
            value = f"Bearer {self._credentials.token}"
            request.add_unredirected_header("Authorization", value)
        for pause in PAUSES:
            try:
                return self._once(request)
            except urllib.error.HTTPError as error:
                asked = _retry_after(error)
                if error.code not in (_PASSING if repeatable else _BUSY):
                    raise _refused(request, error) from error
                error.close()
                self._pause(max(pause, asked))
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
        with self._opener(request).open(request, timeout=self.timeout) as answer:
            body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
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

    def _opener(self, request: urllib.request.Request) -> urllib.request.OpenerDirector:
        """A new one a request: a digest once refused is not asked for again by an old one."""
        handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
        if self._credentials.user and not self._credentials.token:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(
                None, request.full_url, self._credentials.user, self._credentials.password
            )
            handlers += [_Digest(known), _Basic(known)]
        return urllib.request.build_opener(*handlers)

    def _failed(self, request: urllib.request.Request, error: Exception) -> StoreError:
        where = place(request)
        if _timed_out(error):
            return StoreError(
                f"{where}: no whole answer within {self.timeout:g} seconds; ask for less, "
                "or give it longer in POLICYGRAPH_TIMEOUT"
            )
        reason = getattr(error, "reason", None) or error
        if _unreached(error):
            return StoreError(
                f"{where}: no server answers there ({reason}); check the address and that it runs"
            )
        said = str(reason) or type(reason).__name__
        return StoreError(f"{where}: the connection broke ({said}); try again")


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
        """Say where it leads."""
        raise StoreError(
            f"{place(req)}: sends elsewhere ({code}); give that address: {newurl.partition('?')[0]}"
        )


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest where the server asks for it; another scheme is left to the next handler."""

    def http_error_auth_reqed(
        self,
        auth_header: str,
        host: str,
        req: urllib.request.Request,
        headers: http.client.HTTPMessage,
    ) -> None:
        """Answer a digest challenge once: a second one means that the password is wrong."""
        challenge = headers.get(auth_header, "")
        if not challenge.lower().startswith("digest") or req.has_header("Authorization"):
            return None
        return super().http_error_auth_reqed(auth_header, host, req, headers)


class _Basic(urllib.request.HTTPBasicAuthHandler):
    """Basic where the server asks for it."""

    def http_error_auth_reqed(
        self,
        authreq: str,
        host: str,
        req: urllib.request.Request,
        headers: http.client.HTTPMessage,
    ) -> None:
        """Answer a basic challenge; the password was wrong when it comes a second time."""
        if not headers.get(authreq, "").lower().startswith("basic"):
            return None
        return super().http_error_auth_reqed(authreq, host, req, headers)


def place(request: urllib.request.Request) -> str:
    """The address without what is asked there."""
    return request.full_url.partition("?")[0]


def first_line(data: bytes) -> str:
    """What a server says, without markup, in one short line."""
    text = _MARKUP.sub(" ", data.decode("utf-8", "replace"))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return next((line for line in lines if line), "")[:300]


def _refused(request: urllib.request.Request, error: urllib.error.HTTPError) -> PolicygraphError:
    """What a status means to the user."""
    with error:
        said = first_line(error.read(4096))
    where, code = place(request), error.code
    told = f"{code} {error.reason}" + (f": {said}" if said else "")
    if code == HTTPStatus.INSUFFICIENT_STORAGE or _FULL.search(said):
        return StoreError(f"{where}: the server's disk is full ({told}); make room there")
    if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return StoreError(
            f"{where}: refused ({code} {error.reason}); set POLICYGRAPH_USER and "
            "POLICYGRAPH_PASSWORD, or POLICYGRAPH_TOKEN, to someone who may do this"
        )
    if code == HTTPStatus.BAD_REQUEST:
        return QueryError(f"{where}: the server refuses the request: {said or error.reason}")
    if code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE):
        return StoreError(f"{where}: is no place for this request ({told}); check the address")
    if code in _PASSING:
        return StoreError(f"{where}: the server is too busy ({told}); try again later")
    return StoreError(f"{where}: the server failed: {told}")


def _retry_after(error: urllib.error.HTTPError) -> float:
    """The seconds a server asks for; a date is not waited for."""
    asked = error.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST) if asked.isascii() and asked.isdigit() else 0.0


def _unreached(error: Exception) -> bool:
    """Whether no byte of the request can have arrived."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionRefusedError) or type(reason).__name__ == "gaierror"


def _timed_out(error: Exception) -> bool:
    return isinstance(getattr(error, "reason", error), TimeoutError)
