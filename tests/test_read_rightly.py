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
        ("出口降幅由5.2%收窄至2.1%。", "出口", ["-5.2", "-2.1"]),
    ],
)
def test_two_speeds_are_two_changes(sentence: str, indicator: str, values: list[str]) -> None:
    found = figures(sentence)
    assert [(f.indicator, f.kind) for f in found] == [(indicator, "change")] * 2
    assert [f.value for f in found] == [Decimal(value) for value in values]
    assert [f.period for f in found] == ["2022", "2023"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "涉及3个县15个镇218个村5.2万户。",
            [("县", 3), ("镇", 15), ("村", 218), ("户", 52000)],
        ),
        ("走访3个社区260户。", [("社区", 3), ("户", 260)]),
        ("覆盖5个乡镇32个村1.2万人。", [("覆盖乡镇", 5), ("村", 32), ("人", 12000)]),
        ("慰问12个村320名老党员。", [("村", 12), ("老党员", 320)]),
        ("在3个街道12个社区开展试点。", [("街道", 3), ("社区", 12)]),
        ("共涉及2省5市12县。", [("省", 2), ("市", 5), ("县", 12)]),
        ("排查12家企业35条隐患。", [("企业", 12), ("隐患", 35)]),
    ],
)
def test_each_count_of_a_row_has_the_noun_after_it(
    sentence: str, expected: list[tuple[str, int]]
) -> None:
    assert counted(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("创建国家农业产业园15个示范基地9个。", [("国家农业产业园", 15), ("示范基地", 9)]),
        ("64个县市新增城镇常住人口30万人。", [("县市", 64), ("城镇常住人口", 300000)]),
        ("走访3个社区困难群众260户。", [("社区困难群众", 3), ("社区困难群众", 260)]),
    ],
)
def test_where_the_noun_stands_before_its_number_there_is_no_row(
    sentence: str, expected: list[tuple[str, int]]
) -> None:
    assert counted(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "60周岁及以上人口26.3万人，占22.2%。",
            ["threshold 人口 60周岁", "count 60周岁及以上人口 26.3万人", "rate 60周岁及以上人口 22.2%"],
        ),
        (
            "18周岁以下未成年人5.2万人。",
            ["threshold 未成年人 18周岁", "count 18周岁以下未成年人 5.2万人"],
        ),
        ("年满60周岁的居民可领取养老金。", ["threshold 居民 60周岁"]),
        (
            "为80岁以上老人发放高龄补贴，每人每月50元。",
            ["threshold 老人 80岁", "amount 高龄补贴 50元"],
        ),
        (
            "为3—6周岁儿童接种疫苗1.2万剂次。",
            ["threshold 儿童 3", "threshold 儿童 6周岁", "count 疫苗 1.2万剂次"],
        ),
        ("干部平均年龄42岁以上。", ["amount 干部平均年龄 42岁"]),
    ],
)  # fmt: skip
def test_an_age_bounds_people_and_is_told_in_its_unit(sentence: str, expected: list[str]) -> None:
    found = [f"{f.kind} {f.indicator} {f.span.quote}" for f in figures(sentence)]
    assert found == expected


def test_and_above_says_over() -> None:
    assert [f.qualifier for f in figures("60周岁及以上人口26万人。")] == [("over",), ()]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("城乡收入比缩小0.04。", ["change 城乡收入比 -0.04"]),
        (
            "城乡居民收入比缩小0.05，为2.1。",
            ["change 城乡居民收入比 -0.05", "rate 城乡居民收入比 2.1"],
        ),
        ("城乡居民收入倍差较上年缩小0.03。", ["change 城乡居民收入倍差 -0.03"]),
        ("城乡居民收入比缩小至2.1。", ["rate 城乡居民收入比 2.1"]),
        ("基尼系数下降0.01。", ["change 基尼系数 -0.01"]),
    ],
)
def test_a_quotient_that_narrows_by_so_much_changes(sentence: str, expected: list[str]) -> None:
    assert [f"{f.kind} {f.indicator} {f.value:f}" for f in figures(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "planned"),
    [
        ("地区生产总值增长6%，力争7%。", [False, True]),
        ("财政收入增长5%左右，争取6%。", [False, True]),
        ("财政收入增长5%，确保达到6%、力争达到7%。", [False, True, True]),
    ],
)
def test_what_is_striven_for_beside_a_growth_is_a_growth(
    sentence: str, planned: list[bool]
) -> None:
    found = figures(sentence)
    assert {f.kind for f in found} == {"change"}
    assert len({f.indicator for f in found}) == 1
    assert ["planned" in f.qualifier for f in found] == planned


@pytest.mark.parametrize(
    ("sentence", "indicator", "value"),
    [
        ("PM2.5平均浓度35微克/立方米，同比改善5.6%。", "PM2.5平均浓度", "-5.6"),
        ("空气质量综合指数同比改善5%。", "空气质量综合指数", "-5"),
        ("优良天数比例85%，同比改善2.1个百分点。", "优良天数比例", "2.1"),
    ],
)
def test_what_gets_better_falls_where_less_is_better(
    sentence: str, indicator: str, value: str
) -> None:
    last = figures(sentence)[-1]
    assert (last.kind, last.indicator, last.value) == ("change", indicator, Decimal(value))


