"""Values of any types can be ordered: the engine would end the process where they do not compare."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.graph.sparql.ordering import with_total_order
from policygraph.graph.stores.oxigraph import OxigraphStore

VALUE = ox.NamedNode("http://example.org/value")
TYPES = (
    "integer",
    "decimal",
    "double",
    "string",
    "gYear",
    "date",
    "dateTime",
    "boolean",
    "duration",
)
XSD = "http://www.w3.org/2001/XMLSchema#"


def store_of(terms: list[ox.NamedNode | ox.BlankNode | ox.Literal]) -> OxigraphStore:
    store = OxigraphStore()
    graph = ox.NamedNode("http://example.org/graph")
    for number, term in enumerate(terms):
        subject = ox.NamedNode(f"http://example.org/{number}")
        store.oxigraph.add(ox.Quad(subject, VALUE, term, graph))
    return store


def ordered(terms: list[ox.NamedNode | ox.BlankNode | ox.Literal], condition: str) -> list[str]:
    query = f"SELECT ?o {{ ?s <{VALUE.value}> ?o }} ORDER BY {condition}"
    with store_of(terms) as store:
        answer = store.query(query)
        assert isinstance(answer, ox.QuerySolutions)
        return [str(row["o"]) for row in answer]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.integers(0, 99).map(lambda n: ox.NamedNode(f"http://example.org/{n}")),
            st.builds(
                lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
                st.sampled_from(["1", "2.5", "2022", "2022-01-01", "true", "P1D", "x", ""]),
                st.sampled_from(TYPES),
            ),
            st.builds(
                lambda text, tag: ox.Literal(text, language=tag),
                st.text("省市县ab", max_size=3),
                st.sampled_from(["zh", "en"]),
            ),
        ),
        min_size=60,
        max_size=200,
    )
)
def test_values_of_mixed_types_are_ordered_both_ways(
    terms: list[ox.NamedNode | ox.BlankNode | ox.Literal],
) -> None:
    assert len(ordered(terms, "?o")) == len(ordered(terms, "DESC(?o)")) == len(terms)


def test_iris_come_before_literals_and_numbers_keep_their_order() -> None:
    integer = ox.NamedNode(XSD + "integer")
    decimal = ox.NamedNode(XSD + "decimal")
    terms = [
        ox.Literal("乙"),
        ox.Literal("10", datatype=integer),
        ox.Literal("9.5", datatype=decimal),
        ox.NamedNode("http://example.org/x"),
    ]
    assert ordered(terms, "?o") == [str(terms[3]), str(terms[2]), str(terms[1]), str(terms[0])]
    assert ordered(terms, "DESC(?o)") == ordered(terms, "?o")[::-1]


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 5", ["?o"]),
        ("SELECT ?o { ?s ?p ?o } ORDER BY DESC(?o) ASC(STR(?s)) OFFSET 2", ["(?o)", "(STR(?s))"]),
        (
            "SELECT ?o { ?s ?p ?o } ORDER BY (?o + 1) STRLEN(STR(?p))",
            ["(?o + 1)", "STRLEN(STR(?p))"],
        ),
        (
            "SELECT * { { SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 1 } ?a ?b ?o } ORDER BY ?b",
            ["?o", "?b"],
        ),
        (
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(COUNT(*))",
            ["(COUNT(*))"],
        ),
    ],
)
def test_every_condition_of_every_order_is_made_total(query: str, conditions: list[str]) -> None:
    total = with_total_order(query)
    assert [f"isNumeric({condition})" in total for condition in conditions] == [True] * len(
        conditions
    )
    assert total.count("isNumeric") == len(conditions)
    with OxigraphStore() as store:
        store.query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?order { ?order ?by ?o }",
        'SELECT * { ?s ?p "ORDER BY ?o" }',
        "SELECT * { ?s ?p ?o } # ORDER BY ?o",
        "SELECT * { ?s ?p ?o } ORDER BY",
        "SELECT * { ?s ?p ?o } ORDER BY DESC(?o",
    ],
)
def test_what_orders_nothing_stays_as_it_is(query: str) -> None:
    assert with_total_order(query) == query


@pytest.mark.parametrize(
    "pattern",
    [
        "{ ?x ?p ?o }",
        "{ ?o ?p ?q . ?x ?q ?o }",
        "{ GRAPH ?x { ?s ?p ?o } }",
        "{ ?s ?p ?o BIND (STR(?o) AS ?x) }",
        '{ ?s ?p ?o BIND (STRAFTER(STR(?s), "/") AS ?t) BIND (COALESCE(?t, "") AS ?x) }',
        '{ ?s ?p ?o BIND (IF(?o = 1, "a", LCASE(STR(?o))) AS ?x) }',
        "{ { SELECT ?s (COUNT(DISTINCT ?o) AS ?x) { ?s ?p ?o } GROUP BY ?s } ?s ?q ?r }",
        "{ { SELECT (SUM(?n) AS ?x) { ?s ?p ?o BIND (STRLEN(STR(?o)) AS ?n) } GROUP BY ?s } }",
    ],
)
def test_values_of_one_kind_are_ordered_as_they_are(pattern: str) -> None:
    query = f"SELECT ?x {pattern} ORDER BY DESC(?x)"
    assert with_total_order(query) == query


@pytest.mark.parametrize(
    "pattern",
    [
        "{ ?s ?p ?x }",
        "{ ?s ?p ?o, ?x }",
        "{ ?x ?p ?o } UNION { ?o ?p ?x }".join("{}"),
        "{ ?x ?p ?o OPTIONAL { ?s ?q ?x } }",
        "{ ?x <http://example.org/value>* ?o }",
        "{ ?x (<http://example.org/value>?) ?o }",
        "{ ?x ^<http://example.org/value> ?o }",
        '{ VALUES ?x { 1 "a" } }',
        '{ VALUES (?o ?x) { (1 "a") } }',
        "{ ?s ?p ?o BIND (?o AS ?x) }",
        "{ ?s ?p ?o BIND (?o + 1 AS ?x) }",
        '{ ?s ?p ?o BIND (IF(?o = 1, 1, "a") AS ?x) }',
        "{ ?s ?p ?o BIND (STRAFTER(?o, STR(?s)) AS ?x) }",
        "{ ?s ?p ?o BIND (CONCAT(?o, ?o) AS ?x) }",
        "{ { SELECT (MAX(?o) AS ?x) { ?s ?p ?o } GROUP BY ?s } }",
        "{ ?s ?p ?o BIND (?y AS ?x) BIND (?x AS ?y) }",
        "{ ?s ?p (?x) }",
        "{ ?s a (?x) }",
        "{ ?x ?p ?o VALUES ?x { 1 } }",
    ],
)
def test_values_that_may_be_of_several_kinds_are_told_apart_first(pattern: str) -> None:
    assert with_total_order(f"SELECT ?x {pattern} ORDER BY ?x") == (
        f"SELECT ?x {pattern} ORDER BY ASC(IF(isNumeric(?x), <A:>, DATATYPE(?x))) ASC(?x)"
    )
