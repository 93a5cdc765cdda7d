"""Who may write."""

from __future__ import annotations

import hmac

from starlette.requests import Request

from policygraph.errors import ServiceError
from policygraph.queries.service.settings import Settings


def permit(request: Request, settings: Settings) -> None:
    """Let a request write, or raise ServiceError: 403 where nobody may, 401 without the token."""
    if not settings.allow_update:
        raise ServiceError(403, "this service is read-only; it was started without --allow-update")
    if not settings.token:
        return
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = hmac.compare_digest(given.strip().encode(), settings.token.encode())
    if scheme.lower() != "bearer" or not known:
        raise ServiceError(
            401,
            "writing needs the token of this service: Authorization: Bearer …",
            {"WWW-Authenticate": 'Bearer realm="policygraph"'},
        )
