"""Behind a reverse proxy: the path prefix and the scheme the client used, where a trusted proxy tells them.

A proxy may serve this service under a path (``https://your.server/pg/``) and take the prefix away or leave
it. The prefix is ``--root-path``, or what a trusted proxy sends as ``X-Forwarded-Prefix``. Every address in
an answer carries it: links of pages, and here the headers that hold addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policygraph.errors import ServiceError
from policygraph.service.settings import LOOPBACK, Settings

_KEY = "policygraph.prefix"
_SEGMENT = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+"
_PREFIX = re.compile(rf"(?:/{_SEGMENT})*")
_SCHEME = re.compile(r"(?:^|[;,\s])proto=\"?(https?)\"?(?:$|[;,\s])", re.IGNORECASE)
_PATH = re.compile(r"<(/[^>]*)>")
_WHOLE = re.compile(r"(https?://[^/]*)?(/.*)?", re.DOTALL)


def prefix_of(request: HTTPConnection) -> str:
    """The path under which the client sees the service, such as ``/pg``; most often empty."""
    return str(request.scope.get(_KEY, ""))


def check_prefix(given: str) -> str:
    """A prefix without its last slash. Raises ServiceError where it is no path."""
    prefix = given.rstrip("/")
    if not _PREFIX.fullmatch(prefix):
        raise ServiceError(500, f"--root-path {given}: write a path such as /pg")
    return prefix


class ReverseProxyMiddleware:
    """ASGI middleware that takes the prefix away from each request and puts it into each answer's headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._trusted = LOOPBACK | set(settings.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as if the service stood at the root of its server."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        peer = scope.get("client")
        headers = Headers(scope=scope) if peer and peer[0] in self._trusted else {}
        prefix = _forwarded_prefix(headers) or self._settings.root_path
        inner = {**_without(scope, prefix), **_scheme(headers)}

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                _put(prefix, MutableHeaders(scope=message))
            await send(message)

        await self._app(inner, receive, out if prefix else send)


def _forwarded_prefix(headers: Mapping[str, str]) -> str:
    """What X-Forwarded-Prefix says, empty where it says nothing of use."""
    prefix = headers.get("x-forwarded-prefix", "").strip().rstrip("/")
    return prefix if _PREFIX.fullmatch(prefix) else ""


def _scheme(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The scheme the client used, by Forwarded (RFC 7239) or X-Forwarded-Proto."""
    match = _SCHEME.search(headers.get("forwarded", ""))
    scheme = match[1] if match else headers.get("x-forwarded-proto", "").strip()
    return {"scheme": scheme.lower()} if scheme.lower() in ("http", "https") else {}


def _without(scope: Scope, prefix: str) -> dict[str, object]:
    """The scope with the prefix taken from its path, where the proxy left it there."""
    inner = {**scope, _KEY: prefix}
    path, raw = scope["path"], scope["raw_path"]
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        inner["path"] = path.removeprefix(prefix) or "/"
        inner["raw_path"] = raw.removeprefix(prefix.encode()) or b"/"
    return inner


def _put(prefix: str, headers: MutableHeaders) -> None:
    """Put the prefix before the paths in Location and Link."""
    if "location" in headers:
        headers["location"] = _WHOLE.sub(
            lambda m: f"{m[1] or ''}{prefix}{m[2]}" if m[2] else m[0], headers["location"], count=1
        )
    if "link" in headers:
        headers["link"] = _PATH.sub(lambda m: f"<{prefix}{m[1]}>", headers["link"])


def trusted_addresses(given: Iterable[str]) -> tuple[str, ...]:
    """The addresses of --trusted-proxy. Raises ServiceError for one that is no IP address."""
    found = []
    for address in given:
        try:
            found.append(str(ip_address(address)))
        except ValueError as error:
            raise ServiceError(500, f"--trusted-proxy {address}: give an IP address") from error
    return tuple(found)