@pytest.mark.parametrize(
    ("sentence", "kind", "unit"),
    [
        ("城镇化率高出全国1.5个点。", "gap", "个百分点"),
        ("工业增速比全省高0.8个点。", "gap", "个百分点"),
        ("合格率提高3个点。", "change", "个百分点"),
        ("合格率下降两个点。", "change", "个百分点"),
        ("建成3个点。", "count", "个"),
        ("监测增加5个点位。", "count", "个"),
    ],
)
def test_points_after_a_difference_are_percentage_points(
    sentence: str, kind: str, unit: str
) -> None:
    assert [(f.kind, f.unit) for f in figures(sentence)] == [(kind, unit)]


def test_lines_of_metadata_are_never_joined() -> None:
    header = read_string(
        "索引号：00000000\n发布机构：襄阳市司法局\n文号：无文号\n发文日期：2023-01-12\n"
        "名称：襄阳市司法局2022年工作总结\n\n襄阳市司法局2022年工作总结\n\n2022年，全市调解纠纷1500起。"
    ).header
    assert (header.index_number, header.issuer, header.issued) == (
        "00000000",
        "襄阳市司法局",
        "2023-01-12",
    )
    assert header.document_number == ""


def test_a_label_names_the_number_after_its_colon_and_may_hold_its_unit() -> None:
    text = "发行情况如下。\n发行总额（亿元）：10.00\n余额（万元）：2300\n常住人口：56.3万人\n产量（吨）1200，增长（%）3.2。"
    told = [(f.indicator, f.value, f.unit, f.kind) for f in figures(text)]
    assert told == [
        ("发行总额", 1000000000, "元", "amount"),
        ("余额", 23000000, "元", "amount"),
        ("常住人口", 563000, "人", "count"),
        ("产量", 1200, "吨", "amount"),
        ("产量", Decimal("3.2"), "%", "change"),
    ]


def test_a_line_that_measures_something_is_no_metadata() -> None:
    text = (
        "江南县2023年工作总结\n浏览次数：1234次\n生产总值 286.5亿元\n增速 6.1%\n\n全县修路3公里。"
    )
    told = [f.span.quote for f in read_string(text).figures]
    assert told[0] == "286.5亿元" and told[-1] == "3公里" and "1234次" not in told


@pytest.mark.parametrize("placeholder", ["无", "暂无", "-", "/"])
def test_a_placeholder_is_no_index_number(placeholder: str) -> None:
    text = f"索引号：{placeholder}\n发布机构：襄阳市司法局\n\n襄阳市司法局2022年工作总结\n\n调解纠纷15起。"
    header = read_string(text).header
    assert (header.index_number, header.issuer) == ("", "襄阳市司法局")


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("返贫风险户尚有14户39人未消除。", ["返贫风险户", "返贫风险户"]),
        ("整改问题12处，剩余1处正在整改。", ["问题", "剩余"]),
        ("新建学校5所，还有5个项目未开工。", ["学校", "项目"]),
        ("经济总量居全市县（市、区）首位。", ["经济总量"]),
        ("经济总量位居全省县（区）第一位。", ["经济总量"]),
        (
            "第一产业、第二产业、第三产业增加值分别增长4.2%、5.1%、6.3%。",
            ["第一产业增加值", "第二产业增加值", "第三产业增加值"],
        ),
        ("启动应急响应4次（Ⅱ级1次、Ⅲ级3次）。", ["应急响应", "Ⅱ级应急响应", "Ⅲ级应急响应"]),
        ("移送司法机关56件73人。", ["移送司法机关", "移送司法机关"]),
        ("移交纪检监察机关12件。", ["移交纪检监察机关"]),
        ("6月底前完成征迁1500亩。", ["征迁"]),
        ("10月底前完成投资3亿元。", ["投资"]),
    ],
)
def test_an_indicator_is_the_noun_and_nothing_around_it(
    sentence: str, indicators: list[str]
) -> None:
    assert [f.indicator for f in figures(sentence)] == indicators


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("综合排名比上年前进4位。", 4),
        ("综合排名后退3位。", -3),
        ("综合排名较上年上升2位。", 2),
    ],
)
def test_places_gained_or_lost_are_a_change(sentence: str, value: int) -> None:
    assert [(f.kind, f.indicator, f.value) for f in figures(sentence)] == [
        ("change", "综合排名", value)
    ]


@pytest.mark.parametrize(
    ("sentence", "qualifier"),
    [
        ("失业率不高于4%。", "under"),
        ("失业率不大于4%。", "under"),
        ("失业率不超过4%。", "under"),
        ("管理费用不多于5万元。", "under"),
        ("管理费用不小于5万元。", "over"),
    ],
)
def test_not_more_is_under_and_not_less_is_over(sentence: str, qualifier: str) -> None:
    assert [(f.indicator, f.qualifier) for f in figures(sentence)] in (
        [("失业率", (qualifier,))],
        [("管理费用", (qualifier,))],
    )


