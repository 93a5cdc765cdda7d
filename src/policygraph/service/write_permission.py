"""Permission to write: --allow-update, and the token or the same origin."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from policygraph.errors import ServiceError
from policygraph.service.settings import LOOPBACK, Settings


def permit(request: Request, settings: Settings) -> None:
    """Allow a request to write, else raise ServiceError: 403 where nobody may, 401 without the token."""
    if not settings.allow_update:
        raise ServiceError(403, "this service is read-only; it was started without --allow-update")
    if not settings.token:
        _need_own_origin(request)
        return
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = hmac.compare_digest(given.strip().encode(), settings.token.encode())
    if scheme.lower() != "bearer" or not known:
        raise ServiceError(
            401,
            "writing needs the token of this service: Authorization: Bearer …",
            {"WWW-Authenticate": 'Bearer realm="policygraph"'},
        )


def _need_own_origin(request: Request) -> None:
    """Refuse requests that a page of another site makes a browser send. Raises ServiceError (403).

    Without a token the only protection is listening on loopback, which a local browser can reach.
    """
    origin = urlsplit(request.headers.get("origin", ""))
    host = request.headers.get("host", "")
    elsewhere = bool(origin.scheme) and origin.netloc != host
    if elsewhere or request.url.hostname not in LOOPBACK:
        raise ServiceError(
            403, "a page of another site may not write here; start the service with --token-file"
        )
