"""Mentions: types, full names, flatness, and that no text makes the finder fail or hang."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.graph.statements import Mention
from policygraph.loaders.mentions.mention_extractor import find_mentions
from policygraph.loaders.numbers import find_numbers
from policygraph.loaders.reader import read_string
from policygraph.loaders.report_context import ReportContext, read_report_context
from policygraph.loaders.structure import outline
from policygraph.ontology.register import Register


def mentions(text: str, area: str = "湖北省", year: int = 2022) -> list[Mention]:
    """The mentions of a text read as a report of the area."""
    home = Register.load().resolve(area, within=None, year=year)
    found = outline(text)
    return find_mentions(
        text, found, ReportContext(home, str(year), year), find_numbers(text, found.body_start)
    )


def named(text: str, area: str = "湖北省", year: int = 2022) -> list[tuple[str, str, str]]:
    """(quote, type, name) of every mention."""
    return [(m.span.quote, m.type, m.name) for m in mentions(text, area, year)]


@pytest.mark.parametrize(
    ("area", "text", "quote", "name"),
    [
        ("湖北省", "省委、省政府研究部署。", "省委", "中共湖北省委员会"),
        ("湖北省", "省委、省政府研究部署。", "省政府", "湖北省人民政府"),
        ("武汉市", "市政府召开会议。", "市政府", "武汉市人民政府"),
        ("红安县", "县委召开会议。", "县委", "中共红安县委员会"),
        ("红安县", "省农业农村厅进行指导。", "省农业农村厅", "湖北省农业农村厅"),
        ("广西壮族自治区", "自治区党委作出部署。", "自治区党委", "中共广西壮族自治区委员会"),
        ("湖北省", "省发改委作出部署。", "省发改委", "湖北省发展和改革委员会"),
        ("湖北省", "在党中央领导下。", "党中央", "中国共产党中央委员会"),
        ("湖北省", "多次召开省委常委会会议。", "省委常委会会议", "中共湖北省委员会常务委员会会议"),
    ],
)
def test_bodies_get_the_full_name_of_their_level(
    area: str, text: str, quote: str, name: str
) -> None:
    assert (quote, "Organization", name) in named(text, area)


def test_second_department_shares_the_level_of_the_first() -> None:
    found = named("省发展改革委、财政厅印发文件。")
    assert ("财政厅", "Organization", "湖北省财政厅") in found


@pytest.mark.parametrize(
    ("text", "quote", "kind", "name"),
    [
        ("实施村党组织书记“头雁”培训行动。", "“头雁”培训行动", "Programme", "头雁培训行动"),
        ("我省扎实推进村庄清洁行动。", "村庄清洁行动", "Programme", "村庄清洁行动"),
        (
            "省第十二次党代会擘画了蓝图。",
            "省第十二次党代会",
            "Event",
            "中国共产党湖北省第十二次代表大会",
        ),
        ("贯彻党的二十大部署。", "党的二十大", "Event", "中国共产党第二十次全国代表大会"),
        (
            "我省在全国乡村建设工作会议作交流。",
            "全国乡村建设工作会议",
            "Event",
            "全国乡村建设工作会议",
        ),
        (
            "出台《湖北省乡村建设方案》。",
            "《湖北省乡村建设方案》",
            "Document",
            "湖北省乡村建设方案",
        ),
        ("在“832”平台销售产品。", "“832”平台", "Platform", "832平台"),
        ("28个国定脱贫县增收。", "28个国定脱贫县", "Group", "国定脱贫县"),
        ("省委、省政府分管领导召开会议。", "省委、省政府分管领导", "Group", "省委、省政府分管领导"),
        ("驻村第一书记和工作队培训。", "工作队", "Group", "驻村工作队"),
        ("推动红安县发展。", "红安县", "Area", "红安县"),
        ("黄冈、黄石等投入运营。", "黄石", "Area", "黄石市"),
    ],
)
def test_a_named_thing_has_its_kind_and_full_name(
    text: str, quote: str, kind: str, name: str
) -> None:
    assert (quote, kind, name) in named(text)


def test_posts_and_persons_stand_side_by_side() -> None:
    found = named("省委副书记、省长王忠林亲自研究。国家乡村振兴局刘焕鑫局长调研。")
    assert ("省委副书记", "Post", "中共湖北省委副书记") in found
    assert ("省长", "Post", "湖北省省长") in found
    assert ("王忠林", "Person", "王忠林") in found
    assert ("刘焕鑫", "Person", "刘焕鑫") in found
    assert ("局长", "Post", "国家乡村振兴局局长") in found


def test_words_that_only_look_like_names_are_no_mentions() -> None:
    quotes = {
        quote for quote, _, _ in named("深入学习党的二十大精神，培养工程师，推进省长江保护。")
    }
    assert quotes.isdisjoint({"党的二十大", "省长", "江保护"})
    assert not named("坚持以习近平新时代中国特色社会主义思想为指导。")


def test_a_count_belongs_to_its_group() -> None:
    (found,) = [m for m in mentions("40位省级领导联系企业。") if m.type == "Group"]
    assert (found.span.quote, found.name, found.count) == ("40位省级领导", "省级领导", 40)


def test_own_area_has_its_code() -> None:
    (found,) = mentions("全省增收。")
    assert (found.name, found.entity.code, found.rule) == ("湖北省", "420000", "mention/area/own")


PIECES = [
    "省委",
    "“",
    "”",
    "《",
    "》",
    "工程",
    "和",
    "、",
    "28个",
    "脱贫县",
    "总书记",
    "\n",
    "，",
    "王",
]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_any_text_gives_flat_sorted_quoted_mentions(text: str) -> None:
    found = outline(text)
    setting = read_report_context(text, found)
    mentioned = find_mentions(text, found, setting, find_numbers(text, found.body_start))
    last = 0
    for mention in mentioned:
        span = mention.span
        assert last <= span.start < span.end
        assert text[span.start : span.end] == span.quote
        assert mention.name
        last = span.end


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("实施新技术新产品大规模应用示范行动。", ("Programme", "新技术新产品大规模应用示范行动")),
        ("总体方案“80条”基本完成。", ("Document", "80条")),
        ("出台“稳增长30条”政策。", ("Document", "稳增长30条")),
        ("入选首批气候适应型城市建设试点。", ("Programme", "气候适应型城市建设试点")),
        ("落实对口支援新疆生产建设兵团任务。", ("Organization", "新疆生产建设兵团")),
        ("支持武汉市江岸区发展。", ("Area", "江岸区")),
        ("武汉大学、省人民医院牵头。", ("Organization", "湖北省人民医院")),
        ("省防汛抗旱指挥部调度。", ("Organization", "湖北省防汛抗旱指挥部")),
        ("引进江夏光电科技有限公司。", ("Organization", "江夏光电科技有限公司")),
        ("国网襄阳供电公司抢修线路。", ("Organization", "国网襄阳供电公司")),
        ("选派2.3万名农技推广人员下乡。", ("Group", "农技推广人员")),
    ],
)  # fmt: skip
def test_names_as_reports_write_them_are_mentions(sentence: str, expected: tuple[str, str]) -> None:
    document = read_string("湖北省2023年工作总结\n\n" + sentence)
    assert expected in [(m.type, m.name) for m in document.mentions]


@pytest.mark.parametrize(
    "sentence",
    ["健全国资监管体系。", "参观中国长城博物馆。", "举办群众赛事活动3.8万场。", "让绿色发展成为全社会共同行动。"],
)  # fmt: skip
def test_a_phrase_that_names_nothing_is_no_mention(sentence: str) -> None:
    document = read_string("湖北省2023年工作总结\n\n" + sentence)
    assert [m.name for m in document.mentions if m.type in ("Area", "Programme")] == []


def test_towns_are_named_in_reports_of_their_county_and_their_province() -> None:
    sentence = "七里坪镇、永佳河镇获评全省示范镇，推动城镇、乡村发展。"
    county = read_string("红安县2023年工作总结\n\n" + sentence)
    assert {m.name for m in county.mentions if m.type == "Area"} == {
        "七里坪镇",
        "永佳河镇",
        "湖北省",
    }
    province = read_string("湖北省2023年工作总结\n\n" + sentence)
    assert {m.name for m in province.mentions if m.type == "Area"} == {
        "七里坪镇",
        "永佳河镇",
        "湖北省",
    }
    elsewhere = read_string("青海省2023年工作总结\n\n" + sentence)
    assert {m.name for m in elsewhere.mentions if m.type == "Area"} == {"青海省"}


def test_an_area_and_the_one_it_lies_in_are_one_mention() -> None:
    assert ("天津市静海区", "Area", "静海区") in named("与天津市静海区结对。")
    assert [m[0] for m in named("武汉、黄石市、鄂州市。")] == ["武汉", "黄石市", "鄂州市"]


def test_a_verb_before_a_bare_level_is_no_county_elsewhere() -> None:
    found = named("会同县住建局开展检查，县教体局、镇党委配合。", "罗田县")
    assert ("县住建局", "Organization", "罗田县住房和城乡建设局") in found
    assert ("县教体局", "Organization", "罗田县教育体育局") in found


def test_towns_have_institutions_and_kinds_of_towns_have_none() -> None:
    found = {m[0]: m[2] for m in named("匡河镇卫生院扩建，匡河镇党委表彰各乡镇卫生院。", "罗田县")}
    assert found["匡河镇卫生院"] == "匡河镇卫生院"
    assert found["匡河镇党委"] == "中共匡河镇委员会"
    assert "各乡镇卫生院" not in found


def test_a_town_keeps_its_kind_before_its_committee_and_government() -> None:
    sentence = "\n\n洪口镇党委、政府召开会议3次，洪口中心小学扩建。"
    found = {m.span.quote: m.name for m in read_string("洪口镇2022年工作总结" + sentence).mentions}
    assert found["洪口镇党委"] == "中共洪口镇委员会"
    assert found["政府"] == "洪口镇人民政府"
    assert found["洪口中心小学"] == "洪口中心小学"


def test_a_village_is_told_with_its_town_and_a_town_follows_its_county() -> None:
    found = {m[0]: m[2] for m in named("帮扶匡河镇塔儿湾村，匡河镇投入资金。", "罗田县")}
    assert found == {"匡河镇塔儿湾村": "塔儿湾村", "匡河镇": "匡河镇"}
    assert ("小池镇", "Area", "小池镇") in named("黄梅县小池镇获评强镇。")


def test_deputies_are_posts_of_their_own_and_a_department_has_its_own_head() -> None:
    found = named("县委常委、常务副县长王志刚，副县长刘芳到会。", "罗田县")
    assert ("常务副县长", "Post", "罗田县常务副县长") in found
    assert ("副县长", "Post", "罗田县副县长") in found
    document = read_string("罗田县水利局2023年工作总结\n\n局党组书记、局长李清讲话。")
    posts = [(m.span.quote, m.name) for m in document.mentions if m.type == "Post"]
    assert posts == [("局党组书记", "罗田县水利局党组书记"), ("局长", "罗田县水利局局长")]


@pytest.mark.parametrize(
    ("sentence", "kind", "name"),
    [
        ("执行“三三制”用水管理办法。", "Document", "三三制用水管理办法"),
        ("衔接“十四五”规划纲要。", "Document", "国民经济和社会发展第十四个五年规划纲要"),
        ("罗田开展药材种植保险试点。", "Programme", "药材种植保险试点"),
        ("推行“河湖长制”。", "Programme", "河湖长制"),
        ("举办罗田县第三届甜柿采摘节。", "Event", "罗田县第三届甜柿采摘节"),
        ("引进海澜重科、润丰生态等12家企业。", "Organization", "海澜重科"),
    ],
)
def test_quoted_documents_pilots_editions_and_listed_firms(
    sentence: str, kind: str, name: str
) -> None:
    assert (kind, name) in [(kind, name) for _, kind, name in named(sentence, "罗田县")]


def test_a_platform_of_general_words_and_a_list_of_trades_are_no_names() -> None:
    assert not [m for m in named("建设工业互联网平台。") if m[1] == "Platform"]
    assert not [m for m in named("动力电池、通用航空等企业加快发展。") if m[1] == "Organization"]


def test_counted_people_end_before_a_joint_and_at_their_last_word() -> None:
    found = named("为86万城乡低保对象发放补助，惠及3.2万脱贫人口和监测对象。")
    groups = [(quote, name) for quote, kind, name in found if kind == "Group"]
    assert groups == [
        ("86万城乡低保对象", "城乡低保对象"),
        ("3.2万脱贫人口", "脱贫人口"),
        ("监测对象", "监测对象"),
    ]
    found = named("走访780户1200名低保对象，全县教育系统参与。", "罗田县")
    assert ("780户1200名低保对象", "Group", "低保对象") in found
    assert ("教育系统", "Group", "教育系统") in found


@pytest.mark.parametrize(
    ("sentence", "groups"),
    [
        ("组织3个督导组深入一线检查46次。", ["3个督导组"]),
        ("组建帮扶工作队196支。", ["帮扶工作队"]),
        ("支持34个示范社购置农机。", ["34个示范社"]),
        ("两个街道新建公园4个，五家企业获批专项债。", ["两个街道", "五家企业"]),
        ("五县两区完成投资31亿元，两镇一街完成拆迁。", ["五县两区", "两镇一街"]),
        ("市级领导联系企业20家。", ["市级领导"]),
        ("省督导组检查企业12家。", []),
        ("在省级河湖长制考核中获优秀等次。", []),
        ("第三个企业服务中心建成，一县一业格局形成。", []),
        ("百县千乡、一乡一镇开展试点。", []),
    ],
)
def test_teams_and_counts_in_characters_are_groups_and_verbs_end_them(
    sentence: str, groups: list[str]
) -> None:
    found = mentions(sentence, "江安县")
    assert [m.span.quote for m in found if m.type == "Group"] == groups
    assert "Area" not in {m.type for m in found}


def test_universities_and_those_honoured_need_no_place_or_post() -> None:
    found = named(
        "与清华大学、中南大学湘雅医院合作，建设高水平大学。时代楷模黄远志，先进事迹感人。"
    )
    assert [m[0] for m in found] == ["清华大学", "中南大学湘雅医院", "黄远志"]


def test_bodies_know_what_they_belong_to_and_courts_their_level() -> None:
    document = read_string("黄冈市2023年工作总结\n\n省法院和市法院、市财政局、市委宣传部联合发文。")
    above = {
        m.name: m.entity.parent.name if m.entity.parent else ""
        for m in document.mentions
        if m.type == "Organization"
    }
    assert "湖北省高级人民法院" in above
    assert "黄冈市中级人民法院" in above
    assert above["黄冈市财政局"] == "黄冈市人民政府"
    assert above["中共黄冈市委员会宣传部"] == "中共黄冈市委员会"


@pytest.mark.parametrize(
    ("text", "quote", "kind", "name"),
    [
        ("参加第六届全国青少年书画艺术节。", "第六届全国青少年书画艺术节", "Event", ""),
        ("承办全省渔家号子大赛。", "全省渔家号子大赛", "Event", "湖北省渔家号子大赛"),
        ("举办国际龙舟公开赛、渔火节。", "渔火节", "Event", ""),
        ("省第十五届运动会闭幕。", "省第十五届运动会", "Event", "湖北省第十五届运动会"),
        ("组织第33届爱国卫生月活动。", "第33届爱国卫生月活动", "Event", ""),
        ("组织举办农机技能比武活动。", "农机技能比武活动", "Event", ""),
        ("开展“书香校园”阅读活动32场。", "“书香校园”阅读活动", "Programme", "书香校园阅读活动"),
        ("完成203国道改扩建工程。", "203国道改扩建工程", "Programme", ""),
        ("推进退耕还湿工程建设。", "退耕还湿工程", "Programme", ""),
        ("启动汉南渔港搬迁项目。", "汉南渔港搬迁项目", "Programme", ""),
        ("开展“利剑”行动和渔政执法专项行动。", "渔政执法专项行动", "Programme", ""),
    ],
)
def test_events_and_programmes_are_told_by_their_place(
    text: str, quote: str, kind: str, name: str
) -> None:
    assert (quote, kind, name or quote) in named(text)


@pytest.mark.parametrize(
    ("text", "quote", "kind", "name"),
    [
        ("县渔政站查处案件3起。", "县渔政站", "Organization", "罗田县渔政站"),
        (
            "县水利局水政大队查处案件3起。",
            "县水利局水政大队",
            "Organization",
            "罗田县水利局水政大队",
        ),
        ("石源厚家庭农场带动农户。", "石源厚家庭农场", "Organization", "石源厚家庭农场"),
        ("落户后，宏远农业公司入选名单。", "宏远农业公司", "Organization", "宏远农业公司"),
        ("骆驼坳镇党委书记林建华带队外出。", "林建华", "Person", "林建华"),
        ("李红梅、王芳获评“全国先进个人”。", "王芳", "Person", "王芳"),
        ("转移受威胁群众1.2万人。", "受威胁群众", "Group", "受威胁群众"),
        ("为65岁以上老年人免费体检。", "65岁以上老年人", "Group", "65岁以上老年人"),
    ],
)
def test_small_bodies_and_people_of_a_county_are_told_by_their_place(
    text: str, quote: str, kind: str, name: str
) -> None:
    assert (quote, kind, name) in named(text, "罗田县")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("新建县休闲渔业中心2个。", "县休闲渔业中心"),
        ("组建物业公司3家。", "物业公司"),
        ("实施技改项目126个。", "技改项目"),
        ("打造“水韵湖北”品牌。", "湖北"),
        ("年末常住人口32万人。", "常住人口"),
        ("隆重庆祝建党节。", "重庆"),
    ],
)
def test_kinds_facilities_and_brands_are_no_names(text: str, quote: str) -> None:
    assert quote not in [found[0] for found in named(text, "罗田县")]


@pytest.mark.parametrize("programme", ['"月调度"制度', "「月调度」制度"])
def test_quotation_marks_may_be_typed_otherwise(programme: str) -> None:
    document = read_string(f"罗田县2022年工作总结\n\n落实{programme}。")
    assert (programme, "月调度制度") in [(m.span.quote, m.name) for m in document.mentions]


def test_bodies_of_a_county_that_is_not_named_are_told_as_they_stand() -> None:
    document = read_string("洪口镇2022年工作总结\n\n在县委、县政府领导下，镇党委召开会议3次。")
    bodies = [(m.span.quote, m.name) for m in document.mentions if m.type == "Organization"]
    assert bodies[:2] == [("县委", "县委"), ("县政府", "县政府")]


def test_a_line_of_quoted_titles_is_searched_in_time_that_grows_with_its_length() -> None:
    began = time.process_time()
    mentions("“送戏下乡”" * 15_000)
    assert time.process_time() - began < 6
    assert mentions("荣获“湖北省优秀企业”、“武汉市先进单位”等称号。") == []
