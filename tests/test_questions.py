"""The competency questions: what the Hubei report says of its seventeen working systems, read by eye."""

from __future__ import annotations

import csv
import io
import re
import runpy
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import Graph
from policygraph.graph.statements import Document
from policygraph.loaders.reader import read_string
from policygraph.queries.catalogue import answer, named, names
from policygraph.queries.results import write

Facts = Mapping[str, tuple[Mapping[str, str], ...]]

# Working system → the section of the report that tells of it; the opening stands above all.
SECTIONS = {
    "总体成效": "",
    "主体责任": "1.1",
    "牵头责任": "1.2",
    "工作责任": "1.3",
    "帮扶责任": "1.4",
    "重点县帮扶": "2.1",
    "两不愁三保障": "2.2",
    "衔接资金": "2.3",
    "产业帮扶": "2.4",
    "就业帮扶": "2.5",
    "疫情灾情应对": "2.6",
    "防返贫动态监测帮扶": "3.1",
    "农村低收入人口常态化帮扶": "3.2",
    "易地搬迁后续扶持": "3.3",
    "乡村建设": "3.4",
    "乡村治理": "3.5",
    "问题整改": "3.6",
}

# Read from the text, not from the output: query (without its system-) → rows it must have.
# An empty tuple: the report names nothing of the kind there, and no row may be made up.
GOLD: dict[str, Facts] = {
    "总体成效": {
        "actors": ({"actor": "乡村振兴系统"}, {"actor": "国务院办公厅", "type": "Organization"}),
        "people": ({"name": "刘焕鑫", "type": "Person"},),
        "groups": ({"group": "国定脱贫县", "count": "28"},),
        "places": ({"place": "湖北省", "text": "我省"},),
        "instruments": ({"type": "Programme", "name": "寄递物流进村工程"},),
        "results": (
            {"text": "14705元", "indicator": "脱贫人口人均纯收入", "period": "2022"},
            {"text": "14%", "kind": "change"},
            {"text": "16188元", "scope": "28个国定脱贫县"},
            {"text": "第1", "kind": "rank"},
        ),
        "money": (),
    },
    "主体责任": {
        "actors": (
            {"actor": "中共湖北省委员会"},
            {"actor": "王蒙徽", "type": "Person"},
            {"actor": "省级领导"},
        ),
        "people": ({"name": "中共湖北省委书记"}, {"name": "湖北省省长"}),
        "groups": ({"group": "省级领导", "count": "40"},),
        "places": ({"place": "红安县", "type": "Area"},),
        "instruments": ({"name": "中国共产党湖北省第十二次代表大会"},),
        "measures": ({"text": "40位省级领导联系37个乡村振兴重点帮扶县"},),
        "results": ({"text": "37个", "indicator": "乡村振兴重点帮扶县"},),
        "money": (),
    },
    "牵头责任": {
        "actors": ({"actor": "中共湖北省委农村工作领导小组", "type": "Organization"},),
        "instruments": (
            {"name": "湖北省驻村工作考核办法(试行)", "type": "Document"},
            {"name": "省级巩固脱贫成果后评估", "type": "Event"},
        ),
        "places": ({"text": "17个市州", "count": "17"}, {"text": "92个县", "count": "92"}),
        "measures": ({"action": "压紧压实", "object": "市县党委和政府主体责任"},),
        "money": (),
    },
    "工作责任": {
        "actors": ({"actor": "省直相关行业部门"}, {"actor": "湖北省"}),
        "groups": ({"group": "市县乡村振兴局干部"}, {"group": "驻村第一书记"}),
        "instruments": ({"name": "头雁培训行动"},),
        "results": (
            {"value": "6798", "unit": "期次", "indicator": "培训班"},
            {"value": "583000", "unit": "人次"},
        ),
        "money": (),
    },
    "帮扶责任": {
        "actors": ({"actor": "湖北省"},),
        "groups": ({"group": "驻村干部"}, {"group": "省派驻村工作队"}),
        "measures": ({"action": "选派"},),
        "results": (
            {"value": "17700", "indicator": "驻村第一书记"},
            {"value": "12000", "indicator": "驻村工作队", "unit": "支"},
            {"value": "42600", "indicator": "驻村干部"},
            {"text": "第二", "kind": "rank"},
        ),
        "money": (),
    },
    "重点县帮扶": {
        "actors": (
            {"actor": "经济强市县"},
            {"actor": "省直单位"},
            {"actor": "中央单位"},
            {"actor": "民营企业"},
        ),
        "places": ({"text": "37个脱贫县"}, {"text": "4451个行政村", "count": "4451"}),
        "money": (
            {"value": "469000000", "actor": "经济强市县", "indicator": "财政援助资金"},
            {"value": "871000000", "actor": "省直单位"},
            {"value": "1283000000", "actor": "中央单位", "qualifier": "cumulative"},
            {"value": "52271000000", "actor": "民营企业"},
        ),
        "results": ({"value": "3669", "indicator": "投资项目"}, {"value": "5721"}),
        "instruments": ({"name": "万企兴万村行动"},),
    },
    "两不愁三保障": {
        "groups": ({"group": "脱贫家庭义务教育适龄学生"}, {"group": "6类重点对象"}),
        "instruments": ({"name": "控辍保学机制"}, {"name": "农村饮水安全提标升级工程"}),
        "money": ({"text": "4.5亿元", "value": "450000000"}, {"text": "49亿元"}),
        "results": (
            {"value": "580000", "indicator": "学生"},
            {"value": "90.17", "unit": "%", "kind": "rate"},
            {"value": "8612", "indicator": "农村危房"},
            {"value": "6110000", "indicator": "供水条件"},
        ),
    },
    "衔接资金": {
        "actors": ({"actor": "湖北省"},),
        "places": ({"text": "93个县"}, {"text": "3700个脱贫村"}, {"text": "28个国定脱贫县"}),
        "money": (
            {"value": "23982000000", "indicator": "财政衔接资金", "actor": "湖北省"},
            {"value": "4897000000", "qualifier": "part"},
            {"value": "12985000000", "indicator": "整合资金"},
        ),
        "results": (
            {"value": "5401000000", "scope": "5646座光伏扶贫电站"},
            {"value": "21000", "qualifier": "planned"},
            {"value": "267500"},
        ),
        "instruments": (
            {"name": "统筹整合使用财政涉农资金试点"},
            {"name": "扶贫项目资产后续管理办法", "type": "Document"},
        ),
    },
    "产业帮扶": {
        "actors": ({"actor": "脱贫县"}, {"actor": "国定脱贫县"}),
        "groups": ({"group": "农民合作社"}, {"group": "庭院经济示范户", "count": "5000"}),
        "places": ({"text": "11个县"}, {"text": "180个庭院经济示范村"}),
        "money": (),
        "results": (
            {"text": "25.25亿元", "indicator": "帮扶产品"},
            {"value": "406", "indicator": "绿色食品企业"},
            {"value": "622", "scope": "37个脱贫县"},
            {"value": "2259400", "indicator": "脱贫人口"},
            {"text": "首位", "kind": "rank"},
        ),
        "instruments": ({"name": "832平台"}, {"name": "庭院经济发展试点"}),
    },
    "就业帮扶": {
        "groups": ({"group": "脱贫劳动力"}, {"group": "雨露计划毕业生"}),
        "instruments": ({"name": "雨露计划+促就业行动"},),
        "measures": ({"action": "安置", "object": "脱贫人口和监测对象"},),
        "results": (
            {"value": "2161000", "indicator": "外出务工脱贫人口"},
            {"value": "103.7", "kind": "completion"},
            {"value": "214000"},
            {"value": "1280", "unit": "家", "indicator": "帮扶车间"},
        ),
        "money": (),
    },
    "疫情灾情应对": {
        "actors": ({"actor": "省市县"}, {"actor": "湖北省"}),
        "groups": ({"group": "因疫返乡脱贫人口"}, {"group": "监测对象"}),
        "money": ({"text": "14.8亿元", "value": "1480000000"},),
        "results": (
            {"value": "26", "unit": "条"},
            {"value": "9750"},
            {"value": "577", "unit": "户"},
            {"value": "1695", "unit": "人"},
        ),
    },
    "防返贫动态监测帮扶": {
        "groups": ({"group": "监测户"},),
        "places": ({"text": "10个县", "count": "10"},),
        "instruments": (
            {"name": "防返贫动态监测和帮扶机制"},
            {"name": "数据信息共享比对平台", "type": "Platform"},
        ),
        "measures": ({"action": "推广", "object": "监测户零资料申报等创新做法"},),
        "results": ({"text": "15天", "indicator": "认定时间"}, {"text": "2轮"}),
        "money": (),
    },
    "农村低收入人口常态化帮扶": {
        "groups": (
            {"group": "农村低收入人口", "count": "1827000"},
            {"group": "符合条件的防返贫监测对象", "count": "2146"},
            {"group": "特困人员"},
        ),
        "instruments": ({"name": "湖北省低收入人口动态监测平台"},),
        "results": (
            {"text": "6266元", "indicator": "农村低保年人均标准"},
            {"text": "12072元"},
            {"text": "11.7%", "indicator": "特困人员救助供养年人均标准"},
            {"value": "1046000"},
        ),
        "money": (),
    },
    "易地搬迁后续扶持": {
        "actors": ({"actor": "搬迁群众"},),
        "groups": ({"group": "搬迁群众", "count": "320000"}, {"group": "800人以上安置区"}),
        "money": (
            {"text": "6.06亿元", "value": "606000000"},
            {"text": "144.68亿元", "indicator": "贷款", "qualifier": "cumulative"},
        ),
        "results": (
            {"value": "133", "indicator": "配套工业园区"},
            {"value": "320000", "indicator": "搬迁群众"},
            {"value": "4964", "indicator": "党群服务中心"},
            {"value": "772", "indicator": "物业管理服务中心"},
        ),
        "instruments": ({"name": "易地搬迁后续扶持工作若干措施"},),
    },
    "乡村建设": {
        "actors": ({"actor": "中共湖北省委员会"}, {"actor": "湖北省人民政府"}),
        "places": ({"text": "469个共同缔造试点村"}, {"text": "12个县"}, {"text": "6453个行政村"}),
        "money": (
            {"text": "6.03亿元", "qualifier": "planned", "indicator": "预算总投资"},
            {"text": "4.24亿元", "qualifier": "part"},
        ),
        "results": (
            {"value": "90.2", "indicator": "农村卫生厕所普及率"},
            {"value": "10396", "qualifier": "cumulative"},
            {"value": "3000", "indicator": "美丽乡村", "qualifier": "total"},
            {"value": "96.1", "period": "2022-12"},
        ),
        "instruments": ({"name": "农村改厕微信平台APP信息系统"}, {"name": "农村寄递物流试点"}),
    },
    "乡村治理": {
        "groups": ({"group": "乡镇党政正职"}, {"group": "省市县机关年轻干部"}),
        "places": ({"text": "13个县"},),
        "instruments": ({"name": "美好环境与幸福生活共同缔造活动"},),
        "measures": ({"action": "推行", "object": "积分制和清单制管理"},),
        "results": (
            {"value": "1299", "indicator": "乡镇(街道)综合文化服务中心"},
            {"value": "26637"},
        ),
        "money": (),
    },
    "问题整改": {
        "actors": (
            {"actor": "王蒙徽", "type": "Person"},
            {"actor": "湖北省农业农村厅"},
            {"actor": "中共湖北省委农村工作领导小组办公室"},
            {"actor": "咸宁市", "type": "Area"},
        ),
        "places": ({"place": "通城县"}, {"place": "咸宁市"}),
        "instruments": ({"name": "2021年度国家考核评估", "type": "Event"},),
        "measures": (
            {"action": "进行", "object": "现场指导"},
            {"text": "完成验收摘牌", "status": "done"},
        ),
        "results": (),
        "money": (),
    },
}

