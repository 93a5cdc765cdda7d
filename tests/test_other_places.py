"""Names and statements of reports of other places, offices and decades."""

from __future__ import annotations

import pytest

from policygraph.graph.statements import Document
from policygraph.loaders.reader import read_string


def _read(text: str, area: str) -> Document:
    return read_string(text, area=area, period="2023")


def _named(text: str, area: str) -> list[tuple[str, str]]:
    return [(m.span.quote, m.type) for m in _read(text, area).mentions]


@pytest.mark.parametrize(
    ("area", "text", "named"),
    [
        ("宁夏回族自治区", "闽宁镇入选国家乡村振兴示范镇。", ("闽宁镇", "Area")),
        ("眉县", "会同县教育局开展检查3次。", ("县教育局", "Organization")),
        ("湘阴县", "会同县教育局开展检查3次。", ("县教育局", "Organization")),
        ("会同县", "会同县教育局开展检查3次。", ("会同县教育局", "Organization")),
        ("湘阴县", "会同湖南农业大学开展检测12次。", ("湖南农业大学", "Organization")),
        ("眉县", "与县人民医院签订协议3份。", ("县人民医院", "Organization")),
        ("眉县", "获县城投集团通报表扬2次。", ("县城投集团", "Organization")),
        ("眉县", "邀请县第一中学教师授课。", ("县第一中学", "Organization")),
        ("眉县", "得到了县红十字会的肯定。", ("县红十字会", "Organization")),
        ("眉县", "联合国家发展改革委举办培训班。", ("国家发展改革委", "Organization")),
        ("靖西市", "建设新靖镇中心卫生院住院楼。", ("新靖镇中心卫生院", "Organization")),
        ("宁夏回族自治区", "福建省援宁工作队引进企业67家。", ("福建省援宁工作队", "Organization")),
        ("霍邱县", "组建“护苗行动”工作专班。", ("“护苗行动”工作专班", "Organization")),
        ("霍邱县", "建立物流保通保畅专班。", ("物流保通保畅专班", "Organization")),
        ("中国", "中国纺织总会召开会议。", ("中国纺织总会", "Organization")),
        ("中国", "交通部召开会议。", ("交通部", "Organization")),
        ("霍邱县", "全部上线“预算管理一体化系统”。", ("“预算管理一体化系统”", "Platform")),
        ("湖南省", "推广“智慧河长”系统。", ("“智慧河长”系统", "Platform")),
        ("霍邱县", "建立税收协同共治机制。", ("税收协同共治机制", "Programme")),
        ("湖南省", "2023年成功举办进博会。", ("进博会", "Event")),
        ("湖南省", "2023年召开全省民营经济发展大会。", ("全省民营经济发展大会", "Event")),
        ("湖南省", "2023年世界计算大会召开。", ("2023年世界计算大会", "Event")),
        ("孝义市", "市篮球队获吕梁市青少年锦标赛冠军。", ("吕梁市青少年锦标赛", "Event")),
        ("修武县", "乡级河长巡河12次。", ("乡级河长", "Group")),
        ("河北省", "让各类人才汇聚。", ("各类人才", "Group")),
        ("河北省", "引进3至5家龙头企业。", ("3至5家龙头企业", "Group")),
        ("孝义市", "在园幼儿1.6万人。", ("在园幼儿", "Group")),
        ("孝义市", "义务教育阶段学生4.9万人。", ("义务教育阶段学生", "Group")),
        ("眉县", "县教育局主要领导多次调研。", ("县教育局主要领导", "Group")),
    ],
)
def test_a_name_is_read_whole_and_without_the_words_before_it(
    area: str, text: str, named: tuple[str, str]
) -> None:
    assert named in _named(text, area)


@pytest.mark.parametrize(
    ("area", "text", "part"),
    [
        ("宁夏回族自治区", "贺兰山东麓完成营造林96万亩。", "贺兰"),
        ("宝鸡市", "生均公用经费基准定额小学提高到720元。", "小学"),
        ("宝鸡市", "支持麟游县建设寄宿制学校。", "学校"),
        ("湘阴县", "支持湘阴县改造农村中小学12所。", "小学"),
        ("陕西省", "赴全省考察学习4次。", "省考"),
        ("湘阴县", "开展演练5次。", "展演"),
        ("中国", "交通部门配合，能源部门供应充足。", "交通部"),
        ("松桃苗族自治县", "审结婚姻家庭案件1508件。", "婚姻家庭"),
    ],
)
def test_words_that_only_look_like_a_name_are_none(area: str, text: str, part: str) -> None:
    assert not [quote for quote, _ in _named(text, area) if part in quote]


