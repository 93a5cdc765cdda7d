"""A SPARQL 1.1 server as a store: Virtuoso, Oxigraph server, Fuseki, GraphDB, Neptune, QLever …"""

from __future__ import annotations

import hashlib
import os
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import pyoxigraph as ox

from policygraph.errors import QueryError, StoreError
from policygraph.graph.sparql import data
from policygraph.graph.sparql.data import Term
from policygraph.graph.sparql.language_tags import with_known_tags
from policygraph.graph.stores import Answer, Store
from policygraph.graph.stores.bindings import bind, check, form
from policygraph.graph.stores.http_client import Connection, Credentials, Reply, first_line
from policygraph.graph.stores.term_conversion import from_rows, from_triples
from policygraph.graph.stores.things_graph import Change
from policygraph.graph.stores.virtuoso import LiteralJoin, needs_care, prepare
from policygraph.ontology.terms import THINGS
from policygraph.version import __version__

TIMEOUT = 300.0  # seconds for one answer
BATCH = 200_000  # characters of triples in one INSERT DATA
_STAGING = "urn:policygraph:staging:"
# Graphs that servers keep for themselves.
_THEIRS = (
    _STAGING,
    "http://www.openlinksw.com/schemas/",
    "http://localuriqaserver/",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
)
_ROWS = "application/sparql-results+json"
_TRIPLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_ACCEPTED = "application/n-triples, text/turtle;q=0.5"
_COUNTS = "SELECT ?graph (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


