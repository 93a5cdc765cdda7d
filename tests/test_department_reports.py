"""What summaries of departments say in their own way: who reports, the rates of the trade, the bodies of their time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policygraph.graph.statements import Document, Figure
from policygraph.loaders.reader import read_string

TITLE = "诸城市水利局2023年工作总结"


def document(sentence: str, title: str = TITLE) -> Document:
    return read_string(f"{title}\n\n{sentence}")


def figures(sentence: str, title: str = TITLE) -> list[Figure]:
    return list(document(sentence, title).figures)


def named(sentence: str, title: str = TITLE) -> list[tuple[str, str, str]]:
    """(quote, type, name) of every mention."""
    return [(m.span.quote, m.type, m.name) for m in document(sentence, title).mentions]


@pytest.mark.parametrize(
    ("title", "sentence", "quote", "name"),
    [
        (TITLE, "我局开展检查35次。", "我局", "诸城市水利局"),
        (
            "孝感市卫生健康委员会2021年工作总结",
            "我委新增床位300张。",
            "我委",
            "孝感市卫生健康委员会",
        ),
        (TITLE, "省厅督办案件3起。", "省厅", "山东省水利厅"),
        ("阳山县应急管理局2022年工作总结", "市局下达任务30个。", "市局", "清远市应急管理局"),
        (
            "阳山县应急管理局2022年工作总结",
            "局危化股开展检查。",
            "局危化股",
            "阳山县应急管理局危化股",
        ),
        (
            "沧州市司法局2020年工作总结",
            "局立法科、备案审查科审核文件。",
            "备案审查科",
            "沧州市司法局备案审查科",
        ),
        (
            "宁波市商务局2024年工作总结",
            "市局外资处会同市发改委出台文件。",
            "市局外资处",
            "宁波市商务局外资处",
        ),
        (TITLE, "局机关党委下辖党支部11个。", "局机关党委", "诸城市水利局机关党委"),
        (
            "孝感市卫生健康委员会2021年工作总结",
            "委机关党委开展活动。",
            "委机关党委",
            "孝感市卫生健康委员会机关党委",
        ),
        (
            "海南省旅游和文化广电体育厅2023年工作总结",
            "厅产业处牵头推进项目42个。",
            "厅产业处",
            "海南省旅游和文化广电体育厅产业处",
        ),
    ],
)
def test_a_department_is_named_in_its_own_words(
    title: str, sentence: str, quote: str, name: str
) -> None:
    found = [m for m in named(sentence, title) if m[0] == quote]
    assert [m[1:] for m in found] == [("Organization", name)]


def test_the_offices_of_a_department_act() -> None:
    (measure,) = document("局河湖科、农水科开展检查。").measures
    assert [actor.name for actor in measure.actors] == ["诸城市水利局河湖科", "诸城市水利局农水科"]


def test_its_offices_together_are_a_group() -> None:
    assert ("局机关各科室", "Group", "局机关各科室") in named("局机关各科室强化协同。")


@pytest.mark.parametrize(
    "sentence",
    [
        "开创水利工作新局面。",
        "局部地区受灾。",
        "布局建设站点12个。",
        "局长办公会研究6次。",
        "局组织执法大队开展检查。",
        "建成省局域网。",
        "全市局势平稳。",
    ],
)
def test_words_that_hold_the_last_word_of_a_department_name_none(sentence: str) -> None:
    assert [m for m in named(sentence) if m[1] == "Organization"] == []


def test_a_report_of_an_area_has_no_department_of_its_own() -> None:
    assert named("我局开展检查35次。", "诸城市2023年政府工作报告") == []


@pytest.mark.parametrize(
    ("year", "quote", "name"),
    [
        (1996, "省交通厅", "安徽省交通厅"),
        (2020, "省交通厅", "安徽省交通运输厅"),
        (1996, "省劳动厅", "安徽省劳动厅"),
        (2004, "省劳动和社会保障厅", "安徽省劳动和社会保障厅"),
        (2004, "省人事厅", "安徽省人事厅"),
        (2004, "省建设厅", "安徽省建设厅"),
        (1986, "省水电厅", "安徽省水利电力厅"),
    ],
)
def test_a_department_has_the_name_of_its_time(year: int, quote: str, name: str) -> None:
    found = read_string(f"{quote}开展检查。", area="安徽省", period=str(year)).mentions
    assert [(m.span.quote, m.name) for m in found] == [(quote, name)]


@pytest.mark.parametrize(
    "branch", ["应急管理", "市场监管", "残联", "司法行政", "退役军人事务", "纪检监察"]
)
def test_a_branch_is_a_group_and_no_platform(branch: str) -> None:
    assert (f"{branch}系统", "Group", f"{branch}系统") in named(f"全市{branch}系统开展培训。")


def test_an_information_system_of_a_branch_stays_a_platform() -> None:
    assert [m[1] for m in named("建成市智慧应急管理系统。")] == ["Platform"]


def test_a_first_paragraph_that_leads_on_is_read() -> None:
    found = named(
        "2023年，在市委领导下，我局推进各项工作，现将有关情况汇报如下：\n一、新建水库3座。"
    )
    assert [m[0] for m in found[:2]] == ["市委", "我局"]


@pytest.mark.parametrize(
    ("sentence", "value", "kind"),
    [
        ("森林覆盖率43.06%，较全国平均水平高20.1个百分点。", "20.1", "gap"),
        ("办结率93%，较全省平均低0.3个百分点。", "-0.3", "gap"),
        ("森林覆盖率70%，较自治区平均水平高7.7个百分点。", "7.7", "gap"),
        ("办结率93%，较上年高0.3个百分点。", "0.3", "change"),
        ("省财政厅压减一般性支出5%。", "-5", "change"),
        ("国务院决定压缩基建投资规模百分之十。", "-10", "change"),
        ("均价5986元/㎡，同比涨2.3%。", "2.3", "change"),
    ],
)
def test_how_far_and_which_way_is_told(sentence: str, value: str, kind: str) -> None:
    last = figures(sentence)[-1]
    assert (last.value, last.kind) == (Decimal(value), kind)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("亿元GDP死亡率0.038。", ["0.038"]),
        ("万台特种设备死亡率为0.11，控制在0.15以内。", ["0.11", "0.15"]),
        ("万台特种设备死亡率为0.11，低于0.15的控制指标。", ["0.11", "0.15"]),
    ],
)
def test_a_rate_for_so_many_has_no_percent_and_its_bound_is_read(
    sentence: str, values: list[str]
) -> None:
    found = figures(sentence)
    assert [f.value for f in found] == [Decimal(value) for value in values]
    assert {f.unit for f in found} == {""}


def test_a_rate_in_percent_that_lost_its_sign_still_has_it() -> None:
    (found,) = figures("案件办结率97.2，群众满意。")
    assert (found.unit, found.qualifier) == ("%", ("unit-missing",))


@pytest.mark.parametrize("name", ["96333应急处置平台", "12315平台", "95598服务热线"])
def test_the_number_of_a_hotline_counts_nothing(name: str) -> None:
    assert [f.span.quote for f in figures(f"{name}处置诉求300件。")] == ["300件"]


def test_so_many_hotlines_are_counted() -> None:
    assert [f.value for f in figures("建成95000个服务热线网点。")] == [Decimal(95000)]


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("朱鹮野外种群由2001年的7只发展到近3000只。", "朱鹮野外种群"),
        ("会员单位由2019年的28家壮大到35家。", "会员单位"),
        ("发放租赁补贴1985万元。", "租赁补贴"),
        ("工业总产值（不包括村办工业）为9030亿元。", "工业总产值"),
        ("旅客量受疫情影响下降12.6%。", "旅客量"),
        ("中央财政新增扶贫资金10亿元。", "扶贫资金"),
        ("棉花产量因调减面积而减少到354万吨。", "棉花产量"),
    ],
)
def test_an_indicator_is_without_verb_cause_and_what_is_left_out(
    sentence: str, indicator: str
) -> None:
    assert {f.indicator for f in figures(sentence)} == {indicator}


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("审批时限由30个工作日压缩到12个。", "个工作日"),
        ("差距由3.2个百分点缩小到1.2个。", "个百分点"),
        ("站点由30个增加到42个。", "个"),
    ],
)
def test_a_level_reached_has_the_unit_of_the_one_before(sentence: str, unit: str) -> None:
    assert [f.unit for f in figures(sentence)] == [unit, unit]


def test_money_that_lost_its_unit_is_an_amount() -> None:
    (found,) = figures("行政罚款1310万，无一起复议。")
    assert (found.kind, found.unit, found.qualifier) == ("amount", "元", ("unit-missing",))


def test_a_scope_ends_with_its_half_of_the_sentence() -> None:
    found = figures(
        "如皋、启东、海安三市设立站点1987个；国家医保信息平台顺利切换，日均结算量18.6万笔。",
        "南通市医疗保障局2022年工作总结",
    )
    assert [f.scope.text for f in found] == ["如皋市、启东市、海安市", "南通市"]


@pytest.mark.parametrize(
    ("title", "sentence", "period"),
    [
        (
            "最高人民法院工作报告（2010年）",
            "2009年，全国法院审结案件12件。\n判处罪犯30人。",
            "2009",
        ),
        (
            "衢州市中级人民法院2022年工作报告",
            "2022年，全市法院审结案件12件。\n判处罪犯30人。",
            "2022",
        ),
    ],
)
def test_a_report_reviews_the_year_it_opens_with(title: str, sentence: str, period: str) -> None:
    assert {f.period for f in figures(sentence, title)} == {period}


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("省公安厅、省司法厅两部门印发意见。", ["山东省公安厅", "山东省司法厅"]),
        ("市民政局、市残联两家共同举办培训12期。", ["诸城市民政局", "诸城市残疾人联合会"]),
        ("青岛、烟台两市新建学校6所。", ["青岛市", "烟台市"]),
    ],
)
def test_those_counted_after_their_names_act(sentence: str, actors: list[str]) -> None:
    (measure,) = document(sentence).measures
    assert [actor.name for actor in measure.actors] == actors


@pytest.mark.parametrize(
    "sentence",
    [
        "装配式建筑面积83.5万平方米。",
        "公路通车总里程达48356公里。",
        "基本医疗保险基金收入186.4亿元。",
        "商业补充险投保257万人。",
    ],
)
def test_a_noun_that_holds_a_verb_tells_no_action(sentence: str) -> None:
    assert list(document(sentence).measures) == []


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("各级法院审结案件12件。", "各级法院", "Group"),
        ("中央政法委印发通知。", "中央政法委", "Organization"),
        ("我市部署扫黑除恶专项行动。", "扫黑除恶专项行动", "Programme"),
        ("接受高原湖泊专项督察。", "高原湖泊专项督察", "Event"),
        ("在保障农民工工资支付考核中获评A级。", "保障农民工工资支付考核", "Event"),
        ("县主要领导带队检查。", "县主要领导", "Group"),
    ],
)
def test_a_name_of_the_trade_is_found(sentence: str, quote: str, kind: str) -> None:
    assert (quote, kind) in [m[:2] for m in named(sentence, "石城县林业局2016年工作总结")]


def test_a_planned_growth_is_no_programme() -> None:
    assert named("工业总产值计划增长7%。") == []


def test_the_speed_of_growth_in_a_plan_is_a_change() -> None:
    assert {f.kind for f in figures("今年经济增长率计划为8%至9%。")} == {"change"}
    assert {f.kind for f in figures("人口自然增长率5.2‰。")} == {"rate"}


def test_the_bureaus_of_two_counties_are_no_name() -> None:
    found = named("肃宁、献县两县司法局获奖。", "沧州市司法局2020年工作总结")
    assert [m[2] for m in found] == ["肃宁县", "献县"]


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        (
            "新增就业岗位38.2万个，失业人员再就业26.7万人，其中大龄人员6.4万人，分别完成计划的127.3%和106.8%。",
            ["就业岗位", "失业人员再就业"],
        ),
        ("出口12亿元，其中机电产品3亿元、农产品2亿元，分别增长5%和6%。", ["机电产品", "农产品"]),
    ],
)
def test_a_part_told_in_passing_takes_no_pair(sentence: str, indicators: list[str]) -> None:
    assert [f.indicator for f in figures(sentence)[-2:]] == indicators


def test_the_level_something_has_grown_from_is_of_its_year() -> None:
    assert [f.period for f in figures("油茶面积由2015年的41万亩发展到58万亩。")] == ["2015", "2023"]


def test_who_goes_by_an_aim_acts_in_what_follows_and_a_group_that_is_counted_does_not() -> None:
    aimed = document("市水利局以新发展理念为引领，新建水厂3座，开展检查5次。").measures
    assert [[a.name for a in m.actors] for m in aimed] == [["诸城市水利局"], ["诸城市水利局"]]
    counted = document("启动试点，节水单位增加到13个，开展检查5次。").measures
    assert [m.actors for m in counted] == [(), ()]


@pytest.mark.parametrize(
    ("title", "sentence", "names"),
    [
        # What only looks like a body, a town or a group within other words.
        (TITLE, "受理案件50件，其中办理38件；设集中办公点3个。", []),
        (TITLE, "发放农村医疗救助金12万元。", []),
        (
            "中坝镇2023年工作总结",
            "落实县政府和镇党委的部署，镇党委和镇政府联合检查。",
            ["县政府", "镇党委", "镇党委", "镇政府"],
        ),
        (TITLE, "一严格落实责任。五统筹管理工程。", []),
        (
            TITLE,
            "鳌江标准堤（下厂段、下埠水闸）加固工程完工。",
            ["鳌江标准堤（下厂段、下埠水闸）加固工程"],
        ),
    ],
)
def test_names_begin_and_end_with_their_words(title: str, sentence: str, names: list[str]) -> None:
    assert [mention.span.quote for mention in document(sentence, title).mentions] == names


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("2022年香花桥街道平安建设工作总结", "香花桥街道"),
        ("2023年度中坝镇工作总结", "中坝镇"),
    ],
)
def test_a_title_that_begins_with_its_year_names_its_town(title: str, scope: str) -> None:
    assert figures("新建学校3所。", title)[0].scope.text == scope


def test_what_is_reached_of_a_plan_is_done() -> None:
    told = figures("加固工程年度计划完成15000万元，完成投资14242万元。")
    assert [figure.qualifier for figure in told] == [("planned",), ()]


def test_what_another_body_passed_down_is_no_scope() -> None:
    told = figures("完成潍坊市下达的抽检任务770批次。")
    assert [figure.scope.text for figure in told] == ["诸城市"]
