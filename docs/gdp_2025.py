"""GDP that the provincial reports of 2025 state, beside the official table: rerun it, without a network.

    python docs/gdp_2025.py

Reads gdp-2025.csv beside it (the sentence of each report, where it was read, the official figure and the
verdict found by hand), builds the graph in memory and prints the table of gdp-2025.md.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from policygraph import Graph, read
from policygraph.loaders.reader import read_string

ROWS = Path(__file__).with_name("gdp-2025.csv")
NOTE = "注：在第五次全国经济普查后，对1992年-2023年地区生产总值历史数据进行了系统修订。"
YEARS = ("2024", "2023")
BASES = {
    "text": "whole text",
    "copy": "copy of the whole text",
    "press": "newspaper on the report",
    "news": "newspaper, not the report's words",
    "none": "",
}
Row = Mapping[str, str]


def load() -> list[dict[str, str]]:
    """The rows of gdp-2025.csv."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def official(rows: Sequence[Row]) -> str:
    """The official figures in the form in which the statistics office lets one download them."""
    cells = {(row["area"], row["year"]): row["official"] for row in rows}
    lines = [
        ",".join((area, *(cells.get((area, year), "") for year in YEARS)))
        for area in dict.fromkeys(row["area"] for row in rows)
    ]
    head = ("数据库：分省年度数据", "指标：地区生产总值(亿元)", "地区,2024年,2023年")
    return "\n".join((*head, *lines, NOTE, "数据来源：国家统计局", ""))


def compare(rows: Sequence[Row]) -> dict[tuple[str, str], dict[str, str]]:
    """What `stated-official` says of each area and year, of the level that its report states."""
    with tempfile.TemporaryDirectory() as folder, Graph.open() as graph:
        table = Path(folder) / "gdp.csv"
        table.write_text(official(rows), "utf-8")
        graph.add(read(table))
        for title in dict.fromkeys(row["title"] for row in rows if row["words"]):
            own = [row for row in rows if row["title"] == title]
            text = "\n".join(f"{row['words']}。" for row in own)
            report = f"{title}\n\n一、2024年工作回顾\n\n{text}\n"
            graph.add(read_string(report, area=own[0]["area"]))
        found = list(graph.query("stated-official"))
    return {(row["area"], row["period"]): {name: str(row[name]) for name in row} for row in found}


def unlike(row: Row) -> str:
    """Why a row has no level to compare."""
    if row["basis"] == "none":
        return "not found"
    return "growth alone" if row["words"] else "neither"


def table(rows: Sequence[Row]) -> list[str]:
    """The lines of the Markdown table, a line a sentence."""
    found = compare(rows)
    lines = [
        "| area | its report says | level | official, 亿元 | difference | verdict | read in |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        said = found.get((row["area"], row["year"]), {})
        level = " ".join(filter(None, (said.get("stated", ""), said.get("qualifier", ""))))
        verdict = f"`{said['verdict']}`" if said else unlike(row)
        gap = f"{float(said['difference']):+.2f} %" if said else ""
        basis = BASES[row["basis"]]
        where = f"[{basis}]({row['source']})" if row["source"] else basis
        area = row["area"] if row["year"] == YEARS[0] else f"{row['area']}, {row['year']}"
        cells = (area, row["words"], level, row["official"], gap, verdict, where)
        lines.append("| " + " | ".join(cells) + " |")
    return lines


if __name__ == "__main__":
    print(*table(load()), sep="\n")
