"""Names of areas in other tables: what they mean, when that is certain, and what stays open."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.cli import main
from policygraph.errors import UsageError
from policygraph.graph.reconciliation.area_matching import match_area
from policygraph.graph.reconciliation.column_linking import Name, link_names
from policygraph.graph.statements import Document
from policygraph.ontology.iris import DEFAULT_BASE
from policygraph.ontology.register import Register

REGISTER = Register.load()


def certain(text: str, year: int | None = None, above: str = "") -> str:
    """Code and first year of the certain match, empty where it stays open."""
    found = match_area(text, REGISTER, year=year, above=above)
    return found[0].area.key if found and found[0].match else ""


@pytest.mark.parametrize(
    ("text", "year", "above", "key"),
    [
        ("湖北省恩施州巴东县", None, "", "422823-1980"),
        ("巴东县（湖北）", None, "", "422823-1980"),
        ("武 汉 市", None, "", "420100-1980"),
        ("武汉", None, "", "420100-1980"),
        ("Wuhan City", None, "", "420100-1980"),
        ("Shaanxi", None, "", "610000-1980"),
        ("Shanxi", None, "", "140000-1980"),
        ("Lüliang", None, "", "141100-2003"),
        ("莫旗", None, "", "150722-2001"),
        ("42", None, "", "420000-1980"),
        ("420000.0", None, "", "420000-1980"),
        ("42 01 02", None, "湖北省", "420102-1980"),
        ("420102000000", None, "", "420102-1980"),
        ("422123", None, "黄冈市", "422123-1980"),  # an older code of 红安县
        ("420100武汉市", None, "", "420100-1980"),
        ("421122101", 2022, "红安县", "421122101-1980"),
        ("襄樊市", None, "", "420600-1980"),
        ("長陽土家族自治縣", None, "", "420528-1992"),
        ("长阳县", None, "", "420528-1992"),  # a shorter form today, the full name until 1983
        ("恩施自治州", None, "", "422800-1993"),
        ("Enshi Prefecture", None, "", "422800-1993"),
        ("Hong'an County, Hubei", None, "", "421122-1995"),
        ("朝阳区", None, "110100", "110105-1980"),  # 北京市市辖区
        ("仙桃市", None, "429000", "429004-1994"),
        ("青岛市（计划单列市）", None, "", "370200-1980"),
        ("三里屯街道", None, "110105", "110105004-1980"),
        ("埇桥区", None, "Suzhou", "341302-1998"),  # 宿州, not 苏州
        ("江岸区", None, "武汉市市辖区", "420102-1980"),
        ("湖北省直辖县级行政区划仙桃市", None, "", "429004-1994"),
        ("新疆生产建设兵团石河子市", None, "", "659001-1985"),
        ("襄樊市", 2015, "", "420600-2010"),
        ("襄阳市", 2005, "", "420600-1980"),
        ("郧县", 2020, "", "420304-2014"),
        ("朝阳区", None, "北京", "110105-1980"),
        ("朝阳区", None, "220100", "220104-1980"),
        ("鼓楼区", None, "江苏省徐州市", "320302-1980"),
        ("湖北省黄冈市红安县七里坪镇", None, "", "421122101-1980"),
        ("随县洪山镇", None, "", "421321114-1980"),
        ("长安镇", 2020, "东莞市", "441900119-1980"),
        ("421122101", None, "", "421122101-1980"),
        ("421122101000", None, "", "421122101-1980"),
    ],
)
def test_a_name_that_can_mean_one_area_is_certain(
    text: str, year: int | None, above: str, key: str
) -> None:
    assert certain(text, year, above) == key


@pytest.mark.parametrize(
    ("text", "year", "above"),
    [
        ("朝阳区", None, ""),
        ("吉林", None, ""),
        ("恩施", None, ""),
        ("宣武区", 2015, ""),  # went into 西城区
        ("湖南省巴东县", None, ""),
        ("巴东县人民政府", None, ""),
        ("七里坪镇", None, ""),
        ("七里坪镇", None, "湖北省"),  # another may have borne the name there before
        ("红安县太平镇", None, ""),  # no such town: only the county is a name
        ("襄扬市", None, ""),
        ("421122999", None, ""),  # no town has this code
        ("421122101001", None, ""),  # a village
        ("420102", None, "湖南省"),
        ("421122101", None, "湖南省"),
        ("420200武汉市", None, ""),
        ("421122101", 2010, ""),  # the table of townships is of 2023
        ("红安县七里坪镇", 1985, ""),
        ("湖南省恩施州/巴东县", None, ""),
        ("巴东县（湖南省长沙市）", None, ""),
        ("武汉市（不含新洲区）", None, ""),
        ("荆州市（县级）", None, ""),
        ("江岸区", None, "某某 武汉市"),
        ("东乡县", None, ""),  # of 抚州 until 2015, and short for 东乡族自治县
        ("思茅市", None, ""),  # a county until 2002, a prefecture until 2006
    ],
)
def test_a_name_that_may_mean_several_or_another_stays_open_with_candidates(
    text: str, year: int | None, above: str
) -> None:
    found = match_area(text, REGISTER, year=year, above=above)
    assert found
    assert not any(candidate.match for candidate in found)


def test_the_code_of_a_place_no_table_has_is_told_as_one_of_the_area_it_lies_in() -> None:
    for text, code in (("421122999", "421122"), ("421122101001", "421122101")):
        (only,) = match_area(text, REGISTER)
        assert (only.area.code, only.reasons) == (code, ("unlisted",))


def test_the_code_of_the_area_above_means_no_namesake_of_it() -> None:
    assert match_area("三里屯街道", REGISTER, above="220104") == ()  # 长春's 朝阳区


@pytest.mark.parametrize("text", ["", "合计", "全部", "注：数据来源于年鉴", "99", "abcdef"])
def test_what_is_no_area_has_no_candidate(text: str) -> None:
    assert match_area(text, REGISTER) == ()


def test_every_area_of_today_is_certain_below_its_parent() -> None:
    today = [area for area in REGISTER.areas if area.last_year is None and area.parent]
    wrong = []
    for area in today:
        above = "".join(a.name for a in reversed(REGISTER.ancestors(area)) if a.level != "country")
        if certain(above + area.name, 2024) != area.key:
            wrong.append(above + area.name)
    assert wrong == []


def test_the_other_names_of_a_column_decide_an_ambiguous_one() -> None:
    provinces = ["湖北省", "湖南省", "江西省", "安徽省", "河南省", "吉林", "海南"]
    linked = link_names([Name(text) for text in provinces], REGISTER)
    assert [found[0].area.name for found in linked[-2:]] == ["吉林省", "海南省"]
    assert all(found[0].match and "column" in found[0].reasons for found in linked[-2:])
    alone = link_names([Name("吉林"), Name("海南")], REGISTER)
    assert not any(found[0].match for found in alone)


def linked_rows(path: Path, *options: str) -> list[dict[str, str]]:
    out = path.with_name("linked.csv")
    assert main(["link", str(path), "--column", "地区", "-o", str(out), *options]) == 0
    return list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))


def test_a_table_in_gbk_keeps_its_cells_and_gains_areas(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes('地区,数\r\n襄樊市,12\r\n朝阳区,"1,3"\r\n合计,14\r\n'.encode("gbk"))
    rows = linked_rows(path, "--year", "2015")
    assert [row["数"] for row in rows] == ["12", "1,3", "14"]
    assert [row["area_code"] for row in rows] == ["420600", "", ""]
    assert rows[0]["area_iri"] == "https://w3id.org/policygraph/id/area/420600"
    assert rows[1]["candidates"].startswith("110105 朝阳区 (100); 220104 朝阳区 (100)")


def test_a_decision_written_into_the_mapping_set_holds_when_it_is_read_back(tmp_path: Path) -> None:
    path, mappings = tmp_path / "t.csv", tmp_path / "m.tsv"
    path.write_text("地区\n朝阳区\n武汉\n", "utf-8")
    linked_rows(path, "--sssom", str(mappings))
    lines = mappings.read_text("utf-8").splitlines()
    kept = [line for line in lines if not ("朝阳区" in line and "area:110105" in line)]
    decided = "\n".join(
        line.replace("skos:closeMatch", "skos:exactMatch").replace(
            "semapv:LexicalMatching", "semapv:ManualMappingCuration"
        )
        if "area:220104" in line
        else line
        for line in kept
    )
    mappings.write_text(decided, "utf-8")
    again = tmp_path / "again.tsv"
    rows = linked_rows(path, "--mappings", str(mappings), "--sssom", str(again))
    assert [(row["area_code"], row["match"]) for row in rows] == [
        ("220104", "yes"),
        ("420100", "yes"),
    ]
    assert "朝阳区\trdfs literal\tskos:exactMatch\tarea:220104" in again.read_text("utf-8")


def test_a_mapping_set_in_rdf_is_read_back_as_the_table_is(tmp_path: Path) -> None:
    path, mappings = tmp_path / "t.csv", tmp_path / "m.ttl"
    path.write_text("地区\n朝阳区\n武汉\n合计\n", "utf-8")
    linked_rows(path, "--sssom", str(mappings))
    axioms: dict[str, dict[str, str]] = {}
    for quad in ox.parse(mappings.read_bytes(), ox.RdfFormat.TURTLE):
        field = quad.predicate.value.replace("#", "/").rpartition("/")[2]
        axioms.setdefault(str(quad.subject), {})[field] = getattr(quad.object, "value", "")
    told = {
        (row["subject_label"], row["annotatedProperty"].rpartition("#")[2], row["annotatedTarget"].rpartition("/")[2])
        for row in axioms.values()
        if row.get("type", "").endswith("Axiom")
    }  # fmt: skip
    assert {("武汉", "exactMatch", "420100"), ("朝阳区", "closeMatch", "220104"), ("合计", "exactMatch", "NoTermFound")} <= told  # fmt: skip
    text = mappings.read_text("utf-8").replace("LexicalMatching", "ManualMappingCuration")
    mappings.write_text(text, "utf-8")
    rows = linked_rows(path, "--mappings", str(mappings))
    assert [row["match"] for row in rows] == [
        "no",
        "yes",
        "no",
    ]  # a proposal is no decision, whoever made it
    assert rows[1]["reasons"] == "decided by a person"


def test_names_of_other_things_are_linked_with_a_store(hubei: Document, tmp_path: Path) -> None:
    store, path = tmp_path / "store", tmp_path / "t.csv"
    with Graph.open(store) as graph:
        graph.add(hubei)
    path.write_text("地区,省\n乡村振兴局,湖北省\n乡村振兴局,湖南省\n某某局,\n", "utf-8")
    rows = linked_rows(
        path, "--type", "Organization", "--store", str(store), "--within-column", "省"
    )
    assert [row["entity_name"] for row in rows] == ["湖北省乡村振兴局", "", ""]
    assert rows[0]["entity_iri"] == f"{DEFAULT_BASE}id/organization/ce3220bd1be2eff5"
    assert [row["match"] for row in rows] == ["yes", "no", "no"]
    mappings = tmp_path / "m.tsv"
    linked_rows(path, "--type", "Organization", "--store", str(store), "--sssom", str(mappings))
    assert "policygraph:id/organization/ce3220bd1be2eff5" in mappings.read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (b"", [], "holds no rows"),
        (b"\xff\xfe\xff", [], "neither UTF-8 nor GB18030"),
        ("县\n武汉\n".encode(), [], "no such column"),
        ("地区,年\n武汉,去年\n".encode(), ["--year-column", "年"], "is not a year"),
        (
            "地区\n武汉\n".encode(),
            ["--type", "Town"],
            "no such type; there are: Area, Organization",
        ),
    ],
)
def test_what_cannot_be_linked_is_one_line(
    tmp_path: Path, content: bytes, options: list[str], message: str
) -> None:
    from policygraph.errors import PolicygraphError

    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(PolicygraphError, match=message):
        main(["link", str(path), "--column", "地区", *options])


@pytest.mark.parametrize("option", ["-o", "--sssom"])
def test_a_file_that_ends_as_another_format_is_refused(option: str, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("地区\n湖北省\n", "utf-8")
    with pytest.raises(UsageError, match=r"is not written as \.xlsx"):
        main(["link", str(path), "--column", "地区", option, str(tmp_path / "linked.xlsx")])
    assert [file.name for file in tmp_path.iterdir()] == ["names.csv"]


def test_the_ending_of_the_file_says_what_parts_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("地区\t年\n湖北省\t2005\n", "utf-8")
    for name, delimiter in (("linked.csv", ","), ("linked.tsv", "\t")):
        main(["link", str(path), "--column", "地区", "-o", str(tmp_path / name)])
        assert (tmp_path / name).read_text("utf-8").startswith(f"地区{delimiter}年{delimiter}")
