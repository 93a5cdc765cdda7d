"""Reading a request: its body up to a limit, and the URL it was sent to."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request

from policygraph.errors import ServiceError
from policygraph.service.reverse_proxy import prefix_of


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request; raises ServiceError where it is larger than allowed or compressed."""
    if int(request.headers.get("content-length", 0)) > most:
        raise _too_large(most)
    parts, size = [], 0
    try:
        async for part in request.stream():
            if part:
                _refuse_coding(request)
            size += len(part)
            if size > most:
                raise _too_large(most)
            parts.append(part)
    except ClientDisconnect as error:
        raise ServiceError(
            400, "the connection was closed before the end of the request"
        ) from error
    return b"".join(parts)


def _refuse_coding(request: Request) -> None:
    """Refuse a body that is compressed, which would be taken for text. Raises ServiceError (415)."""
    coding = request.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity"):
        raise ServiceError(
            415,
            f"Content-Encoding {coding[:50]}: send the body as it is, without compression",
            {"Accept-Encoding": "identity"},
        )


def _too_large(most: int) -> ServiceError:
    return ServiceError(413, f"the body is larger than {most} bytes")


def endpoint_of(request: Request) -> str:
    """The URL the request was sent to, without query string and fragment."""
    url = request.url.replace(query="", fragment="")
    return str(url.replace(path=f"{prefix_of(request)}{url.path}"))
