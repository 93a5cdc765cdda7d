"""What each number says: one sentence a rule, in the manner of the genre."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policygraph.graph.statements import Figure
from policygraph.loaders.reader import read_string

HEADER = "湖北省2023年工作总结\n\n"


def figures(sentence: str, header: str = HEADER) -> list[Figure]:
    return list(read_string(header + sentence).figures)


def of(found: list[Figure]) -> list[int | None]:
    """Each figure's place among them of the figure it is about."""
    starts = [figure.span.start for figure in found]
    return [None if figure.of is None else starts.index(figure.of) for figure in found]


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("粮食总产量达到871.6亿斤，稳居全国第4位。", ["粮食总产量", "粮食总产量"]),
        ("新增公办义务教育学位11.4万个。", ["公办义务教育学位"]),
        ("发放5亿元贷款。", ["贷款"]),
        ("全年总投资410亿元的新材料项目开工。", ["新材料项目总投资"]),
        ("累计创建国家产业园15个产业集群9个。", ["国家产业园", "产业集群"]),
        ("6.1万户14.2万名监测对象稳定消除风险。", ["监测对象", "监测对象"]),
        ("生产安全事故起数、死亡人数下降17.6%、11.6%。", ["生产安全事故起数", "死亡人数"]),
        ("三次产业结构为8.7:48.5:42.8。", ["第一产业比重", "第二产业比重", "第三产业比重"]),
        ("城乡居民收入分别达到34210元、17856元。", ["城镇居民收入", "农村居民收入"]),
        ("新增职业大学、高等职业学校各2所。", ["职业大学", "高等职业学校"]),
        ("规模以上工业企业实现营业收入4693亿元。", ["规模以上工业企业营业收入"]),
        ("惠及93个县。", ["惠及县"]),
        ("85%以上农户参与农业产业化经营。", ["农户参与农业产业化经营"]),
        ("生产总值超200亿元县（区）达26个。", ["县（区）", "生产总值超200亿元县（区）"]),
        ("打造一批超百亿、超千亿产业链。", ["产业链", "产业链"]),
        ("上海港集装箱吞吐量达到5150万标准箱。", ["上海港集装箱吞吐量"]),
        ("地区生产总值增长6%左右、突破2.6万亿元。", ["地区生产总值", "地区生产总值"]),
        ("全市经济规模进入了5万亿元以上的新阶段。", ["经济规模"]),
        ("安排帮扶资金10亿元，其中十堰市2亿元、随州市3亿元。", ["帮扶资金"] * 3),
        ("向通城县拨付衔接资金1.2亿元，向崇阳县拨付8600万元。", ["衔接资金", "衔接资金"]),
        ("省财政厅安排专项资金30亿元。", ["专项资金"]),
        ("积石山县6.2级地震造成损失。", ["地震"]),
        ("农村居民收入仅为全国平均水平的83%。", ["农村居民收入"]),
        ("计划新增就业3万人。", ["新增就业"]),
        ("惠及1730万人。", ["惠及人"]),
        ("省水利厅对鄂北引水工程投入47亿元。", ["鄂北引水工程投入"]),
        ("地区生产总值迈上14万亿元新台阶、居全国首位。", ["地区生产总值", "地区生产总值"]),
        ("地区生产总值连跨两个万亿元台阶。", ["地区生产总值"]),
        ("经济总量迈进3万亿元俱乐部。", ["经济总量"]),
        ("经济总量再上新台阶，达到5.3万亿元。", ["经济总量"]),
        ("产业规模逼近千亿元。", ["产业规模"]),
        ("城镇化率2012年底为52%，二〇一七年达到58.5%。", ["城镇化率", "城镇化率"]),
        ("省级财政安排专项资金3.5亿元。", ["专项资金"]),
        ("中央财政用于卫生、社会保障和就业方面的支出达到5亿元。", ["中央财政用于卫生、社会保障和就业方面的支出"]),
        ("进出口、利用外资实现双增长，分别增长8%、6%。", ["进出口", "利用外资"]),
        ("低保支出、救灾支出为6亿元、4亿元，分别惠及3万人、2万人。", ["低保支出", "救灾支出", "低保支出惠及", "救灾支出惠及"]),
        ("债务余额30亿元，控制在省核定的债务限额32亿元以内。", ["债务余额", "债务限额"]),
        ("早稻播种23万亩，超市定任务0.5万亩。", ["早稻播种", "早稻播种"]),
        ("年收入8万元以下的村仍有56个。", ["村", "年收入8万元以下的村"]),
        ("教育支出62亿元，同比增支1.3亿元。", ["教育支出", "教育支出"]),
        ("19个地市承担了对口支援任务。", ["地市"]),
        ("招聘教师60名，其中县级40名、乡镇20名。", ["教师", "县级教师", "乡镇教师"]),
        ("为3万名65岁以上老年人体检。", ["老年人体检", "老年人"]),
        ("白酒营业收入、利润分别占全国的23%、38%。", ["白酒营业收入占全国", "利润占全国"]),
        ("预算收入53亿元，剔除退税因素增长5%。", ["预算收入", "预算收入"]),
        ("开展58种药品和26种耗材集采。", ["药品", "耗材集采"]),
        ("全市110报警数、立案数分别下降7%、14%。", ["报警数", "立案数"]),
        ("稳定医疗保险参保率在97%以上。", ["医疗保险参保率"]),
        ("为孤儿每人发放2万元助学金。", ["助学金"]),
        ("应对7轮强降雨特别是超强台风。", ["强降雨"]),
        ("16个国控断面中Ⅰ类水质占比86%。", ["国控断面", "Ⅰ类水质占比"]),
        ("进出口总值增长12%，其中对中亚五国增长48%。", ["进出口总值", "对中亚五国进出口总值"]),
        ("电信业务总量（2020年不变价）29亿元，增长20%。", ["电信业务总量", "电信业务总量"]),
        ("解决率和满意率由一季度的47%、61%提升至71%、83%。", ["解决率", "满意率"] * 2),
        ("襄阳经济总量跨越5000亿元规模。", ["经济总量"]),
        ("新增设施蔬菜基地13个。", ["设施蔬菜基地"]),
        ("将3000元以下的小额救助审批权限下放至96个乡镇。", ["小额救助审批权限", "乡镇"]),
        ("生产总值要比上年增长6%。", ["生产总值"]),
        ("13个设区市地区生产总值都有所增加，共增加2702亿元。", ["设区市", "地区生产总值"]),
    ],
)  # fmt: skip
def test_a_figure_has_the_indicator_its_words_name(sentence: str, indicators: list[str]) -> None:
    assert [figure.indicator for figure in figures(sentence)] == indicators


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("收入14705元，较上年增长14%。", ["amount", "change"]),
        ("外出务工人数达到年度目标的103.7%。", ["completion"]),
        ("800人以上安置区均建立就业服务站。", ["threshold"]),
        ("实施10个以上重大科技项目。", ["count"]),
        ("开工建设10亿元以上重大项目26个。", ["threshold", "count"]),
        ("离校未就业高校毕业生就业率96.1%。", ["rate"]),
        ("人口自然增长率0.21‰。", ["rate"]),
        ("城乡居民收入比值为2.19，比上年缩小0.04。", ["rate", "change"]),
        ("规模翻一番。", ["change"]),
        ("快于城镇居民3个百分点。", ["gap"]),
        ("增长6%左右，力争6.5%。", ["change", "change"]),
        ("经济总量连跨6个千亿元台阶。", ["count", "threshold"]),
        ("2023年生产总值达到13.09万亿元，再上一个万亿元台阶。", ["amount", "threshold"]),
        ("从第9名提升至第2名。", ["rank", "rank"]),
        ("开行班列412列，较上年少开37列。", ["count", "change"]),
        ("比上年多建设3所学校。", ["change"]),
    ],
)
def test_a_figure_has_the_kind_its_words_say(sentence: str, kinds: list[str]) -> None:
    assert [figure.kind for figure in figures(sentence)] == kinds