@pytest.mark.parametrize(
    ("sentence", "indicator", "value"),
    [
        ("旅游收入恢复至2019年同期的1.1倍。", "旅游收入", "1.1"),
        ("旅游收入恢复到2019年同期的110%。", "旅游收入", "110"),
    ],
)
def test_a_share_of_an_earlier_level_is_of_the_year_told(
    sentence: str, indicator: str, value: str
) -> None:
    (share,) = figures(sentence)
    assert (share.indicator, share.value, share.period) == (indicator, Decimal(value), "2023")


def test_the_year_itself_is_the_report_s_after_what_was_left_over() -> None:
    periods = [f.period for f in figures("2021年度结余3亿元，当年收入5亿元，支出4亿元。")]
    assert periods == ["2021", "2023", "2023"]


def test_years_before_a_rise_are_a_span() -> None:
    found = figures("卫生厕所普及率达77.6%，5年提高40多个百分点。")
    assert [(f.span.quote, f.of) for f in found] == [
        ("77.6%", None),
        ("40多个百分点", found[0].span.start),
    ]


def test_a_part_reaches_over_a_semicolon() -> None:
    body = "肉类总产量20万吨，其中猪肉产量15.2万吨，增长4.0%；牛肉产量2.1万吨；蔬菜播种面积3万亩。"
    found = figures(body)
    parts = [f.indicator for f in found if "part" in f.qualifier]
    assert parts == ["猪肉产量", "牛肉产量"]
    assert found[3].of == found[0].span.start


@pytest.mark.parametrize(
    ("title", "opens"),
    [("江北省水利厅", True), ("江北省", True), ("湖北省水利厅", False), ("宜都市水利局", False)],
)
def test_a_title_of_an_area_nobody_registered_leaves_the_area_open(title: str, opens: bool) -> None:
    found = read_string(f"{title}2022年工作总结\n\n2022年，建成水库12座。")
    assert ("area-open" in [f.code for f in found.findings]) == opens


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("清源县民政局2023年工作总结\n\n全县帮扶红安县农户12户。", ""),
        ("县民政局2023年工作总结\n\n全县新建县社会福利院护理楼1栋。", ""),
        (
            "县民政局2013年工作总结\n\n2013年，新建县人民政府安排资金200万元，全县新建福利院1家。",
            "新建县",
        ),
        (
            "县民政局2023年工作总结\n\n2023年，红安县新建县社会福利院1家，全县入住老人60人。",
            "红安县",
        ),
    ],
)
def test_a_report_is_of_no_other_county_that_it_names_or_seems_to(text: str, area: str) -> None:
    report = read_string(text)
    assert report.area == area
    assert ("area-open" in [f.code for f in report.findings]) == (not area)


def test_a_county_nobody_registered_is_named_in_the_finding() -> None:
    report = read_string("清源县民政局2023年工作总结\n\n全县共有低保对象7980户。")
    (told,) = [finding for finding in report.findings if finding.code == "area-open"]
    assert "清源县 is no area of the register" in told.message


def test_what_is_told_of_the_year_ahead_is_planned() -> None:
    text = "江西省商务厅2024年工作总结\n\n2025年主要预期目标：进出口总值保持正增长，跨境电商进出口占比提高2个百分点。"
    (found,) = read_string(text).figures
    assert (found.period, found.qualifier) == ("2025", ("planned",))


def test_what_was_done_more_or_less_than_before_is_a_change() -> None:
    ran, fewer = figures("开行班列412列，较上年少开37列。")
    assert (fewer.kind, fewer.value, fewer.indicator) == ("change", -37, ran.indicator)


@pytest.mark.parametrize(
    ("sentence", "kind", "value", "qualifier"),
    [
        ("农村低保标准不低于每人每月670元。", "amount", 670, ("over",)),
        ("农村低保标准低于每人每月670元。", "amount", 670, ("under",)),
        ("农村低保标准不低于人均消费支出的65%。", "rate", 65, ()),
        ("农村低保标准低于全国平均水平670元。", "gap", -670, ()),
    ],
)
def test_no_less_than_is_a_bound_and_no_gap(
    sentence: str, kind: str, value: int, qualifier: tuple[str, ...]
) -> None:
    (found,) = figures(sentence)
    assert (found.indicator, found.kind, found.value) == ("农村低保标准", kind, value)
    assert found.qualifier == qualifier


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        (
            "规上工业增加值增长5%。分经济类型看，国有控股企业增长3.2%，私营企业增长4.1%。",
            ["规上工业增加值", "国有控股企业增加值", "私营企业增加值"],
        ),
        (
            "固定资产投资增长8%，分产业看，第一产业增长3%，第二产业投资增长5%。",
            ["固定资产投资", "第一产业固定资产投资", "第二产业投资"],
        ),
        ("规上工业增加值增长5%。\n分产业看，第二产业增长3%。", ["规上工业增加值", "第二产业"]),
    ],
)
def test_what_a_report_divides_by_branches_grew_of_each(
    sentence: str, indicators: list[str]
) -> None:
    assert [f.indicator for f in figures(sentence)] == indicators


