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
        ("，天堂坝村竹笋基地获奖，大石村级道路通车。", "Area", {"天堂坝村"}),
        ("整顿软弱涣散村党组织2个。", "Area", set()),
        ("与咸宁市民政部门合作。", "Area", {"咸宁市"}),
        ("匡河镇龙云安置点通过验收，河铺镇龙王庙水库除险加固。", "Area", {"匡河镇", "河铺镇"}),
        ("罗田汽车站改造，罗田线电缆入地。", "Area", set()),
        ("浠水河治理完工，浠水河道清淤。", "Area", {"浠水"}),
        ("宣传“人人持证、技能黄冈”。", "Area", set()),
        ("匡河、河铺、三里畈等镇建设水厂。", "Area", {"匡河", "河铺", "三里畈"}),
        ("打造千年古镇、水乡古镇，彝人古镇开街。", "Area", set()),
        ("开展“党建引领信用村”建设。", "Area", set()),
        ("硬化院背村至东谷村通村公路。", "Area", {"院背村", "东谷村"}),
        ("流转石桥村土地600亩。", "Area", {"石桥村"}),
        ("围绕“坚持科学发展、构建和谐湖北”的主题。", "Area", set()),
        ("隆重庆祝新中国70华诞。", "Area", set()),
        # zones, regions and works with a name of their own
        ("加快武汉新城和襄阳都市圈建设，各产业园区提质。", "Area", {"武汉新城", "襄阳都市圈"}),
        ("深度融入长江经济带、粤港澳大湾区。", "Area", {"长江经济带", "粤港澳大湾区"}),
        ("落实长江经济带等国家战略，实施长江流域等防护林体系工程。", "Area", {"长江经济带"}),
        ("引领武汉都市圈发展，建设先进开发区。", "Area", {"武汉都市圈"}),
        ("荆荆高铁建成通车，经济保持高速增长。", "Programme", {"荆荆高铁"}),
        ("西延、西康、西十等5条高铁加快建设。", "Programme", {"西延", "西康", "西十"}),
        ("建成武汉至宜昌等3条高速公路。", "Programme", {"武汉至宜昌"}),
        ("全力支援湖北保卫战。", "Programme", {"湖北保卫战"}),
        ("聚力污染防治攻坚战，支撑强省会战略。", "Programme", {"污染防治攻坚战", "强省会战略"}),
        ("加快北沿江、通苏嘉甬高铁建设。", "Programme", {"北沿江", "通苏嘉甬高铁"}),
        ("沿江高铁武汉至宜昌段开工。", "Programme", {"沿江高铁武汉至宜昌段"}),
        ("新建大型水库3座，充电站8座，袁湾水库完工。", "Programme", {"袁湾水库"}),
        ("获批国家知识产权保护示范区，打造创新示范区。", "Programme", {"国家知识产权保护示范区"}),
        ("打好蓝天、碧水、净土保卫战。", "Programme", {"蓝天", "碧水", "净土保卫战"}),
        ("“十四五”圆满收官，编制“十五五”规划。", "Programme", {"“十四五”"}),
        ("实施创新驱动发展战略，发展战略性新兴产业。", "Programme", {"创新驱动发展战略"}),
        ("参加失业保险20万人，减收失业保险费2亿元。", "Programme", {"失业保险"}),
        ("编制“十五五”规划。", "Document", {"“十五五”规划"}),
        # bodies and institutions
        ("支持同济医院发展，赴三峡集团考察。", "Organization", {"同济医院", "三峡集团"}),
        ("吉利新能源城市商用车、华晨铝业投产。", "Organization", {"华晨铝业"}),
        (
            "安贞医院通州院区开工，朝阳医院东院开诊。",
            "Organization",
            {"安贞医院通州院区", "朝阳医院东院"},
        ),
        (
            "申报国家脑机接口技术创新中心，新增工程研究中心14家。",
            "Organization",
            {"国家脑机接口技术创新中心"},
        ),
        ("支持武汉科技创新中心建设。", "Organization", {"武汉科技创新中心"}),
        ("在中共湖北省委坚强领导下。", "Organization", {"中共湖北省委"}),
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
        ("匡河镇人大主席团组织人大代表视察6次。", "Organization", {"匡河镇人大主席团"}),
        (
            "兄弟医药、之江化工、天赐高新材料等行业龙头落户。",
            "Organization",
            {"兄弟医药", "之江化工", "天赐高新材料"},
        ),
        ("签约中超石化项目。", "Organization", set()),
        (
            "县委审计委员会召开会议，江南电缆在香港联交所上市。",
            "Organization",
            {"县委审计委员会", "江南电缆", "香港联交所"},
        ),
        ("县教科所立项课题36个。", "Organization", {"县教科所"}),
        ("县中心有所提升。", "Organization", set()),
        ("匡河卫生院门诊量1.2万人次。", "Organization", {"匡河卫生院"}),
        ("黄冈军分区、武警黄冈支队支援。", "Organization", {"黄冈军分区", "武警黄冈支队"}),
        ("国家统计局黄冈调查队开展调查。", "Organization", {"国家统计局黄冈调查队"}),
        ("大别山村成立湖北红旅开发有限公司。", "Organization", {"湖北红旅开发有限公司"}),
        ("县人民医院创建三级医院。", "Organization", {"县人民医院"}),
        ("兴华水库管理处3个局属单位完成改制。", "Organization", {"兴华水库管理处"}),
        ("匡河镇人大组织代表评议镇直站所5个。", "Organization", {"匡河镇人大"}),
        ("康源公司辐射带动农户1600户。", "Organization", {"康源公司"}),
        ("罗田一中、罗田二中和“罗田六小龙”。", "Organization", {"罗田一中", "罗田二中"}),
        ("与水利部长江水利委员会合作。", "Organization", {"水利部长江水利委员会"}),
        ("省河长制办公室考核。", "Organization", {"省河长制办公室"}),
        ("罗田一中凤山校区投入使用。", "Organization", {"罗田一中凤山校区"}),
        ("桃花山中学教学质量提高。", "Organization", {"桃花山中学"}),
        ("成立环境卫生整治领导小组。", "Organization", {"环境卫生整治领导小组"}),
        # persons and posts
        ("县卫健局党组成员、副局长于海洋带队。", "Post", {"党组成员", "副局长"}),
        ("李集村大学生村官宋莹受到表彰，返乡大学生罗静等获评“好人”。", "Person", {"宋莹", "罗静"}),
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
        ("县委书记王强、县长李明调研。", "Person", {"王强", "李明"}),
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
        ("县、乡、村三级河湖长巡河4.6万人次。", "Group", {"县、乡、村三级河湖长"}),
        ("取缔“散乱污”企业128家，帮助“4050”人员就业。", "Group", {"“散乱污”企业", "“4050”人员"}),
        ("发放脱贫人口小额信贷86万元。", "Group", set()),
        ("西江镇护林员曾庆华获评“好人”。", "Group", set()),
        ("其中高血压患者2.8万人、2型糖尿病患者1.1万人。", "Group", {"高血压患者", "2型糖尿病患者"}),
        ("267个村选出村委会成员1026名。", "Group", {"267个村", "村委会成员"}),
        ("约谈房地产开发企业86家。", "Group", {"房地产开发企业"}),
        ("一级建造师达1200人，输出农村劳动力3.6万人。", "Group", {"一级建造师", "农村劳动力"}),
        ("约谈运输企业6家，约谈责任人6名。", "Group", {"运输企业", "责任人"}),
        ("发展党员12名，新增投产企业36家。", "Group", set()),
        ("各乡镇水利站加强管护。", "Group", {"各乡镇水利站"}),
        ("全镇辖236个村民组。", "Group", {"236个村民组"}),
        ("发放重度残疾人护理补贴495万元。", "Group", set()),
        ("评选“最美脱贫户”26户，有建档立卡贫困户23户。", "Group", {"建档立卡贫困户"}),
        ("搬迁贫困户863人到胜境社区。", "Group", {"贫困户"}),
        ("纳入“三类户”186户，吊销“僵尸企业”612户。", "Group", {"“三类户”", "“僵尸企业”"}),
        ("为住房困难家庭发放补贴，", "Group", {"住房困难家庭"}),
        ("安全监管人员下沉一线。", "Group", {"安全监管人员"}),
        (
            "明确行政责任人、技术责任人、巡查责任人。",
            "Group",
            {"行政责任人", "技术责任人", "巡查责任人"},
        ),
        ("聘用建档立卡贫困人口生态护林员。", "Group", {"建档立卡贫困人口生态护林员"}),
        ("加强安置区基层党组织建设。", "Group", {"安置区", "基层党组织"}),
        ("推行“党支部+合作社+农户”模式。", "Group", set()),
        ("选派医师86名支援揭阳市。", "Group", set()),
        ("麻城市输出农村劳动力3万人。", "Group", {"农村劳动力"}),
        ("匡河镇、河铺镇、白庙河镇三个乡镇受灾。", "Group", {"三个乡镇"}),
        # programmes and platforms
        (
            "，开发智慧河长小程序，更新监测预警平台。",
            "Platform",
            {"智慧河长小程序", "监测预警平台"},
        ),
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
        (
            "完成欧阳海灌区续建配套与节水改造项目。",
            "Programme",
            {"欧阳海灌区续建配套与节水改造项目"},
        ),
        ("50%以上村卫生室一体化管理，稳定畜牧业生产，建设无人农场。", "Organization", set()),
        ("大中小学一体化，高中阶段学校多样化，推动科创服务队伍建设。", "Organization", set()),
        ("数字化转型向中小企业延伸，培养造就一批领军人才。", "Group", {"中小企业", "领军人才"}),
        (
            "实施高等教育筑峰引领行动、新一期就业三年行动。",
            "Programme",
            {"高等教育筑峰引领行动", "新一期就业三年行动"},
        ),
        ("各级水利部门开展检查，11个部委出台政策。", "Group", {"各级水利部门", "11个部委"}),
        ("国务院批复“支持宁夏建设先行区实施方案”。", "Document", {"“支持宁夏建设先行区实施方案”"}),
        # events
        ("深入抓好中央生态环境保护督察整改。", "Event", {"中央生态环境保护督察"}),
        ("再夺奥运会金牌，更好发挥企业圆桌会作用。", "Event", {"奥运会", "企业圆桌会"}),
        ("县人武部推进省生态环境保护督察反馈问题整改。", "Event", {"省生态环境保护督察"}),
        ("通过省级河湖管理工作考核，完善干部绩效考核。", "Event", {"省级河湖管理工作考核"}),
        ("迎接中央环保督察“回头看”。", "Event", {"中央环保督察“回头看”"}),
        ("普查指导员和普查员入户。", "Event", set()),
        ("选手斩获世界技能大赛2个首金，举办技能大赛3场。", "Event", {"世界技能大赛"}),
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


