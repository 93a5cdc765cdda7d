"""Questions of a policy analyst whose answer no single figure states, or no report: in the manner of test_more_questions.

``formula`` is what the first link leads to be worked out; what is not told is said.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph import Graph
from policygraph.cli import main
from policygraph.loaders.reader import read_string
from policygraph.queries.question_requests import DIFFERENCE, Request
from policygraph.queries.question_setting import with_whole_years
from policygraph.queries.search_words import asked_noun, with_written_negation

from .person import Person
from .service.service_process import Service, service
from .test_more_questions import Asked, look

REPORTS = (
    "2025年广东省政府工作报告\n\n一、2024年工作回顾\n\n2024年，全省地区生产总值14.16万亿元、增长3.5%，城镇新增就业146万人，"
    "粮食产量1313万吨。新能源汽车产量361万辆，汽车零售额增长2.1%。建成高铁3条，地铁运营里程达到1260公里。新增全国重点实验室3家、总数达30家。城镇调查失业率5.2%。\n\n"
    "二、2025年工作安排\n\n2025年，粮食产量达到1280万吨以上，一般公共预算收入增长3%左右。",
    "2025年湖南省政府工作报告\n\n一、2024年工作回顾\n\n2024年，全省地区生产总值5.32万亿元、增长4.8%，一般公共预算收入3449亿元，"
    "城镇新增就业70万人，粮食产量3078万吨。高铁运营里程2512公里。新增全国重点实验室2家、总数达20家。城镇调查失业率4.9%。\n\n二、2025年工作安排\n\n2025年，"
    "城镇新增就业65万人以上。",
    "凤凰县乡村振兴局2023年工作总结\n\n一、工作情况\n\n2023年，全县选派驻村工作队90支、队员270名，召回驻村干部6名。"
    "到位衔接资金2.4亿元，其中中央1.8亿元、省级0.4亿元、县级配套0.2亿元。招聘教师120人，比2022年净增30人。"
    "已消除风险520户，对未消除风险的310户监测户落实帮扶措施。建设示范片区4个、覆盖村庄20个。改造敬老院8所，加快提升就业率。\n\n"
    "二、存在的问题\n\n一是项目推进不平衡；二是帮扶车间规模偏小。",
)
BUNDLED = {
    "脱贫县有多少家龙头企业": Asked(("622家",), first="622家"),
    "How many private firms paired with villages?": Asked(("5721家",), first="5721家"),
    "How much emergency money was allocated for drought?": Asked(("14.8亿元",), first="14.8亿元"),
    "37个重点帮扶县得到多少钱": Asked(
        ("没有一个回答“多少钱”", "说到它的章节里的数字", "8.71亿元"), first="4.69亿元"
    ),
    "经济强市县、省直单位和中央单位三家一共给了多少钱": Asked(
        ("26.23亿元", "有的是累计数"), ("4.69亿元 + 8.71亿元 + 12.83亿元",)
    ),
    "经济强市县 省直单位 中央单位 资金合计": Asked(
        ("26.23亿元",), ("4.69亿元 + 8.71亿元 + 12.83亿元 ≈ 26.23亿元",)
    ),
    "光伏 每座 收入": Asked(("95.66万元/座",), ("54.01亿元 ÷ 5646座",)),
    "驻村第一书记和驻村干部一共多少人": Asked(("60,300人",), ("1.77万人 + 4.26万人",)),
    "省级资金占衔接资金的比例": Asked(("20.419%",), ("48.97亿元 ÷ 239.82亿元",)),
    "衔接资金里省级以外的有多少": Asked(("190.85亿元",), ("239.82亿元 − 48.97亿元",)),
    "国定脱贫县占脱贫县的比例": Asked(("75.68%", "没有说前者是后者的一部分"), ("28个 ÷ 37个",)),
    "绿色食品企业是有机农产品企业的几倍": Asked(("6.15",), ("406家 ÷ 66家",)),
    "党群服务中心比自治性组织少几个": Asked(("386个",), ("5350个 − 4964个",)),
    "What share of households got solar income?": Asked(("26.75万",), lacks="÷"),
    "每个安置区平均多少贷款": Asked(("144.68亿元",), lacks="÷"),
    "明年的收入目标是多少": Asked(("没有一个是计划或目标",)),
    "就业率是多少": Asked(("“就业率”提到了，没有给出数值",)),
    "24年农村低保标准": Asked(("其中没有说2024年的", "6266元")),
    "存在什么问题": Asked(("其中没有讲困难和问题的", "报告讲了哪些困难和问题")),
    "哪些人参与了通城县的整改": Asked(("通城县",), lacks="没有一处有"),
    "湖北省2022年粮食产量": Asked(("没有一处有“粮食产量”字样",), lacks="其中没有说2022年的"),
    "谁表扬了湖北的做法": Asked(("刘焕鑫局长在湖北调研时指出",)),
}
OTHERS = {
    "广东粮食产量目标比去年实际少多少": Asked(("33.0",), ("1313万吨 − 1280万吨",)),
    "广东高铁有多少公里": Asked(("说广东省的数字里，没有一个回答“多少公里”",)),
    "广东新能源汽车产量增长多少": Asked(("没有一个回答“增长多少”", "361万辆")),
    "广东2024年一般公共预算收入": Asked(("其中没有说广东省2024年的",)),
    "广东2023年地区生产总值是多少": Asked(("增速通常按可比价计算",), ("14.16万亿元 ÷ (1 + 3.5%)",)),
    "广东和湖南一共新增就业多少人": Asked(("216",), ("146万人 + 70万人",)),
    "广东和湖南失业率差几个点": Asked(("0.3个百分点",), ("5.2% − 4.9%",)),
    "广东和湖南全国重点实验室一共几家": Asked(("50家",), ("30家 + 20家",)),
    "凤凰县每个示范片区平均覆盖几个村": Asked(("计算 20个 ÷ 4个 = 5",)),
    "广东失业率2023年是多少": Asked(("其中没有说广东省2023年的",)),
    "谁的失业率低": Asked(("比较各报告：城镇调查失业率",)),
    "凤凰县一支驻村工作队平均几个人": Asked(("3名/支",), ("270名 ÷ 90支",)),
    "凤凰县衔接资金中央出了几成": Asked(("占比75",), ("1.8亿元 ÷ 2.4亿元",)),
    "凤凰县2022年招聘教师多少人": Asked(("90人",), ("120人 − 30人",)),
    "凤凰县还有多少户没消除风险": Asked(("310户",), first="310户"),
    "凤凰县存在什么问题": Asked(("2 行", "帮扶车间规模偏小"), ("报告讲了哪些困难和问题",)),
    "凤凰县就业率": Asked(("“就业率”提到了，没有给出数值",)),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked") / "store"
    with Graph.open(folder) as graph:
        for text in REPORTS:
            graph.add(read_string(text))
    return folder


@pytest.fixture(scope="module")
def others(store: Path) -> Iterator[Service]:
    with service(store, "--workers", "1") as served:
        yield served


@pytest.mark.parametrize("question", BUNDLED)
def test_what_the_bundled_report_states_in_several_figures_or_not_at_all(
    hubei_service: Service, question: str
) -> None:
    look(hubei_service, question, BUNDLED[question])


@pytest.mark.parametrize("question", OTHERS)
def test_what_is_asked_of_one_report_among_others(others: Service, question: str) -> None:
    look(others, question, OTHERS[question])


def test_no_figure_of_another_area_is_worked_with(others: Service) -> None:
    page = Person(others).ask("广东粮食产量目标比去年实际少多少").reads()
    assert "3078万吨 −" not in page and "− 3078万吨" not in page


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("凤凰县存在什么问题", "policygraph query difficulties -p document=https://"),
        (
            "广东和湖南一共新增就业多少人",
            "146万人 + 70万人 ≈ 216.0万人: policygraph derive sum ",
        ),
        ("哪个省城镇新增就业最多", "policygraph query indicator-compare -p indicator=城镇新增就业"),
        ("凤凰县就业率", "就业率: named, no value given"),
        ("广东2024年一般公共预算收入", "广东省 2024: nothing found is told of it"),
    ],
)
def test_the_command_tells_what_answers_a_question(
    store: Path, capsys: pytest.CaptureFixture[str], question: str, told: str
) -> None:
    main(["search", "--store", str(store), question])
    assert told in capsys.readouterr().err.replace("'", "")


def test_the_command_that_is_told_answers(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "--store", str(store), "广东和湖南一共新增就业多少人"])
    line = next(s for s in capsys.readouterr().err.splitlines() if "policygraph derive" in s)
    command = shlex.split(line.partition(": policygraph ")[2])
    assert main([command[0], "--store", str(store), *command[1:]]) == 0
    assert "216" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("24年低保标准", "2024年低保标准"),
        ("08年和10年", "2008年和2010年"),
        ("近20年", "近20年"),
        ("12年义务教育", "12年义务教育"),
        ("21年来", "21年来"),
        ("2024年", "2024年"),
    ],
)
def test_years_of_two_digits(written: str, meant: str) -> None:
    assert with_whole_years(written) == meant


def test_what_a_question_asks_how_many_there_are_of() -> None:
    assert asked_noun("脱贫县有多少家龙头企业") == ["龙头企业"]
    assert asked_noun("有多少家庭农场") == ["家庭农场"]
    assert asked_noun("让多少户受益") == []
    assert with_written_negation("多少项目没开工") == "多少项目未开工"
    assert with_written_negation("哪些省没有提到就业") == "哪些省没有提到就业"
    assert DIFFERENCE in Request.of("供热管网比燃气管网多改造多少公里").sought
    assert DIFFERENCE not in Request.of("收入比上年增加多少").sought
