"""Figures as departments, counties and towns write them: one sentence a kind, with what each number says."""

from __future__ import annotations

import pytest

from policygraph.graph.statements import Figure
from policygraph.loaders.reader import read_string

HEADER = "安远县2022年工作总结\n\n"


def figures(sentence: str, header: str = HEADER) -> list[Figure]:
    return list(read_string(header + sentence).figures)


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        # A verb alone takes the thing that was counted in the same unit.
        ("安排项目112个，总投资3亿元，完工76个。", ["项目", "总投资", "完工项目"]),
        ("污水收运覆盖率100%，改厕218户。", ["污水收运覆盖率", "改厕"]),
        # People are counted by a noun for people, else the verb stays.
        ("消除风险62户。", ["消除风险"]),
        ("参加居民养老保险9.36万人。", ["参加居民养老保险"]),
        # People at the head of a clause: what is told of them.
        ("12个贫困村退出，2836户8412人稳定脱贫。", ["贫困村", "稳定脱贫", "稳定脱贫"]),
        ("评选骨干教师50名，3人获省级表彰。", ["骨干教师", "获省级表彰"]),
        ("将5128户纳入低保。", ["纳入低保"]),
        # What is counted ends where something is told of it.
        ("11个水功能区水质达标率100%。", ["水功能区", "水质达标率"]),
        ("为1216名高中贫困生发放助学金121.6万元。", ["高中贫困生", "助学金"]),
        ("4个集体荣立三等功。", ["集体"]),
        ("选派教师医生48名来我县支教支医。", ["教师医生"]),
        # Averages stay with what they are of.
        ("安排公用经费2815万元，小学生均265元。", ["公用经费", "小学生均公用经费"]),
        ("亩均增收800元。", ["亩均增收"]),
        ("发送旅客286万人次，日均7.2万人次。", ["旅客", "日均旅客"]),
        ("每千人口拥有床位6.4张、执业医师2.33人。", ["每千人口拥有床位", "每千人口拥有执业医师"]),
        # Items of a list share their head.
        ("今年一、二、三产业贡献率分别为4.6%、50.3%、45.1%。",
         ["第一产业贡献率", "第二产业贡献率", "第三产业贡献率"]),
        ("创建市级美丽村2个、区级3个。", ["市级美丽村", "区级美丽村"]),
        ("有文物保护单位186处，其中国家级8处（15座廊桥）、省级11处。",
         ["文物保护单位", "国家级文物保护单位", "廊桥", "省级文物保护单位"]),
        ("行政村光纤宽带、4G网络覆盖率均达到100%。", ["行政村光纤宽带覆盖率", "4G网络覆盖率"]),
        # Capacities of what is built.
        ("山焦集团60万吨甲醇制烯烃项目竣工。", ["甲醇制烯烃项目"]),
        # A bare head keeps its verb, a compared one loses the comparison.
        ("资助金额285万元。", ["资助金额"]),
        ("存贷比63.3%。", ["存贷比"]),
        ("税收收入4.2亿元，剔除减税因素后增长3.6%。", ["税收收入", "税收收入"]),
        ("耶溪河水位一度达63.42米。", ["耶溪河水位"]),
        ("本科达线人数突破千人大关。", ["本科达线人数"]),
        ("办理出口退税1.84亿元。", ["出口退税"]),
        ("线上线下观众超80万人次。", ["线上线下观众"]),
        ("城乡低保标准分别由420元/月、2400元/年提高到460元/月、3000元/年。",
         ["城镇低保标准", "农村低保标准", "城镇低保标准", "农村低保标准"]),
        ("氮氧化物、有机物工程减排量分别为1260吨和218吨。", ["氮氧化物减排量", "有机物工程减排量"]),
        ("存款26.3亿元，占比68.1%，较年初增加3.2亿元。", ["存款", "存款占比", "存款"]),
        ("8家企业纳税过亿元。", ["企业"]),
        ("家庭医生签约31.6万人。", ["家庭医生签约"]),
        ("销售均价3860元。", ["销售均价"]),
        ("建档立卡脱贫户218户。", ["建档立卡脱贫户"]),
        ("人均GDP达6.6万元，按现行汇率折算超过8000美元。", ["人均GDP", "人均GDP"]),
        ("财政收入41.8亿元、预算收入17亿元，占GDP的比重分别提高1.2和0.7个百分点。",
         ["财政收入", "预算收入", "财政收入占GDP的比重", "预算收入占GDP的比重"]),
        ("实现利税47.3亿元、利润28.6亿元，增长12.8%和9.5%。", ["利税", "利润", "利税", "利润"]),
        ("城镇居民收入、农民纯收入均增长10%以上。", ["城镇居民收入", "农民纯收入"]),
        ("职工、居民住院费用报销比例分别达83.6%和69.8%。",
         ["职工住院费用报销比例", "居民住院费用报销比例"]),
        ("规范占道经营1.3万余起。", ["占道经营"]),
        ("居民人均收入21164元，其中城镇居民28745元。", ["居民人均收入", "城镇居民人均收入"]),
        ("第一、二、三产业贡献率分别为8.9%、36.2%、54.9%。",
         ["第一产业贡献率", "第二产业贡献率", "第三产业贡献率"]),
        ("总产值98亿元，可比增长3.7%，两年平均增长5%。", ["总产值", "总产值", "总产值"]),
        ("工农业总产值35.6亿元，提前三年实现翻两番。", ["工农业总产值", "工农业总产值"]),
        ("新建口袋公园8处共6.3公顷。", ["口袋公园", "口袋公园"]),
        ("满意率97%，在全市十个区中排第一。", ["满意率", "满意率"]),
        ("平均每天新登记企业1.2万户。", ["平均每天新登记企业"]),
        ("工业产值15亿元，占总产值82%；财政收入首次突破亿元大关，达1.06亿元。",
         ["工业产值", "工业产值占总产值", "财政收入"]),
        ("“十四五”以来，地区生产总值连跨4个千亿台阶，2024年达到1.3万亿元、增长5.8%。",
         ["地区生产总值"] * 3),
        ("税收收入连跨三个百亿元台阶，2023年达到412亿元。", ["税收收入"] * 2),
        ("生产总值连跨两个百亿台阶、达到820亿元。", ["生产总值"]),
        ("城镇化率逐年提高，2024年达到62.3%。", ["城镇化率"]),
        ("粮食产量再创新高，达到500.2亿斤。", ["粮食产量"]),
        ("经济总量实现新突破，达到820亿元。", ["经济总量"]),
        ("高新技术企业、科技型企业贷款分别增长27.7%、31.1%。", ["高新技术企业贷款", "科技型企业贷款"]),
        ("交通、能源分别完成投资3252亿元、2140亿元。", ["交通投资", "能源投资"]),
        ("县公安局、县法院分别办结案件120件、80件。", ["案件", "案件"]),
        ("92个学科进入全国前列，147项检查结果互认。", ["学科", "检查结果"]),
        ("12件民生实事保质保量完成。", ["民生实事"]),
        ("17个重点制造业增加值增长8%。", ["重点制造业", "增加值"]),
        ("武汉港集装箱吞吐量达到350万标箱、居长江中上游港口首位。", ["武汉港集装箱吞吐量"] * 2),
        ("制定修改废止政府规章7部。", ["政府规章"]),
        ("健儿在全运会喜摘奖牌82枚。", ["奖牌"]),
        ("实施营造林44.7万亩，完成自治区目标任务的131%。", ["营造林", "营造林"]),
        ("办理事项86项，完成县委县政府确定任务的100%。", ["事项", "事项"]),
        ("85项审批事项“一证通办”，12个场景“一码通用”。", ["审批事项", "场景"]),
        ("商品房销售面积同比（下同）增长5%。", ["商品房销售面积"]),
        ("财政收入增长6%，增速分别比全国、全区快1.2个和0.8个百分点。", ["财政收入"] * 3),
        ("投资增速均位居西部省会（首府）城市第一。", ["投资增速"]),
        ("GDP总量居全省第4位，增速居全省第2位。", ["GDP总量", "GDP总量增速"]),
        ("固定资产投资增速在全省21个市州中排第4位，总量居第6位。", ["市州", "固定资产投资增速", "固定资产投资"]),
        ("采样9人；疫苗接种整体覆盖率全区排名第一。", ["采样", "疫苗接种整体覆盖率"]),
        ("这341件纠纷中340件达成书面协议，1件达成口头协议。", ["纠纷"] * 3),
        ("检查15个国控、省控、市控断面。", ["断面"]),
        ("争取补助3731万元，其中包括国债1618万元。", ["争取补助", "国债"]),
        ("现有职工59人（其中：50岁以上18人占30.6%；40岁～49岁23人占38.9%）。",
         ["职工", "职工", "50岁以上", "50岁以上", "职工", "职工", "40岁～49岁", "40岁～49岁"]),
        ("建立3·15维权站点12个。", ["3·15维权站点"]),
        ("有残疾人1.42万名，占常住人口的5.3%，新增612名。", ["残疾人", "残疾人占常住人口", "残疾人"]),
        ("调处率100%，成功率97%。", ["调处率", "成功率"]),
        ("产值12.4亿元，带动农户2.3万户，户均增收3600元。", ["产值", "农户", "户均增收"]),
        ("进出口总额8216万美元，其中出口6930万美元、进口1286万美元。",
         ["进出口总额", "出口", "进口"]),
        ("投入860万元建成办案中心1600平方米。", ["办案中心投入", "办案中心"]),
        # A base year, a span or a verb inside a rate's name cuts no indicator.
        ("万元GDP用水量较2020年下降6.3%。", ["万元GDP用水量"]),
        ("教育经费支出五年累计7.79亿元。", ["教育经费支出"]),
        ("规范管理率76.5%，监督覆盖率95.3%。", ["规范管理率", "监督覆盖率"]),
        ("农业总产值平均每年增长4.1%。", ["农业总产值"]),
        ("农民人均纯收入，扣除物价因素，平均每年增长4.5%。", ["农民人均纯收入"]),
        ("上线率68.2%，居全市法院第二。", ["上线率", "上线率"]),
        ("经费支出15亿元，与生产总值之比为2.08%。", ["经费支出", "经费支出与生产总值之比"]),
        ("解决了1.26万户4.38万人的饮水问题。", ["饮水问题", "饮水问题"]),
        ("0—6岁儿童健康管理率96.8%。", ["儿童", "儿童", "0—6岁儿童健康管理率"]),
        ("汽车9.6万辆（包括三轮汽车0.8万辆），增长10%。", ["汽车", "三轮汽车", "汽车"]),
        # 分别 pairs though each number has a turn of its own.
        ("棉花产量3600吨，油料产量3.2万吨，分别比上年下降8.2%和增长1.5%。",
         ["棉花产量", "油料产量", "棉花产量", "油料产量"]),
        ("AED达每10万人58台。", ["AED"]),
        # A verb alone repeats what was planned; a level in a bracket is of the noun before it.
        ("计划投资7.8亿元，实际完成8.32亿元。", ["计划投资", "计划投资"]),
        ("寿山至甘棠段（12.6公里）路基工程完成95%。", ["寿山至甘棠段", "路基工程"]),
        ("完成投资1.56亿元，占总投资2.3亿元的67.8%。", ["投资", "总投资", "总投资"]),
        ("农村公路1186公里，其中县道236公里、乡道412公里。", ["农村公路", "县道", "乡道"]),
        ("资助残疾学生及残疾人子女218名43.6万元。", ["资助残疾学生及残疾人子女"] * 2),
        ("获得5金3银4铜。", ["金牌", "银牌", "铜牌"]),
        ("受理纠纷268件，调解成功263件。", ["纠纷", "调解成功纠纷"]),
        ("稳定就业率不足40%。", ["稳定就业率"]),
        ("经济总量连续跨过2万亿元、2.3万亿元两个台阶，年均增长5.1%。", ["经济总量"] * 3),
        ("材料产业总产值由2020年不足60亿元增至800亿元以上。", ["材料产业总产值"] * 2),
        ("5G基站达18.6万个、每万人拥有48个。", ["5G基站", "每万人拥有5G基站"]),
        ("城乡居民收入比仍达2.8:1。", ["城乡居民收入比"]),
        ("融资成本压降至4.5%以下。", ["融资成本"]),
        ("财政设立20亿元防治基金。", ["防治基金"]),
        ("用于教育、卫生、文化的支出855亿元。", ["教育、卫生、文化的支出"]),
        ("从今年起逐步降低农业税税率，平均每年降低1个百分点。", ["农业税税率"]),
        ("学前三年毛入园率达91.2%。", ["学前三年毛入园率"]),
        # By what means and on what occasion is none either, nor who is had act.
        ("县民政局通过“一卡通”发放补偿金819万元。", ["补偿金"]),
        ("采取“公司+农户”模式种植茶叶3000亩。", ["茶叶"]),
        ("春节、“八一”期间走访慰问驻军7家。", ["驻军"]),
        ("鼓励企业引进人才30名。", ["人才"]),
        # Levels told by any turn, gaps to a plan, ranks among those counted, lists summed up.
        ("屠宰能力由40万只扩至70万只，审批时限压缩至12天。", ["屠宰能力", "屠宰能力", "审批时限"]),
        ("城乡低保标准分别提至每月645元和每年5730元。", ["城镇低保标准", "农村低保标准"]),
        ("完成投资94亿元，超年度计划4.7亿元。", ["投资", "投资"]),
        ("测评满意度达99.1分，列全市13个街道第一。", ["测评满意度", "街道", "测评满意度"]),
        ("长沙、版石两个镇的流转率均超过40%。", ["流转率"]),
        ("易地扶贫搬迁开工安置房312套。", ["安置房"]),
        ("为120名80岁以上老人发放补贴。", ["老人", "老人"]),
        # When it was is no part of what is counted.
        ("3月19日—20日举办活动2场，11月底完成3家。", ["活动", "完成"]),
        ("到2025年城镇化率达到65%，力争2024年突破60%。", ["城镇化率", "城镇化率"]),
        ("去年底存款26亿元，上年同期为24亿元。", ["存款", "存款"]),
    ],
)  # fmt: skip
def test_indicators(sentence: str, indicators: list[str]) -> None:
    assert [figure.indicator for figure in figures(sentence)] == indicators


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("民生支出19.4亿元，占公共财政预算支出的78.5%。", ["amount", "rate"]),
        ("中职招生2650人，完成市下达任务数的103.9%。", ["count", "completion"]),
        ("粮食面积46万亩、产量18万吨，分别完成市下达任务的101%和102%。",
         ["amount", "amount", "completion", "completion"]),
        ("存款余额41.8亿元，比年初净增8.3亿元。", ["amount", "change"]),
        ("生产总值增长3.8%，分别高于全国、全省1.3和1个百分点。", ["change", "gap", "gap"]),
        ("城镇化率分别高于全国、全区16.6、15.5个百分点。", ["gap", "gap"]),
        ("财政收入增长6%，增速分别比全国、全区快1.2个和0.8个百分点。", ["change", "gap", "gap"]),
        ("存贷比提高3.4个百分点，满意度达99.1分。", ["change", "amount"]),
        ("完成投资94亿元，超市级下达任务4.7亿元。", ["amount", "gap"]),
        ("出口创汇4260万美元，翻了一番。", ["amount", "change"]),
        ("重本上线927人，比上年多117人。", ["count", "change"]),
        ("参保5.92万人，净增0.36万人。", ["count", "change"]),
        ("经营主体净增98万户、突破1900万户。", ["change", "count"]),
        ("耕地面积连续4年净增累计超过170万亩。", ["change"]),
        ("净增规上服务业企业3162家。", ["count"]),
        ("利税过千万元的企业12家。", ["threshold", "count"]),
        ("实现500人以上行政村全覆盖。", ["threshold"]),
        ("路面使用性能指数（PQI）达到86.2。", ["amount"]),
        ("增速较上年提升5位。", ["change"]),
        ("森林覆盖率63.3%，比“十三五”末提高1.8个百分点。", ["rate", "change"]),
        ("完成投资8亿元，超时序进度6.7个百分点。", ["amount", "gap"]),
        ("办理65周岁以上老年人乘车卡1860张。", ["threshold", "count"]),
        ("有效利用系数由2007年的0.475提高到2012年的0.516。", ["rate", "rate"]),
        ("新签约亿元以上项目368个。", ["threshold", "count"]),
        ("5年累计完成投资6800亿元。", ["amount"]),
    ],
)  # fmt: skip
def test_kinds(sentence: str, kinds: list[str]) -> None:
    assert [figure.kind for figure in figures(sentence)] == kinds


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("公路密度为69.3公里/百平方公里。", ["公里/百平方公里"]),
        ("食品抽检达到4份/千人。", ["份/千人"]),
        ("发病率109.4/10万。", ["/10万"]),
        ("淘汰锅炉23台346蒸吨。", ["台", "蒸吨"]),
        ("烤烟收购十二万三千担，发电一千八百六十万度。", ["担", "度"]),
        ("收入增长一点五五倍。", ["倍"]),
        ("人口控制在13亿以内。", ["人"]),
        ("全县GDP达1.2万亿，财政收入3.4亿。", ["元", "元"]),
    ],
)
def test_units(sentence: str, units: list[str]) -> None:
    assert [figure.unit for figure in figures(sentence)] == units


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        # A bracket inside a name ends no list of parts.
        ("有水库136座，其中中型4座、小（1）型23座、小（2）型109座。", [False, True, True, True]),
        # A total, and what is told in another unit, is no part.
        ("集体经济收入均超20万元，其中3个村超100万元，总收入达876万元。",
         [False, True, True, False]),
        ("现有民宿586家，其中金宿级3家，经营收入3.2亿元。", [False, True, False]),
        # The change of the whole is none either.
        ("接待游客1268万人次，其中过夜游客312万人次，分别增长12%和15%。",
         [False, True, False, False]),
    ],
)  # fmt: skip
def test_parts(sentence: str, parts: list[bool]) -> None:
    assert ["part" in figure.qualifier for figure in figures(sentence)] == parts


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("贫困人口由2014年的13652户48231人减少到2135户，贫困发生率由20.9%降至2.7%。",
         ["2014", "2014", "2022", "2014", "2022"]),
        ("三次产业结构由上年的14.2：44.6：41.2调整为13.9：43.8：42.3。",
         ["2021"] * 3 + ["2022"] * 3),
    ],
)  # fmt: skip
def test_periods(sentence: str, periods: list[str]) -> None:
    assert [figure.period for figure in figures(sentence)] == periods