def test_a_town_lists_its_offices_after_the_first() -> None:
    document = read_string("罗田县匡河镇2022年工作总结\n\n镇派出所、司法所化解纠纷。")
    names = {m.span.quote: m.name for m in document.mentions}
    assert names == {"镇派出所": "匡河镇派出所", "司法所": "匡河镇司法所"}


def test_a_committee_of_the_party_is_named_so() -> None:
    names = {m.name for m in read_string("县委审计委员会召开会议。", area="罗田县").mentions}
    assert names == {"中共罗田县委审计委员会"}


def test_the_offices_of_a_town_and_short_names_of_bodies_are_named_in_full() -> None:
    title = "罗田县匡河镇2022年工作总结\n\n"
    names = {
        m.span.quote: m.name for m in read_string(title + "党委书记李卫东、镇长王强调研。").mentions
    }
    assert names["党委书记"] == "匡河镇党委书记"
    assert names["镇长"] == "匡河镇镇长"
    body = read_string("县疾控中心开展调查。", area="罗田县").mentions[0]
    assert body.name == "罗田县疾病预防控制中心"


def test_institutions_of_the_report_are_told_without_whose_they_are() -> None:
    title = "罗田县匡河镇2022年工作总结\n\n"
    names = {
        m.span.quote: m.name
        for m in read_string(title + "司法所、派出所化解纠纷，便民服务中心建成。").mentions
    }
    assert names == {"司法所": "匡河镇司法所", "派出所": "匡河镇派出所"}
    county = read_string("，职教中心获全国奖2项。", area="罗田县").mentions
    assert county[0].name == "罗田县职业教育中心"


