"""The register of areas: its totals, its names over time, and what a written form means."""

from __future__ import annotations

from collections import Counter

import pytest

from policygraph.ontology.register import Area, Register

REGISTER = Register.load()
IN_2022 = [area for area in REGISTER.areas if area.valid(2022)]


def area_of(code: str, year: int | None = None) -> Area:
    area = REGISTER.by_code(code, year)
    assert area is not None
    return area


def resolved(text: str, within: str | None, year: int | None = 2022) -> str | None:
    home = area_of(within) if within else None
    area = REGISTER.resolve(text, within=home, year=year)
    return area.code if area else None


def test_loads_once() -> None:
    assert Register.load() is Register.load()
    assert 7_600 < len(REGISTER.areas) < 7_800


def test_totals_of_2022() -> None:
    totals = Counter(area.level for area in IN_2022)
    assert totals == {"country": 1, "province": 34, "prefecture": 333, "county": 2_843}


def test_totals_of_hubei() -> None:
    hubei = [area for area in IN_2022 if area.code.startswith("42")]
    totals = Counter(area.level for area in hubei)
    assert (totals["prefecture"], totals["county"]) == (13, 103)
    direct = {area.name for area in hubei if area.level == "county" and area.parent == "420000"}
    assert direct == {"仙桃市", "潜江市", "天门市", "神农架林区"}


@pytest.mark.parametrize("year", range(1980, 2025))
def test_codes_and_parents_are_sound_every_year(year: int) -> None:
    valid = [area for area in REGISTER.areas if area.valid(year)]
    codes = [area.code for area in valid]
    assert len(codes) == len(set(codes))
    assert {area.parent for area in valid if area.parent} <= set(codes)


def test_rows_are_sorted_and_pseudo_levels_are_gone() -> None:
    keys = [(area.code, area.first_year) for area in REGISTER.areas]
    assert keys == sorted(keys)
    names = {area.name for area in REGISTER.areas}
    assert not names & {"市辖区", "县", "市"}
    assert not [name for name in names if "直辖" in name]
    assert area_of("110105").parent == "110000"


def test_ancestors() -> None:
    names = [area.name for area in REGISTER.ancestors(area_of("421122"))]
    assert names == ["黄冈市", "湖北省", "中国"]
    assert [area.name for area in REGISTER.ancestors(area_of("429004"))] == ["湖北省", "中国"]


def test_xiangfan_becomes_xiangyang() -> None:
    before, after = area_of("420600", 2009), area_of("420600", 2011)
    assert (before.name, after.name) == ("襄樊市", "襄阳市")
    assert before.last_year in (2009, 2010)
    assert after.last_year is None
    assert resolved("襄樊市", "420000", 2009) == resolved("襄阳市", "420000", 2011) == "420600"


def test_yunxian_becomes_yunyang_district() -> None:
    assert resolved("郧县", "420000", 2010) == "420321"
    assert resolved("郧阳区", "420000", 2022) == "420304"
    assert area_of("420321").last_year == area_of("420304").first_year - 1


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("朝阳区", "110000", "110105"),
        ("朝阳区", "220000", "220104"),
        ("朝阳区", None, None),
        ("红安县", "420000", "421122"),
        ("红安", "420000", "421122"),
        ("黄州区", "421122", "421102"),
        ("恩施州", "420000", "422800"),
        ("恩施", "420000", "422800"),
        ("长阳县", "420000", "420528"),
        ("仙桃市", None, "429004"),
        ("吉林", None, "220000"),
        ("无此县", None, None),
    ],
)
def test_context_decides(text: str, within: str | None, code: str | None) -> None:
    assert resolved(text, within) == code


def test_full_names_resolve_within_their_province() -> None:
    """All but namesakes inside one province, which stay open rather than be guessed."""
    shared = Counter((area.code[:2], area.name) for area in IN_2022)
    for area in IN_2022[1:]:
        home = area_of(area.code[:2] + "0000", 2022)
        found = REGISTER.resolve(area.name, within=home, year=2022)
        assert found == (area if shared[area.code[:2], area.name] == 1 else None), area
    assert sum(times > 1 for times in shared.values()) == 8


def test_namesakes_in_a_province_need_their_city() -> None:
    assert resolved("桥西区", "130000") is None
    assert resolved("桥西区", None) is None
    assert resolved("桥西区", "130100") == "130104"
    assert resolved("桥西区", "130700") == "130703"


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("420000", {"湖北省", "湖北"}),
        ("150000", {"内蒙古自治区", "内蒙古"}),
        ("450000", {"广西壮族自治区", "广西"}),
        ("650000", {"新疆维吾尔自治区", "新疆"}),
        ("421100", {"黄冈市", "黄冈"}),
        ("422800", {"恩施土家族苗族自治州", "恩施州", "恩施"}),
        ("420528", {"长阳土家族自治县", "长阳县", "长阳"}),
    ],
)
def test_written_forms(code: str, forms: set[str]) -> None:
    area = area_of(code)
    assert {form for form, areas in REGISTER.forms().items() if area in areas} == forms


def test_forms_have_two_characters_or_more() -> None:
    assert min(map(len, REGISTER.forms())) >= 2


@pytest.mark.parametrize("text", ["湖北", "湖北省", "内蒙古", "红安县", "恩施州", "神农架林区"])
def test_safe_in_prose(text: str) -> None:
    assert REGISTER.is_full(text)


@pytest.mark.parametrize("text", ["红安", "振兴", "合作", "和政", "黄冈", "城区", "新区"])
def test_bare_names_need_evidence(text: str) -> None:
    assert not REGISTER.is_full(text)
