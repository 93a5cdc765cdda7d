"""The description of one IRI: its facts, the triples it is the object of, labels of its objects."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from policygraph.graph.formats import Format
from policygraph.ontology.prefixes import expand
from policygraph.service.http_documents import serialize
from policygraph.service.store_service import StoreService

FACTS = """
SELECT ?iri ?predicate ?value ?graph WHERE { GRAPH ?graph { ?iri ?predicate ?value } }
ORDER BY ?graph ?predicate ?value
"""
INCOMING = """
SELECT ?iri ?subject ?predicate ?graph WHERE { GRAPH ?graph { ?subject ?predicate ?iri } }
LIMIT 101
"""
LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?iri ?linked ?label ?graph WHERE {
  GRAPH ?said { ?iri ?predicate ?linked }
  GRAPH ?graph { ?linked rdfs:label ?label }
}
ORDER BY ?graph ?linked ?label
"""
MOST_INCOMING = 100


@dataclass(frozen=True, slots=True)
class Thing:
    """One IRI and its quads; ``more`` where it is the object of more than are in ``incoming``."""

    iri: str
    facts: tuple[ox.Quad, ...]
    incoming: tuple[ox.Quad, ...]
    labels: tuple[ox.Quad, ...]
    more: bool

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.facts or self.incoming)

    def write(self, form: Format) -> bytes:
        """All of it in one format; formats without named graphs say by void:inDataset whence."""
        quads = (*self.facts, *self.labels, *self.incoming)
        if form.named_graphs:
            return serialize(dict.fromkeys(quads), form)
        subject, inside = ox.NamedNode(self.iri), ox.NamedNode(expand("void:inDataset"))
        graphs = dict.fromkeys(quad.graph_name for quad in (*self.facts, *self.incoming))
        whence = (
            ox.Quad(subject, inside, graph) for graph in graphs if isinstance(graph, ox.NamedNode)
        )
        flat = (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        return serialize(dict.fromkeys((*flat, *whence)), form)


async def find_thing(store_service: StoreService, iri: str) -> Thing:
    """The description of an IRI from the store. Raises ServiceError."""
    subject = ox.NamedNode(iri)
    bindings = {"iri": subject}
    facts = await store_service.select(FACTS, bindings)
    incoming = await store_service.select(INCOMING, bindings)
    labels = await store_service.select(LABELS, bindings) if facts else []
    label = ox.NamedNode(expand("rdfs:label"))
    return Thing(
        iri,
        tuple(ox.Quad(subject, r["predicate"], r["value"], r["graph"]) for r in facts),
        tuple(
            ox.Quad(r["subject"], r["predicate"], subject, r["graph"])
            for r in incoming[:MOST_INCOMING]
        ),
        tuple(ox.Quad(r["linked"], label, r["label"], r["graph"]) for r in labels),
        len(incoming) > MOST_INCOMING,
    )
