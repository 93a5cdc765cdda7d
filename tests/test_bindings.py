"""Values bound to SPARQL sent as text: the same rows as the engine's own, and no way out."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.errors import QueryError
from policygraph.graph.sparql.data import Term
from policygraph.graph.sparql.engine_lines import fitted
from policygraph.graph.stores.bindings import bind, form, sliced, wrap
from policygraph.graph.stores.oxigraph import OxigraphStore
from policygraph.graph.stores.rdflib_dataset import RdflibStore
from policygraph.graph.stores.virtuoso import flagged, prepare

QUADS = "".join(
    f"<urn:s{n}> <urn:p> {value} <urn:g> .\n"
    for n, value in enumerate(('"a"', '"b"', '"a"@zh', "<urn:a>", r'"c\" }"', '"d\\n"'))
)
QUERIES = (
    "SELECT ?s ?o WHERE { ?s <urn:p> ?o } ORDER BY ?s",
    "SELECT * { ?s <urn:p> ?o }",
    "select distinct ?o # SELECT ?x { \n{ ?s <urn:p> ?o } order by desc(?o) limit 4",
    'SELECT (COALESCE(?o, "}") AS ?o2) ?o WHERE { ?s <urn:p> ?o } ORDER BY ?s',
    "SELECT ?o (COUNT(*) AS ?n) WHERE { ?s <urn:p> ?o } GROUP BY ?o HAVING (COUNT(*) > 0) ORDER BY ?n ?o",
    "PREFIX x: <urn:#a> SELECT ?o FROM <urn:g> { ?s <urn:p> ?o } VALUES ?s { <urn:s0> <urn:s2> }",
    "SELECT ?o WHERE { { SELECT ?o WHERE { ?s <urn:p> ?o } LIMIT 9 } FILTER (?o != '''x } \"''') }",
)
TERMS: tuple[Term, ...] = (
    *(ox.Literal("a"), ox.Literal("a", language="zh"), ox.NamedNode("urn:a"), ox.Literal("d\n")),
    *(ox.Literal('c" }'), ox.Literal("nothing"), ox.Literal('") } ; DROP ALL #')),
)


def rows(answer: object) -> list[list[str]]:
    assert isinstance(answer, ox.QuerySolutions)
    names = sorted(variable.value for variable in answer.variables)
    return [[f"{name}={row[name]}" for name in names] for row in answer]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("term", TERMS, ids=str)
def test_bound_queries_give_the_rows_the_engine_gives(query: str, term: Term) -> None:
    with OxigraphStore() as store, RdflibStore() as other:
        for each in (store, other):
            each.add("urn:g", QUADS)
        values = {"o": term}
        wanted = rows(store.query(query, values))
        assert rows(store.query(bind(query, values))) == wanted
        assert rows(store.query(wrap(query, values))) == wanted
        assert sorted(rows(other.query(query, values))) == sorted(wanted)


def test_a_computed_column_takes_a_value() -> None:
    with OxigraphStore() as store:
        store.add("urn:g", QUADS)
        for query in (QUERIES[3], QUERIES[3].replace("ORDER BY ?s", "ORDER BY DESC(?s) LIMIT 1")):
            values = {"o2": ox.Literal("a")}
            assert rows(store.query(bind(query, values))) == rows(store.query(query, values)) != []
        counted = {
            "n": ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
        }
        assert len(rows(store.query(bind(QUERIES[4], counted)))) == 6


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
@settings(deadline=None)
def test_no_value_leaves_its_place(text: str) -> None:
    for value in (text, text + '"', text + "\\", '" } ' + text, "'''" + text, text + "\n}"):
        query = "SELECT ?v ?w WHERE { VALUES (?v ?w) { (UNDEF 'kept') } }"
        bound = bind(query, {"v": ox.Literal(value)})
        with OxigraphStore() as store:
            answer = store.query(bound)
            assert isinstance(answer, ox.QuerySolutions)
            assert [(row["v"], row["w"]) for row in answer] == [
                (ox.Literal(value), ox.Literal("kept"))
            ]


def test_only_whole_queries_take_values() -> None:
    for broken in ('SELECT ?v { ?v ?p "', "SELECT ?v { ?v ?p ?o", "SELECT ?v { ?v ?p ?o } #", ""):
        if broken.endswith("#"):
            assert form(bind(broken, {"v": ox.NamedNode("urn:x")})) == "SELECT"
            continue
        with pytest.raises(QueryError):
            bind(broken, {"v": ox.Literal('" } ; DROP ALL #')})
    with pytest.raises(QueryError, match="blank node"):
        bind("SELECT ?v { ?v ?p ?o }", {"v": ox.BlankNode("b")})


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("# ASK\nPREFIX ask: <urn:SELECT#> SELECT ?x { ?x ?p ?o }", "SELECT"),
        ("ask {}", "ASK"),
        ("BASE <urn:x> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <urn:x>", "DESCRIBE"),
    ],
)
def test_a_bound_query_keeps_its_form(query: str, wanted: str) -> None:
    assert form(query) == wanted


def test_the_outer_slice_is_taken_off() -> None:
    query = "SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 7 } } LIMIT 3 OFFSET 2"
    assert sliced(query) == ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 7 } }  ", 2, 3)
    assert sliced("SELECT ?s { ?s ?p ?o }") == ("SELECT ?s { ?s ?p ?o }", 0, None)


def test_regular_expressions_get_flags_for_virtuoso() -> None:
    query = (
        'SELECT ?s { ?s ?p ?o FILTER (regex(STR(?o, ?p), "REGEX(a, b)") || REGEX(?o, "c", "i")) }'
    )
    assert flagged(query) == query.replace('b)")', 'b)", "")')


@pytest.mark.parametrize(
    ("sparql", "wanted"),
    [
        ("SELECT ?g { GRAPH ?g { ?s ?p ?o } }", 1),
        ("SELECT ?g { { SELECT ?g { GRAPH ?g { ?s ?p ?o } } } GRAPH ?g { ?s ?p 1 } }", 2),
        # Another variable of the same name, what is cut short, and what may be missing are left alone.
        ("SELECT ?g { { SELECT ?s { GRAPH ?g { ?s ?p ?o } } } GRAPH ?g { ?s ?p 1 } }", 1),
        (
            "SELECT ?g { { SELECT (COUNT(?g) AS ?n) { GRAPH ?g { ?s ?p ?o } } } GRAPH ?g { ?s ?p 1 } }",
            1,
        ),
        ("SELECT ?g { { SELECT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } GRAPH ?g { ?s ?p 1 } }", 1),
        ("SELECT ?g { ?s ?p ?g OPTIONAL { GRAPH ?g { ?s ?p ?o } } }", 0),
        ("SELECT ?g { { GRAPH ?g { ?s ?p ?o } } UNION { GRAPH ?g { ?s ?p 1 } } }", 2),
    ],
)
def test_a_given_graph_is_said_again_only_where_it_is_that_of_the_rows(
    sparql: str, wanted: int
) -> None:
    assert prepare(sparql, {"g": ox.NamedNode("urn:g")})[0].count("VALUES ?g { <urn:g> }") == wanted


def test_a_given_label_is_looked_up_by_virtuoso() -> None:
    sparql = "SELECT ?xLabelGiven { GRAPH ?g { ?x rdfs:label ?xLabelGiven } }"
    text, _ = prepare(sparql, {"xLabelGiven": ox.Literal("甘肃省", language="zh")})
    assert '?xLabelGiven , "甘肃省"@zh' in text


def test_lines_for_the_embedded_engine_are_comments_elsewhere() -> None:
    sparql = "SELECT ?g {\n  GRAPH ?h { ?s ?p ?o } #-g\n  #+g GRAPH ?g { ?s ?p ?o }\n}"
    assert fitted(sparql, frozenset()) == sparql
    assert fitted(sparql, frozenset({"h"})) == sparql
    assert fitted(sparql, frozenset({"g"})) == "SELECT ?g {\n  GRAPH ?g { ?s ?p ?o }\n}"


def test_rows_are_joined_here_where_virtuoso_does_not() -> None:
    query = "SELECT ?s ?o WHERE { ?s <urn:p> ?o } ORDER BY ?s LIMIT 1 OFFSET 1"
    with OxigraphStore() as store:
        store.add("urn:g", QUADS + '<urn:t> <urn:p> "a" <urn:g> .\n')
        text, join = prepare(query, {"o": ox.Literal("a")})
        found = rows(join.rows(store.query(text)))
        assert found == [['o="a"', "s=<urn:t>"]] == rows(store.query(query, {"o": ox.Literal("a")}))
