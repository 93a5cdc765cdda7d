"""The SPARQL 1.1 Protocol: an HTTP request read as one operation, every parameter decoded once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from policygraph.errors import ServiceError
from policygraph.graph.sparql.tokens import BYTE_ORDER_MARK
from policygraph.ontology.iris import is_absolute_iri

FORM = "application/x-www-form-urlencoded"
DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
_GRAPHS = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, and the graphs it is about; None where the request names none."""

    kind: str
    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def read_operation(
    method: str, query_string: bytes, content_type: str = "", body: bytes = b""
) -> Operation | None:
    """The operation of a request; None for a GET without a query, which asks for the service description.

    Raises ServiceError with the status the protocol gives.
    """
    parameters = read_form(query_string, "the address")
    if method != "POST":
        if any(name == "update" for name, _ in parameters):
            raise ServiceError(400, "send an update by POST, not by GET")
        if not any(name == "query" for name, _ in parameters):
            return None
        return _operation(parameters)
    media, _, rest = content_type.partition(";")
    media = media.strip().lower()
    if media == FORM:
        _need_utf8(rest)
        return _operation(parameters + read_form(body, "the body"))
    if media in DIRECT:
        _need_utf8(rest)
        return _operation([*parameters, (DIRECT[media], _text(body, "the body"))])
    sent = f"Content-Type {media}" if media else "a POST without Content-Type"
    raise ServiceError(
        415, f"{sent} is not understood; send {FORM}, application/sparql-query or …-update"
    )


def read_form(data: bytes, where: str) -> list[tuple[str, str]]:
    """The parameters of an address or a form, decoded once; raises ServiceError."""
    try:
        return parse_qsl(
            _text(data, where), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except ValueError as error:
        raise ServiceError(400, f"{where} is not percent-encoded UTF-8: {error}") from error


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ServiceError(400, f"{where} is not UTF-8 at byte {error.start}") from error


def _need_utf8(parameters: str) -> None:
    match = re.search(r"charset\s*=\s*\"?([^\s;\"]+)", parameters, re.IGNORECASE)
    if match and match[1].lower() not in ("utf-8", "utf8"):
        raise ServiceError(415, f"charset {match[1]} is not understood; SPARQL is sent as UTF-8")


def _operation(parameters: Sequence[tuple[str, str]]) -> Operation:
    """The one operation among the parameters; raises ServiceError where there is not just one."""
    found = [(name, value) for name, value in parameters if name in _GRAPHS]
    if len(found) != 1:
        names = " and ".join(name for name, _ in found) or "nothing"
        raise ServiceError(400, f"send one query or one update; this request has {names}")
    kind, text = found[0]
    text = text.removeprefix(BYTE_ORDER_MARK)
    default, named = (_graphs(parameters, name) for name in _GRAPHS[kind])
    if default is None and named is None:
        return Operation(kind, text)
    return Operation(kind, text, default or (), named or ())


def _graphs(parameters: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...] | None:
    values = tuple(value for name, value in parameters if name == wanted)
    for value in values:
        if not is_absolute_iri(value):
            raise ServiceError(400, f"{wanted}={value[:200]}: not an absolute IRI")
    return values or None
