"""What the service says of itself and of its data is true."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.queries.catalogue import bundled

from .service_process import Service

OWN = "https://w3id.org/policygraph/service"
SUITE = Path(__file__).parents[1] / "w3c" / "service-description-manifest.ttl"
# The three look-ups self-configuring editors make, as their readme shows them; the graph is chosen by the protocol.
CLASSES = """
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype WHERE {
  {
    ?cp void:class ?subjectClass ; void:propertyPartition ?pp .
    ?pp void:property ?prop .
    OPTIONAL {
      { ?pp void:classPartition [ void:class ?objectClass ] }
      UNION
      { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] }
    }
  } UNION {
    ?linkset void:subjectsTarget ?subjectClass ; void:linkPredicate ?prop ; void:objectsTarget ?objectClass .
  }
}"""
EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
} ORDER BY ?sq"""
DECLARED = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix }
ORDER BY ?prefix"""
COUNTED = """
PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?class ?property ?triples WHERE {
  ?part void:class ?class ; void:propertyPartition ?of .
  ?of void:property ?property ; void:triples ?triples .
}"""
ENTITIES = """
PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?class ?entities WHERE { ?part void:class ?class ; void:entities ?entities }"""


@pytest.fixture(scope="module")
def described(reading: Service) -> Service:
    """The service once it has counted."""
    assert reading.get("/.well-known/void").status == 200
    return reading


def rows(served: Service, query: str, **chosen: str) -> list[dict[str, str]]:
    answer = served.get("/sparql", "text/csv", query=query, **chosen)
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def own_rows(served: Service, query: str) -> list[dict[str, str]]:
    return rows(served, query, **{"default-graph-uri": OWN})


def test_the_endpoint_says_what_it_is(reading: Service) -> None:
    for media in ("text/turtle", "application/n-triples", "application/rdf+xml"):
        answer = reading.get("/sparql", media)
        assert (answer.status, answer.media) == (200, media)
    triples = list(ox.parse(reading.get("/sparql").body, ox.RdfFormat.TURTLE))
    endpoints = [q.object for q in triples if q.predicate.value == expand("sd:endpoint")]
    assert endpoints == [ox.NamedNode(f"{reading.address}sparql")]
    terms = {q.predicate.value for q in triples} | {
        q.object.value for q in triples if isinstance(q.object, ox.NamedNode)
    }
    assert {
        expand(f"sd:{name}") for name in ("Service", "SPARQL11Query", "defaultDataset", "Graph")
    } <= terms
    assert expand("sd:SPARQL11Update") not in terms


def test_the_w3c_asks_for_nothing_else() -> None:
    tests = {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}
    suite = SUITE.read_text("utf-8")
    assert suite.count("a mf:") + suite.count("rdf:type mf:ServiceDescriptionTest") == len(tests)


def test_editors_find_classes_properties_and_values(described: Service, graph: Graph) -> None:
    found = {tuple(row.values()) for row in own_rows(described, CLASSES)}
    for kind, name, value, datatype in (
        ("pg:Figure", "pg:value", "", "xsd:decimal"),
        ("pg:Figure", "pg:unit", "skos:Concept", ""),
        ("pg:Report", "dcterms:title", "", "rdf:langString"),
        ("pg:Measure", "pg:action", "", "xsd:string"),
    ):
        terms = tuple(expand(term) if term else "" for term in (kind, name, value, datatype))
        assert terms in found


def test_every_count_is_that_of_the_data(described: Service, graph: Graph) -> None:
    kinds: dict[str, set[str]] = {}
    counted: Counter[tuple[str, str]] = Counter()
    quads = list(graph.store.quads())
    for quad in quads:
        if quad.predicate.value == expand("rdf:type"):
            kinds.setdefault(str(quad.subject), set()).add(quad.object.value)
    for quad in quads:
        for kind in kinds.get(str(quad.subject), ()):
            counted[kind, quad.predicate.value] += 1
    told = {(r["class"], r["property"]): int(r["triples"]) for r in own_rows(described, COUNTED)}
    assert told == dict(counted)
    entities = Counter(kind for classes in kinds.values() for kind in classes)
    assert {r["class"]: int(r["entities"]) for r in own_rows(described, ENTITIES)} == dict(entities)
    void = described.get("/.well-known/void", "application/n-triples").text
    whole = f'<{PREFIXES["void"]}triples> "{len(quads)}"^^<{PREFIXES["xsd"]}integer>'
    assert f"service#dataset> {whole}" in void


def test_editors_find_examples_that_answer(described: Service) -> None:
    found = {
        row["sq"].rpartition("-query-")[2] or row["sq"]: row
        for row in own_rows(described, EXAMPLES)
    }
    assert len(found) == len(bundled().names())
    for row in found.values():
        assert row["comment"]
        answer = described.query(row["query"], "text/csv, text/turtle")
        assert answer.status == 200, row["query"]


def test_editors_find_prefixes(described: Service) -> None:
    assert {r["prefix"]: r["namespace"] for r in own_rows(described, DECLARED)} == PREFIXES


def test_the_catalogue_has_a_dataset_a_report(described: Service, store: Path) -> None:
    triples = list(ox.parse(described.get("/catalogue").body, ox.RdfFormat.TURTLE))
    linksets = {q.subject for q in triples if q.object == ox.NamedNode(expand("void:Linkset"))}
    listed = [q.object for q in triples if q.predicate.value == expand("dcat:dataset")]
    sets = [each for each in listed if each not in linksets]
    files = [q.object for q in triples if q.predicate.value == expand("dcat:downloadURL")]
    assert len(sets) == len(files) == 1
    # The file is the whole graph of the report, under the address it has here.
    assert isinstance(files[0], ox.NamedNode)
    path = "/" + files[0].value.removeprefix("https://w3id.org/policygraph/")
    quads = list(ox.parse(described.get(path).body, ox.RdfFormat.TURTLE))
    with Graph.open(store, read_only=True) as graph:
        (document,) = graph.store.documents()
        assert len(quads) == len(list(graph.store.quads(document)))


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


def test_a_plain_count_is_that_of_the_command_line(described: Service, graph: Graph) -> None:
    for query in (COUNT, GRAPHS):
        (row,) = graph.select(query)
        assert rows(described, query) == [{"n": row["n"].value}]


NAMING = f"WHERE {{ GRAPH <{OWN}> {{ ?s ?p ?o }} }}"


@pytest.mark.parametrize(
    "query",
    [
        COUNT.replace("WHERE", f"FROM <{OWN}> WHERE"),
        COUNT.replace("WHERE { ?s ?p ?o }", NAMING),
        COUNT.replace("WHERE { ?s ?p ?o }", f"FROM NAMED <{OWN}> {NAMING}"),
        "PREFIX kg: <https://w3id.org/policygraph/> "
        + COUNT.replace("{ ?s ?p ?o }", "{ GRAPH kg:service { ?s ?p ?o } }"),
    ],
)
def test_the_service_s_own_graph_is_reached_by_its_name(described: Service, query: str) -> None:
    lines = set(described.get("/service", "application/n-triples").text.splitlines())
    assert rows(described, query) == own_rows(described, COUNT) == [{"n": str(len(lines))}]
    stored = described.get("/store", "application/n-triples", graph=OWN).text
    assert set(stored.splitlines()) == lines


def test_the_service_s_own_graph_stays_out_of_the_default_graph_where_both_are_asked(
    described: Service, graph: Graph
) -> None:
    (row,) = graph.select(COUNT)
    both = f"FILTER EXISTS {{ GRAPH <{OWN}> {{ ?service a ?class }} }}"
    assert rows(described, COUNT.replace("?o }", f"?o {both} }}")) == [{"n": row["n"].value}]


def test_the_user_s_store_is_not_written_to(described: Service, store: Path) -> None:
    with Graph.open(store, read_only=True) as graph:
        assert not [name for name in graph.store.graphs() if name.endswith("/service")]


def test_openapi_lists_every_named_query(reading: Service) -> None:
    description = json.loads(reading.get("/openapi.json").body)
    assert description["openapi"].startswith("3.1")
    for query in bundled():
        operation = description["paths"][f"/queries/{query.name}"]["get"]
        assert {p["name"] for p in operation["parameters"]} == {p.name for p in query.parameters}
