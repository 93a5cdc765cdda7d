"""Reading and writing one graph of a store; an empty name is the default graph."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from policygraph.errors import QueryError, ServiceError
from policygraph.graph.sparql.data import clear, insert_data, unless_made
from policygraph.graph.sparql.tokens import tokens
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


def is_ours(graph: str) -> ServiceError:
    """The refusal to write to the service's own graph."""
    return ServiceError(
        403, f"<{graph}> is what the service says of itself; write to another graph"
    )


def update(store: Store, sparql: str, ours: str) -> None:
    """Run an update, unless it makes the graph that is ours: then nothing of it is done.

    Which graphs it makes the engine says, at the end of the same transaction. Raises ServiceError.
    """
    found = tokens(sparql)
    if not ours or not found or store.has_graph(ours):
        store.update(sparql)
        return
    end = found[-1].start if found[-1].text == ";" else found[-1].end
    try:
        store.update(f"{sparql[:end]}\n; {unless_made(ours)}")
    except QueryError as error:
        if f"<{ours}> already exists" in str(error):
            raise is_ours(ours) from error
        if not isinstance(error.__cause__, SyntaxError):
            raise
        # What is wrong with it as it was written; a prologue alone is right, and does nothing.
        store.update(sparql)