# Sentences of other sections that open with the words of a working system.
ELSEWHERE = {
    "重点县帮扶": {"40位省级领导联系37个"},
    "产业帮扶": {"通过整改,通城县产业帮扶"},
    "防返贫动态监测帮扶": {"国务院办公厅《昨日要情》", "扎实开展社会救助对象与防"},
    "农村低收入人口常态化帮扶": {"全省农村低收入人口住院政", "加强农村低收入人口等“6"},
    "问题整改": {"省委副书记、省长王忠林亲"},
}


def ask(graph: Graph, name: str, **values: str) -> list[dict[str, str]]:
    """The rows as CSV cells."""
    text = write(answer(graph.store, name, values), "csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def missing(facts: Iterable[Mapping[str, str]], rows: list[dict[str, str]]) -> list[object]:
    return [fact for fact in facts if not any(fact.items() <= row.items() for row in rows)]


def sentences(document: Document, place: int) -> list[str]:
    """The sentence at a place."""
    return [document.text[a:b] for a, b in document.sentences if a <= place < b]


def span(document: Document, system: str) -> tuple[int, int]:
    """Where the report tells of a working system."""
    number = SECTIONS[system]
    if not number:
        return 0, document.sections[0].span_start
    section = next(s for s in document.sections if s.number == number)
    return section.span_start, section.span_end


@pytest.mark.parametrize("system", SECTIONS)
def test_what_the_report_says_of_a_working_system(graph: Graph, system: str) -> None:
    assert sum(len(facts) for facts in GOLD[system].values()) >= 4
    for part, facts in GOLD[system].items():
        rows = ask(graph, f"system-{part}", system=system)
        assert not missing(facts, rows), part
        if not facts:
            assert rows == [], part


@pytest.mark.parametrize("system", SECTIONS)
def test_a_working_system_has_every_figure_of_its_section(
    graph: Graph, hubei: Document, system: str
) -> None:
    start, end = span(hubei, system)
    quotes = {f.span.quote for f in hubei.figures if start <= f.span.start < end}
    rows = ask(graph, "system-results", system=system) + ask(graph, "system-money", system=system)
    assert quotes <= {row["text"] for row in rows}


@pytest.mark.parametrize("system", SECTIONS)
def test_where_a_working_system_is_told_of(graph: Graph, hubei: Document, system: str) -> None:
    start, end = span(hubei, system)
    rows = ask(graph, "system-evidence", system=system)
    assert len(rows) > 10
    for row in rows:
        assert hubei.text[int(row["start"]) : int(row["end"])] == row["quote"]
    strays = {
        sentence
        for row in rows
        if not start <= int(row["start"]) < end
        for sentence in sentences(hubei, int(row["start"]))
    }
    assert {sentence[:12] for sentence in strays} == ELSEWHERE.get(system, set())


# -- several reports ------------------------------------------------------------------------------

FIRST = """安徽省2024年政府工作报告
一、2024年工作回顾
农村居民人均可支配收入18000元,增长6%。投入财政衔接资金10亿元。实施雨露计划。
二、2025年工作安排
新建高标准农田100万亩。"""
SECOND = """安徽省2025年政府工作报告
一、2025年工作回顾
农村居民人均可支配收入19000元,增长5%。实施雨露计划。新建高标准农田110万亩。"""


@pytest.fixture(scope="module")
def several(hubei: Document) -> Graph:
    """The Hubei report and two short ones of another province and other years."""
    graph_of_several = Graph.open()
    for document in (hubei, read_string(FIRST), read_string(SECOND)):
        graph_of_several.add(document)
    return graph_of_several


def test_an_indicator_is_compared_across_areas_and_years(several: Graph) -> None:
    rows = ask(several, "indicator-compare", indicator="农村居民人均可支配收入")
    levels = [(r["area"], r["period"], r["value"]) for r in rows if r["kind"] == "amount"]
    assert levels == [
        ("湖北省", "2022", "16188"),
        ("安徽省", "2024", "18000"),
        ("安徽省", "2025", "19000"),
    ]


def test_indicators_say_in_how_many_reports_they_are(several: Graph) -> None:
    rows = ask(several, "indicators", indicator="农村居民人均可支配收入")
    assert [row["reports"] for row in rows] == ["3", "3", "3"]
    assert {r["reports"] for r in ask(several, "indicators", indicator="农村卫生厕所普及率")} == {
        "1"
    }


def test_things_named_by_several_reports_are_found_and_others_are_not(several: Graph) -> None:
    rows = ask(several, "shared-things", type="Programme")
    assert {(row["name"], row["reports"]) for row in rows} == {("雨露计划", "2")}
    assert not [row for row in ask(several, "shared-things") if row["name"] == "王蒙徽"]


def test_what_one_report_planned_another_says_is_done(several: Graph) -> None:
    rows = [r for r in ask(several, "plans-done") if r["object"] == "高标准农田"]
    assert [(r["planned"], r["done"]) for r in rows] == [
        ("新建高标准农田100万亩", "新建高标准农田110万亩")
    ]
    assert rows[0]["document"] != rows[0]["report"]


def test_what_was_done_before_or_elsewhere_fulfils_no_plan() -> None:
    done = "一、{year}年工作回顾\n新建高标准农田110万亩。"
    graph = Graph.open()
    for text in (
        FIRST,
        "安徽省2023年政府工作报告\n" + done.format(year=2023),
        "湖南省2025年政府工作报告\n" + done.format(year=2025),
    ):
        graph.add(read_string(text))
    assert ask(graph, "plans-done") == []


def test_a_system_is_asked_of_every_report_or_of_one(several: Graph, hubei: Document) -> None:
    iri = several.minter.document(hubei.version)
    assert {row["document"] for row in ask(several, "systems", document=iri)} == {iri}
    assert len({row["document"] for row in ask(several, "document-counts")}) == 3
    topic = "https://w3id.org/policygraph/vocabulary/topic/industry-support"
    assert ask(several, "system-results", topic=topic) == ask(
        several, "system-results", system="产业帮扶"
    )


# -- what reports do not say themselves ------------------------------------------------------------

HISTORY = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
INSERT DATA {
  GRAPH pg:things {
    <urn:xy> a pg:Area ; rdfs:label "襄阳市"@zh ; skos:notation "420600" ; pg:predecessor <urn:xf> .
    <urn:xf> a pg:Area ; rdfs:label "襄樊市"@zh ; skos:notation "420600" ; pg:successor <urn:xy> .
    <urn:change> a pg:Succession ; rdfs:label "乡村振兴局组建"@zh ; dcterms:date "2021" ;
      org:originalOrganization <urn:fpb> ; org:resultingOrganization <urn:zxj> .
    <urn:fpb> a pg:FormalOrganization ; rdfs:label "湖北省扶贫办"@zh .
    <urn:zxj> a pg:FormalOrganization ; rdfs:label "湖北省乡村振兴局"@zh .
  }
  GRAPH <urn:report> {
    <urn:report/1> a pg:Mention ; pg:mentions <urn:xy> .
    <urn:report/2> a pg:Mention ; pg:mentions <urn:zxj> .
  }
}
"""


@pytest.mark.parametrize(
    ("query", "parameter", "before", "after"),
    [
        ("area-history", "area", "襄樊市", "襄阳市"),
        ("body-history", "body", "湖北省扶贫办", "湖北省乡村振兴局"),
    ],
)
def test_histories_are_found_from_either_end(
    query: str, parameter: str, before: str, after: str
) -> None:
    history = Graph.open()
    history.store.update(HISTORY)
    for name in (before, after):
        (row,) = ask(history, query, **{parameter: name})
        assert (row["before"], row["after"]) == (before, after)
    assert not ask(history, query, **{parameter: "红安县"})


# -- graphs ---------------------------------------------------------------------------------------

ONTOLOGY = "https://w3id.org/policygraph/ontology#"


def triples(graph: Graph, name: str, **values: str) -> set[tuple[str, str, str]]:
    found = answer(graph.store, name, values)
    assert isinstance(found, ox.QueryTriples)
    return {tuple(getattr(x, "value", "") for x in t) for t in found}  # type: ignore[misc]


def test_the_network_of_an_actor_holds_what_it_did(graph: Graph) -> None:
    network = triples(graph, "network-actors", actor="民营企业")
    labels = {o for _, p, o in network if p.endswith("#label")}
    assert labels == {"民营企业", "行政村"}
    assert {o for _, p, o in network if p == ONTOLOGY + "action"} >= {"结对帮扶"}


def test_the_network_of_a_system_is_of_that_system(graph: Graph) -> None:
    network = triples(graph, "network-system", system="问题整改")
    topics = {o for _, p, o in network if p == ONTOLOGY + "topic"}
    assert topics == {"https://w3id.org/policygraph/vocabulary/topic/rectification"}
    assert {"通城县", "王蒙徽"} <= {o for _, p, o in network if p.endswith("#label")}


def test_the_hierarchy_leads_from_a_person_to_the_body(graph: Graph) -> None:
    network = triples(graph, "network-hierarchy")
    label = {s: o for s, p, o in network if p.endswith("#label") and not o.isascii()}
    links = {
        (label[s], p.rpartition("#")[2], label[o])
        for s, p, o in network
        if s in label and o in label
    }
    assert ("王蒙徽", "holds", "中共湖北省委书记") in links
    assert ("中共湖北省委书记", "postIn", "中共湖北省委员会") in links
    assert ("红安县", "within", "黄冈市") in links


def test_the_cube_has_every_figure_once_but_for_those_of_one_key(
    graph: Graph, hubei: Document
) -> None:
    """What is said twice is one observation; figures of one key that differ are none."""
    cube = triples(graph, "cube")
    values = [s for s, p, _ in cube if p == ONTOLOGY + "value"]
    keys = Counter(
        (f.indicator, f.scope.text, f.period, f.kind, f.qualifier) for f in hubei.figures
    )
    alone = sum(count == 1 for count in keys.values())
    assert len(values) == len(set(values))
    assert alone <= len(values) <= len(keys)


def test_a_statement_s_graph_holds_its_quote_and_place(graph: Graph, hubei: Document) -> None:
    document = graph.minter.document(hubei.version)
    statement = triples(graph, "statement-graph", iri=f"{document}/figure/341-347")
    assert {"14705元", "341", "347"} <= {o for _, _, o in statement}
    assert any(p.endswith("oa#exact") and o == "14705元" for _, p, o in statement)


# -- the page -------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "questions.md").read_text("utf-8")
COMMAND = re.compile(r"\| `policygraph query ([^`]+)`")


def test_the_page_of_questions_is_what_the_queries_say() -> None:
    assert runpy.run_path(str(ROOT / "tools" / "build_questions.py"))["page"]() == PAGE, (
        "run tools/build_questions.py"
    )


def test_every_query_has_its_question_and_an_example_that_runs(graph: Graph) -> None:
    commands = [shlex.split(command) for command in COMMAND.findall(PAGE)]
    assert sorted(command[0] for command in commands) == list(names()) and len(commands) >= 40
    for name, *options in commands:
        values = dict(option.split("=", 1) for option in options if option != "-p")
        list(answer(graph.store, name, values))
        assert f"| {named(name).question[0]} | {named(name).question[1]} |" in PAGE


def test_the_page_names_the_seventeen_working_systems() -> None:
    assert len(SECTIONS) == 17
    assert all(f"\n| {system} |" in PAGE for system in SECTIONS)
