"""Thirty more questions as people put them, with vague words, slips and common speech, answered by clicks alone.

Twenty are about the bundled report, ten about short reports of other places. What is said must stand on the page;
``first`` is what the first entry of the answer to the search must hold. In the manner of test_thirty_questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from policygraph import Graph
from policygraph.loaders.reader import read_string

from .person import Person
from .service.service_process import Service, service

REPORTS = (
    "2024年江西省政府工作报告\n\n一、2023年工作回顾\n\n2023年，全省地区生产总值32200亿元、增长4.1%。"
    "一般公共预算收入从2018年的2373亿元增长到2023年的3059.6亿元。农村自来水普及率达到88.5%。新建高标准农田301万亩。"
    "为1.6万名劳动者追回工资2.4亿元。补充乡村教师5200名。粮食产量439.7亿斤。\n\n"
    "二、2024年工作安排\n\n2024年，全省一般公共预算收入增长3%左右。",
    "2024年湖南省政府工作报告\n\n一、2023年工作回顾\n\n2023年，全省地区生产总值50012.9亿元、增长4.6%。"
    "农村自来水普及率达到91.2%。新建高标准农田275万亩。完成户厕改造12.6万座，人畜分离3.1万户。"
    "规模以上工业增加值增长5.1%、高于全国0.5个百分点。",
    "安化县水利局2023年工作总结\n\n一、工作情况\n\n2023年，县委书记刘建军带头巡河4次。"
    "投资620万元建成仙溪村污水处理站1座、铺设管网5.4公里。"
    "全县农业总产值28亿元，其中种植业113亿元、林业3亿元。",
)


@dataclass(frozen=True)
class Asked:
    """What is followed from the answer to a question, what the last page says and does not say, what comes first."""

    says: tuple[str, ...]
    steps: tuple[str, ...] = ()
    first: str = ""
    lacks: str = ""


BUNDLED = {
    # look-up
    "全省派了多少个第一书记下乡": Asked(("1.77万人",), first="1.77万人"),
    "省里紧急拨了多少钱抗旱": Asked(("14.8亿元",), first="14.8亿元"),
    "给困难学生的资助花了多少钱,帮了多少人": Asked(("4.5亿元", "58万人")),
    "832平台卖了多少钱的东西": Asked(("25.25亿元",), first="25.25亿元"),
    "光付扶贫电站发电收入多少": Asked(("54.01亿元",), first="54.01亿元"),
    "到12月底快递进村的比例是多少": Asked(("96.1%",), first="96.1%"),
    "低收入人口住院能报销百分之几": Asked(("90.17%",), first="90.17%"),
    "How many relocated people got stable jobs?": Asked(("32万",), first="32万"),
    "培训村支书的行动叫什么": Asked(("“头雁”培训行动",)),
    "贫困户去年一年人均挣多少": Asked(("14705元",), first="14705元"),
    "五保户的补助涨了多少": Asked(("11.7%",), first="11.7%"),
    "低保户一年能领多少": Asked(("6266元",), first="6266元"),
    "驻村人数排全国第几": Asked(("第二",), first="第二"),
    "搬迁户找到工作的有多少": Asked(("32万",), first="32万"),
    "多少贫困户因为受灾返贫": Asked(("577户", "因灾纳入监测对象"), first="577户"),
    # join over sections
    "通城挂牌督办的整改方案是谁审定的": Asked(("王忠林亲自审定",)),
    "后评估覆盖多少个县,光伏又惠及多少个县": Asked(("92个", "93个")),
    "搬迁安置区建了哪些组织,各多少个": Asked(("4964个", "5350个", "3350个", "772个")),
    # derived value
    "万企兴万村平均每家民企投了多少钱": Asked(("913.67万元/家",), ("522.71亿元",), "522.71亿元"),
    "平均每座光伏电站挣了多少钱": Asked(("95.66万元/座",), ("54.01亿元",), "54.01亿元"),
    "衔接资金除了省级的还剩多少": Asked(("190.85亿元",), ("239.82亿元 − 48.97亿元",)),
    "农村低保标准去年是多少": Asked(("5,743.4元",), ("6266元",), "6266元"),
    "每个困难学生补助多少": Asked(("776元/人",), ("4.5亿元 ÷ 58万人",)),
    "一支驻村工作队平均几个人": Asked(("3.6人/支",), ("4.26万人 ÷ 1.2万支",)),
    "新建的美丽乡村占总数几成": Asked(("18.97%",), ("569个 ÷ 3000个",)),
    "贫困县农民2021年收入是多少": Asked(("14,824元", "原文没有单位"), ("16188元 ÷ (1 + 9.2%)",)),
    "共同缔造项目里衔接资金占总投资多少": Asked(("70.3%",), ("4.24亿元 ÷ 6.03亿元",)),
    "每个共同缔造试点村平均花多少钱": Asked(("128.6万元/个",), ("6.03亿元 ÷ 469个",)),
    "绿色食品企业和有机企业差几家": Asked(("340家",), ("406家 − 66家",)),
    # not said
    "湖北省有多少人口": Asked(("没有一个回答“人口”",)),
    "下一步有什么打算": Asked(("没有一份报告说到", "计划做什么，目标是多少")),
    "2023年计划做什么": Asked(("其中没有说2023年的",)),
    "孝感市拿到多少帮扶资金": Asked(("没有一处有“孝感市”字样", "其中没有说孝感市的")),
    "湖北还剩多少贫困人口": Asked(("没有一处有“贫困”字样",)),
    "通城县整改花了多少钱": Asked(("没有一个回答“花了多少钱”",)),
    "帮扶车间吸纳了多少人就业": Asked(("1280家", "没有一个回答“多少人”")),
    "湖北2022年GDP多少": Asked(("没有一处有“gdp”字样",), lacks="92个"),
    # contradiction and caveat
    "乡村建设行动方案到底是谁出台的": Asked(
        ("《湖北省乡村建设行动推进方案》",), ("哪两处说法不一致",)
    ),
    "国定脱贫县农民收入涨了百分之几": Asked(("缺单位",), ("9.2",), "9.2"),
}
OTHERS = {
    "湖南改了多少厕所": Asked(("12.6万座",), first="12.6万座"),
    "江西新招了多少老师": Asked(("5200名",), first="5200名"),
    "湖南规上工业增速比全国高多少": Asked(("0.5个百分点",), first="0.5个百分点"),
    "江西GDP比湖南少多少": Asked(("1.7813万亿元",), ("50012.9亿元 − 32200亿元",)),
    "江西GDP增速比湖南慢多少": Asked(("0.5个百分点",), ("4.6% − 4.1%",)),
    "安化谁带头巡河,巡了几次": Asked(("刘建军", "4次")),
    "江西财政收入五年增加了多少": Asked(("686.6亿元",), ("3059.6亿元",)),
    "江西平均每个劳动者追回多少工资": Asked(("15,000元/名",), ("2.4亿元",), "2.4亿元"),
    "仙溪村有多少人": Asked(("没有一个回答“多少人”", "仙溪村")),
    "湖南粮食产量是多少": Asked(("其中没有说湖南省的",)),
    "安化种植业产值": Asked(("部分超过了总数",), ("113亿元",)),
    "哪个省农村自来水普及率最高": Asked(("91.2%", "88.5%"), ("比较各报告：农村自来水普及率",)),
}


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = tmp_path_factory.mktemp("others") / "store"
    with Graph.open(store) as graph:
        for text in REPORTS:
            graph.add(read_string(text))
    with service(store, "--workers", "1") as served:
        yield served


def look(site: Service, question: str, asked: Asked) -> None:
    person = Person(site).ask(question)
    if asked.first:
        assert asked.first in person.first_of("ul.found li")
    for words in asked.steps:
        person.follow(words)
    page = person.reads()
    assert [words for words in asked.says if words not in page] == [], page[:2000]
    assert not asked.lacks or asked.lacks not in page


@pytest.mark.parametrize("question", BUNDLED)
def test_a_question_in_common_speech_is_answered(hubei_service: Service, question: str) -> None:
    look(hubei_service, question, BUNDLED[question])


@pytest.mark.parametrize("question", OTHERS)
def test_a_question_about_reports_of_other_places_is_answered(
    others: Service, question: str
) -> None:
    look(others, question, OTHERS[question])
