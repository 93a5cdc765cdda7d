"""What is stated of a thing and what is not: values given, named without one, not named, told apart; citations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policygraph import Graph, read
from policygraph.graph.statements import Document
from policygraph.queries.answers import Answers, answers
from policygraph.queries.citations import bibtex, citation
from policygraph.queries.stated_figures import find_figures
from policygraph.queries.stated_passages import Ask, asking, passages

from .service.service_process import Service, service

REPORTS = {
    "gives": "云南省2023年工作总结\n\n一、成效\n2023年，全省粮食产量达到1974万吨，增长0.8%。大理白族自治州投入资金3.5亿元。\n",
    "names": "贵州省2023年工作总结\n\n一、成效\n2023年，省农业农村厅稳定粮食产量，帮助大理白族自治州开展技术培训。\n",
    "lacks": "四川省2023年工作总结\n\n一、成效\n2023年，全省学校达到500所。省教育厅新建学校5所。\n",
}
GRAIN, DALI = "粮食产量", "大理白族自治州"


@pytest.fixture(scope="module")
def store(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    with Graph.open(folder / "store") as graph:
        graph.add(hubei)
        for name, text in REPORTS.items():
            (folder / f"{name}.txt").write_text(text, "utf-8")
            graph.add(read(folder / f"{name}.txt"))
    return folder / "store"


@pytest.fixture(scope="module")
def ask(store: Path) -> Iterator[Ask]:
    with Graph.open(store, read_only=True) as graph:
        yield asking(graph.store)


def iri_of(ask: Ask, label: str) -> str:
    """The thing of a name that figures or measures point at."""
    sparql = """
    SELECT ?thing ?label WHERE {
      GRAPH ?things { ?thing ?naming ?label } GRAPH ?document { ?statement ?link ?thing }
      FILTER (CONTAINS(STR(?statement), "/figure/") || CONTAINS(STR(?statement), "/mention/"))
    } LIMIT 1
    """
    (row,) = ask(sparql, {"label": ox.Literal(label, language="zh")})
    return str(getattr(row["thing"], "value", ""))


def found(ask: Ask, label: str) -> Answers:
    answer = answers(ask, iri_of(ask, label), label)
    assert answer
    return answer


def test_reports_that_give_a_value_that_only_name_it_and_that_do_not_are_told_apart(
    ask: Ask,
) -> None:
    states = {report.title: report.state for report in found(ask, GRAIN).reports}
    assert states["云南省2023年工作总结"] == "stated"
    assert states["贵州省2023年工作总结"] == "named"
    assert states["四川省2023年工作总结"] == "absent"


def test_the_slots_hold_figures_and_measures_with_their_actors(ask: Ask) -> None:
    dali = found(ask, DALI)
    assert dali.named == 2
    assert "3.5亿元" in {figure.quote for figure in dali.figures}
    assert [figure.quote for figure in dali.money] == ["3.5亿元"]
    assert any("农业农村厅" in actor for actor in dali.actors)


def test_where_no_figure_is_about_a_thing_those_in_its_sentences_are_shown_apart(ask: Ask) -> None:
    tongcheng = found(ask, "通城县")
    assert (tongcheng.named, tongcheng.figures) == (3, ())
    assert all("通城县" in figure.sentence for figure in tongcheng.beside)
    assert "省直有关部门" in "".join(tongcheng.actors)


def test_a_citation_names_title_body_date_section_and_words(ask: Ask) -> None:
    (figure,) = find_figures(ask, ["48.97亿元"])
    (passage,) = passages(ask, [figure.iri])
    said = citation(passage)
    assert said.startswith("湖北省乡村振兴局：《关于2022年全省巩固拓展脱贫攻坚成果")
    for part in ("2023-04-24", "(三)抓好衔接资金使用管理", "其中省级48.97亿元。", figure.iri):
        assert part in said
        assert part in bibtex(passage)
    assert bibtex(passage).startswith("@techreport{090cb592edbac444-2106,\n")
    assert "year = {2023}" in bibtex(passage)


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[Service]:
    with service(store, "--workers", "1") as served:
        yield served


@pytest.mark.parametrize(
    ("lang", "verdict", "states"),
    [
        ("zh", "没有说：数字、金额。", ["提到但没有给出数字的报告 1", "没有提到的报告 3"]),
        ("en", "no figure, no sum of money is stated.", ["Reports that name it and give no figure 1", "Reports that do not name it 3"]),
    ],
)  # fmt: skip
def test_the_page_of_a_thing_says_what_is_not_stated(
    site: Service, ask: Ask, lang: str, verdict: str, states: list[str]
) -> None:
    path = iri_of(ask, "通城县").removeprefix("https://w3id.org/policygraph")
    page = HTMLParser(site.get(f"{path}?lang={lang}", "text/html").text)
    assert page.css_first("#stated .verdict").text().endswith(verdict)
    assert [node.text() for node in page.css("#stated .state summary")] == states
    # The same counts in the sentence and beside the reports; what is done there is not told twice.
    counts = {
        "zh": ("提及 3 次、举措 4 条", "举措 4 条"),
        "en": ("3 mentions, 4 measures", "4 measures"),
    }
    assert counts[lang][0] in page.css_first("#reports").text()
    assert counts[lang][1] in page.css_first("#stated .verdict").text()
    quotes = [link.text() for link in page.css("#stated .slot > li > a")]
    assert len(quotes) == len(set(quotes))
    assert page.css("#stated .slot li a[href]")


def test_what_the_page_of_a_thing_names_stands_in_its_reports(
    site: Service, ask: Ask, hubei: Document
) -> None:
    """A figure without an indicator, or before the first heading, is not given those of another."""
    path = iri_of(ask, "湖北省").removeprefix("https://w3id.org/policygraph")
    page = HTMLParser(site.get(f"{path}?lang=zh", "text/html").text)
    stated = page.css_first("#stated").text()
    assert "40位" in stated
    assert "黄冈市" not in hubei.text + "".join(REPORTS.values())
    assert "黄冈市" not in stated


def test_the_page_of_an_area_says_what_its_bodies_do(site: Service) -> None:
    page = HTMLParser(site.get("/id/area/510000?lang=zh", "text/html").text)
    verdict = page.css_first("#stated .verdict").text()
    assert "它的 1 个机构有举措" in verdict and "没有说：金额。" in verdict
    assert "四川省教育厅" in page.css_first("#stated").text()


def test_the_page_of_a_figure_says_what_follows_and_how_it_is_cited(
    site: Service, hubei: Document
) -> None:
    span = next(f.span for f in hubei.figures if f.span.quote == "14705元")
    path = f"/id/document/{hubei.sha256[:16]}/figure/{span.start}-{span.end}"
    page = HTMLParser(site.get(f"{path}?lang=en", "text/html").text)
    assert "12,899 yuan (12,843–12,956 yuan)" in page.css_first("#derive").text()
    assert "@techreport{" in page.css_first("#cite pre").text()
    tray = page.css_first("#derive .add").attributes["href"] or ""
    assert "14705元" in site.get(tray, "text/html").text
    part = next(f.span for f in hubei.figures if f.span.quote == "48.97亿元")
    path = f"/id/document/{hubei.sha256[:16]}/figure/{part.start}-{part.end}"
    assert "239.82亿元" in HTMLParser(site.get(path, "text/html").text).css_first("#derive").text()
    sentence = HTMLParser(site.get(f"/search?q={quote('14705')}&kind=sentence", "text/html").text)
    where = sentence.css_first(".found a").attributes["href"] or ""
    assert HTMLParser(site.get(where, "text/html").text).css_first("#cite cite") is not None
