"""The graph of things: what is true of a thing whichever document names it, written once.

A document's graph refers to things; the graph of things describes them, and they refer to one another
(a county to its province, a body to the body above it). A thing is needed while a document refers to it
or another needed thing does. What nothing needs any more goes with the last document that named it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.graph.sparql.data import Term, one_of
from policygraph.graph.stores.nquads_lines import check, parted, triples_of
from policygraph.ontology.terms import THINGS

if TYPE_CHECKING:
    from policygraph.graph.stores import Store

BATCH = 200  # things asked about in one query
REMEMBERED = 50_000  # things whose digest a process keeps: some 15 MB
_BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
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
# Virtuoso gives back "1"^^xsd:boolean for "true"^^xsd:boolean, which it takes for the same.
_TRUTH = {
    ox.Literal(number, datatype=_BOOLEAN): ox.Literal(word, datatype=_BOOLEAN)
    for number, word in (("1", "true"), ("0", "false"))
}
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
    """What adding or removing a document does.

    ``quads`` is N-Quads text that replaces the document's graph (it is removed where there is
    none), ``added`` and ``removed`` are lines of N-Triples of the graph of things.
    """

    document: str
    quads: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def own(self) -> str:
        """What replaces the document's graph, as N-Triples."""
        return triples_of(self.document, self.quads)


class ThingsGraph:
    """Works out what a document changes in the graph of things of one store.

    Of the last things this process has written a digest is remembered, so that a build of many
    reports asks the store only once about a thing. ``forget`` when somebody else may have written.
    """

    def __init__(self) -> None:
        self._written: dict[str, bytes] = {}
        # What things will be once the changes that wait to be written are.
        self._waiting: dict[str, set[str]] = {}
        # Whether a thing that is not remembered is not in the store either; None: not asked yet.
        self._all_remembered: bool | None = None

    def forget(self) -> None:
        """Ask the store again about every thing."""
        self._written.clear()
        self._waiting.clear()
        self._all_remembered = False

    def written(self) -> None:
        """Say that every change that was worked out is in the store."""
        self._waiting.clear()

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
            removed += [line for lines in store.describe_things(gone).values() for line in lines]
        return Change(document, own, tuple(added), tuple(removed))

    def removal(self, store: Store, document: str) -> Change:
        """What the removal of a document changes."""
        self.forget()
        gone = store.describe_things(_unneeded(store, document, set()))
        lines = [line for thing in sorted(gone) for line in sorted(gone[thing])]
        return Change(document, removed=tuple(lines))

    def _differences(
        self, store: Store, described: Mapping[str, list[str]]
    ) -> tuple[list[str], list[str]]:
        """The lines to add and to remove so that each thing is described as it is here."""
        if self._all_remembered is None:
            self._all_remembered = store.single_writer and not store.has_graph(THINGS)
        new, unknown = self._remember(described)
        asked = [thing for thing in unknown if thing not in self._waiting]
        told = store.describe_things(asked) if asked and store.has_graph(THINGS) else {}
        added: list[str] = []
        removed: list[str] = []
        for thing, lines in _canonical(new).items():
            before = self._waiting.get(thing) or told.get(thing, set())
            added += [line for line in sorted(lines) if line not in before]
            removed += sorted(before - lines)
            self._waiting[thing] = lines
        self._bound()
        return added, removed

    def _remember(
        self, described: Mapping[str, list[str]]
    ) -> tuple[dict[str, list[str]], list[str]]:
        """The things that are not remembered to be described so; now they are.

        Also those of them that the store may describe in another way.
        """
        new, unknown = {}, []
        for thing, lines in described.items():
            digest = hashlib.blake2b("\n".join(sorted(lines)).encode(), digest_size=16).digest()
            before = self._written.pop(thing, None)
            self._written[thing] = digest  # the last of all now
            if before != digest:
                new[thing] = lines
                if before or not self._all_remembered:
                    unknown.append(thing)
        return new, unknown

    def _bound(self) -> None:
        """Forget the things that were not described for longest, where there are too many."""
        for thing in list(islice(self._written, max(0, len(self._written) - REMEMBERED))):
            del self._written[thing]
            self._all_remembered = False


def _split(document: str, nquads: str) -> tuple[str, list[str]]:
    """The quads of a document's graph, and the triples of the graph of things by line."""
    if document == THINGS:
        raise StoreError(f"<{document}> is kept by the store itself; add documents to it")
    own, shared = parted(nquads, THINGS)
    check(document, own)
    check(THINGS, shared)
    return own, triples_of(THINGS, shared).split("\n")[:-1]


def _by_subject(lines: Iterable[str]) -> dict[str, list[str]]:
    """Lines by the thing they describe, as they are written."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        found[line.partition(" ")[0].strip("<>")].append(line)
    return found


def _canonical(described: Mapping[str, list[str]]) -> dict[str, set[str]]:
    """Lines as the engine writes them, by the thing they describe. Raises StoreError."""
    text = "\n".join(line for lines in described.values() for line in lines)
    try:
        return by_thing(quad.triple for quad in ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise StoreError(f"the added data is not RDF: {reason}") from error


def by_thing(triples: Iterable[ox.Triple]) -> dict[str, set[str]]:
    """Triples as lines, by the thing they describe, true and false in words.

    A line that only spells a value in another way would be added, and then, with the other, removed.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        word = _TRUTH.get(triple.object) if isinstance(triple.object, ox.Literal) else None
        line = triple if word is None else ox.Triple(triple.subject, triple.predicate, word)
        found[str(getattr(triple.subject, "value", ""))].add(f"{line} .")
    return found


def describe_things(store: Store, things: Iterable[str]) -> dict[str, set[str]]:
    """All that the graph of things says of some things, as lines."""
    rows = _about(store, _TOLD, things)
    return by_thing(ox.Triple(*row) for row in rows)  # type: ignore[arg-type]


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