def test_a_large_number_has_no_unit_of_the_word_it_counts() -> None:
    assert said("全省800万大学毕业生就业。") == [("800万", Decimal(8_000_000), "人")]
    assert said("全省推进3大平台建设。") == [("3大", Decimal(3), "大")]


def test_what_is_striven_for_falls_where_what_it_betters_falls() -> None:
    """单位能耗下降3%，力争3.5%: both are falls."""
    assert [f.value for f in figures("单位生产总值能耗下降3%，力争3.5%。")] == [
        Decimal(-3),
        Decimal("-3.5"),
    ]


@pytest.mark.parametrize(
    ("sentence", "planned"),
    [
        ("2023年,全省经济社会发展主要预期目标:地区生产总值增长6.5%左右。", {"6.5%"}),
        ("综合考虑,今年经济增长预期目标6.5%左右。", {"6.5%"}),
        ("今年,地区生产总值预期增长6.5%左右。", {"6.5%"}),
        ("去年增长4.3%，预期目标6.5%。", {"6.5%"}),
        ("今年城镇化率预期达到65%。", {"65%"}),
        ("地区生产总值增长4.3%，低于预期目标2.2个百分点。", set()),
        ("经济增长达到预期目标的98%。", set()),
        ("人均预期寿命达到78.9岁。", set()),
    ],
)
def test_what_is_expected_is_planned_and_what_is_measured_against_it_is_not(
    sentence: str, planned: set[str]
) -> None:
    report = read_string(f"湖北省2023年政府工作报告\n\n{sentence}\n")
    assert {f.span.quote for f in report.figures if "planned" in f.qualifier} == planned


def test_who_pays_stays_with_the_sum_where_nothing_else_says_what_it_is() -> None:
    told = {f.span.quote: f.indicator for f in figures("省级财政拨付5.6亿元。")}
    assert told == {"5.6亿元": "省级财政拨付"}
    assert [f.indicator for f in figures("中央财政安排专项资金5亿元。")] == ["专项资金"]


@pytest.mark.parametrize(
    ("sentence", "indicator", "period"),
    [
        ("明年计划新增就业1.2万人。", "新增就业", "2024"),
        ("明年，全省计划新增就业1.2万人。", "新增就业", "2024"),
        ("计划明年建成学校3所。", "学校", "2024"),
        ("预计明年粮食产量达到5万吨。", "粮食产量", "2024"),
        ("前年建成学校2所。", "学校", "2021"),
        ("1-9月招商引资到位资金8亿元。", "招商引资到位资金", "2023-01-01/2023-09-30"),
        ("五年间完成投资50亿元。", "投资", "2019/2023"),
    ],
)
def test_a_time_before_an_indicator_is_no_part_of_it_and_is_counted_once(
    sentence: str, indicator: str, period: str
) -> None:
    assert [(f.indicator, f.period) for f in figures(sentence)] == [(indicator, period)]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("居民消费价格涨幅控制在3%以内。", ["3"]),
        ("粮食价格涨幅在3%—5%之间。", ["3", "5"]),
        ("粮食价格降幅在2%左右。", ["-2"]),
        ("工业增速保持在6%以上。", ["6"]),
    ],
)
def test_the_level_of_a_speed_is_a_change(sentence: str, values: list[str]) -> None:
    told = figures(sentence)
    assert [(f.kind, f.value) for f in told] == [("change", Decimal(value)) for value in values]
    assert {f.indicator for f in told} <= {"居民消费价格", "粮食价格", "工业"}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("城镇、农村居民收入分别增长6.1%、7.2%，分别高于全国0.2个、0.5个百分点。", "gap"),
        ("城镇、农村居民收入分别增长6.1%和7.2%，比上年分别提高0.2和0.5个百分点。", "change"),
        ("城镇、农村居民收入分别增长6.1%、7.2%，增速分别提高0.2个、0.5个百分点。", "change"),
    ],
)
def test_a_second_list_is_of_the_same_things_as_the_list_of_growth_before_it(
    sentence: str, kind: str
) -> None:
    first, second = figures(sentence)[2:]
    assert [(f.indicator, f.unit, f.kind) for f in (first, second)] == [
        ("城镇居民收入", "个百分点", kind),
        ("农村居民收入", "个百分点", kind),
    ]


def test_parts_of_a_sum_without_a_unit_are_money() -> None:
    told = figures("总投资1.2亿，其中中央资金8000万，县级配套1000万。")
    assert [(f.unit, f.kind, "unit-missing" in f.qualifier) for f in told] == [
        ("元", "amount", True)
    ] * 3


def test_a_vague_number_before_people_is_excluded_in_words() -> None:
    report = document("惠及数十万群众，带动上百家企业，历时3至5个月。")
    assert {(e.span.quote, e.reason) for e in report.exclusions} >= {
        ("数十万", "summing"),
        ("百家", "summing"),
        ("3", "duration"),
        ("5", "duration"),
    }


