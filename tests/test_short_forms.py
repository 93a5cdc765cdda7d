"""Years written short: 21年, 次年, 第二年, told from spans of years and ordinals."""

from __future__ import annotations

import pytest

from policygraph.graph.statements import Document
from policygraph.loaders.reader import read_string


def read(text: str, period: str = "2023") -> Document:
    return read_string(text, area="河南省", period=period)


def told(text: str, period: str = "2023") -> list[tuple[str, str]]:
    """Text and period of every figure."""
    return [(f.span.quote, f.period) for f in read(text, period).figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年粮食产量为1200万吨，次年达到1260万吨。", ["2022", "2023"]),
        ("2020年引进企业15家，翌年引进28家。", ["2020", "2021"]),
        ("2021年财政收入增长3.1%，次年增长5.6%。", ["2021", "2022"]),
        ("2022年启动改造，次年3月底完成投资8.5亿元。", ["2023-03"]),
        ("二〇一九年建成学校3所，第二年建成5所。", ["2019", "2020"]),
        ("2018年脱贫1200户，第二年脱贫3400户，第三年脱贫5600户。", ["2018", "2019", "2020"]),
        ("2021年建成公租房3000套。次年建成4500套。", ["2021", "2022"]),
        ("2022年11月至次年3月清雪300万平方米。", ["2022-11-01/2023-03-31"]),
        ("2020年投资5亿元，次年7亿元，次年9亿元。", ["2020", "2021", "2022"]),
    ],
)
def test_the_next_year_is_the_one_after_that_named_before(text: str, expected: list[str]) -> None:
    assert [period for _, period in told(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年是“十四五”规划的第二年，新增就业3万人。", ["2022"]),
        ("连续第二年获评优秀，完成投资2亿元。", ["2023"]),
        ("2022年当年开工、次年投产的项目12个。", ["2022"]),
        ("2020年完工。\n次年投资2亿元。", ["2023"]),
    ],
)
def test_a_next_year_of_no_year_in_particular_stays_as_it_is(
    text: str, expected: list[str]
) -> None:
    assert [period for _, period in told(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21年完成投资35亿元，22年完成投资42亿元。", [("35亿元", "2021"), ("42亿元", "2022")]),
        ("21年是起步之年，全县新增就业5000人。", [("5000人", "2021")]),
        ("22年全市粮食产量120万吨，比21年增长3.5%。", [("120万吨", "2022"), ("3.5%", "2022")]),
        ("截至22年底，全县有卫生院21个。", [("21个", "2022-12")]),
        ("19年、20年分别脱贫1200人、3400人。", [("1200人", "2019"), ("3400人", "2020")]),
        ("22年1至6月完成投资5亿元。", [("5亿元", "2022-01-01/2022-06-30")]),
        ("到25年，森林覆盖率达到45%。", [("45%", "2025")]),
        ("2019至21年，新建道路35公里。", [("35公里", "2019/2021")]),
        ("19-21年，新建道路35公里。", [("35公里", "2019/2021")]),
        ("2020—21学年，招生230名。", [("230名", "2023")]),
    ],
)
def test_a_year_without_its_century_is_a_year(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "他在村里干了21年。",
        "工期19-21年。",
        "学校办学22年。",
        "租期20年。",
        "合同期限21年，签约完成。",
        "21年党龄的老支书当选。",
        "由20年延长至22年。",
        "使用寿命从21年延长到22年。",
        "21年免费教育全面实施。",
        "平均房龄21年。",
    ],
)
def test_a_span_of_years_stays_a_span(text: str) -> None:
    assert {f.unit for f in read(text).figures} == {"年"}


def test_a_number_of_years_far_from_the_report_is_no_year() -> None:
    assert [f.span.quote for f in read("12年建成学校3所。", period="2023").figures][-1] == "3所"
    assert [period for _, period in told("12年建成学校3所。", period="2023")][-1] == "2023"
    assert told("12年建成学校3所。", period="2013") == [("3所", "2012")]


def test_what_is_written_in_full_is_put_back_to_the_text() -> None:
    text = "2020年完工。截至21年底，全县有卫生院30个，次年建成卫生院5个。"
    found = read(text)
    for each in (*found.figures, *found.mentions, *found.measures):
        assert text[each.span.start : each.span.end] == each.span.quote
    assert [(e.span.quote, e.reason) for e in found.exclusions] == [
        ("2020年", "year"),
        ("21年底", "year"),
        ("次年", "year"),
    ]
    assert told(text) == [("30个", "2021-12"), ("5个", "2022")]
