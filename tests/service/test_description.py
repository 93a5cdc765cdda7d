"""What the service says of itself and of its data is true."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from policygraph import Graph
from policygraph.cli import main
from policygraph.errors import UsageError
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.queries.catalogue import bundled

from .service_process import Service, service

DCAT_AP = Path(__file__).parents[1] / "data" / "dcat-ap-3.ttl"
SHAPES = Path(__file__).parents[2] / "ontology" / "shapes.ttl"
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


@pytest.mark.parametrize("extension", ["ttl", "jsonld"])
def test_the_catalogue_holds_what_dcat_ap_asks_for(described: Service, extension: str) -> None:
    form = {"ttl": "turtle", "jsonld": "json-ld"}[extension]
    data = rdflib.Graph().parse(data=described.get(f"/catalogue.{extension}").text, format=form)
    shapes = rdflib.Graph().parse(DCAT_AP)
    _, _, report = pyshacl.validate(data, shacl_graph=shapes)
    assert "Conforms: True" in report, report
    targets = {str(kind) for kind in shapes.objects(None, rdflib.SH.targetClass)}
    assert targets <= {str(kind) for kind in data.objects(None, rdflib.RDF.type)}
    addresses = data.objects(None, rdflib.DCAT.endpointURL)
    assert list(map(str, addresses)) == [f"{described.address}sparql"]


def test_a_store_without_reports_has_a_catalogue_too(writing: Service) -> None:
    data = rdflib.Graph().parse(data=writing.get("/catalogue.ttl").text, format="turtle")
    assert list(data.subjects(rdflib.RDF.type, rdflib.DCAT.Catalog))
    _, _, report = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(DCAT_AP))
    assert "Conforms: True" in report, report


def test_the_catalogue_says_who_publishes_and_under_which_licence(store: Path) -> None:
    licence = "https://example.org/licence"
    said = ("--licence", licence, "--publisher", "某研究所")
    with service(store, *said, "--workers", "1") as served:
        for path in ("/catalogue.nt", "/catalogue.html"):
            text = served.get(path).text
            assert licence in text
            assert "某研究所" in text
    with pytest.raises(UsageError, match="CC BY: give the address"):
        main(["serve", "--store", str(store), "--licence", "CC BY"])


@pytest.mark.parametrize(("language", "word"), [("zh", "数据目录"), ("en", "Catalogue")])
def test_people_get_the_catalogue_as_a_page(described: Service, language: str, word: str) -> None:
    answer = described.get(f"/catalogue?lang={language}", "text/html")
    assert answer.media == "text/html"
    assert f"<h1>{word}</h1>" in answer.text
    assert "K26058003" not in answer.text
    assert "/store?graph=https%3A%2F%2Fw3id.org%2Fpolicygraph%2Fid%2Fdocument%2F" in answer.text


def test_the_shapes_and_the_context_are_served(described: Service) -> None:
    shapes = ox.parse(SHAPES.read_bytes(), ox.RdfFormat.TURTLE)
    count = sum(1 for _ in shapes)
    for extension, form in (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        answer = described.get(f"/shapes.{extension}")
        assert sum(1 for _ in ox.parse(answer.body, form)) == count
    assert described.get("/shapes", "application/rdf+xml").media == "application/rdf+xml"
    context = described.get("/context.jsonld")
    assert context.media == "application/ld+json"
    thing = json.loads(described.get("/id/area/420000.jsonld").body)
    whole = json.loads(context.body)["@context"]
    assert thing["@context"].items() <= whole.items()
    assert any(node.get("@type") == "Area" for g in thing["@graph"] for node in g["@graph"])


def test_void_says_where_the_endpoint_is(described: Service) -> None:
    for text in (
        described.get("/.well-known/void", "application/n-triples").text,
        described.get("/store", "application/n-triples", graph=OWN).text,
    ):
        assert f"void#sparqlEndpoint> <{described.address}sparql>" in text
        assert "<https://w3id.org/policygraph/sparql>" not in text


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


def test_openapi_lists_what_works_on_the_data(reading: Service) -> None:
    paths = json.loads(reading.get("/openapi.json").body)["paths"]
    for path, parameters in (
        ("/search", {"q", "kind", "document", "area", "year", "section"}),
        ("/compare", {"indicator", "sort", "planned"}),
        ("/derive", {"tray", "add", "operation"}),
    ):
        assert {each["name"] for each in paths[path]["get"]["parameters"]} == parameters


def test_openapi_lists_every_named_query(reading: Service) -> None:
    description = json.loads(reading.get("/openapi.json").body)
    assert description["openapi"].startswith("3.1")
    for query in bundled():
        operation = description["paths"][f"/queries/{query.name}"]["get"]
        assert {p["name"] for p in operation["parameters"]} == {p.name for p in query.parameters}
