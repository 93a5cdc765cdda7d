"""What a number counts and what it is taken over: nouns that hold a verb, levels, brackets, pairs of areas."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policygraph import Graph
from policygraph.errors import QueryError
from policygraph.graph.statements import Figure
from policygraph.loaders.reader import read_string
from policygraph.ontology.concepts import meaning, shared_head
from policygraph.ontology.vocabulary import vocabulary


def figures(sentence: str) -> list[Figure]:
    return list(read_string(sentence, area="山东省", period="2023").figures)


def counted(sentence: str) -> list[tuple[str, str]]:
    return [(figure.span.quote, figure.indicator) for figure in figures(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("一般公共服务支出12.3亿元。", [("12.3亿元", "一般公共服务支出")]),
        ("开展数据比对5轮。", [("5轮", "数据比对")]),
        ("高标准建成500公里高速公路。", [("500公里", "高速公路")]),
        ("经济总量先后突破2万亿元。", [("2万亿元", "经济总量")]),
        ("粮食产量进一步攀升至500亿斤。", [("500亿斤", "粮食产量")]),
        ("经济总量连跨2个万亿台阶，达到4万亿元。", [("2个", "经济总量"), ("4万亿元", "经济总量")]),
        ("外贸进出口两年平均增长6%。", [("6%", "外贸进出口")]),
        ("经济总量比“十三五”末增长30%。", [("30%", "经济总量")]),
        (
            "旅游收入增长达30%，尤其是入境旅游收入为5亿元。",
            [("30%", "旅游收入"), ("5亿元", "入境旅游收入")],
        ),
        ("受理投诉56件，办结48件。", [("56件", "投诉"), ("48件", "办结投诉")]),
        ("全市有医院23家。", [("23家", "医院")]),
        ("人均增收1200元。", [("1200元", "人均增收")]),
        ("工业总产值50亿元，增加值20亿元。", [("50亿元", "工业总产值"), ("20亿元", "工业增加值")]),
        ("生产总值增长4%，当季增长6%。", [("4%", "生产总值"), ("6%", "生产总值")]),
        ("贯彻党的十九大、十九届二中全会精神。", []),
        (
            "新增3个国家级、12个省级示范基地。",
            [("3个", "国家级示范基地"), ("12个", "省级示范基地")],
        ),
        ("城镇化率由去年的56.2%提高到58.1%。", [("56.2%", "城镇化率"), ("58.1%", "城镇化率")]),
        (
            "全省生产总值从2020年的3亿元增长到2023年的4亿元。",
            [("3亿元", "生产总值"), ("4亿元", "生产总值")],
        ),
        ("粮食总产量居鲁中地区第二。", [("第二", "粮食总产量")]),
        ("进出口总额32亿元，其中出口26亿元。", [("32亿元", "进出口总额"), ("26亿元", "出口")]),
    ],
)
def test_a_number_has_the_indicator_it_counts_or_measures(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert counted(sentence) == expected


def test_a_bracket_after_a_figure_tells_its_parts() -> None:
    whole, one, other, change = figures("建成示范村10个（省级2个、市级8个），同比增长5%。")
    assert [one.indicator, other.indicator] == ["省级示范村", "市级示范村"]
    assert one.of == other.of == change.of == whole.span.start
    assert change.indicator == "示范村"


def test_a_rate_in_a_bracket_is_no_part() -> None:
    *_, rate = figures("建成救助中心7个（市级1个、县级6个，人员配备率98%）。")
    assert (rate.indicator, rate.of) == ("人员配备率", None)


def test_each_area_has_the_number_that_stands_in_its_place() -> None:
    found = figures("济南、青岛地区生产总值分别达到1.3万亿元、1.6万亿元。")
    assert [figure.scope.text for figure in found] == ["济南市", "青岛市"]


def test_a_clause_with_a_subject_of_its_own_ends_the_scope_of_a_group() -> None:
    last = figures("7万名学前儿童享受免费教育，营养改善计划提质扩面，新增受益学生25万人。")[-1]
    assert last.scope.text == "山东省"


# -- the shared concept an indicator narrows --------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("省重点项目", "项目"),
        ("上市公司研发投资", "投资"),
        ("新能源汽车产量", "产量"),
        ("项目", None),  # a bare noun is another thing in every sentence
        ("人均消费", None),  # per head is another quantity
        ("大型演出", "演出"),
        ("数字经济规模", "规模"),  # not of 经济规模, which is the product of an area
    ],
)
def test_an_indicator_is_told_apart_into_head_and_what_narrows_it(
    words: str, head: str | None
) -> None:
    found = shared_head("indicators", words)
    assert (found.label if found else None) == head


@pytest.mark.parametrize(
    ("wording", "concept"),
    [
        ("经济增长", "地区生产总值"),
        ("粮食总产", "粮食总产量"),
        ("新增托位数", "新增托位"),
        ("死亡人数", "死亡人数"),
    ],
)
def test_other_wordings_are_joined_to_what_they_are(wording: str, concept: str) -> None:
    found = meaning("indicators", wording)
    assert found is not None
    assert found.concept.label == concept


def test_no_concept_is_broader_than_itself() -> None:
    for concept in vocabulary("indicators"):
        seen, above = {concept.iri}, shared_head("indicators", concept.label)
        while above is not None:
            assert above.iri not in seen, concept.label
            seen.add(above.iri)
            above = shared_head("indicators", above.label)


def test_a_comparison_finds_narrower_indicators_and_keeps_their_qualifiers() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string("江西省2023年工作总结\n\n新能源汽车产量超过90万辆。新开工省重点项目120个。")
        )
        rows = graph.query("indicator-compare", indicator="产量")
        assert [(str(r["indicator"]), str(r["match"]), str(r["qualifier"])) for r in rows] == [
            ("新能源汽车产量", "narrower", "over")
        ]


def test_the_economy_is_gdp_where_it_grows_and_never_as_a_level() -> None:
    found = meaning("indicators", "经济")
    assert found is not None
    assert found.holds_for("change")
    assert not any(found.holds_for(kind) for kind in ("amount", "count", "rate", "rank", ""))
    grown = figures("全省经济增长6.0%。")
    level = replace(grown[0], kind="amount", unit="元")
    document = read_string("浙江省2023年工作总结\n\n全省经济增长6.0%。\n")
    for figure, label in ((document.figures[0], "地区生产总值"), (level, "经济")):
        figure = replace(figure, indicator="经济", span=document.figures[0].span)
        with Graph.open() as graph:
            graph.add(replace(document, figures=(figure,)))
            (row,) = graph.query("figures")
            assert row["indicator"] == "经济"
            assert [str(r["indicator"]) for r in graph.query("indicators")] == [label]
            assert [str(r["wording"]) for r in graph.query("indicator-wordings")] in (["经济"], [])


def test_near_duplicates_are_listed_for_a_decision() -> None:
    with Graph.open() as graph:
        graph.add(
            read_string(
                "江西省2023年工作总结\n\n新增设施蔬菜基地12个。设施蔬菜大基地总数达30个。种植设施蔬菜5万亩。"
            )
        )
        every = {str(row["indicator"]) for row in graph.query("indicators")}
        for asked in every:
            near = {str(row["indicator"]) for row in graph.query("indicators", near=asked)}
            assert near < every
            assert asked not in near
            rows = list(graph.query("indicators-near", near=asked))
            assert {str(row["indicator"]) for row in rows} == near
        assert any(list(graph.query("indicators", near=asked)) for asked in every), every
        with pytest.raises(QueryError, match="no parameter nearly"):
            graph.query("indicators", nearly="x")


def test_shared_indicators_say_what_they_are_and_in_which_unit() -> None:
    units = {unit.iri for unit in vocabulary("units")}
    for concept in vocabulary("indicators"):
        assert all(concept.definition) or not any(concept.definition), concept.key
        assert concept.value("usualUnit", next(iter(units))) in units, concept.key
    with Graph.open() as graph:
        graph.add(
            read_string("江西省2023年工作总结\n\n全省城镇新增就业45万人。国内生产总值3万亿元。")
        )
        rows = graph.select("""
            SELECT ?label ?unitLabel ?definition {
              ?i a pg:Indicator ; skos:prefLabel ?label ; pg:usualUnit ?unit ; skos:definition ?definition .
              ?unit skos:prefLabel ?unitLabel
              FILTER (LANG(?label) = "zh" && LANG(?unitLabel) = "zh" && LANG(?definition) = "zh")
            } ORDER BY ?label""")
        found = {row["label"].value: row["unitLabel"].value for row in rows}
    assert found == {"城镇新增就业": "人", "地区生产总值": "元"}