def test_an_earlier_five_year_plan_has_its_years() -> None:
    found = figures("“十五”期间，生产总值年均增长15.2%。", "太仓市2005年工作总结\n\n")
    assert [figure.period for figure in found] == ["2001/2005"]
    assert [f.period for f in figures("“七五”普法工作考核得分98分。")] == ["2022"]


def test_a_sign_in_a_list_is_of_one_number() -> None:
    found = figures("粮食3万吨，油料2860吨，茶叶126吨，分别比上年增长2.3%、-1.2%和15%。")
    assert [str(figure.value) for figure in found[3:]] == ["2.3", "-1.2", "15"]


def test_a_half_year_summary_is_of_the_first_half() -> None:
    (found,) = figures("造林3万亩。", "2024年龙川县林业局半年工作总结\n\n")
    assert found.period == "2024-01-01/2024-06-30"


def test_changes_in_a_list_are_all_changes() -> None:
    found = figures("发生事故21起，死亡14人，同比分别减少6起、3人。")
    assert [(f.kind, f.value) for f in found[2:]] == [("change", -6), ("change", -3)]


def test_the_scope_of_a_time_clause_ends_with_it() -> None:
    header = "临夏州2024年工作总结\n\n"
    found = figures("积石山县6.2级地震后，调拨帐篷1.36万顶。", header)
    assert found[-1].scope.text == "临夏回族自治州"


