"""Panels for statistics programs, and the targets of growth as economists keep them."""

from __future__ import annotations

import csv
import importlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW

from policygraph import Graph, read
from policygraph.cli import main
from policygraph.errors import UsageError
from policygraph.loaders.reader import read_string
from policygraph.queries.panels import growth_targets, variable

TABLE = """数据库：分省年度数据
指标：地区生产总值(亿元)
地区,2024年,2023年
湖北省,60012.9,55803.6
湖南省,53231.0,
"""
REPORT = (
    "湖北省2024年工作总结\n\n全省地区生产总值60013亿元，增长5.8%。农村居民人均可支配收入22000元。\n"
)


@pytest.fixture
def store(tmp_path: Path) -> str:
    (tmp_path / "t.csv").write_text(TABLE, "utf-8")
    path = tmp_path / "store"
    with Graph.open(path) as graph:
        graph.add(read(tmp_path / "t.csv"))
        graph.add(read_string(REPORT, area="湖北省", period="2024"))
    return str(path)


@pytest.fixture(scope="module")
def pd() -> Any:
    """pandas, imported where a test needs it: it takes half a second of each worker."""
    return importlib.import_module("pandas")


def exported(store: str, name: str, *options: str) -> Path:
    path = Path(store).with_name(name)
    assert main(["export", "--store", store, "-o", str(path), *options]) == 0
    return path


def test_a_long_panel_has_a_row_a_figure_with_its_source(store: str, pd: Any) -> None:
    panel = pd.read_csv(exported(store, "long.csv", "--panel", "long"), dtype={"code": str})
    gdp = panel[panel.variable == "gdp"]
    assert sorted(gdp.value) == [5323100000000, 5580360000000, 6001290000000, 6001300000000]
    assert set(panel.variable) == {"gdp", "gdp_change", "income_rural"}
    assert set(gdp[gdp.code == "430000"].cell) == {"cell=5,2"}


