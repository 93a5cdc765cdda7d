"""Where names begin and end in the dense sentences of reports of provinces and cities, written for the tests."""

from __future__ import annotations

import pytest

from policygraph.loaders.reader import read_string


def quotes(text: str, kind: str, area: str = "青海省", year: str = "2023") -> list[str]:
    """The mentions of one type in a sentence, in reading order."""
    document = read_string(text, area=area, period=year)
    return [m.span.quote for m in document.mentions if m.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # a count before an area and its facility counts the facility
        ("新建40个社区长者食堂、25个乡镇区域养老服务中心。", "Group", []),
        ("建成120个社区就业服务站点、30个乡镇级水源地。", "Group", []),
        ("推动300个社区开展活动。", "Group", ["300个社区"]),
        ("90所学校体育场地开放。", "Group", ["90所学校"]),
        ("组织50个村参观示范基地。", "Group", ["50个村"]),
        # the verb of a clause that has no other is not in the name
        ("创新科研院所绩效管理制度。", "Programme", ["科研院所绩效管理制度"]),
        ("健全保障老年人合法权益制度。", "Programme", ["保障老年人合法权益制度"]),
        ("有序布局脑机工程、生物制造等领域。", "Programme", ["脑机工程"]),
        ("稳妥推进现房销售试点。", "Programme", ["现房销售试点"]),
        ("建立促进农民增收利益联结机制。", "Programme", ["促进农民增收利益联结机制"]),
        # what bounds a count is not in the name after it
        ("实施100个以上关键技术攻关项目。", "Programme", ["关键技术攻关项目"]),
        ("开展30个县高效设施农业提升行动。", "Programme", ["高效设施农业提升行动"]),
        ("推动规模以上工业企业培育行动。", "Programme", ["规模以上工业企业培育行动"]),
        # a quoted name with its last word is joined to nothing before it
        ("深化东西部协作和“万企兴万村”行动。", "Programme", ["“万企兴万村”行动"]),
        ("建立包保和“点对点”结对帮扶工作机制。", "Programme", ["包保和“点对点”结对帮扶工作机制"]),
        ("青绣亮相联合国气候变化大会。", "Event", ["联合国气候变化大会"]),
    ],
)
def test_a_name_begins_and_ends_where_its_words_do(
    text: str, kind: str, expected: list[str]
) -> None:
    assert quotes(text, kind) == expected
