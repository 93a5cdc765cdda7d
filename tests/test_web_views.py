"""What pages cost the store, and the networks of a store of many reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policygraph import Graph
from policygraph.graph.sparql.data import Term
from policygraph.graph.statements import Document
from policygraph.loaders.reader import read_string
from policygraph.ontology.iris import DEFAULT_BASE, Minter
from policygraph.queries.catalogue import bundled
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.query_page import named_page
from policygraph.service.pages.sparql_access import Select
from policygraph.service.pages.table_view import TableView
from policygraph.service.resource_description import COUNTED

from .service.service_process import Service, service

MOST = 3  # queries that the page of a thing may ask
AREAS = {"湖北省": range(2018, 2024), "湖南省": range(2022, 2023)}
PREFIX = "PREFIX pg: <https://w3id.org/policygraph/ontology#>"
HUBEI = Minter().area("420000")


@pytest.fixture(scope="module")
def reports() -> list[Document]:
    """Six reports of one province and one of another."""
    return [
        read_string(
            f"{area}{year}年工作总结\n\n{year}年，省长李某赴襄阳市调研，省农业农村厅实施“{year}工程”。"
            f"全省投入财政衔接资金{year}万元，帮扶37个脱贫县。\n" + "襄阳市新建学校5所。" * 150
        )
        for area, years in AREAS.items()
        for year in years
    ]


@pytest.fixture(scope="module")
def site(reports: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    path = tmp_path_factory.mktemp("views") / "store"
    with Graph.open(path) as graph:
        for report in reports:
            graph.add(report)
    with service(path, "--workers", "1") as served:
        yield served


def asked(site: Service) -> int:
    """How many queries the service has answered."""
    found = re.search(r"^policygraph_query_seconds_count (\S+)", site.get("/metrics").text, re.M)
    assert found
    return int(float(found[1]))


def page(site: Service, path: str, **parameters: str) -> HTMLParser:
    answer = site.get(path, "text/html", **parameters)
    assert answer.status == 200, answer.text[:200]
    return HTMLParser(answer.text)


@pytest.mark.parametrize(
    "pattern",
    (
        "GRAPH ?g { ?x a pg:Report }",
        "GRAPH ?g { ?x a pg:Figure }",
        "GRAPH ?g { ?x a pg:Measure }",
        "GRAPH ?g { ?s pg:mentions ?x } GRAPH pg:things { ?x a pg:Area }",
        "GRAPH ?g { ?s pg:mentions ?x } GRAPH pg:things { ?x a pg:Person }",
        "GRAPH ?g { ?s pg:mentions ?x } GRAPH pg:things { ?x a pg:Programme }",
        "GRAPH ?g { ?r pg:area ?x }",
        "GRAPH ?g { ?s pg:indicator ?x }",
        "GRAPH ?g { ?s pg:unit ?x }",
        "GRAPH ?g { ?s pg:topic ?x }",
    ),
)
def test_the_page_of_a_thing_asks_few_queries(site: Service, pattern: str) -> None:
    answer = site.query(
        f"{PREFIX} SELECT ?x {{ {pattern} }} LIMIT 1", "application/sparql-results+json"
    )
    iri = json.loads(answer.text)["results"]["bindings"][0]["x"]["value"]
    before = asked(site)
    shown = page(site, urlsplit(iri).path.removeprefix("/policygraph"))
    assert shown.css("h1")
    assert 0 < asked(site) - before <= MOST


def test_a_page_says_that_it_counted_only_the_first_statements(site: Service) -> None:
    read = page(site, "/id/area/420600")
    assert f"最先找到的 {COUNTED} 条" in read.css_first("#incoming .partial").text()
    assert read.css_first("#incoming h3 small").text().endswith("+")
    assert page(site, "/id/area/430000").css(".partial") == []


def test_a_network_of_many_reports_asks_of_which(site: Service, reports: list[Document]) -> None:
    asking = page(site, "/views/actors")
    assert len(asking.css("#reports a")) == len(reports)
    assert {link.text() for link in asking.css("#areas a")} == set(AREAS)
    link = asking.css_first("#reports a")
    drawn = site.ask("GET", link.attributes["href"] or "")
    assert link.text() in drawn.text
    data = json.loads(HTMLParser(drawn.text).css_first("#data").text())
    assert data["nodes"]


def test_a_network_of_an_area_draws_its_newest_reports_and_says_how_many_it_left_out(
    site: Service,
) -> None:
    drawn = page(site, "/views/programmes", area=HUBEI)
    data = json.loads(drawn.css_first("#data").text())
    named = {node["label"] for node in data["nodes"]}
    assert any("2023工程" in label for label in named)
    assert not any("2018工程" in label for label in named)
    assert "另有 2 份报告未画出" in data["question"][0]
    assert "2 more reports are not drawn" in data["question"][1]


def test_a_network_of_what_is_not_there_is_refused(site: Service) -> None:
    assert site.get("/views/actors", "text/html", document="urn:none").status == 404
    assert site.get("/views/nobody", "text/html").status == 404


def selecting(graph: Graph, asked: list[str] | None = None) -> Select:
    """Answers queries over a graph as the service does; the names of what each is given are added to ``asked``."""

    def select(
        sparql: str,
        bindings: Mapping[str, Term],
        most: int = 0,
        graphs: Sequence[str] | None = None,
    ) -> list[dict[str, Term | None]]:
        answer = graph.store.query(sparql, bindings, named_graphs=graphs)
        assert isinstance(answer, ox.QuerySolutions)
        columns = [variable.value for variable in answer.variables]
        if asked is not None:
            asked.extend(bindings)
        return [{column: row[column] for column in columns} for row in answer][: most or None]

    return select


def test_a_query_over_many_reports_is_asked_of_the_newest_and_says_so() -> None:
    reports = [
        read_string(f"湖北省{year}年工作总结\n\n{year}年，省农业农村厅实施“{year}工程”。\n")
        for year in range(2010, 2024)
    ]
    with Graph.open() as graph:
        for report in reports:
            graph.add(report)

        select = selecting(graph)

        def asked_with(name: str, **values: str) -> HTMLParser:
            reader = PageReader("zh", DEFAULT_BASE)
            return HTMLParser(named_page(select, bundled(), name, values, reader))

        newest = asked_with("programmes")
        assert f"10 份报告（共 {len(reports)} 份）" in newest.css_first("#answer .partial").text()
        assert "2023工程" in newest.css_first("#answer table").text()
        assert "2010工程" not in newest.css_first("#answer table").text()
        one = asked_with("programmes", document=Minter().document(reports[0].version))
        assert "2010工程" in one.css_first("#answer table").text()
        assert one.css("#answer .partial") == []
        assert asked_with("documents").css("#answer .partial") == []


def test_where_the_newest_reports_have_no_rows_older_ones_are_asked() -> None:
    with Graph.open() as graph:
        graph.add(read_string("湖北省2009年工作总结\n\n一、存在的问题\n部分项目进度偏慢。\n"))
        for year in range(2010, 2024):
            graph.add(
                read_string(f"湖北省{year}年工作总结\n\n{year}年，省农业农村厅实施“{year}工程”。\n")
            )
        reader = PageReader("zh", DEFAULT_BASE)
        shown = HTMLParser(named_page(selecting(graph), bundled(), "difficulties", {}, reader))
        assert "进度偏慢" in shown.css_first("#answer table").text()
        assert shown.css("#answer .partial") == []


def test_the_page_of_a_query_over_many_reports_shows_the_first_rows_of_all_of_them() -> None:
    done = "".join(f"支持通城县建设{n}号桥。" for n in range(100, 320))
    reports = [read_string(f"湖北省{year}年工作总结\n\n{done}\n") for year in range(2010, 2022)]
    asked: list[str] = []
    with Graph.open() as graph:
        for report in reports:
            graph.add(report)

        select = selecting(graph, asked)

        def quotes(first: int) -> list[str]:
            view = TableView.of([("_from", str(first))])
            page = HTMLParser(named_page(select, bundled(), "measures", {}, PageReader(), view))
            links = page.css("#answer table td.words a")
            return [f"{link.attributes['href']}" for link in links]

        newest = {Minter().document(report.version) for report in reports[2:]}
        rows = [row for row in graph.query("measures") if row["document"] in newest]
        expected = [f"{PageReader().local(row['document'])}#at-{row['start']}" for row in rows]
        shown = [quote for first in (0, 300, 600, 900) for quote in quotes(first)]
    assert len(rows) > 2000
    assert shown == expected[:1000]
    assert 0 < asked.count("document") < 4 * len(newest)