def test_a_prize_keeps_its_rank_and_a_growing_loss_is_a_change() -> None:
    assert counted("获得全国一等奖2个，获得3个二等奖。")[1] == ("二等奖", 3)
    (loss,) = figures("企业增亏0.3亿元。")
    assert (loss.kind, loss.value) == ("change", Decimal(30_000_000))


def planned(sentence: str, header: str = "湖北省2024年政府工作报告\n\n") -> set[str]:
    """The figures of a report of 2024 that are told as planned."""
    report = read_string(header + sentence)
    return {f.span.quote for f in report.figures if "planned" in f.qualifier}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("去年增长6%。综合考虑，建议今年经济增长6.5%左右，就业增加80万人。", {"6.5%", "80万人"}),
        ("主要预期目标是：生产总值增长6.5%。去年新建学校120所。", {"6.5%"}),
        ("今年主要任务是：在去年新建学校120所的基础上，再新建90所。", set()),
        ("2024年赤字率拟按3%安排。", {"3%"}),
        ("今年，我们要突出抓好50个重大项目。拆除棚户区120万平方米。", {"50个", "120万平方米"}),
        ("去年新增就业119万人，超额完成110万人的年度目标。", {"110万人"}),
        ("计划总投资120亿元的大桥已完成投资35亿元。", {"120亿元"}),
        ("会议要求各地完成整改30处，并补种树木5万株。", {"30处", "5万株"}),
        ("按照省委要求整改问题30个。", set()),
        ("争取中央资金12亿元，争取新增专项债券额度168亿元。", set()),
        ("责令停产整顿企业56家。", set()),
    ],
)
def test_what_is_proposed_or_demanded_is_planned_and_what_last_year_brought_is_not(
    sentence: str, expected: set[str]
) -> None:
    assert planned(sentence) == expected


def test_words_that_propose_or_dispose_are_no_part_of_an_indicator() -> None:
    assert [f.indicator for f in figures("建议今年地区生产总值增长6.5%。")] == ["地区生产总值"]
    assert [f.indicator for f in figures("赤字率拟按3%安排。")] == ["赤字率"]


def test_a_clause_that_only_names_the_targets_after_it_tells_no_action() -> None:
    assert not document("今年发展主要预期目标是：居民消费价格涨幅3%左右。").measures


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("客运量、货运量恢复到上年的85%和92%。", ["客运量", "货运量"]),
        ("接待人次、收入分别恢复至2019年同期的110%、115%。", ["接待人次", "收入"]),
        ("航班量恢复至疫情前九成。", ["航班量"]),
        (
            "研发经费支出相当于全市生产总值的比例达到4.5%。",
            ["研发经费支出相当于全市生产总值的比例"],
        ),
    ],
)
def test_what_recovered_to_a_share_of_an_earlier_level_is_named_without_it(
    sentence: str, indicators: list[str]
) -> None:
    assert [(f.indicator, f.kind) for f in figures(sentence)] == [(i, "rate") for i in indicators]


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("3月15日至20日签约项目36个。", ["2023-03-15/2023-03-20"]),
        ("9月28日至10月3日接待游客5万人次。", ["2023-09-28/2023-10-03"]),
        ("上半年末存款余额2.3万亿元。", ["2023-06"]),
        ("2022年三季度末贷款余额1.9万亿元。", ["2022-09"]),
        (
            "生产总值一季度、上半年、前三季度分别增长4.5%、5.2%、5%。",
            ["2023-01-01/2023-03-31", "2023-01-01/2023-06-30", "2023-01-01/2023-09-30"],
        ),
        ("规上工业企业由五年前的23户增至41户。", ["2018", "2023"]),
        ("2021年、2022年分别完成投资10亿元、12亿元，分别增长5%、6%。", ["2021", "2022"] * 2),
        ("2021年和2022年，分别建成学校3所、5所。", ["2021", "2022"]),
        ("2022年Q3完成投资3亿元。", ["2022-07-01/2022-09-30"]),
        (
            "第一、第二季度分别投资1亿元、2亿元。",
            ["2023-01-01/2023-03-31", "2023-04-01/2023-06-30"],
        ),
        ("二Ｏ二一年新建道路35公里，2O22年新建36公里。", ["2021", "2022"]),
        ("党的十九大以来，新建道路35公里。", ["2017/2023"]),
    ],
)
def test_days_ends_of_quarters_and_lists_of_times_are_the_periods_they_name(
    sentence: str, periods: list[str]
) -> None:
    found = figures(sentence)
    assert [f.period for f in found] == periods
    assert not {"末", "一季度", "上半年"} & {f.indicator for f in found}