def test_an_area_of_a_list_begins_no_programme() -> None:
    found = quotes("匡河镇、河铺镇规模化供水工程完工。")
    assert {("匡河镇", "Area"), ("河铺镇", "Area")} <= found


def test_the_committee_and_the_government_of_a_town_are_two_bodies() -> None:
    title = "罗田县匡河镇2022年工作总结\n\n"
    names = {m.span.quote: m.name for m in read_string(title + "镇党委、政府团结干群。").mentions}
    assert names == {"镇党委": "中共匡河镇委员会", "政府": "匡河镇人民政府"}


def test_words_before_a_body_a_place_or_a_plan_make_no_name() -> None:
    title = "罗田县匡河镇2022年工作总结\n\n"
    said = "镇村干部为群众办实事136件。其中幼儿园86所。创建省级卫生乡镇1个、市级健康社区6个。仅占年度计划的60%。"
    names = {m.span.quote for m in read_string(title + said).mentions}
    wrong = {"镇村干部为群众办", "其中幼儿园", "市级健康社区", "仅占年度计划"}
    assert not names & wrong
    bodies = "县委组织部、县财政局组成督查组，对36个村进行督查。"
    found = read_string(bodies, area="罗田县").mentions
    assert [m.type for m in found] == ["Organization", "Organization", "Group"]


