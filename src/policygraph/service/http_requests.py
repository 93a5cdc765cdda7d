"""What is read of a request: its body within a bound, and under which address it came."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request

from policygraph.errors import ServiceError


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request; raises ServiceError where it is larger than allowed."""
    if int(request.headers.get("content-length", 0)) > most:
        raise _too_large(most)
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise _too_large(most)
            parts.append(part)
    except ClientDisconnect as error:
        raise ServiceError(400, "the request ended before its end") from error
    return b"".join(parts)


def _too_large(most: int) -> ServiceError:
    return ServiceError(413, f"the body is larger than {most} bytes")


def endpoint_of(request: Request) -> str:
    """The address the request was sent to, without what it asks."""
    return str(request.url.replace(query="", fragment=""))
