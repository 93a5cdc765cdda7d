"""Responses that are whole documents: content negotiation, ETag, 304 where unchanged."""

from __future__ import annotations

import email.utils
import hashlib
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from policygraph.errors import ServiceError
from policygraph.graph.formats import BY_EXTENSION, HTML, Format
from policygraph.service.media_types import choose

VOID = '</.well-known/void>; rel="describedby"'


def page_document(
    request: Request, page: Response, modified: float, links: Sequence[str] = ()
) -> Response:
    """A page with the tag and links of a document and its own headers; an error page as it is."""
    if page.status_code != 200:
        return page
    tagged = document(request, bytes(page.body), HTML, modified, links)
    for name, value in page.headers.items():
        if name not in ("content-length", "content-type"):
            tagged.headers[name] = value
    return tagged


def split_extension(path: str, offers: Sequence[Format]) -> tuple[str, Format | None]:
    """A path without the extension of one of the formats, and that format; other dots are kept."""
    stem, _, extension = path.rpartition(".")
    form = BY_EXTENSION.get(extension)
    return (stem, form) if stem and form in offers else (path, None)


def form_at(request: Request, path: str, offers: Sequence[Format]) -> Format:
    """The format asked for at a path, by its extension or the Accept header; raises ServiceError (404, 406)."""
    asked, given = split_extension(request.scope["path"], offers)
    if asked != path:
        raise ServiceError(404, f"{request.url.path}: no such address")
    return negotiate(request, given, offers)


def negotiate(request: Request, given: Format | None, offers: Sequence[Format]) -> Format:
    """The format of an extension, else of the Accept header; raises ServiceError (406)."""
    form = given or choose(request.headers.get("accept", ""), offers)
    if form is None:
        media = ", ".join(offer.media for offer in offers)
        raise ServiceError(406, f"{request.url.path} is available as: {media}")
    return form


def document(
    request: Request, body: bytes, form: Format, modified: float, links: Sequence[str] = ()
) -> Response:
    """A response of a whole body, or 304 where the client has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": email.utils.formatdate(modified, usegmt=True),
        "Cache-Control": "public, no-cache",
        "Vary": "Accept, Accept-Language",
    }
    if links:
        headers["Link"] = ", ".join(links)
    if _unchanged(request, tag, modified):
        return Response(status_code=304, headers=headers)
    return Response(body, headers={**headers, "Content-Type": form.content_type})


def _unchanged(request: Request, tag: str, modified: float) -> bool:
    """Whether the client's copy is this one; a tag counts more than a time (RFC 9110, 13.2.2)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = [given.strip().removeprefix("W/") for given in tags.split(",")]
        return tag in known or "*" in known
    since = request.headers.get("if-modified-since", "")
    try:
        return int(modified) <= email.utils.parsedate_to_datetime(since).timestamp()
    except ValueError:
        return False


def alternates(path: str, offers: Sequence[Format]) -> list[str]:
    """Links to the same document in every format."""
    return [f'<{path}.{f.extension}>; rel="alternate"; type="{f.media}"' for f in offers]