def test_who_keeps_works_is_a_body_and_who_is_led_a_group() -> None:
    said = "引丹工程管理局科学调度。局党组团结带领全系统干部职工完成任务。市委书记、市级第一总河湖长李乐成带队巡查汉江。"
    names = {
        m.span.quote: m.type for m in read_string("襄阳市水利局2019年工作总结\n\n" + said).mentions
    }
    assert names["引丹工程管理局"] == "Organization"
    assert names["全系统干部职工"] == "Group"
    assert (names["总河湖长"], names["李乐成"]) == ("Post", "Person")


def named(title: str, sentence: str) -> set[tuple[str, str, str]]:
    """(quote, type, name) of every mention of a sentence under a title."""
    document = read_string(f"{title}\n\n{sentence}")
    return {(m.span.quote, m.type, m.name) for m in document.mentions}


@pytest.mark.parametrize(
    ("title", "sentence", "quote", "name"),
    [
        ("洛川县农业农村局2020年工作总结", "我局开展检查。", "我局", "洛川县农业农村局"),
        ("洛川县农业农村局2020年工作总结", "我县局检查门店。", "我县局", "洛川县农业农村局"),
        ("洛川县农业农村局2020年工作总结", "省厅下达资金。", "省厅", "陕西省农业农村厅"),
        ("洛川县农业农村局2020年工作总结", "市局督导3次。", "市局", "延安市农业农村局"),
        ("洛川县农业农村局2020年工作总结", "局果业股牵头。", "局果业股", "洛川县农业农村局果业股"),
        ("罗田县人民医院2023年工作总结", "我院接诊5万人次。", "我院", "罗田县人民医院"),
        ("罗田县第一中学2023年工作总结", "我校上线1200人。", "我校", "罗田县第一中学"),
        ("罗田县人民法院2023年工作总结", "院党组召开会议。", "院党组", "罗田县人民法院党组"),
    ],
)
def test_a_report_tells_its_own_body_and_its_peers_by_their_last_word(
    title: str, sentence: str, quote: str, name: str
) -> None:
    assert (quote, "Organization", name) in named(title, sentence)


