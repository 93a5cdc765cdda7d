"""One report of a store with all that its statements point at, so that it stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.graph.sparql.data import one_of
from policygraph.graph.stores import Store
from policygraph.ontology.terms import THINGS

_AT_ONCE = 500  # things asked about in one query
_SAID = (
    "SELECT ?thing ?property ?value WHERE { $things GRAPH <"
    + THINGS
    + "> { ?thing ?property ?value } }"
)


class ReportQuads:
    """The graph of a report, and of the graph of things what it names, and what that names in turn."""

    def __init__(self, store: Store, document: str) -> None:
        """Raises StoreError where the store has no such report."""
        if document == THINGS or document not in store.graphs():
            raise StoreError(
                f"{document}: no report of this store; see: policygraph query documents"
            )
        self._store, self._document = store, document

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad, none twice."""
        named: set[ox.NamedNode] = set()
        for quad in self._store.quads(self._document):
            named.update(_named(quad.object))
            yield quad
        known: set[ox.NamedNode] = set()
        while new := named - known:
            known |= new
            for quad in self._said_of(sorted(new, key=str)):
                named.update(_named(quad.object))
                yield quad

    def _said_of(self, things: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
        """What the graph of things says of these."""
        graph, left = ox.NamedNode(THINGS), iter(things)
        while batch := list(islice(left, _AT_ONCE)):
            query = _SAID.replace("$things", one_of("thing", batch))
            for thing, by, value in self._store.solutions(query):
                assert isinstance(thing, ox.NamedNode) and isinstance(by, ox.NamedNode)
                yield ox.Quad(thing, by, value, graph)


def _named(term: object) -> Iterator[ox.NamedNode]:
    if isinstance(term, ox.NamedNode):
        yield term
