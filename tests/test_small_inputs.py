"""Short texts of counties and their departments that were read wrong without a finding."""

from __future__ import annotations

import pytest

from policygraph.graph.statements import Document, Figure
from policygraph.loaders.reader import read_string


def read(sentence: str, title: str = "湖北省红安县2023年工作总结") -> Document:
    return read_string(f"{title}\n\n{sentence}\n")


def scope(figure: Figure) -> str:
    return figure.scope.text or "、".join(entity.name for entity in figure.scope.entities)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("捐款3万零500元。", [("30500", "元")]),
        ("发放补助2万零3元。", [("20003", "元")]),
        ("跨越千亿、两千亿两个台阶。", []),
        ("近九成群众满意。", [("90", "%")]),
        ("线路电压380伏。", [("380", "伏")]),
        ("新建学校2所①，改造医院3家②。", [("2", "所"), ("3", "家")]),
        ("三伏天，组织活动5次。", [("5", "次")]),
        ("2022/2023学年，资助学生1200人次。", [("1200", "人次")]),
    ],
)
def test_numbers_and_the_marks_beside_them(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(f"{f.value:f}", f.unit) for f in read(sentence).figures] == expected


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("尚有5所学校没有食堂。", ["学校没有食堂"]),
        ("仍有3个乡镇缺少卫生院。", ["乡镇缺少卫生院"]),
        ("制造业投资降幅收窄1.2个百分点。", ["制造业投资降幅"]),
        ("工业增加值增长6.8%，增速同比加快1.1个百分点。", ["工业增加值", "工业增加值增速"]),
        ("城区、乡镇供水覆盖率分别达到98%、86%。", ["城区供水覆盖率", "乡镇供水覆盖率"]),
        ("县、乡两级服务站覆盖率分别达100%、95%。", ["县级服务站覆盖率", "乡级服务站覆盖率"]),
        ("以每人每年4500元的标准资助学生35名。", ["每人每年资助", "学生"]),
        ("按每户2万元标准给予补助。", ["每户补助"]),
        ("每天接待游客1.2万人次。", ["每天接待游客"]),
        ("每亩增收800元。", ["每亩增收"]),
        ("新建学校2所、改扩建5所、撤并3所。", ["学校", "改扩建学校", "撤并学校"]),
        ("覆盖186个村、3.2万户、11.5万人。", ["覆盖村", "户", "人"]),
        ("确保3个项目年底前完工。", ["项目"]),
        ("总投资在5000万元到1亿元之间。", ["总投资", "总投资"]),
        ("占地500㎡。", ["占地"]),
        ("培训农民约2300人次。", ["农民"]),
        ("招聘教师236人（研究生41人）。", ["教师", "研究生"]),
        ("对12家超标企业进行处罚。", ["超标企业"]),
        ("惠及学生1.9万名，人均每天5元。", ["学生", "人均每天"]),
        ("及时受理率100%。", ["及时受理率"]),
        ("发生一般以上交通事故26起。", ["一般以上交通事故"]),
        ("Ⅱ.改造旱厕360户。", ["改造旱厕"]),
        ("2022/6/30前完成整改26项。", ["整改"]),
        ("基础设施  新建公路128公里，改造桥梁6座。", ["公路", "桥梁"]),
        (
            "接待游客8万人次、旅游收入5亿元，分别增长6%、7%，恢复到2019年的98%和99%。",
            ["游客", "旅游收入"] * 3,
        ),
    ],
)
def test_what_a_number_is_of(sentence: str, indicators: list[str]) -> None:
    assert [figure.indicator for figure in read(sentence).figures] == indicators


@pytest.mark.parametrize(
    ("sentence", "scopes"),
    [
        ("七里坪镇、高桥镇各建成养老院1所。", ["七里坪镇", "高桥镇"]),
        ("灵溪、龙港两镇投入资金2亿元。", ["灵溪镇、龙港镇"]),
        ("与江苏省签订协议35项。", ["红安县"]),
        ("小岗村集体收入1420万元。", ["小岗村"]),
        ("江苏德邦化工投资3亿元建设新厂区。", ["红安县"]),
        ("深圳华为投资3亿元。", ["红安县"]),
        ("江苏石油化工实现产值3亿元。", ["江苏省"]),
        ("对口支援博州资金3亿元。", ["博尔塔拉蒙古自治州"]),
    ],
)
def test_whose_a_number_is(sentence: str, scopes: list[str]) -> None:
    assert [scope(figure) for figure in read(sentence).figures] == scopes


