"""The graph of things: what is true of a thing whichever document names it, written once.

A document's graph refers to things; the graph of things describes them, and they refer to one another
(a county to its province, a body to the body above it). A thing is needed while a document refers to it
or another needed thing does. What nothing needs any more goes with the last document that named it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.graph.sparql.data import Term, one_of
from policygraph.graph.stores.nquads_lines import triples_of
from policygraph.ontology.terms import THINGS

if TYPE_CHECKING:
    from policygraph.graph.stores import Store

BATCH = 200  # things asked about in one query
_PREFIX = "PREFIX pg: <https://w3id.org/policygraph/ontology#> "
_NAMED = (
    _PREFIX
    + """
SELECT DISTINCT ?document ?thing WHERE {
  GRAPH ?document { ?statement ?property ?thing } GRAPH pg:things { ?thing ?says ?value }
}
"""
)
_LINKS = (
    _PREFIX
    + """
SELECT DISTINCT ?thing ?next WHERE {
  %s GRAPH pg:things { ?thing ?property ?next . ?next ?says ?value }
}
"""
)
_NEEDED = (
    _PREFIX
    + """
SELECT ?thing ?document WHERE {
  %s %s FILTER EXISTS {
    GRAPH ?graph { ?statement ?property ?thing }
    FILTER (?graph != pg:things && ?graph != ?document && !STRENDS(STR(?graph), "/standard"))
  }
}
"""
)
_LINKING = (
    _PREFIX
    + """
SELECT DISTINCT ?thing ?from WHERE { %s GRAPH pg:things { ?from ?property ?thing } }
"""
)
_TOLD = (
    _PREFIX
    + """
SELECT ?thing ?property ?value WHERE { %s GRAPH pg:things { ?thing ?property ?value } }
"""
)


@dataclass(frozen=True, slots=True)
class Change:
    """What adding or removing a document does: lines of N-Triples, without a graph's name.

    ``own`` replaces the document's graph (it is removed where there are none); ``added`` and
    ``removed`` are triples of the graph of things.
    """

    document: str
    own: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class ThingsGraph:
    """Works out what a document changes in the graph of things of one store.

    What this process has written is remembered, so that a build of many reports asks the store
    only once about a thing. ``forget`` when somebody else may have written.
    """

    def __init__(self) -> None:
        self._written: dict[str, frozenset[str]] = {}

    def forget(self) -> None:
        """Ask the store again about every thing."""
        self._written.clear()

    def addition(self, store: Store, document: str, nquads: str) -> Change:
        """What a document's N-Quads change. Raises StoreError on a line of any other graph."""
        own, shared = _split(document, nquads)
        if not store.single_writer:
            self.forget()
        described = _by_subject(shared)
        added, removed = self._differences(store, described)
        if store.has_graph(document):
            self.forget()
            gone = _unneeded(store, document, set(described))
            removed += [line for lines in _told(store, gone).values() for line in lines]
        return Change(document, tuple(own), tuple(added), tuple(removed))

    def removal(self, store: Store, document: str) -> Change:
        """What the removal of a document changes."""
        self.forget()
        gone = _told(store, _unneeded(store, document, set()))
        lines = [line for thing in sorted(gone) for line in sorted(gone[thing])]
        return Change(document, removed=tuple(lines))

    def _differences(
        self, store: Store, described: Mapping[str, frozenset[str]]
    ) -> tuple[list[str], list[str]]:
        """The lines to add and to remove so that each thing is described as it is here."""
        new = {t: lines for t, lines in described.items() if self._written.get(t) != lines}
        told = _told(store, new) if new and store.has_graph(THINGS) else {}
        added: list[str] = []
        removed: list[str] = []
        for thing, lines in new.items():
            before = told.get(thing, set())
            added += [line for line in sorted(lines) if line not in before]
            removed += sorted(before - lines)
        self._written |= new
        return added, removed


def _split(document: str, nquads: str) -> tuple[list[str], list[str]]:
    """The triples of a document's graph, and those of the graph of things."""
    if document == THINGS:
        raise StoreError(f"<{document}> is kept by the store itself; add documents to it")
    tail = f" <{THINGS}> ."
    lines = [line.rstrip("\r") for line in nquads.split("\n")]
    shared = [line for line in lines if line.endswith(tail)]
    own = [line for line in lines if not line.endswith(tail)]
    return triples_of(document, "\n".join(own)), triples_of(THINGS, "\n".join(shared))


def _by_subject(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Lines as the engine writes them, by the thing they describe. Raises StoreError."""
    found: dict[str, set[str]] = defaultdict(set)
    try:
        for quad in ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES):
            found[str(getattr(quad.subject, "value", ""))].add(f"{quad.triple} .")
    except (SyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise StoreError(f"the added data is not RDF: {reason}") from error
    return {thing: frozenset(told) for thing, told in found.items()}


def _told(store: Store, things: Iterable[str]) -> dict[str, set[str]]:
    """All that the graph of things says of some things, as lines."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in _about(store, _TOLD, things):
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode):
            found[subject.value].add(f"{ox.Triple(subject, predicate, value)} .")
    return found


def _unneeded(store: Store, document: str, kept: set[str]) -> list[str]:
    """The things only this document needs, sorted; ``kept`` are needed whatever the store says."""
    name = ox.NamedNode(document)
    named = {
        thing.value for _, thing in store.solutions(_NAMED, {"document": name}) if _is_iri(thing)
    }
    links = _closure(store, named)
    candidates = named | links.keys()
    live = candidates & kept
    elsewhere = _NEEDED % ("%s", one_of("document", [name]))
    live |= {thing.value for thing, _ in _about(store, elsewhere, candidates - live)}
    live |= {
        thing.value
        for thing, source in _about(store, _LINKING, candidates - live)
        if source.value not in candidates
    }
    return sorted(candidates - _reachable(live, links))


def _closure(store: Store, things: set[str]) -> dict[str, set[str]]:
    """Every thing reached from these, with the things it links to."""
    links: dict[str, set[str]] = {}
    waiting = set(things)
    while waiting:
        found: dict[str, set[str]] = {thing: set() for thing in waiting}
        for thing, linked in _about(store, _LINKS, waiting):
            found[thing.value].add(linked.value)
        links |= found
        waiting = {linked for reached in found.values() for linked in reached} - links.keys()
    return links


def _reachable(things: set[str], links: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(things)
    while waiting:
        thing = waiting.pop()
        if thing not in reached:
            reached.add(thing)
            waiting.extend(links.get(thing, ()))
    return reached


def _is_iri(term: Term) -> bool:
    return isinstance(term, ox.NamedNode)


def _about(store: Store, query: str, things: Iterable[str]) -> Iterator[tuple[Term, ...]]:
    """The rows of a query about things, which are asked about in batches."""
    remaining = iter(sorted(things))
    while batch := list(islice(remaining, BATCH)):
        yield from store.solutions(query % one_of("thing", map(ox.NamedNode, batch)))
