"""Stores of named graphs: the interface, and the registry that opens a store by its location.

A folder is an embedded Oxigraph, no location at all is one in memory, an http(s) address is a SPARQL
1.1 server; ``RdflibStore`` wraps an rdflib Dataset and is not opened by a location. To add a kind of
store: one module here with a subclass of Store, and one line in KINDS. See docs/stores.md.
"""

from __future__ import annotations

import importlib
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import pyoxigraph as ox

from policygraph.errors import QueryError, StoreError
from policygraph.graph.sparql.data import Term
from policygraph.graph.stores.things_graph import Change, ThingsGraph, describe_things
from policygraph.graph.timing import timed
from policygraph.ontology.prefixes import PREFIXES
from policygraph.ontology.terms import THINGS, is_standard_graph, standard_graph

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
MEMORY = ":memory:"
log = logging.getLogger(__name__)
# Version 0.2 wrote the classes above a report's into its graph, and had no graph of things.
_OUTDATED = (
    f"PREFIX pg: <{PREFIXES['pg']}> PREFIX schema: <{PREFIXES['schema']}> "
    + """
ASK {
  GRAPH ?document { ?document a pg:Report , schema:Report }
  FILTER NOT EXISTS { GRAPH pg:things { ?thing ?property ?value } }
}
"""
)
_READ_WITH = (
    f"PREFIX pg: <{PREFIXES['pg']}> "
    + "SELECT ?document ?digest WHERE { GRAPH ?document { ?document pg:readingDigest ?digest } }"
)