def test_a_longer_word_after_my_is_no_body_and_all_sections_are_none() -> None:
    title = "洛川县农业农村局2020年工作总结"
    assert named(title, "我所在单位获奖，我行业增收。") == set()
    assert not any(kind == "Organization" for _, kind, _ in named(title, "局属各科室开展培训。"))
    assert named("洛川县2020年工作总结", "我局势头良好。") == set()


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("接受县人大、政协监督。", "Organization", {"县人大", "政协"}),
        ("接受县人大及其常委会监督。", "Organization", {"县人大及其常委会"}),
        ("县农业农村局种植业股发放资金。", "Organization", {"县农业农村局种植业股"}),
        ("中国农业银行总行捐赠资金。", "Organization", {"中国农业银行总行"}),
        ("遵义市红十字会向镇敬老院捐赠轮椅。", "Organization", {"遵义市红十字会"}),
        ("与县供销社、县科协签约。", "Organization", {"县供销社", "县科协"}),
        (
            "县经信局、县发改局会同农业银行罗田支行放贷。",
            "Organization",
            {"县经信局", "县发改局", "农业银行罗田支行"},
        ),
        ("匡河、河铺、白庙河三镇建成水厂。", "Area", {"匡河", "河铺", "白庙河"}),
        ("县图书馆、文化馆免费开放。", "Organization", {"县图书馆", "文化馆"}),
        ("匡河、河铺等4个贫困村出列。", "Area", {"匡河", "河铺"}),
        ("对287家用地3亩以上企业开展评价。", "Group", {"287家用地3亩以上企业"}),
        ("轮训村“两委”成员216人次。", "Group", {"村“两委”成员"}),
        ("“六一”儿童节慰问学生。", "Group", set()),
        ("全市7家客运企业接入全国道路客运联网售票系统。", "Platform", {"全国道路客运联网售票系统"}),
        ("匡河镇明星村建成桑园。", "Area", {"匡河镇明星村"}),
        ("55个“十三五”贫困村退出。", "Group", {"55个“十三五”贫困村"}),
        ("299个行政村（居）通客车。", "Group", {"299个行政村（居）"}),
        ("调整村（社区）党组织书记3名。", "Group", {"村（社区）党组织书记"}),
        ("新配专职纪检干部2名。", "Group", {"专职纪检干部"}),
        ("家庭医生签约8900人。", "Group", set()),
        ("驻村第一书记孙浩联系企业3家。", "Person", {"孙浩"}),
        ("第一书记张晓梅多方奔走。", "Person", {"张晓梅"}),
        ("县委常委、组织部部长刘洋调研。", "Post", {"县委常委", "组织部部长"}),
    ],
)
def test_bodies_and_people_of_counties_and_towns_are_found_whole(
    text: str, kind: str, expected: set[str]
) -> None:
    assert {quote for quote, found in quotes(text) if found == kind} == expected


def test_a_team_sent_to_the_villages_of_a_town_makes_no_town_of_its_own() -> None:
    title = "寻甸回族彝族自治县七星镇驻村工作队2025年工作总结"
    document = read_string(f"{title}\n\n争取资金8万元。")
    assert document.figures[0].scope.text == "七星镇"


def test_a_village_of_an_ethnic_township_is_told_by_its_title() -> None:
    title = "炎陵县中村瑶族乡上坪村党总支2023年工作总结"
    found = named(title, "村党总支召开会议，乡政府补助资金8万元。")
    assert ("村党总支", "Organization", "中村瑶族乡上坪村党总支") in found
    assert ("乡政府", "Organization", "中村瑶族乡人民政府") in found


def test_an_office_after_an_office_is_of_the_same_body() -> None:
    found = named("洛川县农业农村局2020年工作总结", "省厅党组书记、厅长黄思光来我局调研。")
    assert ("党组书记", "Post", "陕西省农业农村厅党组书记") in found
    assert ("厅长", "Post", "陕西省农业农村厅厅长") in found


def test_a_region_is_named_by_its_level_where_it_acts_and_by_its_last_character() -> None:
    found = quotes("自治区实施“三大战略”，自治区财政收入增长，占全疆一半。", "新疆维吾尔自治区")
    assert {quote for quote, kind in found if kind == "Area"} == {"自治区", "全疆"}
    assert quotes("占全疆一半。") == set()
