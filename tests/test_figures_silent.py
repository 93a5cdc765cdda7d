"""Figures that were read wrong without a finding: signs, comparisons, names that hold a number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policygraph.graph.statements import Figure
from policygraph.loaders.reader import read_string


def figures(sentence: str) -> tuple[Figure, ...]:
    return read_string(sentence, area="河南省", period="2023").figures


def kinds(sentence: str) -> list[tuple[str, Decimal, str]]:
    """Kind, value and unit of every figure of a sentence."""
    return [(f.kind, f.value, f.unit) for f in figures(sentence)]


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("规模以上工业增加值同比增减3.2%。", "3.2", "%"),
        ("固定资产投资同比增减-4.1%。", "-4.1", "%"),
        ("城镇化率比上年增减2.7个百分点。", "2.7", "个百分点"),
        ("财政收入增减率为6.5%。", "6.5", "%"),
        ("居民消费价格涨跌幅为0.8%。", "0.8", "%"),
        ("粮食产量升降幅度-3.4%。", "-3.4", "%"),
        ("就业人数较上年增减1.2万人。", "12000", "人"),
    ],
)
def test_a_change_of_either_sign_has_the_sign_of_its_number(
    sentence: str, value: str, unit: str
) -> None:
    assert kinds(sentence) == [("change", Decimal(value), unit)]


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("规模以上工业增加值▲3.2%。", "3.2", "%"),
        ("进出口总额（▼3.2%）。", "-3.2", "%"),
        ("用电量同比▼2.1%。", "-2.1", "%"),
        ("客运量▽7.1%。", "-7.1", "%"),
        ("占比↑0.5个百分点。", "0.5", "个百分点"),
        ("外贸进出口较上年▼2.3亿元。", "-230000000", "元"),
        ("财政收入同比▲2.3亿元。", "230000000", "元"),
        ("用水量减量3.2%。", "-3.2", "%"),
        ("煤炭消费量减量5万吨。", "-50000", "吨"),
    ],
)
def test_an_arrow_before_a_number_is_a_rise_or_a_fall(sentence: str, value: str, unit: str) -> None:
    assert kinds(sentence) == [("change", Decimal(value), unit)]


@pytest.mark.parametrize("sentence", ["完成投资3亿元▼2.1%。", "完成投资3亿元（▼2.1%）。"])
def test_a_sum_before_an_arrow_is_named_without_it(sentence: str) -> None:
    assert [f.indicator for f in figures(sentence)] == ["投资", "投资"]


@pytest.mark.parametrize("mark", "▲△")
def test_a_mark_before_an_item_is_no_rise(mark: str) -> None:
    assert kinds(f"{mark}建成学校3所。\n{mark}12所学校完工。") == [
        ("count", 3, "所"),
        ("count", 12, "所"),
    ]


def test_a_triangle_is_a_fall_as_in_accounts_and_a_rise_beside_its_opposite() -> None:
    assert kinds("全年净利润△320万元，同比△12.5%。") == [
        ("amount", -3200000, "元"),
        ("change", Decimal("-12.5"), "%"),
    ]
    assert kinds("投资△12.5%，客运量▽7.1%。") == [
        ("change", Decimal("12.5"), "%"),
        ("change", Decimal("-7.1"), "%"),
    ]
    table = "表1 收支（单位：万元）\n项目\t2023年\t增减%\n净利润\t△320\t▼12.5\n收入\t1200\t▲3.2"
    assert kinds(table) == [
        ("amount", -3200000, "元"),
        ("change", Decimal("-12.5"), "%"),
        ("amount", 12000000, "元"),
        ("change", Decimal("3.2"), "%"),
    ]


@pytest.mark.parametrize(
    ("sentence", "value", "of"),
    [
        ("优良天数达到310天，比2016年多19天。", "19", 6),
        ("重污染天数4天，较2019年少3天。", "-3", 5),
        ("平均气温13.2℃，比常年高0.6℃。", "0.6", 4),
        ("人均寿命78.5岁，比2015年高1.2岁。", "1.2", 4),
        ("审批时限3天，比2020年短12天。", "-12", 4),
        ("优良天数310天，同比多5天。", "5", 4),
        ("事故起数18起，比2018年少12起。", "-12", 4),
        ("优良天数比上年多12天，重污染天数少5天。", "-5", None),
    ],
)
def test_more_or_less_than_in_an_earlier_year_is_a_change(
    sentence: str, value: str, of: int | None
) -> None:
    last = figures(sentence)[-1]
    assert (last.kind, last.value, last.of) == ("change", Decimal(value), of)


def test_less_than_another_at_the_same_time_stays_a_gap() -> None:
    assert kinds("农村居民收入比城镇居民少2万元。") == [("gap", Decimal(-20000), "元")]
    assert kinds("2023年比2022年多数指标向好，新增企业30家。") == [("count", Decimal(30), "家")]


def planned(sentence: str) -> list[bool]:
    return ["planned" in figure.qualifier for figure in figures(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("会议提出8项指标，其中失业率5.5%左右。", [False, True]),
        ("纲要设定了主要指标：生产总值增长6%，新增就业3万人。", [True, True]),
        ("县委确定了发展目标：生产总值增长6%左右。", [True]),
        ("年初提出的目标是增长5.5%左右，实际增长6.1%。", [True, False]),
        ("会议明确了全年主要预期目标，财政收入增长5%。", [True]),
        ("完成年初确定的目标任务，粮食产量增长5%。", [False]),
        ("围绕省委提出的目标，投资增长8%。", [False]),
        ("会议明确了全年目标任务，落实资金3亿元。", [False]),
        ("提出5项约束性指标，其中森林覆盖率45%，同比提高2个百分点。", [False, True, False]),
    ],
)
def test_the_value_a_target_is_set_at_is_planned(sentence: str, expected: list[bool]) -> None:
    assert planned(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("政务服务大厅实行24小时开放。", "24小时"),
        ("提供7×24小时服务。", "7×24小时"),
        ("推行7x24小时政务服务。", "7x24小时"),
        ("打造5分钟响应圈。", "5分钟"),
        ("建成15分钟医保服务圈。", "15分钟"),
        ("形成30公里经济圈。", "30公里"),
    ],
)
def test_a_time_that_names_a_service_or_its_reach_is_no_amount(sentence: str, named: str) -> None:
    found = read_string(sentence, area="河南省", period="2023")
    assert found.figures == ()
    assert [(e.span.quote, e.reason) for e in found.exclusions] == [(named, "proper")]


def test_what_has_a_time_in_its_name_is_counted_under_the_whole_name() -> None:
    told = [(f.indicator, f.value) for f in figures("建设15分钟生活圈20个、24小时自助图书馆6座。")]
    assert told == [("15分钟生活圈", 20), ("24小时自助图书馆", 6)]


@pytest.mark.parametrize(
    "sentence", ["平均办理时间压缩至15分钟。", "救援力量5分钟到达现场。", "供水24小时。"]
)
def test_a_time_that_something_takes_stays_an_amount(sentence: str) -> None:
    assert [f.kind for f in figures(sentence)] == ["amount"]


def told(sentence: str) -> list[tuple[str, str, Decimal]]:
    """Kind, indicator and value of every figure of a sentence."""
    return [(f.kind, f.indicator, f.value) for f in figures(sentence)]


@pytest.mark.parametrize(
    ("sentence", "noun", "bound", "count"),
    [
        ("抓好64个预增产值过10亿元的项目。", "项目", 10**9, 64),
        ("培育2334个产值过2000万元的企业。", "企业", 20000000, 2334),
        ("实施28个投资10亿元以上项目。", "项目", 10**9, 28),
        ("建成12个500万元以上的项目。", "项目", 5000000, 12),
        ("抓好64个超10亿元项目。", "项目", 10**9, 64),
    ],
)
def test_a_bound_after_a_count_says_which_things_are_counted(
    sentence: str, noun: str, bound: int, count: int
) -> None:
    assert told(sentence) == [("count", noun, count), ("threshold", noun, bound)]


@pytest.mark.parametrize(
    ("sentence", "noun", "unit"),
    [
        ("建成5000平方米以上的标准厂房30栋。", "标准厂房", "平方米"),
        ("年产值超过500万元的家庭农场150家。", "家庭农场", "元"),
        ("打造1000亩以上的示范基地30个。", "示范基地", "亩"),
        ("粮食产量超过500万吨的大县12个。", "大县", "吨"),
        ("配备500千伏安以上的变压器12台。", "变压器", "千伏安"),
        ("年收入10万元以上的村320个。", "村", "元"),
    ],
)
def test_a_measure_before_what_is_counted_bounds_it(sentence: str, noun: str, unit: str) -> None:
    first, last = figures(sentence)
    assert (first.kind, first.indicator, first.unit) == ("threshold", noun, unit)
    assert last.kind == "count" and last.indicator.endswith(noun)


@pytest.mark.parametrize(
    "sentence",
    [
        "财政收入超过10亿元，惠及120户。",
        "建成120公里以上的高速公路。",
        "投入超过3亿元的资金支持120户。",
    ],
)
def test_a_measure_beside_no_count_of_its_own_stays_an_amount(sentence: str) -> None:
    assert figures(sentence)[0].kind == "amount"


@pytest.mark.parametrize(
    ("sentence", "indicator", "rank"),
    [
        ("工业产值跃居全国首位。", "工业产值", 1),
        ("快递业务总量跃居全市第3位。", "快递业务总量", 3),
        ("GDP总量跃升全省第4。", "GDP总量", 4),
        ("茶叶产量雄踞全国第一。", "茶叶产量", 1),
        ("经济总量挺进全国前20。", "经济总量", 20),
        ("出口额稳居中西部首位。", "出口额", 1),
        ("财政收入蝉联全省第一。", "财政收入", 1),
        ("群众满意度名列全县第2。", "群众满意度", 2),
    ],
)
def test_the_verb_before_a_rank_is_no_part_of_its_indicator(
    sentence: str, indicator: str, rank: int
) -> None:
    assert told(sentence) == [("rank", indicator, rank)]


@pytest.mark.parametrize(
    ("sentence", "kind", "indicators", "qualifier"),
    [
        ("厦门、福州机场旅客吞吐量分别突破2700万人次、1500万人次。", "count", ("机场旅客吞吐量", "机场旅客吞吐量"), ("over",)),
        ("小麦、玉米单产分别提高5公斤、6公斤。", "change", ("小麦单产", "玉米单产"), ()),
        ("养老、医疗参保率分别不低于95%、98%。", "rate", ("养老参保率", "医疗参保率"), ("over",)),
        ("武汉、宜昌两市地区生产总值分别达到2万亿元、5700亿元。", "amount", ("地区生产总值", "地区生产总值"), ()),
    ],
)  # fmt: skip
def test_what_a_list_shares_is_of_each_of_its_numbers(
    sentence: str, kind: str, indicators: tuple[str, str], qualifier: tuple[str, ...]
) -> None:
    found = figures(sentence)
    assert tuple(f.indicator for f in found) == indicators
    assert [(f.kind, f.qualifier) for f in found] == [(kind, qualifier)] * 2
