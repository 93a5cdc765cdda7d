"""JSON-LD is written in the terms of our context, and says what the quads say."""

from __future__ import annotations

import io
import json

import pyoxigraph as ox
import pytest
import rdflib

from policygraph import Graph
from policygraph.graph import json_ld
from policygraph.graph.export import export
from policygraph.graph.formats import BY_EXTENSION
from policygraph.graph.serialization import serialize
from policygraph.ontology.prefixes import expand

PG = expand("pg:")
ODD = f"""
<urn:s> <{PG}value> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .
<urn:s> <{PG}value> "1.5"^^<http://www.w3.org/2001/XMLSchema#string> <urn:g> .
<urn:s> <{PG}unit> "no IRI" <urn:g> .
<urn:s> <{PG}quote> <urn:an-iri> <urn:g> .
<urn:s> <{PG}quote> "\\u0001\\"\\\\字"@zh <urn:g> .
<urn:s> <urn:p> <geo:30,114> <urn:g> .
<geo:30,114> <{PG}quote> "a place" .
<urn:t> <http://www.w3.org/2000/01/rdf-schema#label> "2"^^<urn:d> <urn:g> .
<urn:t> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "no class" <urn:g> .
<urn:t> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{PG}Figure> <urn:g> .
_:b <http://purl.org/dc/terms/title> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> <urn:h> .
"""


def written(quads: list[ox.Quad], used: bool) -> str:
    return "".join(json_ld.pieces(quads, json_ld.used_context(quads) if used else None))


def by_rdflib(text: str) -> set[str]:
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="json-ld")
    lines = dataset.serialize(format="nquads")
    return canonical(list(ox.parse(lines.encode(), ox.RdfFormat.N_QUADS)))


def canonical(quads: list[ox.Quad]) -> set[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(map(str, dataset))


@pytest.mark.parametrize("used", [True, False])
def test_every_quad_comes_back(used: bool) -> None:
    quads = list(ox.parse(ODD.encode(), ox.RdfFormat.N_QUADS))
    text = written(quads, used)
    assert canonical(list(ox.parse(text.encode(), ox.RdfFormat.JSON_LD))) == canonical(quads)
    assert by_rdflib(text) == canonical(quads)


def test_the_export_speaks_our_terms(graph: Graph) -> None:
    text = export(graph.store, "jsonld")
    document = json.loads(text)
    assert document["@context"] == json.loads(json_ld.FILE.read_text("utf-8"))["@context"]
    nodes = [node for named in document["@graph"] for node in named["@graph"]]
    figure = next(node for node in nodes if node.get("@type") == "Figure")
    assert isinstance(figure["value"], str)
    assert figure["indicator"].startswith("https://")
    quads = list(ox.parse(text, ox.RdfFormat.JSON_LD))
    assert set(quads) == set(graph.store.quads())
    assert all(not key.startswith(("pg:", "http")) for node in nodes for key in node)


def test_a_document_of_few_statements_has_the_part_of_the_context_it_uses(graph: Graph) -> None:
    quads = [q for q in graph.store.quads() if q.predicate.value == PG + "value"][:3]
    document = json.loads(written(quads, used=True))
    assert set(document["@context"]) == {"@version", "pg", "xsd", "value"}
    assert set(ox.parse(json.dumps(document).encode(), ox.RdfFormat.JSON_LD)) == set(quads)


def test_no_statement_at_all_is_a_document_too() -> None:
    out = io.BytesIO()
    serialize([], out, BY_EXTENSION["jsonld"])
    assert list(ox.parse(out.getvalue(), ox.RdfFormat.JSON_LD)) == []