class Store(ABC):
    """The interface of every store, and what only some can do; all methods raise StoreError.

    ``snapshots``: snapshot() copies the store for readers, and state() tells when it has changed.
    ``single_writer``: while one process has it open for writing, no other can write.
    ``checks_version``: opening it does what check_version() does, which costs a server one request.
    """

    snapshots: ClassVar[bool] = False
    single_writer: ClassVar[bool] = False
    checks_version: ClassVar[bool] = False

    def __init__(self) -> None:
        self._things = ThingsGraph()

    @classmethod
    def open(
        cls,
        location: str,
        *,
        read_only: bool = False,
        update_url: str | None = None,
        graph_store_url: str | None = None,
    ) -> Store:
        """The store at a location, which has its scheme where it was given one; the two URLs are those of open_store."""
        raise StoreError(f"{location}: a {cls.__name__} is not opened by a location")

    @classmethod
    def exists(cls, location: str) -> bool:
        """Whether there is a store at a location, as far as can be told without opening it."""
        return True

    @classmethod
    def state(cls, location: str) -> tuple[str, float]:
        """A text that differs after every write, and when the last write was (seconds, UTC epoch).

        Of a store that cannot tell, the present time: it may have changed since the last call.
        """
        now = time.time()
        return f"{location} {now}", now

    def add(self, document: str, nquads: str) -> None:
        """Add a document, or replace it: its own graph and what it needs of the graph of things.

        What the standard profile says of it goes, for it would be of the text before. Raises
        StoreError on a line of any other graph.
        """
        self.check_writable()
        change = self._things.addition(self, document, nquads)
        self._remove_standard(document)
        try:
            self.write(change)
            self._things.written()
        except StoreError:
            self._things.forget()  # what was not written must not be taken for written
            raise

    def add_all(self, documents: Iterable[tuple[str, str]]) -> None:
        """Add documents with their N-Quads, each of them whole; together where that is quicker."""
        for document, nquads in documents:
            self.add(document, nquads)

    def drop(self, document: str) -> None:
        """Remove a document, and the things only it named; nothing happens when there is none."""
        self.check_writable()
        if self.has_graph(document):
            self._remove_standard(document)
            self.write(self._things.removal(self, document))

    def describe_things(self, things: Iterable[str]) -> dict[str, set[str]]:
        """All that the graph of things says of some things, as lines of N-Triples."""
        return describe_things(self, things)

    def _remove_standard(self, document: str) -> None:
        """Remove the standard profile of a document and of the things it may name."""
        for graph in (standard_graph(document), standard_graph(THINGS)):
            if self.has_graph(graph):
                self.write(Change(graph))

    def check_version(self) -> None:
        """Raise StoreError where version 0.2 wrote the store, whose graph has another shape."""
        answer = self.query(_OUTDATED)
        if isinstance(answer, ox.QueryBoolean) and bool(answer):
            raise StoreError(
                f"{self.name}: version 0.2 of policygraph wrote this store, in another shape; "
                "build the reports again into a new one: policygraph build --store NEW SOURCE…"
            )

    @property
    def name(self) -> str:
        """What the store is called in messages: its location where it has one, else its class."""
        return f"the {type(self).__name__}"

    def check_writable(self) -> None:  # noqa: B027
        """Raise StoreError where the store was opened for reading only."""

    @abstractmethod
    def write(self, change: Change) -> None:
        """Replace or remove the graph of a document and change the graph of things, atomically."""

    @abstractmethod
    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query; bindings are RDF terms for its variables. Raises QueryError.

        The default graph is the union of all named graphs, unless the graphs are chosen as the
        SPARQL protocol does: then there are only these, FROM and FROM NAMED.
        """

    @abstractmethod
    def update(self, sparql: str) -> None:
        """Run a SPARQL update in one transaction. Raises QueryError."""

    @abstractmethod
    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Every quad, or those of one named graph, as a stream."""

    @abstractmethod
    def graphs(self) -> list[str]:
        """The names of the named graphs, sorted: documents, things and their standard profile."""

    @abstractmethod
    def count(self) -> int:
        """How many quads there are."""

    def look_through(self) -> None:
        """Read all that is stored once; raises StoreError where it is damaged. Servers see to that themselves."""
        return

    @abstractmethod
    def close(self) -> None:
        """Close the store; calling it twice is allowed."""

    def documents(self) -> list[str]:
        """The IRIs of the documents, sorted."""
        return [name for name in self.graphs() if name != THINGS and not is_standard_graph(name)]

    def reading_digests(self) -> dict[str, str]:
        """What each document was read with (``pg:readingDigest``), by its IRI.

        One that a server's loader added to another reading of its text has two, and is left out.
        """
        found: dict[str, list[str]] = {}
        for row in self.select(_READ_WITH):
            found.setdefault(row["document"] or "", []).append(row["digest"] or "")
        return {document: each for document, (each, *others) in found.items() if not others}

    def has_graph(self, graph: str) -> bool:
        """Whether there is a named graph of this name."""
        return graph in self.graphs()

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of one named graph, or of the default graph where the name is empty.

        A store that keeps only named graphs has none in its default graph.
        """
        return (quad.triple for quad in self.quads(graph)) if graph else iter(())

    def ntriples(self) -> Iterator[str]:
        """The N-Triples text of each graph in turn, for counting; the default graph included."""
        for name in self.graphs():
            yield "".join(f"{triple} .\n" for triple in self.triples(name))

    @property
    def oxigraph(self) -> ox.Store:
        """All quads in an Oxigraph engine: the store's own engine, else a copy in memory."""
        engine = ox.Store()
        engine.bulk_extend(self.quads())
        return engine

    def snapshot(self, folder: Path) -> None:
        """Copy the store as it is now into a new folder, which is a store of the same kind."""
        raise StoreError(f"a {type(self).__name__} has no snapshots")

    def solutions(
        self, sparql: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[tuple[Term, ...]]:
        """The rows of a SELECT as RDF terms, in the order of its columns; none is unbound."""
        answer = self.query(sparql, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("the query makes no rows; write it as a SELECT")
        count = len(answer.variables)
        return (tuple(row[column] for column in range(count)) for row in answer)

    def select(self, sparql: str) -> list[dict[str, str | None]]:
        """The rows of a SELECT as plain text, None where a variable is unbound."""
        answer = self.query(sparql)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("the query makes no rows; write it as a SELECT")
        columns = [variable.value for variable in answer.variables]
        return [
            {column: getattr(row[column], "value", None) for column in columns} for row in answer
        ]

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of store in the registry: the URL schemes of its locations, its module and class.

    The scheme of a path, and of no location at all, is empty.
    """

    schemes: tuple[str, ...]
    module: str
    name: str


# A module is imported when a store of its kind is first opened.
KINDS = (
    Kind(("http", "https"), "sparql_server", "ServerStore"),
    Kind(("",), "oxigraph", "OxigraphStore"),
)


def store_class(location: str | Path | None = None) -> type[Store]:
    """The class that opens a location: by its URL scheme, else the one for paths."""
    schemes = {scheme: kind for kind in KINDS for scheme in kind.schemes}
    scheme, mark, _ = str(location or "").partition("://")
    if mark and scheme not in schemes:
        known = ", ".join(f"{name}://" for name in sorted(filter(None, schemes)))
        raise StoreError(f"{location}: no kind of store is opened so; give a folder, or {known}…")
    kind = schemes.get(scheme if mark else "", schemes[""])
    module = importlib.import_module(f"{__name__}.{kind.module}")
    found: type[Store] = getattr(module, kind.name)
    return found


def open_store(
    location: str | Path | None = None,
    *,
    read_only: bool = False,
    update_url: str | None = None,
    graph_store_url: str | None = None,
) -> Store:
    """Open the store at a location: a folder, a server's address, or memory. Raises StoreError.

    The two other addresses belong to a server: where it takes updates, and where it speaks the
    Graph Store protocol.
    """
    kind = store_class(location)
    purpose = "reading" if read_only else "writing"
    with timed(log, "opened %s for %s as %s", location or MEMORY, purpose, kind.__name__):
        return kind.open(
            str(location or ""),
            read_only=read_only,
            update_url=update_url,
            graph_store_url=graph_store_url,
        )
