"""One graph of a store at a time, whatever kind of store it is; no name is the default graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from policygraph.graph.sparql.data import clear, insert_data
from policygraph.graph.stores import Store
from policygraph.graph.stores.oxigraph import OxigraphStore


def exists(store: Store, graph: str) -> bool:
    """Whether there is such a graph; the default graph is always there."""
    if not graph:
        return True
    if isinstance(store, OxigraphStore):
        return store.oxigraph.contains_named_graph(ox.NamedNode(graph))
    return graph in store.graphs()


def triples(store: Store, graph: str) -> Iterator[ox.Triple]:
    """The triples of a graph as a stream; of a server's default graph none, it is its own."""
    if isinstance(store, OxigraphStore):
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        return (quad.triple for quad in store.oxigraph.quads_for_pattern(None, None, None, name))
    return (quad.triple for quad in store.quads(graph)) if graph else iter(())


def put(store: Store, graph: str, held: Sequence[ox.Triple]) -> bool:
    """Replace a graph in one update; returns whether it is new."""
    new = not exists(store, graph)
    store.update(clear(graph) + " ; " + insert_data(graph, held))
    return new


def post(store: Store, graph: str, held: Sequence[ox.Triple]) -> bool:
    """Add to a graph in one update; returns whether it is new."""
    new = not exists(store, graph)
    store.update(insert_data(graph, held))
    return new


def delete(store: Store, graph: str) -> bool:
    """Remove a graph; returns whether there was one."""
    if not exists(store, graph):
        return False
    if graph:
        store.drop(graph)
    else:
        store.update(clear(""))
    return True
