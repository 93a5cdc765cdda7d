"""The register of areas: its totals, its names over time, and what a written form means."""

from __future__ import annotations

import re
from collections import Counter

import pyoxigraph as ox
import pytest

from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string
from policygraph.ontology.prefixes import expand
from policygraph.ontology.register import Area, Register
from policygraph.ontology.register.history import english_names, successions
from policygraph.ontology.register.townships import codes_by_name

from . import areas_hard

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


def test_the_register_is_loaded_once() -> None:
    assert Register.load() is Register.load()
    assert 7_600 < len(REGISTER.areas) < 7_800


def test_the_register_of_2022_has_its_official_totals() -> None:
    totals = Counter(area.level for area in IN_2022)
    assert totals == {"country": 1, "province": 34, "prefecture": 333, "county": 2_843}


def test_hubei_has_its_official_number_of_areas() -> None:
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


def test_an_area_lies_in_its_prefecture_and_province() -> None:
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
def test_the_area_around_decides_between_namesakes(
    text: str, within: str | None, code: str | None
) -> None:
    assert resolved(text, within) == code


@pytest.mark.parametrize("year", range(1980, 2025))
def test_full_names_resolve_every_year(year: int) -> None:
    """In their province, and nationwide where no other has the name; namesakes need their city."""
    valid = [a for a in REGISTER.areas if a.valid(year) and a.level != "country"]
    provincial = Counter((area.code[:2], area.name) for area in valid)
    national = Counter(area.name for area in valid)
    provinces = {area.code[:2]: area for area in valid if area.level == "province"}
    for area in valid:
        home = provinces[area.code[:2]]
        if provincial[area.code[:2], area.name] > 1:
            home = area_of(area.parent or "", year)
        found = REGISTER.resolve(area.name, within=home, year=year)
        # 海口市 stands in the table of 1986 as a county of itself.
        assert found == area or (found == home and found.name == area.name), area
        if national[area.name] == 1:
            assert REGISTER.resolve(area.name, within=None, year=year) == area


def test_namesakes_of_2022_stay_open_in_their_province() -> None:
    shared = Counter((area.code[:2], area.name) for area in IN_2022)
    open_names = {key for key, times in shared.items() if times > 1}
    assert len(open_names) == 8
    assert all(resolved(name, f"{province}0000") is None for province, name in open_names)


def test_names_that_are_hard_to_place_get_the_right_area() -> None:
    """Namesakes, short forms, old names, words that are also names: tests/data/areas-hard.csv."""
    answered = [(case, areas_hard.answer(case)) for case in areas_hard.cases()]
    assert [(case, answer) for case, answer in answered if answer != case.expected] == []


def test_hard_cases_cover_what_is_hard() -> None:
    cases = areas_hard.cases()
    assert len(cases) >= 500
    answers = Counter(case.expected for case in cases)
    assert answers[areas_hard.NO_PLACE] >= 100
    assert answers[areas_hard.OPEN] >= 20
    assert all(case.reason for case in cases)


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
def test_an_area_has_the_forms_reports_write(code: str, forms: set[str]) -> None:
    area = area_of(code)
    assert {form for form, areas in REGISTER.forms().items() if area in areas} == forms


@pytest.mark.parametrize(
    ("text", "year", "code"),
    [
        ("阜蒙县", 2023, "210921"),
        ("喀左县", 2023, "211324"),
        ("前郭县", 2023, "220721"),
        ("莫旗", 2023, "150722"),
        ("达茂旗", 2023, "150223"),
        ("科左后旗", 2023, "150522"),
        ("博州", 2023, "652700"),
        ("锡盟", 2023, "152500"),
        ("伊盟", 1995, "152700"),
    ],
)
def test_an_abbreviation_in_use_means_its_area(text: str, year: int, code: str) -> None:
    found = REGISTER.resolve(text, within=None, year=year)
    assert found is not None
    assert found.code == code


def test_forms_have_two_characters_or_more() -> None:
    assert min(map(len, REGISTER.forms())) >= 2


