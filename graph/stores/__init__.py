"""Where named graphs are kept: one interface, a module a kind of store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Store(Protocol):
    """What every store can do; a remote SPARQL endpoint fits behind it."""

    def add(self, graph: str, nquads: str) -> None:
        """Replace one named graph by N-Quads text, atomically."""

    def drop(self, graph: str) -> None:
        """Remove one named graph."""

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query; bindings are RDF terms for its variables.

        The default graph is the union of all named graphs, unless the graphs are chosen as the
        SPARQL protocol does: then there are only these, FROM and FROM NAMED.
        """

    def update(self, sparql: str) -> None:
        """Run a SPARQL update in one transaction."""

    def select(self, sparql: str) -> list[dict[str, str | None]]:
        """The rows of a SELECT as plain text."""

    def triples(self, graph: str) -> Iterator[tuple[str, str, str]]:
        """Every triple of one named graph as plain text: subject, predicate, value."""

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad."""

    def graphs(self) -> list[str]:
        """The names of the named graphs: the documents."""

    def count(self) -> int:
        """How many quads there are."""

    def close(self) -> None:
        """Let go of the store."""
