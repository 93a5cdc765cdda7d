"""How a number is written: spaces, separators, signs, scales, units, ranges, lists, Chinese numerals."""

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


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("完成投资 3.45 亿元。", "3.45 亿元", "345000000", "元"),
        ("完成投资\u00a03.45\u2009亿元。", "3.45\u2009亿元", "345000000", "元"),
        ("完成投资\u30003.45\u3000亿元。", "3.45\u3000亿元", "345000000", "元"),
        ("财政收入增长 7.3 %。", "7.3 %", "7.3", "%"),
        ("完成投资\t3.45\t亿元。", "3.45\t亿元", "345000000", "元"),
        ("完成投资3.45&nbsp;亿元。", "3.45&nbsp;亿元", "345000000", "元"),
        ("财政收入增长*12.5%*，结余3元。", "12.5%", "12.5", "%"),
        ("修建道路 35\n公里。", "35\n公里", "35", "公里"),
        ("财政收入23，456.7万元。", "23，456.7万元", "234567000", "元"),
        ("财政收入23 456万元。", "23 456万元", "234560000", "元"),
        ("财政收入23\u202f456万元。", "23\u202f456万元", "234560000", "元"),
        ("财政收入增长8·5%。", "8·5%", "8.5", "%"),
        ("培训2.3万⼈。", "2.3万⼈", "23000", "人"),
        ("培训1\u00ad200人。", "1\u00ad200人", "1200", "人"),
        ("户均补贴2万6000元。", "2万6000元", "26000", "元"),
        ("下达资金1亿2000万元。", "1亿2000万元", "120000000", "元"),
        ("贷款期限2年半。", "2年半", "2.5", "年"),
        ("培训1个半小时。", "1个半小时", "1.5", "小时"),
        ("每人每月补贴48元6角。", "48元6角", "48.6", "元"),
        ("新建220千伏变电站。", "220千伏", "220", "千伏"),
        ("光伏装机420千瓦。", "420千瓦", "420", "千瓦"),
        ("光伏装机30万千瓦。", "30万千瓦", "300000", "千瓦"),
        ("施用化肥18千克。", "18千克", "18", "千克"),
        ("细颗粒物浓度35微克/立方米。", "35微克/立方米", "35", "微克/立方米"),
        ("车速达到80公里/小时。", "80公里/小时", "80", "公里/小时"),
        ("保障标准为600元/人·月。", "600元/人·月", "600", "元/人·月"),
        ("变电容量50万千伏安。", "50万千伏安", "500000", "千伏安"),
        ("接种疫苗12万剂次。", "12万剂次", "120000", "剂次"),
        ("新建厂房3.2万㎡。", "3.2万㎡", "32000", "㎡"),
        ("噪声均值54.3分贝。", "54.3分贝", "54.3", "分贝"),
        ("全市GDP1.3万亿元。", "1.3万亿元", "1300000000000", "元"),
        ("打造百亿级园区。", "百亿", "10000000000", "元"),
    ],
)
def test_a_number_is_read_with_its_unit(sentence: str, text: str, value: str, unit: str) -> None:
    assert (text, Decimal(value), unit) in said(sentence)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("出口总额增长-4.2%。", "-4.2"),
        ("出口总额增长\u22124.2%。", "-4.2"),
        ("出口总额增长—4.2%。", "-4.2"),
        ("人口自然增长率为负1.4‰。", "-1.4"),
        ("出口总额负增长4.2%。", "-4.2"),
        ("粮食减产1.6万吨。", "-16000"),
        ("财政短收1.5亿元。", "-150000000"),
        ("住房价格跌幅3.1%。", "-3.1"),
        ("出口降幅为3.1%。", "-3.1"),
        ("平均气温零下6.5℃。", "-6.5"),
        ("办理时间减半。", "-50"),
        ("肩负3项改革任务。", "3"),
    ],
)
def test_a_fall_is_negative(sentence: str, value: str) -> None:
    assert [figure.value for figure in figures(sentence)] == [Decimal(value)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("工业增加值增长5%—6%。", [("5%", 5, "%", "change", "工业增加值"), ("6%", 6, "%", "change", "工业增加值")]),
        ("奖励资金3—5万元。", [("3", 30000, "元", "amount", "奖励资金"), ("5万元", 50000, "元", "amount", "奖励资金")]),
        ("打造2—4个样板村。", [("2", 2, "个", "count", "样板村"), ("4个", 4, "个", "count", "样板村")]),
        ("新建15至20所托育园。", [("15", 15, "所", "count", "托育园"), ("20所", 20, "所", "count", "托育园")]),
    ],
)  # fmt: skip
def test_a_range_is_two_figures_of_one_thing(
    sentence: str, expected: list[tuple[str, int, str, str, str]]
) -> None:
    found = [(f.span.quote, f.value, f.unit, f.kind, f.indicator) for f in figures(sentence)]
    assert found == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("覆盖率、治理率分别提高20.9、36.2个百分点。", [("覆盖率", "20.9"), ("治理率", "36.2")]),
        ("城镇、农村居民收入分别为45678、21345元。", [("城镇居民收入", "45678"), ("农村居民收入", "21345")]),
        ("钢铁、水泥产值分别达1.2万亿、8200亿元。", [("钢铁产值", "1200000000000"), ("水泥产值", "820000000000")]),
        ("第一、第三产业增加值分别增长2.5%、3.9%。", [("第一产业增加值", "2.5"), ("第三产业增加值", "3.9")]),
        ("第一、三产业增加值分别增长2.5%、3.9%。", [("第一产业增加值", "2.5"), ("第三产业增加值", "3.9")]),
        ("自来水普及率、卫生厕所普及率分别达到95%和88%。", [("自来水普及率", "95"), ("卫生厕所普及率", "88")]),
    ],
)  # fmt: skip
def test_a_list_shares_its_unit(sentence: str, expected: list[tuple[str, str]]) -> None:
    found = figures(sentence)
    assert [(f.indicator, f.value) for f in found] == [(noun, Decimal(n)) for noun, n in expected]
    assert len({figure.unit for figure in found}) == 1


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("森林覆盖率达到百分之四十二点七。", "42.7", "%"),
        ("下达资金六千万元。", "60000000", "元"),
        ("参保率提高三个百分点。", "3", "个百分点"),
        ("产量增长一点六倍。", "1.6", "倍"),
        ("培育合作社一百零七家。", "107", "家"),
        ("带动就业一万三千二百人。", "13200", "人"),
        ("培育企业四百余家。", "400", "家"),
        ("六成农户加入合作社。", "60", "%"),
    ],
)
def test_chinese_numerals_have_their_value_and_unit(sentence: str, value: str, unit: str) -> None:
    assert [(f.value, f.unit) for f in figures(sentence)] == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "sentence",
    [
        "抓好三项工作。",
        "打通最后一公里。",
        "一亩三分地有了变化。",
        "两个一百年奋斗目标。",
        "完成三四个。",
        "第一，健全服务体系；第二，完善路网。",
        "1)健全服务体系。\n2）完善农村路网。",
        "一是健全体系；10.改造学校；11.培训教师。",
        "3月19日至20日，县委召开会议。",
        "2023-03-15召开会议。",
        "1.2 健全服务体系。",
        "2 健全服务体系。",
        "两成立一推进。",
        "如图1所示，工作稳步推进；详见表2-1和附件3。",
    ],
)
def test_dates_codes_and_ordinals_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == []


