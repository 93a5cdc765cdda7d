"""Middleware for every request: limits, security headers, CORS, metrics."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policygraph.service.metrics import Metrics
from policygraph.service.settings import Settings

_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_ANYWHERE = "frame-ancestors *"  # the policy of a page any other may show in a frame
_EXPOSED = "ETag, Link, Last-Modified, Retry-After, Content-Disposition, X-Policygraph-Cut, X-Policygraph-Row-Limit, X-Policygraph-Byte-Limit"
# A name, a number or an address in brackets, with a port or not: it becomes a part of IRIs.
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*)|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")  # all that any address takes
_WRITING = {"PUT", "POST", "DELETE"}
_PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


class SecurityMiddleware:
    """ASGI middleware; headers a response has already are kept."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self._app, self._settings, self._metrics = app, settings, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on unless it is refused, and complete its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(scope, message)
            elif message["type"] == "http.response.body":
                self._metrics.sent.inc(len(message.get("body", b"")))
            await send(message)

        await (self._refuse(scope) or self._app)(scope, receive, out)

    def _refuse(self, scope: Scope) -> Response | None:
        """The response to a request that is not passed on, else None."""
        most = self._settings.limits.url
        if len(scope["raw_path"]) + len(scope["query_string"]) > most:
            text = f"the address is longer than {most} bytes; send the query by POST\n"
            return PlainTextResponse(text, 414)
        host = Headers(scope=scope).get("host")
        if host is not None and not _HOST.fullmatch(host):
            return PlainTextResponse("Host: holds no name of a server\n", 400)
        if scope["method"] == "OPTIONS":
            allowed = ", ".join(self._methods(scope))
            return Response(status_code=204, headers={**_PREFLIGHT, "Allow": allowed})
        return None

    def _methods(self, scope: Scope) -> list[str]:
        """What an address takes: those of its route, without writing where nobody may write."""
        routes: list[BaseRoute] = scope["app"].routes
        methods = {"OPTIONS"}
        for route in routes:
            if isinstance(route, Route) and route.matches(scope)[0] != Match.NONE:
                methods |= route.methods or set()
        if not self._settings.allow_update:
            # The SPARQL endpoint takes queries by POST; a graph is only written by it.
            methods -= _WRITING if "PUT" in methods else set()
        return [method for method in METHODS if method in methods]

    def _complete(self, scope: Scope, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        framed = _ANYWHERE in headers.get("content-security-policy", "")
        for name, value in _SAFE.items():
            if not (framed and name == "X-Frame-Options"):
                headers.setdefault(name, value)
        if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS"):
            headers.setdefault("Access-Control-Allow-Origin", "*")
            headers.setdefault("Access-Control-Expose-Headers", _EXPOSED)
        route = getattr(scope.get("route"), "path", "other")
        status = str(message["status"])
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._metrics.requests.labels(route, method, status).inc()
