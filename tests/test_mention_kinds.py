"""Names by their kind, in sentences of county, town, department and national reports written for the tests."""

from __future__ import annotations

import pytest

from policygraph.loaders.reader import read_string


def quotes(text: str, area: str = "罗田县", year: str = "2020") -> set[tuple[str, str]]:
    """(quote, type) of every mention of a sentence."""
    document = read_string(text, area=area, period=year)
    return {(m.span.quote, m.type) for m in document.mentions}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # towns and areas
        ("长集镇、林城镇、冯瓴乡获得表彰。", "Area", {"长集镇", "林城镇", "冯瓴乡"}),
        ("周郎嘴回族镇获评强镇。", "Area", {"周郎嘴回族镇"}),
        ("涉及洪集、姚李3个乡镇。", "Area", {"洪集", "姚李"}),
        ("县委书记3次到早齐村调研。", "Area", {"早齐村"}),
        ("选派干部赴深圳市罗湖区、南山区挂职。", "Area", {"深圳市罗湖区", "南山区"}),
        ("带队赴深圳、合肥招商12次。", "Area", {"深圳", "合肥"}),
        ("中小集镇、农村城镇建设加快。", "Area", set()),
        ("发展村、永胜村安装路灯，桑梓村残疾人得到安置。", "Area", {"发展村", "永胜村", "桑梓村"}),
        ("选举产生社区“两委”班子成员98名。", "Area", set()),
        ("专家组驰援湖北咸宁。", "Area", {"湖北咸宁"}),
        ("黄冈至武穴高速公路建成，黄冈至武穴的班车开通。", "Area", {"黄冈", "武穴"}),
        ("额尔登布拉格苏木哈拉汗嘎查入选名单。", "Area", {"额尔登布拉格苏木哈拉汗嘎查"}),
        ("安福寺镇桃缘社区农村家宴中心建成。", "Area", {"安福寺镇桃缘社区"}),
        ("桃源新村社区创建达标。", "Area", {"桃源新村社区"}),
        ("以平安罗田、法治罗田建设为统领。", "Area", set()),
        # bodies and institutions
        ("与上海市奉贤区开展东西部扶贫协作。", "Organization", set()),
        ("省委第三巡视组反馈意见。", "Organization", {"省委第三巡视组"}),
        ("生态环境部华东督察局开展检查。", "Organization", {"生态环境部华东督察局"}),
        ("长江水利委员会、黄委会予以支持。", "Organization", {"长江水利委员会", "黄委会"}),
        ("县城投集团、县老年大学获得表彰。", "Organization", {"县城投集团", "县老年大学"}),
        ("天目湖先进储能技术研究院成立。", "Organization", {"天目湖先进储能技术研究院"}),
        ("威壮养殖、龙海实业等4家企业被认定。", "Organization", {"威壮养殖", "龙海实业"}),
        ("天润曲轴、威高集团入围500强。", "Organization", {"天润曲轴", "威高集团"}),
        ("引进参股控股等方式。", "Organization", set()),
        ("新改扩建义务教育学校251所。", "Organization", set()),
        ("白云派出所破获刑事案件186起。", "Organization", {"白云派出所"}),
        ("县公安局泉子街派出所被评为先进。", "Organization", {"县公安局泉子街派出所"}),
        ("麻城市临安镇中心卫生院达到标准。", "Organization", {"麻城市临安镇中心卫生院"}),
        ("县质量安全监督站全年监督工程52个。", "Organization", {"县质量安全监督站"}),
        ("罗田一中结成对口帮扶学校。", "Organization", {"罗田一中"}),
        ("由县看守所、县台办负责。", "Organization", {"县看守所", "县台办"}),
        (
            "开发区管委会、白云街道党工委、办事处负责。",
            "Organization",
            {"开发区管委会", "白云街道党工委", "办事处"},
        ),
        (
            "皖通科技、昌辉汽车电子、中显新材料等一批企业扩产。",
            "Organization",
            {"皖通科技", "昌辉汽车电子", "中显新材料"},
        ),
        ("全县供销社系统完成销售18亿元。", "Organization", set()),
        ("图河供销社、石井人民医院开业。", "Organization", {"图河供销社", "石井人民医院"}),
        ("新增农牧民专业合作社36家。", "Organization", set()),
        (
            "新凤鸣集团、枝江酒业、奥美医疗通过认定。",
            "Organization",
            {"新凤鸣集团", "枝江酒业", "奥美医疗"},
        ),
        ("被央视报道。", "Organization", {"央视"}),
        ("王峰煤矿项目获批。", "Organization", set()),
        ("援建北京小学郧阳分校。", "Organization", {"北京小学郧阳分校"}),
        # persons and posts
        ("党组书记、局长陈海波带头讲党课。", "Post", {"党组书记", "局长"}),
        ("采煤队党支部获“先进基层党组织”称号。", "Person", set()),
        ("工会主席孙丽、总工程师何建国带队检查。", "Person", {"孙丽", "何建国"}),
        ("工会主席孙丽带队检查。", "Post", {"工会主席"}),
        ("村支部书记陈国强当选代表。", "Post", {"村支部书记"}),
        ("选手王彪在第45届世界技能大赛上夺冠。", "Person", {"王彪"}),
        ("王爱丽、刘志军2人被评为特级教师。", "Person", {"王爱丽", "刘志军"}),
        ("县长任组长，局长高度重视，教师安全管理到位，农民平均收入提高。", "Person", set()),
        ("新建教师周转房120套，选手胡某夺冠。", "Person", set()),
        ("市委书记刘岐先、市长李波带队检查。", "Person", {"刘岐先", "李波"}),
        ("民警买买提·艾力荣立个人一等功。", "Person", {"买买提·艾力"}),
        # groups
        ("3名干警受到表彰。", "Group", {"3名干警"}),
        ("65名基层水利员参加培训。", "Group", {"65名基层水利员"}),
        ("11家乡镇卫生院组建医共体。", "Group", {"11家乡镇卫生院"}),
        ("支持5家企业建设世界一流企业。", "Group", {"5家企业"}),
        (
            "15个省（区、市）、30多个国家和地区参展。",
            "Group",
            {"15个省（区、市）", "30多个国家和地区"},
        ),
        ("全州12个盟市空气质量达标。", "Group", {"12个盟市"}),
        ("县发改、财政、审计等部门配合。", "Group", {"县发改、财政、审计等部门"}),
        ("5个革命老区县通车。", "Group", {"5个革命老区县"}),
        ("推进30个城中村改造项目、21个城市更新项目。", "Group", set()),
        ("新建68所中小学。", "Group", set()),
        ("帮扶就业困难人员586人，帮扶单位到位。", "Group", {"就业困难人员", "帮扶单位"}),
        ("其中小微企业减税6215万元。", "Group", {"小微企业"}),
        ("教育系统发展党员46名。", "Group", set()),
        ("团结全村干部群众。", "Group", set()),
        ("对6类重点对象实行监测。", "Group", {"6类重点对象"}),
        ("招聘事业单位工作人员78名。", "Group", {"事业单位工作人员"}),
        ("建设残疾人创业就业示范基地，家庭医生签约率达95%。", "Group", set()),
        ("走访慰问驻巫部队。", "Group", {"驻巫部队"}),
        ("帮扶困难退役军人213名，行政机关负责人出庭应诉率98%。", "Group", {"困难退役军人"}),
        ("结对帮扶杨集镇曹桥村低收入农户62户。", "Group", {"低收入农户"}),
        ("为80岁以上老人39人发放补贴。", "Group", {"80岁以上老人"}),
        # programmes and platforms
        ("高质量完成国有企业改革深化提升行动。", "Programme", {"国有企业改革深化提升行动"}),
        ("“861”行动计划完成投资3650亿元。", "Programme", {"“861”行动计划"}),
        ("实施危房、危桥、危路改造工程。", "Programme", {"危房、危桥、危路改造工程"}),
        ("启动十大重点节能工程。", "Programme", {"十大重点节能工程"}),
        ("坚决打赢蓝天保卫战。", "Programme", {"蓝天保卫战"}),
        ("开展规范涉企经营专项行动。", "Programme", {"规范涉企经营专项行动"}),
        ("完善一体化融资综合信用服务平台。", "Platform", {"一体化融资综合信用服务平台"}),
        ("118家企业退出融资平台。", "Platform", set()),
        ("12315平台受理投诉，电子税务局办税。", "Platform", {"12315平台", "电子税务局"}),
        ("修订安全生产责任制126项。", "Programme", {"安全生产责任制"}),
        # events
        ("省生态环境保护督察反馈问题18项。", "Event", {"省生态环境保护督察"}),
        ("完成第二次全国土地调查。", "Event", {"第二次全国土地调查"}),
        ("开展第33个爱国卫生月活动。", "Event", {"第33个爱国卫生月活动"}),
        ("运动员在省十七届运动会上获奖。", "Event", {"省十七届运动会"}),
        ("参加辽洽会、南博会、省运会。", "Event", {"辽洽会", "南博会", "省运会"}),
        ("向2024世界智能产业博览会致贺信。", "Event", {"2024世界智能产业博览会"}),
        ("迎接省委巡视、脱贫攻坚成效考核。", "Event", {"省委巡视", "脱贫攻坚成效考核"}),
        ("开展农民工工资支付专项检查，消防安全检查36次。", "Event", {"农民工工资支付专项检查"}),
        ("开展第三十三次“全国助残日”系列活动。", "Event", {"第三十三次“全国助残日”系列活动"}),
    ],
)
def test_a_kind_of_name_is_found_whole_and_nothing_else_is_taken_for_one(
    text: str, kind: str, expected: set[str]
) -> None:
    assert {quote for quote, found in quotes(text) if found == kind} == expected


def test_a_town_names_its_own_congress_and_the_county_beside_it() -> None:
    found = quotes("青石镇2022年工作总结\n\n在县委县政府领导下，镇第十五届人大第二次会议召开。", "")
    assert ("县政府", "Organization") in found


def test_a_title_of_honour_names_no_area_and_no_group() -> None:
    assert quotes("荣获“全国卫生健康系统先进工作者”称号。") == set()
    assert quotes("她获评“湖北省优秀法官”。") == set()
    assert quotes("荣获“平安街道”“五星派出所”称号。") == set()
    assert ("优秀公安基层单位", "Group") not in quotes("被评为优秀公安基层单位。")


def test_a_village_names_the_bodies_of_its_town() -> None:
    title = "罗田县匡河镇大坪村2022年工作总结\n\n"
    document = read_string(title + "村两委在镇党委、镇政府的领导下工作。")
    names = {m.span.quote: m.name for m in document.mentions}
    assert names["镇党委"] == "中共匡河镇委员会"
    assert names["镇政府"] == "匡河镇人民政府"
