"""Linking, from names in a table to figures beside official ones: rerun it, without a network.

    python docs/linking.py [FOLDER]

Everything it reads is written into FOLDER (a temporary one if none is given) or bundled with the program. Of the reports
there is what those of 2025 state of their gross product, in a sentence of our own, and a plan that is made up; the
table holds official figures.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

from policygraph import Graph, read
from policygraph.cli import main as policygraph

# Names as tables of several years spell them; 朝阳区 stays open, as Beijing and Changchun both have one.
NAMES = """县市,年份,笔数
襄樊市,2005,12
襄樊市,2015,15
恩施州,2015,9
湖北省恩施州巴东县,2015,3
朝阳区,2015,7
Wuhan City,2015,20
"""
# In the form in which the statistics office lets one download it.
OFFICIAL = """数据库：分省年度数据
指标：地区生产总值(亿元)
地区,2024年,2023年
江苏省,136696.9,130924.3
湖北省,59644.3,56794.3
内蒙古自治区,26337.0,25020.5
注：在第五次全国经济普查后，对1992年-2023年地区生产总值历史数据进行了系统修订。
数据来源：国家统计局
"""
REPORTS = {
    "湖北省": "全省地区生产总值60013亿元。",
    "江苏省": "2024年地区生产总值达13.7万亿元，2023年地区生产总值13.09万亿元。",
    "内蒙古自治区": "地区生产总值突破2.6万亿元。",
}
PLAN = "二、2025年工作安排\n\n今年的主要预期目标是：地区生产总值增长6%左右，力争更好结果。\n"


def names_to_areas(folder: Path) -> None:
    """A column of names becomes codes; what is decided by hand is read back."""
    table, linked, mappings = (folder / n for n in ("names.csv", "linked.csv", "mappings.tsv"))
    table.write_text(NAMES, "utf-8")
    how = ["--column", "县市", "--year-column", "年份"]
    policygraph(["link", str(table), *how, "-o", str(linked), "--sssom", str(mappings)])
    show(linked, "县市", "年份", "area_name", "area_code", "match", "reasons")
    # 朝阳区 of this table is Beijing's: one line of the mapping set is changed, and stands above all else.
    lines = mappings.read_text("utf-8").splitlines()
    chosen = next(i for i, line in enumerate(lines) if "朝阳区" in line and "110105" in line)
    decided = lines[chosen].replace("skos:closeMatch", "skos:exactMatch")
    decided = decided.replace("semapv:LexicalMatching", "semapv:ManualMappingCuration")
    others = [line for line in lines if "朝阳区" not in line]
    mappings.write_text("\n".join([*others, decided, ""]), "utf-8")
    policygraph(["link", str(table), *how, "-o", str(linked), "--mappings", str(mappings)])
    show(linked, "县市", "area_name", "area_code", "match", only="朝阳区")


def stated_and_official(folder: Path) -> Path:
    """What reports state beside the table of the statistics office; both evidences in each row."""
    store = folder / "store"
    (folder / "official.csv").write_text(OFFICIAL, "utf-8")
    sources = [folder / "official.csv"]
    for area, stated in REPORTS.items():
        path = folder / f"2025年{area}政府工作报告.txt"
        opening = f"2025年{area}政府工作报告\n\n一、2024年工作回顾\n\n{stated}\n\n"
        path.write_text(opening + PLAN, "utf-8")
        sources.append(path)
    policygraph(["build", "--store", str(store), *map(str, sources)])
    found = folder / "stated-official.csv"
    policygraph(["query", "stated-official", "--store", str(store), "-o", str(found)])
    show(
        found, "area", "period", "stated", "qualifier", "official", "difference", "verdict", "cell"
    )
    return store


def panels(folder: Path, store: Path) -> None:
    """The targets of growth, and all levels and changes with metadata for the CSV on the Web."""
    targets, panel = folder / "targets.csv", folder / "panel.csv"
    policygraph(["export", "--store", str(store), "--panel", "targets", "-o", str(targets)])
    show(targets, "code", "area", "year", "target", "tone", "tone_code")
    policygraph(["export", "--store", str(store), "--panel", "long", "-o", str(panel), "--csvw"])
    again = read(panel)
    print(f"{panel.name} read back by its metadata: {len(again.figures)} figures")


def outward(store: Path) -> None:
    """Areas lead to their items of Wikidata."""
    with Graph.open(store, read_only=True) as graph:
        rows = graph.query(
            """
            PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
            PREFIX pg: <https://w3id.org/policygraph/ontology#>
            SELECT DISTINCT ?code ?item WHERE {
              GRAPH pg:things { ?area skos:notation ?code ; skos:closeMatch ?item }
            } ORDER BY ?code
            """
        )
        for row in rows:
            print(row["code"], row["item"])


def show(path: Path, *columns: str, only: str = "") -> None:
    """Some columns of a CSV, a line a row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if only in row.values() or not only:
                print(" | ".join(row[name] for name in columns))


def main(folder: Path) -> None:
    """All steps in their order."""
    print("== names to areas")
    names_to_areas(folder)
    print("== stated against official")
    store = stated_and_official(folder)
    print("== panels")
    panels(folder, store)
    print("== outward")
    outward(store)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