@pytest.mark.parametrize(
    ("sentence", "relations"),
    [
        ("生产总值5.7万亿元，增长5.5%。", [None, 0]),
        ("增速居前，出口增长6.6%，总量突破90亿元。", [1, None]),
        ("游客17亿人次、花费1.2万亿元，分别增长32.9%、41.6%。", [None, None, 0, 1]),
        ("黄冈市生产总值突破3000亿元，增长5.7%，咸宁市增长6.8%，随州市居全省第三。", [None, 0, None, None]),
        ("黄冈市、咸宁市生产总值分别达到3000亿元、1800亿元，增长5.7%、6.8%。", [None, None, 0, 1]),
        ("生产总值100亿元，增长4%。其中，一产增加值20亿元，增长3%；二产增加值80亿元，增长5%。", [None, 0, 0, 2, 0, 4]),
        ("外资152亿美元，其中制造业占比51%。", [None, 0]),
        ("收入增长8%，高于全省1.5个百分点。", [None, None]),
        ("生产总值达到137亿元，较“十三五”末的93亿元增加44亿元。", [None, None, 0]),
        ("食糖产量连续33个榨季排全国第一。", [None]),
    ],
)  # fmt: skip
def test_a_figure_refers_to_the_figure_it_is_about(
    sentence: str, relations: list[int | None]
) -> None:
    assert of(figures(sentence)) == relations


