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


def test_a_mark_before_an_item_is_no_rise() -> None:
    assert kinds("▲建成学校3所。\n▲12所学校完工。") == [("count", 3, "所"), ("count", 12, "所")]


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
    ],
)
def test_more_or_less_than_in_an_earlier_year_is_a_change(
    sentence: str, value: str, of: int
) -> None:
    last = figures(sentence)[-1]
    assert (last.kind, last.value, last.of) == ("change", Decimal(value), of)


def test_less_than_another_at_the_same_time_stays_a_gap() -> None:
    assert kinds("农村居民收入比城镇居民少2万元。") == [("gap", Decimal(-20000), "元")]
    assert kinds("2023年比2022年多数指标向好，新增企业30家。") == [("count", Decimal(30), "家")]
