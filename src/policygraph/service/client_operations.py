"""What a client sends made ready for the engine, or refused. The worker does it, under the deadline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.errors import PolicygraphError, QueryError, ServiceError
from policygraph.graph.formats import GRAPHS, ROWS
from policygraph.graph.sparql.predeclared import declarations
from policygraph.graph.sparql.tokens import Token, tokens
from policygraph.service import request_analysis
from policygraph.service.outbound_addresses import AllowList

_PLACE = re.compile(r"error at (\d+):")
_ESCAPE = re.compile(r"\\[uU]")
# What Virtuoso fetches by without SERVICE: its pragmas, and its own functions.
_PRAGMA = re.compile(r"(?:bif|sql):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Client:
    """How a client asks: the address for its relative IRIs, what it may make us fetch, and whom.

    ``remote``: the store is another server, which runs the request.
    """

    base: str
    services: tuple[str, ...]
    remote: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request for the engine; it makes rows or a graph, empty where that cannot be told.

    ``lines`` is by how many lines its text was moved; ``fetches`` whether it fetches other addresses.
    """

    text: str
    makes: str
    lines: int
    fetches: bool

    def moved(self, error: PolicygraphError) -> PolicygraphError:
        """An error with its line number in the text as it was sent."""
        message = _PLACE.sub(lambda m: f"error at {int(m[1]) - self.lines}:", str(error))
        if isinstance(error, ServiceError):
            return ServiceError(error.status, message, error.headers)
        return type(error)(message) if isinstance(error, QueryError) else error


def prepare_query(text: str, client: Client, rows: str | None, graph: str | None) -> Prepared:
    """A query; ``rows`` and ``graph`` are the formats its client takes. Raises ServiceError."""
    found = tokens(text)
    fetches = _check_fetching(text, found, client, update=False)
    makes = request_analysis.makes(found)
    for kind, form, offers in (("rows", rows, ROWS), ("graph", graph, GRAPHS)):
        if makes == kind and form is None:
            media = ", ".join(offer.media for offer in offers)
            raise ServiceError(406, f"this query is answered as one of: {media}")
    return _based(text, found, client, makes, fetches=fetches)


def prepare_update(
    text: str,
    client: Client,
    default_graphs: Sequence[str] | None,
    named_graphs: Sequence[str] | None,
) -> Prepared:
    """An update, with the graphs of the request as its USING clauses. Raises ServiceError."""
    found = tokens(text)
    fetches = _check_fetching(text, found, client, update=True)
    if default_graphs is not None or named_graphs is not None:
        text = _with_dataset(text, found, default_graphs or (), named_graphs or ())
    return _based(text, found, client, "", fetches=fetches)


def _check_fetching(text: str, found: Sequence[Token], client: Client, *, update: bool) -> bool:
    """Whether a request fetches what it may. Raises ServiceError (403) where it may not."""
    allowed = AllowList.of(client.services)
    refused = request_analysis.fetches(text, allowed.permits, update=update)
    if not refused and client.remote:
        refused = _fetching_of_servers(found)
    if refused:
        raise ServiceError(
            403,
            f"{refused[:300]}: this service fetches only addresses that were allowed when it was started "
            "(policygraph serve --allow-service ADDRESS)",
        )
    fetches = bool(request_analysis.fetched(text, update=update))
    if fetches and _ESCAPE.search(text):
        raise ServiceError(
            403,
            "a request that fetches other addresses has no escapes such as \\u0041; write the characters",
        )
    return fetches


def _fetching_of_servers(found: Sequence[Token]) -> str:
    """By what else than SERVICE and LOAD a server could fetch: pragmas and functions of its own."""
    for place, token in enumerate(found):
        if token.depth == 0 and token.word.startswith("DEFINE"):
            return " ".join(other.text for other in found[place : place + 2])
        declared = place > 0 and found[place - 1].word == "PREFIX"
        named = token.kind in ("name", "iri") and not declared
        if named and _PRAGMA.match(token.text.lstrip("<")):
            return token.text
    return ""


def _based(
    text: str, found: Sequence[Token], client: Client, makes: str, *, fetches: bool
) -> Prepared:
    """The request with a base for its relative IRIs and the prefixes it lacks."""
    lines = [f"BASE <{client.base}>"] if request_analysis.is_relative(found) else []
    lines += filter(None, [declarations(text)])
    return Prepared("\n".join([*lines, text]), makes, len(lines), fetches)


def _with_dataset(
    text: str, found: list[Token], default: Sequence[str], named: Sequence[str]
) -> str:
    if request_analysis.names_dataset(found):
        raise ServiceError(
            400, "the request names graphs and the update has WITH or USING; use one of them"
        )
    clauses = [f"USING <{graph}>" for graph in default]
    clauses += [f"USING NAMED <{graph}>" for graph in named]
    return request_analysis.using(text, found, " ".join(clauses))