@pytest.mark.parametrize(
    ("sentence", "scopes"),
    [
        ("28个国定脱贫县落实资金4.69亿元，惠及群众5万人。", ["湖北省", "28个国定脱贫县", "28个国定脱贫县"]),
        ("76个重点项目开工建设，设备投资增长11.2%。", ["湖北省", "湖北省"]),
        ("6个区通过评估认定，新建学校19所、普通高中4所。", ["湖北省"] * 3),
        ("6.1万户14.2万名监测对象稳定消除风险。", ["湖北省", "湖北省"]),
        ("黄冈、黄石等9个科创园投入运营。", ["湖北省"]),
        ("襄阳、宜昌经济总量突破5000亿元。", ["襄阳市、宜昌市"]),
        ("居全国第1位，增速高于全国2个百分点。", ["湖北省", "湖北省"]),
        (
            "省财政下达十堰市乡村振兴资金3.6亿元、随州市2.4亿元，支持通城县、崇阳县各5000万元。",
            ["十堰市", "随州市", "通城县", "崇阳县"],
        ),
    ],
)  # fmt: skip
def test_a_figure_has_the_scope_its_sentence_says(sentence: str, scopes: list[str]) -> None:
    assert [figure.scope.text for figure in figures(sentence)] == scopes


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("截至12月底，全省通快递的村达到96.1%。", ["2023-12"]),
        ("1—11月，新增就业40万人。", ["2023-01-01/2023-11-30"]),
        ("规上企业从1832户增加到3382户。", ["2022", "2023"]),
        ("旅游人数恢复到2019年的87.4%。", ["2023"]),
        ("相当于5年前1.5个百分点。", ["2018"]),
        ("人均收入比2018年增长42%，平均每年增长7%。", ["2023", "2019/2023"]),
        ("2019年到2023年，收入从5亿元增加到8亿元。", ["2019", "2023"]),
        ("2023年同2019年相比，收入由5亿元增加到8亿元。", ["2019", "2023"]),
        ("五年内，生产总值平均每年增长8%。", ["2019/2023"]),
        ("过去五年，生产总值从全省第六位上升到第四位。", ["2018", "2023"]),
        ("上年结转收入5亿元，调入资金3亿元。", ["2023", "2023"]),
        (
            "过去五年，城镇、农村收入分别达到3万元和2万元，年均增长5%。",
            ["2023", "2023", "2019/2023"],
        ),
        ("按2020年价格计算的产值达到5亿元。", ["2023"]),
        (
            "解决率和满意率由一季度的47%、61%提升至71%、83%。",
            ["2023-01-01/2023-03-31"] * 2 + ["2023"] * 2,
        ),
        ("支出由2019年的5亿元增加到去年的8亿元。", ["2019", "2022"]),
    ],
)
def test_a_figure_has_the_period_its_sentence_says(sentence: str, periods: list[str]) -> None:
    assert [figure.period for figure in figures(sentence)] == periods