@pytest.mark.parametrize(
    ("sentence", "text", "indicator", "kind"),
    [
        ("我们这个拥有13亿多人口的大国实现了小康。", "13亿", "人口", "count"),
        ("全县总人口60万人口。", "60万", "总人口", "count"),
        ("5000人口以上的村配备村医。", "5000", "村", "threshold"),
        ("本科以上学历占比78%，高于省定55%的标准。", "55%", "本科以上学历占比", "threshold"),
        ("补贴面积3.5万亩，共350万元。", "350万元", "补贴", "amount"),
        ("因灾纳入监测对象577户。", "577户", "因灾纳入监测对象", "count"),
        ("16条产业链产值增长8%。", "16条", "产业链", "count"),
        ("新增停车位1.2万个。", "1.2万个", "停车位", "count"),
        ("2126个重建项目完工2098个。", "2126个", "重建项目", "count"),
        ("新建学校156所、医院47所。", "156所", "学校", "count"),
        ("实施危房改造5230户。", "5230户", "危房改造", "count"),
        ("人均住房面积由震前的18平方米增至32平方米。", "18平方米", "人均住房面积", "amount"),
        (
            "三次产业分别增长5.2%、6.8%、7.3%，对增长的贡献率分别为12%、49%、39%。",
            "49%",
            "第二产业对增长的贡献率",
            "rate",
        ),
        ("一般公共预算收入安排820亿元。", "820亿元", "一般公共预算收入", "amount"),
        ("原计划新建泵站36座。", "36座", "泵站", "count"),
        ("抓好50个投资超亿元的重大项目。", "50个", "重大项目", "count"),
        ("贫困发生率降到1.89%，低于3%的国家标准。", "3%", "贫困发生率", "threshold"),
        ("企业数分别是2017年的4.5倍和6倍。", "6倍", "企业数", "rate"),
        ("年产值9亿元，带动农民人均增收5000元。", "5000元", "农民人均增收", "amount"),
        ("投资额、增幅分别居全省第二位和第三位。", "第三位", "增幅", "rank"),
        ("选派医院医生423人驻乡帮扶。", "423人", "医院医生", "count"),
        ("解决饮水问题，尚有320万人没有稳定脱贫。", "320万人", "没有稳定脱贫", "count"),
        ("出动植保无人机3200架次。", "3200架次", "植保无人机", "count"),
        ("计划完成综合交通投资560亿元。", "560亿元", "综合交通投资", "amount"),
        ("为1.8万名优抚对象提高补助标准10%。", "10%", "补助标准", "change"),
        ("基本医保参保903.6万人。", "903.6万人", "基本医保参保", "count"),
        ("按每人每月300元标准发放补贴。", "300元", "每人每月补贴", "amount"),
        ("涉及3县12村450户1200人。", "12", "村", "count"),
        ("拥有8个年交易额超百亿元的市场。", "8个", "市场", "count"),
        ("拥有8个年交易额超百亿元的市场。", "百亿元", "市场", "threshold"),
        ("形成5个税收过亿元的园区。", "亿元", "园区", "threshold"),
        ("985高校毕业生12名。", "12名", "985高校毕业生", "count"),
        ("查办案件120件，罚没638万。", "638万", "罚没", "amount"),
        ("零售总额下降7.5%，与上年同期相比回落13个百分点。", "13个百分点", "零售总额", "change"),
    ],
)
def test_people_standards_sums_and_chains_are_what_they_are(
    sentence: str, text: str, indicator: str, kind: str
) -> None:
    found = {f.span.quote: (f.indicator, f.kind) for f in figures(sentence)}
    assert found[text] == (indicator, kind)


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("春运期间投入运力85台。", "运力"),
        ("在高速公路出入口设立检查点3个。", "检查点"),
        ("为货车司机发放通行证1.2万张。", "通行证"),
        ("约1.1亿元债务尚未化解。", "债务"),
        ("投产后，可带动就业150人。", "带动就业"),
        ("为民服务中心12个。", "为民服务中心"),
        ("在校学生3.2万人。", "在校学生"),
    ],
)
def test_when_where_and_for_whom_are_no_part_of_an_indicator(sentence: str, indicator: str) -> None:
    assert indicator in [f.indicator for f in figures(sentence)]


@pytest.mark.parametrize(
    ("sentence", "action", "thing"),
    [
        ("新建门诊楼竣工投用。", "竣工投用", "新建门诊楼"),
        ("新建门诊楼12栋。", "新建", "门诊楼"),
        ("力争10月底前主线贯通。", "贯通", "主线"),
        ("较好地完成了各项任务。", "完成", "各项任务"),
    ],
)
def test_what_became_of_what_was_built_is_the_action(
    sentence: str, action: str, thing: str
) -> None:
    (act,) = document(sentence).measures
    assert (act.action, act.object.text) == (action, thing)


def test_the_growth_of_a_sum_is_not_that_of_its_share() -> None:
    found = figures("生产总值7800亿元，占全省42%，同比增长5.8%。")
    assert found[2].of == found[0].span.start


def test_a_count_is_of_things_and_what_is_told_of_them_is_a_figure_of_its_own() -> None:
    assert counted("8个项目资金1230万元闲置。") == [("项目", 8), ("资金", 12_300_000)]
    assert [f.indicator for f in figures("抽审7个镇28个村46个项目。")] == ["镇", "村", "项目"]
    assert [f.indicator for f in figures("为124名重度残疾儿童送教上门。")] == ["重度残疾儿童"]