def test_digits_without_a_figure_are_all_listed() -> None:
    found = document("第一，健全体系；10.改造学校23所。2023/3/15检查。")
    listed = [exclusion.span.quote for exclusion in found.exclusions]
    assert any("10" in quote for quote in listed)
    assert "2023/3/15" in listed


@pytest.mark.parametrize(
    ("sentence", "kinds", "values"),
    [
        ("县域经济增速高于全省1个百分点。", ["gap"], [1]),
        ("人均收入低于全国平均水平1200元。", ["gap"], [-1200]),
        ("收入增长5.1%、高于全国0.4个百分点。", ["change", "gap"], [Decimal("5.1"), Decimal("0.4")]),
        ("入学率高于上年1.2个百分点。", ["change"], [Decimal("1.2")]),
        ("外出务工人数是年度计划的2.1倍。", ["completion"], [210]),
        ("外出务工人数超年度计划12%。", ["completion"], [112]),
        ("外出务工人数超额完成年度任务12%。", ["completion"], [112]),
        ("人均收入是全国平均水平的1.5倍。", ["rate"], [Decimal("1.5")]),
        ("粮食总产量35万吨、增产1.2万吨。", ["amount", "change"], [350000, 12000]),
    ],
)  # fmt: skip
def test_gaps_and_completions_have_their_kinds_and_values(
    sentence: str, kinds: list[str], values: list[Decimal]
) -> None:
    found = figures(sentence)
    assert [figure.kind for figure in found] == kinds
    assert [figure.value for figure in found] == values


def test_a_duration_that_only_colours_is_no_figure() -> None:
    found = document("新增就业人数连续4年超过90万人。")
    assert [figure.span.quote for figure in found.figures] == ["90万人"]
    assert ("4", "duration") in [(e.span.quote, e.reason) for e in found.exclusions]


@pytest.mark.parametrize(
    ("sentence", "indicator", "values"),
    [
        ("城镇化率从2015年的51.2%提高到2020年的56.3%。", "城镇化率", ["51.2", "56.3"]),
        ("农林水利投资比重由上年的3.3%增加到4.1%。", "农林水利投资比重", ["3.3", "4.1"]),
        ("办理时限由15天压缩至3天。", "办理时限", ["15", "3"]),
    ],
)
def test_two_levels_of_one_indicator_are_two_figures(
    sentence: str, indicator: str, values: list[str]
) -> None:
    found = figures(sentence)
    assert [f.indicator for f in found] == [indicator, indicator]
    assert [f.value for f in found] == [Decimal(value) for value in values]


