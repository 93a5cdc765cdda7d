"""Who may write."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from policygraph.errors import ServiceError
from policygraph.service.settings import LOOPBACK, Settings


def permit(request: Request, settings: Settings) -> None:
    """Let a request write, or raise ServiceError: 403 where nobody may, 401 without the token."""
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
    """Refuse what a page elsewhere lets its reader's browser send; raises ServiceError.

    Without a token the only guard is that the service listens on loopback, where a browser sits too.
    """
    origin = urlsplit(request.headers.get("origin", ""))
    host = request.headers.get("host", "")
    elsewhere = bool(origin.scheme) and origin.netloc != host
    if elsewhere or request.url.hostname not in LOOPBACK:
        raise ServiceError(403, "a page elsewhere may not write here; start with --token-file")
