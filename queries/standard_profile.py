"""The standard profile: the graph with all that the published vocabularies say of it.

The store says each thing once. The named queries ``annotations`` (Web Annotation), ``provenance`` (PROV)
and ``cube`` (Data Cube) say it in the terms of others, and the ontology says which classes and
properties stand above those written. What is derived from a graph is none of its triples: the two
together repeat nothing, and the same graph gives the same triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

import pyoxigraph as ox

from policygraph.graph.external_sort import in_order
from policygraph.graph.stores import Store
from policygraph.graph.stores.things_graph import Change
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.ontology.terms import THINGS, is_standard_graph, parents, standard_graph, term
from policygraph.queries.catalogue import named

QUERIES = ("annotations", "provenance", "cube")
_TYPE = ox.NamedNode(expand("rdf:type"))
_PART_OF = ox.NamedNode(expand("dcterms:isPartOf"))
_REPLACES = ox.NamedNode(expand("dcterms:replaces"))
_REPLACED_BY = ox.NamedNode(expand("dcterms:isReplacedBy"))
_HAS_PART = ox.NamedNode(expand("dcterms:hasPart"))
# What a figure is of another, by its kind.
_RELATIONS = {"change": "changeOf", "rank": "rankOf", "completion": "completionOf"}


class StandardProfile:
    """A store as the standard profile has it: its quads, and what is derived from them.

    What is derived from a document stands in the graph of the document, what is derived from things
    in the graph of things.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad, none twice, a document at a time. Raises StoreError."""
        for quad in self.store.quads():
            name = getattr(quad.graph_name, "value", "")
            if not is_standard_graph(name):
                yield quad
        for graph, triples in derived(self.store):
            name = ox.NamedNode(graph)
            yield from (ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)


def materialise(store: Store) -> int:
    """Write what is derived from each graph into a graph beside it; returns how many triples.

    The graph of a graph's standard profile is ``{graph}/standard``. Raises StoreError.
    """
    remove(store)
    count = 0
    for graph, triples in derived(store):
        target = standard_graph(graph)
        lines = sorted(f"{triple} <{target}> .\n" for triple in triples)
        if lines:
            store.write(Change(target, "".join(lines)))
        count += len(lines)
    return count


def remove(store: Store) -> int:
    """Remove the standard profile from a store; returns how many graphs were removed."""
    graphs = [graph for graph in store.graphs() if is_standard_graph(graph)]
    for graph in graphs:
        store.write(Change(graph))
    return len(graphs)


def derived(store: Store) -> Iterator[tuple[str, Iterable[ox.Triple]]]:
    """Each graph with the triples derived from it, the graph of things last.

    A document is read whole, the graph of things thing by thing.
    """
    about_things: set[ox.Triple] = set()
    for document in store.documents():
        own, others = of_document(store, document)
        about_things |= others
        yield document, own
    yield THINGS, _of_things(store, about_things)


def of_document(store: Store, document: str) -> tuple[list[ox.Triple], set[ox.Triple]]:
    """What is derived from a document: of what stands in it, in order, and of things."""
    written = set(store.triples(document))
    made = {triple for name in QUERIES for triple in _constructed(store, name, document)}
    made |= set(_parts(written, document)) | set(_relations(written))
    made |= set(_entailed(written | made))
    own: list[ox.Triple] = []
    things: set[ox.Triple] = set()
    for triple in made - written:
        subject = _text(triple.subject)
        if subject == document or subject.startswith(f"{document}/"):
            own.append(triple)
        else:
            things.add(triple)
    return sorted(own, key=str), things


def _constructed(store: Store, name: str, document: str) -> Iterator[ox.Triple]:
    """The triples that a named query makes of one document."""
    answer = store.query(named(name).text({}), named_graphs=[document, THINGS])
    assert isinstance(answer, ox.QueryTriples)
    return iter(answer)


def _parts(written: Iterable[ox.Triple], document: str) -> Iterator[ox.Triple]:
    """Sections and sentences are parts of the document; versions it replaces are replaced by it."""
    written = list(written)
    below = {t.subject for t in written if t.predicate.value == term("parentSection")}
    passages = (term("Section"), term("Sentence"))
    report = ox.NamedNode(document)
    for triple in written:
        kind = _text(triple.object) if triple.predicate == _TYPE else ""
        if kind in passages:
            yield ox.Triple(triple.subject, _PART_OF, report)
        if kind == term("Section") and triple.subject not in below:
            yield ox.Triple(report, _HAS_PART, triple.subject)
        if triple.predicate == _REPLACES and isinstance(triple.object, ox.NamedNode):
            yield ox.Triple(triple.object, _REPLACED_BY, triple.subject)


def _relations(written: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """What a figure is of the one it refers to: a part by its qualifier, else by its kind."""
    written = list(written)
    kinds = {t.subject: _text(t.object) for t in written if t.predicate.value == term("kind")}
    parts = {
        triple.subject
        for triple in written
        if triple.predicate.value == term("qualifier")
        and _text(triple.object).endswith("/qualifier/part")
    }
    for triple in written:
        if triple.predicate.value != term("refersTo"):
            continue
        kind = kinds.get(triple.subject, "").rpartition("/")[2]
        name = "partOf" if triple.subject in parts else _RELATIONS.get(kind)
        if name:
            yield ox.Triple(triple.subject, ox.NamedNode(term(name)), triple.object)


def _entailed(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """What the ontology's classes and properties above those of some triples say of them."""
    for triple in triples:
        if triple.predicate == _TYPE:
            for above in _above(_text(triple.object)):
                yield ox.Triple(triple.subject, _TYPE, above)
        else:
            for above in _above(triple.predicate.value):
                yield ox.Triple(triple.subject, above, triple.object)


@cache
def _above(iri: str) -> tuple[ox.NamedNode, ...]:
    """All classes or properties above one, none where it is not ours."""
    name = iri.removeprefix(PREFIXES["pg"])
    return tuple(map(ox.NamedNode, parents(name))) if name != iri and name in DECLARED else ()


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def _of_things(store: Store, about: set[ox.Triple]) -> Iterator[ox.Triple]:
    """What is derived from the graph of things, and what documents say of things beside it."""
    lines = in_order(f"{triple.subject}\t{triple} .\n" for triple in store.triples(THINGS))
    for _, described in groupby(lines, key=lambda line: line.partition("\t")[0]):
        text = "".join(line.partition("\t")[2] for line in described)
        written = {quad.triple for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)}
        about -= written
        made = set(_entailed(written)) - written
        about -= made
        yield from sorted(made, key=str)
    yield from sorted(about, key=str)