def test_a_national_report_that_names_a_special_region_is_of_the_country() -> None:
    document = read_string(
        "政府工作报告（1998年）\n\n我国国内生产总值达到74772亿元。香港特别行政区政府依法施政。"
    )
    assert [figure.scope.text for figure in document.figures] == ["中国"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("县疾控中心全年接种疫苗11万剂次。", [("11万剂次", "接种疫苗", "和田县")]),
        ("人民法庭巡回审判46场次。", [("46场次", "人民法庭巡回审判", "和田县")]),
        ("选派12名专家驻点帮扶。", [("12名", "专家", "和田县")]),
        ("完成14个村的饮水管网改造。", [("14个", "村", "和田县")]),
        ("北京市援疆资金到位3.12亿元。", [("3.12亿元", "援疆资金到位", "和田县")]),
        ("审结县住建局原副局长张某受贿案等职务犯罪案件5件。", [("5件", "职务犯罪案件", "和田县")]),
        (
            "粮食播种面积39万亩，总产15万吨。",
            [("39万亩", "粮食播种面积", "和田县"), ("15万吨", "粮食总产", "和田县")],
        ),
        (
            "年末牲畜存栏71万头，出栏64万头。",
            [("71万头", "牲畜存栏", "和田县"), ("64万头", "牲畜出栏", "和田县")],
        ),
        (
            "罗湾村、下坪村村集体经济收入均超过50万元。",
            [("50万元", "村集体经济收入", "罗湾村、下坪村")],
        ),
        (
            "全县经济总量连续跨越5个千亿元台阶、达到1.8万亿元。",
            [
                ("5个", "经济总量", "和田县"),
                ("千亿元", "经济总量", "和田县"),
                ("1.8万亿元", "经济总量", "和田县"),
            ],
        ),
        ("定额小学提高到每生每年720元。", [("720元", "定额小学", "和田县")]),
    ],
)
def test_what_a_number_counts_is_told_without_who_acts(
    text: str, told: list[tuple[str, str, str]]
) -> None:
    figures = _read(text, "和田县").figures
    assert [(f.span.quote, f.indicator, f.scope.text) for f in figures] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("更好统筹发展和安全。", [("统筹", "发展和安全")]),
        ("坚持和发展新时代“枫桥经验”。", [("坚持和发展", "新时代“枫桥经验”")]),
        ("有效防范和及时应对社会安全事件。", [("防范和及时应对", "社会安全事件")]),
        ("项目纳入国家“十四五”重点实施项目库。", [("纳入", "国家“十四五”重点实施项目库")]),
        ("维修加固马鞍石水库溢洪道。", [("维修", "加固马鞍石水库溢洪道")]),
        ("清单化项目化改造燃气管网650公里。", [("改造", "燃气管网")]),
        ("隐患全部整改到位。", [("整改到位", "隐患")]),
        ("协调好各方的关系。", [("协调", "各方的关系")]),
        ("现将工作推进情况及明年工作谋划报告如下。", []),
        ("灌区改造项目已完工验收。", [("完工验收", "灌区改造项目")]),
        ("王湾排涝站9月份已完工并投入使用。", [("完工", "王湾排涝站")]),
        ("以压实责任为着力点，形成齐抓共管格局。", [("形成", "齐抓共管格局")]),
        ("保障第三届航展的顺利举办。", [("保障", "第三届航展的顺利举办")]),
        ("为进一步开展社会治理工作打下扎实基础。", []),
        ("锻造过硬队伍。", [("锻造", "过硬队伍")]),
        ("将区属一级企业由11户整合为4户。", [("整合", "区属一级企业")]),
        ("城乡低保标准分别提高至每人每月780元、620元。", [("提高", "城乡低保标准")]),
        ("参赛选手732名。", []),
        ("离婚登记0.9万对。", []),
        ("编制床位1862张。", []),
    ],
)
def test_what_was_done_to_what(text: str, told: list[tuple[str, str]]) -> None:
    measures = _read(text, "和田县").measures
    assert [(m.action, m.object.text) for m in measures] == told


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("农村低保对象6.13万人，发放低保金1.87亿元。", []),
        (
            "县法院联合县公安局、国网松桃供电局开展集中执行行动。",
            ["松桃苗族自治县人民法院", "松桃苗族自治县公安局", "国网松桃供电局"],
        ),
    ],
)
def test_who_acts_is_all_who_do_and_none_who_are_counted(text: str, who: list[str]) -> None:
    last = _read(text, "松桃苗族自治县").measures[-1]
    assert [actor.name for actor in last.actors] == who


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("石桥村委会组织义务劳动3次。", ("石桥村委会", "Organization")),
        ("镇防汛指挥部开展演练5次。", ("镇防汛指挥部", "Organization")),
        ("组织村支两委、镇直部门参加培训。", ("镇直部门", "Group")),
        ("走访慰问村民小组长60人。", ("村民小组长", "Group")),
    ],
)
def test_bodies_and_groups_of_a_town(text: str, named: tuple[str, str]) -> None:
    document = read_string(f"湘阴县岭北镇2023年工作总结\n\n{text}")
    assert named in [(m.span.quote, m.type) for m in document.mentions]