def test_a_port_named_after_a_county_is_not_the_county_s() -> None:
    (figure,) = read("黄骅港货物吞吐量3.2亿吨。", "河北省2023年工作总结").figures
    assert (scope(figure), figure.indicator) == ("河北省", "黄骅港货物吞吐量")


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("上年末存栏生猪4.5万头。", ["2022"]),
        ("上半年完成税收5亿元，去年同期为4亿元。", ["2023-01-01/2023-06-30", "2022-01-01/2022-06-30"]),
        ("近三年累计投入2.6亿元。", ["2021/2023"]),
        ("2023.04.20检查企业2家。", ["2023-04-20"]),
        ("2023年1至3季度完成投资2亿元。", ["2023-01-01/2023-09-30"]),
    ],
)  # fmt: skip
def test_when_a_number_holds(sentence: str, periods: list[str]) -> None:
    assert [figure.period for figure in read(sentence).figures] == periods


@pytest.mark.parametrize(
    ("title", "periods"),
    [
        ("石台县林业局2023年工作情况及2024年重点工作", ["2023", "2024"]),
        ("石台县林业局2021年工作总结和“十四五”规划", ["2021", "2021/2025"]),
        (
            "政府工作报告\n——2021年12月28日在安化县第十八届人民代表大会第一次会议上",
            ["2021", "2022"],
        ),
    ],
)
def test_a_title_joins_what_was_done_and_what_is_planned(title: str, periods: list[str]) -> None:
    plan = "“十四五”规划" if "规划" in title else "下步打算"
    document = read(f"一、工作回顾\n造林2万亩。\n二、{plan}\n造林3万亩。", title)
    told = [(figure.period, "planned" in figure.qualifier) for figure in document.figures]
    assert told == list(zip(periods, (False, True), strict=True))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("力争龙金大道6月底前通车。", ("", "通车", "龙金大道", "", "planned")),
        ("确保环城路9月底前竣工。", ("", "竣工", "环城路", "", "planned")),
        ("移送公安机关8件。", ("", "移送", "", "公安机关", "done")),
        ("选派126名科技特派员服务农户。", ("", "选派", "科技特派员", "", "done")),
        ("组织慰问活动3场。", ("", "组织", "慰问活动", "", "done")),
        ("发放租赁补贴320万元。", ("", "发放", "租赁补贴", "", "done")),
        ("向38个村（社区）配备器材。", ("", "配备", "器材", "村（社区）", "done")),
        ("去年同期投入资金1亿元。", ("", "投入", "资金", "", "done")),
        ("江苏德邦化工建设新厂区。", ("江苏德邦化工", "建设", "新厂区", "", "done")),
        (
            "由县教育局牵头，会同县财政局检查学校48所。",
            ("红安县教育局、红安县财政局", "检查", "学校", "", "done"),
        ),
    ],
)
def test_who_did_what(sentence: str, expected: tuple[str, ...]) -> None:
    told = read(sentence).measures[-1]
    actors = "、".join(actor.name for actor in told.actors)
    assert (actors, told.action, told.object.text, told.target.text, told.status) == expected


@pytest.mark.parametrize("sentence", ["出口同比-5.6%。", "投资增长8%，比上年加快2个百分点。", "受减税影响，税收减少。"])  # fmt: skip
def test_how_an_indicator_went_is_no_action(sentence: str) -> None:
    assert read(sentence).measures == ()


def test_a_federation_speaks_of_itself() -> None:
    title = "红安县残疾人联合会2023年工作总结\n红安县残疾人联合会"
    (measure,) = read("我会举办培训班6期。", title).measures
    assert [actor.name for actor in measure.actors] == ["红安县残疾人联合会"]