class ServerStore(Store):
    """The graphs a server keeps. Writes go to ``update_url``, whole graphs to ``graph_store_url``.

    Credentials come from the environment; see docs/stores.md for what each server needs.
    """

    def __init__(
        self,
        query_url: str,
        update_url: str | None = None,
        graph_store_url: str | None = None,
        *,
        read_only: bool = False,
        credentials: Credentials | None = None,
        timeout: float | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__()
        self.query_url, self.graph_store_url = query_url, graph_store_url
        self.update_url = update_url or query_url
        for url in filter(None, (query_url, update_url, graph_store_url)):
            _check(url)
        self.read_only = read_only
        self._connection = Connection(
            credentials or Credentials.from_environment(),
            timeout=timeout or _timeout(),
            pause=pause,
        )

    @classmethod
    def open(
        cls,
        location: str,
        *,
        read_only: bool = False,
        update_url: str | None = None,
        graph_store_url: str | None = None,
    ) -> ServerStore:
        """The store behind the address of a SPARQL endpoint."""
        return cls(location, update_url, graph_store_url, read_only=read_only)

    def write(self, change: Change) -> None:
        """Make a change: first what is added to the graph of things, last what is removed there.

        A document is replaced in one request where the server takes it, else through a staging
        graph. Whatever is sent twice because an answer was lost leaves the same graphs.
        """
        self.check_writable()
        own = _parsed(change.own)
        added, removed = (_parsed("\n".join(lines)) for lines in (change.added, change.removed))
        for batch in _batches(added):
            if batch:
                self._write(data.insert_data(THINGS, batch))
        if own:
            self._replace(change.document, own)
        else:
            self._write(data.drop(change.document))
        for batch in _batches(removed):
            if batch:
                self._write(data.delete_data(THINGS, batch))

    def _replace(self, graph: str, triples: list[ox.Triple]) -> None:
        if self.graph_store_url:
            body = "".join(f"{triple} .\n" for triple in triples).encode()
            request = self._graph_request(graph, "PUT", body)
            self._connection.send(request, repeatable=True).body.close()
            return
        batches = list(_batches(triples))
        if len(batches) == 1:
            self._write(data.drop(graph) + " ; " + data.insert_data(graph, batches[0]))
            return
        staging = _staging(graph)
        self._write(data.drop(staging))
        for batch in batches:
            self._write(data.insert_data(staging, batch))
        self._write(data.copy(staging, graph))
        self._write(data.drop(staging))

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query; the whole answer is there before the first row is given.

        Raises QueryError also when the server cut its answer short.
        """
        text, join = self._prepared(with_known_tags(sparql), bindings or {})
        reply = self._query(text, default_graphs, named_graphs)
        _whole(reply, self.query_url)
        try:
            if form(sparql) in ("CONSTRUCT", "DESCRIBE"):
                return from_triples(reply.body, self._triples_format(reply))
            answer = self._rows(reply, form(sparql))
            return join.rows(answer) if join else answer
        except SyntaxError as error:
            raise self._no_answer(reply) from error

    def _prepared(
        self, sparql: str, bindings: Mapping[str, Term]
    ) -> tuple[str, LiteralJoin | None]:
        """The query as this server needs it, and what is still to be done with its rows."""
        if not bindings and not needs_care(sparql):
            return sparql, None
        if self._is_virtuoso:
            check(sparql, bindings)
            return prepare(sparql, bindings)
        return bind(sparql, bindings), None

    @cached_property
    def _is_virtuoso(self) -> bool:
        """Whether the server says that it is one."""
        reply = self._query("ASK { ?s ?p ?o }")
        reply.body.close()
        return "virtuoso" in reply.headers.get("Server", "").lower()

    def _query(
        self, text: str, default: Sequence[str] | None = None, named: Sequence[str] | None = None
    ) -> Reply:
        kind = form(text)
        wrapper = _wrapper(self.query_url, text, kind)
        if default is not None or named is not None:
            for graph in default or [_STAGING + "none"]:
                wrapper.addDefaultGraph(graph)
            for graph in named or [_STAGING + "none"]:
                wrapper.addNamedGraph(graph)
        accepted = _ACCEPTED if kind in ("CONSTRUCT", "DESCRIBE") else _ROWS
        wrapper.addCustomHttpHeader("Accept", accepted)
        return self._connection.send(wrapper._createRequest(), repeatable=True)

    def _rows(self, reply: Reply, kind: str) -> Answer:
        if reply.kind not in (_ROWS, "application/json"):
            raise self._no_answer(reply)
        reply.body.seek(-min(16, reply.body.seek(0, 2)), 2)
        if not reply.body.read().rstrip().endswith(b"}"):
            raise self._no_answer(reply)
        reply.body.seek(0)
        answer = from_rows(reply.body)
        if kind == "ASK" and isinstance(answer, ox.QuerySolutions):
            # Virtuoso with a login: one row with the number 1 or 0, or no row.
            yes = any(getattr(row[0], "value", "") in ("1", "true") for row in answer)
            return from_rows(b'{"head":{},"boolean":' + (b"true}" if yes else b"false}"))
        return answer

    def _triples_format(self, reply: Reply) -> ox.RdfFormat:
        if reply.kind not in _TRIPLES:
            raise self._no_answer(reply)
        return _TRIPLES[reply.kind]

    def _no_answer(self, reply: Reply) -> StoreError:
        reply.body.seek(0)
        text = first_line(reply.body.read(4096))
        return StoreError(
            f"{self.query_url}: answers with {reply.kind}, not with SPARQL results ({text[:80]}); "
            "give the address of its SPARQL endpoint"
        )

    def update(self, sparql: str) -> None:
        """Run a SPARQL update; it is not sent again when the server may have run it."""
        self.check_writable()
        self._write(sparql, repeatable=False)

    def _write(self, sparql: str, *, repeatable: bool = True) -> None:
        wrapper = _wrapper(self.update_url, sparql, "INSERT")
        wrapper.addCustomHttpHeader("Accept", "*/*")
        request = wrapper._createRequest()
        self._connection.send(request, repeatable=repeatable).body.close()

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Every quad, or those of one named graph, a graph at a time."""
        counts = self._counts()
        for name in sorted(counts) if graph is None else {graph} & counts.keys():
            reply = self._whole_graph(name)
            found = 0
            with reply.body as body:
                try:
                    for quad in ox.parse(body, self._triples_format(reply)):
                        found += 1
                        yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
                except SyntaxError as error:
                    raise self._no_answer(reply) from error
            if found != counts[name]:
                raise StoreError(
                    f"{self.query_url}: gave {found} of {counts[name]} quads of {name}; "
                    "raise its limit of rows, or give --graph-store-url"
                )

    def _whole_graph(self, graph: str) -> Reply:
        if self.graph_store_url:
            request = self._graph_request(graph, "GET")
            return self._connection.send(request, repeatable=True)
        return self._query(data.ALL_TRIPLES, [data.iri(graph).value])

    def has_graph(self, graph: str) -> bool:
        """Whether there is a named graph of this name."""
        answer = self.query("ASK { ?s ?p ?o }", default_graphs=[data.iri(graph).value])
        return isinstance(answer, ox.QueryBoolean) and bool(answer)

    @property
    def name(self) -> str:
        """The address of the SPARQL endpoint."""
        return self.query_url

    def graphs(self) -> list[str]:
        """The names of the named graphs, sorted, without those the server keeps for itself."""
        return sorted(self._counts())

    def count(self) -> int:
        """How many quads there are in these graphs."""
        return sum(self._counts().values())

    def _counts(self) -> dict[str, int]:
        rows = self.select(_COUNTS)
        counts = {row["graph"] or "": int(row["count"] or 0) for row in rows}
        return {name: count for name, count in counts.items() if not name.startswith(_THEIRS)}

    def close(self) -> None:
        """Nothing to close: no connection stays open between requests."""

    def _graph_request(
        self, graph: str, method: str, body: bytes | None = None
    ) -> urllib.request.Request:
        """A request of the Graph Store protocol, which names its graph in the address."""
        base = self.graph_store_url or ""
        url = base + ("&" if "?" in base else "?") + urllib.parse.urlencode({"graph": graph})
        headers = {"Accept": _ACCEPTED if method == "GET" else "*/*", "User-Agent": _agent()}
        if body is not None:
            headers["Content-Type"] = "application/n-triples"
        return urllib.request.Request(url, data=body, headers=headers, method=method)

    def check_writable(self) -> None:
        """Raise StoreError where the store was opened for reading only."""
        if self.read_only:
            raise StoreError(f"{self.query_url}: is open for reading only; open it for writing")


def _wrapper(url: str, sparql: str, kind: str):  # type: ignore[no-untyped-def]
    """A protocol request by SPARQLWrapper: a POST of a form, which every server takes."""
    from SPARQLWrapper import POST, URLENCODED, SPARQLWrapper

    wrapper = SPARQLWrapper(url, agent=_agent())
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(URLENCODED)
    wrapper.setOnlyConneg(True)
    # The kind of request is set here: SPARQLWrapper's own detection is misled by words in comments.
    wrapper.queryString, wrapper.queryType = sparql, kind
    return wrapper


def _agent() -> str:
    return f"policygraph/{__version__}"


def _staging(graph: str) -> str:
    """The staging graph of a graph; always the same, so that the next try replaces leftovers."""
    return _STAGING + hashlib.sha256(graph.encode()).hexdigest()[:16]


def _parsed(text: str) -> list[ox.Triple]:
    """N-Triples as triples, so that no text is sent unread. Raises StoreError."""
    try:
        quads = ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES)
        return [quad.triple for quad in quads]
    except (SyntaxError, ValueError) as error:
        message = " ".join(str(error).split())
        raise StoreError(f"the added data is not RDF: {message}") from error


