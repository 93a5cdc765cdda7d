"""Counts of a store, made in one pass, one named graph in memory at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from policygraph.graph.stores import Store
from policygraph.ontology.prefixes import expand
from policygraph.ontology.terms import THINGS

_TYPE = f"<{expand('rdf:type')}>"
_STRING, _TEXT = f"<{expand('xsd:string')}>", f"<{expand('rdf:langString')}>"
_ENTITIES = "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) { ?thing a ?class } GROUP BY ?class"
_REPORTS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT (COUNT(DISTINCT ?document) AS ?n) { ?document a pg:Report }
"""


@dataclass(frozen=True, slots=True)
class PropertyUse:
    """How often things of one class have one property with one kind of value.

    ``datatype`` says whether ``value`` is a datatype or a class; it is empty for a thing that has
    no class. A thing that is described in two graphs is counted in both, as its triples are.
    """

    subject: str
    property: str
    value: str
    datatype: bool
    triples: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Triples in all, reports, entities of each class, triples of each property, and their uses."""

    triples: int = 0
    reports: int = 0
    entities: tuple[tuple[str, int], ...] = ()
    properties: tuple[tuple[str, int], ...] = ()
    classes: tuple[tuple[str, str, int], ...] = ()
    uses: tuple[PropertyUse, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The counts for another process."""
        return asdict(self)

    @classmethod
    def of_json(cls, counts: dict[str, Any]) -> Counts:
        """The counts as another process sent them."""
        return cls(
            counts["triples"],
            counts["reports"],
            tuple((name, n) for name, n in counts["entities"]),
            tuple((name, n) for name, n in counts["properties"]),
            tuple((kind, name, n) for kind, name, n in counts["classes"]),
            tuple(PropertyUse(**use) for use in counts["uses"]),
        )


def count(store: Store) -> Counts:
    """Count a store."""
    properties: Counter[str] = Counter()
    classes: Counter[tuple[str, str]] = Counter()
    uses: Counter[tuple[str, str, str, bool]] = Counter()
    for seen, times in _seen(store).items():
        kinds, name, values, datatype = seen
        properties[name] += times
        for kind in kinds:
            classes[kind, name] += times
            for value in values:
                uses[kind, name, value, datatype] += times
    return Counts(
        sum(properties.values()),
        int(_rows(store, _REPORTS)[0][-1]),
        tuple((str(kind), int(n)) for kind, n in _rows(store, _ENTITIES)),
        tuple(sorted((name[1:-1], n) for name, n in properties.items())),
        tuple(sorted((kind[1:-1], name[1:-1], n) for (kind, name), n in classes.items())),
        tuple(
            PropertyUse(k[1:-1], p[1:-1], v[1:-1], d, n) for (k, p, v, d), n in sorted(uses.items())
        ),
    )


_Seen = tuple[tuple[str, ...], str, tuple[str, ...], bool]


def _seen(store: Store) -> Counter[_Seen]:
    """How often: classes of the subject, property, classes of the object or its datatype."""
    total: Counter[_Seen] = Counter()
    things = _kinds(_things(store))  # what the documents refer to
    for triples in _graphs(store):
        kinds = _kinds(triples)
        for subject, name, value in triples:
            is_literal = value[0] == '"'
            values = (
                (_datatype(value),) if is_literal else kinds.get(value) or things.get(value, ())
            )
            total[kinds.get(subject, ()), name, values, is_literal] += 1
    return total


_Triple = tuple[str, str, str]


def _kinds(triples: Iterable[_Triple]) -> dict[str, tuple[str, ...]]:
    """Subject → its classes, sorted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for subject, name, value in triples:
        if name == _TYPE:
            found[subject].append(value)
    return {subject: tuple(sorted(types)) for subject, types in found.items()}


def _things(store: Store) -> Iterator[_Triple]:
    """The triples of the graph of things."""
    return (_split(f"{triple} .") for triple in store.triples(THINGS))


def _graphs(store: Store) -> Iterator[list[_Triple]]:
    """The triples of each graph as N-Triples terms."""
    for text in store.ntriples():
        yield [_split(line) for line in text.split("\n") if line]


def _split(line: str) -> _Triple:
    subject, name, value = line.removesuffix(" .").split(" ", 2)
    return subject, name, value


def _datatype(literal: str) -> str:
    """The datatype of a literal in N-Triples."""
    tail = literal.rpartition('"')[2]
    if tail.startswith("^^"):
        return tail[2:]
    return _TEXT if tail else _STRING


def _rows(store: Store, sparql: str) -> list[list[Any]]:
    answer = store.query(sparql)
    assert isinstance(answer, ox.QuerySolutions)
    return sorted([getattr(term, "value", "") for term in row] for row in answer)