@pytest.mark.parametrize("text", ["湖北", "湖北省", "内蒙古", "红安县", "恩施州", "神农架林区"])
def test_a_full_name_means_its_area_anywhere(text: str) -> None:
    assert REGISTER.is_full(text)


@pytest.mark.parametrize("text", ["红安", "振兴", "合作", "和政", "黄冈", "城区", "新区"])
def test_bare_names_need_evidence(text: str) -> None:
    assert not REGISTER.is_full(text)


@pytest.mark.parametrize(
    ("before", "year_before", "after", "year_after", "kind"),
    [
        ("420600", 2009, "420600", 2010, "renamed"),  # 襄樊市 → 襄阳市
        ("420321", 2013, "420304", 2014, "renamed"),  # 郧县 → 郧阳区
        ("422427", 1985, "422401", 1986, "renamed"),  # 沔阳县 → 仙桃市
        ("422401", 1993, "429004", 1994, "moved"),  # 仙桃市, from 荆州地区 to the province
        ("422123", 1994, "421122", 1995, "recoded"),  # 红安县, as 黄冈地区 became a city
        ("422100", 1994, "421100", 1995, "renamed"),  # 黄冈地区 → 黄冈市
        ("420400", 1993, "421000", 1994, "merged"),  # 沙市市 into 荆沙市
        ("422400", 1993, "421000", 1994, "merged"),  # 荆州地区 into 荆沙市
        ("421000", 1995, "421000", 1996, "renamed"),  # 荆沙市 → 荆州市
        ("110103", 2009, "110101", 2010, "merged"),  # 崇文区 into 东城区
        ("310119", 2008, "310115", 2009, "merged"),  # 南汇区 into 浦东新区
        ("320586", 1999, "320506", 2000, "split"),  # 吴县市 → 吴中区, 相城区
        ("341400", 2010, "340100", 2011, "split"),  # 巢湖市 → 合肥市, 芜湖市, 马鞍山市
        ("142601", 1999, "141002", 2000, "renamed"),  # 临汾市 → 尧都区
        ("510200", 1996, "500000", 1997, "regraded"),  # 重庆市, a municipality
        ("469003", 2014, "460400", 2015, "regraded"),  # 儋州市, a prefecture
    ],
)
def test_an_area_that_ended_has_the_successors_of_its_history(
    before: str, year_before: int, after: str, year_after: int, kind: str
) -> None:
    old, new = area_of(before, year_before), area_of(after, year_after)
    assert {found: told.kind for found, told in REGISTER.predecessors(new)}[old] == kind
    assert new in [found for found, _ in REGISTER.successors(old)]


def test_neighbouring_banners_are_not_confused() -> None:
    """喜桂图旗 became 牙克石市 and 布特哈旗 became 扎兰屯市, whatever the codes' order says."""
    came = [area for area in REGISTER.areas if area.name == "扎兰屯市"]
    assert [
        area.name for area, _ in REGISTER.predecessors(min(came, key=lambda a: a.first_year))
    ] == ["布特哈旗"]


def test_every_succession_joins_two_known_areas_in_order() -> None:
    """Both areas exist, one before and one in the year, and none becomes itself."""
    areas = {area.key: area for area in REGISTER.areas}
    rows = list(successions())
    assert len(rows) == len({(row.before, row.after) for row in rows}) > 4_000
    for row in rows:
        before, after = areas[row.before], areas[row.after]
        assert before.valid(row.year - 1), row
        assert after.valid(row.year), row
        assert row.before != row.after
        assert row.kind in {"renamed", "recoded", "moved", "regraded", "merged", "split"}
        assert (row.kind == "recoded") <= (before.name == after.name), row
        assert (row.kind == "renamed") <= (before.name != after.name), row