def test_the_parts_of_a_structure_keep_their_names_when_it_changes() -> None:
    found = figures("三次产业结构由12∶38∶50调整为11∶39∶50。")
    assert [f.value for f in found] == [12, 38, 50, 11, 39, 50]
    assert [f.indicator[:4] for f in found] == ["第一产业", "第二产业", "第三产业"] * 2


def test_a_gap_is_of_the_figure_it_follows() -> None:
    growth, gap = figures("生产总值增长4.7%、低于全国0.3个百分点。")
    assert gap.of == growth.span.start
    assert gap.value == Decimal("-0.3")


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("变电站补偿容量达到35Xvar。", "unknown-unit"),
        ("毕业生就业率达到961%。", "rate-above-100"),
        ("新建学校3.5所。", "count-not-whole"),
        ("渔业产值28亿元，其中养殖业113亿元。", "part-exceeds-whole"),
        ("渔业产值28亿元，其中养殖业20亿元、捕捞业15亿元。", "part-exceeds-whole"),
        ("渔业产值由上年的80亿元增加到100亿元，增长5%。", "growth-contradicts"),
        ("渔业产值由上年的80亿元增加到100亿元，增加5亿元。", "growth-contradicts"),
    ],
)
def test_what_a_careful_reader_doubts_is_a_finding(sentence: str, code: str) -> None:
    assert code in [finding.code for finding in document(sentence).findings]


@pytest.mark.parametrize(
    "sentence",
    [
        "细颗粒物浓度35微克/立方米。",
        "投资完成率达到129%。",
        "每万人口发明专利拥有量57.9件。",
        "渔业产值28亿元，其中养殖业11亿元。",
        "居民人均可支配收入48134元，其中城镇居民58600元、农村居民28500元。",
        "渔业产值由上年的80亿元增加到100亿元，增长25%。",
    ],
)
def test_what_is_in_order_is_no_finding(sentence: str) -> None:
    assert document(sentence).findings == ()


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("① 新建学校3所；② 改造学校5所。", "学校"),
        ("（1）新建公路25公里；（2）改建公路30公里。", "公路"),
        ("9.新建学校3所；10.新建学校5所。", "学校"),
        ("人均GDP²达到8.3万元。", "人均GDP"),
        ("森林覆盖率[3]达到42%。", "森林覆盖率"),
    ],
)
def test_item_numbers_and_note_marks_are_no_words_of_an_indicator(
    sentence: str, indicator: str
) -> None:
    assert indicator in figures(sentence)[-1].indicator
    assert len(figures(sentence)[-1].indicator) <= len(indicator) + 2


def test_signs_of_comparison_qualify() -> None:
    assert [f.qualifier for f in figures("干部≥2名，用地≤20亩。")] == [("over",), ("under",)]
    assert [f.indicator for f in figures("干部≥2名，用地≤20亩。")] == ["干部", "用地"]


def test_page_numbers_of_a_table_of_contents_are_no_figures() -> None:
    found = document(
        "一、工作成效 1\n二、存在问题 5\n三、工作打算 12\n一、工作成效\n建成冷库12座。"
    )
    assert [figure.span.quote for figure in found.figures] == ["12座"]


@pytest.mark.parametrize(
    ("sentence", "quote", "value", "unit"),
    [
        ("脱贫人口的一半实现就业。", "一半", "50", "%"),
        ("半数以上村达标。", "半数", "50", "%"),
        ("能耗减少了一半。", "一半", "-50", "%"),
        ("三成多农户加入合作社。", "三成多", "30", "%"),
        ("召集党员廿余名。", "廿余名", "20", "名"),
        ("新建学校卅五所。", "卅五所", "35", "所"),
        ("打井十二口。", "十二口", "12", "口"),
    ],
)
def test_halves_tenths_and_tens_in_one_character_are_numbers(
    sentence: str, quote: str, value: str, unit: str
) -> None:
    (figure,) = read_string(sentence, area="河南省", period="2023").figures
    assert (figure.span.quote, figure.value, figure.unit) == (quote, Decimal(value), unit)


@pytest.mark.parametrize(
    "sentence", ["另一半按期到位。", "廿里铺镇受益。", "甲乙丙三方，共同参与。", "十口之家。"]
)
def test_what_only_looks_like_a_half_or_a_ten_is_none(sentence: str) -> None:
    assert read_string(sentence, area="河南省", period="2023").figures == ()


@pytest.mark.parametrize(
    ("sentence", "quote"), [("时间过半，工程提速。", "过半"), ("清退企业二十来家。", "二十来家")]
)
def test_a_vague_numeral_is_among_the_exclusions(sentence: str, quote: str) -> None:
    found = read_string(sentence, area="河南省", period="2023")
    assert quote in [exclusion.span.quote for exclusion in found.exclusions]