def test_what_follows_when_the_parts_make_up_the_whole_is_no_part() -> None:
    sentence = (
        "查出问题金额4.86亿元，其中违规金额2360万元、管理不规范金额4.62亿元；处理处罚金额1850万元。"
    )
    assert ["part" in f.qualifier for f in figures(sentence)] == [False, True, True, False]


def test_a_finding_of_an_audit_is_no_action_and_money_for_pupils_is_a_sum() -> None:
    assert not document("审计发现，资金闲置。").measures
    (act,) = document("发放资助资金1562万元。").measures
    assert (act.action, act.object.text) == ("发放", "资助资金")


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        (
            "规模以上工业增加值、固定资产投资（不含房地产）、社会消费品零售总额分别增长5.9%、1.2%和5.9%。",
            ["规模以上工业增加值", "固定资产投资（不含房地产）", "社会消费品零售总额"],
        ),
        ("省属国有企业从23家重组为19家。", ["省属国有企业"] * 2),
        ("重点数据中心达47个，其中超大型18个。", ["重点数据中心", "超大型重点数据中心"]),
    ],
)
def test_brackets_mergers_and_sizes_keep_the_name_of_an_indicator(
    sentence: str, indicators: list[str]
) -> None:
    assert [f.indicator for f in figures(sentence)] == indicators


def test_a_route_is_not_of_the_place_where_it_begins() -> None:
    told = figures("贵阳至东盟国家货运航线增至6条，中欧班列开行80列。")
    assert {f.scope.text for f in told} == {"湖北省"}
    assert [m.object.text for m in document("中欧班列开行80列、是上年的2.1倍。").measures] == [
        "中欧班列"
    ]
    assert not document("发展中还存在不少困难。").measures


def test_deposits_and_loans_told_together_are_two_and_the_first_of_a_list_is_bare() -> None:
    told = figures(
        "金融机构人民币存贷款余额分别为86.3亿元、109.5亿元，比年初分别增加7.2亿元、12.8亿元。"
    )
    both = ["金融机构人民币存款余额", "金融机构人民币贷款余额"]
    assert [f.indicator for f in told] == both * 2
    assert [f.of for f in told[2:]] == [f.span.start for f in told[:2]]
    assert [f.indicator for f in figures("种植茶叶8.6万亩、刺梨7万亩。")] == ["茶叶", "刺梨"]


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        (
            "受理信访举报23件（其中上级转办9件），比去年下降14.8%。",
            ["信访举报", "上级转办", "信访举报"],
        ),
        ("播种粮食23.8万亩，完成市下达任务22.5万亩的105.8%。", ["粮食", "市下达任务", "粮食"]),
        ("带动就业150人，人均月增收2600元。", ["带动就业", "人均月增收"]),
        ("解决了2镇9村1.38万人吃水不稳问题。", ["镇", "村", "吃水不稳问题"]),
        ("制造业投资16.8亿元，增幅居全市13个镇街第二。", ["制造业投资", "镇街", "制造业投资"]),
        ("工业增加值增长9%、增速居4个直辖市首位。", ["工业增加值", "直辖市", "工业增加值"]),
        ("贵州栗香茶业有限公司投资1800万元在流河渡社区新建生产线2条。", ["生产线投资", "生产线"]),
        ("省总工会督办建议30件。", ["建议"]),
        ("修订村规民约3份。", ["村规民约"]),
    ],
)
def test_an_indicator_is_of_what_is_counted_and_not_of_who_acts(
    sentence: str, indicators: list[str]
) -> None:
    assert [f.indicator for f in figures(sentence)] == indicators


def test_what_a_body_does_is_not_of_the_area_told_before() -> None:
    sentence = "匡河镇建成广场1个，县信访局受理诉求27件，办结率99.1%。"
    found = read_string(sentence, area="罗田县", period="2024").figures
    assert [f.scope.text for f in found] == ["匡河镇", "罗田县", "罗田县"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("县医保局将参保率由95.1%提高到97.4%。", [("参保率", False), ("参保率", False)]),
        ("县财政部门将生均公用经费提高到720元。", [("生均公用经费", False)]),
        ("市教育局将12所薄弱学校纳入改造计划。", [("薄弱学校", False)]),
        ("粮食产量将达到97万吨。", [("粮食产量", True)]),
        ("全市将新建学校12所。", [("学校", True)]),
        ("原计划新建学校12所。", [("学校", True)]),
    ],
)
def test_what_is_acted_on_after_将_is_no_plan(sentence: str, told: list[tuple[str, bool]]) -> None:
    found = [(f.indicator, "planned" in f.qualifier) for f in figures(sentence)]
    assert found == told


@pytest.mark.parametrize(
    "label", ["2024年打算：", "2024年主要目标：", "2024年工作安排。", "2024年度重点工作计划："]
)
def test_a_paragraph_that_opens_with_a_plan_of_the_year_ahead_is_planned_to_its_end(
    label: str,
) -> None:
    text = f"全县新建公园4个。\n\n{label}新建学校3所；年底前改造道路5公里。建成桥梁2座。"
    found = {f.indicator: ("planned" in f.qualifier, f.period[:4]) for f in figures(text)}
    assert found.pop("公园") == (False, "2023")
    assert set(found.values()) == {(True, "2024")} and len(found) == 3