def test_nearly_every_area_that_ended_has_a_successor() -> None:
    ended = [area for area in REGISTER.areas if area.last_year and area.last_year >= 1983]
    lost = [area for area in ended if not REGISTER.successors(area)]
    assert len(lost) / len(ended) < 0.025
    assert [area.name for area in lost if area.last_year and area.last_year >= 2003] == []


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("000000", "China"),
        ("110000", "Beijing"),
        ("420000", "Hubei Province"),
        ("140000", "Shanxi Province"),
        ("610000", "Shaanxi Province"),
        ("150000", "Inner Mongolia Autonomous Region"),
        ("450000", "Guangxi Zhuang Autonomous Region"),
        ("540000", "Xizang Autonomous Region"),
        ("650000", "Xinjiang Uygur Autonomous Region"),
        ("810000", "Hong Kong Special Administrative Region"),
        ("820000", "Macao Special Administrative Region"),
        ("421100", "Huanggang"),
        ("421122", "Hong'an County"),
        ("422800", "Enshi Tujia and Miao Autonomous Prefecture"),
        ("420528", "Changyang Tujia Autonomous County"),
        ("429021", "Shennongjia Forestry District"),
        ("150100", "Hohhot"),
        ("152200", "Hinggan League"),
        ("150929", "Siziwang Banner"),
        ("150722", "Morin Dawa Daur Autonomous Banner"),
        ("540100", "Lhasa"),
        ("540200", "Xigazê"),
        ("540600", "Nagqu"),
        ("513300", "Garzê Tibetan Autonomous Prefecture"),
        ("513200", "Ngawa Tibetan and Qiang Autonomous Prefecture"),
        ("650100", "Ürümqi"),
        ("653100", "Kashgar Prefecture"),
        ("653200", "Hotan Prefecture"),
        ("652900", "Aksu Prefecture"),
        ("500000", "Chongqing"),
        ("350200", "Xiamen"),
        ("341500", "Lu'an"),
        ("340300", "Bengbu"),
        ("331000", "Taizhou"),
        ("331100", "Lishui"),
        ("330382", "Yueqing"),
        ("371522", "Shen County"),
        ("510117", "Pidu District"),
        ("371722", "Shan County"),
        ("361124", "Yanshan County"),
        ("440113", "Panyu District"),
        ("371524", "Dong'e County"),
        ("410621", "Xun County"),
        ("410182", "Xingyang"),
        ("140428", "Zhangzi County"),
        ("141024", "Hongtong County"),
        ("370612", "Muping District"),
        ("410122", "Zhongmu County"),
        ("110105", "Chaoyang District"),
        ("140400", "Changzhi"),
        ("411100", "Luohe"),
        ("141100", "Lüliang"),
        ("610100", "Xi'an"),
        ("620722", "Minle County"),
        ("310115", "Pudong New Area"),
        ("140302", "Urban District"),
        ("530100", "Kunming"),
        ("622927", "Jishishan Bonan, Dongxiang and Salar Autonomous County"),
        ("533401", "Shangri-La"),
    ],
)
def test_an_area_has_its_english_name(code: str, english: str) -> None:
    assert area_of(code).english == english


def test_every_area_has_an_english_name() -> None:
    names = {area.name for area in REGISTER.areas}
    assert set(english_names()) == names
    assert not [name for name in english_names().values() if not name or name[0].islower()]
    spelled = re.compile(r"[A-Za-zÀ-ÿ',\- ]+")
    assert [name for name in english_names().values() if not spelled.fullmatch(name)] == []


def written(text: str, area: str, year: int) -> ox.Store:
    store = ox.Store()
    document = read_string(text, area=area, period=str(year))
    store.load(nquads(document).encode(), ox.RdfFormat.N_QUADS)
    return store


def objects(store: ox.Store, code: str, name: str) -> set[str]:
    """What a property says of the areas with a key, as text or the end of an IRI."""
    subject = ox.NamedNode(f"https://w3id.org/policygraph/id/area/{code}")
    quads = store.quads_for_pattern(subject, ox.NamedNode(expand(name)), None)
    return {
        quad.object.value.removeprefix(subject.value.rpartition("/")[0] + "/") for quad in quads
    }


