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
        ("深化村企协作和“万企兴万村”行动。", "Programme", ["“万企兴万村”行动"]),
        ("建立包保和“点对点”结对帮扶工作机制。", "Programme", ["包保和“点对点”结对帮扶工作机制"]),
        ("形象工程、政绩工程一律停建。", "Programme", []),
        ("参加重大促消费活动、大型群众性活动。", "Programme", []),
        ("草原补奖改革试点任务完成。", "Programme", ["草原补奖改革试点"]),
        # areas and groups are no parts of other words
        ("实施300个以上海洋经济项目。", "Area", []),
        ("为企业搭建平台，建设用地市场规范有序。", "Area", []),
        ("为企业搭建平台，建设用地市场规范有序。", "Group", []),
        ("一体推进教育科技人才体制改革。", "Group", []),
        # institutions with their parts, and what is none
        (
            "华为西宁研发中心、中国移动西北创新院投用。",
            "Organization",
            ["华为西宁研发中心", "中国移动西北创新院"],
        ),
        ("青海交投完成重组。", "Organization", ["青海交投"]),
        ("组建5家省基础科学中心。", "Organization", []),
        ("培育绿色数字、建筑材料等龙头企业。", "Organization", []),
        ("清洁能源、盐湖石化3个集群入选。", "Organization", []),
        ("弘扬中国共产党人精神谱系。", "Organization", []),
        ("云冈研究院项目获奖。", "Organization", ["云冈研究院"]),
        # events with what belongs to them
        ("奥运会资格系列赛在西宁举办。", "Event", ["奥运会资格系列赛"]),
        ("获全国“数据要素×”总决赛一等奖。", "Event", ["全国“数据要素×”总决赛"]),
        ("举办2024中国—东盟周活动。", "Event", ["2024中国—东盟周活动"]),
        ("统筹规范督查检查考核。", "Event", []),
        # bodies that act jointly, congresses, works in phases, those who set an example
        (
            "省发展改革委会同经济和信息化厅印发。",
            "Organization",
            ["省发展改革委", "经济和信息化厅"],
        ),
        ("市民委员踊跃参加。", "Organization", []),
        ("省委十三届七次全委会提出要求。", "Event", ["省委十三届七次全委会"]),
        ("引大济湟工程二期通水。", "Programme", ["引大济湟工程二期"]),
        ("运动员多吉获得竞走项目铜牌。", "Programme", []),
        ("涌现出马小龙、李红等先进典型。", "Person", ["马小龙", "李红"]),
        ("西宁国际创意节影响力提升。", "Event", ["西宁国际创意节"]),
        ("实施“大三江”生态水网构建工程。", "Programme", ["“大三江”生态水网构建工程"]),
        ("完善“里程碑”等制度。", "Programme", []),
        ("召开全国科技大会和全国教育工作会议。", "Event", ["全国科技大会", "全国教育工作会议"]),
        ("筹办2008年奥运会和2010年世博会。", "Event", ["2008年奥运会", "2010年世博会"]),
        (
            "参加亚太经合组织第九次领导人非正式会议。",
            "Event",
            ["亚太经合组织第九次领导人非正式会议"],
        ),
        ("试点扩大到25个省、自治区、直辖市。", "Group", ["25个省、自治区、直辖市"]),
        ("28个贫困县中10个县摘帽。", "Group", ["28个贫困县", "10个县"]),
        ("武汉光电国家实验室通过验收，建设国家实验室。", "Organization", ["武汉光电国家实验室"]),
        (
            "紫金铜业、省农村信用社联合社给予支持。",
            "Organization",
            ["紫金铜业", "省农村信用社联合社"],
        ),
        ("袁隆平、吴文俊等获国家最高科学技术奖。", "Person", ["袁隆平", "吴文俊"]),
        ("推行信用告知承诺制。", "Programme", ["信用告知承诺制"]),
        (
            "成立甘青合作示范区管委会，省高新区管委会牵头。",
            "Organization",
            ["甘青合作示范区管委会", "省高新区管委会"],
        ),
        (
            "青海纳米能源与系统研究所成立，与清华大学合作。",
            "Organization",
            ["青海纳米能源与系统研究所", "清华大学"],
        ),
        ("顺丰航空、普洛斯、京东等物流龙头签约。", "Organization", ["顺丰航空", "普洛斯", "京东"]),
        (
            "国防科技大学、首都师范大学附属红旗中学参加。",
            "Organization",
            ["国防科技大学", "首都师范大学附属红旗中学"],
        ),
        (
            "全省有青海师范大学、青海建筑职业技术学院等高校2所。",
            "Organization",
            ["青海师范大学", "青海建筑职业技术学院"],
        ),
        ("16个镇乡街道实现全覆盖。", "Group", ["16个镇乡街道"]),
        ("青海大学与省政府共建产业研究院。", "Organization", ["青海大学", "省政府"]),
        ("全国共有产品检测实验室3448个。", "Organization", []),
        ("国家副主席王岐山视察青海。", "Person", ["王岐山"]),
        ("第六届全国人民代表大会常务委员会制定法律。", "Event", []),
        ("省委十三届七次全委（扩大）会议召开。", "Event", ["省委十三届七次全委（扩大）会议"]),
        ("西交利物浦大学启用新校区。", "Organization", ["西交利物浦大学"]),
        ("青绣亮相联合国气候变化大会。", "Event", ["联合国气候变化大会"]),
    ],
)
def test_a_name_begins_and_ends_where_its_words_do(
    text: str, kind: str, expected: list[str]
) -> None:
    assert quotes(text, kind) == expected
