"""The description of one IRI: its facts, the triples it is the object of, labels of its objects."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

import pyoxigraph as ox

from policygraph.graph.formats import Format
from policygraph.graph.serialization import serialized
from policygraph.ontology.prefixes import expand
from policygraph.service.store_service import StoreService

# What is said of an IRI, the labels of what that names, and what the IRI is the object of.
DESCRIPTION = Template("""
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?subject ?predicate ?value ?naming ?label ?graph WHERE {
  { GRAPH ?graph { $thing ?predicate ?value } }
  UNION {
    SELECT DISTINCT ?value ?naming ?label ?graph WHERE {
      GRAPH ?said { $thing ?property ?value }
      GRAPH ?graph { ?value ?naming ?label }
      FILTER (?naming IN (rdfs:label, skos:prefLabel, dcterms:title, pg:quote))
    }
  }
  UNION {
    SELECT ?subject ?predicate ?graph WHERE { GRAPH ?graph { ?subject ?predicate $thing } }
    LIMIT 1001
  }
}
""")
MOST_INCOMING = 100  # triples written into a file
COUNTED = 1000  # triples a page counts
_LABEL = ox.NamedNode(expand("rdfs:label"))


@dataclass(frozen=True, slots=True)
class Thing:
    """One IRI and its quads, ``labels`` those of what its facts name.

    ``incoming`` are the first that it is the object of, one more than COUNTED where there are
    more; a file has MOST_INCOMING of them. ``stored``: the facts stand in the store.
    """

    iri: str
    facts: tuple[ox.Quad, ...]
    incoming: tuple[ox.Quad, ...]
    labels: tuple[ox.Quad, ...]
    stored: bool = True

    @property
    def more(self) -> bool:
        """Whether it is the object of more than a file tells."""
        return len(self.incoming) > MOST_INCOMING

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.facts or self.incoming)

    def write(self, form: Format) -> bytes:
        """All of it in one format; formats without named graphs say by void:inDataset whence."""
        incoming = self.incoming[:MOST_INCOMING]
        labels = (quad for quad in self.labels if quad.predicate == _LABEL)
        quads = (*self.facts, *labels, *incoming)
        if form.named_graphs:
            return serialized(dict.fromkeys(quads), form)
        subject, inside = ox.NamedNode(self.iri), ox.NamedNode(expand("void:inDataset"))
        graphs = dict.fromkeys(quad.graph_name for quad in (*self.facts, *incoming))
        whence = (
            ox.Quad(subject, inside, graph) for graph in graphs if isinstance(graph, ox.NamedNode)
        )
        flat = (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        return serialized(dict.fromkeys((*flat, *whence)), form)


async def find_thing(store_service: StoreService, iri: str) -> Thing:
    """The description of an IRI from the store, by one query. Raises ServiceError."""
    thing = ox.NamedNode(iri)
    rows = await store_service.select(DESCRIPTION.substitute(thing=thing))
    facts, labels, incoming = [], [], []
    for row in rows:
        if row["subject"]:
            incoming.append(ox.Quad(row["subject"], row["predicate"], thing, row["graph"]))
        elif row["label"]:
            labels.append(ox.Quad(row["value"], row["naming"], row["label"], row["graph"]))
        else:
            facts.append(ox.Quad(thing, row["predicate"], row["value"], row["graph"]))
    return Thing(
        iri, tuple(sorted(facts, key=_order)), tuple(incoming), tuple(sorted(labels, key=_order))
    )


def _order(quad: ox.Quad) -> tuple[str, ...]:
    """The place of a quad: by graph, subject, property, then value."""
    terms = (quad.graph_name, quad.subject, quad.predicate, quad.object)
    return tuple(getattr(term, "value", str(term)) for term in terms)