def test_a_report_given_in_the_year_after_its_title_reviews_the_year_of_the_title() -> None:
    header = "1985年政府工作报告\n——1986年4月10日在会东县第八届人民代表大会第三次会议上\n\n"
    assert [f.period for f in figures("财政收入621万元。", header)] == ["1985"]


def test_what_is_striven_for_is_planned_to_the_end_of_the_sentence() -> None:
    found = figures("2023年，力争优良率稳定在95%，国控断面优良比例达到83%以上。")
    assert ["planned" in figure.qualifier for figure in found] == [True, True]


def test_about_is_no_part_of_a_word() -> None:
    assert figures("家庭医生签约31.6万人。")[0].qualifier == ()


def test_scope_of_a_counted_subject_ends_with_the_next() -> None:
    found = figures("12个贫困村退出，2836户稳定脱贫，贫困发生率降到4.6%。")
    assert [figure.scope.text for figure in found] == ["安远县"] * 3


REPORT = "2026年某省人民政府工作报告\n\n各位代表：\n\n"


@pytest.mark.parametrize(
    ("body", "periods"),
    [
        # An opening on five years leads to the sections below it.
        ("一、“十四五”时期及2025年工作\n过去的五年，我们主要做了以下工作：\n"
         "（一）着力调结构。建成智能工厂320个。2025年，装备制造业增长7.8%。\n"
         "（二）着力惠民生。新建幼儿园640所。\n", ["2021/2025", "2025", "2021/2025"]),
        ("一、发展成就和2025年工作\n回望“十四五”，成绩来之不易。新建公路1200公里。\n", ["2021/2025"]),
        # One year of the span has its own paragraph.
        ("一、“十四五”时期工作回顾\n完成投资4.8万亿元。\n刚刚过去的2025年，我们扩大内需。生产总值增长4.7%。\n"
         "新建道路3200公里。\n", ["2021/2025", "2025", "2021/2025"]),
    ],
)  # fmt: skip
def test_spans_of_years(body: str, periods: list[str]) -> None:
    assert [figure.period for figure in figures(body, REPORT)] == periods


