"""Permission to write: --allow-update, and the token or a request that no web page can make."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from policygraph.errors import ServiceError
from policygraph.service.settings import LOOPBACK, Settings

# What an HTML form can send; a request without a media type could be one.
_FORM_TYPES = frozenset(
    {"", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
)


def permit(request: Request, settings: Settings) -> None:
    """Allow a request to write, else raise ServiceError: 403 where nobody may, 401 without the token."""
    if not settings.allow_update:
        raise ServiceError(403, "this service is read-only; it was started without --allow-update")
    if not settings.token:
        _need_local_program(request)
        return
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = hmac.compare_digest(given.strip().encode(), settings.token.encode())
    if scheme.lower() != "bearer" or not known:
        raise ServiceError(
            401,
            "writing needs the token of this service: Authorization: Bearer …",
            {"WWW-Authenticate": 'Bearer realm="policygraph"'},
        )


def _authority(origin: str) -> str:
    """The host and port of an origin, empty where it is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _need_local_program(request: Request) -> None:
    """Refuse requests that a page of another site can make a browser send. Raises ServiceError (403).

    Without a token the only protection is listening on loopback, which a local browser can reach. A
    browser says with every request that writes where its page is from, ``null`` where it will not
    tell; and a form, which asks nobody before it is sent, can only send the media types of forms.
    """
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    own = origin is not None and _authority(origin) == host
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if (origin is not None and not own) or request.url.hostname not in LOOPBACK:
        raise ServiceError(
            403, "a page of another site may not write here; start the service with --token-file"
        )
    if media in _FORM_TYPES and request.method == "POST" and not own:
        raise ServiceError(
            403,
            "a form may not write here: send the update as application/sparql-update, or start the "
            "service with --token-file",
        )
