"""Bars beside tables: what they draw, what they leave out and say so, and where each of them leads."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from policygraph import Graph
from policygraph.loaders.reader import read_string
from policygraph.queries.comparison import compare
from policygraph.queries.money_totals import Total, payments, totals
from policygraph.queries.stated_passages import asking
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.ranked_charts import compared_charts
from policygraph.viz.bar_chart import Bar, BarRow, bar_chart

from .service.service_process import Service


def drawn(markup: str) -> ElementTree.Element:
    """The first picture of a page, which is well-formed."""
    found = re.search(r"<svg .*?</svg>", markup, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])


def said(picture: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in picture.iter("text")]


def by(graph: Graph, criterion: str) -> dict[tuple[str, ...], Total]:
    rows = list(graph.query("money"))
    figures = [f"{row['document']}/figure/{row['start']}-{row['end']}" for row in rows]
    actors = {iri: row["actor"] for iri, row in zip(figures, rows, strict=True) if row["actor"]}
    sums = payments(asking(graph.store), figures, actors)
    return {total.keys: total for total in totals(sums, criterion) if not total.planned}


def test_a_part_is_counted_once_wherever_it_stands(hubei_graph: Graph) -> None:
    fund = by(hubei_graph, "programme")[("财政衔接资金",)]
    assert fund.value == Decimal("23982000000")
    assert [part.quote for part in fund.within] == ["48.97亿元"]
    levels = by(hubei_graph, "level")
    assert {figure.quote for figure in levels[("province",)].counted} == {"8.71亿元", "48.97亿元", "14.8亿元"}  # fmt: skip
    assert [part.quote for part in levels[()].elsewhere] == ["48.97亿元"]
    assert [figure.quote for figure in levels[("centre", "province")].counted] == ["4.5亿元"]
    everything = sum(total.value for total in levels.values())
    assert everything == sum(total.value for total in by(hubei_graph, "actor").values())


def test_a_sum_that_a_report_repeats_is_counted_once() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "江西省2023年工作总结\n\n安排省级衔接资金21.5亿元，安排县级衔接资金3亿元。\n\n二、主要做法\n安排省级衔接资金21.5亿元。"
            )
        )
        assert by(graph, "level")[("province",)].value == Decimal("2150000000")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_bars_of_money_lead_to_figures_and_say_what_is_not_drawn(
    hubei_service: Service, lang: str
) -> None:
    page = hubei_service.get(f"/queries/money?lang={lang}", "text/html").text
    picture = drawn(page)
    title, described = picture.find("title"), picture.find("desc")
    assert title is not None
    assert described is not None
    assert picture.get("aria-labelledby") == title.get("id")
    assert "673.45亿元" in (described.text or "") or "67,345 million yuan" in (described.text or "")
    links = [link.get("href") or "" for link in picture.iter("a")]
    assert any("/figure/2093-2101" in href for href in links)
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert all(href[1:] in ids for href in links if href.startswith("#"))
    assert "239.82亿元" in page[page.index("</svg>") :]


def test_growth_is_ranked_results_before_targets_with_falls_and_words_said() -> None:
    with Graph.open() as graph:
        for text in (
            "2025年湖南省政府工作报告\n\n一、2024年工作回顾\n2024年，全省工业投资增长超过9.3%。\n",
            "2025年江西省政府工作报告\n\n一、2024年工作回顾\n2024年，全省工业投资下降2.1%。\n",
            "2025年山西省政府工作报告\n\n二、2025年工作安排\n2025年，全省工业投资增长12%左右。\n",
        ):
            graph.add(read_string(text))
        chart = compared_charts(compare(asking(graph.store), ["工业投资"]), PageReader())
    words = said(drawn(str(chart)))
    assert words == ["湖南省 2024", "超过9.3%", "江西省 2024", "下降 2.1%", "山西省 2025", "12%左右（目标）"]  # fmt: skip


def test_targets_and_results_stand_in_pairs_each_on_its_own_scale(
    hubei_service: Service,
) -> None:
    pairs = [
        BarRow("税", (Bar(Decimal(5), "5%", "/a"), Bar(Decimal(4), "4%", "/b"))),
        BarRow("岗位", (Bar(Decimal(500000), "50万人", "/c"), Bar(Decimal(250000), "25万人", "/d"))),
    ]  # fmt: skip
    picture = ElementTree.fromstring(bar_chart(pairs, "t", "d", "n", apart=True))
    wide = [float((bar.get("width") or "").rstrip("%")) for bar in picture.iter("rect")]
    assert wide[0] == wide[2] > wide[1] > wide[3]
    dwarfed = [
        BarRow(str(value), (Bar(Decimal(value), f"{value}亿元", "/e"),))
        for value in (900, 60, 50, 40)
    ]
    cut = ElementTree.fromstring(bar_chart(dwarfed, "t", "d", "c"))
    bars = [bar for bar in cut.iter("rect") if "bar" in (bar.get("class") or "").split()]
    wide = [float((bar.get("width") or "").rstrip("%")) for bar in bars]
    assert 2 * wide[1] > wide[0] > wide[1] > wide[2] > wide[3]
    assert [bar.get("class") for bar in cut.iter("rect")].count("slit") == 2
    fallen = [BarRow("甲", (Bar(Decimal(-2), "-2%", "/a"),)), BarRow("乙", (Bar(Decimal(2), "2%", "/b"),))]  # fmt: skip
    below, above = list(ElementTree.fromstring(bar_chart(fallen, "t", "d", "n")).iter("rect"))
    assert float((below.get("x") or "").rstrip("%")) < float((above.get("x") or "").rstrip("%"))
    nothing = hubei_service.get(
        "/queries/plan-result?indicator=" + quote("地区生产总值"), "text/html"
    )
    assert "<svg" not in nothing.text


def test_a_long_name_is_cut_before_its_year() -> None:
    name = "巴音郭楞蒙古自治州和静县巴音布鲁克镇草原社区 2024（统计表）"
    picture = bar_chart([BarRow(name, (Bar(Decimal(1), "1", "/a"),))], "t", "d", "n")
    (shown, *_) = [text.text or "" for text in ElementTree.fromstring(picture).iter("text")]
    assert shown.startswith("巴音郭楞") and shown.endswith("… 2024（统计表）")


def test_a_sum_said_in_two_sections_is_drawn_once_with_both_places() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "江西省2023年工作总结\n\n一、总体情况\n安排省级衔接资金21.5亿元。\n\n二、主要做法\n安排省级衔接资金21.5亿元，其中县级衔接资金3亿元。安排市级资金1亿元。"
            )
        )
        province = by(graph, "level")[("province",)]
    assert [figure.quote for figure in (*province.counted, *province.again)] == ["21.5亿元"] * 2
    assert province.value == sum(figure.value for figure in province.counted) - sum(figure.value for figure in province.elsewhere)  # fmt: skip
    assert [figure.quote for figure in province.elsewhere] == ["3亿元"]
