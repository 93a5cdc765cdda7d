"""Columns that only take a parameter are left out where nothing is given, and the rows stay the same."""

from __future__ import annotations

import pytest

from policygraph import Graph
from policygraph.queries.catalogue import bundled
from policygraph.queries.columns import without_hidden
from policygraph.queries.results import write

WHERE = 'WHERE { ?x <urn:p> ?y OPTIONAL { ?x <urn:q> "(" } } ORDER BY ?x'


@pytest.mark.parametrize("head, left", [
    ('SELECT ?x (COALESCE(?y, "") AS ?yGiven)', "SELECT ?x "),
    ('SELECT ?x ?yGiven (COALESCE(?y, ")") AS ?zGiven) ?y', "SELECT ?x   ?y"),
    ("SELECT (STR(?x) AS ?name) ?xGiven", "SELECT (STR(?x) AS ?name) "),
])  # fmt: skip
def test_a_hidden_column_goes(head: str, left: str) -> None:
    assert without_hidden(f"{head} {WHERE}") == f"{left} {WHERE}"


@pytest.mark.parametrize("text", [
    f"SELECT DISTINCT ?x ?yGiven {WHERE}",  # its rows would be other ones
    f"SELECT ?yGiven {WHERE}",  # there would be no column
    f"SELECT ?x (STR(?y) AS ?yGiven) {WHERE} ?yGiven",  # rows are ordered by it
    f"CONSTRUCT {{ ?x <urn:r> ?yGiven }} {WHERE}",
    f"ASK {WHERE}",
    "SELECT * WHERE { ?x ?p ?yGiven }",
    "SELECT ?x WHERE { SELECT ?x ?yGiven WHERE { ?x ?p ?yGiven } }",
    "no query at all",
])  # fmt: skip
def test_what_needs_a_column_keeps_it(text: str) -> None:
    assert without_hidden(text) == text


def test_a_column_that_is_given_stays() -> None:
    text = f"SELECT ?x ?yGiven ?zGiven {WHERE}"
    assert without_hidden(text, frozenset(["zGiven"])) == f"SELECT ?x  ?zGiven {WHERE}"


@pytest.mark.parametrize("query", ["body-history", "area-history"])
def test_what_two_names_lead_to_stands_once(query: str, hubei_graph: Graph) -> None:
    rows = [tuple(row.values()) for row in hubei_graph.query(query)]
    assert len(rows) == len(set(rows)) > 2


LEFT_OUT = [q.name for q in bundled() if q.text({}) != q.sparql and "# given:" not in q.sparql]


@pytest.mark.parametrize("name", LEFT_OUT)
def test_leaving_out_columns_changes_no_row(name: str, hubei_graph: Graph) -> None:
    query = bundled().named(name)
    bindings = query.bindings({p.name: p.example for p in query.parameters if not p.optional})
    whole = write(hubei_graph.store.query(query.sparql, bindings), "json")
    assert write(hubei_graph.store.query(query.text(bindings), bindings), "json") == whole
