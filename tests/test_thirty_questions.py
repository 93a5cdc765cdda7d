"""Thirty questions of people, answered from the search box by clicks alone: no query is written.

Fifteen are about the bundled report and run everywhere; the others need two reports of provinces, which
lie beside a checkout of the maintainers only. A step is what a person does; every link is one the page shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph import Graph, read
from policygraph.graph.statements import Document

from .conftest import SHARED
from .person import Person
from .service.service_process import Service, service

PROVINCES = ("2025年浙江省政府工作报告.txt", "2025年湖北省政府工作报告.txt")
# What is asked → what is done (“words” follows a link, “words @ beside” the link in the row that has these
# words, “? words” asks again) → what the page must say.
Steps = tuple[str, ...]
BUNDLED: dict[str, tuple[Steps, tuple[str, ...]]] = {
    # look-up
    "农村生活污水治理率是多少？": ((), ("29.51%",)),
    "报告是谁发布的？": ((), ("湖北省乡村振兴局", "2023-04-24", "K26058003/2023-30909")),
    "谁到红安县调研？": (("调研第一站就赴脱贫县红安县",), ("王蒙徽", "更加扎实的工作")),
    "What is the rate of sewage treatment?": ((), ("29.51%",)),
    "shengweishuji": (("中共湖北省委书记",), ("王蒙徽",)),
    # join over sections
    "省长王忠林做了什么？": (
        ("王忠林",),
        ("坚决落实主体责任", "全力抓好各类问题整改", "2021年国考反馈问题整改方案", "解决突出困难"),
    ),
    "28个国定脱贫县": (
        ("国定脱贫县 @ counties",),
        ("16188元", "25.25亿元", "整合资金129.85亿元"),
    ),
    "通城县整改": (("通城县 @ Tongcheng",), ("省直有关部门", "咸宁市", "没有说：数字、金额")),
    # derived value
    "2021年脱贫人口人均纯收入是多少？": (
        ("14705元",),
        ("12,899", "12,843–12,956"),
    ),
    "43个经济强市县平均每个出了多少钱？": (("平均每个多少钱",), ("10,906,976.74",)),
    "省级资金占财政衔接资金的多少？": (
        ("放入算篮 @ 48.97亿元", "? 财政衔接资金", "放入算篮 @ 239.82亿元"),
        ("20.419%",),
    ),
    "外出务工脱贫人口年度目标": (("103.7%",), ("216.1万人",)),
    # not said
    "贫困发生率": ((), ("没有一份报告说到“贫困发生率”",)),
    "红安县得到多少资金？": (("红安县 @ Hong'an",), ("没有说：数字、金额", "提到 1 次")),
    # contradiction and caveat
    "危房改造": (("8612",), ("缺单位",)),
}
ALL_THREE: dict[str, tuple[Steps, tuple[str, ...]]] = {
    # look-up
    "浙江2025年城镇新增就业目标是多少？": (
        (),
        ("100万人 新增、计划、以上 城镇新增就业 · 浙江省 · 2025",),
    ),
    "宁波舟山港集装箱吞吐量增长多少": ((), ("11.3%",)),
    "鄂州花湖机场货邮吞吐量在全国排第几": ((), ("第5", "128万吨")),
    "湖北省有多少家高新技术企业": ((), ("3万家",)),
    # join over sections
    "浙江低收入农户收入、最低生活保障标准": ((), ("11.1%", "1167元")),
    "长期护理保险": ((), ("4526万人", "1500万人")),
    # derived value
    "浙江省货物贸易出口": (("3.9万亿元",), ("3.56",)),
    "省级财政资金": (
        ("放入算篮 @ 1042.8亿元", "? 省级财政资金", "放入算篮 @ 1023.6亿元"),
        ("1.8",),
    ),
    "湖北的年度投资目标合计": (
        (
            *("放入算篮 @ 7200亿元", "? 年度投资", "放入算篮 @ 5400亿元"),
            *("? 年度投资", "放入算篮 @ 8000亿元"),
        ),
        ("2.0600万亿元",),
    ),
    # not said
    "浙江的地区生产总值是多少亿元？": (
        ("地区生产总值 @ gross domestic",),
        ("5.5%", "60013亿元"),
    ),
    "湖北2025年城镇调查失业率目标": ((), ("5.5％",)),
    # comparison
    "城镇新增就业": (
        ("比较各报告 @ new urban jobs",),
        ("118.3万人", "90万人 超过", "70万人 以上", "没有提到（1）"),
    ),
    "经济增长": (("比较各报告 @ gross domestic",), ("5.8％", "5.5%", "6％ 左右", "5.5% 左右")),
    "农村卫生厕所普及率": (("比较各报告",), ("90.2%", "90％ 超过")),
    "哪些报告没有提到城镇新增就业？": (
        ("哪些报告缺一项指标",),
        ("1 行", "没有提到", "脱贫攻坚成果"),
    ),
}


@pytest.fixture(scope="module")
def three(hubei: Document, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = SHARED / "reports" / "provincial-2025"
    if not all((folder / name).is_file() for name in PROVINCES):
        pytest.skip("the reports of the provinces (../shared/reports) are not beside this checkout")
    store = tmp_path_factory.mktemp("three") / "store"
    with Graph.open(store) as graph:
        graph.add(hubei)
        for name in PROVINCES:
            graph.add(read(Path(folder / name)))
    with service(store, "--workers", "1") as served:
        yield served


def answered(person: Person, question: str, steps: Steps) -> str:
    person.ask(question)
    for step in steps:
        if step.startswith("? "):
            person.ask(step[2:])
        else:
            words, _, beside = step.partition(" @ ")
            person.follow(words, within=beside)
    return person.reads()


@pytest.mark.parametrize("question", BUNDLED)
def test_a_question_about_the_bundled_report_is_answered(
    hubei_service: Service, question: str
) -> None:
    steps, said = BUNDLED[question]
    page = answered(Person(hubei_service), question, steps)
    assert [words for words in said if words not in page] == [], page[:2000]


@pytest.mark.parametrize("question", ALL_THREE)
def test_a_question_about_several_reports_is_answered(three: Service, question: str) -> None:
    steps, said = ALL_THREE[question]
    page = answered(Person(three), question, steps)
    assert [words for words in said if words not in page] == [], page[:2000]
