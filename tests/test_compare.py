"""One indicator over reports: kinds of figures told apart, tone kept, reports without it named, caveats told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policygraph import Graph, read
from policygraph.cli import main
from policygraph.errors import QueryError
from policygraph.loaders.reader import read_string
from policygraph.queries.comparison import Comparison, ReportFigures, compare
from policygraph.queries.heat_table import heat_table
from policygraph.queries.stated_passages import Ask, asking
from policygraph.service.pages.compare_page import compare_page
from policygraph.service.pages.page_reader import PageReader

from .service.service_process import Service, service

GDP = "地区生产总值"
REPORTS = {
    "yunnan": "2025年云南省政府工作报告\n\n一、2024年工作回顾\n2024年，全省地区生产总值31534亿元、增长3.3%。固定资产投资增长2%。\n\n"
    "二、2025年工作安排\n2025年，全省地区生产总值增长5%左右。\n",
    "shandong": "2025年山东省政府工作报告\n\n一、2024年工作回顾\n2024年，全省地区生产总值9.86万亿元、增长5.7%，高于全国0.7个百分点。固定资产投资增长3.3%。\n\n"
    "二、2025年工作安排\n2025年，全省地区生产总值增长5%以上。\n",
    "shanxi": "2025年山西省政府工作报告\n\n二、2025年工作安排\n2025年，全省地区生产总值增长5%左右，力争更好。\n",
    "gansu": "2025年甘肃省政府工作报告\n\n一、2024年工作回顾\n2024年，全省新建学校5所。统一核算地区生产总值。\n",
    "hainan": "2025年海南省政府工作报告\n\n一、2024年工作回顾\n2024年，全省新建学校7所。\n",
    "hubei": "2025年湖北省政府工作报告\n\n一、2024年工作回顾\n2024年，全省生产总值增长3%。城镇新增就业连续4年超过90万人。粮食生产再获丰收，总产达到557亿斤。\n\n"
    "二、2025年工作安排\n2025年，全省生产总值增长5.5%左右，城镇调查失业率控制在5%以内。\n",
    "xizang": "2025年西藏自治区政府工作报告\n\n一、2024年工作回顾\n2024年，全区粮食产量突破110万吨。城镇调查失业率5%左右。\n\n"
    "二、2025年工作安排\n2025年，全区固定资产投资增长15%以上、力争20%。\n",
    "henan": "2025年河南省政府工作报告\n\n一、2024年工作回顾\n2024年，全省粮食产量1344亿斤。\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    with Graph.open(folder / "store") as graph:
        for name, text in REPORTS.items():
            (folder / f"{name}.txt").write_text(text, "utf-8")
            graph.add(read(folder / f"{name}.txt"))
    return folder / "store"


@pytest.fixture(scope="module")
def ask(store: Path) -> Iterator[Ask]:
    with Graph.open(store, read_only=True) as graph:
        yield asking(graph.store)


@pytest.fixture(scope="module")
def found(ask: Ask) -> Comparison:
    return compare(ask, [GDP])


def row(found: Comparison, area: str) -> ReportFigures:
    return next(row for row in found.rows if row.report.area == area)


def test_level_growth_gap_and_target_are_told_apart_and_keep_their_tone(found: Comparison) -> None:
    def quotes(area: str, slot: str, *, planned: bool = False) -> list[tuple[str, tuple[str, ...]]]:
        stated = row(found, area).of(slot, planned=planned)
        return [(one.figure.quote, one.tone) for one in stated]

    assert quotes("山东省", "level") == [("9.86万亿元", ())]
    assert quotes("山东省", "growth") == [("5.7%", ())]
    assert quotes("山东省", "gap") == [("0.7个百分点", ())]
    assert quotes("山东省", "growth", planned=True) == [("5%", ("以上",))]
    assert quotes("云南省", "growth", planned=True) == [("5%", ("左右",))]
    assert set(row(found, "山西省").of("growth", planned=True)[0].tone) == {"左右", "力争", "更好"}


def test_reports_with_only_a_target_without_a_figure_and_without_the_name_are_told_apart(
    found: Comparison,
) -> None:
    states = {row.report.area: row.state for row in found.rows}
    assert states == {
        "云南省": "stated",
        "山东省": "stated",
        "山西省": "target",
        "甘肃省": "named",
        "海南省": "absent",
        "湖北省": "stated",
        "西藏自治区": "absent",
        "河南省": "absent",
    }


def test_a_second_target_of_the_same_growth_is_growth_too(ask: Ask) -> None:
    aims = row(compare(ask, ["固定资产投资"]), "西藏自治区").of("growth", planned=True)
    assert [(one.figure.quote, one.tone) for one in aims] == [
        ("15%", ("以上",)),
        ("20%", ("力争",)),
    ]


def test_the_words_of_a_tone_are_those_of_its_own_figure(ask: Ask) -> None:
    """5% stands in 5.5% too, and 超过 is a verb."""
    assert row(compare(ask, ["城镇调查失业率"]), "湖北省").stated[0].tone == ("控制在", "以内")
    assert row(compare(ask, ["城镇新增就业"]), "湖北省").stated[0].tone == ("超过",)


def test_a_wording_that_a_decision_joins_finds_what_is_said_in_the_usual_one(ask: Ask) -> None:
    growth = row(compare(ask, ["经济增长"]), "山东省").of("growth", planned=False)
    assert [one.figure.quote for one in growth] == ["5.7%"]


def test_units_that_convert_are_one_column_and_in_one_order(ask: Ask) -> None:
    grain = compare(ask, ["粮食产量"])
    assert [one.slot for one in row(grain, "西藏自治区").stated] == ["level"]
    ordered = [each.report.area for each in grain.ordered("level", planned=False)]
    assert ordered[:2] == ["河南省", "西藏自治区"]
    assert "units" in {caveat.code for caveat in grain.caveats("level", planned=False)}


def test_a_figure_whose_sentence_said_the_rest_of_the_name_is_offered(ask: Ask) -> None:
    grain = compare(ask, ["粮食产量"])
    (maybe,) = row(grain, "湖北省").maybe
    assert (maybe.quote, maybe.indicator) == ("557亿斤", "总产")
    assert not row(grain, "海南省").maybe
    assert not any(each.maybe for each in compare(ask, [GDP]).rows)


def test_the_largest_come_first_and_those_without_a_value_last(found: Comparison) -> None:
    ordered = [row.report.area for row in found.ordered("growth", planned=False)]
    assert ordered[:2] == ["山东省", "云南省"]
    ordered = [row.report.area for row in found.ordered("level", planned=False)]
    assert ordered[:2] == ["山东省", "云南省"]


def test_what_is_not_comparable_is_told(found: Comparison) -> None:
    planned = {caveat.code for caveat in found.caveats("growth", planned=True)}
    assert "loose" in planned
    assert found.caveats("level", planned=False) == []


def test_several_values_of_one_report_are_told(ask: Ask) -> None:
    caveats = compare(ask, ["固定资产投资"]).caveats("growth", planned=True)
    assert [d.zh for d in caveats if d.code == "several"] == [
        "同一报告对同一范围和时期给出几个不同的数：15%、20% 西藏自治区 2025"
    ]


def test_a_name_of_the_vocabulary_in_other_words_is_understood(ask: Ask) -> None:
    assert compare(ask, ["GDP"]).names == (GDP,)
    unknown = compare(ask, ["投资"])
    assert all(not row.stated for row in unknown.rows) and "固定资产投资" in unknown.near


def test_the_table_of_indicators_shades_growth_and_marks_targets(ask: Ask) -> None:
    cells = {cell.quote: cell for cell in heat_table(ask).rows[GDP].values()}
    assert cells["5.7%"].grade > cells["3.3%"].grade > 0
    assert cells["5%"].planned and cells["5%"].grade == 0
    assert (cells["5%"].period, cells["5.7%"].period) == ("2025", "")


def test_the_table_of_some_reports_has_the_cells_of_all_of_them(ask: Ask) -> None:
    everywhere = heat_table(ask).rows[GDP]
    some = sorted(everywhere)[:3]
    found = heat_table(ask, some).rows[GDP]
    assert {iri: cell.quote for iri, cell in found.items()} == {
        iri: everywhere[iri].quote for iri in some
    }


def test_the_command_gives_the_same_rows(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "--store", str(store), GDP, "--format", "csv"]) == 0
    said = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert {row["state"] for row in rows} == {"stated", "target", "named", "absent"}
    assert ("山西省", "planned", "左右 力争 更好") in {
        (row["area"], row["planned"], row["tone"]) for row in rows
    }
    assert "! growth (planned / 计划)" in said.err
    with pytest.raises(QueryError, match="没有这个: no report names it"):
        main(["compare", "--store", str(store), "没有这个"])
    assert capsys.readouterr().out == ""


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[Service]:
    with service(store, "--workers", "1") as served:
        yield served


@pytest.mark.parametrize(
    ("lang", "target", "tone", "lacking"),
    [
        ("zh", "目标：增速、变化", "5% 以上", "只有目标（1）"),
        ("en", "target: growth or change", "5% at least", "only a target (1)"),
    ],
)
def test_the_page_sets_quotes_side_by_side(
    site: Service, lang: str, target: str, tone: str, lacking: str
) -> None:
    page = HTMLParser(
        site.get("/compare", "text/html", indicator=GDP, sort="growth", lang=lang).text
    )
    assert target in [th.text() for th in page.css("table.compare th[scope=col]")]
    assert page.css_first("table.compare th[scope=row] a").text() == "山东省"
    assert tone in " ".join(page.css_first("table.compare").text().split())
    assert page.css_first("#lacking .target b").text() == lacking
    assert "山西省" in page.css_first("#lacking .target").text()
    assert page.css("td input[name=add]")
    assert site.get("/compare.csv", indicator=GDP).media == "text/csv"
    assert site.get("/compare.csv").status == 400


def test_without_an_indicator_the_page_offers_those_that_reports_share(site: Service) -> None:
    page = HTMLParser(site.get("/compare", "text/html", lang="en").text)
    link = page.css_first("table.heat th[scope=row] a")
    assert link.text() == GDP
    assert site.get(link.attributes["href"] or "", "text/html").status == 200
    assert "no figure" in page.css_first("table.heat .none span").attributes["aria-label"]
    evil = "<script>alert(1)</script>"
    assert evil not in site.get("/compare", "text/html", indicator=evil).text


def test_the_cell_of_a_table_is_shown_with_its_unit_and_year(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "地区,年份,地区生产总值(亿元)\n湖北省,2022,52741.7\n湖南省,2023,50012.9\n合计,2023,9000000\n",
        "utf-8",
    )
    with Graph.open() as graph:
        graph.add(read(table))
        found = compare(asking(graph.store), [GDP])
    page = HTMLParser(compare_page([GDP], found, ("level", False), PageReader()))
    rows = [" ".join(row.text().split()) for row in page.css("table.compare tr")[1:]]
    assert rows == [
        "湖北省 2022统计表 t 52741.7 亿元",
        "湖南省 2023统计表 t 50012.9 亿元",
        "t 2023统计表 9000000 亿元 合计",
    ]
    chart = page.css_first("#charts")
    assert [words.text() for words in chart.css("text")] == [
        "湖北省 2022（统计表）",
        "52741.7亿元",
        "湖南省 2023（统计表）",
        "50012.9亿元",
    ]


def test_a_target_for_next_year_stands_in_the_row_of_next_year(found: Comparison) -> None:
    page = HTMLParser(compare_page([GDP], found, ("", False), PageReader()))
    rows = [" ".join(row.text().split()) for row in page.css("table.compare tr")[1:]]
    assert [row for row in rows if row.startswith("云南省")] == [
        "云南省 2024 31534亿元 3.3%",
        "云南省 2025 5% 左右",
    ]


def test_every_year_that_is_shown_is_among_the_periods_of_the_note() -> None:
    text = "2025年{area}政府工作报告\n\n一、2024年工作回顾\n2024年，全省地区生产总值{now}亿元，2023年地区生产总值{before}亿元。\n"
    with Graph.open() as graph:
        for area, now, before in (("江苏省", 137000, 131000), ("浙江省", 90131, 84000)):
            graph.add(read_string(text.format(area=area, now=now, before=before)))
        (periods,) = (
            caveat.zh
            for caveat in compare(asking(graph.store), [GDP]).caveats("level", planned=False)
            if caveat.code == "periods"
        )
    assert periods == "时期不同：2023 (2), 2024 (2)"


def test_an_english_page_calls_areas_by_their_english_names(found: Comparison) -> None:
    page = HTMLParser(compare_page([GDP], found, ("", False), PageReader("en")))
    assert "Yunnan Province" in page.css_first("table.compare").text()
    assert "Yunnan Province 2024" in page.css_first("svg.bars").text()


def test_a_report_of_an_area_the_register_does_not_know_has_its_figures_in_the_table() -> None:
    with Graph.open() as graph:
        known, unknown = (
            graph.add(
                read_string(
                    f"{county}2023年工作总结\n\n2023年，完成地区生产总值186.4亿元，同比增长6.2%。\n"
                )
            )
            for county in ("通山县", "云溪县")
        )
        table = heat_table(asking(graph.store))
        assert known != unknown
        assert {cell.quote for cell in table.rows["地区生产总值"].values()} == {"6.2%"}
        assert len(table.rows["地区生产总值"]) == 2
