"""Kinds of sentences that were once read wrong without a word: a test for each kind, its forms as rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policygraph.graph.statements import Document, Figure
from policygraph.loaders.reader import read_string

HEADER = "湖北省2023年工作总结\n\n"


def document(sentence: str) -> Document:
    return read_string(HEADER + sentence)


def figures(sentence: str) -> list[Figure]:
    return list(document(sentence).figures)


def said(sentence: str) -> list[tuple[str, Decimal, str]]:
    """Text, value and unit of every figure of a sentence."""
    return [(f.span.quote, f.value, f.unit) for f in figures(sentence)]


def counted(sentence: str) -> list[tuple[str, int]]:
    """Indicator and value of every figure of a sentence."""
    return [(f.indicator, int(f.value)) for f in figures(sentence)]


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("投入资金一点二亿元。", "一点二亿元", "120000000", "元"),
        ("投入资金一百二十点五亿元。", "一百二十点五亿元", "12050000000", "元"),
        ("投入资金零点五亿元。", "零点五亿元", "50000000", "元"),
        ("投入资金三点四亿多元。", "三点四亿多元", "340000000", "元"),
        ("工业总产值十三点五万亿元。", "十三点五万亿元", "13500000000000", "元"),
        ("完成造林一点五万亩。", "一点五万亩", "15000", "亩"),
        ("惠及三点五万余人。", "三点五万余人", "35000", "人"),
        ("改建道路一点二公里。", "一点二公里", "1.2", "公里"),
        ("投入资金1点2亿元。", "1点2亿元", "120000000", "元"),
    ],
)
def test_a_decimal_in_chinese_numerals_keeps_its_whole_part(
    sentence: str, text: str, value: str, unit: str
) -> None:
    assert said(sentence) == [(text, Decimal(value), unit)]


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("绿化率达到六成八。", "六成八", "68", "%"),
        ("外来人口占比六成七左右。", "六成七", "67", "%"),
        ("外来人口占比6成8。", "6成8", "68", "%"),
        ("满意率九成九。", "九成九", "99", "%"),
        ("绿化率达到三成半。", "三成半", "35", "%"),
        ("近七成三类水体达标。", "七成", "70", "%"),
        ("资助八成五保对象。", "八成", "80", "%"),
        ("产值增长两倍半。", "两倍半", "2.5", "倍"),
        ("产值增长2倍半。", "2倍半", "2.5", "倍"),
        ("产值增长一倍半。", "一倍半", "1.5", "倍"),
    ],
)
def test_tenths_and_multiples_have_their_last_part(
    sentence: str, text: str, value: str, unit: str
) -> None:
    assert said(sentence) == [(text, Decimal(value), unit)]


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("投入1千8百万元。", "1千8百万元", "18000000", "元"),
        ("投入1亿2千3百万元。", "1亿2千3百万元", "123000000", "元"),
        ("投入3万4千5百元。", "3万4千5百元", "34500", "元"),
        ("投入1千8百多万元。", "1千8百多万元", "18000000", "元"),
        ("惠及1百20万人。", "1百20万人", "1200000", "人"),
        ("惠及3千零50户。", "3千零50户", "3050", "户"),
        ("投入壹仟贰佰万元。", "壹仟贰佰万元", "12000000", "元"),
        ("投入伍拾万元。", "伍拾万元", "500000", "元"),
    ],
)
def test_numerals_of_two_scripts_and_of_cheques_are_one_number(
    sentence: str, text: str, value: str, unit: str
) -> None:
    assert said(sentence) == [(text, Decimal(value), unit)]


def test_a_character_of_cheque_numerals_alone_is_none() -> None:
    assert said("引进大陆亿元企业3家。") == [("3家", Decimal(3), "家")]


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("建成面积25.6km2。", "25.6km2", "25.6", "km2"),
        ("新增绿地300m2。", "300m2", "300", "m2"),
        ("供水能力5万m3/日。", "5万m3/日", "50000", "m3/日"),
        ("造林12hm2。", "12hm2", "12", "hm2"),
    ],
)
def test_the_exponent_of_a_unit_belongs_to_it(
    sentence: str, text: str, value: str, unit: str
) -> None:
    assert said(sentence) == [(text, Decimal(value), unit)]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("出口增长+6%，利润同比+12.6%。", ["6", "12.6"]),
        ("税收8.9亿元，+3.5%。", ["890000000", "3.5"]),
        ("税收8.9亿元，同比+2.3亿元。", ["890000000", "230000000"]),
        ("地区生产总值-1.2%，进出口总额-2.3%。", ["-1.2", "-2.3"]),
        ("CPI-0.2%。", ["-0.2"]),
    ],
)
def test_a_sign_tells_a_change(sentence: str, values: list[str]) -> None:
    found = figures(sentence)
    assert [f.value for f in found] == [Decimal(value) for value in values]
    assert all(f.kind == "change" for f in found if f.span.quote[0] in "+-")
    assert found[-1].kind == "change"


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [("利润率为-1.2%。", ["rate"]), ("推进5G+8K应用，实施党建+3项行动、1+6工程。", [])],
)
def test_a_sign_before_a_level_or_in_a_name_tells_none(sentence: str, kinds: list[str]) -> None:
    assert [f.kind for f in figures(sentence)] == kinds


@pytest.mark.parametrize(
    ("sentence", "indicator", "values"),
    [
        ("财政收入增幅由上年的5%转为-3%。", "财政收入", ["5", "-3"]),
        ("利润增速由上年的8.2%转为-1.5%。", "利润", ["8.2", "-1.5"]),
        ("出口增速由-3.2%转为5.6%。", "出口", ["-3.2", "5.6"]),
        ("出口增速从5.2%回落到-6.1%。", "出口", ["5.2", "-6.1"]),
        ("出口增速由5.2%提高到6.1%。", "出口", ["5.2", "6.1"]),
    ],
)
def test_two_speeds_are_two_changes(sentence: str, indicator: str, values: list[str]) -> None:
    found = figures(sentence)
    assert [(f.indicator, f.kind) for f in found] == [(indicator, "change")] * 2
    assert [f.value for f in found] == [Decimal(value) for value in values]
    assert [f.period for f in found] == ["2022", "2023"]
