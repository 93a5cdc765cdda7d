"""A mistyped query is refused in one line with the place, the same on the command line, in Python and over HTTP."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from policygraph import Graph
from policygraph.cli import main
from policygraph.errors import QueryError
from policygraph.graph.sparql.faults import unknown_terms
from policygraph.graph.stores.rdflib_dataset import RdflibStore
from policygraph.loaders.reader import read_string
from policygraph.ontology.declared import DECLARED

from .service.service_process import Service, service

FAULTS = [
    ("SELECT * { ?s foo:bar ?o }", "1:15: the prefix foo: is not declared"),
    ("SELECT * {\n ?s pg:value ?o ;\n  foo:bar 2 }", "3:3: the prefix foo: is not declared"),
    ("SELEC * { ?s ?p ?o }", "1:1: SELEC begins no query; write SELECT"),
    ("PREFIX a: <urn:a> SELECTT * { ?s ?p ?o }", "1:19: SELECTT begins no query"),
    ("SELECT ?s { ?s rdfs:label ?o", "1:11: { is not closed"),
    ("SELECT (COUNT(?s AS ?n) { ?s pg:value ?o }", "1:8: ( is not closed"),
    ("SELECT * { ?s pg:value ?o } }", "1:29: } closes nothing"),
    ('SELECT * { ?s pg:value "x }', '1:24: the quotation mark " is not closed'),
    ("SELECT * { ?s pg:value }", "1:24"),
    ("ASK { ?s pg:value ?o } GROUP ?s", "1:3"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("faults") / "store"
    with Graph.open(path) as graph:
        graph.add(read_string("湖北省2022年工作总结\n\n2022年，新建学校5所。\n"))
    return path


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Service]:
    with service(folder, "--workers", "1") as running:
        yield running


@pytest.mark.parametrize(("query", "said"), FAULTS)
def test_a_fault_is_one_line_with_its_place(
    folder: Path, served: Service, query: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = []
    with Graph.open(folder, read_only=True) as graph:
        for ask in (graph.query, graph.select, Graph(RdflibStore()).query):
            with pytest.raises(QueryError) as error:
                ask(query)
            messages.append(str(error.value))
    stdin = io.TextIOWrapper(io.BytesIO(query.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    with pytest.raises(QueryError) as error:
        main(["query", "--store", str(folder), "-"])
    messages.append(str(error.value))
    answer = served.query(query)
    assert answer.status == 400
    messages.append(answer.text.rstrip("\n"))
    assert len(set(messages)) == 1, messages
    assert f"error at {said}" in messages[0]
    assert "\n" not in messages[0]
    assert len(messages[0]) < 160


def test_the_prefixes_of_the_graph_need_no_declaration(folder: Path, served: Service) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?f a pg:Figure ; pg:unit ?u . ?u skos:prefLabel ?l }"
    with Graph.open(folder, read_only=True) as graph:
        (row,) = graph.select(query)
        (again,) = graph.query(query)
    assert served.query(query, "text/csv").text.split() == ["n", row["n"].value]
    assert str(again["n"]) == row["n"].value != "0"


def test_a_prefix_declared_otherwise_keeps_its_meaning(folder: Path, served: Service) -> None:
    query = "PREFIX pg: <urn:other> SELECT * { ?s pg:value ?o }"
    with Graph.open(folder, read_only=True) as graph:
        assert list(graph.select(query)) == []
    answer = served.query(query, "text/csv")
    assert "x-policygraph-unknown-terms" not in answer.headers
    assert len(answer.text.splitlines()) == 1


def test_a_term_the_ontology_does_not_have_is_told(
    folder: Path, served: Service, caplog: pytest.LogCaptureFixture
) -> None:
    query = "SELECT * { ?s pg:valu ?o }"
    told = "1:15: pg:valu is not a term of the ontology; did you mean pg:value?"
    with Graph.open(folder, read_only=True) as graph, caplog.at_level(logging.WARNING):
        assert list(graph.query(query)) == []
    assert told in caplog.text
    assert served.query(query).headers["x-policygraph-unknown-terms"] == told
    assert unknown_terms("SELECT * { GRAPH pg:things { ?s pg:value 'pg:valu' } } # pg:valu") == ()


def test_a_class_that_is_stored_as_the_classes_below_it_is_told(hubei_graph: Graph) -> None:
    (told,) = unknown_terms("SELECT ?x { ?x a pg:Organization }")
    below = "pg:FormalOrganization pg:OrganizationalUnit"
    assert told.startswith("1:18: a store holds pg:Organization as the classes below it")
    assert below in told
    assert list(hubei_graph.query("SELECT ?x { ?x a pg:Organization }")) == []
    assert list(hubei_graph.query(f"SELECT ?x {{ VALUES ?class {{ {below} }} ?x a ?class }}"))


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, (kind, *_) in DECLARED.items()
        if kind == "Class" and any(f"pg:{name}" in row[3] for row in DECLARED.values())
    ],
)
def test_of_the_classes_above_others_those_are_told_that_nothing_is_stored_as(
    hubei_graph: Graph, name: str
) -> None:
    query = f"SELECT ?x {{ ?x a pg:{name} }}"
    assert bool(unknown_terms(query)) == (not list(hubei_graph.query(query)))


TOO_DEEP = {
    "groups": "SELECT * " + "{" * 5000 + "?s ?p ?o" + "}" * 5000,
    "brackets": "SELECT * { FILTER (" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "exists": "SELECT * { " + "FILTER EXISTS { " * 3000 + "?s ?p ?o" + " }" * 3000 + " }",
    "sums": "SELECT * { FILTER (" + "1+" * 20_000 + "1) }",
    "unions": "SELECT * { " + "{ ?s ?p 1 } UNION " * 9000 + "{ ?s ?p 1 } }",
    "negations": "SELECT * { FILTER (" + "!" * 60_000 + "1) }",
    "paths": "SELECT * { ?s " + "<urn:a>|" * 40_000 + "<urn:a> ?o }",
}


@pytest.mark.parametrize("name", TOO_DEEP)
def test_a_query_too_deep_for_the_engine_is_refused_where_it_would_end_the_process(
    name: str, served: Service
) -> None:
    with (
        Graph.open() as graph,
        pytest.raises(QueryError, match=r"more than \d+ (brackets|operators)"),
    ):
        graph.query(TOO_DEEP[name])
    body = TOO_DEEP[name].encode()
    answer = served.ask("POST", "/sparql", body, {"Content-Type": "application/sparql-query"})
    assert (answer.status, answer.text.count("\n")) == (400, 1)


def test_an_update_too_deep_is_refused_and_data_may_be_long() -> None:
    with Graph.open() as graph:
        with pytest.raises(QueryError, match="more than 500 brackets"):
            graph.store.update("INSERT { <a:a> <a:b> 1 } WHERE " + "{" * 5000 + "}" * 5000)
        numbers = " ".join(str(-number) for number in range(9000))
        graph.store.update(
            f"INSERT DATA {{ GRAPH <a:g> {{ <a:a> <a:b> {numbers.replace(' ', ',')} }} }}"
        )
        rows = graph.query(f"SELECT ?n {{ VALUES ?n {{ {numbers} }} GRAPH ?g {{ ?s ?p ?n }} }}")
        assert len(list(rows)) == 9000


def test_a_graph_that_is_named_twice_counts_once(folder: Path, served: Service) -> None:
    with Graph.open(folder, read_only=True) as graph:
        (document,) = graph.store.documents()
        prefix, local = document.rsplit("/", 1)
        text = "PREFIX d: <{}/> SELECT (COUNT(*) AS ?n) FROM {} FROM {} {{ ?f a pg:Figure }}"
        once = list(graph.query(text.format(prefix, f"<{document}>", "<a:none>")))
        for again in (f"<{document}>", f"d:{local}"):
            assert list(graph.query(text.format(prefix, f"<{document}>", again))) == once
    named = f"default-graph-uri={quote(document, safe='')}"
    count = f"/sparql?query={quote('SELECT (COUNT(*) AS ?n) { ?f a pg:Figure }')}&{named}"
    assert served.get(f"{count}&{named}", "text/csv").text == served.get(count, "text/csv").text
