"""What a request would fetch is found however it is written."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from policygraph.graph.sparql.tokens import tokens
from policygraph.service.outbound_addresses import AllowList
from policygraph.service.request_analysis import Permits, fetches, form, using

HIDING = [
    "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://e/> { ?s ?p ?o } }",
    "PREFIX ex: <http://e/> SELECT * { SERVICEex:sparql { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'SERVICE' SERVICE?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://e/> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <http://e/> { ?s ?p ?o } } } }",
    "SELECT * { FILTER(1<2) SERVICE <http://e/>{} FILTER(2>1) }",
    "ASK { #\n SERVICE # <http://allowed/>\n <http://e/> {} }",
    'ASK { ?s ?p """ " """ . SERVICE <http://e/> {} }',
    "ASK { ?s ?p 'it''s' SERVICE <http://e/> {} }",
    "ASK { FILTER EXISTS { SERVICE <http://e/> {} } }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://e/> { ?s ?p ?o } }",
    "LOAD <http://e/x>",
    "load silent <http://e/x> INTO GRAPH <http://g/>",
    "CLEAR ALL ;LOAD<http://e/x>",
    "PREFIX x: <http://e/>LOADx:a",
    "PREFIX : <http://e/> ASK { service:a { ?s ?p ?o } }",
    "PREFIX : <http://e/> ASK { serviceSILENT:a\n#\n{ ?s ?p ?o } }",
    "PREFIX : <http://e/> ASK { ?s ?p true . SERVICE:a\u0300 { ?s ?p ?o } }",
    "PREFIX : <http://e/> load:a",
    "PREFIX : <http://e/> CLEAR ALL ; LOAD:a INTO GRAPH <a:b>",
]
HARMLESS = [
    "SELECT ?service { ?service <http://e/service> 'SERVICE <http://e/>' }",
    "SELECT * { ?s ?p <http://e/SERVICE#x> } # SERVICE <http://e/> {}",
    'ASK { ?s ?p "LOAD <x> \\" SERVICE"@service }',
    "SELECT * { ?load ?p '''\nSERVICE <http://e/> '''}",
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> ASK { ?x a sd:Service }",
    "INSERT DATA { <a:a> <a:load> 'LOAD' }",
    "PREFIX service: <http://e/> SELECT * { ?x a service:Thing ; service:of ?y . service:a ?p ?z }",
    "PREFIX service: <http://e/> ASK { GRAPH service:g { ?s service:p/service:q service:o } }",
    "PREFIX service: <http://e/> SELECT * FROM service:g { ?s ?p service:o } VALUES ?s { service:s }",
    "PREFIX load: <http://e/> COPY SILENT load:a TO load:b ; CLEAR GRAPH load:b",
    "PREFIX load: <http://e/> WITH load:g DELETE { ?s ?p load:o } WHERE { load:s ?p ?o }",
]


def permits(*services: str) -> Permits:
    return AllowList.of(services).permits


@pytest.mark.parametrize("sparql", HIDING)
def test_a_request_that_fetches_an_address_is_found(sparql: str) -> None:
    assert fetches(sparql, permits("http://allowed/"), update=True)


@pytest.mark.parametrize("sparql", HARMLESS)
def test_a_request_that_fetches_nothing_is_let_pass(sparql: str) -> None:
    assert not fetches(sparql, permits(), update=True)


def test_only_an_update_loads() -> None:
    query = "PREFIX load: <http://e/> DESCRIBE load:a"
    assert not fetches(query, permits(), update=False)
    assert fetches(query, permits(), update=True)


def test_an_allowed_address_may_be_fetched_and_no_other() -> None:
    allowed = permits("http://a/sparql")

    def refused(sparql: str) -> str:
        return fetches(sparql, allowed, update=False)

    assert not refused("ASK { SERVICE SILENT <http://a/sparql> {} }")
    assert not refused("ASK { SERVICE <HTTP://A:80/sparql> {} }")
    assert refused("ASK { SERVICE <http://a/sparql/x> {} }")
    assert refused("ASK { SERVICE <http://a:8080/sparql> {} }")
    assert refused("ASK { SERVICE ?a {} }")
    assert refused("ASK { SERVICE <http://a/sparql> {} SERVICE <http://b/> {} }")


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("# ASK\nBASE <http://select/> PREFIX ask: <a:> SELECT*{}", "SELECT"),
        ("DESCRIBE <a:b>", "DESCRIBE"),
        ("nonsense", ""),
    ],
)
def test_the_form_of_a_query_is_told_from_its_tokens(sparql: str, expected: str) -> None:
    assert form(tokens(sparql)) == expected


@pytest.mark.parametrize(
    "update",
    [
        "INSERT { GRAPH <a:new> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } INSERT { GRAPH <a:new> { ?s ?p ?o } } where { ?s ?p ?o } ; CLEAR DEFAULT",
        "INSERT { GRAPH <a:new> { ?s ?p ?o } } WHERE { { SELECT * WHERE { ?s ?p ?o } } # } WHERE\n }",
    ],
)
def test_graphs_of_the_request_become_using(update: str) -> None:
    store = ox.Store()
    store.update("INSERT DATA { GRAPH <a:1> { <a:1> <a:p> 1 } GRAPH <a:2> { <a:2> <a:p> 2 } }")
    store.update(using(update, tokens(update), "USING <a:2>"))
    made = store.quads_for_pattern(None, None, None, ox.NamedNode("a:new"))
    assert [str(quad.subject) for quad in made] == ["<a:2>"]


def test_delete_where_is_written_in_full() -> None:
    update = "DELETE WHERE { GRAPH <a:1> { ?s ?p ?o } } ; DELETE WHERE { ?s ?p 2 }"
    written = using(update, tokens(update), "USING <a:2>")
    assert written == (
        "DELETE { GRAPH <a:1> { ?s ?p ?o } } USING <a:2> WHERE { GRAPH <a:1> { ?s ?p ?o } } ; "
        "DELETE { ?s ?p 2 } USING <a:2> WHERE { ?s ?p 2 }"
    )
    ox.Store().update(written)


@pytest.mark.parametrize(
    "sparql",
    [
        r"SELECT * { ?s <http://a/\u0041#'> ?o SERVICE <http://127.0.0.1/> { ?a ?b ?c } } #'",
        r"SELECT * { ?s <http://a/\U00000041> 'x' . SERVICE <http://127.0.0.1/> { ?a ?b ?c } }",
        r"SELECT * { SERV\u0049CE <http://127.0.0.1/> { ?a ?b ?c } }",
        r"LO\u0041D <http://127.0.0.1/>",
    ],
)
def test_an_escape_hides_no_address(sparql: str) -> None:
    assert fetches(sparql, permits(), update=True)


def test_a_keyword_in_a_text_fetches_nothing() -> None:
    query = "SELECT * { ?s rdfs:label 'public service' } # load"
    assert not fetches(query, permits(), update=True)
