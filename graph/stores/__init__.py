"""Where named graphs are kept: one interface, a module a kind of store.

A folder is an embedded Oxigraph, no place at all is one in memory, an http(s) address is a SPARQL 1.1
server; ``RdflibStore`` keeps small graphs in rdflib. What differs is told in docs/stores.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.sparql.data import Term

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
MEMORY = ":memory:"


class Store(ABC):
    """What every store can do; all of it raises StoreError when the store cannot."""

    @abstractmethod
    def add(self, graph: str, nquads: str) -> None:
        """Replace one named graph by N-Quads text, atomically."""

    @abstractmethod
    def drop(self, graph: str) -> None:
        """Remove one named graph; nothing happens when there is none."""

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
        """The names of the named graphs, sorted: the documents."""

    @abstractmethod
    def count(self) -> int:
        """How many quads there are."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; a second time is fine."""

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
        """Let go of the store."""
        self.close()


def open_store(
    where: str | Path | None = None,
    *,
    read_only: bool = False,
    update_url: str | None = None,
    graph_store_url: str | None = None,
) -> Store:
    """Open the store of a place: a folder, an http(s) address, or memory. Raises StoreError.

    The two other addresses belong to a server: where it takes updates, and where it speaks the
    Graph Store protocol.
    """
    if isinstance(where, str) and where.startswith(("http://", "https://")):
        from policygraph.graph.stores.sparql_server import ServerStore

        return ServerStore(where, update_url, graph_store_url, read_only=read_only)
    from policygraph.graph.stores.oxigraph import OxigraphStore

    in_memory = where is None or where in ("", MEMORY)
    return OxigraphStore(None if in_memory else Path(str(where)), read_only=read_only)