def test_the_graph_tells_an_area_through_time() -> None:
    store = written("襄阳市经济增长5.4%。", "湖北省", 2022)
    key = "420600"
    assert objects(store, key, "rdfs:label") == {"襄阳市", "Xiangyang"}
    assert objects(store, key, "skos:altLabel") == {"襄阳"}
    assert objects(store, key, "skos:notation") == {"420600"}
    assert objects(store, key, "pg:level") == {"prefecture"}
    assert objects(store, key, "pg:validFrom") == {"2010"}
    assert objects(store, key, "pg:validUntil") == set()
    assert objects(store, key, "pg:within") == {"420000"}
    assert objects(store, key, "pg:predecessor") == {"420600-1980"}
    assert objects(store, "420600-1980", "pg:successor") == {key}
    assert objects(store, "420600-1980", "rdfs:label") == {"襄樊市", "Xiangfan"}
    assert objects(store, "420600-1980", "pg:validUntil") == {"2009"}


def test_an_area_brings_only_what_is_above_it_and_what_it_came_from() -> None:
    """What is above an area is described, and what they all came from, but no area beside them."""
    store = written("红安县脱贫。", "湖北省", 2022)
    kind = ox.NamedNode(expand("pg:Area"))
    areas = {quad.subject.value for quad in store.quads_for_pattern(None, None, kind)}
    keys = {iri.rpartition("/")[2] for iri in areas}
    assert {"421122", "421100", "420000", "000000"} <= keys
    assert objects(store, "421122", "skos:altLabel") == {"红安"}
    assert len(keys) <= 7


def test_an_autonomous_area_has_its_short_forms() -> None:
    store = written("恩施土家族苗族自治州旅游收入增长。", "湖北省", 2022)
    assert objects(store, "422800", "skos:altLabel") == {"恩施", "恩施州"}
    assert objects(store, "422800", "pg:predecessor") == {"422800-1983"}


def test_townships_have_codes_and_lie_in_their_county() -> None:
    town = area_of("421122101")
    assert (town.name, town.level, REGISTER.local_id(town)) == ("七里坪镇", "township", "421122101")
    assert [above.name for above in REGISTER.ancestors(town)] == [
        *("红安县", "黄冈市", "湖北省", "中国")
    ]
    assert REGISTER.townships_named("七里坪镇", area_of("421122")) == (town,)
    assert REGISTER.townships_named("七里坪镇", area_of("420000")) == (town,)
    assert REGISTER.townships_named("七里坪镇", area_of("430000")) == ()
    assert len(REGISTER.townships_named("七里坪镇")) == 2  # one in 洪雅县 too
    zone = area_of("130171100")
    assert REGISTER.ancestors(zone)[0].name == "石家庄市"  # a zone without a code of its own
    assert REGISTER.by_code("421122999") is None


def test_every_township_lies_in_an_area_of_the_register() -> None:
    codes = [code for known in codes_by_name().values() for code in known]
    assert len(codes) == len(set(codes)) == 41_352
    assert all(REGISTER.ancestors(area_of(code)) for code in codes)
    begun = [town.code for town in REGISTER.townships_beginning_with("七里坪")]
    assert begun == ["411325306", "421122101", "422801004", "511423120"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a list of towns stays in the county that its first follows
        (
            "到麻城市龟山镇、城关镇考察。",
            ["421181", "421181106", None],
        ),
        ("到麻城市龟山镇、宋埠镇考察。", ["421181", "421181106", "421181101"]),
        ("到麻城市龟山镇考察，城关镇参加。", ["421181", "421181106", "421122100"]),
        ("学习麻城市的城关镇。", ["421181", None]),
        (
            "麻城市龟山镇、红安县二程镇、七里坪镇。",
            ["421181", "421181106", "421122", "421122103", "421122101"],
        ),
    ],
)
def test_towns_of_another_county_take_no_code_of_the_reports(
    text: str, expected: list[str | None]
) -> None:
    document = read_string(text, area="红安县", period="2023")
    areas = [m.entity.area for m in document.mentions if m.type == "Area"]
    assert [area.code if area else None for area in areas] == expected


def test_a_namesake_in_another_county_is_not_the_town_whose_report_it_is() -> None:
    document = read_string(
        "红安县七里坪镇2023年工作总结\n\n我镇与洪雅县七里坪镇合作，七里坪镇增收。"
    )
    codes = [m.entity.area.code for m in document.mentions if m.type == "Area" and m.entity.area]
    assert codes == ["421122101", "511423", "511423120", "421122101"]