@pytest.mark.parametrize(
    ("sentence", "groups"),
    [
        ("几十家企业参加招聘会。", [("几十家企业", "企业")]),
        ("二十来户农户搬入新居。", [("二十来户农户", "农户")]),
        ("上千名群众参加活动。", [("上千名群众", "群众")]),
        ("六县（区）均完成整改。", [("六县（区）", "县（区）")]),
        ("管理患者1200人。", []),
    ],
)
def test_a_group_with_a_rough_count(sentence: str, groups: list[tuple[str, str]]) -> None:
    found = [(m.span.quote, m.name) for m in read(sentence).mentions if m.type == "Group"]
    assert found == groups


@pytest.mark.parametrize(
    ("text", "difficulties"),
    [
        ("由于资金短缺，3个项目未能按期完工。", ["由于资金短缺，3个项目未能按期完工"]),
        ("因征地受阻，环城路建设进展缓慢。", ["因征地受阻，环城路建设进展缓慢"]),
        ("治理未能按期完工的项目3个。", []),
        (
            "一、工作情况\n新建学校3所。\n二、存在问题\n1.基础设施薄弱；\n2.人才队伍不足。",
            ["基础设施薄弱", "人才队伍不足"],
        ),
    ],
)
def test_what_is_told_as_a_difficulty(text: str, difficulties: list[str]) -> None:
    assert [difficulty.span.quote for difficulty in read(text).difficulties] == difficulties


def test_a_total_after_a_semicolon_is_no_part() -> None:
    text = "新增主体96户，其中企业23户；截至12月底，市场主体总量7600户。"
    assert ["part" in figure.qualifier for figure in read(text).figures] == [False, True, False]


@pytest.mark.parametrize("sentence", ["我社销售农资1.2万吨。", "实际完成3.2万亩。"])
def test_a_number_whose_words_hold_who_acts_or_nothing_has_a_finding(sentence: str) -> None:
    found = {finding.code for finding in read(sentence).findings}
    assert found & {"actor-in-indicator", "indicator-missing"}


def test_a_table_of_single_spaces_right_under_the_title_is_read() -> None:
    table = "主要指标\n指标 单位 2022年 增长（%）\n生产总值 亿元 456.2 5.1\n财政收入 亿元 38.6 -2.3"
    figures = read(table, "凤阳县2022年统计公报").figures
    assert [(f.indicator, f"{f.value.normalize():f}") for f in figures][::2] == [
        ("生产总值", "45620000000"),
        ("财政收入", "3860000000"),
    ]


def test_a_glossary_of_a_short_report_holds_no_figures() -> None:
    text = "一、工作\n建成绿道26公里。\n名词解释\n1.“一河”：指两岸50公里范围。\n2.“三率”：指回收率、利用率。"
    assert [figure.span.quote for figure in read(text).figures] == ["26公里"]


def test_a_table_of_two_columns_right_under_the_title_is_read() -> None:
    table = "乡镇\t面积（亩）\n东风镇\t1200\n双桥镇\t800\n\n全县新建公路56公里。"
    figures = read(table, "永春县2023年工作总结").figures
    assert [f"{figure.value.normalize():f}" for figure in figures] == ["1200", "800", "56"]


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("选派第一书记120人驻村。", "第一书记"),
        ("培训农民3200人持证上岗。", "农民"),
        ("安排民警86名值守路口。", "民警"),
        ("组织学生1200名参加研学。", "学生"),
        ("引导320人返乡创业。", "返乡创业"),
    ],
)
def test_people_before_their_number_are_what_it_counts(sentence: str, indicator: str) -> None:
    document = read(sentence)
    assert [figure.indicator for figure in document.figures] == [indicator]
    assert not [mention for mention in document.mentions if mention.count]


@pytest.mark.parametrize("when", ["今年前11个月", "2023年前11个月", "前11个月"])
def test_a_clause_of_the_first_months_says_when(when: str) -> None:
    figures = read(f"{when}，完成税收18.6亿元。").figures
    assert [figure.period for figure in figures] == ["2023-01-01/2023-11-30"]


def test_what_a_sum_went_to_keeps_its_first_character() -> None:
    assert [f.indicator for f in read("投入800万元修缮敬老院。").figures] == ["敬老院投入"]
