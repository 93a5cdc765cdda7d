"""What reports state beside what tables of statistics say: agreed within what is printed, or told apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph import Graph, read
from policygraph.loaders.reader import read_string
from policygraph.queries.catalogue import answer
from policygraph.queries.results import write

TABLE = """数据库：分省年度数据
指标：{indicator}
地区,2024年,2023年
湖北省,{first},{second}
{note}数据来源：国家统计局
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def compared(
    folder: Path, sentence: str, cell: str, note: str = "", unit: str = "亿元", year: int = 2025
) -> list[dict[str, str]]:
    """The rows of stated-official for one sentence of a report of 湖北省 of a year and one cell of 2024."""
    path = folder / "t.csv"
    indicator = f"地区生产总值({unit})"
    path.write_text(TABLE.format(indicator=indicator, first=cell, second="1", note=note), "utf-8")
    with Graph.open() as graph:
        graph.add(read(path))
        graph.add(
            read_string(f"湖北省{year}年工作总结\n\n{sentence}\n", area="湖北省", period=f"{year}")
        )
        data = write(answer(graph.store, "stated-official", {}), "csv").decode()
    return list(csv.DictReader(io.StringIO(data)))


@pytest.mark.parametrize(
    ("sentence", "cell", "verdict"),
    [
        ("2024年全省地区生产总值60012.97亿元。", "60012.97", "same"),
        ("2024年全省地区生产总值突破6万亿元。", "60012.97", "consistent"),
        ("2024年全省地区生产总值超过6万亿元。", "59999.9", "differs"),
        ("2024年全省地区生产总值达到6.00万亿元。", "60012.97", "rounded"),
        ("2024年全省地区生产总值达到6.01万亿元。", "60012.97", "differs"),
        ("2024年全省地区生产总值60013亿元。", "60012.97", "rounded"),
        ("2024年全省地区生产总值60014亿元。", "60012.97", "differs"),
        ("2024年全省地区生产总值约6万亿元。", "60912.97", "rounded"),
        ("2024年全省地区生产总值近6万亿元。", "59644.3", "consistent"),
        ("2024年全省地区生产总值60,012.97亿元。", "60,012.97", "same"),
        ("2024年全省经济总量跨上5万亿元台阶。", "50646.7", "consistent"),
        ("2024年全省生产总值迈入3万亿元行列。", "30012.9", "consistent"),
        ("2024年地区生产总值跃上8000亿元台阶。", "7972.7", "differs"),
        ("2024年全省经济总量有望突破5.3万亿元。", "53084.7", "consistent"),
        ("2024年地区生产总值逼近6万亿元。", "59644.3", "consistent"),
        ("2024年地区生产总值将近6万亿元。", "60012.97", "differs"),
    ],
)
def test_a_stated_figure_agrees_within_its_printed_digits_and_its_qualifier(
    folder: Path, sentence: str, cell: str, verdict: str
) -> None:
    (row,) = compared(folder, sentence, f'"{cell}"')
    assert row["verdict"] == verdict, row
    assert row["cell"] == "cell=4,2"
    assert row["stated"] in sentence
    assert row["official"] == cell


@pytest.mark.parametrize(
    ("note", "year", "cell", "verdict"),
    [
        ("注：按第五次全国经济普查对历史数据进行了修订。", 2025, "59644.3", "revised"),
        ("注：对1992年-2023年历史数据进行了系统修订。", 2025, "59644.3", "differs"),
        ("注：对1992年-2024年历史数据进行了系统修订。", 2025, "59644.3", "revised"),
        ("注：对1992年-2023年历史数据进行了系统修订。", 2024, "59644.3", "preliminary"),
        ("", 2024, "59644.3", "preliminary"),
        ("", 2024, "55803.6", "differs"),
    ],
)
def test_a_difference_is_told_from_a_revision_and_from_a_first_count(
    folder: Path, note: str, year: int, cell: str, verdict: str
) -> None:
    (row,) = compared(folder, "2024年全省地区生产总值60012.97亿元。", cell, f"{note}\n", year=year)
    assert row["verdict"] == verdict
    assert ("修订" in row["revision"]) == (verdict == "revised")


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年全省地区生产总值净增1万亿元。",
        "2024年全省地区生产总值五年净增累计超过1万亿元。",
        "2024年全省地区生产总值连跨两个万亿元台阶。",
        "2024年全省地区生产总值再上一个万亿元台阶。",
        "2024年全省经济总量每年跨上一个千亿元台阶。",
    ],
)
def test_what_is_gained_and_the_steps_passed_are_no_level(folder: Path, sentence: str) -> None:
    assert compared(folder, sentence, "60012.97") == []


def test_a_plan_and_another_unit_are_not_compared(folder: Path) -> None:
    assert compared(folder, "2024年计划地区生产总值达到6.5万亿元。", "60012.97") == []
    assert compared(folder, "2024年全省地区生产总值60012.97亿元。", "60012.97", unit="万美元") == []


@pytest.fixture(scope="module")
def gdp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    path = tmp_path_factory.mktemp("gdp") / "t.csv"
    path.write_text(
        "数据库：分省年度数据\n指标：地区生产总值(亿元)\n地区,2024年,2023年\n湖北省,600,500\n湖南省,530,\n武汉市,210,200\n",
        "utf-8",
    )
    with Graph.open() as graph:
        graph.add(read(path))
        yield graph


def test_a_year_is_compared_with_the_one_before(gdp: Graph) -> None:
    rows = list(gdp.query("year-on-year", indicator="地区生产总值"))
    assert [(r["area"], r["year"], str(r["growth"])) for r in rows] == [
        ("武汉市", "2024", "5"),
        ("湖北省", "2024", "20"),
    ]


def test_provinces_stand_beside_each_other_the_largest_first(gdp: Graph) -> None:
    rows = gdp.query("across-provinces", indicator="地区生产总值", period="2024")
    assert [(row["area"], row["text"], row["cell"]) for row in rows] == [
        ("湖北省", "600", "cell=4,2"),
        ("湖南省", "530", "cell=5,2"),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("粮食产量1300亿斤。\n全省粮食产量1250亿斤。", [("value", "粮食总产量", "1300亿斤", "1250亿斤")]),
        ("粮食产量1300亿斤。\n全省粮食产量达到0.13万亿斤。", []),  # rounded
        ("粮食产量1300亿斤以上。\n全省粮食产量1350亿斤。", []),
        ("农业总产值28亿元，其中种植业113亿元。", [("part", "种植业", "113亿元", "28亿元")]),
        # What is a part may grow faster than the whole.
        ("进出口总额4.51万亿元、增长5.6%，其中出口增长10.8%。", []),
        ("新建投资30亿元的项目。\n新建投资50亿元的项目。", []),
        (
            "省教育厅印发《县域教育提升方案》。\n省财政厅、省民政厅联合印发《县域教育提升方案》。",
            [("issuer", "县域教育提升方案", "省教育厅印发《县域教育提升方案》", "省财政厅、省民政厅联合印发《县域教育提升方案》")],
        ),
        ("省教育厅印发《县域教育提升方案》。\n省教育厅、省民政厅联合印发《县域教育提升方案》。", []),
    ],
)  # fmt: skip
def test_two_passages_that_disagree_are_shown_together(
    text: str, rows: list[tuple[str, ...]]
) -> None:
    with Graph.open() as graph:
        graph.add(read_string(f"湖北省2024年工作总结\n\n{text}\n", area="湖北省", period="2024"))
        found = graph.query("contradictions")
        columns = ("about", "subject", "quote", "otherQuote")
        assert [tuple(str(row[name]) for name in columns) for row in found] == rows
