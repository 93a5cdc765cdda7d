"""Kinds of faults that people reported of other readers of Chinese reports: a test for each kind, its forms as rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policygraph.graph.statements import Document, Figure
from policygraph.loaders.reader import read_string

HEADER = "海东市乐都区2022年民政工作总结\n海东市乐都区民政局\n\n"


def document(sentence: str, header: str = HEADER) -> Document:
    return read_string(header + sentence)


def figures(sentence: str) -> list[Figure]:
    return list(document(sentence).figures)


def said(sentence: str) -> list[tuple[Decimal, str]]:
    """Value and unit of every figure of a sentence."""
    return [(f.value, f.unit) for f in figures(sentence)]


def areas(sentence: str, header: str = HEADER) -> list[str]:
    return [m.span.quote for m in document(sentence, header).mentions if m.type == "Area"]


# -- how a number is typed --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("发放资金1. 2亿元。", "120000000", "元"),
        ("发放资金1 .2亿元。", "120000000", "元"),
        ("参保率 98. 6%。", "98.6", "%"),
        ("实现产值 1 2 . 5 亿元。", "1250000000", "元"),
        ("财政收入12..5亿元。", "1250000000", "元"),
        ("收入增长6・2%。", "6.2", "%"),
        ("发放资金\u200e356\u200f万元。", "3560000", "元"),
        ("发放资金3\u03325\u03326\u0332万元。", "3560000", "元"),
        ("发放資金356萬元。", "3560000", "元"),
        ("补助1.2億元。", "120000000", "元"),
        ("失业率下降0.2個百分點。", "-0.2", "个百分点"),
        ("补助¥1.2万。", "12000", "元"),
        ("发放慰问金￥35,000元。", "35000", "元"),
        ("完成投资350（万元）。", "3500000", "元"),
        ("争取资金3.2个亿。", "320000000", "元"),
        ("落地投资十亿3000万元。", "1030000000", "元"),
        ("库容3500立方。", "3500", "立方"),
        ("人均预期寿命达七十八点五岁。", "78.5", "岁"),
        ("最低气温降至零下十二度。", "-12", "度"),
        ("贷款利率下降35个基点。", "-35", "个基点"),
        ("培育合作社1230²家。", "1230", "家"),
        ("铁海联运周转量3万标箱公里。", "30000", "标箱公里"),
    ],
)
def test_a_number_is_whole_however_it_is_typed(sentence: str, value: str, unit: str) -> None:
    assert said(sentence) == [(Decimal(value), unit)]


def test_numbers_of_two_sentences_stay_two() -> None:
    assert said("培育合作社共12. 5个村参与。") == [(Decimal(12), "个"), (Decimal(5), "个")]
    assert said("引进3个亿元项目。") == [(Decimal(3), "个")]


@pytest.mark.parametrize(
    ("sentence", "indicator", "qualifier"),
    [
        ("全市救助至少70万人。", "救助人", "over"),
        ("投入资金最少5000万元。", "投入资金", "over"),
        ("价格保持在2000元上下。", "价格", "approx"),
        ("完成投资5亿元人民币。", "投资", ""),
    ],
)
def test_what_belongs_to_a_number_is_no_part_of_an_indicator(
    sentence: str, indicator: str, qualifier: str
) -> None:
    (figure,) = figures(sentence)
    assert (figure.indicator, "".join(figure.qualifier)) == (indicator, qualifier)


@pytest.mark.parametrize(
    "sentence",
    [
        "出口总额同比–2.1%。",
        "出口总额同比—2.1%。",
        "出口总额同比下降（－）2.1%。",
        "出口总额增速为负百分之二点一。",
        "出口总额下挫2.1%。",
        "出口总额锐减2.1%。",
        "出口总额↓2.1%。",
    ],
)
def test_a_fall_is_negative_however_it_is_told(sentence: str) -> None:
    assert [f.value for f in figures(sentence)] == [Decimal("-2.1")]


@pytest.mark.parametrize(
    "sentence",
    [
        "工业、建筑业占比分别下降0.2个、0.6个百分点。",
        "工业、建筑业增速分别回落0.2、0.6个百分点。",
    ],
)
def test_a_fall_holds_for_every_number_of_its_list(sentence: str) -> None:
    assert said(sentence) == [(Decimal("-0.2"), "个百分点"), (Decimal("-0.6"), "个百分点")]


def test_a_full_stop_typed_as_a_point_ends_the_sentence() -> None:
    found = figures("全区低保对象1.2万人.其中:城市低保3500人,农村低保8500人.发放资金356万元.")
    assert ["part" in f.qualifier for f in found] == [False, True, True, False]
    assert [f.indicator for f in found] == ["低保对象", "城市低保", "农村低保", "资金"]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("3)12个村建成文化广场。", [12]),
        ("1是改造农房420户，2是修建护栏35公里。", [420, 35]),
        ("-420户农房完成改造。", [420]),
        ("邮编325400，编号2021-035，建成养老院5所。", [5]),
        ("电话0972-8622345、13912345678，接听电话3560个。", [3560]),
        ("104国道改造12公里。", [12]),
        ("120急救中心救治350人。", [350]),
        ("详见http://www.ledu.gov.cn/2022/0115/12345.html，建成养老院5所。", [5]),
        ("邮箱ldmz2022@163.com，建成养老院5所。", [5]),
        ("会议8:30开始，参会120人。", [120]),
        ("3月19日上午10时，召开会议2次。", [2]),
        ("7月2-4日、10-12日，开展检查3次。", [3]),
        ("6月10、11日，开展检查3次。", [3]),
        ("2022年3月15-20日举办培训2期。", [2]),
        ("排名全省倒数第二。", []),
        ("建成[养老院](http://x.gov.cn/a1)5所[^1]。", [5]),
    ],
)
def test_numbers_of_lists_dates_and_addresses_are_no_figures(
    sentence: str, values: list[int]
) -> None:
    assert [int(f.value) for f in figures(sentence)] == values


@pytest.mark.parametrize(
    "sentence", ["**建成养老院5所**。", "建成[养老院](http://x.gov.cn/a1)5所。"]
)
def test_marks_of_markdown_are_no_words(sentence: str) -> None:
    assert [f.indicator for f in figures(sentence)] == ["养老院"]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("一、二、三产业增加值分别增长4.1%、5.2%、6.3%。", ["增加值"] * 3),
        ("三产比例调整为14.8：38.1：47.1。", ["比重"] * 3),
    ],
)
def test_the_three_industries_each_have_their_number(sentence: str, names: list[str]) -> None:
    industries = ["第一产业", "第二产业", "第三产业"]
    told = [industry + name for industry, name in zip(industries, names, strict=True)]
    assert [f.indicator for f in figures(sentence)] == told


# -- when, and done or planned ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("三月份发放80万元。", "2022-03"),
        ("前10个月，发放80万元。", "2022-01-01/2022-10-31"),
        ("2020年至今，新增床位350张。", "2020/2022"),
        ("3.2021年建成养老院3所。", "2021"),
    ],
)
def test_the_time_a_sentence_says(sentence: str, period: str) -> None:
    assert [f.period for f in figures(sentence)] == [period]


def test_years_of_a_list_each_have_their_number() -> None:
    found = figures("2019、2020、2021年分别投入520、610、730万元。")
    assert [(f.period, f.value) for f in found] == [
        ("2019", 5200000),
        ("2020", 6100000),
        ("2021", 7300000),
    ]


def test_up_to_now_ends_an_earlier_time() -> None:
    found = document("截至10月底，全区低保对象1.2万人；截止目前，发放救助金356万元。")
    assert [f.period for f in found.figures] == ["2022-10", "2022"]
    assert [m.period for m in found.measures] == ["2022"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("永康市2022年第三季度工作小结", "2022-07-01/2022-09-30"),
        ("永康市2022年首季工业经济运行情况", "2022-01-01/2022-03-31"),
        ("永康市二0二二年工作总结", "2022"),
    ],
)
def test_the_time_a_title_says(title: str, period: str) -> None:
    assert [f.period for f in document("全市新增企业312家。", title + "\n\n").figures] == [period]


@pytest.mark.parametrize(
    ("sentence", "planned"),
    [
        ("按计划完成投资3.5亿元。", False),
        ("模拟演练5次。", False),
        ("虚拟养老院入网老人1.2万人。", False),
        ("已将12个村纳入试点。", False),
        ("拟建养老院3所。", True),
        ("即将开工养老院2所。", True),
        ("确保2023年底前建成养老院3所。", True),
    ],
)
def test_done_is_told_from_planned(sentence: str, *, planned: bool) -> None:
    assert ["planned" in f.qualifier for f in figures(sentence)] == [planned]


def test_next_year_is_counted_once() -> None:
    found = document("明年，我们要争取资金800万元，建成公墓3处。")
    assert {m.period for m in found.measures} == {f.period for f in found.figures} == {"2023"}


# -- whose report it is, and which areas ------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "within", "area"),
    [
        ("合肥高新技术产业开发区", "蜀山区", "合肥高新技术产业开发区"),
        ("苏州工业园区", "吴中区", "苏州工业园区"),
        ("北京经济技术开发区", "大兴区", "北京经济技术开发区"),
        ("新疆生产建设兵团", "石河子市", "新疆生产建设兵团"),
        ("新疆生产建设兵团第八师", "石河子市", "新疆生产建设兵团第八师"),
    ],
)
def test_a_zone_is_no_district_its_report_names(title: str, within: str, area: str) -> None:
    found = document(
        f"规上工业产值1250亿元，{within}新建学校5所。", f"{title}2022年工作总结\n\n"
    ).figures
    assert found[0].scope.text == area


def test_a_town_right_after_a_county_of_two_characters() -> None:
    header = "陕西省2023年农业工作总结\n陕西省农业农村厅\n\n"
    assert areas("凤县双石铺镇建成冷库5座。", header) == ["凤县", "双石铺镇"]
    header = "安徽省2023年农业工作总结\n安徽省农业农村厅\n\n"
    assert areas("歙县深渡镇建成冷库2座。", header) == ["歙县", "深渡镇"]
    header = "陕西省2023年交通工作总结\n陕西省交通运输厅\n\n"
    assert "至西乡" not in areas("洋县至西乡高速公路建成通车。", header)


def test_a_street_called_after_a_place_is_no_area() -> None:
    header = "上海市徐汇区2022年工作总结\n徐汇区人民政府\n\n"
    assert areas("改造西藏南路、河南中路管网12公里，四川北路公园建成。", header) == []


# -- lines ------------------------------------------------------------------------------------


def test_a_line_that_its_sentence_goes_over_is_no_header() -> None:
    found = figures("全区落实救助资金2.4亿元，改造床位42\n0张，新建养老院5所。")
    assert [(f.indicator, int(f.value)) for f in found] == [
        ("救助资金", 240000000),
        ("床位", 420),
        ("养老院", 5),
    ]
