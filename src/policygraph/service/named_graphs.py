"""Reading and writing one graph of a store; an empty name is the default graph."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from policygraph.graph.sparql.data import clear, insert_data
from policygraph.graph.stores import Store


def exists(store: Store, graph: str) -> bool:
    """Whether there is such a graph; the default graph is always there."""
    return not graph or store.has_graph(graph)


def put(store: Store, graph: str, triples: Sequence[ox.Triple]) -> bool:
    """Replace a graph in one update; returns whether it is new."""
    new = not exists(store, graph)
    store.update(clear(graph) + " ; " + insert_data(graph, triples))
    return new


def post(store: Store, graph: str, triples: Sequence[ox.Triple]) -> bool:
    """Add to a graph in one update; returns whether it is new."""
    new = not exists(store, graph)
    store.update(insert_data(graph, triples))
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