@pytest.mark.parametrize(
    "label",
    ["明年打算：", "下一步打算：", "下年度工作计划：", "下一步，重点做好以下工作：", "新的一年，我们将做好以下工作："],
)  # fmt: skip
@pytest.mark.parametrize(
    "items", ["1.建成桥梁2座。\n2.修复堤坝5公里。", "一是建成桥梁2座。\n二是修复堤坝5公里。"]
)
def test_a_line_that_leads_to_a_plan_leads_to_all_below_it(label: str, items: str) -> None:
    text = f"（一）交通方面\n新建公园4个。\n{label}\n{items}\n（二）教育方面\n新建学校3所。"
    found = {f.indicator: ("planned" in f.qualifier, f.period) for f in figures(text)}
    done, planned = (False, "2023"), (True, "2024")
    assert found == {"公园": done, "桥梁": planned, "堤坝": planned, "学校": done}
    assert [m.status for m in document(text).measures if m.action in ("建成", "修复")] == [
        "planned"
    ] * 2


def test_a_line_that_leads_to_problems_leads_to_difficulties() -> None:
    text = "新建公园4个。\n存在问题：\n一是12个村道路未硬化。\n二是人才短缺。\n下步打算：\n新建学校3所。"
    assert [d.span.quote for d in document(text).difficulties] == ["12个村道路未硬化", "人才短缺"]
    assert not document("针对存在的问题：\n一是新建道路3公里。").difficulties


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("咸宁市生态环境局2023年工作总结", "咸宁市生态环境局"),
        ("通山县人民政府2023年工作总结", "通山县人民政府"),
        ("湖北省2023年工作总结", ""),
        ("关于向湖北省教育厅报送2023年工作总结的函", ""),
    ],
)
def test_the_body_that_a_title_begins_with_is_the_issuer(title: str, issuer: str) -> None:
    assert read_string(f"{title}\n\n查处柴油车214辆。\n").header.issuer == issuer


def test_a_comparison_with_townspeople_names_no_town() -> None:
    found = document("农村居民人均可支配收入16820元，比城镇居民少19640元。").mentions
    assert "Area" not in {mention.type for mention in found}


@pytest.mark.parametrize(
    ("sentence", "indicator", "qualifier"),
    [
        ("原计划新建的2个空气自动站因选址问题未能建成。", "空气自动站", ("planned",)),
        ("新建的3所学校尚未投入使用。", "学校", ()),
        ("尚有5个项目因资金问题未开工。", "项目", ()),
        ("新建未成年人保护站3个。", "未成年人保护站", ("new",)),
    ],
)
def test_what_was_not_done_is_not_new_and_its_cause_is_no_part_of_it(
    sentence: str, indicator: str, qualifier: tuple[str, ...]
) -> None:
    (figure,) = figures(sentence)
    assert (figure.indicator, figure.qualifier) == (indicator, qualifier)


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("省公安厅破案512起。", "破案"),
        ("省消防救援总队巡逻2400次。", "巡逻"),
        ("省应急管理厅执法86次。", "执法"),
    ],
)
def test_whose_work_is_counted_is_no_part_of_the_indicator(sentence: str, indicator: str) -> None:
    assert [figure.indicator for figure in figures(sentence)] == [indicator]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("2020年产值3亿元，次年产值5亿元。", ["2020", "2021"]),
        ("2022年编制次年预算3亿元。", ["2022"]),
        ("2022年印发《次年工作计划》3份。", ["2022"]),
        ("19年至21年分别投资1亿元、2亿元。", ["2019/2021", "2019/2021"]),
        ("（21年）投资3亿元。", ["2021"]),
        ("21年车龄的公交车30辆。", ["2023", "2023"]),
    ],
)
def test_the_next_year_and_a_short_one_are_years_only_where_they_tell_when(
    sentence: str, told: list[str]
) -> None:
    assert [figure.period for figure in figures(sentence)] == told


def test_a_name_keeps_its_words_where_a_year_is_written_in_full() -> None:
    (measure,) = document("2022年印发《次年工作计划》3份。").measures
    assert measure.object.text == "《次年工作计划》"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("参保人数达12万人，力争新增5万人。", [("参保人数", 120000), ("参保人数", 50000)]),
        ("学校总数达12所，计划新增5所。", [("学校", 12), ("学校", 5)]),
        ("事故起数减少一半。", [("事故起数", -50)]),
        ("由30个工作日压缩到12个，减少18个。", [("", 30), ("", 12), ("减少", -18)]),
    ],
)
def test_a_verb_alone_carries_what_was_counted_and_says_itself_once(
    sentence: str, told: list[tuple[str, int]]
) -> None:
    assert counted(sentence) == told


def test_how_many_bodies_act_is_no_part_of_a_name() -> None:
    found = document("省财政厅、省教育厅两家单位投资3亿元。")
    assert {m.span.quote for m in found.mentions} == {"省财政厅", "省教育厅"}
    counted = document("新建三十所学校、卅所医院。").mentions
    assert "Organization" not in {mention.type for mention in counted}
