"""Plain SPARQL, without GRAPH or DISTINCT, counts and sums right: ten queries whose answers are computed from the tables.

The right answers come from the rows of ``figures``, ``mentions`` and ``measures`` as CSV, by Python alone.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest

from policygraph import Graph
from policygraph.graph.statements import Document
from policygraph.graph.stores.rdflib_dataset import RdflibStore
from policygraph.queries.catalogue import answer
from policygraph.queries.results import write

Row = Mapping[str, str]
Answer = Counter[str] | dict[str, Decimal]


@dataclass(frozen=True)
class Tables:
    """The three tables of a store."""

    figures: list[Row]
    mentions: list[Row]
    measures: list[Row]

    @classmethod
    def of(cls, graph: Graph) -> Tables:
        names = ("figures", "mentions", "measures")
        texts = (write(answer(graph.store, name), "csv").decode() for name in names)
        return cls(*(list(csv.DictReader(io.StringIO(text))) for text in texts))


def total(rows: list[Row], unit: str) -> Decimal:
    return sum((Decimal(row["value"]) for row in rows if row["unit"] == unit), Decimal(0))


def by_kind_and_unit(tables: Tables) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in tables.figures:
        if row["kind"] == "amount" and row["unit"]:
            found[row["unit"]] = found.get(row["unit"], Decimal(0)) + Decimal(row["value"])
    return found


# Question → SPARQL whose rows are a key (?of, where there are several) and a number (?n), and the right answer.
QUESTIONS: dict[str, tuple[str, Callable[[Tables], Answer]]] = {
    "how many reports": (
        "SELECT (COUNT(?report) AS ?n) { ?report a pg:Report }",
        lambda t: Counter({"": len({row["document"] for row in t.figures})}),
    ),
    "how many figures": (
        "SELECT (COUNT(?figure) AS ?n) { ?figure a pg:Figure }",
        lambda t: Counter({"": len(t.figures)}),
    ),
    "how many periods are told of": (
        "SELECT (COUNT(?period) AS ?n) { ?period a pg:Period FILTER EXISTS { ?f a pg:Figure ; pg:refPeriod ?period } }",
        lambda t: Counter({"": len({row["period"] for row in t.figures} - {""})}),
    ),
    "the sum of all money, by the label of its unit": (
        'SELECT (SUM(?value) AS ?n) { ?f a pg:Figure ; pg:value ?value ; pg:unit ?unit . ?unit skos:prefLabel "元"@zh }',
        lambda t: {"": total(t.figures, "元")},
    ),
    "the sum of the amounts in each unit": (
        """SELECT ?of (SUM(?value) AS ?n) {
          ?f a pg:Figure ; pg:kind ?kind ; pg:value ?value ; pg:unit ?unit .
          ?kind skos:prefLabel "amount"@en . ?unit skos:prefLabel ?label FILTER (LANG(?label) = "zh")
          OPTIONAL { ?f pg:unitText ?written } BIND (COALESCE(?written, STR(?label)) AS ?of)
        } GROUP BY ?of""",
        by_kind_and_unit,
    ),
    "figures by kind": (
        """SELECT ?of (COUNT(?f) AS ?n) {
          ?f a pg:Figure ; pg:kind ?kind . ?kind skos:prefLabel ?of FILTER (LANG(?of) = "en")
        } GROUP BY ?of""",
        lambda t: Counter(row["kind"] for row in t.figures),
    ),
    "figures about another figure": (
        "SELECT (COUNT(?f) AS ?n) { ?f a pg:Figure ; pg:refersTo ?other . ?other pg:value ?value }",
        lambda t: Counter({"": sum(1 for row in t.figures if row["of"])}),
    ),
    "mentions of each thing, by its name": (
        """SELECT ?of (COUNT(?m) AS ?n) {
          ?m a pg:Mention ; pg:mentions ?thing . ?thing rdfs:label ?of FILTER (LANG(?of) = "zh")
        } GROUP BY ?of""",
        lambda t: Counter(row["name"] for row in t.mentions),
    ),
    "measures by action and status": (
        """SELECT (CONCAT(?action, " ", STR(?label)) AS ?of) (COUNT(?m) AS ?n) {
          ?m a pg:Measure ; pg:action ?action ; pg:status ?status .
          ?status skos:prefLabel ?label FILTER (LANG(?label) = "en")
        } GROUP BY ?action ?label""",
        lambda t: Counter(f"{row['action']} {row['status']}" for row in t.measures),
    ),
    "measures of each actor that is one thing": (
        """SELECT ?of (COUNT(?m) AS ?n) {
          ?m a pg:Measure ; pg:actor ?actor . ?actor rdfs:label ?of
          FILTER (LANG(?of) = "zh") FILTER NOT EXISTS { ?m pg:actorText ?words }
        } GROUP BY ?of""",
        lambda t: Counter(
            row["actor"] for row in t.measures if row["actor"] and ";" not in row["actor"]
        ),
    ),
}


def asked(graph: Graph, sparql: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in graph.select(sparql):
        key = row["of"].value if len(row) > 1 else ""
        assert key not in found
        found[key] = Decimal(row["n"].value)
    return found


@pytest.fixture(scope="module")
def tables(graph: Graph) -> Tables:
    return Tables.of(graph)


@pytest.fixture(scope="module")
def in_rdflib(hubei: Document) -> Graph:
    graph = Graph(RdflibStore())
    graph.add(hubei)
    return graph


@pytest.mark.parametrize("question", QUESTIONS)
def test_plain_queries_give_what_the_tables_say(
    graph: Graph, in_rdflib: Graph, tables: Tables, question: str
) -> None:
    sparql, expected = QUESTIONS[question]
    right = expected(tables)
    assert right
    for store in (graph, in_rdflib):
        assert asked(store, sparql) == dict(right)


@pytest.fixture(scope="module")
def many(shared_documents: tuple[Document, ...]) -> Graph:
    graph = Graph.open()
    for document in shared_documents[::5]:
        graph.add(document)
    return graph


@pytest.fixture(scope="module")
def many_tables(many: Graph) -> Tables:
    return Tables.of(many)


@pytest.mark.parametrize("question", QUESTIONS)
def test_and_over_many_reports(many: Graph, many_tables: Tables, question: str) -> None:
    sparql, expected = QUESTIONS[question]
    assert asked(many, sparql) == dict(expected(many_tables))
