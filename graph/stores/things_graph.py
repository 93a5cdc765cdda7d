"""The graph of things: what is true of a thing whichever document names it, written once.

A document's graph refers to things; the graph of things describes them, and they refer to one another
(a county to its province, a body to the body above it). A thing is needed while a document refers to it
or another needed thing does. What nothing needs any more goes with the last document that named it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.graph.sparql.data import one_of
from policygraph.ontology.terms import THINGS

if TYPE_CHECKING:
    from policygraph.graph.stores import Store

BATCH = 200  # things asked about in one query
_NAMED = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?document ?thing WHERE {
  GRAPH ?document { ?statement ?property ?thing } GRAPH pg:things { ?thing ?says ?value }
}
"""
_LINKS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?thing ?next WHERE {
  %s GRAPH pg:things { ?thing ?property ?next . ?next ?says ?value }
}
"""
_NEEDED = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?thing ?graph WHERE {
  %s GRAPH ?graph { ?statement ?property ?thing }
  FILTER (?graph != pg:things)
}
"""
_LINKING = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT DISTINCT ?thing ?from WHERE { %s GRAPH pg:things { ?from ?property ?thing } }
"""


def split(graph: str, nquads: str) -> tuple[str, str]:
    """The lines of a document's graph, and those of the graph of things."""
    tail = f" <{THINGS}> ."
    own, shared = [], []
    for line in nquads.split("\n"):
        (shared if line.rstrip("\r").endswith(tail) else own).append(line)
    if graph == THINGS:
        raise StoreError(f"<{graph}> is kept by the store itself; add documents")
    return "\n".join(own), "\n".join(shared)


def unneeded(store: Store, document: str, kept: Iterable[str] = ()) -> list[str]:
    """The things only this document needs, sorted; ``kept`` are needed whatever the store says."""
    rows = store.solutions(_NAMED, {"document": ox.NamedNode(document)})
    named = {thing for _, thing in rows}
    links = _closure(store, named)
    candidates = named | set(links)
    live = candidates & set(kept)
    live |= {thing for thing, graph in _about(store, _NEEDED, candidates) if graph != document}
    live |= {
        thing
        for thing, source in _about(store, _LINKING, candidates - live)
        if source not in candidates
    }
    return sorted(candidates - _reachable(live, links))


def _closure(store: Store, things: set[str]) -> dict[str, set[str]]:
    """Every thing reached from these, with the things it links to."""
    links: dict[str, set[str]] = {}
    waiting = things
    while waiting:
        found: dict[str, set[str]] = defaultdict(set)
        for thing, linked in _about(store, _LINKS, waiting):
            found[thing].add(linked)
        links |= {thing: found.get(thing, set()) for thing in waiting}
        waiting = set().union(*found.values()) - links.keys()
    return links


def _reachable(things: set[str], links: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(things)
    while waiting:
        thing = waiting.pop()
        if thing not in reached:
            reached.add(thing)
            waiting.extend(links.get(thing, ()))
    return reached


def _about(store: Store, query: str, things: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The two columns of a query about things, asked in batches."""
    remaining = iter(sorted(things))
    while batch := list(islice(remaining, BATCH)):
        yield from store.solutions(query % one_of("thing", map(ox.NamedNode, batch)))