def test_a_wide_panel_takes_the_official_figure_and_leaves_open_what_disagrees(
    store: str, pd: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    wide = exported(store, "wide.csv", "--panel", "wide")
    panel = pd.read_csv(wide, dtype={"code": str}).set_index(["area", "year"])
    assert panel.gdp["湖北省", 2024] == 6001290000000
    assert panel.gdp_change["湖北省", 2024] == 5.8
    assert pd.isna(panel.gdp_change["湖南省", 2024])
    book = list(csv.DictReader(io.StringIO(wide.with_name("wide-codebook.csv").read_text("utf-8-sig"))))  # fmt: skip
    assert [(row["variable"], row["unit"]) for row in book][:2] == [("gdp", "元"), ("gdp_change", "%")]  # fmt: skip
    assert "0 cells left empty" in capsys.readouterr().err
    with Graph.open(store) as graph:
        other = REPORT.replace("22000", "23000").replace("工作总结", "统计公报")  # another document
        graph.add(read_string(other, area="湖北省", period="2024"))
    again = pd.read_csv(exported(store, "again.csv", "--panel", "wide"))
    assert "income_rural" in again
    assert again.income_rural.isna().all()
    assert "1 cell left empty because its sources disagree" in capsys.readouterr().err


def test_names_of_variables_are_such_as_statistics_programs_take() -> None:
    base = "https://w3id.org/policygraph/"
    assert variable(f"{base}vocabulary/indicator/income-rural", "change") == "income_rural_change"  # fmt: skip
    assert variable(f"{base}id/indicator/1390ed28ba702989", "count") == "ind_1390ed28ba70"
    long = variable(f"{base}vocabulary/indicator/{'very-' * 9}long", "change")
    assert len(long) == 32
    assert long.endswith("_change")


def test_the_csvw_of_a_panel_is_read_back_to_the_same_figures(store: str) -> None:
    path = exported(store, "panel.csv", "--panel", "long", "--csvw")
    described = json.loads(path.with_name("panel.csv-metadata.json").read_text("utf-8"))
    names = [column["titles"] for column in described["tableSchema"]["columns"]]
    assert names == path.read_text("utf-8-sig").splitlines()[0].split(",")
    assert described["@context"] == "http://www.w3.org/ns/csvw"
    assert all(c["propertyUrl"].startswith("http") for c in described["tableSchema"]["columns"])
    again = read(path)
    told = sorted((f.indicator, f.scope.text, f.period, float(f.value), f.unit, f.kind) for f in again.figures)  # fmt: skip
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    assert told == sorted((r["indicator"], r["area"], r["year"], float(r["value"]), r["unit"], r["kind"]) for r in rows)  # fmt: skip


@pytest.mark.parametrize("kind", ["long", "wide", "targets"])
def test_every_panel_is_valid_by_its_metadata_and_opens_in_pandas(
    store: str, pd: Any, kind: str
) -> None:
    with Graph.open(store) as graph:  # one number of two indicators, and a target
        graph.add(
            read_string(
                "2024年湖北省政府工作报告\n\n老旧小区改造开工量、完工量均实现翻番。\n",
                area="湖北省",
            )
        )
        plan = "2025年湖北省政府工作报告\n\n一、2025年工作安排\n\n今年地区生产总值增长6%左右。\n"
        graph.add(read_string(plan, area="湖北省", period="2024"))
    path = exported(store, f"{kind}.csv", "--panel", kind, "--csvw")
    described = CSVW(str(path.with_name(f"{path.name}-metadata.json")), validate=True)
    assert described.is_valid, described.warnings
    rows = list(described.tables[0])
    panel = pd.read_csv(path, dtype={"code": str})
    assert len(panel) == len(rows) > 0
    assert list(panel.columns) == list(rows[0])
    same = panel[["code", "year"]].astype(str).to_numpy().tolist()
    assert same == [[row["code"], row["year"]] for row in rows]


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("今年的预期目标是：地区生产总值增长5%左右。", [("5", "左右")]),
        ("今年的预期目标是：地区生产总值增长6%以上，力争更好结果。", [("6", "以上 力争 更好结果")]),
        ("今年的预期目标是：地区生产总值增长5%左右、努力争取更好结果。", [("5", "左右 努力 争取 更好结果")]),
        ("今年的预期目标是：地区生产总值增长5%左右，努力实现居民收入同步增长。", [("5", "左右")]),
        ("今年的预期目标是：地区生产总值增长不低于5.5%，近年来的增速都在5%以上。", [("5.5", "不低于")]),
        ("今年的预期目标是：地区生产总值增长5.0%—5.5%，根据实际情况争取更好的结果，投资增长5%左右。", [("5", "争取 更好的结果"), ("5.5", "争取 更好的结果")]),
        ("今年的预期目标是：地区生产总值增长5%—6%左右。", [("5", "左右"), ("6", "左右")]),
        ("今年的预期目标是：地区生产总值增长7%以上、力争达到8%。", [("7", "以上"), ("8", "力争")]),
    ],
)  # fmt: skip
def test_a_target_of_growth_keeps_its_tone_and_its_words(
    sentence: str, targets: list[tuple[str, str]]
) -> None:
    text = f"2025年湖北省政府工作报告\n\n一、2025年工作安排\n\n{sentence}\n"
    with Graph.open() as graph:
        graph.add(read_string(text, area="湖北省", period="2024"))
        found = growth_targets(graph.store)
    assert [(row["target"], row["tone"]) for row in found] == targets
    assert all(row["quote"] in text and row["year"] == "2025" for row in found)
    assert all(row["code"] == "420000" for row in found)
    ends = ["low", "high"] if "—" in sentence else [""] * len(found)
    assert [row.get("range", "") for row in found] == ends


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--csvw", "-o", "x.csv"], "give --panel KIND"),
        (["--panel", "wide", "--csvw"], "give --panel KIND and -o FILE.csv"),
        (["--panel", "long", "-o", "x.xlsx"], "written as CSV"),
        (["--panel", "long", "--bulk", "d"], "are for graphs"),
    ],
)
def test_what_no_panel_can_be_is_refused(store: str, options: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        main(["export", "--store", store, *options])