def _batches(triples: list[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """At least one batch, each of about BATCH characters."""
    batch: list[ox.Triple] = []
    size = 0
    for triple in triples:
        more = len(str(triple))
        if batch and size + more > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(triple)
        size += more
    yield batch


def _whole(reply: Reply, where: str) -> None:
    """Refuse an answer the server says it cut short (Virtuoso: rows, or time)."""
    if reply.headers.get("X-SPARQL-MaxRows"):
        most = reply.headers["X-SPARQL-MaxRows"]
        raise QueryError(f"{where}: the server cut the answer at {most} rows; ask for less")
    if reply.headers.get("X-SQL-State", "").startswith("S1TAT"):
        raise QueryError(f"{where}: the server reached its time limit; ask for less")


def _check(url: str) -> None:
    """Raise StoreError for an invalid address, or one with a password."""
    try:
        parts = urllib.parse.urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets that hold no address, a port that is none
        known = False
    if not known:
        raise StoreError(f"{url}: not the address of a server; write http://host:port/path")
    if parts.username or parts.password:
        shown = f"{parts.scheme}://{parts.hostname}{parts.path}"
        raise StoreError(
            f"{shown}: a password does not belong in an address; "
            "set POLICYGRAPH_USER and POLICYGRAPH_PASSWORD"
        )


def _timeout() -> float:
    given = os.environ.get("POLICYGRAPH_TIMEOUT", "")
    try:
        seconds = float(given or TIMEOUT)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise StoreError(f"POLICYGRAPH_TIMEOUT={given}: give a number of seconds")
    return seconds