def test_what_only_narrows_a_number_is_not_said_of_it() -> None:
    """控制在…左右 is about so much; 新建商品住宅 is a name; the same sum in dollars is no part."""
    (rate,) = figures("失业率控制在4%左右。")
    assert rate.qualifier == ("approx",)
    (price,) = figures("新建商品住宅价格上涨的城市65个。")
    assert "new" not in price.qualifier
    _, dollars = figures("人均GDP达46832元（折合6789美元）。")
    assert (dollars.qualifier, dollars.of) == ((), None)


def test_a_count_after_an_enumerating_comma_may_be_a_subject_of_its_own() -> None:
    _, villages = figures("16.8万贫困人口全部脱贫、312个贫困村全部出列。")
    assert (villages.indicator, villages.scope.text) == ("贫困村", "安远县")


def test_a_plan_by_name_announces_nothing() -> None:
    (pupils,) = figures("学生营养改善计划惠及3000多名学生。")
    assert "planned" not in pupils.qualifier


def test_a_multiple_of_an_earlier_year_holds_in_the_report_s() -> None:
    _, multiple = figures("企业总数达到1326家，是2017年的1.8倍。")
    assert multiple.period == "2022"


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("PPI同比降幅收窄至2.5%。", ["-2.5"]),
        ("棉花产量比上年减产十五点一万吨。", ["-151000.0"]),
        ("新就业人数七百九十三万人。", ["7930000"]),
        ("压减一般性支出10%。", ["-10"]),
        ("压缩行政管理费百分之十。", ["-10"]),
        ("投资1'234'567元，亩产1千2百斤。", ["1234567", "1200"]),
    ],
)
def test_values(sentence: str, values: list[str]) -> None:
    assert [str(figure.value) for figure in figures(sentence)] == values


def test_hyphens_of_every_kind_span_years() -> None:
    (schools,) = figures("2021\u20112025年新建学校12所。")
    assert (schools.span.quote, schools.period) == ("12所", "2021/2025")


def test_what_is_spent_over_years_is_of_all_of_them() -> None:
    (sum_spent,) = figures("“十四五”时期投资3.5亿元。")
    assert sum_spent.period == "2021/2025"


def test_a_number_of_many_digits_keeps_them_all() -> None:
    (figure,) = figures("投入资金123456789012345678901234567890123万元。")
    assert f"{figure.value:f}" == "1234567890123456789012345678901230000"


def test_a_word_that_names_nothing_by_itself_is_told_as_no_indicator() -> None:
    document = read_string(HEADER + "占比达到45%。城镇化率达到45%。")
    found = [finding.span.start for finding in document.findings]
    assert found == [document.figures[0].span.start]
