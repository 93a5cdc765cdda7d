"""English names of areas in chains, with and without a comma: the right area or none, never another."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph.cli import main
from policygraph.graph.reconciliation.area_matching import match_area
from policygraph.ontology.register import Area, Register

REGISTER = Register.load()
KINDS = (" City", " County", " District", " Prefecture", " Banner")
EVERY = 9  # areas of today, of which one is tried in each form


def matched(text: str, year: int | None = None, above: str = "") -> str:
    best = match_area(text, REGISTER, year=year, above=above)[:1]
    return next((f"{each.area.code} {each.area.name}" for each in best if each.match), "")


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Chongqing Qianjiang District", "500114 黔江区"),
        ("Qianjiang District of Chongqing", "500114 黔江区"),
        ("Hubei Yichang", "420500 宜昌市"),
        ("Wuhan Hubei", "420100 武汉市"),
        ("China Hubei Wuhan", "420100 武汉市"),
        ("Hubei Province Wuhan City", "420100 武汉市"),
        ("Hubei-Wuhan", "420100 武汉市"),
        ("Wuhan (Hubei)", "420100 武汉市"),
        ("City of Wuhan", "420100 武汉市"),
        ("Hongshan District, Wuhan Hubei", "420111 洪山区"),
        ("Hubei Wuhan Hongshan District", "420111 洪山区"),
        ("Tang Shan Hebei", "130200 唐山市"),
        ("Suzhou Anhui", "341300 宿州市"),
        ("Jilin Changchun", "220100 长春市"),
        ("Inner Mongolia Autonomous Region Chifeng City", "150400 赤峰市"),
        ("Tibet Lhasa", "540100 拉萨市"),
        ("Tibet Autonomous Region", "540000 西藏自治区"),
        ("Tianjin Hebei District", "120105 河北区"),
        ("Shanghai Pudong", "310115 浦东新区"),
        ("Xi'an City", "610100 西安市"),
    ],
)
def test_names_side_by_side_are_read_where_one_lies_in_the_other(text: str, area: str) -> None:
    assert matched(text) == area


@pytest.mark.parametrize(
    "text",
    [
        *("Beijing Shanghai", "Wuhan Hunan", "Shanghai and Beijing"),  # in none of each other
        *("Hainan Qinghai", "Tianjin Hebei", "Wuhan Xinzhou"),  # two provinces, two cities?
        *("Shanghai Shanghai", "Shanghai, Shanghai", "Jilin Jilin"),
        *("Chaoyang District", "Chaoyang Liaoning", "Enshi Hubei"),  # several of the name
        *("Wuhan University", "Bank of China", "South Hubei", "Greater Shanghai"),
        *("Wuhan County", "Hubei County", "Hebei Xian", "Wuhan Province"),  # of another kind
        "Li Sichuan",
        "Wuhan Hubei 430000",
    ],
)
def test_what_may_mean_something_else_stays_open(text: str) -> None:
    assert matched(text) == ""


def test_the_year_and_what_lies_above_are_asked_of_a_chain_too() -> None:
    assert matched("Hubei Xiangfan", year=2015) == "420600 襄阳市"
    assert matched("Hongshan District", above="Wuhan Hubei") == "420111 洪山区"
    assert matched("Hubei Yichang", above="Hunan") == ""


def spelt() -> Iterator[tuple[str, Area]]:
    """Areas of today in the forms tables have: Hubei Hong'an County, Hong'an Hubei, Hong'an County of Hubei."""
    today = [a for a in REGISTER.areas if a.last_year is None and a.english]
    for area in [a for a in today if a.level in ("prefecture", "county")][::EVERY]:
        province = REGISTER.by_code(f"{area.code[:2]}0000")
        assert province is not None
        above = province.english.removesuffix(" Province").removesuffix(" City")
        kind = next((kind for kind in KINDS if area.english.endswith(kind)), "")
        bare = area.english.removesuffix(kind)
        yield from ((f"{above} {name}", area) for name in (area.english, bare))
        yield from ((f"{name} {above}", area) for name in (area.english, bare))
        yield from ((f"{area.english} of {above}", area), (f"{bare}, {above}", area))


def test_no_area_of_today_is_matched_to_another() -> None:
    found = [(text, area, matched(text)) for text, area in spelt()]
    assert [row for row in found if row[2] not in ("", f"{row[1].code} {row[1].name}")] == []
    assert sum(bool(said) for *_, said in found) > 0.9 * len(found)


def test_a_column_of_english_names_is_linked(tmp_path: Path) -> None:
    names, linked = tmp_path / "names.csv", tmp_path / "linked.csv"
    names.write_text("place\nChongqing Qianjiang District\nWuhan Hubei\nHainan Qinghai\n", "utf-8")
    main(["link", str(names), "--column", "place", "-o", str(linked)])
    with linked.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["area_code"] for row in rows] == ["500114", "420100", ""]
    assert "side by side" in rows[2]["reasons"]
