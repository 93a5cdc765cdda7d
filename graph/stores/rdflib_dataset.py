"""A store in rdflib's Dataset: for small graphs, for tests, and for programs that use rdflib."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox
import rdflib
from pyparsing.exceptions import ParseBaseException
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.sparql import SPARQLError

from policygraph.errors import QueryError, StoreError
from policygraph.graph.sparql.data import Term
from policygraph.graph.sparql.language_tags import with_known_tags
from policygraph.graph.sparql.tokens import dataset_clauses
from policygraph.graph.stores import Answer, Store
from policygraph.graph.stores.bindings import bind, is_grouped
from policygraph.graph.stores.oxigraph import run_query
from policygraph.graph.stores.rdflib_evaluation import prepare
from policygraph.graph.stores.term_conversion import from_rows, from_triples
from policygraph.graph.stores.things_graph import Change
from policygraph.ontology.prefixes import expand
from policygraph.ontology.terms import THINGS

_STRING = expand("xsd:string")


class RdflibStore(Store):
    """An rdflib Dataset, one's own or a new one. One thread at a time."""

    def __init__(self, dataset: rdflib.Dataset | None = None) -> None:
        super().__init__()
        self.dataset = rdflib.Dataset(default_union=True) if dataset is None else dataset

    def write(self, change: Change) -> None:
        """Make a change: all its lines are read before the first is written."""
        own = _triples(change.own)
        added, removed = (_triples("\n".join(lines)) for lines in (change.added, change.removed))
        self.dataset.remove_graph(rdflib.URIRef(change.document))
        things = self.dataset.graph(rdflib.URIRef(THINGS))
        for triple in removed:
            things.remove(triple)
        things.addN((*triple, things) for triple in added)
        if own:
            target = self.dataset.graph(rdflib.URIRef(change.document))
            target.addN((*triple, target) for triple in own)

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query over the union of all graphs, or over the graphs chosen."""
        run_query(ox.Store(), sparql, bindings)  # the same message for a wrong query in every store
        dataset, sparql = self.dataset, with_known_tags(sparql)
        clauses = dataset_clauses(sparql)
        if default_graphs is None and named_graphs is None and clauses:
            default_graphs, named_graphs = _dataset(sparql)
        if default_graphs is not None or named_graphs is not None:
            dataset = self._chosen(default_graphs or (), named_graphs or ())
        for start, end in reversed(clauses):  # rdflib would fetch these graphs from the web
            sparql = sparql[:start] + " " + sparql[end:]
        try:
            result = dataset.query(prepare(bind(sparql, bindings or {})))
            if result.type in ("CONSTRUCT", "DESCRIBE"):
                text = result.serialize(format="nt", encoding="utf-8") or b""
                return from_triples(text, ox.RdfFormat.N_TRIPLES)
            text = result.serialize(format="json", encoding="utf-8") or b""
            if result.type == "SELECT" and is_grouped(sparql):
                text = _without_empty(text, bindings or {})
            return from_rows(text)
        except (ParseBaseException, SPARQLError, NotImplementedError) as error:
            raise QueryError(f"the query cannot be answered by rdflib: {error}") from error
        except RecursionError as error:
            raise QueryError("the query is nested too deep for rdflib; write it flatter") from error

    def _chosen(self, default: Sequence[str], named: Sequence[str]) -> rdflib.Dataset:
        chosen = rdflib.Dataset()
        for name in default:
            for triple in self.dataset.graph(rdflib.URIRef(name)):
                chosen.default_graph.add(triple)
        for name in named:
            target = chosen.graph(rdflib.URIRef(name))
            target.addN((*triple, target) for triple in self.dataset.graph(rdflib.URIRef(name)))
        return chosen

    def update(self, sparql: str) -> None:
        """Run a SPARQL update; an update that fails changes nothing."""
        before, done = list(self.dataset.quads()), False
        try:
            self.dataset.update(sparql)
            done = True
        except (ParseBaseException, SPARQLError, NotImplementedError) as error:
            where = " ".join(str(error).split())
            raise QueryError(f"the update is not SPARQL 1.1: {where}") from error
        finally:
            if not done:
                self.dataset.remove((None, None, None, None))  # type: ignore[arg-type]
                self.dataset.addN(before)  # type: ignore[arg-type]

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Every quad, or those of one named graph."""
        for name in self.graphs() if graph is None else [graph]:
            text = self.dataset.graph(rdflib.URIRef(name)).serialize(format="nt", encoding="utf-8")
            for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))

    def graphs(self) -> list[str]:
        """The names of the named graphs that hold something, sorted."""
        names = (str(g.identifier) for g in self.dataset.graphs() if len(g))
        return sorted(name for name in names if not name.startswith("urn:x-rdflib:"))

    def count(self) -> int:
        """How many quads there are in named graphs."""
        return sum(len(self.dataset.graph(rdflib.URIRef(name))) for name in self.graphs())

    def close(self) -> None:
        """Nothing to close: all of it is in memory."""


def _dataset(sparql: str) -> tuple[list[str], list[str]]:
    """The graphs that a query's own FROM and FROM NAMED name."""
    clauses = translateQuery(parseQuery(sparql)).algebra.datasetClause
    default = [str(clause.default) for clause in clauses if clause.default]
    return default, [str(clause.named) for clause in clauses if clause.named]


def _without_empty(text: bytes, bindings: Mapping[str, Term]) -> bytes:
    """Rows without those that have only given values: rdflib makes one group of no rows."""
    results = json.loads(text)
    rows = results["results"]["bindings"]
    results["results"]["bindings"] = [row for row in rows if row.keys() - bindings.keys()]
    return json.dumps(results).encode()


def _triples(text: str) -> list[tuple[rdflib.URIRef, rdflib.URIRef, Any]]:
    """N-Triples as rdflib's terms. Raises StoreError."""
    try:
        return [_triple(quad) for quad in ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES)]
    except (SyntaxError, ValueError) as error:
        message = " ".join(str(error).split())
        raise StoreError(f"the added data is not RDF: {message}") from error


def _triple(quad: ox.Quad) -> tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef | rdflib.Literal]:
    """A quad's terms in rdflib, the written form of a literal kept."""
    subject, value = quad.subject, quad.object
    if not isinstance(subject, ox.NamedNode) or isinstance(value, ox.BlankNode | ox.Triple):
        raise ValueError("only IRIs and literals can be stored")
    target: rdflib.URIRef | rdflib.Literal
    if isinstance(value, ox.NamedNode):
        target = rdflib.URIRef(value.value)
    else:
        kind = None if value.language or value.datatype.value == _STRING else value.datatype.value
        target = rdflib.Literal(
            value.value,
            lang=value.language,
            datatype=rdflib.URIRef(kind) if kind else None,
            normalize=False,
        )
    return rdflib.URIRef(subject.value), rdflib.URIRef(quad.predicate.value), target