@pytest.mark.parametrize(
    ("sentence", "qualifiers"),
    [
        ("累计创建产业园15个、产业集群9个。", [("cumulative",), ("cumulative",)]),
        ("新增龙头企业16家、总数达到98家。", [("new",), ("total",)]),
        ("新增就业不少于26万人。", [("new", "over")]),
        ("一般公共预算收入874亿元。", [()]),
        ("计划投资5亿元。", [("planned",)]),
        ("初步核算，生产总值100亿元，增长5%。", [("estimated",), ()]),
        ("近3.3万名工作人员搬迁。", [("under",)]),
        ("资金239亿元，其中省级48亿元。", [(), ("part",)]),
        ("“四上”企业净增3193户、超2.4万户。", [(), ("over",)]),
        ("净增企业20家、合作社30家。", [("new",), ("new",)]),
        ("城镇化率有望越过60%大关。", [("estimated", "over")]),
        ("去年将近50个项目竣工。", [("under",)]),
        ("每村至少配备3名专干，每户最多补助5000元。", [("over",), ("under",)]),
        ("村干部最多的村有35人。", [()]),
        ("经济总量登上第3位。", [()]),
    ],
)
def test_a_figure_has_the_qualifiers_before_and_after_it(
    sentence: str, qualifiers: list[tuple[str, ...]]
) -> None:
    assert [figure.qualifier for figure in figures(sentence)] == qualifiers


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("电价下降1分/千瓦时。", [("-1", "分/千瓦时")]),
        ("发展3—5个特色产业。", [("3", "个"), ("5", "个")]),
        ("夺得8金9银6铜，创历史最好成绩。", [("8", "枚"), ("9", "枚"), ("6", "枚")]),
        ("备案上线大模型105款、稳居全国首位。", [("105", "款"), ("1", "")]),
        ("惠及80万重点群体。", [("800000", "人")]),
        ("冰雪运动参与人次超630万。", [("6300000", "人次")]),
        ("居民收入比缩小至2.04∶1。", [("2.04", "")]),
        ("人均达到八百至一千美元。", [("800", "美元"), ("1000", "美元")]),
        ("每年扶持三到五千户贫困户。", [("3000", "户"), ("5000", "户")]),
        ("帮助一千二百万农户、三百多万城镇职工。", [("12000000", "户"), ("3000000", "人")]),
        ("农村贫困人口由800万减少到500万。", [("8000000", "人"), ("5000000", "人")]),
        ("系数比上年上升1.2个和下降0.4个百分点。", [("1.2", "个百分点"), ("-0.4", "个百分点")]),
        ("审批时间压缩至8个自然日内。", [("8", "个自然日")]),
        ("补贴农机具3458台（套）。", [("3458", "台")]),
        ("突破千亿元，惠及近万家企业。", [("100000000000", "元"), ("10000", "家")]),
    ],
)
def test_a_figure_has_the_value_and_unit_as_written(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert [(f.value, f.unit) for f in figures(sentence)] == [
        (Decimal(value), unit) for value, unit in expected
    ]


@pytest.mark.parametrize(
    "sentence",
    ["地铁17号线开工。", "京藏高速和国道307通车。", "创建国家5A级景区。", "举办建市70周年活动。", "开展12345热线服务。",
     "入选世界500强。", "深入实施千万工程。", "发布2024世界产业大会成果。", "始终把稳就业摆在首位。", "航道达到30万吨级航道标准。"],
)  # fmt: skip
def test_numbers_in_names_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == []


def test_a_report_without_chapter_headings_turns_at_its_targets() -> None:
    text = (
        "湖南省2025年政府工作报告\n\n各位代表：\n过去一年，全省新建农村公路100公里。\n"
        "今年经济社会发展的主要预期目标是：生产总值增长5%。\n新建农村公路200公里。\n"
    )
    done, target, planned = read_string(text).figures
    assert (done.period, target.period, planned.period) == ("2024", "2025", "2025")
    assert ["planned" in f.qualifier for f in (done, target, planned)] == [False, True, True]


def test_the_review_chapter_says_its_year() -> None:
    text = "红安县2023年政府工作报告\n\n一、2023年工作回顾\n新建学校5所。\n二、2024年工作安排\n新建学校6所。\n"
    document = read_string(text)
    assert document.period == "2023"
    assert [f.period for f in document.figures] == ["2023", "2024"]
    assert document.period_choice is not None
    assert document.period_choice.source == "body"


@pytest.mark.parametrize(
    ("sentence", "value", "quote"),
    [
        ("社员人均收入增加三十二元七角。", "32.7", "三十二元七角"),
        ("人均工资八十五元六角四分。", "85.64", "八十五元六角四分"),
        ("人均奖金三元五角。", "3.5", "三元五角"),
        ("产值五百元。", "500", "五百元"),
    ],
)
def test_tenths_of_a_yuan_in_chinese_numerals_belong_to_the_amount(
    sentence: str, value: str, quote: str
) -> None:
    (figure,) = figures(sentence)
    assert (figure.value, figure.unit, figure.span.quote) == (Decimal(value), "元", quote)


def test_doubled_and_more_is_above_what_it_says() -> None:
    (figure,) = figures("产值翻了两番多。")
    assert (figure.value, figure.indicator, figure.qualifier) == (Decimal(300), "产值", ("over",))
